import * as z from 'zod';

/** By what the calls of an agent are told apart before some are drawn: each kind gets its part of the sample. */
export const Stratum = z.enum(['queue', 'tag', 'sentiment', 'length']);
export type Stratum = z.infer<typeof Stratum>;

/** Which calls of each agent are reviewed by people, of each month. */
export const SamplingPlan = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case letters, digits and hyphens, such as "monthly"')
    .max(60, 'is longer than 60 characters'),
  /** One of the scorecards: the calls that it is for are drawn from, and reviewed by it. */
  scorecard: z.string(),
  /** So many calls of each agent in a month; all of them, of an agent who had fewer. */
  perAgent: z.int().min(1).max(100),
  /** @default queue, sentiment and length */
  strata: z.array(Stratum).default(['queue', 'sentiment', 'length']),
  /** The tags that `tag` tells apart: a call is of the first of these that it has, or of none. @default none */
  tags: z.array(z.string()).default([]),
  /** Where `length` divides calls, in seconds, ascending. @default 2 and 10 minutes */
  lengthBoundsSeconds: z.array(z.int().positive()).default([120, 600]),
  /** Shorter calls are not drawn, in seconds. @default 20 */
  minSeconds: z.int().nonnegative().default(20),
  /** How long reviewers have, in days, from the draw. @default 14 */
  dueDays: z.int().min(1).max(366).default(14),
  /** Whoever has the same seed draws the same calls. @default the name of the plan */
  seed: z.string().min(1).optional(),
  /** So many days after a month's end its calls are drawn by itself: late recordings are in then. @default 2 */
  settleDays: z.int().min(0).max(28).default(2),
});
export type SamplingPlan = z.infer<typeof SamplingPlan>;
