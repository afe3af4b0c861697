import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SamplingPlan } from '../../../../lambdas/quality/sampling/plan.ts';
import { quotasOf, type SampledCall, sampleOf, stratumOf } from '../../../../lambdas/quality/sampling/sample.ts';

const plan = (changes: Partial<SamplingPlan> = {}): SamplingPlan =>
  SamplingPlan.parse({ name: 'monthly', scorecard: 'service', perAgent: 4, ...changes });

/** Calls of queues, so many of each. */
const callsOf = (queues: Readonly<Record<string, number>>): SampledCall[] =>
  Object.entries(queues).flatMap(([queue, count]) =>
    Array.from({ length: count }, (_, i) => ({ callId: `${queue}-${i}`, stratum: { queue } })),
  );
const idsOf = (calls: readonly SampledCall[]): string[] => calls.map(({ callId }) => callId).toSorted();

const seed = fc.array(fc.string(), { minLength: 1, maxLength: 3 });
const size = fc.integer({ min: 1, max: 12 });
const calls = fc
  .dictionary(fc.constantFrom('billing', 'contracts', 'moves', 'outages'), fc.integer({ min: 0, max: 30 }))
  .map(callsOf);

describe('to what a call belongs', () => {
  it('is told by its queue, the first of the tags that it has, the customer’s sentiment and the length', () => {
    const all = plan({ strata: ['queue', 'tag', 'sentiment', 'length'], tags: ['credit', 'complaint'] });
    const facts = { queue: 'billing', tags: ['complaint', 'credit'], customerSentiment: -3.2, durationMs: 120_000 };
    expect(stratumOf(facts, all)).toEqual({
      ...{ queue: 'billing', tag: 'credit', sentiment: 'negative', length: '120 to 600 s' },
    });
    expect(stratumOf({ tags: ['greeting'], customerSentiment: 0.4, durationMs: 119_999 }, all)).toEqual({
      ...{ sentiment: 'neutral', length: 'under 120 s' },
    });
    expect(stratumOf({ tags: [], customerSentiment: 2, durationMs: 600_000 }, all)).toEqual({
      ...{ sentiment: 'positive', length: 'from 600 s' },
    });
    expect(stratumOf({ tags: [] }, all)).toEqual({});
  });

  it('is told by what the plan names alone', () => {
    const facts = { queue: 'billing', tags: [], customerSentiment: 3, durationMs: 5000 };
    expect(stratumOf(facts, plan({ strata: ['queue'] }))).toEqual({ queue: 'billing' });
    expect(stratumOf(facts, plan({ strata: ['length'], lengthBoundsSeconds: [] }))).toEqual({ length: 'any' });
    expect(stratumOf(facts, plan({ strata: [] }))).toEqual({});
  });
});

describe('the parts of the strata', () => {
  const counts = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 8 });
  const asked = fc
    .tuple(counts, fc.integer({ min: 0, max: 60 }))
    .map(([all, n]) => ({ all, total: all.reduce((sum, count) => sum + count, 0), n }))
    .filter(({ total }) => total > 0)
    .map(({ all, total, n }) => ({ all, total, n: Math.min(n, total) }));

  it('sum to the sample, and each is what is due to it, rounded down or up', () => {
    fc.assert(
      fc.property(asked, fc.nat(), ({ all, total, n }, any) => {
        const quotas = quotasOf(all, n, any % total);
        expect(quotas.reduce((sum, quota) => sum + quota, 0)).toBe(n);
        quotas.forEach((quota, i) => {
          const due = (n * (all[i] ?? 0)) / total;
          expect(quota).toBeGreaterThanOrEqual(Math.floor(due));
          expect(quota).toBeLessThanOrEqual(Math.ceil(due));
        });
      }),
    );
  });

  it('are exactly what is due, over all lots: no stratum is favoured by rounding', () => {
    fc.assert(
      fc.property(asked, ({ all, total, n }) => {
        const sums = all.map(() => 0);
        for (let lot = 0; lot < total; lot++)
          quotasOf(all, n, lot).forEach((quota, i) => {
            sums[i] = (sums[i] ?? 0) + quota;
          });
        expect(sums).toEqual(all.map((count) => n * count));
      }),
      { numRuns: 50 },
    );
  });
});

describe('a sample', () => {
  it('has so many calls as are wanted, or all, and none twice', () => {
    fc.assert(
      fc.property(seed, size, calls, (seed, size, eligible) => {
        const { picks } = sampleOf({ seed, size, eligible: [...eligible, ...eligible] });
        expect(picks).toHaveLength(Math.min(size, eligible.length));
        expect(new Set(idsOf(picks)).size).toBe(picks.length);
      }),
    );
  });

  it('is that of its seed, in whatever order its calls come', () => {
    fc.assert(
      fc.property(
        seed,
        size,
        calls.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        (seed, size, [eligible, shuffled]) => {
          expect(idsOf(sampleOf({ seed, size, eligible: shuffled }).picks)).toEqual(
            idsOf(sampleOf({ seed, size, eligible }).picks),
          );
        },
      ),
    );
  });

  it('is another one of another seed', () => {
    const eligible = callsOf({ billing: 100, moves: 100 });
    const of = (seed: string) => idsOf(sampleOf({ seed: [seed], size: 8, eligible }).picks);
    expect(of('a')).toEqual(of('a'));
    expect(of('a')).not.toEqual(of('b'));
  });

  it('gives every call the same chance, whatever kind it is of', () => {
    const eligible = callsOf({ billing: 13, contracts: 5, moves: 2 });
    const times = new Map<string, number>();
    const SEEDS = 4000;
    for (let i = 0; i < SEEDS; i++)
      for (const { callId } of sampleOf({ seed: [`${i}`], size: 4, eligible }).picks)
        times.set(callId, (times.get(callId) ?? 0) + 1);
    // Each is drawn with a chance of 4 in 20: five standard deviations of 4000 such draws are 0.032.
    for (const { callId } of eligible) expect(Math.abs((times.get(callId) ?? 0) / SEEDS - 0.2)).toBeLessThan(0.032);
  });

  it('is the same drawn at once, or in several goes of which some broke off', () => {
    fc.assert(
      fc.property(seed, size, calls, fc.nat(12), (seed, size, eligible, broke) => {
        const whole = sampleOf({ seed, size, eligible });
        const drawn = whole.picks.slice(0, broke);
        const rest = sampleOf({ seed, size, eligible, drawn });
        expect(idsOf([...drawn, ...rest.picks])).toEqual(idsOf(whole.picks));
      }),
    );
  });

  it('is filled up from calls that came later, never beyond its size, and keeps what was drawn', () => {
    fc.assert(
      fc.property(seed, size, size, calls, calls, (seed, size, later, before, came) => {
        const { picks: drawn } = sampleOf({ seed, size, eligible: before });
        const eligible = [...before, ...came.map((call) => ({ ...call, callId: `late-${call.callId}` }))];
        const { picks, strata } = sampleOf({ seed, size: later, eligible, drawn });
        expect(drawn.length + picks.length).toBe(Math.max(drawn.length, Math.min(later, eligible.length)));
        expect(idsOf([...drawn, ...picks])).toEqual([...new Set(idsOf([...drawn, ...picks]))]);
        expect(strata.reduce((sum, { calls }) => sum + calls, 0)).toBe(eligible.length);
      }),
    );
  });

  it('is filled up first where most is lacking', () => {
    const seed = ['s'];
    const drawn = callsOf({ billing: 2 });
    const { picks } = sampleOf({ seed, size: 4, eligible: callsOf({ moves: 18, billing: 2 }), drawn });
    expect(picks.map(({ stratum }) => stratum.queue)).toEqual(['moves', 'moves']);
  });

  it('is of nothing where there is nothing', () => {
    expect(sampleOf({ seed: ['s'], size: 4, eligible: [] })).toEqual({ picks: [], strata: [] });
  });
});
