import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanOf, sumOf, tallyOf } from '../../../../lambdas/quality/coaching/intervals.ts';
import {
  comparisonOf,
  linesOf,
  progressOf,
  scoresOfRows,
  weekOf,
} from '../../../../lambdas/quality/coaching/progress.ts';
import type { AgentScore } from '../../../../lambdas/quality/scoring/agent-scores.ts';
import { day, scored } from './scored.ts';

const monthOf = (time: string) => time.slice(0, 7);

describe('a week', () => {
  // Source: ISO 8601, the examples of its Wikipedia article "ISO week date".
  it.each([
    ['2005-01-01', '2004-W53'],
    ['2005-12-31', '2005-W52'],
    ['2007-01-01', '2007-W01'],
    ['2008-12-29', '2009-W01'],
    ['2010-01-03', '2009-W53'],
    ['2026-10-14', '2026-W42'],
  ])('is that of ISO 8601: %s is in %s', (date, week) => expect(weekOf(`${date}T23:59:59.999Z`)).toBe(week));
});

describe('progress', () => {
  it('tells automatic scores and reviews apart, and the whole score by each version of a scorecard', () => {
    const rows = [
      scored('a', day('2026-09-01', 0)),
      scored('b', day('2026-10-01', 0), { scorecardVersion: '2', percent: 60, shares: { disclosure: 0 } }),
      scored('b', day('2026-10-01', 0), { by: 'review', reviewId: 'r', percent: 50, shares: { greeting: 0.5 } }),
    ];
    expect(progressOf(scoresOfRows(rows, monthOf), ['disclosure', 'greeting'])).toMatchObject([
      { by: 'automatic', scorecardVersions: ['1'], periods: [{ period: '2026-09', n: 1, mean: 100 }] },
      { by: 'automatic', scorecardVersions: ['2'], periods: [{ period: '2026-10', n: 1, mean: 60 }] },
      {
        ...{ by: 'automatic', criterionId: 'disclosure', scorecardVersions: ['1', '2'], whole: { n: 2, mean: 50 } },
        periods: [
          { period: '2026-09', mean: 100 },
          { period: '2026-10', mean: 0 },
        ],
      },
      { by: 'review', scorecardVersions: ['1'], whole: { n: 1, mean: 50, enough: false } },
      { by: 'review', criterionId: 'greeting', whole: { n: 1, mean: 50 } },
    ]);
  });

  it('has criteria in the order of the scorecard, and those that left it behind them', () => {
    const rows = [scored('a', day('2026-10-01', 0), { shares: { gone: 1, b: 1, a: 1, also: 1 } })];
    const ids = linesOf(scoresOfRows(rows, monthOf), ['b', 'a']).map(({ criterionId }) => criterionId);
    expect(ids).toEqual([undefined, 'b', 'a', 'also', 'gone']);
  });

  it('leaves no value out, and counts none twice', () => {
    const row = fc.record({
      days: fc.integer({ min: 0, max: 120 }),
      version: fc.constantFrom('1', '2'),
      by: fc.constantFrom('automatic', 'review') satisfies fc.Arbitrary<AgentScore['by']>,
      share: fc.option(fc.constantFrom(0, 0.25, 1)),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (some) => {
        const rows = some.map(({ days, version, by, share }, i) =>
          scored(`call${i}`, day('2026-07-01', days), {
            ...{ by, scorecardVersion: version },
            shares: share === null ? {} : { greeting: share },
          }),
        );
        for (const periodOf of [monthOf, weekOf]) {
          const lines = linesOf(scoresOfRows(rows, periodOf), []);
          for (const by of ['automatic', 'review'] as const) {
            const line = lines.find((one) => one.by === by && one.criterionId === 'greeting');
            const values = some.flatMap((one) => (one.by === by && one.share !== null ? [one.share] : []));
            expect(sumOf(line?.tallies.map(({ tally }) => tally) ?? [])).toEqual(tallyOf(values));
            const whole = lines.filter((one) => one.by === by && one.criterionId === undefined);
            const n = whole.flatMap(({ tallies }) => tallies.map(({ tally }) => tally.n)).reduce((a, b) => a + b, 0);
            expect(n).toBe(some.filter((one) => one.by === by).length);
          }
        }
      }),
    );
  });
});

describe('before and after', () => {
  const at = day('2026-10-01', 0);
  const calls = (from: number, n: number, good: number, changes: Partial<AgentScore> = {}) =>
    Array.from({ length: n }, (_, i) =>
      scored(`call${from + i}`, day('2026-10-01', from + i), { shares: { greeting: i < good ? 1 : 0 }, ...changes }),
    );

  it('tells of a clear change, and that it does not know why', () => {
    const { lines } = comparisonOf([...calls(-40, 40, 10), ...calls(0, 40, 36)], at, []);
    const greeting = lines.find(({ criterionId }) => criterionId === 'greeting');
    expect(greeting).toMatchObject({
      ...{ before: { n: 40, mean: 25 }, after: { n: 40, mean: 90 } },
      difference: { points: 65, verdict: 'higher', because: expect.stringContaining('by what is not told') },
    });
  });

  it('claims nothing of few calls, however different they are', () => {
    const { lines, comparedLines } = comparisonOf([...calls(-9, 9, 0), ...calls(0, 40, 40)], at, []);
    expect(comparedLines).toBe(0);
    expect(lines.map(({ difference }) => difference.verdict)).toEqual(['not-enough-data', 'not-enough-data']);
  });

  it('has the moment itself in what is after it', () => {
    const [line] = comparisonOf(calls(0, 1, 1), at, []).lines;
    expect(line).toMatchObject({ before: { n: 0 }, after: { n: 1 } });
  });

  it('does not compare the whole score by one version with that by another', () => {
    const rows = [...calls(-20, 20, 5, { percent: 40 }), ...calls(0, 20, 15, { percent: 90, scorecardVersion: '2' })];
    const whole = comparisonOf(rows, at, []).lines.filter(({ criterionId }) => criterionId === undefined);
    expect(whole.map(({ scorecardVersions, difference }) => [scorecardVersions, difference.verdict])).toEqual([
      [['1'], 'not-enough-data'],
      [['2'], 'not-enough-data'],
    ]);
  });

  it('is surer of each line, the more lines there are to pick from', () => {
    const shares = (i: number) => Object.fromEntries(Array.from({ length: 19 }, (_, k) => [`other${k}`, (i + k) % 2]));
    const rows = [...calls(-40, 40, 20), ...calls(0, 40, 29)];
    const greetingOf = (all: readonly AgentScore[]) =>
      comparisonOf(all, at, []).lines.find(({ criterionId }) => criterionId === 'greeting')?.difference;
    expect(greetingOf(rows)).toMatchObject({ confidencePercent: 97.5 });
    const many = rows.map((row, i) => ({ ...row, shares: { ...row.shares, ...shares(i) } }));
    expect(greetingOf(many)).toMatchObject({ confidencePercent: expect.closeTo(100 - 5 / 21, 3) });
    expect(greetingOf(many)?.low).toBeLessThan(greetingOf(rows)?.low ?? Number.NaN);
  });

  it('is as good as its means', () => {
    const { lines } = comparisonOf([...calls(-12, 12, 6), ...calls(0, 12, 9)], at, []);
    const greeting = lines.find(({ criterionId }) => criterionId === 'greeting');
    expect(greeting?.before).toEqual(meanOf(tallyOf([...Array(6).fill(1), ...Array(6).fill(0)])));
    expect(greeting?.difference).toMatchObject({ points: 25, verdict: 'no-difference-shown' });
  });
});
