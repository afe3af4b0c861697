import { VerbatimError } from '../../platform/errors.ts';
import type { AutomaticallyAnswered } from '../scoring/automatic-answers.ts';
import type { Answers } from '../scoring/score.ts';
import { checkAnswers, missingOf } from '../scoring/score-answers.ts';
import type { Scorecard } from '../scoring/scorecard.ts';
import type { Review, ReviewAnswer } from './review.ts';

/** An answer as a person gives it. */
export type AskedAnswer = Omit<ReviewAnswer, 'automatic'>;

type ReviewAnswers = Review['answers'];

/** The answers alone, as they are scored. */
export const plainAnswers = (answers: Readonly<Record<string, Pick<ReviewAnswer, 'answer'>>>): Answers =>
  Object.fromEntries(Object.entries(answers).map(([id, { answer }]) => [id, answer]));

/** What a review begins with: the criteria that are answered by themselves, each with the first place of the call where that is seen. */
export const prefilled = (automatic: Readonly<Record<string, AutomaticallyAnswered>>): ReviewAnswers =>
  Object.fromEntries(
    Object.entries(automatic).map(
      ([
        id,
        {
          answer,
          moments: [first],
        },
      ]) => [id, { answer, automatic: answer, ...(first && { startMs: first.startMs, endMs: first.endMs }) }],
    ),
  );

/**
 * What is left of answers without those of a person: what criteria were answered by themselves. Where that is seen the automatic score
 * of the call tells.
 */
export const automaticPart = (answers: ReviewAnswers): ReviewAnswers =>
  Object.fromEntries(
    Object.entries(answers).flatMap(([id, { automatic }]) =>
      automatic === undefined ? [] : [[id, { answer: automatic, automatic }]],
    ),
  );

/**
 * The answers of a review after a person gave theirs, which are all that they give: what they left out is unanswered, or as it was
 * answered by itself.
 *
 * @throws {VerbatimError} bad-request, naming each answer that cannot be, and each that overrules an automatic one without a reason
 */
export function answersAfter(
  scorecard: Scorecard,
  before: ReviewAnswers,
  asked: Readonly<Record<string, AskedAnswer>>,
  durationMs: number | undefined,
): ReviewAnswers {
  return { ...automaticPart(before), ...given(scorecard, before, asked, durationMs) };
}

/**
 * The answers of a review after somebody else corrected some of them: the others stay.
 *
 * @throws {VerbatimError} as {@link answersAfter}; bad-request, where the form is not complete any more
 */
export function correctedAnswers(
  scorecard: Scorecard,
  before: ReviewAnswers,
  asked: Readonly<Record<string, AskedAnswer>>,
  durationMs: number | undefined,
): ReviewAnswers {
  const after = { ...before, ...given(scorecard, before, asked, durationMs) };
  checkComplete('bad-request', scorecard, after);
  return after;
}

/**
 * Refuses a form that lacks something.
 *
 * @throws {VerbatimError} of the kind that is given, naming every criterion, and what it lacks
 */
export function checkComplete(kind: 'bad-request' | 'conflict', scorecard: Scorecard, answers: ReviewAnswers): void {
  const missing = missingOf(scorecard, answers).map(({ criterionId, what }) =>
    what === 'answer'
      ? `answers.${criterionId}: is missing: answer it`
      : `answers.${criterionId}.comment: is missing: the scorecard demands one`,
  );
  if (missing.length > 0) throw new VerbatimError(kind, missing.join('; '));
}

function given(
  scorecard: Scorecard,
  before: ReviewAnswers,
  asked: Readonly<Record<string, AskedAnswer>>,
  durationMs: number | undefined,
): ReviewAnswers {
  checkAnswers(scorecard, plainAnswers(asked));
  const wrong = Object.entries(asked).flatMap(([id, answer]) => {
    const problems = [rangeProblem(answer, durationMs), overruling(answer, before[id]?.automatic)];
    return problems.flatMap((problem) => (problem === undefined ? [] : `answers.${id}.${problem}`));
  });
  if (wrong.length > 0) throw new VerbatimError('bad-request', wrong.join('; '));
  return Object.fromEntries(
    Object.entries(asked).map(([id, answer]) => {
      const automatic = before[id]?.automatic;
      return [id, { ...answer, ...(automatic !== undefined && { automatic }) }];
    }),
  );
}

function overruling(
  { answer, overruledBecause }: AskedAnswer,
  automatic: ReviewAnswer['automatic'],
): string | undefined {
  const isOverruled = automatic !== undefined && answer !== automatic;
  if (isOverruled && overruledBecause === undefined)
    return `overruledBecause: is missing: it is answered "${automatic}" by itself; say why that is wrong`;
  if (!isOverruled && overruledBecause !== undefined)
    return 'overruledBecause: nothing is overruled by this answer: leave it out';
  return undefined;
}

/** What is wrong with the time range of an answer or a comment; undefined where nothing is. */
export function rangeProblem(
  { startMs, endMs }: { readonly startMs?: number | undefined; readonly endMs?: number | undefined },
  durationMs: number | undefined,
): string | undefined {
  if (startMs === undefined && endMs === undefined) return undefined;
  if (startMs === undefined || endMs === undefined) return 'startMs: give startMs and endMs, or neither';
  if (endMs < startMs) return `endMs: ${endMs} is before startMs ${startMs}`;
  if (durationMs !== undefined && endMs > durationMs) return `endMs: the call is ${durationMs} ms long`;
  return undefined;
}
