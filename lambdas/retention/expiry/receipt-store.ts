import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { monthsOf, receiptKey, type TransactItem } from '../../calls/calls.ts';
import { DAY_MS } from '../../platform/clock.ts';
import type { Page, PageRequest } from '../../platform/cursor.ts';
import { isAwsError } from '../../platform/errors.ts';
import { queryAll, queryPages } from '../../platform/query-pages.ts';
import type { Copy } from './copies.ts';
import { type Receipt, ReceiptCopy, ReceiptSummary, StoredReceipt, toldOf } from './receipt.ts';

/** The receipts of a month are spread over so many partitions. The number is part of the stored keys. */
const SHARDS = 4;

/** What the sort keys of a receipt's copies begin with. */
const COPY = 'copy#';

const shardOf = (callId: string): number =>
  [...callId].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 0) % SHARDS;

/** The partitions in which the receipts of a month (`2026-10`) are listed. */
const monthShards = (month: string): string[] => Array.from({ length: SHARDS }, (_, i) => `receipts#${month}#${i}`);

/** Receipts of deletions, in the table: one partition each, and a list by month. All of it has a time to live. */
export function receiptStore(dynamodb: DynamoDBDocumentClient, tableName: string, keepDays: number) {
  const TableName = tableName;
  const ttlAt = (now: string): number => Math.ceil((Date.parse(now) + keepDays * DAY_MS) / 1000);

  const copyKey = (callId: string, id: string) => ({ subject: receiptKey(callId).subject, part: `${COPY}${id}` });

  const itemsOf = (callId: string): Promise<Record<string, unknown>[]> =>
    queryAll(dynamodb, { tableName, subject: receiptKey(callId).subject, consistent: true });

  /** Puts an item; one that is there stays as it is. */
  const putNew = async (Item: Record<string, unknown>): Promise<void> => {
    try {
      await dynamodb.send(new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(subject)' }));
    } catch (error) {
      if (!isAwsError(error, 'ConditionalCheckFailedException')) throw error;
    }
  };

  const markRemoved = async (Key: { subject: string; part: string }, now: string): Promise<void> => {
    await dynamodb.send(
      new UpdateCommand({
        TableName,
        Key,
        UpdateExpression: 'SET #outcome = :removed, #removedAt = :now REMOVE #lockedUntil',
        ConditionExpression: 'attribute_exists(subject)',
        ExpressionAttributeNames: { '#outcome': 'outcome', '#removedAt': 'removedAt', '#lockedUntil': 'lockedUntil' },
        ExpressionAttributeValues: { ':removed': 'removed', ':now': now },
      }),
    );
  };

  return {
    /** Begins the receipt of a call that is being deleted; one that was begun stays as it is. */
    async begin(receipt: StoredReceipt, now: string): Promise<void> {
      await putNew({ ...receipt, ...receiptKey(receipt.callId), ttl: ttlAt(now) });
    },

    /** What is stored of a receipt, without its copies. */
    async get(callId: string): Promise<StoredReceipt | undefined> {
      const { Item } = await dynamodb.send(
        new GetCommand({ TableName, Key: receiptKey(callId), ConsistentRead: true }),
      );
      return Item && StoredReceipt.parse(Item);
    },

    /** Notes copies before they are removed: of items of the table how many, of others each with its hash. */
    async note(
      callId: string,
      copies: readonly Copy[],
      hashOf: (copy: Copy) => Promise<string | undefined>,
      now: string,
    ): Promise<void> {
      const ttl = ttlAt(now);
      const counts = new Map<string, number>();
      for (const copy of copies) {
        const { id, told } = toldOf(copy);
        if (copy.of === 'item') {
          counts.set(id, (counts.get(id) ?? 0) + 1);
          continue;
        }
        const sha256 = await hashOf(copy);
        const noted: ReceiptCopy = { ...told, sha256, outcome: 'noted', notedAt: now };
        await putNew({ ...noted, ttl, ...copyKey(callId, id) });
      }
      for (const [id, items] of counts) {
        const noted: ReceiptCopy = { kind: id.slice(0, id.indexOf('#')), items, outcome: 'noted', notedAt: now };
        // After a crash there are fewer left than there were: the first count is the one to tell.
        await putNew({ ...noted, ttl, ...copyKey(callId, id) });
      }
    },

    /** Notes what became of a copy. */
    async settle(
      callId: string,
      copy: Copy,
      { outcome, until }: { readonly outcome: 'removed' | 'locked'; readonly until?: string },
      now: string,
    ): Promise<void> {
      const Key = copyKey(callId, toldOf(copy).id);
      if (outcome === 'removed') return markRemoved(Key, now);
      await dynamodb.send(
        new UpdateCommand({
          TableName,
          Key,
          UpdateExpression: `SET #outcome = :outcome${until === undefined ? ' REMOVE #lockedUntil' : ', #lockedUntil = :until'}`,
          ConditionExpression: 'attribute_exists(subject)',
          ExpressionAttributeNames: { '#outcome': 'outcome', '#lockedUntil': 'lockedUntil' },
          ExpressionAttributeValues: { ':outcome': outcome, ...(until !== undefined && { ':until': until }) },
        }),
      );
    },

    /**
     * Notes of every copy that it was removed: of those, too, whose removal was followed by a crash. To be asked when none is
     * found any more.
     */
    async settleAll(callId: string, now: string): Promise<void> {
      for (const { subject, part, outcome } of await itemsOf(callId)) {
        if (String(part).startsWith(COPY) && outcome !== 'removed')
          await markRemoved({ subject: String(subject), part: String(part) }, now);
      }
    },

    /** What to write in one transaction with the removal of the call's item: that nothing is left of it. */
    conclusion(receipt: StoredReceipt, now: string): TransactItem[] {
      const { callId } = receipt;
      const deleted: ReceiptSummary = ReceiptSummary.parse({ ...receipt, deletedAt: now });
      const [ttl, shard] = [ttlAt(now), shardOf(callId)];
      return [
        {
          Update: {
            TableName,
            Key: receiptKey(callId),
            UpdateExpression: 'SET #deletedAt = :now, #ttl = :ttl',
            ConditionExpression: 'attribute_exists(subject)',
            ExpressionAttributeNames: { '#deletedAt': 'deletedAt', '#ttl': 'ttl' },
            ExpressionAttributeValues: { ':now': now, ':ttl': ttl },
          },
        },
        {
          Put: {
            TableName,
            Item: { ...deleted, subject: monthShards(now.slice(0, 7))[shard], part: `${now}#${callId}`, ttl },
          },
        },
      ];
    },

    /** Takes back the receipt of a call of which nothing was deleted. */
    async discard(callId: string): Promise<void> {
      const items = await itemsOf(callId);
      // Its head last: without it, nobody would find the rest again.
      for (const { subject, part } of items.toSorted((a, b) => (String(a.part) < String(b.part) ? -1 : 1)))
        await dynamodb.send(new DeleteCommand({ TableName, Key: { subject, part } }));
    },

    /** A receipt with all copies that it tells of. */
    async whole(callId: string): Promise<Receipt | undefined> {
      const items = await itemsOf(callId);
      const head = items.find((item) => item.part === receiptKey(callId).part);
      if (!head) return undefined;
      const copies = items.filter((item) => String(item.part).startsWith(COPY)).map((item) => ReceiptCopy.parse(item));
      const { attempt: _attempt, job: _job, ...receipt } = StoredReceipt.parse(head);
      return { ...receipt, copies };
    },

    /** The deletions of a period, in order. */
    list(request: PageRequest): Promise<Page<ReceiptSummary>> {
      const { from, to, order } = request;
      const months = monthsOf(from, to).map(monthShards);
      const groups = order === 'oldest-first' ? months : months.toReversed();
      // A part goes on behind its time: none of `to` itself is included.
      const listed = { tableName: TableName, groups, sortKeys: { from, to } };
      return queryPages(dynamodb, listed, request, (item) => ReceiptSummary.parse(item));
    },
  };
}
export type ReceiptStore = ReturnType<typeof receiptStore>;
