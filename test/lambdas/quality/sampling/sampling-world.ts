import { callStore } from '../../../../lambdas/calls/calls.ts';
import { reviewStore } from '../../../../lambdas/quality/reviews/review-store.ts';
import { type DrawMessage, drawSample } from '../../../../lambdas/quality/sampling/draw-sample.ts';
import { drawStore } from '../../../../lambdas/quality/sampling/draw-store.ts';
import { SamplingPlan } from '../../../../lambdas/quality/sampling/plan.ts';
import { agentScoreStore } from '../../../../lambdas/quality/scoring/agent-score-store.ts';
import type { CallFacts } from '../../../../lambdas/quality/scoring/agent-scores.ts';
import { scorecardStore } from '../../../../lambdas/quality/scoring/scorecard-store.ts';
import { scored, storeScores } from '../coaching/scored.ts';
import { qualityWorld, scorecard, taggedCall } from '../world.ts';

/** Behind the month of the calls, when it has settled. */
export const SETTLED = '2026-11-03T04:00:00.000Z';

/** What is known of a call that is long enough to be drawn. */
const facts = (changes: Partial<CallFacts> = {}): CallFacts => ({ durationMs: 90_000, tags: [], ...changes });

interface CallsToAdd {
  readonly agentId?: string;
  readonly now?: string;
  readonly day?: string;
  readonly of?: Partial<CallFacts>;
}

/** A world in which agents have calls of October 2026, which are scored, and a plan draws four of each of them. */
export async function samplingWorld(changes: Partial<SamplingPlan> = {}) {
  const plan = SamplingPlan.parse({
    name: 'monthly',
    scorecard: 'service',
    perAgent: 4,
    strata: ['queue'],
    ...changes,
  });
  const world = await qualityWorld({ calls: [], quality: { plans: [plan] } });
  const { client } = world.table;
  world.time.now = SETTLED;
  const sent: DrawMessage[] = [];
  const needs = {
    ...{ plans: [plan], scorecards: [scorecard], clock: world.clock, pageSize: 2, roster: world.roster },
    calls: callStore(client, 't'),
    scores: agentScoreStore(client, 't', 1827),
    draws: drawStore(client, 't', 1827),
    reviews: reviewStore(client, 't'),
    register: scorecardStore(client, 't').register,
    send: async (messages: readonly DrawMessage[]) => void sent.push(...messages),
  };

  /** Adds scored calls of an agent; `now` is whose they are by now. */
  const addCalls = async (
    callIds: readonly string[],
    { agentId = 'lee', now = agentId, day = '14', of = {} }: CallsToAdd = {},
  ) => {
    const startedAt = `2026-10-${day}T09:00:00.000Z`;
    for (const callId of callIds) await world.calls.create(taggedCall(callId, { agentId: now, startedAt }));
    await storeScores(
      client,
      callIds.map((callId) => scored(callId, startedAt, { agentId, facts: facts(of) })),
    );
  };

  return {
    ...{ ...world, plan, needs, addCalls },
    /** Works off what is in the queue, until nothing is; the messages that were. */
    async work(...messages: DrawMessage[]): Promise<DrawMessage[]> {
      sent.push(...messages);
      const done: DrawMessage[] = [];
      for (let message = sent.shift(); message; message = sent.shift()) {
        await drawSample(message, needs);
        done.push(message);
      }
      return done;
    },
    /** The reviews that wait. */
    async waiting() {
      const request = { from: '2026-01-01T00:00:00.000Z', to: '2027-12-31T00:00:00.000Z' } as const;
      const { items } = await needs.reviews.listByState('waiting', 'all', {
        ...{ ...request, order: 'oldest-first', limit: 200 },
      });
      return items;
    },
  };
}

/** So many ids of calls. */
export const ids = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${prefix}${i}`);
