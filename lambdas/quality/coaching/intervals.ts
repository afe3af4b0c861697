import * as z from 'zod';
import type { Tally } from '../scoring/agent-scores.ts';

/** What whoever asks once accepts to be misled by chance: 1 in 20. */
export const CONFIDENCE = 0.95;

/** A mean of fewer values is told with its interval, but never said to be enough. */
export const ENOUGH_VALUES = 10;

/** A mean whose interval is wider than so many points (of 100) is never said to be enough. */
export const ENOUGH_WIDTH = 30;

const Percent = z.number().min(0).max(100);

/**
 * A mean in percent with the 95 % interval in which it may lie: of scores, or of shares. Never without how many values it is of, and
 * whether they are enough to go by.
 */
export const Estimate = z.object({
  /** How many values it is of. */
  n: z.int().nonnegative(),
  /** Two decimals; none where there is no value, as its interval. */
  mean: Percent.optional(),
  low: Percent.optional(),
  high: Percent.optional(),
  /** Whether there are enough values, and close enough to each other, to go by the mean. */
  enough: z.boolean(),
  /** Why they are not enough. */
  lacks: z.string().optional(),
});
export type Estimate = z.infer<typeof Estimate>;

/** What a comparison shows: that it is higher or lower with more than chance behind it; no such thing; or that it cannot tell. */
export const Verdict = z.enum(['higher', 'lower', 'no-difference-shown', 'not-enough-data']);
export type Verdict = z.infer<typeof Verdict>;

/** How far what came after is above what was before, in points of 100, and the interval in which that may lie. */
export const Difference = z.object({
  /** Two decimals, below 0 where it fell; none where there is no value on a side, as its interval. */
  points: z.number().optional(),
  low: z.number().optional(),
  high: z.number().optional(),
  /** That of the interval. It is above 95 where several things are compared at once: chance has more to pick from then. */
  confidencePercent: z.number(),
  verdict: Verdict,
  /** Why, in a line. */
  because: z.string(),
});
export type Difference = z.infer<typeof Difference>;

/** The tally of nothing. */
export const NO_TALLY: Tally = { n: 0, sum: 0, squares: 0 };

/** The tally of values. */
export const tallyOf = (values: readonly number[]): Tally => ({
  n: values.length,
  sum: values.reduce((sum, value) => sum + value, 0),
  squares: values.reduce((sum, value) => sum + value * value, 0),
});

/** The tally of what several tallies are of. */
export const sumOf = (tallies: readonly Tally[]): Tally =>
  tallies.reduce(
    (all, { n, sum, squares }) => ({ n: all.n + n, sum: all.sum + sum, squares: all.squares + squares }),
    NO_TALLY,
  );

/** The area below the normal curve up to `x`. Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.11. */
function normalCdf(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

/** That below Student's t with whole degrees of freedom. Source: Abramowitz and Stegun, 26.7.3 and 26.7.4. */
function studentCdf(t: number, degrees: number): number {
  const theta = Math.atan(t / Math.sqrt(degrees));
  const cosine = Math.cos(theta);
  const isOdd = degrees % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = isOdd ? 3 : 2; k < degrees; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine;
    sum += term;
  }
  const between = isOdd ? (2 / Math.PI) * (theta + Math.sin(theta) * sum) : Math.sin(theta) * sum;
  return 0.5 + between / 2;
}

/** Where a rising function that is 0.5 at 0 reaches `p`, above 0.5. */
function quantileOf(cdf: (x: number) => number, p: number): number {
  let low = 0;
  let high = 1;
  while (cdf(high) < p) high *= 2;
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (cdf(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** How many standard errors a two-sided interval reaches to each side. */
export const normalQuantile = (confidence = CONFIDENCE): number => quantileOf(normalCdf, (1 + confidence) / 2);

/** From so many degrees of freedom on, the expansion is exact to 8 digits, and cheaper. */
const MANY_DEGREES = 200;

/**
 * The same by Student's t. Source of the expansion for many degrees of freedom: Abramowitz and Stegun, 26.7.5.
 *
 * @param degrees of freedom: a whole number from 1
 */
export function studentQuantile(degrees: number, confidence = CONFIDENCE): number {
  if (degrees < MANY_DEGREES) return quantileOf((t) => studentCdf(t, degrees), (1 + confidence) / 2);
  const x = normalQuantile(confidence);
  return (
    x +
    (x ** 3 + x) / (4 * degrees) +
    (5 * x ** 5 + 16 * x ** 3 + 3 * x) / (96 * degrees ** 2) +
    (3 * x ** 7 + 19 * x ** 5 + 17 * x ** 3 - 15 * x) / (384 * degrees ** 3)
  );
}

/** A mean with its interval, of values from 0 to 1. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson's score interval of a share: it holds of few values, too, and of none or all of them. Source: E. B. Wilson, Probable inference,
 * the law of succession, and statistical inference, Journal of the American Statistical Association 22 (1927), 209–212.
 *
 * @param n how many values it is of, or are worth: see {@link intervalOf}
 * @param quantile how many standard errors it reaches
 */
export function wilson(n: number, mean: number, quantile = normalQuantile()): Interval {
  const z2 = quantile ** 2;
  const middle = (mean + z2 / (2 * n)) / (1 + z2 / n);
  const half = Math.sqrt((z2 / n) * (mean * (1 - mean) + z2 / (4 * n))) / (1 + z2 / n);
  // At 0 and 1 they meet the mean, but for the last digit.
  return { mean, low: Math.min(mean, middle - half), high: Math.max(mean, middle + half) };
}

/** Sums of tallies are changed by differences, which leaves traces in the last digits. */
const TRACE = 1e-9;

/** So many values are supposed beside those that there are: as in Agresti and Coull's interval, about the square of 1.96. */
const SUPPOSED = 4;

/**
 * The mean of values from 0 to 1 with its interval; undefined of no value. Where all of them are 0 or 1 it is Wilson's.
 *
 * Of others it is Wilson's of as many yes and no as would vary like them, with the quantile of Student's t. For how much they vary, four
 * more are supposed that vary as much as values with this mean can: ten good scores do not tell how often a critical criterion makes
 * one 0, and Student's interval alone, which takes them at their word, misleads up to one time in five where one in 20 is meant. See
 * docs/decisions/0025-intervals.md. Sources: C. Franco, R. Little, T. Louis, E. Slud, Comparative study of confidence intervals for proportions in
 * complex sample surveys, Journal of Survey Statistics and Methodology 7 (2019), 334–364; A. Agresti, B. Coull, Approximate is better
 * than "exact" for interval estimation of binomial proportions, The American Statistician 52 (1998), 119–126.
 */
export function intervalOf({ n, sum, squares }: Tally, confidence = CONFIDENCE): Interval | undefined {
  if (n === 0) return undefined;
  const mean = Math.min(1, Math.max(0, sum / n));
  // x² = x of 0 and 1 alone; of anything between, x² is less.
  const areZeroOrOne = Math.abs(sum - squares) <= TRACE * n;
  if (areZeroOrOne || n === 1) return wilson(n, mean, normalQuantile(confidence));
  const widest = mean * (1 - mean);
  const spread = Math.max(0, squares - n * mean * mean);
  const variance = (spread + SUPPOSED * widest) / (n - 1 + SUPPOSED);
  return wilson((n * widest) / variance, mean, studentQuantile(n - 1, confidence));
}

const toShares = ({ n, sum, squares }: Tally): Tally => ({ n, sum: sum / 100, squares: squares / 10_000 });

/** Two decimals; never -0. */
export const rounded = (value: number): number => Math.round(value * 100) / 100 || 0;
const percent = (share: number): number => rounded(100 * Math.min(1, Math.max(0, share)));

/** What is lacking for a mean to be gone by; undefined where nothing is. */
function lackOf(n: number, interval: Interval | undefined): string | undefined {
  if (n < ENOUGH_VALUES) return `${n} of the ${ENOUGH_VALUES} values that it takes`;
  const width = interval ? percent(interval.high) - percent(interval.low) : 100;
  if (width > ENOUGH_WIDTH)
    return `the interval is ${rounded(width)} points wide, above ${ENOUGH_WIDTH}: the values differ too much for so few`;
  return undefined;
}

function estimateOf(n: number, interval: Interval | undefined): Estimate {
  const lacks = lackOf(n, interval);
  return {
    n,
    ...(interval && { mean: percent(interval.mean), low: percent(interval.low), high: percent(interval.high) }),
    enough: lacks === undefined,
    ...(lacks !== undefined && { lacks }),
  };
}

/** The mean of shares (from 0 to 1), told in percent. */
export const meanOf = (shares: Tally): Estimate => estimateOf(shares.n, intervalOf(shares));

/** The mean of scores in percent (from 0 to 100). */
export const meanOfPercents = (percents: Tally): Estimate => meanOf(toShares(percents));

/**
 * The mean of the shares of several groups, such as the agents of a team: of all values, with an interval that knows that those of one
 * group are like each other, and so are worth less than as many of as many groups. It is never narrower than it would be of
 * values that are independent. Source of the variance, that of a ratio of sums of clusters: W. G. Cochran, Sampling Techniques, 3rd
 * edition (1977), chapter 9A.
 */
export function meanOfGroups(groups: readonly Tally[]): Estimate {
  const filled = groups.filter(({ n }) => n > 0);
  const all = sumOf(filled);
  const plain = intervalOf(all);
  const [k, n] = [filled.length, all.n];
  if (!plain || k < 2) return estimateOf(n, plain);
  const residues = filled.reduce((sum, group) => sum + (group.sum - group.n * plain.mean) ** 2, 0);
  const half = studentQuantile(k - 1) * Math.sqrt(((k / (k - 1)) * residues) / n ** 2);
  return estimateOf(n, {
    mean: plain.mean,
    low: Math.min(plain.low, plain.mean - half),
    high: Math.max(plain.high, plain.mean + half),
  });
}

/** The same of scores in percent. */
export const meanOfPercentGroups = (groups: readonly Tally[]): Estimate => meanOfGroups(groups.map(toShares));

/**
 * How far one mean is above another, with an interval that is made of those of both. Of shares of 0 and 1 it is Newcombe's (method
 * 10). Sources: G. Y. Zou, A. Donner, Construction of confidence limits about effect measures: a general approach, Statistics in
 * Medicine 27 (2008), 1693–1702; R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics
 * in Medicine 17 (1998), 873–890.
 */
export function intervalOfDifference(before: Interval, after: Interval): Interval {
  const mean = after.mean - before.mean;
  return {
    mean,
    low: Math.max(-1, mean - Math.hypot(after.mean - after.low, before.high - before.mean)),
    high: Math.min(1, mean + Math.hypot(after.high - after.mean, before.mean - before.low)),
  };
}

/**
 * Compares the shares before and after something. It never tells that one is why of the other.
 *
 * @param compared how many such comparisons are made at once: each then has to be the surer, so that all of them together mislead by
 *   chance no more often than one (Bonferroni)
 */
export function differenceOf(before: Tally, after: Tally, compared = 1): Difference {
  const confidence = 1 - (1 - CONFIDENCE) / Math.max(1, compared);
  const [was, is] = [intervalOf(before, confidence), intervalOf(after, confidence)];
  const told = { confidencePercent: Math.round(confidence * 1e6) / 1e4 };
  const found = was && is && intervalOfDifference(was, is);
  const points = found && {
    points: rounded(100 * found.mean),
    low: rounded(100 * found.low),
    high: rounded(100 * found.high),
  };
  const few = Math.min(before.n, after.n);
  if (!points || few < ENOUGH_VALUES)
    return {
      ...{ ...points, ...told, verdict: 'not-enough-data' },
      because: `${before.n} before and ${after.n} after: it takes ${ENOUGH_VALUES} of each to compare`,
    };
  const range = `between ${signed(points.low)} and ${signed(points.high)} points`;
  if (points.low > 0)
    return { ...points, ...told, verdict: 'higher', because: `it is higher, by ${range}; by what is not told` };
  if (points.high < 0)
    return { ...points, ...told, verdict: 'lower', because: `it is lower, by ${range}; by what is not told` };
  return {
    ...{ ...points, ...told, verdict: 'no-difference-shown' },
    because: `it may have changed ${range}: that is no change as well`,
  };
}

/** The same of scores in percent. */
export const differenceOfPercents = (before: Tally, after: Tally, compared = 1): Difference =>
  differenceOf(toShares(before), toShares(after), compared);

const signed = (points: number): string => (points > 0 ? `+${points}` : String(points));

/** Whether a mean reaches what was aimed at. */
export const TargetVerdict = z.enum(['reached', 'missed', 'not-shown', 'not-enough-data']);
export type TargetVerdict = z.infer<typeof TargetVerdict>;

/** Whether an estimate shows that a target is reached: where the whole interval is at it or above, or below it. */
export function reaches({ n, low, high }: Estimate, targetPercent: number): TargetVerdict {
  if (n < ENOUGH_VALUES || low === undefined || high === undefined) return 'not-enough-data';
  if (low >= targetPercent) return 'reached';
  return high < targetPercent ? 'missed' : 'not-shown';
}
