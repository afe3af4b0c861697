import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { StoredHold } from './hold.ts';
import { holdKey } from './hold-key.ts';

/** Reads legal holds of the table; undefined where there is none of that id, or no longer. */
export const holdOf =
  (dynamodb: DynamoDBDocumentClient, TableName: string) =>
  async (holdId: string): Promise<StoredHold | undefined> => {
    const { Item } = await dynamodb.send(new GetCommand({ TableName, Key: holdKey(holdId), ConsistentRead: true }));
    return Item && StoredHold.parse(Item);
  };
