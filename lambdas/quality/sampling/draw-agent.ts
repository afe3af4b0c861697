import { BY_VERBATIM } from '../../calls/calls.ts';
import { DAY_MS, iso, plusMs } from '../../platform/clock.ts';
import { Review } from '../reviews/review.ts';
import type { ReviewStore } from '../reviews/review-store.ts';
import { knownAgent, type RosterStore } from '../roster-store.ts';
import type { Scorecard } from '../scoring/scorecard.ts';
import type { ScorecardStore } from '../scoring/scorecard-store.ts';
import { type AgentsMonth, readSample, type SampleNeeds } from './agent-sample.ts';
import { type Draw, type DrawnCall, drawnReviewId } from './draw.ts';
import type { DrawStore } from './draw-store.ts';
import { withDrawn } from './sample.ts';

/** What drawing an agent's month needs. */
export interface DrawNeeds extends SampleNeeds {
  readonly draws: Pick<DrawStore, 'get' | 'put' | 'putItem'>;
  readonly reviews: Pick<ReviewStore, 'byScorecard' | 'createItems' | 'write'>;
  readonly roster: Pick<RosterStore, 'get'>;
  /** Those of the config. */
  readonly scorecards: readonly Scorecard[];
  /** Keeps a scorecard under its version, and tells the one that holds for it. */
  readonly register: ScorecardStore['register'];
}

/** So often is it begun anew where a call goes, or somebody else draws, in the meantime. */
const ATTEMPTS = 10;

/**
 * Draws an agent's month: each call of the sample becomes a review that waits, in the queue of the agent's team. The review and the
 * draw that tells of it are one transaction, so that a draw that broke off is gone on with where it was, and two that go on at once
 * draw each call once, and never more than the plan says.
 *
 * @throws Error where the config has no such scorecard; where others changed the same again and again: the message comes again
 */
export async function drawAgent(asked: AgentsMonth, needs: DrawNeeds): Promise<Draw> {
  const { plan, agentId, month } = asked;
  const configured = needs.scorecards.find(({ name }) => name === plan.scorecard);
  if (!configured) throw new Error(`the plan ${plan.name} is by the scorecard ${plan.scorecard}, which is not there`);
  const [scorecard, { team }] = await Promise.all([needs.register(configured), knownAgent(needs.roster, agentId)]);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const draw = await drawAsRead(asked, { scorecard, team }, needs);
    if (draw) return draw;
  }
  throw new Error(`the month ${month} of the agent ${agentId} changed ${ATTEMPTS} times while it was drawn`);
}

/** By what reviews are drawn, and for whom. */
interface DrawnFor {
  readonly scorecard: Scorecard;
  readonly team: string | undefined;
}

/** Draws a sample as it is read; undefined where something is not any more as it was read. */
async function drawAsRead(asked: AgentsMonth, drawnFor: DrawnFor, needs: DrawNeeds): Promise<Draw | undefined> {
  const { draws, reviews, clock } = needs;
  const read = await readSample(asked, needs);
  const { toDraw, drawn: _, ...sample } = read.sample;
  let { draw } = read;
  if (!draw && toDraw.length === 0) {
    const nothing = { ...sample, calls: [], drawnAt: iso(clock()), version: 1 };
    return (await draws.put(undefined, nothing)) ? nothing : undefined;
  }
  for (const call of toDraw) {
    const at = iso(clock());
    const one = { ...call, reviewId: drawnReviewId(asked.plan.name, asked.month), drawnAt: at };
    const calls = [...(draw?.calls ?? []), one];
    const strata = withDrawn(sample.strata, calls);
    const after = { ...sample, strata, calls, drawnAt: at, version: (draw?.version ?? 0) + 1 };
    const review = waitingReview(one, asked, drawnFor);
    const made = { version: 1, at, by: BY_VERBATIM, what: 'drawn', review } as const;
    const items = [...reviews.createItems(review, made), draws.putItem(draw, after)];
    if ((await reviews.write(call.callId, items)) === 'refused') return undefined;
    draw = after;
  }
  return draw;
}

const waitingReview = (
  { callId, callStartedAt, reviewId, drawnAt: at }: DrawnCall,
  { plan, month, agentId }: AgentsMonth,
  { scorecard, team }: DrawnFor,
): Review =>
  Review.parse({
    ...{ reviewId, callId, agentId, callStartedAt, team, plan: plan.name, month },
    ...{ scorecard: scorecard.name, scorecardVersion: scorecard.version, state: 'waiting', stateSince: at },
    ...{ dueAt: plusMs(at, plan.dueDays * DAY_MS), answers: {}, comments: [], version: 1 },
  });
