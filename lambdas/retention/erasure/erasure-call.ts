import type { CallStore } from '../../calls/calls.ts';
import type { CustomerDisputes } from '../../disputes/disputes.ts';
import { type Clock, iso } from '../../platform/clock.ts';
import type { DeleteMessage } from '../expiry/expire.ts';
import type { ReceiptStore } from '../expiry/receipt-store.ts';
import {
  type EraseCallMessage,
  isMarked,
  receiptTold,
  type StoredErasure,
  sourcesOf,
  standingOf,
  stateOf,
} from './erasure.ts';
import type { ErasureCall } from './erasure-outcome.ts';
import type { ErasureStore } from './erasure-store.ts';

/** What bringing a call to what an erasure says of it needs. */
export interface EraseCallNeeds extends FinishNeeds {
  readonly erasures: FinishNeeds['erasures'] & Pick<ErasureStore, 'found' | 'settle'>;
  readonly calls: Pick<CallStore, 'get' | 'markErased'>;
  readonly receipts: Pick<ReceiptStore, 'whole'>;
  /** Asks for calls that are due to be deleted. */
  readonly expire: (messages: readonly DeleteMessage[]) => Promise<void>;
  readonly clock: Clock;
}

/** What became of a message; `dropped` where the erasure is done. */
export type EraseCallOutcome = ErasureCall['outcome'] | 'dropped';

/** So often is a call looked at again where it changed in the meantime: then the message comes again later. */
const ATTEMPTS = 8;

/**
 * Brings one call to what its customer's erasure says of it: it becomes due, at once or when its floor is over, and what
 * deletes calls that are due deletes it, now or when nothing keeps it any more. What became of it is noted, with the receipt
 * when it is gone. However often the message is delivered, and wherever it breaks off, it ends so.
 */
export async function eraseCall(
  { erasureId, callId }: EraseCallMessage,
  needs: EraseCallNeeds,
): Promise<EraseCallOutcome> {
  const { erasures, calls, clock } = needs;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const erasure = await erasures.get(erasureId);
    if (!erasure || erasure.state === 'done') return 'dropped';
    const now = iso(clock());
    const before = await erasures.found(erasureId, callId, now);
    if (!before) return 'dropped';
    const call = await calls.get(callId);
    if (before.outcome === 'erased' || before.outcome === 'gone') {
      await finish(erasureId, needs);
      return before.outcome;
    }
    const isTheirs = call?.customerId === erasure.customerId;
    const isDeleting = call?.state === 'deleting';
    if (call && isTheirs && !isDeleting && !isMarked(call, erasureId, now)) {
      await calls.markErased(call, erasureId, now);
      continue;
    }
    const known = { ...before, source: call?.source ?? before.source };
    const after = call && isTheirs ? ofCall(known, standingOf(call, now), now) : await gone(known, now, needs);
    if (!isSame(before, after) && !(await erasures.settle(erasureId, before, after))) continue;
    if (call && after.outcome === 'open' && !isDeleting && call.dueAt <= now)
      await needs.expire([{ kind: 'call', callId, reason: 'expired' }]);
    await finish(erasureId, needs);
    return after.outcome;
  }
  throw new Error(`the call ${callId} changes too fast: the erasure ${erasureId} looks at it again later`);
}

function ofCall(before: ErasureCall, standing: ReturnType<typeof standingOf>, at: string): ErasureCall {
  const { callId, source, keptBy, keptSince } = before;
  if (standing.outcome === 'open') return { callId, outcome: 'open', at, source, keptBy, keptSince };
  return { callId, at, source, ...standing, keptSince: keptSince ?? at };
}

async function gone(
  { callId, source, keptBy, keptSince }: ErasureCall,
  at: string,
  { receipts }: Pick<EraseCallNeeds, 'receipts'>,
): Promise<ErasureCall> {
  const receipt = await receipts.whole(callId);
  if (!receipt?.deletedAt) return { callId, outcome: 'gone', at, source, keptBy, keptSince };
  return { callId, outcome: 'erased', at, source, keptBy, keptSince, receipt: receiptTold(receipt) };
}

/** Whether two say the same, but for when it was found. */
const isSame = (a: ErasureCall, b: ErasureCall): boolean => textOf(a) === textOf(b);
const textOf = ({ outcome, source, keptBy, dueAt, receipt }: ErasureCall): string =>
  JSON.stringify([
    outcome,
    source,
    keptBy?.floor?.until,
    keptBy?.floor?.name,
    keptBy?.holds,
    keptBy?.lockedUntil,
    dueAt,
    receipt,
  ]);

/** What moving an erasure to another state needs. */
export interface FinishNeeds {
  readonly erasures: Pick<ErasureStore, 'get' | 'allCalls' | 'enter' | 'notePackages'>;
  readonly disputes: Pick<CustomerDisputes, 'erase' | 'packages'>;
  readonly clock: Clock;
}

/**
 * Deletes the disputes of an erasure's customer that are closed. Which of their evidence packages stay is noted before: nothing
 * else tells of them then.
 *
 * @returns the ids of the disputes that are left
 */
export async function eraseDisputes(
  { erasureId, customerId, packages }: Pick<StoredErasure, 'erasureId' | 'packages'> & { readonly customerId: string },
  { erasures, disputes, clock }: Pick<FinishNeeds, 'erasures' | 'disputes' | 'clock'>,
): Promise<string[]> {
  const now = iso(clock());
  const known = new Set(packages.map(({ disputeId, number }) => `${disputeId}#${number}`));
  const found = await disputes.packages(customerId, now);
  const more = found.filter(({ disputeId, number }) => !known.has(`${disputeId}#${number}`));
  if (more.length > 0) await erasures.notePackages(erasureId, more);
  return disputes.erase(customerId, now);
}

/** Moves an erasure to the state that its calls give it, and its customer's disputes: those that are closed are deleted. */
export async function finish(erasureId: string, needs: FinishNeeds): Promise<void> {
  const { erasures, clock } = needs;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const erasure = await erasures.get(erasureId);
    let state = erasure && stateOf(erasure);
    if (!erasure || state === erasure.state) return;
    const { customerId } = erasure;
    if (state === 'done' && customerId !== undefined) {
      const left = await eraseDisputes({ ...erasure, customerId }, needs);
      if (left.length > 0) state = 'waiting';
    }
    if (!state || state === erasure.state) return;
    const sources = state === 'done' ? sourcesOf(await erasures.allCalls(erasureId)) : [];
    if (await erasures.enter(erasure, state, iso(clock()), sources)) return;
  }
  throw new Error(`the counts of the erasure ${erasureId} change too fast: they are looked at again later`);
}
