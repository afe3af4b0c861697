import * as z from 'zod';
import type { Call } from '../../calls/calls.ts';
import { copyTags } from '../holds/hold-tags.ts';
import {
  decideRetention,
  type Retention,
  type RetentionDecision,
  retentionSubject,
  type SourceOfCalls,
} from './decide-retention.ts';
import { RetentionConfig } from './retention-config.ts';

/** What decides how long calls are kept: the parts of a config that retention goes by. */
export interface RetentionChoices {
  readonly retention: RetentionConfig;
  readonly sources: readonly SourceOfCalls[];
}

/** The same, as a function's config has it. */
export const retentionChoices = {
  retention: RetentionConfig,
  sources: z.array(
    z.object({ name: z.string(), lineOfBusiness: z.string().optional(), jurisdiction: z.string().optional() }),
  ),
};

/** The tags of a call as far as they are known: those of a call that was not tagged are not, which is not to have none. */
export const knownTags = ({ state, tags }: Pick<Call, 'state' | 'tags'>): readonly string[] | undefined =>
  state === 'tagged' ? tags : undefined;

/**
 * Decides anew how long a call is kept, by what is known of it now.
 *
 * @param tags those that it has, or is about to have
 */
export const redecide = (
  call: Call,
  { retention, sources }: RetentionChoices,
  tags = knownTags(call),
): RetentionDecision['retention'] => decideRetention(retentionSubject({ ...call, tags }, sources), retention);

/** Whether two decisions say the same. */
export const isSameRetention = (a: Retention, b: Retention): boolean => textOf(a) === textOf(b);

const textOf = ({ retentionClass, rule, countedFrom, floor, ceiling, expiresAt }: Retention): string =>
  JSON.stringify([
    ...[retentionClass, rule, countedFrom, expiresAt],
    ...[floor?.name, floor?.until, ceiling?.name, ceiling?.by],
  ]);

/**
 * Of two decisions the one that keeps a call longer. While one takes the place of the other, the objects' tags are those of
 * the longer one, so that lifecycle is at no time ahead of what the call says: they change before the call says a later
 * date, and after it says an earlier one.
 */
export const longerOf = (stored: Retention | undefined, decided: Retention): Retention =>
  stored !== undefined && stored.expiresAt > decided.expiresAt ? stored : decided;

/**
 * Tags a call's objects as the call says, also where it is decided anew, or held, meanwhile: whoever tags last has read
 * what holds.
 *
 * @param tag tags the objects of the call as it was read
 * @param before the call as its objects are tagged already, where they are
 */
export async function tagAsDecided(
  callId: string,
  get: (callId: string) => Promise<Call | undefined>,
  tag: (call: Call) => Promise<void>,
  before?: Call,
): Promise<void> {
  let tagged = before && stateOf(before);
  for (let call = await get(callId); call && stateOf(call) !== tagged; call = await get(callId)) {
    await tag(call);
    tagged = stateOf(call);
  }
}

const stateOf = (call: Call): string => JSON.stringify([copyTags(call), call.tags]);
