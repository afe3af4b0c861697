import type { CallState, CallStore } from '../calls/calls.ts';

/** The states that a call is to leave by itself. */
const PASSING: readonly CallState[] = ['received', 'queued', 'transcribing'];

/** Sends every call that is overdue at `asOf` to be reconciled; returns how many. */
export async function findOverdue(
  asOf: string,
  calls: Pick<CallStore, 'overdue'>,
  send: (messages: { callId: string; asOf: string }[]) => Promise<void>,
): Promise<number> {
  let found = 0;
  for (const state of PASSING) {
    for await (const page of calls.overdue(state, asOf)) {
      await send(page.map(({ callId }) => ({ callId, asOf })));
      found += page.length;
    }
  }
  return found;
}
