import * as z from 'zod';
import { Score } from '../scoring/score.ts';
import { AnswerValue } from '../scoring/scorecard.ts';

/**
 * Where a review is: drawn and `waiting` for a reviewer, a `draft` of one, `submitted` to the agent, then `acknowledged` by them,
 * or `appealed` against and `decided`.
 */
export const ReviewState = z.enum(['waiting', 'draft', 'submitted', 'acknowledged', 'appealed', 'decided']);
export type ReviewState = z.infer<typeof ReviewState>;

const Offset = z.int().nonnegative();

/** What a reviewer answers to a criterion. Offsets are milliseconds in the recording. */
export const ReviewAnswer = z.object({
  answer: AnswerValue,
  comment: z.string().min(1).max(4000).optional(),
  /** Where in the call it is seen. */
  startMs: Offset.optional(),
  endMs: Offset.optional(),
  /** What the criterion was answered by itself, where it was. */
  automatic: AnswerValue.optional(),
  /** Why that was overruled, where it was. */
  overruledBecause: z.string().min(1).max(2000).optional(),
});
export type ReviewAnswer = z.infer<typeof ReviewAnswer>;

/** A comment on a place of the call, tied to a criterion where it is about one. */
export const ReviewComment = z.object({
  commentId: z.string(),
  criterionId: z.string().optional(),
  startMs: Offset,
  endMs: Offset,
  text: z.string().min(1).max(4000),
  person: z.string(),
  at: z.iso.datetime(),
});
export type ReviewComment = z.infer<typeof ReviewComment>;

/** What an agent says against a review. */
export const Appeal = z.object({
  reason: z.string(),
  /** The criteria it is about. @default the whole review */
  criterionIds: z.array(z.string()),
  person: z.string(),
  at: z.iso.datetime(),
});
export type Appeal = z.infer<typeof Appeal>;

/** How an appeal was decided, by somebody who is not its reviewer. */
export const AppealDecision = z.object({
  outcome: z.enum(['upheld', 'rejected', 'partly-upheld']),
  reason: z.string(),
  person: z.string(),
  at: z.iso.datetime(),
});
export type AppealDecision = z.infer<typeof AppealDecision>;

/** A person's review of a call by a scorecard. It goes with the call; its score, without words, stays for the agent's progress. */
export const Review = z.object({
  reviewId: z.string(),
  callId: z.string(),
  agentId: z.string(),
  /** When the call began; where that is not known, when its recording arrived. */
  callStartedAt: z.iso.datetime(),
  /** Whose queue it is in: the team of the agent when it was changed last. */
  team: z.string().optional(),
  scorecard: z.string(),
  scorecardVersion: z.string(),
  /** The plan that drew it, and of which month (`2026-10`); none where it was begun by hand. */
  plan: z.string().optional(),
  month: z.string().optional(),
  state: ReviewState,
  stateSince: z.iso.datetime(),
  /** By when it is to be submitted; once it is, by when it may be appealed; once it was, by when that is to be decided. */
  dueAt: z.iso.datetime(),
  /** The person who reviews. */
  reviewer: z.string().optional(),
  /** By the ids of the criteria. */
  answers: z.record(z.string(), ReviewAnswer),
  comments: z.array(ReviewComment),
  /** Of the answers as they stand. */
  score: Score.optional(),
  appeal: Appeal.optional(),
  decision: AppealDecision.optional(),
  /** 1, and 1 more with each change: the ETag. */
  version: z.int().positive(),
});
export type Review = z.infer<typeof Review>;

/** A review with how it looked in each of its versions, and who made it so. */
export const ReviewVersion = z.object({
  version: z.int().positive(),
  at: z.iso.datetime(),
  /** The person, or `verbatim` where a plan drew it. */
  by: z.string(),
  what: z.enum([
    'drawn',
    'begun',
    'taken',
    'assigned',
    'released',
    'answered',
    'commented',
    'submitted',
    'acknowledged',
    'appealed',
    'decided',
  ]),
  review: Review,
});
export type ReviewVersion = z.infer<typeof ReviewVersion>;
