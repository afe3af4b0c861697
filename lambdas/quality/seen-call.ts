import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Call } from '../calls/calls.ts';
import { VerbatimError } from '../platform/errors.ts';
import { askerOf, checkSeesAgent } from './access.ts';
import type { QualityNeeds } from './quality-needs.ts';
import { knownAgent, rosterStore } from './roster-store.ts';

/** The path of whatever is of a call. */
export const CallPath = z.object({ callId: z.string().openapi({ param: { name: 'callId', in: 'path' } }) });

/** What telling whose a call is needs. */
export type SeenCallNeeds = Pick<QualityNeeds, 'calls' | 'dynamodb' | 'tableName'>;

/**
 * A call that whoever asks may see: by the URL of agents one of their own, by the others one of an agent of their teams. A call that
 * names no agent is for those who see every team.
 *
 * @throws {VerbatimError} not-found, where there is no such call, or it is being deleted; forbidden, where it is not theirs to see
 */
export async function seenCall(c: Context, callId: string, { calls, ...needs }: SeenCallNeeds): Promise<Call> {
  const asker = askerOf(c);
  const call = await calls.get(callId);
  if (!call || call.state === 'deleting') throw new VerbatimError('not-found', `there is no call ${callId}`);
  if (call.agentId !== undefined) {
    checkSeesAgent(asker, await knownAgent(rosterStore(needs.dynamodb, needs.tableName), call.agentId));
    return call;
  }
  if (asker.role !== 'agent' && asker.isOfEveryTeam) return call;
  throw new VerbatimError('forbidden', `the call ${callId} names no agent: it is for those who see every team`);
}

/** A call with the agent who it is of. */
export type CallOfAgent = Call & { readonly agentId: string };

/**
 * A call that whoever asks may see, and that is an agent's: one that names none is nobody's to be reviewed or coached by.
 *
 * @throws {VerbatimError} as {@link seenCall}; conflict, where it names no agent
 */
export async function seenCallOfAgent(c: Context, callId: string, needs: SeenCallNeeds): Promise<CallOfAgent> {
  const call = await seenCall(c, callId, needs);
  const { agentId } = call;
  if (agentId === undefined)
    throw new VerbatimError('conflict', `the call ${callId} names no agent: complete its metadata first`);
  return { ...call, agentId };
}
