import { type DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Call, TransactItem } from '../../calls/calls.ts';
import { type Clock, iso } from '../../platform/clock.ts';
import { isAwsError } from '../../platform/errors.ts';
import type { EraseCallMessage } from './erasure.ts';
import { ErasureCall } from './erasure-outcome.ts';

/** What the sort keys of the calls of an erasure begin with. */
export const CALL = 'call#';

/** The partition of everything of an erasure. */
export const subjectOf = (erasureId: string): string => `erasure#${erasureId}`;

/** The key of an erasure's own item. */
export const erasureKey = (erasureId: string) => ({ subject: subjectOf(erasureId), part: 'erasure' });

/** The key of a call of an erasure. */
export const callKey = (erasureId: string, callId: string) => ({
  subject: subjectOf(erasureId),
  part: `${CALL}${callId}`,
});

/** The key by which the erasure of a customer that is not done is found. */
export const customerKey = (customerId: string) => ({ subject: `customer#${customerId}`, part: 'erasure' });

/** The update of an erasure's counts. An erasure that is done takes no more calls. */
export const countingOf = (
  TableName: string,
  erasureId: string,
  counts: readonly (readonly [string, number])[],
): TransactItem => ({
  Update: {
    TableName,
    Key: erasureKey(erasureId),
    UpdateExpression: `ADD ${counts.map((_, i) => `#c${i} :c${i}`).join(', ')}`,
    ConditionExpression: '#state <> :done',
    ExpressionAttributeNames: { '#state': 'state', ...Object.fromEntries(counts.map(([name], i) => [`#c${i}`, name])) },
    ExpressionAttributeValues: {
      ':done': 'done',
      ...Object.fromEntries(counts.map(([, count], i) => [`:c${i}`, count])),
    },
  },
});

/** So often is a write tried again where others write beside it: then the message comes again later. */
const ATTEMPTS = 8;

/** The erasures of customers, as whoever takes up a call asks for them. */
export function erasureArrivals(dynamodb: DynamoDBDocumentClient, TableName: string) {
  const itemAt = async (Key: { subject: string; part: string }): Promise<Record<string, unknown> | undefined> =>
    (await dynamodb.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;

  return {
    /** The id of the erasure of a customer that is not done. Who stores a call of a customer asks after it has. */
    async ofCustomer(customerId: string): Promise<string | undefined> {
      const item = await itemAt(customerKey(customerId));
      return item && String(item.erasureId);
    },

    /**
     * Notes a call of an erasure, which is open from then on; one that was noted stays as it is.
     *
     * @returns what is noted of it; undefined where the erasure is done
     */
    async found(erasureId: string, callId: string, at: string): Promise<ErasureCall | undefined> {
      const noted: ErasureCall = { callId, outcome: 'open', at };
      const key = callKey(erasureId, callId);
      for (let attempt = 1; ; attempt++) {
        const before = await itemAt(key);
        if (before) return ErasureCall.parse(before);
        const erasure = await itemAt(erasureKey(erasureId));
        if (!erasure || erasure.state === 'done') return undefined;
        const Put = { TableName, Item: { ...noted, ...key }, ConditionExpression: 'attribute_not_exists(subject)' };
        try {
          const TransactItems = [{ Put }, countingOf(TableName, erasureId, [['open', 1]])];
          await dynamodb.send(new TransactWriteCommand({ TransactItems }));
          return noted;
        } catch (error) {
          if (!isAwsError(error, 'TransactionCanceledException') || attempt === ATTEMPTS) throw error;
        }
      }
    },
  };
}
export type ErasureArrivals = ReturnType<typeof erasureArrivals>;

/** What asking for the erasure of arriving calls needs. */
export interface EraseArrivedNeeds {
  /** The erasures that wait for calls of their customers. */
  readonly erasures: ErasureArrivals;
  /** Asks for calls to be erased. */
  readonly sendErasures: (messages: readonly EraseCallMessage[]) => Promise<void>;
  readonly clock: Clock;
}

/**
 * Gives a call that has just arrived to the erasure of its customer that is not done, if there is one. The call was stored
 * before: an erasure that is opened after that is asked for here finds the call itself; one that is done before the call is
 * given to it has ended before the call came.
 */
export async function eraseArrived(
  { callId, customerId, erasure }: Call,
  { erasures, sendErasures, clock }: EraseArrivedNeeds,
): Promise<void> {
  if (customerId === undefined) return;
  const erasureId = await erasures.ofCustomer(customerId);
  if (erasureId === undefined || erasureId === erasure) return;
  if (await erasures.found(erasureId, callId, iso(clock()))) await sendErasures([{ kind: 'call', erasureId, callId }]);
}
