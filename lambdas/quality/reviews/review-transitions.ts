import { VerbatimError } from '../../platform/errors.ts';
import type { Review, ReviewState, ReviewVersion } from './review.ts';

/** What can be done with a review. */
export type ReviewAction =
  | 'take'
  | 'assign'
  | 'release'
  | 'answer'
  | 'comment'
  | 'submit'
  | 'acknowledge'
  | 'appeal'
  | 'decide';

/** What can be done in each state, and which state it leads to. */
export const transitions: Record<ReviewState, Partial<Record<ReviewAction, ReviewState>>> = {
  waiting: { take: 'draft', assign: 'draft' },
  draft: { answer: 'draft', comment: 'draft', assign: 'draft', release: 'waiting', submit: 'submitted' },
  submitted: { comment: 'submitted', acknowledge: 'acknowledged', appeal: 'appealed' },
  acknowledged: {},
  appealed: { comment: 'appealed', decide: 'decided' },
  decided: {},
};

/** What is told of a version that an action made. */
export const toldAs: Record<ReviewAction, ReviewVersion['what']> = {
  take: 'taken',
  assign: 'assigned',
  release: 'released',
  answer: 'answered',
  comment: 'commented',
  submit: 'submitted',
  acknowledge: 'acknowledged',
  appeal: 'appealed',
  decide: 'decided',
};

/**
 * The state that an action leads to.
 *
 * @throws {VerbatimError} conflict, naming the state and what is possible in it
 */
export function stateAfter({ reviewId, state }: Pick<Review, 'reviewId' | 'state'>, action: ReviewAction): ReviewState {
  const next = transitions[state][action];
  if (next) return next;
  const possible = Object.keys(transitions[state]).join(', ') || 'nothing: it is final';
  throw new VerbatimError(
    'conflict',
    `the review ${reviewId} is ${state}: you cannot ${action} it; possible is: ${possible}`,
  );
}

/** Whether agents see what is of a state: from the submission on. */
export const isSeenByAgent = (state: ReviewState): boolean => state !== 'waiting' && state !== 'draft';
