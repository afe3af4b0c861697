import * as z from 'zod';
import { type Measure, numberOf, type ResultRow, Told, told } from './measure.ts';
import { addDays, By, type Parameters } from './parameters.ts';

/** So many rows are told at most. */
export const MAX_ROWS = 10_000;

/** What holds for all queries of a deployment. */
export interface QuerySettings {
  /** Nothing is told of fewer calls (forms, disputes). */
  readonly minCell: number;
}

/** How a phrase rises, see `risers`. */
export const Rise = z.object({
  before: z
    .int()
    .nonnegative()
    .describe(
      'In how many calls it was in the period before, which is as long: of `beforeOf`, and at most if `beforeAtMost`',
    ),
  beforeOf: z.int().nonnegative(),
  beforeAtMost: z.boolean(),
  ratio: z
    .number()
    .optional()
    .describe('How many times the share of before the share is now; none where it was in no call before'),
  logLikelihood: z.number().describe("Dunning's log-likelihood ratio: how strongly the two periods differ"),
  chance: z.number().describe('At most so likely does chance alone do that to even one phrase, from 0 to 1'),
});
export type Rise = z.infer<typeof Rise>;

/** One group of an answer: a day, an agent …, and within it what its labels say. */
export const AnswerRow = z.object({
  group: z
    .string()
    .optional()
    .describe(
      'The first day of a period, or the id or name of an agent, team, queue or source; none where it is not known, and of all in one',
    ),
  partial: z.boolean().optional().describe('`from` or `to` cuts the week or month off'),
  labels: z
    .record(z.string(), z.string())
    .optional()
    .describe('What the row is of within the group: a tag, a scorecard, a criterion, a phrase'),
  count: z.int().positive().describe('Of how many calls the row is; of disputes, how many disputes'),
  counts: z
    .record(z.string(), z.int().nonnegative())
    .optional()
    .describe('Further counts, by their names in the list of queries'),
  values: z
    .record(z.string(), Told)
    .describe("By the names of the query's measures; none where it is of fewer values than are told"),
  rise: Rise.optional().describe('Of a phrase that rises'),
});
export type AnswerRow = z.infer<typeof AnswerRow>;

/** What a query answers. */
export const Answer = z.object({
  by: By,
  from: z.iso.date(),
  to: z.iso.date(),
  rows: z.array(AnswerRow),
  suppressed: z
    .object({ rows: z.int().nonnegative(), values: z.int().nonnegative() })
    .describe(
      'What is left out, because it is of fewer than `minCell` calls: how many rows, and how many values of the rows that are there',
    ),
  minCell: z.int().positive(),
  truncated: z.boolean().describe('There are more rows than are told: ask about fewer days, or one group'),
});
export type Answer = z.infer<typeof Answer>;

/** The last day of the week or month that begins on a day. */
function lastDayOf(unit: 'week' | 'month', first: string): string {
  if (unit === 'week') return addDays(first, 6);
  const inNext = addDays(first, 31);
  return addDays(`${inNext.slice(0, 7)}-01`, -1);
}

/** Whether a group is of days that were not asked about, too. */
const isPartial = ({ by, from, to }: Parameters, first: string): boolean =>
  (by === 'week' || by === 'month') && (first < from || lastDayOf(by, first) > to);

/** How a row's group and labels are told. */
export function headOf(
  parameters: Parameters,
  row: ResultRow,
  labels: readonly string[],
): Pick<AnswerRow, 'group' | 'partial' | 'labels'> {
  const group = row.grp;
  const known = labels.flatMap((label) => (row[label] ? [[label, row[label]] as const] : []));
  return {
    ...(group && { group }),
    ...(group && isPartial(parameters, group) && { partial: true }),
    ...(known.length > 0 && { labels: Object.fromEntries(known) }),
  };
}

/** What columns of results are of. */
export interface Columns {
  readonly labels: readonly string[];
  readonly counts: readonly string[];
  readonly measures: readonly Measure[];
}

/**
 * The answer that rows of results are, each with `grp`, its labels, its `calls`, counts and measures. Rows of fewer than `minCell` calls are
 * left out, and values of fewer in the others.
 *
 * @param rows at most one more than {@link MAX_ROWS}
 */
export function answerOf(
  rows: readonly ResultRow[],
  { labels, counts, measures }: Columns,
  parameters: Parameters,
  { minCell }: QuerySettings,
): Answer {
  const suppressed = { rows: 0, values: 0 };
  const tell = (row: ResultRow): AnswerRow[] => {
    const count = numberOf(row, 'calls') ?? 0;
    if (count === 0) return [];
    if (count < minCell) {
      suppressed.rows += 1;
      return [];
    }
    const all = measures.flatMap((measure) => {
      const value = told(measure, row, minCell);
      return value ? [[measure.name, value] as const] : [];
    });
    const values = all.filter(([, { n }]) => n >= minCell);
    suppressed.values += all.length - values.length;
    return [
      {
        ...headOf(parameters, row, labels),
        count,
        ...(counts.length > 0 && {
          counts: Object.fromEntries(counts.map((name) => [name, numberOf(row, name) ?? 0])),
        }),
        values: Object.fromEntries(values),
      },
    ];
  };
  const { by, from, to } = parameters;
  const within = rows.slice(0, MAX_ROWS).flatMap(tell);
  return { by, from, to, rows: within, suppressed, minCell, truncated: rows.length > MAX_ROWS };
}
