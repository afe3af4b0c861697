import type { CallStore } from '../../calls/calls.ts';
import { type Clock, iso } from '../../platform/clock.ts';
import { VerbatimError } from '../../platform/errors.ts';
import type { Who } from '../../platform/http.ts';
import { type HoldMessage, type HoldOn, isActive, type StoredHold } from './hold.ts';
import type { HoldStore } from './hold-store.ts';

/** What placing and releasing holds needs. */
export interface HoldsNeeds {
  readonly holds: Pick<HoldStore, 'create' | 'get' | 'enter'>;
  readonly calls: Pick<CallStore, 'get'>;
  readonly send: (messages: readonly HoldMessage[]) => Promise<void>;
  readonly clock: Clock;
  /** A text that no other hold has. */
  readonly randomId: () => string;
}

/** What a hold is asked with. */
export interface RequestedHold {
  readonly on: HoldOn;
  readonly reason: string;
  /** Its id: the same id is the same hold, however often it is asked for. */
  readonly holdId: string;
}

/**
 * Places a hold. It is found by arriving calls, and reaches those that are there, when its worker gets to it: at once.
 *
 * @throws {VerbatimError} not-found, where it names one call that there is not; conflict, where that call is being deleted,
 *   or the id is that of another hold
 */
export async function placeHold(
  { holdId, on, reason }: RequestedHold,
  { by, byName, person }: Who,
  needs: HoldsNeeds,
): Promise<StoredHold> {
  const { holds, calls, send, clock } = needs;
  const before = await holds.get(holdId);
  if (!before && 'callId' in on) {
    const call = await calls.get(on.callId);
    if (!call) throw new VerbatimError('not-found', `there is no call ${on.callId}`);
    if (call.state === 'deleting')
      throw new VerbatimError('conflict', `the call ${on.callId} is being deleted: it cannot be held any more`);
  }
  const now = iso(clock());
  const hold: StoredHold = {
    ...{ holdId, on, reason, placedAt: now, placedBy: by, placedByName: byName, placedByPerson: person },
    ...{ state: 'placing', stateSince: now, history: [{ state: 'placing', at: now, by, byName, person, reason }] },
  };
  const stored = before ?? ((await holds.create(hold)) ? hold : await existing(holdId, needs));
  if (stored.reason !== reason || JSON.stringify(stored.on) !== JSON.stringify(on))
    throw new VerbatimError('conflict', `Idempotency-Key: it is that of the hold ${holdId}, which is another one`);
  // Also of a hold that was there: it may be asked for again because this message was not sent.
  if (stored.state === 'placing') await send([{ kind: 'begin', holdId, again: false }]);
  return stored;
}

/**
 * Releases a hold: each of its calls that no other hold holds is kept again as its retention says. A hold that is released,
 * or just being, stays so.
 *
 * @throws {VerbatimError} not-found; conflict, where it is that of a dispute, which releases it when it is closed
 */
export async function releaseHold(
  holdId: string,
  reason: string,
  { by, byName, person }: Who,
  needs: HoldsNeeds,
): Promise<StoredHold> {
  const { holds, send, clock } = needs;
  let hold = await existing(holdId, needs);
  if ('disputeId' in hold.on && isActive(hold))
    throw new VerbatimError(
      'conflict',
      `the hold ${holdId} is released when the dispute ${hold.on.disputeId} is closed`,
    );
  while (isActive(hold)) {
    const now = iso(clock());
    const changes = {
      ...{ releasedAt: now, releasedBy: by, releasedByName: byName, releasedByPerson: person },
      releaseReason: reason,
    };
    await holds.enter(hold, { state: 'releasing', at: now, by, byName, person, reason }, changes);
    hold = await existing(holdId, needs);
  }
  if (hold.state === 'releasing') await send([{ kind: 'begin', holdId, again: false }]);
  return hold;
}

async function existing(holdId: string, { holds }: Pick<HoldsNeeds, 'holds'>): Promise<StoredHold> {
  const hold = await holds.get(holdId);
  if (!hold) throw new VerbatimError('not-found', `there is no hold ${holdId}`);
  return hold;
}
