import * as z from 'zod';
import type { TransactItem } from '../platform/job-store.ts';
import type { Call } from './call.ts';
import { callSubject, holdPart } from './call-table.ts';

/** A legal hold of a call: since when it holds the call, and until when it did. */
export const CallHold = z.object({
  holdId: z.string(),
  heldAt: z.iso.datetime(),
  releasedAt: z.iso.datetime().optional(),
});
export type CallHold = z.infer<typeof CallHold>;

/** A hold that is to hold a call, or no longer. */
export type HoldChange = { readonly add: string } | { readonly remove: string };

/** The holds of a call as a change leaves them; the same list where it changes nothing. */
export function holdsAfter(holds: readonly string[], change: HoldChange): readonly string[] {
  if ('add' in change) return holds.includes(change.add) ? holds : [...holds, change.add];
  return holds.includes(change.remove) ? holds.filter((one) => one !== change.remove) : holds;
}

/**
 * The transaction that changes the holds of a call, as they were read. A call that is being deleted is held no more: it is
 * on this one item that a hold and a deletion meet, and one of them comes first.
 */
export function changeHolds(TableName: string, call: Call, change: HoldChange, now: string): TransactItem[] {
  const { subject, part } = callSubject(call.callId);
  const before = call.holds ?? [];
  const after = holdsAfter(before, change);
  const isAdded = 'add' in change;
  const holdId = isAdded ? change.add : change.remove;
  const conditions = [
    'attribute_exists(#state)',
    before.length > 0 ? '#holds = :before' : 'attribute_not_exists(#holds)',
    ...(isAdded ? ['#state <> :deleting'] : []),
  ];
  return [
    {
      Update: {
        TableName,
        Key: { subject, part },
        UpdateExpression: after.length > 0 ? 'SET #holds = :after' : 'REMOVE #holds',
        ConditionExpression: conditions.join(' AND '),
        ExpressionAttributeNames: { '#state': 'state', '#holds': 'holds' },
        ...valuesOf({
          ...(after.length > 0 && { ':after': after }),
          ...(before.length > 0 && { ':before': before }),
          ...(isAdded && { ':deleting': 'deleting' }),
        }),
      },
    },
    {
      Update: {
        TableName,
        Key: { subject, part: holdPart(holdId) },
        UpdateExpression: isAdded
          ? 'SET #holdId = :holdId, #heldAt = :now REMOVE #releasedAt'
          : 'SET #holdId = :holdId, #releasedAt = :now',
        ExpressionAttributeNames: {
          '#holdId': 'holdId',
          '#releasedAt': 'releasedAt',
          ...(isAdded && { '#heldAt': 'heldAt' }),
        },
        ExpressionAttributeValues: { ':holdId': holdId, ':now': now },
      },
    },
  ];
}

/** DynamoDB refuses values where there are none. */
const valuesOf = (values: Record<string, unknown>) =>
  Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {};
