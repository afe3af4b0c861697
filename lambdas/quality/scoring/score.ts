import * as z from 'zod';
import type { AnswerValue } from './scorecard.ts';

/** How a criterion came out: what it is scored by, or why it is not. */
export const CriterionOutcome = z.enum(['scored', 'not-applicable', 'not-asked', 'unanswered', 'not-scored']);
export type CriterionOutcome = z.infer<typeof CriterionOutcome>;

/** What one criterion gives to a score. */
export const CriterionScore = z.object({
  criterionId: z.string(),
  outcome: CriterionOutcome,
  /** What its answer is worth by itself, from 0 to 1; of one that is scored. */
  share: z.number().min(0).max(1).optional(),
  /** How many of the 100 points of the whole form it got, and could get at the most. */
  points: z.number().nonnegative(),
  ofPoints: z.number().nonnegative(),
  /** Why, in a line. */
  because: z.string(),
});
export type CriterionScore = z.infer<typeof CriterionScore>;

/** What one section gives to a score. */
export const SectionScore = z.object({
  sectionId: z.string(),
  /** Of its points, in percent; none where nothing of it is scored. */
  percent: z.number().min(0).max(100).optional(),
  points: z.number().nonnegative(),
  ofPoints: z.number().nonnegative(),
  /** The critical criteria that failed it. */
  failedBy: z.array(z.string()),
  criteria: z.array(CriterionScore),
});
export type SectionScore = z.infer<typeof SectionScore>;

/** The score of a call by a scorecard, with where each point comes from. */
export const Score = z.object({
  /** From 0 to 100, two decimals; none where nothing is scored. */
  percent: z.number().min(0).max(100).optional(),
  /** Whether it reaches the scorecard's `passPercent`; none where there is none, or no score. */
  passed: z.boolean().optional(),
  /** The critical criteria that failed the whole form: its score is 0. */
  failedBy: z.array(z.string()),
  sections: z.array(SectionScore),
});
export type Score = z.infer<typeof Score>;

/** The answers to criteria, by their ids. What is not there is unanswered. */
export type Answers = Readonly<Record<string, AnswerValue>>;
