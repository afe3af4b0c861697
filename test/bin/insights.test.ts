import { describe, expect, it } from 'vitest';
import { answerText, queriesText, questionOf } from '../../bin/insights.ts';
import type { AnsweredInsights, InsightsQuery } from '../../client/verbatim-client.ts';

const now = new Date('2026-10-14T12:00:00Z');

describe('a question on the command line', () => {
  it('is about the seven days that ended yesterday, where no day is named', () => {
    expect(questionOf({}, now)).toEqual({ from: '2026-10-07', to: '2026-10-13' });
    expect(questionOf({ to: '2026-03-02' }, now)).toEqual({ from: '2026-02-24', to: '2026-03-02' });
  });

  it('has what it is given, its own parameters too', () => {
    const given = { from: '2026-10-01', to: '2026-10-02', by: 'day', agent: 'lee', with: { tag: 'refund' } };
    expect(questionOf(given, now)).toEqual({
      ...{ from: '2026-10-01', to: '2026-10-02', by: 'day', agentId: 'lee', tag: 'refund' },
    });
  });
});

const query: InsightsQuery = {
  ...{ name: 'silence', title: 'Silence', description: 'How much of a call nobody speaks.', of: 'calls' },
  parameters: { properties: { from: {}, to: {}, by: {}, language: {} } },
  ...{ labels: [], counts: ['long_ones'] },
  measures: [{ name: 'silence', title: 'Nobody speaks', unit: 'percent', percentiles: true }],
};

const answered: AnsweredInsights = {
  ...{ runId: 'r1', query: 'silence', parameters: {}, state: 'done', askedAt: '2026-10-14T12:00:00.000Z' },
  ...{ asOf: '2026-10-14T12:00:00.000Z', scannedBytes: 12_345_678 },
  answer: {
    ...{ by: 'week', from: '2026-10-07', to: '2026-10-13', minCell: 5, truncated: false },
    suppressed: { rows: 2, values: 1 },
    rows: [
      {
        ...{ group: '2026-10-05', partial: true, count: 40, counts: { long_ones: 3 } },
        values: { silence: { n: 38, mean: 12.5, low: 10, high: 15, p50: 11, p90: 20, p95: 31 } },
      },
      { group: '2026-10-12', partial: true, count: 6, counts: { long_ones: 0 }, values: {} },
    ],
  },
};

it('an answer is read with its intervals, of how many calls it is, and what is left out', () => {
  const text = answerText(answered, query);
  for (const told of [
    'Silence, 2026-10-07 to 2026-10-13',
    '2026-10-05, in part',
    '12.5 % (10 – 15)',
    'p50 11, p90 20, p95 31',
    'of 38',
    'left out, because they are of fewer than 5 calls: 2 rows, and 1 values of others',
    'as of 2026-10-14T12:00:00.000Z, 12.3 MB read',
  ])
    expect(text).toContain(told);
});

it('the list of questions tells which parameters are their own', () => {
  const text = queriesText([query]);
  expect(text).toContain('How much of a call nobody speaks.');
  expect(text).toContain('language');
  expect(text).not.toContain('from');
});
