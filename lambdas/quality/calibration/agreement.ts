import * as z from 'zod';
import { CONFIDENCE, ENOUGH_VALUES, studentQuantile, wilson } from '../coaching/intervals.ts';
import { shareOf } from '../scoring/score-answers.ts';
import { type AnswerType, type AnswerValue, NOT_APPLICABLE } from '../scoring/scorecard.ts';

/** What one reviewer answered to a criterion on one call. */
export interface Rating {
  readonly reviewer: string;
  readonly answer: AnswerValue;
}

/** The ratings of one call, of each reviewer one at the most. */
export type RatedCall = readonly Rating[];

/** How far answers agree beyond what chance alone would give. */
export const Kappa = z.object({
  /** Of two reviewers it is Cohen's, of more Fleiss'. */
  method: z.enum(['cohen', 'fleiss']),
  /** Whether answers agree in part: marks of a scale do the more, the closer they are. */
  weights: z.enum(['none', 'linear']),
  /** How many calls at least two reviewers answered. */
  calls: z.int().nonnegative(),
  /** 1 where they always agree, 0 as often as by chance, below it where less. Four decimals; none where it cannot be told. */
  value: z.number().min(-1).max(1).optional(),
  /** Its 95 % interval; none where there is no value. */
  low: z.number().min(-1).max(1).optional(),
  high: z.number().min(-1).max(1).optional(),
  /** The share, from 0 to 1, to which they agree, and to which they would by chance, by the weights. */
  observed: z.number().min(0).max(1).optional(),
  expected: z.number().min(0).max(1).optional(),
  /** Why it cannot be told. */
  undefinedBecause: z.string().optional(),
  /** Whether there are enough calls, and the interval is narrow enough, to go by it. */
  enough: z.boolean(),
  /** Why not. */
  lacks: z.string().optional(),
});
export type Kappa = z.infer<typeof Kappa>;

/** Whether a reviewer marks better or worse than the others with more than chance behind it; no such thing; or it cannot be told. */
export const LeanVerdict = z.enum(['lenient', 'strict', 'no-lean-shown', 'not-enough-data']);
export type LeanVerdict = z.infer<typeof LeanVerdict>;

/** How far one reviewer marks above the others who marked the same calls, in points of 100: below 0 where they mark lower. */
export const Lean = z.object({
  /** How many calls it is of. */
  calls: z.int().nonnegative(),
  /** Two decimals; none where there is no call. */
  points: z.number().min(-100).max(100).optional(),
  /** The interval in which it may lie; none of one call, and where it is the same on each of them. */
  low: z.number().min(-100).max(100).optional(),
  high: z.number().min(-100).max(100).optional(),
  /** That of the interval. It is above 95 where several leans are told at once: chance has more to pick from then. */
  confidencePercent: z.number(),
  verdict: LeanVerdict,
  /** Why, in a line. */
  because: z.string(),
});
export type Lean = z.infer<typeof Lean>;

/** How much two answers agree, from 0 to 1. */
type Weight = (a: AnswerValue, b: AnswerValue) => number;

/**
 * How much two answers of a criterion agree. Marks of a scale agree by how close they are, as in the score: on a scale from 1 to 5, 4 and
 * 5 agree by three quarters. Anything else agrees or does not; `not-applicable` agrees with itself alone. Source of the weights:
 * D. V. Cicchetti, T. Allison, A new procedure for assessing reliability of scoring EEG sleep recordings, American Journal of EEG
 * Technology 11 (1971), 101–109.
 */
export const weightOf =
  (type: AnswerType): Weight =>
  (a, b) => {
    if (a === b) return 1;
    if (type.type !== 'scale' || a === NOT_APPLICABLE || b === NOT_APPLICABLE) return 0;
    const [one, other] = [shareOf(type, a), shareOf(type, b)];
    return one === undefined || other === undefined ? 0 : 1 - Math.abs(one - other);
  };

/** How likely each answer is. */
type Distribution = ReadonlyMap<AnswerValue, number>;

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((total, one) => total + one, 0) / Math.max(1, numbers.length);

/** The answers of several calls; each call counts the same, however many answered it. */
function distributionOf(calls: readonly (readonly AnswerValue[])[]): Distribution {
  const shares = new Map<AnswerValue, number>();
  for (const answers of calls)
    for (const answer of answers) shares.set(answer, (shares.get(answer) ?? 0) + 1 / (answers.length * calls.length));
  return shares;
}

const chanceOf = (answer: AnswerValue, others: Distribution, weight: Weight): number =>
  [...others].reduce((total, [other, share]) => total + share * weight(answer, other), 0);

/** How often each answer was given. */
export function countsOf(ratings: RatedCall): Map<AnswerValue, number> {
  const times = new Map<AnswerValue, number>();
  for (const { answer } of ratings) times.set(answer, (times.get(answer) ?? 0) + 1);
  return times;
}

/** How much the ratings of a call agree, over all pairs of reviewers; undefined where there is no pair. */
function pairAgreement(ratings: RatedCall, weight: Weight): number | undefined {
  const n = ratings.length;
  if (n < 2) return undefined;
  const times = [...countsOf(ratings)];
  const agreed = times.reduce(
    (all, [a, x]) => all + times.reduce((sum, [b, y]) => sum + x * (a === b ? y - 1 : y) * weight(a, b), 0),
    0,
  );
  return agreed / (n * (n - 1));
}

/** The share, from 0 to 1, of the pairs of reviewers of each call who gave the very same answer; of the calls that two answered. */
export const sameAnswers = (calls: readonly RatedCall[]): number[] =>
  calls.flatMap((ratings) => pairAgreement(ratings, (a, b) => Number(a === b)) ?? []);

/** Below this a difference is one of arithmetic. */
const TRACE = 1e-9;

/** Half a digit is always rounded up, whatever the arithmetic left of it: the order of calls changes nothing. */
const rounded = (value: number, decimals: number): number =>
  Math.round((value + TRACE) * 10 ** decimals) / 10 ** decimals || 0;

/**
 * Cohen's kappa of two reviewers, or Fleiss' of more, who need not all have answered each call. It is weighted for scales: see
 * {@link weightOf}. Its interval is that of the mean of what each call adds to it, by Student's t. Where every call agrees as much as every
 * other, which would make that a point, it is Wilson's of the agreement, with chance as it is: nothing from 0 to 1 varies more than yes
 * and no, so that it is none too narrow.
 *
 * Sources: J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (1960), 37–46, and
 * Weighted kappa, Psychological Bulletin 70 (1968), 213–220. J. L. Fleiss, Measuring nominal scale agreement among many raters,
 * Psychological Bulletin 76 (1971), 378–382. With weights, answers that are missing, and the variance: K. L. Gwet, Handbook of
 * Inter-Rater Reliability, 4th edition (2014), chapters 2, 3 and 5.
 *
 * @param calls of each reviewer one rating of a call at the most
 */
export function kappaOf(type: AnswerType, calls: readonly RatedCall[]): Kappa {
  const weight = weightOf(type);
  const names = [...new Set(calls.flatMap((ratings) => ratings.map(({ reviewer }) => reviewer)))].toSorted();
  const method = names.length > 2 ? 'fleiss' : 'cohen';
  // Two reviewers are compared on what both answered; of more, each answer tells something of how they answer by chance.
  const rated = calls.filter(({ length }) => length >= (method === 'cohen' ? 2 : 1));
  const pairs = rated.filter(({ length }) => length >= 2).length;
  const told = {
    method,
    weights: type.type === 'scale' ? 'linear' : 'none',
    calls: pairs,
  } as const;
  if (pairs === 0) return { ...told, ...enoughOf(0), undefinedBecause: 'no call was answered by two reviewers' };

  const all = distributionOf(rated.map((ratings) => ratings.map(({ answer }) => answer)));
  /** How much each answer agrees with those of others by chance. */
  const chancesAgainst = (others: Distribution): Distribution =>
    new Map([...all.keys()].map((answer) => [answer, chanceOf(answer, others, weight)]));
  const againstAll = chancesAgainst(all);
  const chances = new Map(
    names.map((name, i) => {
      const other = method === 'cohen' ? names[1 - i] : undefined;
      if (other === undefined) return [name, againstAll];
      return [name, chancesAgainst(distributionOf(rated.map((ratings) => answersOf(ratings, other))))];
    }),
  );
  const perCall = rated.map((ratings) => ({
    agreed: pairAgreement(ratings, weight),
    chance: mean(ratings.map(({ reviewer, answer }) => chances.get(reviewer)?.get(answer) ?? 0)),
  }));
  const agreements = perCall.flatMap(({ agreed }) => agreed ?? []);
  const observed = mean(agreements);
  const expected = mean(perCall.map(({ chance }) => chance));
  const shares = { observed: share(observed), expected: share(expected) };
  if (expected > 1 - TRACE)
    return {
      ...{ ...told, ...enoughOf(pairs), ...shares },
      undefinedBecause: 'everybody gave the same answer to every call: so would chance',
    };

  const beyondChance = (agreed: number): number => (agreed - expected) / (1 - expected);
  const kappa = beyondChance(observed);
  const n = perCall.length;
  const parts = perCall.map(({ agreed, chance }) => {
    const beyond = agreed === undefined ? 0 : (n / pairs) * (agreed - expected);
    return (beyond - 2 * (1 - kappa) * (chance - expected)) / (1 - expected);
  });
  const half = agreements.some((agreed) => Math.abs(agreed - observed) > TRACE) ? halfWidth(parts, kappa) : undefined;
  const alike = wilson(pairs, observed);
  const [low, high] = half === undefined ? [alike.low, alike.high].map(beyondChance) : [kappa - half, kappa + half];
  const bounds = { low: bounded(low ?? kappa), high: bounded(high ?? kappa) };
  return { ...told, ...enoughOf(pairs, bounds), ...shares, value: bounded(kappa), ...bounds };
}

/** A kappa whose interval is wider is never said to be enough. */
const ENOUGH_WIDTH = 0.5;

function enoughOf(calls: number, bounds?: { readonly low: number; readonly high: number }) {
  if (calls < ENOUGH_VALUES)
    return { enough: false, lacks: `${calls} of the ${ENOUGH_VALUES} calls that it takes` } as const;
  const width = bounds ? rounded(bounds.high - bounds.low, 4) : 0;
  return width > ENOUGH_WIDTH
    ? ({ enough: false, lacks: `the interval is ${width} wide, above ${ENOUGH_WIDTH}: it takes more calls` } as const)
    : ({ enough: true } as const);
}

const answersOf = (ratings: RatedCall, name: string): AnswerValue[] =>
  ratings.flatMap(({ reviewer, answer }) => (reviewer === name ? [answer] : []));

const share = (value: number): number => Math.min(1, Math.max(0, rounded(value, 4)));
/** Where answers are missing, the formula can come to less than -1: what is told does not. */
const bounded = (value: number): number => Math.min(1, Math.max(-1, rounded(value, 4)));

/** How far Student's t interval of the mean of values reaches to each side; undefined where they do not vary, or there is one. */
function halfWidth(values: readonly number[], middle: number, confidence?: number): number | undefined {
  const n = values.length;
  const spread = values.reduce((total, value) => total + (value - middle) ** 2, 0);
  if (n < 2 || spread < TRACE) return undefined;
  return studentQuantile(n - 1, confidence) * Math.sqrt(spread / (n - 1) / n);
}

/**
 * How far a reviewer leans: the mean, over calls, of how far they are above the others.
 *
 * @param above of each call that others marked, too: how far their own mark is above the mean of those of the others, in points of 100.
 *   Their own is not in what it is held against: it would pull the group towards them
 * @param compared how many leans are told at once: each has to be the surer then (Bonferroni)
 */
export function leanOf(above: readonly number[], compared = 1): Lean {
  const confidence = 1 - (1 - CONFIDENCE) / Math.max(1, compared);
  const told = { calls: above.length, confidencePercent: rounded(confidence * 100, 4) };
  if (above.length === 0)
    return { ...told, verdict: 'not-enough-data', because: 'nobody else answered a call that they answered' };
  const middle = mean(above);
  const points = rounded(middle, 2);
  const half = halfWidth(above, middle, confidence);
  const inPoints = (value: number) => Math.min(100, Math.max(-100, rounded(value, 2)));
  const [low, high] = half === undefined ? [points, points] : [inPoints(middle - half), inPoints(middle + half)];
  const found = { ...told, points, ...(half !== undefined && { low, high }) };
  if (above.length < ENOUGH_VALUES)
    return {
      ...found,
      verdict: 'not-enough-data',
      because: `${above.length} of the ${ENOUGH_VALUES} calls that it takes`,
    };
  const range = half === undefined ? `by ${Math.abs(points)} points on each call` : `by ${low} to ${high} points`;
  if (low > 0) return { ...found, verdict: 'lenient', because: `they mark higher than the others, ${range}` };
  if (high < 0) return { ...found, verdict: 'strict', because: `they mark lower than the others, ${range}` };
  const because =
    half === undefined
      ? 'they mark as the others do, on each call'
      : `it lies between ${low} and ${high} points: that may be chance`;
  return { ...found, verdict: 'no-lean-shown', because };
}
