import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PhrasePeriod, risers } from '../../../../lambdas/insights/phrases/risers.ts';

const period = (calls: number, phrases: Record<string, number> = {}): PhrasePeriod => ({
  calls,
  phrases: Object.entries(phrases).map(([phrase, calls]) => ({ phrase, calls })),
});

test('a phrase in a greater share of the calls is told with its counts', () => {
  const found = risers(
    period(200, { 'late fee': 60, 'my order': 50 }),
    period(400, { 'late fee': 40, 'my order': 100 }),
  );
  expect(found).toEqual([
    {
      phrase: 'late fee',
      now: 60,
      nowOf: 200,
      before: 40,
      beforeOf: 400,
      beforeAtMost: false,
      ratio: 3,
      logLikelihood: expect.closeTo(36.261351, 6),
      // Twice, for two phrases, what Fisher's exact test says, reckoned in whole numbers.
      chance: expect.closeTo(3.329234e-9, 14),
    },
  ]);
});

test("chance is that of Fisher's exact test: of the lady who tasted tea, 17 in 70", () => {
  const [cup] = risers(period(4, { 'milk first': 3 }), period(4, { 'milk first': 1 }), { minCell: 1, level: 1 });
  expect(cup?.chance).toBeCloseTo(17 / 70, 10);
  expect(cup?.logLikelihood).toBeCloseTo(16 * (0.75 * Math.log(1.5) + 0.25 * Math.log(0.5)), 10);
});

test('more phrases looked at make each less telling', () => {
  const now = period(100, { 'late fee': 20 });
  const before = period(100, { 'late fee': 6 });
  const chanceOf = (lookedAt: number) => risers(now, before, { lookedAt, level: 1 })[0]?.chance ?? Number.NaN;
  expect(chanceOf(10)).toBeCloseTo(10 * chanceOf(1), 10);
  expect(risers(now, before)).toHaveLength(1);
  expect(risers(now, before, { lookedAt: 1000 })).toEqual([]);
});

test('where the periods differ by chance alone, next to nothing is told', () => {
  const phrases = Array.from({ length: 200 }, (_, i) => `phrase ${i}`);
  let random = 7;
  const next = () => {
    random = (random * 48_271) % 2_147_483_647;
    return random / 2_147_483_647;
  };
  const drawn = (): PhrasePeriod => ({
    calls: 300,
    phrases: phrases.map((phrase, i) => ({
      phrase,
      calls: Array.from({ length: 300 }, next).filter((value) => value < 0.02 + i / 400).length,
    })),
  });
  const misled = Array.from({ length: 40 }, () => risers(drawn(), drawn()).length > 0).filter(Boolean);
  // One in 20 at most is meant: 2 of 40; more than 5 would come in one of 70 tries at that.
  expect(misled.length).toBeLessThanOrEqual(5);
});

test('nothing is told of fewer calls than the smallest cell, and fewer before count as the most there can have been', () => {
  expect(risers(period(1000, { 'late fee': 4 }), period(100_000))).toEqual([]);
  expect(risers(period(4, { 'late fee': 4 }), period(100_000))).toEqual([]);
  expect(risers(period(1000, { 'late fee': 900 }), period(4))).toEqual([]);
  const told = [0, 1, 4].map((before) =>
    risers(period(1000, { 'late fee': 90 }), period(1000, { 'late fee': before })),
  );
  expect(told[0]).toMatchObject([{ before: 4, beforeAtMost: true, ratio: 22.5 }]);
  expect(told[1]).toEqual(told[0]);
  expect(told[2]).toEqual(told[0]);
});

test('a phrase that was in no call has no ratio where single calls are told', () => {
  const [riser] = risers(period(100, { 'late fee': 30 }), period(100), { minCell: 1 });
  expect(riser).toMatchObject({ before: 0, beforeAtMost: false });
  expect(riser?.ratio).toBeUndefined();
});

test('a phrase within a longer one is told only where it is often without it', () => {
  const before = period(1000);
  const found = risers(period(1000, { 'late fee': 100, 'late fee again': 95, 'fee again': 300 }), before);
  expect(found.map(({ phrase }) => phrase)).toEqual(['fee again', 'late fee again']);
});

test('what is told does not depend on the order of the phrases, and is bounded', () => {
  const phrases = fc.uniqueArray(fc.tuple(fc.constantFrom(...'abcdefghijklmnopqrst'), fc.nat(50), fc.nat(50)), {
    selector: ([phrase]) => phrase,
  });
  fc.assert(
    fc.property(phrases, fc.nat(9), fc.integer({ min: 1, max: 9 }), (all, by, limit) => {
      const turned = [...all.slice(by), ...all.slice(0, by)].reverse();
      const ask = (some: typeof all) =>
        risers(
          { calls: 50, phrases: some.map(([phrase, calls]) => ({ phrase, calls })) },
          { calls: 50, phrases: some.map(([phrase, , calls]) => ({ phrase, calls })) },
          { limit, level: 1 },
        );
      const found = ask(all);
      expect(ask(turned)).toEqual(found);
      expect(found.length).toBeLessThanOrEqual(limit);
      for (const { now, before, chance, logLikelihood } of found) {
        expect(now).toBeGreaterThan(before);
        expect(now).toBeGreaterThanOrEqual(5);
        expect(chance).toBeGreaterThan(0);
        expect(chance).toBeLessThanOrEqual(1);
        expect(logLikelihood).toBeGreaterThan(0);
      }
    }),
  );
});

test('counts that cannot be are refused', () => {
  expect(() => risers(period(3, { 'late fee': 4 }), period(9))).toThrow('"late fee" is in 4 of the 3 calls now');
  const twice = { calls: 9, phrases: [1, 2].map((calls) => ({ phrase: 'late fee', calls })) };
  expect(() => risers(period(3), twice)).toThrow('"late fee" is twice in the period before');
});
