import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { CallFacts } from '../scoring/agent-scores.ts';
import { type SamplingPlan, Stratum } from './plan.ts';

/** What a call is told apart by: a value for each stratum of the plan. What is not known of it, or not there, is left out. */
export const StratumValues = z.partialRecord(Stratum, z.string());
export type StratumValues = z.infer<typeof StratumValues>;

/** What a plan tells calls apart by. */
export type StrataPlan = Pick<SamplingPlan, 'strata' | 'tags' | 'lengthBoundsSeconds'>;

/** A call that can be drawn, or was. */
export interface SampledCall {
  readonly callId: string;
  readonly stratum: StratumValues;
}

/** The customer of a call below -1 is negative, above 1 positive, on the scale from -5 to 5. */
const SENTIMENT_BOUND = 1;

/** To what a call belongs in a sample. */
export function stratumOf(
  facts: Pick<CallFacts, 'durationMs' | 'queue' | 'tags' | 'customerSentiment'>,
  { strata, tags, lengthBoundsSeconds }: StrataPlan,
): StratumValues {
  const values: Record<Stratum, string | undefined> = {
    queue: facts.queue,
    tag: tags.find((tag) => facts.tags.includes(tag)),
    sentiment: sentimentOf(facts.customerSentiment),
    length: lengthOf(facts.durationMs, lengthBoundsSeconds),
  };
  return Object.fromEntries(
    strata.flatMap((stratum) => (values[stratum] === undefined ? [] : [[stratum, values[stratum]]])),
  );
}

function sentimentOf(sentiment: number | undefined): string | undefined {
  if (sentiment === undefined) return undefined;
  return sentiment < -SENTIMENT_BOUND ? 'negative' : sentiment > SENTIMENT_BOUND ? 'positive' : 'neutral';
}

function lengthOf(durationMs: number | undefined, bounds: readonly number[]): string | undefined {
  if (durationMs === undefined) return undefined;
  const above = bounds.filter((bound) => durationMs >= bound * 1000);
  const from = above.at(-1);
  const to = bounds[above.length];
  if (from === undefined) return to === undefined ? 'any' : `under ${to} s`;
  return to === undefined ? `from ${from} s` : `${from} to ${to} s`;
}

/** What names a stratum, whatever the order of its values. */
const keyOf = (stratum: StratumValues): string =>
  JSON.stringify(Stratum.options.map((option) => stratum[option] ?? null));

/** A number that looks drawn by lot, and is the same for the same texts: a whole one below 2^48. */
const lotOf = (...texts: readonly string[]): number =>
  createHash('sha256').update(JSON.stringify(texts)).digest().readUIntBE(0, 6);

/**
 * How many calls each stratum gets, of `size` in all: its part by its number of calls, rounded down or up, so that their sum is `size`
 * exactly. Which ones are rounded up is decided by one lot for all: a stratum that should get 1.3 calls gets two with a chance of
 * exactly 0.3, over all lots, and so each call of the population has the same chance, whatever its stratum.
 *
 * This is systematic sampling; see W. G. Cochran, Sampling Techniques, 3rd ed., 1977, chapter 8.
 *
 * @param counts how many calls each stratum has
 * @param size at most their sum
 * @param lot a whole number from 0, below their sum
 */
export function quotasOf(counts: readonly number[], size: number, lot: number): number[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  let before = 0;
  return counts.map((count) => {
    const from = Math.floor((lot + size * before) / all);
    before += count;
    return Math.floor((lot + size * before) / all) - from;
  });
}

/** What a stratum is in a sample. */
export const SampledStratum = z.object({
  stratum: StratumValues,
  /** How many calls it has that can be drawn, or were. */
  calls: z.int().nonnegative(),
  /** How many of them are its part of the sample. */
  quota: z.int().nonnegative(),
  /** How many were drawn. */
  drawn: z.int().nonnegative(),
});
export type SampledStratum = z.infer<typeof SampledStratum>;

/** The strata of a sample, with how many calls of each are drawn. */
export const withDrawn = (strata: readonly SampledStratum[], drawn: readonly SampledCall[]): SampledStratum[] =>
  strata.map((one) => ({
    ...one,
    drawn: drawn.filter(({ stratum }) => keyOf(stratum) === keyOf(one.stratum)).length,
  }));

/** What is drawn from. */
export interface Population<C extends SampledCall> {
  /** Names the sample: whoever has the same seed, and the same calls, draws the same ones. */
  readonly seed: readonly string[];
  /** So many calls in all, with those that were drawn before; all of them, where there are fewer. */
  readonly size: number;
  /** Those that can be drawn. */
  readonly eligible: readonly C[];
  /** Those that were drawn before. @default none */
  readonly drawn?: readonly SampledCall[];
}

/** A sample, and how it came to be. */
export interface Sample<C extends SampledCall> {
  /** The calls that are drawn now, in the order in which they are to be. */
  readonly picks: C[];
  /** In the order of their lots. */
  readonly strata: SampledStratum[];
}

/**
 * Draws calls. Each stratum has its part ({@link quotasOf}); of the calls of a stratum those with the lowest lots are drawn. The lot of a
 * call depends on the seed and its id alone, so that a sample is the same however its calls are ordered, and one that is drawn in several
 * goes is the one that is drawn at once. What was drawn before counts for its stratum, and is never drawn again, nor taken back: where
 * calls came since, those strata go first that lack most.
 */
export function sampleOf<C extends SampledCall>({ seed, size, eligible, drawn = [] }: Population<C>): Sample<C> {
  const isDrawn = new Set(drawn.map(({ callId }) => callId));
  const distinct = new Map(eligible.filter(({ callId }) => !isDrawn.has(callId)).map((call) => [call.callId, call]));
  const strata = new Map<string, { stratum: StratumValues; left: C[]; drawn: number }>();
  const of = ({ stratum }: SampledCall) => {
    const key = keyOf(stratum);
    const known = strata.get(key) ?? { stratum, left: [], drawn: 0 };
    strata.set(key, known);
    return known;
  };
  for (const call of drawn) of(call).drawn += 1;
  for (const call of distinct.values()) of(call).left.push(call);

  const inOrder = byLot([...strata], ([key]) => lotOf(...seed, 'stratum', key)).map(([, stratum]) => stratum);
  const counts = inOrder.map(({ left, drawn }) => left.length + drawn);
  const all = drawn.length + distinct.size;
  const wanted = Math.min(size, all);
  const quotas = all === 0 ? [] : quotasOf(counts, wanted, lotOf(...seed, 'rounding') % all);
  const lacking = inOrder.flatMap(({ left, drawn }, i) => {
    const lacks = Math.max(0, (quotas[i] ?? 0) - drawn);
    return byLot(left, ({ callId }) => lotOf(...seed, 'call', callId))
      .slice(0, lacks)
      .map((call, k) => ({ call, lacks: lacks - k }));
  });
  return {
    picks: lacking
      .toSorted((a, b) => b.lacks - a.lacks)
      .slice(0, Math.max(0, wanted - drawn.length))
      .map(({ call }) => call),
    strata: inOrder.map(({ stratum, drawn }, i) => ({
      ...{ stratum, drawn },
      ...{ calls: counts[i] ?? 0, quota: quotas[i] ?? 0 },
    })),
  };
}

const byLot = <T>(all: readonly T[], lot: (one: T) => number): T[] =>
  all
    .map((one) => ({ one, lot: lot(one) }))
    .toSorted((a, b) => a.lot - b.lot)
    .map(({ one }) => one);
