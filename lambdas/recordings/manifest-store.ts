import { BatchWriteCommand, type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { DAY_MS } from '../platform/clock.ts';

/** What a manifest says of one recording: its row, by column. */
export const ManifestRow = z.record(z.string(), z.string());
export type ManifestRow = z.infer<typeof ManifestRow>;

/**
 * A row waits so long for its recording. It holds a customer's data, and goes by itself; the manifest that it came from goes
 * then, too: it serves no more.
 */
export const MANIFEST_MS = 30 * DAY_MS;

/** DynamoDB takes at most so many items in one request. Source: DynamoDB API Reference, BatchWriteItem. */
const BATCH = 25;

/** The key of the row for the recording of that key. */
export const manifestRowKey = (bucket: string, key: string) => ({ subject: `manifest#${bucket}/${key}`, part: 'row' });

/** The rows of manifests, in the table, until their recordings come. */
export function manifestStore(dynamodb: DynamoDBDocumentClient, tableName: string) {
  return {
    /** Keeps rows by the key of their recording; a later row for the same key replaces an earlier one. */
    async put(
      bucket: string,
      rows: readonly { readonly key: string; readonly row: ManifestRow }[],
      now: string,
    ): Promise<void> {
      const ttl = Math.floor((Date.parse(now) + MANIFEST_MS) / 1000);
      // One request cannot write an item twice: the last row for a key counts.
      const items = [
        ...new Map(rows.map(({ key, row }) => [key, { ...manifestRowKey(bucket, key), row, ttl }])).values(),
      ];
      for (let first = 0; first < items.length; first += BATCH) {
        let requests = items.slice(first, first + BATCH).map((Item) => ({ PutRequest: { Item } }));
        while (requests.length > 0) {
          const { UnprocessedItems } = await dynamodb.send(
            new BatchWriteCommand({ RequestItems: { [tableName]: requests } }),
          );
          requests = (UnprocessedItems?.[tableName] ?? []) as typeof requests;
        }
      }
    },

    /** The row for a recording, where a manifest had one. */
    async get(bucket: string, key: string): Promise<ManifestRow | undefined> {
      const { Item } = await dynamodb.send(
        new GetCommand({ TableName: tableName, Key: manifestRowKey(bucket, key), ConsistentRead: true }),
      );
      return Item && ManifestRow.parse(Item.row);
    },
  };
}
export type ManifestStore = ReturnType<typeof manifestStore>;
