import * as z from 'zod';

/** How a score came to be: by what is known of the call alone, or by a person's review. */
export const ScoredBy = z.enum(['automatic', 'review']);
export type ScoredBy = z.infer<typeof ScoredBy>;

/** What is known of a scored call without a word of it: by it samples are stratified, and trends told. */
export const CallFacts = z.object({
  durationMs: z.number().int().nonnegative().optional(),
  source: z.string().optional(),
  queue: z.string().optional(),
  direction: z.enum(['inbound', 'outbound']).optional(),
  tags: z.array(z.string()),
  /** Of the customer, from -5 to 5, where it is known. */
  customerSentiment: z.number().min(-5).max(5).optional(),
});
export type CallFacts = z.infer<typeof CallFacts>;

/**
 * What outlives a call for the progress of its agent: numbers, ids and times. It holds no word that was said or written, no answer in
 * words and no customer.
 */
export const AgentScore = z.object({
  agentId: z.string(),
  callId: z.string(),
  /** When the call began; where that is not known, when its recording arrived. */
  callStartedAt: z.iso.datetime(),
  by: ScoredBy,
  scorecard: z.string(),
  scorecardVersion: z.string(),
  scoredAt: z.iso.datetime(),
  /** Of a review. */
  reviewId: z.string().optional(),
  /** The person who reviewed. */
  reviewer: z.string().optional(),
  /** The state of the review. */
  state: z.string().optional(),
  /** From 0 to 100; none where nothing could be scored. */
  percent: z.number().min(0).max(100).optional(),
  passed: z.boolean().optional(),
  /** The critical criteria that failed the whole form. */
  failedBy: z.array(z.string()),
  /** The share, from 0 to 1, of each criterion that was scored. */
  shares: z.record(z.string(), z.number().min(0).max(1)),
  /** The criteria that did not apply. */
  notApplicable: z.array(z.string()),
  facts: CallFacts,
});
export type AgentScore = z.infer<typeof AgentScore>;

/** Numbers of which a mean and an interval can be told: how many, their sum, and the sum of their squares. */
export const Tally = z.object({
  n: z.number().int().nonnegative(),
  sum: z.number(),
  squares: z.number().nonnegative(),
});
export type Tally = z.infer<typeof Tally>;

/** What an agent's scores by one version of a scorecard come to in a month (UTC). */
export const AgentMonth = z.object({
  agentId: z.string(),
  /** Such as `2026-10`: that of the calls. */
  month: z.string(),
  by: ScoredBy,
  scorecard: z.string(),
  scorecardVersion: z.string(),
  /** How many calls, or reviews, were scored. */
  scored: z.number().int().nonnegative(),
  /** Of their percentages. */
  percent: Tally,
  /** How many reached `passPercent`. */
  passed: z.number().int().nonnegative(),
  /** How many a critical criterion failed. */
  failed: z.number().int().nonnegative(),
  /** Of the shares of each criterion. */
  criteria: z.record(z.string(), Tally),
});
export type AgentMonth = z.infer<typeof AgentMonth>;
