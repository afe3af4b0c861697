import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';

/**
 * Whether recordings that come now may ask Transcribe at once. It is closed while Transcribe takes no more jobs: then
 * what comes queues behind what waits, and only the start of queued calls asks.
 */
export function gate(dynamodb: DynamoDBDocumentClient, tableName: string) {
  const Key = { subject: 'transcription', part: 'gate' };
  const set = async (closed: boolean) => {
    await dynamodb.send(new PutCommand({ TableName: tableName, Item: { ...Key, closed } }));
  };
  return {
    /** Whether it is closed; it is open before it was ever closed. */
    async isClosed(): Promise<boolean> {
      const { Item } = await dynamodb.send(new GetCommand({ TableName: tableName, Key }));
      return Item?.closed === true;
    },
    close: () => set(true),
    open: () => set(false),
  };
}
export type Gate = ReturnType<typeof gate>;
