import * as z from 'zod';
import { SamplingPlan } from './sampling/plan.ts';
import { Scorecard } from './scoring/scorecard.ts';

/** How calls are checked and reviewed, and how long scores are kept. */
export const QualityConfig = z.strictObject({
  /** The forms by which calls are checked. @default the starter scorecard, as far as the rulebook gives its tags */
  scorecards: z.array(Scorecard).optional(),
  /** Which calls people review. @default none: reviews are begun by hand */
  plans: z.array(SamplingPlan).default([]),
  /** Teams, as identity tokens name them, whose persons see every team: quality leads. @default none */
  everyTeam: z.array(z.string().min(1)).default([]),
  /** How long a review that was begun by hand may take, in days. @default 14 */
  dueDays: z.int().min(1).max(366).default(14),
  /** How long an agent may appeal after a review was submitted, in days. @default 14 */
  appealDays: z.int().min(1).max(366).default(14),
  /**
   * How long scores, without a word that was said or written, are kept for the progress of their agents, in days from the call.
   * @default 1827, five years
   */
  keepScoresDays: z.int().min(1).max(36_525).default(1827),
});
export type QualityConfig = z.infer<typeof QualityConfig>;
