import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReviewState } from '../../../../lambdas/quality/reviews/review.ts';
import {
  answersAfter,
  automaticPart,
  checkComplete,
  correctedAnswers,
  plainAnswers,
  prefilled,
} from '../../../../lambdas/quality/reviews/review-answers.ts';
import { isSeenByAgent, transitions } from '../../../../lambdas/quality/reviews/review-transitions.ts';
import { scorecard } from '../world.ts';

const disclosure = (answer: 'yes' | 'no') =>
  prefilled({
    disclosure: { answer, because: 'so', moments: [{ startMs: 5, endMs: 9, tag: 'recording-disclosure' }] },
  });

/** Answers as a reviewer may give them, of any of the criteria. */
const given = fc.record(
  {
    disclosure: fc
      .constantFrom('yes', 'no')
      .map((answer) => ({ answer, ...(answer === 'no' && { overruledBecause: 'not heard' }) })),
    greeting: fc.integer({ min: 1, max: 5 }).map((answer) => ({ answer })),
    solved: fc.constantFrom('yes', 'no', 'not-applicable').map((answer) => ({ answer })),
    how: fc.constantFrom('at-once', 'later', 'badly').map((answer) => ({ answer, comment: 'as it was' })),
  },
  { requiredKeys: [] },
);

describe('the answers of a review', () => {
  it('are what was given, whatever was given before, and else what is answered by itself', () => {
    fc.assert(
      fc.property(given, given, (first, second) => {
        const before = answersAfter(scorecard, disclosure('yes'), first, undefined);
        const after = answersAfter(scorecard, before, second, undefined);
        expect(after).toEqual(answersAfter(scorecard, disclosure('yes'), second, undefined));
        expect(plainAnswers(after)).toEqual({ disclosure: 'yes', ...plainAnswers(second) });
        expect(plainAnswers(automaticPart(after))).toEqual({ disclosure: 'yes' });
      }),
    );
  });

  it('that are corrected leave the others as they were', () => {
    const before = answersAfter(
      scorecard,
      disclosure('yes'),
      { greeting: { answer: 2, comment: 'curt' }, solved: { answer: 'no' } },
      undefined,
    );
    expect(correctedAnswers(scorecard, before, { solved: { answer: 'not-applicable' } }, undefined)).toEqual({
      ...before,
      solved: { answer: 'not-applicable' },
    });
    expect(() => correctedAnswers(scorecard, before, { solved: { answer: 'yes' } }, undefined)).toThrow(
      'answers.how: is missing',
    );
  });

  it('are complete without words, and without what is not asked', () => {
    const answers = answersAfter(
      scorecard,
      disclosure('yes'),
      { greeting: { answer: 2 }, solved: { answer: 'no' } },
      undefined,
    );
    expect(() => checkComplete('conflict', scorecard, answers)).not.toThrow();
  });
});

describe('the states of a review', () => {
  it('are all reached from waiting, and each leads to an end', () => {
    const reachable = (from: ReviewState): Set<ReviewState> => {
      const found = new Set<ReviewState>([from]);
      for (const state of found) for (const next of Object.values(transitions[state])) found.add(next);
      return found;
    };
    expect([...reachable('waiting')].toSorted()).toEqual(ReviewState.options.toSorted());
    for (const state of ReviewState.options) {
      const ends = [...reachable(state)].filter((one) => Object.keys(transitions[one]).length === 0);
      expect(ends).not.toEqual([]);
    }
  });

  it('do not go back once the agent has seen it', () => {
    for (const state of ReviewState.options.filter(isSeenByAgent))
      expect(Object.values(transitions[state]).every(isSeenByAgent)).toBe(true);
  });
});
