import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { TransactItem } from '../calls/calls.ts';
import { isAwsError } from '../platform/errors.ts';

/** What a write of an item is on the condition of: that it is as it was read, by its `version`; of a new one, that there is none. */
export const asRead = (before: { readonly version: number } | undefined) =>
  before
    ? {
        ConditionExpression: '#version = :read',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':read': before.version },
      }
    : { ConditionExpression: 'attribute_not_exists(subject)' };

/** So often are items written anew where others write the same ones at once. */
const ATTEMPTS = 10;

const jitter = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(200, 5 * 2 ** attempt)));

/**
 * Writes items in one transaction, which is made again where others write the same items just then.
 *
 * @param pause waits before an attempt is made again. @default some milliseconds, more with each attempt
 * @returns nothing where they are written; else of each item whether its condition refused it
 * @throws TransactionCanceledException where others were in the way again and again
 */
export async function transact(
  dynamodb: DynamoDBDocumentClient,
  TransactItems: TransactItem[],
  pause = jitter,
): Promise<boolean[] | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      await dynamodb.send(new TransactWriteCommand({ TransactItems }));
      return undefined;
    } catch (error) {
      if (!isAwsError(error, 'TransactionCanceledException')) throw error;
      const { CancellationReasons: reasons = [] } = error as { CancellationReasons?: { Code?: string }[] };
      const refused = reasons.map(({ Code }) => Code === 'ConditionalCheckFailed');
      if (refused.includes(true)) return refused;
      if (attempt === ATTEMPTS) throw error;
    }
    await pause(attempt);
  }
}

/** Writes items in one transaction, as {@link transact} does; false where the condition of one of them refused it. */
export const transacted = async (dynamodb: DynamoDBDocumentClient, items: TransactItem[]): Promise<boolean> =>
  (await transact(dynamodb, items)) === undefined;
