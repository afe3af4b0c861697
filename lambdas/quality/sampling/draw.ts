import * as z from 'zod';
import { DAY_MS, plusMs } from '../../platform/clock.ts';
import { periodOfMonth } from '../coaching/team-month.ts';
import type { SamplingPlan } from './plan.ts';
import { SampledStratum, StratumValues } from './sample.ts';

/** A month, in UTC, such as `2026-10`: that in which calls began. */
export const Month = z.string().regex(/^(19|[2-9]\d)\d\d-(0[1-9]|1[0-2])$/, 'is not a month, such as 2026-10');

/** A call that a plan drew, and the review that it waits for. */
export const DrawnCall = z.object({
  callId: z.string(),
  /** When the call began. */
  callStartedAt: z.iso.datetime(),
  /** To what it belonged when it was drawn. */
  stratum: StratumValues,
  reviewId: z.string(),
  drawnAt: z.iso.datetime(),
});
export type DrawnCall = z.infer<typeof DrawnCall>;

/** How many calls of the month were not drawn from, and why. */
export const LeftOut = z.object({
  /** They were shorter than the plan's `minSeconds`. */
  tooShort: z.int().nonnegative(),
  /** They are deleted, or another agent's by now. */
  gone: z.int().nonnegative(),
  /** They are reviewed by the scorecard already: somebody began that by hand, or another plan drew them. */
  reviewed: z.int().nonnegative(),
});
export type LeftOut = z.infer<typeof LeftOut>;

/** What a plan drew of an agent's month, and how that came to be. It holds ids, numbers and times. */
export const Draw = z.object({
  plan: z.string(),
  month: Month,
  agentId: z.string(),
  scorecard: z.string(),
  seed: z.string(),
  /** So many calls were wanted in all when it was drawn last. */
  size: z.int().nonnegative(),
  /** How many calls could be drawn then, with those that were. */
  ofCalls: z.int().nonnegative(),
  strata: z.array(SampledStratum),
  leftOut: LeftOut,
  calls: z.array(DrawnCall),
  /** When it was drawn last. */
  drawnAt: z.iso.datetime(),
  /** 1, and 1 more with each call that is drawn. */
  version: z.int().positive(),
});
export type Draw = z.infer<typeof Draw>;

/** The id of the review for which a plan draws a call: the same, whenever it does. */
export const drawnReviewId = (plan: string, month: string): string => `${plan}-${month}`;

/** The seed of a plan. */
export const seedOf = ({ seed, name }: Pick<SamplingPlan, 'seed' | 'name'>): string => seed ?? name;

/**
 * How many calls of each agent a plan wants by now. Of a month that is over these are all; of a running one as many as its part that
 * has passed, so that whoever draws week after week has calls of all of its weeks.
 */
export function sizeAt({ perAgent }: Pick<SamplingPlan, 'perAgent'>, month: string, now: string): number {
  const { from, to } = periodOfMonth(month);
  const monthMs = Date.parse(to) - Date.parse(from);
  const passedMs = Math.min(monthMs, Math.max(0, Date.parse(now) - Date.parse(from)));
  // In this order it is exact: a part that is rounded first may be one call short.
  return Math.floor((perAgent * passedMs) / monthMs);
}

/** From when on a plan wants a first call of a month. */
export function firstAt({ perAgent }: Pick<SamplingPlan, 'perAgent'>, month: string): string {
  const { from, to } = periodOfMonth(month);
  return plusMs(from, Math.ceil((Date.parse(to) - Date.parse(from)) / perAgent));
}

const monthOf = (time: string): string => time.slice(0, 7);

/**
 * The month that a plan draws by itself now: the first one that settled and was not drawn; of a plan that never drew, the last one that
 * settled. Undefined where all were.
 *
 * @param through the last month that it drew by itself; undefined where it drew none
 */
export function monthDue(
  { settleDays }: Pick<SamplingPlan, 'settleDays'>,
  through: string | undefined,
  now: string,
): string | undefined {
  const settling = monthOf(plusMs(now, -settleDays * DAY_MS));
  const settled = monthOf(plusMs(periodOfMonth(settling).from, -1));
  if (through === undefined) return settled;
  const next = monthOf(periodOfMonth(through).to);
  return next <= settled ? next : undefined;
}
