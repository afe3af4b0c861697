import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { callSubject } from '../calls/calls.ts';
import { queryAll } from '../platform/query-pages.ts';
import { scorePart } from './quality-table.ts';
import { Review } from './reviews/review.ts';
import { reviewBounds } from './reviews/review-store.ts';
import { isSeenByAgent } from './reviews/review-transitions.ts';
import type { ScoredBy } from './scoring/agent-scores.ts';
import { CallScore } from './scoring/call-score.ts';
import type { Score } from './scoring/score.ts';

/** A score of a call as numbers: no word that was said or written, and nobody who reviewed. */
export interface ScoreOfCall {
  readonly by: ScoredBy;
  readonly scorecard: string;
  readonly scorecardVersion: string;
  /** Of a review. */
  readonly reviewId?: string;
  /** Of a review. */
  readonly reviewState?: string;
  /** From 0 to 100; none where nothing is scored, and of a review that is not submitted yet. */
  readonly percent?: number;
  readonly passed?: boolean;
  /** Whether a critical criterion failed the whole form; none where {@link percent} is none. */
  readonly failed?: boolean;
  /** The share, from 0 to 1, of each criterion that is scored, by its id. */
  readonly shares: Readonly<Record<string, number>>;
}

const numbersOf = ({ percent, passed, failedBy, sections }: Score) => ({
  ...(percent !== undefined && { percent, failed: failedBy.length > 0 }),
  ...(passed !== undefined && { passed }),
  shares: Object.fromEntries(
    sections
      .flatMap(({ criteria }) => criteria)
      .flatMap(({ criterionId, share }) => (share === undefined ? [] : [[criterionId, share]])),
  ),
});

const ofAutomatic = ({ scorecard, scorecardVersion, score }: CallScore): ScoreOfCall => ({
  ...{ by: 'automatic', scorecard, scorecardVersion },
  ...numbersOf(score),
});

const ofReview = ({ scorecard, scorecardVersion, reviewId, state, score }: Review): ScoreOfCall => ({
  ...{ by: 'review', scorecard, scorecardVersion, reviewId, reviewState: state },
  ...(score && isSeenByAgent(state) ? numbersOf(score) : { shares: {} }),
});

/**
 * The scores of calls as they stand now, automatic ones and those of reviews: what was written before they are asked for is among them.
 * A review that is not submitted yet tells its state alone.
 */
export function scoresOfCalls(dynamodb: DynamoDBDocumentClient, tableName: string) {
  return async (callId: string): Promise<ScoreOfCall[]> => {
    const { subject } = callSubject(callId);
    const [scores, reviews] = await Promise.all([
      queryAll(dynamodb, { tableName, subject, beginsWith: scorePart(), consistent: true }),
      queryAll(dynamodb, { tableName, subject, between: reviewBounds, consistent: true }),
    ]);
    return [
      ...scores.map((item) => ofAutomatic(CallScore.parse(item))),
      ...reviews.map((item) => ofReview(Review.parse(item))),
    ];
  };
}
