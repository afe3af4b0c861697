import * as z from 'zod';
import { iso } from '../../platform/clock.ts';
import { EVER, Position } from '../../platform/cursor.ts';
import type { RosterStore } from '../roster-store.ts';
import { Month, monthDue } from './draw.ts';
import { type DrawNeeds, drawAgent } from './draw-agent.ts';
import type { DrawStore } from './draw-store.ts';
import type { SamplingPlan } from './plan.ts';

/** Asks for the month that a plan draws by itself now. */
const PlanMessage = z.object({ kind: z.literal('plan'), plan: z.string().min(1) });

/** Asks for a page of the agents whose month is drawn. */
const AgentsPageMessage = z.object({
  kind: z.literal('agents-page'),
  plan: z.string().min(1),
  month: Month,
  /** Only agents of this team. @default all */
  team: z.string().optional(),
  /** Whether the plan draws by itself: then it is noted when all agents were asked for. */
  byItself: z.boolean(),
  /** @default the first page */
  position: Position.optional(),
});
export type AgentsPageMessage = z.infer<typeof AgentsPageMessage>;

/** Asks for the sample of one agent. */
const AgentMessage = z.object({
  kind: z.literal('agent'),
  plan: z.string().min(1),
  month: Month,
  agentId: z.string().min(1),
});

/** What the queue of draws holds. */
export const DrawMessage = z.discriminatedUnion('kind', [PlanMessage, AgentsPageMessage, AgentMessage]);
export type DrawMessage = z.infer<typeof DrawMessage>;

/** What drawing samples needs. */
export interface DrawSampleNeeds extends Omit<DrawNeeds, 'draws' | 'roster'> {
  readonly draws: DrawStore;
  readonly roster: Pick<RosterStore, 'get' | 'list'>;
  /** Those of the config. */
  readonly plans: readonly SamplingPlan[];
  readonly send: (messages: readonly DrawMessage[]) => Promise<void>;
  /** So many agents are looked for at once. @default 100 */
  readonly pageSize?: number;
}

const PAGE_SIZE = 100;

/** The messages with which all plans draw what they draw by themselves. */
export const drawByItself = (plans: readonly SamplingPlan[]): DrawMessage[] =>
  plans.map(({ name }) => ({ kind: 'plan', plan: name }));

/** Does what a message asks for, and tells what that was; however often it is delivered, it ends the same. */
export async function drawSample(message: DrawMessage, needs: DrawSampleNeeds): Promise<string> {
  const { plans, draws, roster, send, clock } = needs;
  const plan = plans.find(({ name }) => name === message.plan);
  if (!plan) return 'the plan is not there any more';
  if (message.kind === 'plan') {
    const month = monthDue(plan, await draws.through(plan.name), iso(clock()));
    if (month === undefined) return 'drawn before';
    await send([{ kind: 'agents-page', plan: plan.name, month, byItself: true }]);
    return `draws ${month}`;
  }
  const { month } = message;
  if (message.kind === 'agent') {
    const { calls, ofCalls } = await drawAgent({ plan, month, agentId: message.agentId }, needs);
    return `${calls.length} of ${ofCalls} calls are drawn`;
  }
  const { team, byItself, position } = message;
  const page = await roster.list(team === undefined ? 'all' : [team], {
    ...{ ...EVER, order: 'oldest-first', limit: needs.pageSize ?? PAGE_SIZE },
    ...(position && { position }),
  });
  await send(page.items.map(({ agentId }) => ({ kind: 'agent', plan: plan.name, month, agentId })));
  if (page.next) await send([{ ...message, position: page.next }]);
  // Only now: of a chain that breaks off before, the next day asks for all agents again.
  else if (byItself) await draws.passed(plan.name, month);
  return `${page.items.length} agents`;
}
