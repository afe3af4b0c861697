import * as z from 'zod';
import { intervalOf, rounded, studentQuantile } from '../../quality/quality.ts';
import type { Sql } from './sql.ts';

/** In what a value is told. */
export type Unit = 'percent' | 'seconds' | 'hours' | 'points' | 'times' | 'money';

/** What a query tells of a group of calls: a mean with its interval, and percentiles where they are asked for. */
export interface Measure {
  /** In lower case, with underscores: it is part of the names of columns. */
  readonly name: string;
  /** What it is, for people. */
  readonly title: string;
  readonly unit: Unit;
  /** The value of one call (or form, or dispute): a double, null where it is not known. Shares are from 0 to 1. */
  readonly of: Sql;
  /** Between which values it lies, as `of` has them; shares need none. Without a highest one its interval is Student's. */
  readonly range?: { readonly min: number; readonly max?: number };
  readonly percentiles?: boolean;
  /** The sum is told as well. */
  readonly total?: boolean;
}

/** Which percentiles are told: each is a value that there is, the smallest that so many of 100 do not exceed. */
const PERCENTILES = [50, 90, 95] as const;

/**
 * What is told of a measure in its unit, with two decimals: of at least as many values as a cell may be small. A percentile is told
 * only where so many are not below it: the highest of a few values is that of a single call.
 */
export const Told = z.object({
  n: z.int().positive().describe('How many values it is of'),
  mean: z.number(),
  low: z
    .number()
    .optional()
    .describe(
      '`low` and `high` bound the 95 % interval of the mean, which knows that calls of one agent are like each other',
    ),
  high: z.number().optional(),
  p50: z
    .number()
    .optional()
    .describe('The median; as `p90` and `p95`, only where at least `minCell` values are not below it'),
  p90: z.number().optional(),
  p95: z.number().optional(),
  total: z.number().optional().describe('The sum'),
});
export type Told = z.infer<typeof Told>;

/** A row as Athena gives it: text, none where it is null. */
export type ResultRow = Readonly<Record<string, string | undefined>>;

/** A number of a row; undefined where it is null. */
export function numberOf(row: ResultRow, column: string): number | undefined {
  const text = row[column];
  return text === undefined || text === '' ? undefined : Number(text);
}

/** What is summed up of the values of a group for their mean and its interval. */
export interface Sums {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
  /** How many agents the values are of, and over them the sums of: the squared sums, the sums by the numbers, the squared numbers. */
  readonly agents: number;
  readonly agentSquares: number;
  readonly agentProducts: number;
  readonly agentCounts: number;
}

/** The names of the columns of the sums of a measure, in the order of their meaning. */
const sumColumns = {
  n: 'n',
  sum: 'sum',
  squares: 'squares',
  agents: 'agents',
  agentSquares: 'agent_squares',
  agentProducts: 'agent_products',
  agentCounts: 'agent_counts',
} as const satisfies Record<keyof Sums, string>;

/** The sums of a measure in a row; null is 0. */
export function sumsOf(row: ResultRow, name: string): Sums {
  const of = (sum: keyof Sums) => numberOf(row, `${name}_${sumColumns[sum]}`) ?? 0;
  return {
    ...{ n: of('n'), sum: of('sum'), squares: of('squares'), agents: of('agents') },
    ...{ agentSquares: of('agentSquares'), agentProducts: of('agentProducts'), agentCounts: of('agentCounts') },
  };
}

/** Columns that rank the values of a measure among those of the same `partition`. */
export const rankColumns = ({ name, percentiles }: Measure, partition: string): Sql[] =>
  percentiles
    ? [
        `row_number() OVER (PARTITION BY ${partition} ORDER BY ${name} NULLS LAST) AS ${name}_rank`,
        `count(${name}) OVER (PARTITION BY ${partition}) AS ${name}_count`,
      ]
    : [];

/** The rank of the percentile is the first that is p of 100 of the count or above it: told without a division, so exactly. */
const percentileColumn = (name: string, p: number): Sql =>
  `max(CASE WHEN 100 * ${name}_rank >= ${p} * ${name}_count AND 100 * (${name}_rank - 1) < ${p} * ${name}_count
      THEN ${name} END) AS ${name}_p${p}`;

/** Columns that sum up a measure over the ranked values of one agent in a group. */
export const agentColumns = ({ name, percentiles }: Measure): Sql[] => [
  `count(${name}) AS ${name}_n`,
  `sum(${name}) AS ${name}_sum`,
  `sum(${name} * ${name}) AS ${name}_squares`,
  ...(percentiles ? PERCENTILES.map((p) => percentileColumn(name, p)) : []),
];

/** Columns that sum those up over the agents of a group. */
export const groupColumns = ({ name, percentiles }: Measure): Sql[] => [
  `sum(${name}_n) AS ${name}_n`,
  `sum(${name}_sum) AS ${name}_sum`,
  `sum(${name}_squares) AS ${name}_squares`,
  `count(${name}_sum) AS ${name}_agents`,
  `sum(${name}_sum * ${name}_sum) AS ${name}_agent_squares`,
  `sum(${name}_n * ${name}_sum) AS ${name}_agent_products`,
  `sum(${name}_n * ${name}_n) AS ${name}_agent_counts`,
  ...(percentiles ? PERCENTILES.map((p) => `max(${name}_p${p}) AS ${name}_p${p}`) : []),
];

/**
 * How far the mean of values of several agents may be off to each side, who are each like themselves; undefined of one agent. Source: W. G.
 * Cochran, Sampling Techniques, 3rd edition (1977), chapter 9A: the variance of a ratio of sums of clusters.
 */
function reachByAgents(sums: Sums, mean: number): number | undefined {
  const { n, agents: k } = sums;
  if (k < 2) return undefined;
  const residues = sums.agentSquares - 2 * mean * sums.agentProducts + mean * mean * sums.agentCounts;
  return studentQuantile(k - 1) * Math.sqrt(((k / (k - 1)) * Math.max(0, residues)) / n ** 2);
}

/** The interval of the mean, as if the values were independent. */
function plainInterval({ n, sum, squares }: Sums, { min, max }: { readonly min: number; readonly max?: number }) {
  const mean = sum / n;
  if (max !== undefined) {
    const width = max - min;
    const scaled = {
      ...{ n, sum: (sum - n * min) / width },
      squares: (squares - 2 * min * sum + n * min * min) / width ** 2,
    };
    const interval = intervalOf(scaled);
    return interval && { low: min + width * interval.low, high: min + width * interval.high };
  }
  if (n < 2) return undefined;
  const variance = Math.max(0, squares - n * mean * mean) / (n - 1);
  const half = studentQuantile(n - 1) * Math.sqrt(variance / n);
  return { low: mean - half, high: mean + half };
}

const SHARE = { min: 0, max: 1 };

/**
 * The mean of values with its 95 % interval: that of quality where they are bounded (docs/decisions/0025-intervals.md), Student's where they
 * are not, and never narrower than the differences between the agents make it. As the measure's `of` has them; undefined of no value.
 */
export function meanOfSums(
  sums: Sums,
  range: { readonly min: number; readonly max?: number } = SHARE,
): { mean: number; low?: number; high?: number } | undefined {
  if (sums.n === 0) return undefined;
  const mean = sums.sum / sums.n;
  const plain = plainInterval(sums, range);
  if (!plain) return { mean };
  const half = reachByAgents(sums, mean) ?? 0;
  const low = Math.max(range.min, Math.min(plain.low, mean - half));
  const high = Math.min(range.max ?? Number.POSITIVE_INFINITY, Math.max(plain.high, mean + half));
  return { mean, low, high };
}

/** What values are multiplied by for their unit. */
const factorOf = (unit: Unit): number => (unit === 'percent' ? 100 : 1);

/** The percentiles that are told of `n` values: at least `minCell` of those are not below each. */
const toldPercentiles = (n: number, minCell: number) =>
  PERCENTILES.filter((p) => n - Math.ceil((p * n) / 100) + 1 >= minCell);

/** What is told of a measure by a row of results; undefined where it has no value. */
export function told(measure: Measure, row: ResultRow, minCell: number): Told | undefined {
  const { name, unit, range, percentiles, total } = measure;
  const sums = sumsOf(row, name);
  const mean = meanOfSums(sums, range);
  if (!mean) return undefined;
  const inUnit = (value: number) => rounded(value * factorOf(unit));
  return {
    ...{ n: sums.n, mean: inUnit(mean.mean) },
    ...(mean.low !== undefined && { low: inUnit(mean.low) }),
    ...(mean.high !== undefined && { high: inUnit(mean.high) }),
    ...(percentiles &&
      Object.fromEntries(
        toldPercentiles(sums.n, minCell).map((p) => [`p${p}`, inUnit(numberOf(row, `${name}_p${p}`) ?? Number.NaN)]),
      )),
    ...(total && { total: inUnit(sums.sum) }),
  };
}
