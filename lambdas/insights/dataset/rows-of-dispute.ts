import type { Call } from '../../calls/calls.ts';
import type { Dispute } from '../../disputes/disputes.ts';
import { dayOf, dimensionsOf } from './rows-of-call.ts';
import type { Row } from './tables.ts';

/** A call of a dispute, as far as it is there, with the team of its agent now. */
export interface CallOfDispute {
  readonly call: Call;
  readonly team?: string | undefined;
}

/** The day in whose folder the rows of a dispute are: that on which it was opened. */
export const dayOfDispute = ({ openedAt }: Pick<Dispute, 'openedAt'>): string => dayOf(openedAt);

/**
 * The rows of a dispute: one for each of its calls, and one where it has none. There is no customer in them, no claim, and no reason in
 * words.
 *
 * @param calls its calls that are there, by their ids: of one that is gone nothing is told but its id and when it began
 * @param revision which these rows are: the highest one of a dispute holds
 */
export function rowsOfDispute(
  dispute: Dispute,
  calls: ReadonlyMap<string, CallOfDispute>,
  revision: number,
): readonly Row<'disputes'>[] {
  const { disputeId, topic, state, decision, openedAt } = dispute;
  const begin = {
    ...{ dispute_id: disputeId, revision, deleted: false, topic, state, outcome: decision?.outcome },
    ...{ opened_at: openedAt, decided_at: decision?.at },
  };
  if (dispute.calls.length === 0) return [begin];
  return dispute.calls.map(({ callId, startedAt }) => {
    const there = calls.get(callId);
    return {
      ...{ ...begin, call_id: callId },
      ...(there ? dimensionsOf(there.call, there.team) : { started_at: startedAt }),
    };
  });
}

/** What tells that there is nothing of a dispute any more. */
export const tombstoneOfDispute = (disputeId: string, revision: number): readonly Row<'disputes'>[] => [
  { dispute_id: disputeId, revision, deleted: true },
];
