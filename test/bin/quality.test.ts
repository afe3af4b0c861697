import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { answersOption, each, offsetOption, textsOption } from '../../bin/quality/options.ts';
import { givenAnswers } from '../../bin/quality/reviews.ts';
import { callScoreText, noteLine, progressText, reviewText } from '../../bin/quality/texts.ts';
import type { CallScore, Progress, Review } from '../../client/verbatim-client.ts';

describe('answers on the command line', () => {
  it('are marks of a scale where they are numbers, and else what is chosen; the last one counts', () => {
    const given = ['greeting=yes', 'listening=4', 'lean=-2', 'greeting=no'].reduce(
      (before, word) => answersOption(word, before),
      {} as ReturnType<typeof answersOption>,
    );
    expect(given).toEqual({ greeting: 'no', listening: 4, lean: -2 });
  });

  it('bear their comments, in which an equals sign is a sign as any, and why the automatic one is wrong', () => {
    const comments = textsOption('listening=1+1=2', textsOption('greeting=warm'));
    expect(givenAnswers({ greeting: 'yes', listening: 4 }, comments, { greeting: 'it was there' })).toEqual({
      greeting: { answer: 'yes', comment: 'warm', overruledBecause: 'it was there' },
      listening: { answer: 4, comment: '1+1=2' },
    });
  });

  it('keep what they had, where a comment alone is given; one to what is not answered is refused', () => {
    const before = { greeting: { answer: 'yes', startMs: 100 } };
    expect(givenAnswers({}, { greeting: 'warm' }, {}, before)).toEqual({
      greeting: { answer: 'yes', startMs: 100, comment: 'warm' },
    });
    expect(() => givenAnswers({}, { listening: 'well' }, {}, before)).toThrow('listening is not answered');
  });

  it.each(['yes', '=yes', ''])('%j is refused, with what it must be', (word) => {
    expect(() => answersOption(word)).toThrow(InvalidArgumentError);
  });
});

it('offsets are those of a recording, and what is none is refused', () => {
  expect(['1:05', '65.2', '1:00:00'].map(offsetOption)).toEqual([65_000, 65_200, 3_600_000]);
  expect(() => offsetOption('soon')).toThrow(InvalidArgumentError);
  expect(each('b', ['a'])).toEqual(['a', 'b']);
});

const score: CallScore['score'] = {
  percent: 50,
  passed: false,
  failedBy: [],
  sections: [
    {
      ...{ sectionId: 'policy', percent: 0, points: 0, ofPoints: 50, failedBy: ['credit'] },
      criteria: [
        {
          criterionId: 'credit',
          outcome: 'scored',
          share: 0,
          points: 0,
          ofPoints: 50,
          because: 'answered no: 0 of 50 points',
        },
      ],
    },
  ],
};

it('a score is read with where each point is lost, and where in the call that is seen', () => {
  const text = callScoreText({
    ...{ callId: 'c', agentId: 'lee', callStartedAt: '2026-10-14T09:12:00.000Z', scorecard: 'service' },
    ...{ scorecardVersion: '1', scoredAt: '2026-10-14T10:00:00.000Z', tagging: 1, numbers: {}, facts: { tags: [] } },
    answers: {
      credit: { answer: 'no', because: 'tagged', moments: [{ startMs: 24_100, endMs: 27_000, tag: 'credit-over' }] },
    },
    score,
  });
  expect(text).toMatch(/service 1 {2}agent lee {2}50 %, not passed\n {2}policy {2}0 of 50 points .*failed by credit/);
  expect(text).toMatch(/credit {2}answered no: 0 of 50 points\n.*24\.1.*27.*credit-over/);
});

it('a review is read with what its reviewer wrote, and what became of it', () => {
  const review: Review = {
    ...{ reviewId: 'r', callId: 'c', agentId: 'lee', team: 'billing', callStartedAt: '2026-10-14T09:12:00.000Z' },
    ...{ scorecard: 'service', scorecardVersion: '1', state: 'appealed', stateSince: '2026-10-15T09:12:00.000Z' },
    ...{ dueAt: '2026-10-29T09:12:00.000Z', reviewer: 'rita', comments: [], version: 4, score },
    answers: { credit: { answer: 'no', automatic: 'yes', overruledBecause: 'it was over the limit' } },
    appeal: { reason: 'it was allowed', criterionIds: ['credit'], person: 'lee', at: '2026-10-16T09:12:00.000Z' },
  };
  const text = reviewText(review);
  expect(text).toContain('not yes, because it was over the limit');
  expect(text).toContain('appeal     lee at 2026-10-16T09:12:00.000Z: it was allowed');
});

it('a mean is read with its interval and how many it is of, and as nothing to go by where it is too little', () => {
  const few = { n: 2, mean: 80, low: 10, high: 100, enough: false, lacks: 'of 2 values, where 5 are needed' };
  const text = progressText({
    ...{ agentId: 'lee', scorecard: 'service', by: 'month', from: 'a', to: 'b' },
    lines: [{ by: 'review', scorecardVersions: ['1'], whole: few, periods: [{ period: '2026-10', ...few }] }],
  } as Progress);
  expect(text).toContain('whole score (reviews)  80 % (10 to 100, of 2): of 2 values, where 5 are needed');
});

it('a note whose call is gone is read as one', () => {
  expect(noteLine({ at: '2026-10-14T09:12:00.000Z', callId: 'c', criterionId: 'listening' })).toBe(
    '2026-10-14T09:12:00.000Z  c  listening  its call is gone, and its words with it',
  );
});
