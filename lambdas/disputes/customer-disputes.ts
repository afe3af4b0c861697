import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { disputeStore } from './dispute-store.ts';
import { isLocked } from './evidence/evidence-package.ts';

/** An evidence package that Object Lock keeps, whatever is erased. */
export interface KeptPackage {
  readonly disputeId: string;
  readonly number: number;
  readonly lockedUntil: string;
}

/** The disputes of customers, as an erasure goes by them. */
export function customerDisputes(dynamodb: DynamoDBDocumentClient, tableName: string) {
  const disputes = disputeStore(dynamodb, tableName);
  return {
    /** The ids of the disputes of a customer that keep it from being erased: those that are not closed. */
    async left(customerId: string): Promise<string[]> {
      const all = await disputes.allOf(customerId);
      return all.filter(({ state }) => state !== 'closed').map(({ disputeId }) => disputeId);
    },

    /** The evidence packages of a customer that stay where their disputes are deleted. */
    async packages(customerId: string, now: string): Promise<KeptPackage[]> {
      const kept: KeptPackage[] = [];
      for (const { disputeId } of await disputes.allOf(customerId))
        for (const one of await disputes.packages(disputeId))
          if (one.file && isLocked(one, now))
            kept.push({ disputeId, number: one.number, lockedUntil: one.file.lockedUntil });
      return kept;
    },

    /**
     * Deletes the disputes of a customer that are closed.
     *
     * @returns the ids of those that are left
     */
    async erase(customerId: string, now: string): Promise<string[]> {
      const left: string[] = [];
      for (const { disputeId } of await disputes.allOf(customerId)) {
        if (!(await disputes.remove(disputeId, now))) left.push(disputeId);
      }
      return left;
    },
  };
}
export type CustomerDisputes = ReturnType<typeof customerDisputes>;
