import type { CallState, CallStore } from '../calls/calls.ts';
import type { DeleteMessage } from '../retention/retention.ts';

/** The states that a call is to leave by itself. */
const PASSING: readonly CallState[] = ['received', 'queued', 'transcribing'];

/** Where overdue calls are taken up. */
export interface OverdueQueues {
  readonly reconcile: (messages: { callId: string; asOf: string }[]) => Promise<void>;
  /** For calls whose deletion broke off. */
  readonly expire: (messages: DeleteMessage[]) => Promise<void>;
}

/** Sends every call that is overdue at `asOf` to be reconciled, or deleted to the end; returns how many. */
export async function findOverdue(
  asOf: string,
  calls: Pick<CallStore, 'overdue'>,
  { reconcile, expire }: OverdueQueues,
): Promise<number> {
  let found = 0;
  for (const state of PASSING) {
    for await (const page of calls.overdue(state, asOf)) {
      await reconcile(page.map(({ callId }) => ({ callId, asOf })));
      found += page.length;
    }
  }
  for await (const page of calls.overdue('deleting', asOf)) {
    await expire(page.map(({ callId, deletion }) => ({ kind: 'call', callId, reason: deletion?.reason ?? 'expired' })));
    found += page.length;
  }
  return found;
}
