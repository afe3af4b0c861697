import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { TransactItem } from '../../calls/calls.ts';
import { isActive, type StoredHold } from './hold.ts';
import { foundKey, holdKey, holdWorkOf } from './hold-key.ts';
import { holdOf } from './hold-of.ts';

/** Who changes the hold of a dispute, and when. */
export interface HoldChangedBy {
  readonly at: string;
  readonly by: string;
  readonly byName?: string | undefined;
  readonly person?: string | undefined;
}

/**
 * The holds of disputes, as items of the transactions in which disputes change: a call is held from the moment on in which it
 * is taken in, and a hold is being released from that on in which its dispute is closed. The worker of holds does the rest,
 * asked by a message, or by its daily check where that is lost.
 */
export function disputeHolds(dynamodb: DynamoDBDocumentClient, TableName: string) {
  /** Moves a hold that holds to a state, which it may have already. */
  const entering = (
    holdId: string,
    state: 'placing' | 'releasing',
    { at, by, byName, person }: HoldChangedBy,
    reason: string,
    changes: Record<string, string | undefined> = {},
  ): TransactItem => {
    const values: Record<string, unknown> = { ...changes, state, stateSince: at, work: holdWorkOf(state) };
    const names = Object.keys(values).filter((name) => values[name] !== undefined);
    return {
      Update: {
        TableName,
        Key: holdKey(holdId),
        UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}, #history = list_append(#history, :entry)`,
        ConditionExpression: '#state IN (:placing, :placed)',
        ExpressionAttributeNames: Object.fromEntries([...names, 'history'].map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(names.map((name) => [`:${name}`, values[name]])),
          ...{ ':placing': 'placing', ':placed': 'placed' },
          ':entry': [
            {
              ...{ state, at, by },
              ...(byName !== undefined && { byName }),
              ...(person !== undefined && { person }),
              reason,
            },
          ],
        },
      },
    };
  };

  return {
    /** Whether there is a hold of that id, and it holds. */
    async isActive(holdId: string): Promise<boolean> {
      const hold = await holdOf(dynamodb, TableName)(holdId);
      return hold !== undefined && isActive(hold);
    },

    /** Places the hold of a dispute, which there must not be yet. */
    place(holdId: string, disputeId: string, { at, by, byName, person }: HoldChangedBy): TransactItem {
      const reason = `the dispute ${disputeId}`;
      const hold: StoredHold = {
        ...{ holdId, on: { disputeId }, reason, placedAt: at, placedBy: by },
        ...(byName !== undefined && { placedByName: byName }),
        ...(person !== undefined && { placedByPerson: person }),
        ...{ state: 'placing', stateSince: at },
        history: [
          {
            ...{ state: 'placing', at, by },
            ...(byName !== undefined && { byName }),
            ...(person !== undefined && { person }),
            reason,
          },
        ],
      };
      const Item = { ...hold, ...holdKey(holdId), work: holdWorkOf(hold.state), dueAt: at };
      return { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(subject)' } };
    },

    /** Lets a hold that holds be placed anew: it has another call to reach. */
    extend: (holdId: string, who: HoldChangedBy): TransactItem =>
      entering(holdId, 'placing', who, 'another call was taken in'),

    /** Notes that a hold is to reach a call, which its item tells already. */
    reach: (holdId: string, callId: string): TransactItem => ({
      Put: { TableName, Item: { ...foundKey(holdId, callId), callId } },
    }),

    /** Releases a hold that holds. */
    release: (holdId: string, who: HoldChangedBy, reason: string): TransactItem =>
      entering(holdId, 'releasing', who, reason, {
        ...{ releasedAt: who.at, releasedBy: who.by, releasedByName: who.byName, releasedByPerson: who.person },
        releaseReason: reason,
      }),
  };
}
export type DisputeHolds = ReturnType<typeof disputeHolds>;
