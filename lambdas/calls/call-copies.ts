import { DeleteCommand, type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Key } from '../platform/cursor.ts';
import type { Copy, CopyStore, ItemCopy } from '../retention/retention.ts';
import type { Call } from './call.ts';
import { callSubject, holdPart, momentPart, taggingParts } from './call-table.ts';

/** What the copies of calls are found by. */
export interface CallCopiesNeeds {
  readonly dynamodb: DynamoDBDocumentClient;
  readonly tableName: string;
}

/** The items of a call in the table, by what they are. */
const parts = [
  { name: 'moments', part: momentPart() },
  { name: 'taggings', part: taggingParts },
  { name: 'holds', part: holdPart() },
] as const;

/**
 * What is kept of a call in its own partition of the table. The call's item is not among it: it is what all of this is
 * found by, and goes last, when nothing else is left.
 */
export function callCopies({ dynamodb, tableName }: CallCopiesNeeds): CopyStore[] {
  const itemsOf = async (call: Call, part: string, kind: string): Promise<ItemCopy[]> => {
    const { subject } = callSubject(call.callId);
    const found: ItemCopy[] = [];
    let ExclusiveStartKey: Key | undefined;
    do {
      const page = await dynamodb.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'subject = :subject AND begins_with(part, :part)',
          ExpressionAttributeValues: { ':subject': subject, ':part': part },
          ConsistentRead: true,
          ExclusiveStartKey,
        }),
      );
      found.push(
        ...(page.Items ?? []).map((item) => ({ of: 'item' as const, kind, subject, part: String(item.part) })),
      );
      ExclusiveStartKey = page.LastEvaluatedKey as Key | undefined;
    } while (ExclusiveStartKey);
    return found;
  };

  return parts.map(({ name, part }) => ({
    name,
    where: { items: part },
    findsByCallId: true as const,
    find: (call) => itemsOf(call, part, name),
    async remove(copy: Copy) {
      if (copy.of !== 'item') throw new TypeError(`${name}: ${copy.of} is no item`);
      const { subject, part } = copy;
      await dynamodb.send(new DeleteCommand({ TableName: tableName, Key: { subject, part } }));
      return { outcome: 'removed' };
    },
  }));
}
