import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Call } from '../../calls/calls.ts';
import { queryAll } from '../../platform/query-pages.ts';
import type { HoldMessage } from './hold.ts';

/** The key by which a hold is found by a customer whose calls it holds; without a hold, what they all begin with. */
export const customerHoldKey = (customerId: string, holdId = '') => ({
  subject: `customer#${customerId}`,
  part: `hold#${holdId}`,
});

/** The holds of customers, as whoever takes up a call asks for them. */
export function customerHolds(dynamodb: DynamoDBDocumentClient, tableName: string) {
  return {
    /**
     * The ids of all holds that hold the calls of a customer, read consistently. Who stores a call of a customer asks after
     * it has: a hold that is placed in between finds the call itself.
     */
    async of(customerId: string): Promise<string[]> {
      const { subject, part: beginsWith } = customerHoldKey(customerId);
      const items = await queryAll(dynamodb, { tableName, subject, beginsWith, consistent: true });
      return items.map((item) => String(item.holdId));
    },
  };
}
export type CustomerHolds = ReturnType<typeof customerHolds>;

/** What asking for arriving calls to be held needs. */
export interface HoldArrivedNeeds {
  /** The legal holds that wait for calls of their customers. */
  readonly holds: CustomerHolds;
  /** Asks for calls to be held. */
  readonly sendHolds: (messages: readonly HoldMessage[]) => Promise<void>;
}

/**
 * Lets the holds of a customer hold a call that has just arrived. The call was stored before, and is looked for by a hold after
 * that can be found here: one of the two finds the other.
 */
export async function holdArrived(
  { callId, customerId, holds: held = [] }: Call,
  { holds, sendHolds }: HoldArrivedNeeds,
): Promise<void> {
  if (customerId === undefined) return;
  const waiting = (await holds.of(customerId)).filter((holdId) => !held.includes(holdId));
  await sendHolds(waiting.map((holdId) => ({ kind: 'call', holdId, callId })));
}
