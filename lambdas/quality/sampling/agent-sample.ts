import * as z from 'zod';
import type { CallStore } from '../../calls/calls.ts';
import { type Clock, iso } from '../../platform/clock.ts';
import { periodOfMonth } from '../coaching/team-month.ts';
import type { ReviewStore } from '../reviews/review-store.ts';
import type { AgentScoreStore } from '../scoring/agent-score-store.ts';
import type { AgentScore } from '../scoring/agent-scores.ts';
import { Draw, DrawnCall, type LeftOut, seedOf, sizeAt } from './draw.ts';
import type { DrawStore } from './draw-store.ts';
import type { SamplingPlan } from './plan.ts';
import { sampleOf, stratumOf } from './sample.ts';

/** An agent's month, as a plan draws from it. */
export interface AgentsMonth {
  readonly plan: SamplingPlan;
  /** Such as `2026-10`. */
  readonly month: string;
  readonly agentId: string;
}

/** The sample of an agent's month: what was drawn, and what would be drawn now. */
export const AgentSample = Draw.pick({
  ...{ plan: true, month: true, agentId: true, scorecard: true, seed: true, ofCalls: true, strata: true },
  ...{ leftOut: true },
}).extend({
  /** So many calls are wanted in all by now; there may be fewer. */
  size: z.int().nonnegative(),
  /** The calls that were drawn. */
  drawn: z.array(DrawnCall),
  /** Those that would be drawn now besides. */
  toDraw: z.array(DrawnCall.pick({ callId: true, callStartedAt: true, stratum: true })),
});
export type AgentSample = z.infer<typeof AgentSample>;

/** What reading a sample needs. */
export interface SampleNeeds {
  readonly scores: Pick<AgentScoreStore, 'rows'>;
  readonly draws: Pick<DrawStore, 'get'>;
  readonly calls: Pick<CallStore, 'get'>;
  readonly reviews: Pick<ReviewStore, 'byScorecard'>;
  readonly clock: Clock;
}

/** So many calls are looked at side by side. */
const AT_ONCE = 25;

/** Whether a call can be drawn, or why not. */
type Standing = 'free' | keyof LeftOut;

/**
 * Draws an agent's month, and changes nothing: the calls that the plan's scorecard scored, without those that are too short, gone, or
 * reviewed by it already.
 *
 * @returns the draw as it was read goes along
 */
export async function readSample(
  { plan, month, agentId }: AgentsMonth,
  { scores, draws, clock, ...needs }: SampleNeeds,
): Promise<{ sample: AgentSample; draw: Draw | undefined }> {
  const { name, scorecard } = plan;
  const [draw, rows] = await Promise.all([
    draws.get(name, month, agentId),
    scores.rows(agentId, { by: 'automatic', scorecard }, periodOfMonth(month)),
  ]);
  const drawn = draw?.calls ?? [];
  const isDrawn = new Set(drawn.map(({ callId }) => callId));
  const others = rows.filter(({ callId }) => !isDrawn.has(callId));
  const standings = await standingsOf(others, plan, needs);
  const leftOut = (why: keyof LeftOut) => standings.filter((standing) => standing === why).length;
  const eligible = others
    .filter((_, i) => standings[i] === 'free')
    .map(({ callId, callStartedAt, facts }) => ({ callId, callStartedAt, stratum: stratumOf(facts, plan) }));
  const size = sizeAt(plan, month, iso(clock()));
  const seed = seedOf(plan);
  const { picks, strata } = sampleOf({ seed: [seed, month, agentId], size, eligible, drawn });
  return {
    sample: {
      ...{ plan: name, month, agentId, scorecard, seed, size, strata, drawn, toDraw: picks },
      ofCalls: eligible.length + drawn.length,
      leftOut: { tooShort: leftOut('tooShort'), gone: leftOut('gone'), reviewed: leftOut('reviewed') },
    },
    draw,
  };
}

async function standingsOf(
  rows: readonly AgentScore[],
  { scorecard, minSeconds }: SamplingPlan,
  { calls, reviews }: Pick<SampleNeeds, 'calls' | 'reviews'>,
): Promise<Standing[]> {
  const standingOf = async ({ callId, agentId, facts: { durationMs } }: AgentScore): Promise<Standing> => {
    if (durationMs !== undefined && durationMs < minSeconds * 1000) return 'tooShort';
    const [call, review] = await Promise.all([calls.get(callId), reviews.byScorecard(callId, scorecard)]);
    if (!call || call.state === 'deleting' || call.agentId !== agentId) return 'gone';
    return review ? 'reviewed' : 'free';
  };
  const standings: Standing[] = [];
  for (let first = 0; first < rows.length; first += AT_ONCE)
    standings.push(...(await Promise.all(rows.slice(first, first + AT_ONCE).map(standingOf))));
  return standings;
}
