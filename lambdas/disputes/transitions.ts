import { VerbatimError } from '../platform/errors.ts';
import type { DisputeState } from './dispute.ts';

/** What can be done with a dispute. */
export type DisputeAction = 'take-calls' | 'add-finding' | 'decide' | 'close' | 'reopen';

/**
 * What can be done in each state. A dispute that is closed without a decision was withdrawn; one that is decided can be
 * reopened without being closed first, and is held all the while.
 */
export const possibleIn: Record<DisputeState, readonly DisputeAction[]> = {
  open: ['take-calls', 'add-finding', 'decide', 'close'],
  decided: ['close', 'reopen'],
  closed: ['reopen'],
};

const told: Record<DisputeAction, string> = {
  'take-calls': 'calls can be taken in',
  'add-finding': 'findings can be added',
  decide: 'it can be decided',
  close: 'it can be closed',
  reopen: 'it can be reopened',
};

/**
 * Refuses what cannot be done with a dispute as it is.
 *
 * @throws {VerbatimError} conflict, naming the state and what is possible in it
 */
export function checkPossible(
  { disputeId, state }: { readonly disputeId: string; readonly state: DisputeState },
  action: DisputeAction,
): void {
  if (possibleIn[state].includes(action)) return;
  const possible = possibleIn[state].map((one) => told[one]).join(', ');
  throw new VerbatimError('conflict', `the dispute ${disputeId} is ${state}; possible is: ${possible}`);
}
