import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  differenceOf,
  ENOUGH_VALUES,
  intervalOf,
  intervalOfDifference,
  meanOf,
  meanOfGroups,
  meanOfPercents,
  normalQuantile,
  reaches,
  studentQuantile,
  sumOf,
  tallyOf,
  wilson,
} from '../../../../lambdas/quality/coaching/intervals.ts';

const of = (ones: number, n: number) => tallyOf(Array.from({ length: n }, (_, i) => (i < ones ? 1 : 0)));
const share = fc.oneof(
  fc.constantFrom(0, 1),
  fc.constantFrom(0, 0.25, 0.5, 0.75, 1),
  fc.integer({ max: 10_000, min: 0 }).map((x) => x / 10_000),
);
const shares = fc.array(share, { maxLength: 60 });

describe('quantiles', () => {
  // Source: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.1 and 1.3.6.7.2.
  it('are those of the published tables', () => {
    expect(normalQuantile()).toBeCloseTo(1.959964, 6);
    expect(normalQuantile(0.99)).toBeCloseTo(2.575829, 6);
    const table = { 1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 10: 2.228, 30: 2.042, 60: 2.0, 100: 1.984 };
    for (const [degrees, t] of Object.entries(table)) expect(studentQuantile(Number(degrees))).toBeCloseTo(t, 3);
    expect(studentQuantile(10, 0.99)).toBeCloseTo(3.169, 3);
  });

  it('fall with the degrees of freedom, also where they are reckoned in another way', () => {
    for (const degrees of [198, 199, 200, 201])
      expect(studentQuantile(degrees + 1)).toBeLessThan(studentQuantile(degrees));
    expect(studentQuantile(199) - studentQuantile(200)).toBeCloseTo(studentQuantile(200) - studentQuantile(201), 5);
  });
});

describe('the interval of a mean', () => {
  // Source: R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('is Wilson’s of yes and no: %d of %d', (ones, n, low, high) => {
    const found = intervalOf(of(ones, n));
    expect(found?.low).toBeCloseTo(low, 4);
    expect(found?.high).toBeCloseTo(high, 4);
  });

  it('becomes that of every textbook, the more values there are', () => {
    const values = Array.from({ length: 20_000 }, (_, i) => 0.7 + (i % 5) / 20);
    const [mean, deviation] = [0.8, Math.sqrt(2) / 20];
    const found = intervalOf(tallyOf(values));
    expect(found?.mean).toBeCloseTo(mean, 9);
    expect(found?.low).toBeCloseTo(mean - (1.96 * deviation) / Math.sqrt(20_000), 5);
    expect(found?.high).toBeCloseTo(mean + (1.96 * deviation) / Math.sqrt(20_000), 5);
  });

  it('is wider than Student’s of few values: they may not show how much they vary', () => {
    const [values, t] = [[0.8, 0.9, 0.85, 0.8, 0.9, 0.85, 0.8, 0.9, 0.85, 0.85], 2.262];
    const half = t * Math.sqrt((6 * 0.05 ** 2) / 9 / 10);
    const found = intervalOf(tallyOf(values));
    expect(found?.low).toBeLessThan(0.85 - half);
    expect(found?.high).toBeGreaterThan(0.85 + half);
  });

  it('does not look certain where all values are the same, or there is only one', () => {
    const same = meanOf(tallyOf([0.5, 0.5, 0.5]));
    expect(same.mean).toBe(50);
    expect(same.low).toBeLessThan(20);
    expect(same.high).toBeGreaterThan(80);
    expect(meanOf(tallyOf([1]))).toMatchObject({ n: 1, mean: 100, low: 20.65, high: 100, enough: false });
    expect(meanOfPercents(tallyOf([100, 100, 100]))).toMatchObject({ mean: 100, low: 43.85, high: 100 });
  });

  it('is none of nothing', () => {
    expect(meanOf(tallyOf([]))).toEqual({
      n: 0,
      enough: false,
      lacks: `0 of the ${ENOUGH_VALUES} values that it takes`,
    });
  });

  it('holds the mean, between 0 and 100', () => {
    fc.assert(
      fc.property(fc.array(share, { minLength: 1, maxLength: 60 }), (values) => {
        const { n, mean = -1, low = -1, high = 101 } = meanOf(tallyOf(values));
        expect(n).toBe(values.length);
        expect(0 <= low && low <= mean && mean <= high && high <= 100).toBe(true);
      }),
    );
  });

  it('is the same, however the values came together', () => {
    fc.assert(
      fc.property(shares, shares, (some, others) => {
        const [together, apart] = [tallyOf([...some, ...others]), sumOf([tallyOf(others), tallyOf(some)])];
        expect(apart.n).toBe(together.n);
        expect(apart.sum).toBeCloseTo(together.sum, 9);
        expect(apart.squares).toBeCloseTo(together.squares, 9);
      }),
    );
  });

  it('is narrower of more values', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 50 }), (n, ones) => {
        const widthOf = ({ low, high }: { low: number; high: number }) => high - low;
        const mean = Math.min(ones, n) / n;
        expect(widthOf(wilson(4 * n, mean))).toBeLessThan(widthOf(wilson(n, mean)));
      }),
    );
  });

  it('is enough of many values that are close to each other, and of no others', () => {
    expect(meanOf(of(4, 5)).enough).toBe(false);
    expect(meanOf(of(15, 30))).toMatchObject({ enough: false, lacks: expect.stringContaining('points wide') });
    expect(meanOf(of(28, 30))).toMatchObject({ enough: true });
    expect(meanOf(of(50, 100))).toMatchObject({ enough: true });
  });
});

describe('the mean of a team', () => {
  it('is less certain where its agents differ than where they do not', () => {
    const alike = meanOfGroups([of(20, 40), of(20, 40), of(20, 40), of(20, 40)]);
    const apart = meanOfGroups([of(2, 40), of(38, 40), of(5, 40), of(35, 40)]);
    expect(alike.mean).toBe(50);
    expect(apart.mean).toBe(50);
    expect(alike).toMatchObject({ low: meanOf(of(80, 160)).low, high: meanOf(of(80, 160)).high });
    expect(apart.low).toBeLessThan(10);
    expect(apart.enough).toBe(false);
  });

  it('is never more certain than of values that have nothing to do with each other', () => {
    fc.assert(
      fc.property(fc.array(shares, { maxLength: 8 }), (groups) => {
        const tallies = groups.map(tallyOf);
        const [team, plain] = [meanOfGroups(tallies), meanOf(sumOf(tallies))];
        expect(team.n).toBe(plain.n);
        expect(team.mean).toBe(plain.mean);
        if (team.low !== undefined && plain.low !== undefined) expect(team.low).toBeLessThanOrEqual(plain.low);
        if (team.high !== undefined && plain.high !== undefined) expect(team.high).toBeGreaterThanOrEqual(plain.high);
      }),
    );
  });
});

describe('the difference of two means', () => {
  // Source: R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics in Medicine 17 (1998),
  // table II, method 10.
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 10, -0.2775, 0.2775],
  ])('is Newcombe’s of yes and no: %d of %d, %d of %d before', (ones, n, onesBefore, nBefore, low, high) => {
    const found = intervalOfDifference(wilson(nBefore, onesBefore / nBefore), wilson(n, ones / n));
    expect(found.low).toBeCloseTo(low, 4);
    expect(found.high).toBeCloseTo(high, 4);
  });

  it('is told as higher or lower only where the whole interval is, and there are enough values', () => {
    expect(differenceOf(of(48, 80), of(56, 70))).toMatchObject({ points: 20, low: 5.24, verdict: 'higher' });
    expect(differenceOf(of(56, 70), of(48, 80))).toMatchObject({ points: -20, high: -5.24, verdict: 'lower' });
    expect(differenceOf(of(0, 9), of(9, 9))).toMatchObject({ verdict: 'not-enough-data', points: 100 });
    expect(differenceOf(of(6, 12), of(8, 12))).toMatchObject({ verdict: 'no-difference-shown' });
    expect(differenceOf(of(0, 0), of(8, 12))).toEqual({
      ...{ confidencePercent: 95, verdict: 'not-enough-data' },
      because: '0 before and 12 after: it takes 10 of each to compare',
    });
  });

  it('has to be surer, the more is compared at once', () => {
    const [one, twenty] = [differenceOf(of(48, 80), of(56, 70)), differenceOf(of(48, 80), of(56, 70), 20)];
    expect(one).toMatchObject({ confidencePercent: 95, verdict: 'higher' });
    expect(twenty).toMatchObject({ confidencePercent: 99.75, verdict: 'no-difference-shown' });
  });

  it('turns round with what is compared, and is none of the same with itself', () => {
    fc.assert(
      fc.property(shares, shares, (some, others) => {
        const [a, b] = [tallyOf(some), tallyOf(others)];
        const [there, back] = [differenceOf(a, b), differenceOf(b, a)];
        const turned = { higher: 'lower', lower: 'higher' } as Record<string, string>;
        expect(back.verdict).toBe(turned[there.verdict] ?? there.verdict);
        if (there.low !== undefined && back.high !== undefined) expect(back.high).toBeCloseTo(-there.low, 1);
        expect(['no-difference-shown', 'not-enough-data']).toContain(differenceOf(a, a).verdict);
      }),
    );
  });

  it('is told about once in 20 times at the most where nothing changed', () => {
    let state = 7;
    const random = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    const marks = [0, 0.25, 0.5, 0.75, 1];
    const draws = {
      yesOrNo: () => (random() < 0.8 ? 1 : 0),
      marks: () => marks[Math.floor(random() * random() * 5)] ?? 0,
      mostlyFull: () => (random() < 0.7 ? 1 : random()),
      seldomFailed: () => (random() < 0.05 ? 0 : 0.75 + random() / 5),
    };
    const TIMES = 1000;
    for (const [name, draw] of Object.entries(draws)) {
      for (const [few, many] of [
        [12, 20],
        [10, 200],
        [30, 200],
      ] as const) {
        const some = (n: number) => tallyOf(Array.from({ length: n }, draw));
        const told = Array.from({ length: TIMES }, () => differenceOf(some(few), some(many)).verdict).filter(
          (verdict) => verdict === 'higher' || verdict === 'lower',
        );
        // What so many times would be off by chance is 7 of them.
        expect(told.length, `${name}, ${few} and ${many}`).toBeLessThanOrEqual(0.065 * TIMES);
      }
    }
  });
});

describe('a target', () => {
  it('is reached, or missed, where the whole interval is', () => {
    expect(reaches(meanOf(of(29, 30)), 80)).toBe('reached');
    expect(reaches(meanOf(of(15, 30)), 80)).toBe('missed');
    expect(reaches(meanOf(of(25, 30)), 80)).toBe('not-shown');
    expect(reaches(meanOf(of(9, 9)), 10)).toBe('not-enough-data');
  });
});
