import type { Context } from 'hono';
import { VerbatimError } from '../../platform/errors.ts';
import { askerOf, seesAgent } from '../access.ts';
import { knownAgent, rosterStore } from '../roster-store.ts';
import type { SeenCallNeeds } from '../seen-call.ts';
import type { Clip } from './clip.ts';
import { clipStore, type Scope, type StoredClip } from './clip-store.ts';

/** What telling whose library it is needs. */
export type LibraryNeeds = Pick<SeenCallNeeds, 'dynamodb' | 'tableName'>;

/**
 * Whose part of the library somebody finds: their teams', and what is for everyone; an agent that of the team that the roster has them
 * in, too. Everything is found by those alone who see every team, and not by the URL of agents.
 */
export async function scopeOf(c: Context, { dynamodb, tableName }: LibraryNeeds): Promise<Scope> {
  const { role, teams, isOfEveryTeam, agentId } = askerOf(c);
  if (role !== 'agent') return isOfEveryTeam ? 'all' : teams;
  const agent = agentId === undefined ? undefined : await rosterStore(dynamodb, tableName).get(agentId);
  return agent?.team === undefined ? teams : [...new Set([...teams, agent.team])];
}

/** Whether what is of a team, or everyone's, is in a part of the library. */
export const isWithin = (scope: Scope, team: string | undefined, isEveryones: boolean): boolean =>
  isEveryones || scope === 'all' || (team !== undefined && scope.includes(team));

/** Whether somebody finds a clip. */
export const findsClip = (scope: Scope, { team, audience }: Pick<Clip, 'team' | 'audience'>): boolean =>
  isWithin(scope, team, audience === 'everyone');

/**
 * Tells of some agents, of whom there may be none, whether their calls are somebody's to see: by the team that the roster has them in
 * now, which need not be the one whose library a clip is in.
 */
export async function seesCallsOf(
  c: Context,
  agentIds: readonly (string | undefined)[],
  { dynamodb, tableName }: LibraryNeeds,
): Promise<(agentId: string | undefined) => boolean> {
  const asker = askerOf(c);
  const roster = rosterStore(dynamodb, tableName);
  const known = [...new Set(agentIds)].filter((id) => id !== undefined).map((id) => knownAgent(roster, id));
  const seen = new Set((await Promise.all(known)).flatMap((one) => (seesAgent(asker, one) ? one.agentId : [])));
  return (agentId) => (agentId === undefined ? asker.role !== 'agent' && asker.isOfEveryTeam : seen.has(agentId));
}

/**
 * A clip that somebody finds in their part of the library, or of whose call they are the agent.
 *
 * @throws {VerbatimError} not-found, where there is none, or its call is being deleted; forbidden, where it is not theirs to find
 */
export async function foundClip(
  c: Context,
  callId: string,
  clipId: string,
  needs: SeenCallNeeds,
): Promise<{ readonly clip: StoredClip; readonly seesCall: boolean }> {
  const clips = clipStore(needs.dynamodb, needs.tableName);
  const [clip, call] = await Promise.all([clips.get(callId, clipId), needs.calls.get(callId)]);
  if (!clip || !call || call.state === 'deleting')
    throw new VerbatimError('not-found', `there is no clip ${clipId} of the call ${callId}`);
  const seesCall = (await seesCallsOf(c, [call.agentId], needs))(call.agentId);
  if (!seesCall && !findsClip(await scopeOf(c, needs), clip))
    throw new VerbatimError('forbidden', `the clip ${clipId} is in the library of another team`);
  return { clip, seesCall };
}
