import * as z from 'zod';
import { DAY_MS } from '../../platform/clock.ts';
import { type AgentMonth, type AgentScore, ScoredBy, type Tally } from '../scoring/agent-scores.ts';
import {
  Difference,
  differenceOf,
  differenceOfPercents,
  ENOUGH_VALUES,
  Estimate,
  meanOf,
  meanOfPercents,
  NO_TALLY,
  reaches,
  sumOf,
  TargetVerdict,
  tallyOf,
} from './intervals.ts';
import type { Goal } from './session.ts';

/** How long the periods of a progress are. */
export const Grain = z.enum(['month', 'week']);
export type Grain = z.infer<typeof Grain>;

/**
 * What a line of numbers is of: of automatic scores or of reviews, never of both; of the whole score by one version of a scorecard,
 * or of one criterion, by whichever versions have it.
 */
export const LineOf = z.object({
  by: ScoredBy,
  /** None of the whole score. */
  criterionId: z.string().optional(),
  scorecardVersions: z.array(z.string()),
});
export type LineOf = z.infer<typeof LineOf>;

/** How something went, period after period. */
export const ProgressLine = LineOf.extend({
  /** Those in which there is a value, in order: a month such as `2026-10`, or a week such as `2026-W42` (ISO 8601, from Monday, UTC). */
  periods: z.array(Estimate.extend({ period: z.string() })),
  /** Of all of them. */
  whole: Estimate,
});
export type ProgressLine = z.infer<typeof ProgressLine>;

/** How something was before and after a moment. */
export const ComparisonLine = LineOf.extend({ before: Estimate, after: Estimate, difference: Difference });
export type ComparisonLine = z.infer<typeof ComparisonLine>;

/** What came of a goal: the values after its session, beside what was aimed at. */
export const GoalLine = LineOf.extend({
  goalId: z.string(),
  targetPercent: z.number(),
  after: Estimate,
  verdict: TargetVerdict,
});
export type GoalLine = z.infer<typeof GoalLine>;

/** What scores come to in a period: a month of an agent as it is stored, or one that is counted of rows. */
export type PeriodScores = Pick<AgentMonth, 'by' | 'scorecardVersion' | 'percent' | 'criteria'> & {
  readonly period: string;
};

/** The ISO week of a time, in UTC: `2026-W42`. A week is of the year that its Thursday is in. Source: ISO 8601. */
export function weekOf(time: string): string {
  const day = new Date(`${time.slice(0, 10)}T00:00:00.000Z`);
  const thursday = new Date(day.getTime() + (4 - (day.getUTCDay() || 7)) * DAY_MS);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS)) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** Months as they are stored, as scores of periods. */
export const scoresOfMonths = (months: readonly AgentMonth[]): PeriodScores[] =>
  months.map(({ by, scorecardVersion, percent, criteria, month }) => ({
    ...{ by, scorecardVersion, percent, criteria, period: month },
  }));

/** Rows, as scores of the periods that `periodOf` says that they are in. */
export function scoresOfRows(rows: readonly AgentScore[], periodOf: (time: string) => string): PeriodScores[] {
  const groups = Map.groupBy(rows, ({ by, scorecardVersion, callStartedAt }) =>
    JSON.stringify([periodOf(callStartedAt), by, scorecardVersion]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const ids = [...new Set(group.flatMap(({ shares }) => Object.keys(shares)))];
    return [
      {
        ...{ period: periodOf(first.callStartedAt), by: first.by, scorecardVersion: first.scorecardVersion },
        percent: tallyOf(group.flatMap(({ percent }) => percent ?? [])),
        criteria: Object.fromEntries(ids.map((id) => [id, tallyOf(group.flatMap(({ shares }) => shares[id] ?? []))])),
      },
    ];
  });
}

/** A line, with the tally of each of its periods. */
export interface TalliedLine extends LineOf {
  readonly tallies: readonly { readonly period: string; readonly tally: Tally }[];
}

/**
 * The lines that scores make. The whole score of each version of a scorecard is a line of its own: another version weighs otherwise, and
 * what is higher by it need not be better. A criterion is one line, whichever versions have it: its share does not depend on weights,
 * and one that asks something else has another id.
 *
 * @param order ids of criteria: their lines come in this order, others behind them
 */
export function linesOf(scores: readonly PeriodScores[], order: readonly string[]): TalliedLine[] {
  const places = new Map(order.map((id, i) => [id, i]));
  const placeOf = (id: string): number => places.get(id) ?? order.length;
  return ScoredBy.options.flatMap((by) => {
    const own = scores.filter((one) => one.by === by);
    const line = (
      criterionId: string | undefined,
      of: readonly PeriodScores[],
      tallyIn: (one: PeriodScores) => Tally,
    ) => {
      const filled = of.filter((one) => tallyIn(one).n > 0);
      if (filled.length === 0) return [];
      const periods = Map.groupBy(filled, ({ period }) => period);
      return [
        {
          ...{ by, ...(criterionId !== undefined && { criterionId }) },
          scorecardVersions: [...new Set(filled.map(({ scorecardVersion }) => scorecardVersion))].toSorted(),
          tallies: [...periods.keys()]
            .toSorted()
            .map((period) => ({ period, tally: sumOf((periods.get(period) ?? []).map(tallyIn)) })),
        },
      ];
    };
    const versions = [...new Set(own.map(({ scorecardVersion }) => scorecardVersion))].toSorted();
    const ids = [...new Set(own.flatMap(({ criteria }) => Object.keys(criteria)))].toSorted(
      (a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1),
    );
    return [
      ...versions.flatMap((version) =>
        line(
          undefined,
          own.filter(({ scorecardVersion }) => scorecardVersion === version),
          ({ percent }) => percent,
        ),
      ),
      ...ids.flatMap((id) => line(id, own, ({ criteria }) => criteria[id] ?? NO_TALLY)),
    ];
  });
}

/** The mean of what a line is of: whole scores are in percent, criteria are shares. */
export const meanOfLine = ({ criterionId }: Pick<LineOf, 'criterionId'>, tally: Tally): Estimate =>
  criterionId === undefined ? meanOfPercents(tally) : meanOf(tally);

/** The progress that scores tell. */
export const progressOf = (scores: readonly PeriodScores[], order: readonly string[]): ProgressLine[] =>
  linesOf(scores, order).map(({ tallies, ...line }) => ({
    ...line,
    periods: tallies.map(({ period, tally }) => ({ period, ...meanOfLine(line, tally) })),
    whole: meanOfLine(line, sumOf(tallies.map(({ tally }) => tally))),
  }));

/** The two periods that a comparison is of. */
const BEFORE = 'before';
const AFTER = 'after';

/**
 * Compares the scores of calls before a moment with those of calls from it on. The more lines have enough values to be compared, the
 * surer each of them has to be.
 */
export function comparisonOf(
  rows: readonly AgentScore[],
  moment: string,
  order: readonly string[],
): { lines: ComparisonLine[]; comparedLines: number } {
  const at = Date.parse(moment);
  const scores = scoresOfRows(rows, (time) => (Date.parse(time) < at ? BEFORE : AFTER));
  const lines = linesOf(scores, order).map(({ tallies, ...line }) => {
    const tallyOfSide = (side: string) => tallies.find(({ period }) => period === side)?.tally ?? NO_TALLY;
    return { line, before: tallyOfSide(BEFORE), after: tallyOfSide(AFTER) };
  });
  const comparedLines = lines.filter(({ before, after }) => Math.min(before.n, after.n) >= ENOUGH_VALUES).length;
  return {
    lines: lines.map(({ line, before, after }) => ({
      ...line,
      before: meanOfLine(line, before),
      after: meanOfLine(line, after),
      difference:
        line.criterionId === undefined
          ? differenceOfPercents(before, after, comparedLines)
          : differenceOf(before, after, comparedLines),
    })),
    comparedLines,
  };
}

/** What came of the goals of a session: each beside the lines that it is about. */
export const goalLines = (goals: readonly Goal[], scorecard: string, lines: readonly ComparisonLine[]): GoalLine[] =>
  goals.flatMap(({ goalId, targetPercent, criterionId, ...goal }) => {
    if (targetPercent === undefined || goal.scorecard !== scorecard) return [];
    return lines
      .filter((line) => line.criterionId === criterionId)
      .map(({ by, scorecardVersions, after }) => ({
        ...{ goalId, by, scorecardVersions, targetPercent, after, verdict: reaches(after, targetPercent) },
        ...(criterionId !== undefined && { criterionId }),
      }));
  });
