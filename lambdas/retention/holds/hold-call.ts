import { type Call, type CallStore, holdsAfter } from '../../calls/calls.ts';
import { type Clock, DAY_MS, iso } from '../../platform/clock.ts';
import type { RecordingStore } from '../../recordings/recordings.ts';
import { type CallMessage, isActive, type StoredHold } from './hold.ts';
import type { HoldStore } from './hold-store.ts';
import { copyTags } from './hold-tags.ts';

/** What bringing a call to what a hold says of it needs. */
export interface HoldCallNeeds {
  readonly holds: Pick<HoldStore, 'get' | 'found' | 'settle' | 'drop' | 'reached' | 'isDone' | 'enter'>;
  readonly calls: Pick<CallStore, 'get' | 'changeHolds'>;
  readonly recordings: Pick<RecordingStore, 'setLegalHold'>;
  readonly copies: HeldCopies;
  readonly clock: Clock;
  /** For so many days it is known what a hold held, once it is released. */
  readonly recordKeepDays: number;
}

/** The copies of calls, as far as holds go. */
export interface HeldCopies {
  /** Sets the object tags of every copy of a call. */
  readonly tag: (call: Call, tags: Readonly<Record<string, string>>) => Promise<void>;
  /** Takes away the delete markers that are over copies of a call. */
  readonly uncover: (call: Call) => Promise<void>;
}

/** What became of a message. */
export type HoldCallOutcome = 'held' | 'released' | 'gone' | 'dropped';

/** So often is a call looked at again where it, or the hold, changed in the meantime: then the message comes again later. */
const ATTEMPTS = 8;

/**
 * Brings one call to what a hold says of it. First the call's item, on which a hold and a deletion meet, then what S3 has:
 * the Object Lock legal hold of the recording, and the tags of every copy. Whoever writes to S3 looks at the item, and at the
 * hold, once more, and begins anew where they changed meanwhile: whatever runs beside, the last one to write leaves S3 as
 * the item says. However often the message is delivered, and wherever it breaks off, it ends so.
 */
export async function holdCall({ holdId, callId }: CallMessage, needs: HoldCallNeeds): Promise<HoldCallOutcome> {
  const { holds, calls, clock } = needs;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const hold = await holds.get(holdId);
    if (!hold) return 'dropped';
    const active = isActive(hold);
    const call = await calls.get(callId);
    const before = call?.holds ?? [];
    const isHeld = before.includes(holdId);
    const change = active ? { add: holdId } : { remove: holdId };
    // A call that is being deleted when a hold comes has lost something already.
    if (!call || (active && !isHeld && call.state === 'deleting')) {
      await settleGone(hold, callId, needs);
      return 'gone';
    }
    if (active !== isHeld) {
      // What is begun with a call is left to do until it is settled, whatever becomes of the message.
      await holds.found(holdId, callId);
      if (!(await calls.changeHolds(call, change, iso(clock())))) continue;
    }
    const after = holdsAfter(before, change);
    await keepCopies({ ...call, holds: [...after] }, needs);

    const [holdNow, callNow] = await Promise.all([holds.get(holdId), calls.get(callId)]);
    if (!holdNow || isActive(holdNow) !== active || !sameHolds(callNow?.holds ?? [], after)) continue;
    if (active || (await holds.reached(holdId, callId)) !== undefined)
      await holds.settle(
        holdId,
        { callId, state: active ? 'held' : 'released', at: iso(clock()) },
        active ? undefined : ttlOf(needs),
      );
    else await holds.drop(holdId, callId);
    await finish(holdId, needs);
    return active ? 'held' : 'released';
  }
  throw new Error(`the holds of the call ${callId} change too fast: it is looked at again later`);
}

/** Moves a hold on where nothing is left to do for its state. */
export async function finish(
  holdId: string,
  needs: Pick<HoldCallNeeds, 'holds' | 'clock' | 'recordKeepDays'>,
): Promise<void> {
  const { holds, clock } = needs;
  const hold = await holds.get(holdId);
  if (!hold || (hold.state !== 'placing' && hold.state !== 'releasing') || !(await holds.isDone(hold))) return;
  const at = iso(clock());
  if (hold.state === 'placing') await holds.enter(hold, { state: 'placed', at });
  else await holds.enter(hold, { state: 'released', at }, { ttl: ttlOf(needs) });
}

/** When the table lets go what it knows of a released hold, in seconds since 1970. */
const ttlOf = ({ clock, recordKeepDays }: Pick<HoldCallNeeds, 'clock' | 'recordKeepDays'>): number =>
  Math.floor((clock().getTime() + recordKeepDays * DAY_MS) / 1000);

/** Makes S3 keep the copies of a call while it is held, and lets them go as retention says when it is not. */
async function keepCopies(call: Call, { recordings, copies }: HoldCallNeeds): Promise<void> {
  const isHeld = (call.holds ?? []).length > 0;
  if (isHeld) await recordings.setLegalHold(call.recording, true);
  await copies.tag(call, copyTags(call));
  if (isHeld) await copies.uncover(call);
  else await recordings.setLegalHold(call.recording, false);
}

async function settleGone(hold: StoredHold, callId: string, needs: HoldCallNeeds): Promise<void> {
  const { holds, clock } = needs;
  const { holdId } = hold;
  // A call that was released, and then deleted when it was due, stays a released one.
  if (!isActive(hold) && (await holds.reached(holdId, callId)) !== 'held') await holds.drop(holdId, callId);
  else await holds.settle(holdId, { callId, state: 'gone', at: iso(clock()) });
  await finish(holdId, needs);
}

const sameHolds = (a: readonly string[], b: readonly string[]): boolean => JSON.stringify(a) === JSON.stringify(b);
