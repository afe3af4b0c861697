import type { Answer } from '../queries/answer.ts';
import type { By } from '../queries/parameters.ts';
import { type Week, weekBefore } from './iso-week.ts';

/** What the rows of a part are set against. */
export type View =
  /** The week against the week before. */
  | 'weeks'
  /** Each day of the two weeks. */
  | 'days'
  /** Agents, or teams, against each other. */
  | 'groups'
  /** Phrases that rise, against the week before. */
  | 'rises';

/** One question of the report, and how its answer is shown. */
export interface ReportPart {
  readonly title: string;
  readonly view: View;
  /** The name of the query. */
  readonly query: string;
  readonly parameters: { readonly from: string; readonly to: string; readonly by: By } & Readonly<
    Record<string, string>
  >;
  /** Those measures of it that are shown. @default all */
  readonly measures?: readonly string[];
}

/** What stands under one heading. */
export interface ReportSection {
  readonly name: string;
  readonly title: string;
  readonly parts: readonly ReportPart[];
}

/** What became of the question of a part. */
export interface PartAnswer {
  readonly answer?: Answer | undefined;
  /** ISO 8601: what was in the dataset then is in the answer. */
  readonly asOf?: string | undefined;
  /** Why there is no answer, and never will be by asking again. */
  readonly failure?: string | undefined;
}

/** A report of a week. */
export interface WeeklyReport {
  readonly week: Week;
  readonly before: Week;
  readonly sections: readonly (Omit<ReportSection, 'parts'> & { readonly parts: readonly AnsweredPart[] })[];
}

/** A part of a report, with its answer. */
export interface AnsweredPart extends ReportPart, PartAnswer {}

/** What the keys of reports begin with, in the bucket of the dataset. */
export const REPORTS_PREFIX = 'reports/';

/** The key of the report of a week. */
export const reportKey = ({ name }: Week): string => `${REPORTS_PREFIX}${name}.html`;

/** Amounts of which currency are summed up. */
const CURRENCY = 'USD';

/** What the report of a week asks. */
export function reportSections(week: Week): ReportSection[] {
  const both = { from: weekBefore(week).from, to: week.to };
  const only = { from: week.from, to: week.to };
  const weeks = (query: string, title = 'Against the week before', own: Readonly<Record<string, string>> = {}) =>
    ({ title, view: 'weeks', query, parameters: { ...own, ...both, by: 'week' } }) satisfies ReportPart;
  const groups = (query: string, by: 'agent' | 'team', measures: readonly string[], own = {}) =>
    ({ title: `By ${by}`, view: 'groups', query, parameters: { ...own, ...only, by }, measures }) satisfies ReportPart;
  const currency = { currency: CURRENCY };
  return [
    {
      ...{ name: 'calls', title: 'Calls' },
      parts: [
        { ...weeks('volume'), measures: [] },
        { title: 'By day', view: 'days', query: 'volume', parameters: { ...both, by: 'day' }, measures: [] },
      ],
    },
    { name: 'length', title: 'Length of calls', parts: [weeks('length')] },
    {
      ...{ name: 'sentiment', title: 'Sentiment' },
      parts: [
        weeks('sentiment'),
        groups('sentiment', 'team', ['customer_sentiment', 'negative']),
        groups('sentiment', 'agent', ['customer_sentiment', 'negative']),
      ],
    },
    { name: 'silence', title: 'Silence', parts: [weeks('silence')] },
    { name: 'interruptions', title: 'Interruptions', parts: [weeks('interruptions')] },
    { name: 'tags', title: 'Tags', parts: [weeks('tags')] },
    {
      ...{ name: 'credits', title: 'Credits' },
      parts: [
        weeks('credits', undefined, currency),
        groups('credits', 'agent', ['offered_share', 'over_policy_share'], currency),
      ],
    },
    {
      ...{ name: 'issues', title: 'Common issues' },
      parts: [{ title: 'Phrases that rise', view: 'rises', query: 'issues', parameters: { ...only, by: 'all' } }],
    },
    {
      ...{ name: 'scores', title: 'Scores' },
      parts: [weeks('scores'), weeks('criteria', 'By criterion'), groups('scores', 'agent', ['score'])],
    },
    { name: 'disputes', title: 'Disputes', parts: [weeks('disputes')] },
  ];
}

/** So many questions are asked at once. */
const AT_ONCE = 4;

/**
 * The report of a week, once all its questions are answered.
 *
 * @param ask what it throws ends the report
 */
export async function weeklyReport(week: Week, ask: (part: ReportPart) => Promise<PartAnswer>): Promise<WeeklyReport> {
  const sections = reportSections(week);
  const parts = sections.flatMap((section) => section.parts);
  const answers = new Map<ReportPart, PartAnswer>();
  const waiting = parts.values();
  const work = async () => {
    for (const part of waiting) answers.set(part, await ask(part));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return {
    ...{ week, before: weekBefore(week) },
    sections: sections.map((section) => ({
      ...section,
      parts: section.parts.map((part) => ({ ...part, ...answers.get(part) })),
    })),
  };
}
