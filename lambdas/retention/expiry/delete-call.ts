import {
  type Call,
  type CallStore,
  type CustodyStore,
  type DeletionReason,
  isFinal,
  receivedCall,
} from '../../calls/calls.ts';
import { type Clock, DAY_MS, iso, plusMs } from '../../platform/clock.ts';
import { isAwsError } from '../../platform/errors.ts';
import type { Copy, CopyStore } from './copies.ts';
import { receiptOf } from './receipt.ts';
import type { ReceiptStore } from './receipt-store.ts';
import { RECORDING_LOCKED } from './recording-locked.ts';

/** What deleting a call needs. */
export interface DeleteCallNeeds {
  readonly calls: Pick<CallStore, 'get' | 'enterDeleting' | 'leaveDeleting' | 'postpone' | 'removeItem' | 'otherParts'>;
  readonly receipts: Pick<ReceiptStore, 'begin' | 'get' | 'note' | 'settle' | 'settleAll' | 'conclusion' | 'discard'>;
  /** How far the custody of a call goes: its receipt tells it. */
  readonly custody: Pick<CustodyStore, 'head'>;
  /** Every place in which something of a call is kept, in the order of deletion: the recording first. */
  readonly stores: readonly CopyStore[];
  /** The SHA-256 of a copy's bytes, where it is known without reading them. */
  readonly hashOf: (copy: Copy) => Promise<string | undefined>;
  /** Looks for leftovers of a call some time later: see {@link removeLeftovers}. */
  readonly lookForLeftovers: (callId: string) => Promise<void>;
  readonly clock: Clock;
}

/** A deletion that is asked for. */
export interface DeletionRequest {
  readonly callId: string;
  readonly reason: DeletionReason;
  /** What demands it. @default the retention rule of the call */
  readonly rule?: string | undefined;
}

/**
 * What became of a call: `deleted`; `gone` before; `held` by a legal hold; `not-due` yet; `not-final`, while it is on its way;
 * `kept`, because Object Lock keeps its recording; `locked`, where Object Lock keeps another copy, and everything else but
 * the call's item is gone.
 */
export type DeletionOutcome = 'deleted' | 'gone' | 'held' | 'not-due' | 'not-final' | 'kept' | 'locked';

/** A version under a legal hold of Object Lock does not tell until when: it is tried again after so long. */
const LOOK_AGAIN_MS = 7 * DAY_MS;

/** So often are the stores looked through for what was just being written. */
const ROUNDS = 3;

/**
 * Deletes a call with every copy of it, and leaves a receipt. Each step may be done again: what is found is noted in the
 * receipt before it is removed; the call's item, by which all of it is found, goes last, in one transaction with the end
 * of the receipt. Where it breaks off, the call is `deleting`, which has a deadline, and the next try goes on.
 *
 * The recording goes first. Where Object Lock keeps it, nothing else is gone yet: the call goes back to the state that it
 * had, and is due again when the lock ends.
 *
 * @throws Error where something of the call is in no store, or a job of it still runs
 */
export async function deleteCall(request: DeletionRequest, needs: DeleteCallNeeds): Promise<DeletionOutcome> {
  const { calls, receipts, stores, clock } = needs;
  const call = await calls.get(request.callId);
  if (!call) return 'gone';
  const now = iso(clock());
  const deleting = call.state === 'deleting' ? call : await enter(call, request, now, needs);
  if (!deleting) return refusalOf(await calls.get(call.callId));
  if (deleting.dueAt <= now) await calls.postpone(deleting, now);

  // From here on nothing is noted in its custody any more.
  const receipt = receiptOf(deleting, await needs.custody.head(call.callId));
  await receipts.begin(receipt, now);
  let lockedUntil: string | undefined;
  for (let round = 1, found = 1; found > 0; round++) {
    if (round > ROUNDS) throw new Error(`copies of the call ${call.callId} appear while it is deleted`);
    found = 0;
    for (const store of stores) {
      if (store.last && lockedUntil !== undefined) continue;
      const { removed, locks } = await clear(store, deleting, needs);
      found += removed;
      const lock = locks[0];
      if (!lock) continue;
      if (lock.copy.of === 'object' && isRecording(lock.copy, call)) return keep(deleting, lock.until, needs);
      const until = lock.until ?? plusMs(now, LOOK_AGAIN_MS);
      lockedUntil = lockedUntil === undefined || until < lockedUntil ? until : lockedUntil;
    }
  }
  if (lockedUntil !== undefined) {
    const current = await calls.get(call.callId);
    if (current) await calls.postpone(current, now, lockedUntil);
    return 'locked';
  }

  const undeclared = await calls.otherParts(call.callId);
  if (undeclared.length > 0)
    throw new Error(
      `no store declares ${undeclared.length} items of the call ${call.callId}, such as ${undeclared[0]}`,
    );
  await receipts.settleAll(call.callId, iso(clock()));
  await needs.lookForLeftovers(call.callId);
  try {
    await calls.removeItem(call.callId, receipts.conclusion(receipt, iso(clock())));
  } catch (error) {
    // Another delivery of the message was faster.
    if (isAwsError(error, 'TransactionCanceledException') && !(await calls.get(call.callId))) return 'gone';
    throw error;
  }
  return 'deleted';
}

/**
 * Removes what was written of a call while it was deleted: by whoever had begun before. To be asked when everybody who may
 * have begun has ended.
 *
 * @returns how many copies there were
 */
export async function removeLeftovers(callId: string, needs: DeleteCallNeeds): Promise<number> {
  const { calls, receipts, stores, clock } = needs;
  const receipt = await receipts.get(callId);
  if (!receipt || (await calls.get(callId))) return 0;
  const nowhere = { bucket: 'none', key: 'none', versionId: 'none' };
  const call: Call = {
    ...receivedCall(callId, nowhere, undefined, iso(clock())),
    attempt: receipt.attempt,
    ...(receipt.job && { job: { ...receipt.job, agentChannel: 0 } }),
  };
  let found = 0;
  for (const store of stores.filter((one) => one.findsByCallId)) found += (await clear(store, call, needs)).removed;
  if (found > 0) await receipts.settleAll(callId, iso(clock()));
  return found;
}

const enter = (call: Call, { reason, rule }: DeletionRequest, now: string, { calls }: DeleteCallNeeds) =>
  calls.enterDeleting(
    call,
    {
      // Of a call that an erasure made due, the erasure is the reason, whoever found it to be due.
      ...(reason === 'expired' && call.erasure !== undefined
        ? { reason: 'erased', rule: call.erasure }
        : { reason, rule: rule ?? call.retention?.rule ?? 'undecided' }),
      requestedAt: now,
      dueOnly: reason === 'expired' || reason === 'lifecycle',
    },
    now,
  );

function refusalOf(call: Call | undefined): DeletionOutcome {
  if (!call) return 'gone';
  if ((call.holds ?? []).length > 0) return 'held';
  return isFinal(call.state) ? 'not-due' : 'not-final';
}

const isRecording = ({ key, versionId }: { key: string; versionId: string }, { recording }: Call): boolean =>
  key === recording.key && versionId === recording.versionId;

/** Removes the copies of one store. */
async function clear(
  store: CopyStore,
  call: Call,
  { receipts, hashOf, clock }: DeleteCallNeeds,
): Promise<{ removed: number; locks: { copy: Copy; until?: string | undefined }[] }> {
  const copies = await store.find(call);
  await receipts.note(call.callId, copies, hashOf, iso(clock()));
  const locks: { copy: Copy; until?: string | undefined }[] = [];
  for (const copy of copies) {
    const removed = await store.remove(copy, call);
    if (removed.outcome === 'locked') locks.push({ copy, until: removed.until });
    if (copy.of !== 'item') await receipts.settle(call.callId, copy, removed, iso(clock()));
    // Without its recording, nothing of a call may be left out: with it, nothing else may be gone.
    if (removed.outcome === 'locked' && copy.of === 'object' && isRecording(copy, call)) break;
  }
  const [item] = copies.filter((copy) => copy.of === 'item');
  if (item) await receipts.settle(call.callId, item, { outcome: 'removed' }, iso(clock()));
  return { removed: copies.length - locks.length, locks };
}

/** Keeps a call whose recording is locked. */
async function keep(call: Call, until: string | undefined, needs: DeleteCallNeeds): Promise<DeletionOutcome> {
  const { calls, receipts, clock } = needs;
  const now = iso(clock());
  const unlockedAt = until ?? plusMs(now, LOOK_AGAIN_MS);
  const expiresAt = call.erasure === undefined ? (call.retention?.expiresAt ?? now) : now;
  await receipts.discard(call.callId);
  const message = `Object Lock keeps the recording ${until === undefined ? 'by a legal hold' : `until ${until}`}`;
  await calls.leaveDeleting(call, now, unlockedAt > expiresAt ? unlockedAt : expiresAt, {
    code: RECORDING_LOCKED,
    message,
  });
  return 'kept';
}
