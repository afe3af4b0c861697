import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kappaOf, leanOf, type RatedCall, sameAnswers } from '../../../../lambdas/quality/calibration/agreement.ts';
import { agreementOf } from '../../../../lambdas/quality/calibration/calibration-agreement.ts';
import type { AnswerType, AnswerValue } from '../../../../lambdas/quality/scoring/scorecard.ts';
import { scorecard } from '../world.ts';

const nominal: AnswerType = { type: 'yes-no', good: 'yes' };
const scale = (from: number, to: number): AnswerType => ({ type: 'scale', from, to });

/** Calls that two reviewers answered, as a table of how often one answered its row, and the other its column. */
const ofTable = (table: readonly (readonly number[])[]): RatedCall[] =>
  table.flatMap((row, a) =>
    row.flatMap((times, b) =>
      Array.from({ length: times }, () => [
        { reviewer: 'a', answer: a + 1 },
        { reviewer: 'b', answer: b + 1 },
      ]),
    ),
  );

/** Calls with the answer of each reviewer, or 0 where there is none. */
const ofRows = (rows: readonly (readonly number[])[]): RatedCall[] =>
  rows.map((row) => row.flatMap((answer, i) => (answer === 0 ? [] : [{ reviewer: `r${i}`, answer }])));

/** Calls with how many answered each category, of a number of reviewers whom nobody tells apart. */
const ofCounts = (rows: readonly (readonly number[])[]): RatedCall[] =>
  ofRows(rows.map((counts) => counts.flatMap((times, i) => Array.from({ length: times }, () => i + 1))));

// Boyd et al., 85 xeromammograms by two radiologists. Source: Stata Base Reference Manual, kappa, examples 2 and 3.
const radiologists = ofTable([
  [21, 12, 0, 0],
  [4, 17, 1, 0],
  [3, 9, 15, 2],
  [0, 0, 0, 1],
]);

// Twelve units by four raters, some of whom did not rate each. Source: the data set cac.raw4raters of the R package irrCAC.
const fourRaters = ofRows([
  [1, 1, 0, 1],
  [2, 2, 3, 2],
  [3, 3, 3, 3],
  [3, 3, 3, 3],
  [2, 2, 2, 2],
  [1, 2, 3, 4],
  [4, 4, 4, 4],
  [1, 1, 2, 1],
  [2, 2, 2, 2],
  [0, 5, 5, 5],
  [0, 0, 1, 1],
  [0, 0, 3, 0],
]);

describe("Cohen's kappa", () => {
  it('is that of the published tables', () => {
    expect(kappaOf(nominal, radiologists)).toMatchObject({
      ...{ method: 'cohen', weights: 'none', calls: 85, value: 0.4728, observed: 0.6353, expected: 0.3082 },
      enough: true,
    });
    // Three ways to read 100 charts. Source: the vignette "Calculating Chance-corrected Agreement Coefficients" of irrCAC: 0.7964094,
    // with a standard error of 0.05891072, and an interval of 0.68 to 0.913.
    const abstractors = ofTable([
      [13, 0, 0],
      [0, 20, 7],
      [0, 4, 56],
    ]);
    const { value, low = 0, high = 0 } = kappaOf(nominal, abstractors);
    expect(value).toBe(0.7964);
    // That standard error is of a variance divided by the number of calls; here it is by one less. t(99) is 1.98422.
    expect((high - low) / 2).toBeCloseTo(1.98422 * 0.05891072 * Math.sqrt(100 / 99), 3);
  });

  it('counts marks of a scale by how close they are', () => {
    // 86.67 %, 69.11 % and 0.5684 in the manual.
    expect(kappaOf(scale(1, 4), radiologists)).toMatchObject({
      ...{ method: 'cohen', weights: 'linear', value: 0.5684, observed: 0.8667, expected: 0.6911 },
    });
  });

  it('is 0.4 of 35 of 50 answers that agree, half of them by chance', () => {
    // Source: Wikipedia, Cohen's kappa, the example of the grants.
    const grants = ofTable([
      [20, 5],
      [10, 15],
    ]);
    expect(kappaOf(nominal, grants)).toMatchObject({ value: 0.4, observed: 0.7, expected: 0.5 });
  });

  it('takes what does not apply for another answer than any mark', () => {
    const answers: AnswerValue[][] = [
      [5, 'not-applicable'],
      [1, 'not-applicable'],
      ['not-applicable', 'not-applicable'],
      [3, 3],
    ];
    const calls = answers.map((row) => row.map((answer, i) => ({ reviewer: `r${i}`, answer })));
    expect(kappaOf(scale(1, 5), calls).observed).toBe(0.5);
  });
});

describe("Fleiss' kappa", () => {
  it('is 0.21 of fourteen raters of ten subjects', () => {
    // Source: Wikipedia, Fleiss' kappa, the worked example: 0.378, 0.213 and 0.210.
    const subjects = ofCounts([
      [0, 0, 0, 0, 14],
      [0, 2, 6, 4, 2],
      [0, 0, 3, 5, 6],
      [0, 3, 9, 2, 0],
      [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0],
      [3, 2, 6, 3, 0],
      [2, 5, 3, 2, 2],
      [6, 5, 2, 1, 0],
      [0, 2, 2, 3, 7],
    ]);
    const { method, value = 0, observed = 0, expected = 0 } = kappaOf(nominal, subjects);
    expect(method).toBe('fleiss');
    expect([observed, expected, value].map((one) => one.toFixed(3))).toEqual(['0.378', '0.213', '0.210']);
  });

  it('is told where answers are missing, with the published interval', () => {
    // irrCAC: 0.76117, from 0.81818 and 0.23872, between 0.42438 and 1.
    expect(kappaOf(nominal, fourRaters)).toMatchObject({
      ...{ method: 'fleiss', calls: 11, value: 0.7612, observed: 0.8182, expected: 0.2387, low: 0.4244, high: 1 },
      ...{ enough: false, lacks: 'the interval is 0.5756 wide, above 0.5: it takes more calls' },
    });
    // With linear weights: 0.81794, between 0.49109 and 1.
    expect(kappaOf(scale(1, 5), fourRaters)).toMatchObject({ value: 0.8179, low: 0.4911, high: 1 });
  });
});

describe('what cannot be told', () => {
  it('is a kappa of calls that nobody else answered, with why', () => {
    expect(
      kappaOf(
        nominal,
        ofRows([
          [1, 0],
          [0, 2],
        ]),
      ),
    ).toEqual({
      ...{ method: 'cohen', weights: 'none', calls: 0, enough: false, lacks: '0 of the 10 calls that it takes' },
      undefinedBecause: 'no call was answered by two reviewers',
    });
    expect(kappaOf(nominal, [])).toMatchObject({ undefinedBecause: 'no call was answered by two reviewers' });
  });

  it('is one of answers that were always the same, although they agree', () => {
    const same = ofRows([
      [1, 1, 1],
      [1, 1, 1],
    ]);
    expect(kappaOf(nominal, same)).toMatchObject({ observed: 1, undefinedBecause: expect.stringMatching(/the same/) });
    expect(kappaOf(nominal, same).value).toBeUndefined();
    expect(sameAnswers(same)).toEqual([1, 1]);
  });
});

describe('the interval of a kappa where every call agrees as much', () => {
  const alike = (count: number, row: (i: number) => readonly number[], type = nominal) =>
    kappaOf(type, ofRows(Array.from({ length: count }, (_, i) => row(i))));

  it('is not a point: it takes the calls that it takes to be sure of a share', () => {
    // Wilson's interval of 10 of 10 begins at 0.72246, of 12 of 12 at 0.75749. By chance they agree on half.
    expect(alike(10, (i) => [1 + (i % 2), 1 + (i % 2)])).toMatchObject({
      ...{ value: 1, low: 0.4449, high: 1, enough: false },
    });
    expect(alike(12, (i) => [1 + (i % 2), 1 + (i % 2)])).toMatchObject({ value: 1, low: 0.515, high: 1, enough: true });
    expect(alike(2, (i) => [1 + i, 1 + i])).toMatchObject({
      ...{ value: 1, enough: false, lacks: '2 of the 10 calls that it takes' },
    });
  });

  it('is that of answers that never agree, too', () => {
    expect(alike(10, (i) => [1 + (i % 2), 2 - (i % 2)])).toMatchObject({ value: -1, low: -1, high: -0.4449 });
  });
});

describe('a lean', () => {
  it("is the mean of the differences, with the interval of Student's t", () => {
    // Mean 12, standard deviation 2.108, t(9) = 2.262: 1.508 to each side.
    const lean = leanOf([10, 10, 10, 10, 10, 14, 14, 14, 14, 14]);
    expect(lean).toEqual({
      ...{ calls: 10, points: 12, low: 10.49, high: 13.51, confidencePercent: 95, verdict: 'lenient' },
      because: 'they mark higher than the others, by 10.49 to 13.51 points',
    });
    expect(leanOf([10, 10, 10, 10, 10, 14, 14, 14, 14, 14].map((one) => -one))).toMatchObject({
      ...{ points: -12, verdict: 'strict' },
    });
  });

  it('is none where it may be chance', () => {
    expect(leanOf([30, -30, 30, -30, 30, -30, 30, -30, 30, -10]).verdict).toBe('no-lean-shown');
    expect(leanOf(Array.from({ length: 12 }, () => 0)).verdict).toBe('no-lean-shown');
  });

  it('is not told of few calls, however clear they look, nor of none', () => {
    expect(leanOf([40, 40, 40])).toMatchObject({ points: 40, verdict: 'not-enough-data' });
    expect(leanOf([])).toMatchObject({ calls: 0, verdict: 'not-enough-data' });
  });

  it('has to be the surer, the more of them are told at once', () => {
    const differences = [20, 10, 15, -10, 10, 20, -5, 10, 5, 10];
    expect(leanOf(differences).verdict).toBe('lenient');
    expect(leanOf(differences, 20)).toMatchObject({ verdict: 'no-lean-shown', confidencePercent: 99.75 });
  });
});

describe('whatever is answered', () => {
  const answers = fc.integer({ min: 2, max: 5 }).chain((reviewers) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: reviewers, maxLength: reviewers }), {
      maxLength: 15,
    }),
  );
  const types = fc.constantFrom(nominal, scale(1, 4));

  const MARKS = [1, 2, 3, 4];
  const average = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;
  const agreed = (type: AnswerType, a: number, b: number): number =>
    type.type === 'scale' ? 1 - Math.abs(a - b) / 3 : Number(a === b);
  /** Over all pairs of marks, how likely they are times how much they agree. */
  const overPairs = (type: AnswerType, likely: (a: number, b: number) => number): number =>
    MARKS.flatMap((a) => MARKS.map((b) => likely(a, b) * agreed(type, a, b))).reduce((a, b) => a + b, 0);
  const given = (rows: readonly (readonly number[])[]) => rows.map((row) => row.filter((mark) => mark !== 0));

  /** As by the table of two reviewers: how often one answered its row, and the other its column. */
  function cohen(type: AnswerType, rows: readonly (readonly number[])[]): number {
    const places = [0, 1, 2, 3, 4].filter((place) => rows.some((row) => (row[place] ?? 0) !== 0));
    const both = rows.map((row) => places.map((place) => row[place] ?? 0)).filter((row) => !row.includes(0));
    const share = (is: (row: readonly number[]) => boolean) => both.filter(is).length / both.length;
    const observed = overPairs(type, (a, b) => share((row) => row[0] === a && row[1] === b));
    const expected = overPairs(type, (a, b) => share((row) => row[0] === a) * share((row) => row[1] === b));
    return (observed - expected) / (1 - expected);
  }

  /** As by the shares of each mark, of each call and of all of them. */
  function fleiss(type: AnswerType, rows: readonly (readonly number[])[]): number {
    const calls = given(rows).filter(({ length }) => length > 0);
    const times = (row: readonly number[], mark: number) => row.filter((one) => one === mark).length;
    const observed = average(
      calls
        .filter(({ length }) => length > 1)
        .map((row) =>
          overPairs(
            type,
            (a, b) => (times(row, a) * (times(row, b) - Number(a === b))) / (row.length * (row.length - 1)),
          ),
        ),
    );
    const share = (mark: number) => average(calls.map((row) => times(row, mark) / row.length));
    const expected = overPairs(type, (a, b) => share(a) * share(b));
    return (observed - expected) / (1 - expected);
  }

  it('kappa is that of its definition, within an interval, or it is said why not', () => {
    fc.assert(
      fc.property(answers, types, (rows, type) => {
        const { method, value, low = 2, high = -2, undefinedBecause } = kappaOf(type, ofRows(rows));
        expect(value === undefined).toBe(undefinedBecause !== undefined);
        if (value === undefined) return;
        expect(value).toBeCloseTo(Math.max(-1, method === 'cohen' ? cohen(type, rows) : fleiss(type, rows)), 3);
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
        if (value > -1) expect(high).toBeGreaterThan(low);
      }),
    );
  });

  it('kappa is the same in another order of calls, and by other names of reviewers', () => {
    fc.assert(
      fc.property(answers, types, (rows, type) => {
        const mirrored = rows
          .toReversed()
          .map((row) => [...row, ...Array<number>(5 - row.length).fill(0)].toReversed());
        expect(kappaOf(type, ofRows(mirrored))).toEqual(kappaOf(type, ofRows(rows)));
      }),
    );
  });

  it('kappa is 1 where everybody agrees, and not always on the same', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 15 }), types, (marks, type) => {
        const { value } = kappaOf(type, ofRows(marks.map((mark) => [mark, mark, mark])));
        expect(value).toBe(new Set(marks).size === 1 ? undefined : 1);
      }),
    );
  });
});

describe('the agreement of reviewers', () => {
  const answers = fc.record(
    {
      disclosure: fc.constantFrom('yes', 'no'),
      greeting: fc.integer({ min: 1, max: 5 }),
      solved: fc.constantFrom('yes', 'no', 'not-applicable'),
      how: fc.constantFrom('at-once', 'later', 'badly'),
    },
    { requiredKeys: [] },
  );
  const entry = fc.record({
    ...{ calibrationId: fc.constantFrom('c1', 'c2'), callId: fc.constantFrom('a', 'b', 'c') },
    ...{ reviewer: fc.constantFrom('r0', 'r1', 'r2'), answers },
    percent: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
    ...{ answeredAt: fc.constant('2026-10-01T00:00:00.000Z'), version: fc.constant(1) },
  });
  const rounds = fc.uniqueArray(entry, {
    ...{ selector: ({ calibrationId, callId, reviewer }) => [calibrationId, callId, reviewer].join(), maxLength: 18 },
  });
  const average = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;

  it('is that of each with each other who answered the same call in the same round', () => {
    fc.assert(
      fc.property(rounds, (entries) => {
        const { reviewers } = agreementOf(scorecard, entries);
        expect(reviewers.map(({ reviewer }) => reviewer)).toEqual(
          [...new Set(entries.map(({ reviewer }) => reviewer))].toSorted(),
        );
        for (const { reviewer, calls, agreement, lean } of reviewers) {
          const own = entries
            .filter((one) => one.reviewer === reviewer)
            .map((one) => ({
              one,
              others: entries.filter(
                (other) => other !== one && other.callId === one.callId && other.calibrationId === one.calibrationId,
              ),
            }));
          expect(calls).toBe(own.length);
          const same = own.flatMap(({ one, others }) => {
            const pairs = others.flatMap((other) =>
              (['disclosure', 'greeting', 'solved', 'how'] as const).flatMap((id) => {
                const [mine, theirs] = [one, other].map(({ answers: of }) =>
                  // Whether it was solved at once is asked where it was solved.
                  id === 'how' && of.solved !== 'yes' ? undefined : of[id],
                );
                return mine === undefined || theirs === undefined ? [] : [Number(mine === theirs)];
              }),
            );
            return pairs.length === 0 ? [] : [average(pairs)];
          });
          expect(agreement.n).toBe(same.length);
          if (same.length > 0) expect(agreement.mean).toBeCloseTo(100 * average(same), 1);
          const above = own.flatMap(({ one, others }) => {
            const theirs = others.flatMap(({ percent }) => percent ?? []);
            return one.percent === undefined || theirs.length === 0 ? [] : [one.percent - average(theirs)];
          });
          expect(lean.calls).toBe(above.length);
          if (above.length > 0) expect(lean.points).toBeCloseTo(average(above), 1);
        }
      }),
    );
  });
});
