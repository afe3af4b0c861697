import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { indexes, type TransactItem } from '../../calls/calls.ts';
import { DAY_MS, plusMs } from '../../platform/clock.ts';
import type { Key, Page, PageRequest } from '../../platform/cursor.ts';
import { isAwsError } from '../../platform/errors.ts';
import { queryAll, queryPages, timesOf } from '../../platform/query-pages.ts';
import { type ErasureState, type KeptPackage, StoredErasure } from './erasure.ts';
import { CALL, callKey, countingOf, customerKey, erasureArrivals, erasureKey, subjectOf } from './erasure-arrivals.ts';
import { ErasureCall, type ErasureOutcome } from './erasure-outcome.ts';

/** The partition of `work-by-state` in which erasures of a state are, by when they were opened. */
const workOf = (state: ErasureState): string => `erasure-${state}`;

/**
 * Erasures in the table, with what became of each of their calls. The counts of calls are on the erasure's own item and
 * change in one transaction with the call: what it says of itself is never half true, and it is done at one moment.
 *
 * @param keepDays so long is kept what is told of an erasure when it is done, and of a call when it is erased
 */
export function erasureStore(dynamodb: DynamoDBDocumentClient, TableName: string, keepDays: number) {
  const ttlAt = (now: string): number => Math.ceil(Date.parse(plusMs(now, keepDays * DAY_MS)) / 1000);
  const transact = (TransactItems: TransactItem[]) => dynamodb.send(new TransactWriteCommand({ TransactItems }));

  const get = async (erasureId: string): Promise<StoredErasure | undefined> => {
    const { Item } = await dynamodb.send(
      new GetCommand({ TableName, Key: erasureKey(erasureId), ConsistentRead: true }),
    );
    return Item && StoredErasure.parse(Item);
  };

  return {
    /** Stores a new erasure; false where its customer has one already that is not done. */
    async open(erasure: StoredErasure & { readonly customerId: string }): Promise<boolean> {
      const { erasureId, customerId, openedAt, state } = erasure;
      const ConditionExpression = 'attribute_not_exists(subject)';
      const item = { ...erasure, ...erasureKey(erasureId), work: workOf(state), dueAt: openedAt };
      try {
        await transact([
          { Put: { TableName, Item: item, ConditionExpression } },
          { Put: { TableName, Item: { ...customerKey(customerId), erasureId }, ConditionExpression } },
        ]);
        return true;
      } catch (error) {
        if (isAwsError(error, 'TransactionCanceledException')) return false;
        throw error;
      }
    },

    /** An erasure, as it stands now. */
    get,

    ...erasureArrivals(dynamodb, TableName),

    /**
     * Notes what became of a call of an erasure.
     *
     * @param before as it was read
     * @returns false where it changed meanwhile: read it again
     */
    async settle(erasureId: string, before: ErasureCall, after: ErasureCall): Promise<boolean> {
      const ends = after.outcome === 'erased' || after.outcome === 'gone';
      const put = {
        TableName,
        Item: { ...after, ...callKey(erasureId, after.callId), ...(ends && { ttl: ttlAt(after.at) }) },
        ConditionExpression: '#outcome = :before AND #at = :at',
        ExpressionAttributeNames: { '#outcome': 'outcome', '#at': 'at' },
        ExpressionAttributeValues: { ':before': before.outcome, ':at': before.at },
      };
      const moved: [ErasureOutcome | 'copies', number][] =
        before.outcome === after.outcome
          ? []
          : [
              [before.outcome, -1],
              [after.outcome, 1],
            ];
      if (after.receipt && before.outcome !== after.outcome) moved.push(['copies', after.receipt.copies]);
      try {
        if (moved.length === 0) await dynamodb.send(new PutCommand(put));
        else await transact([{ Put: put }, countingOf(TableName, erasureId, moved)]);
        return true;
      } catch (error) {
        if (isAwsError(error, 'TransactionCanceledException', 'ConditionalCheckFailedException')) return false;
        throw error;
      }
    },

    /** Notes that all calls that there were have been found. */
    async setAllFound(erasureId: string): Promise<void> {
      await dynamodb.send(
        new UpdateCommand({
          TableName,
          Key: erasureKey(erasureId),
          UpdateExpression: 'SET #allFound = :true',
          ConditionExpression: 'attribute_exists(subject)',
          ExpressionAttributeNames: { '#allFound': 'allFound' },
          ExpressionAttributeValues: { ':true': true },
        }),
      );
    },

    /** Notes evidence packages that the erasure leaves. */
    async notePackages(erasureId: string, packages: readonly KeptPackage[]): Promise<void> {
      await dynamodb.send(
        new UpdateCommand({
          TableName,
          Key: erasureKey(erasureId),
          UpdateExpression: 'SET #packages = list_append(if_not_exists(#packages, :none), :packages)',
          ConditionExpression: 'attribute_exists(subject)',
          ExpressionAttributeNames: { '#packages': 'packages' },
          ExpressionAttributeValues: { ':none': [], ':packages': packages },
        }),
      );
    },

    /**
     * Moves an erasure to another state, if its counts are as they were read. When it is done, the customer's id goes with it.
     *
     * @param sources those of its calls, when it is done
     * @returns false where it changed meanwhile
     */
    async enter(
      erasure: StoredErasure,
      state: ErasureState,
      now: string,
      sources: readonly string[] = [],
    ): Promise<boolean> {
      const { erasureId, customerId } = erasure;
      const isDone = state === 'done';
      const update: TransactItem = {
        Update: {
          TableName,
          Key: erasureKey(erasureId),
          UpdateExpression: `SET #state = :state, #since = :now, #work = :work${isDone ? ', #ttl = :ttl, #sources = :sources REMOVE #customerId' : ''}`,
          ConditionExpression: '#state = :was AND #open = :open AND #kept = :kept',
          ExpressionAttributeNames: {
            ...{ '#state': 'state', '#since': 'stateSince', '#work': 'work', '#open': 'open', '#kept': 'kept' },
            ...(isDone && { '#ttl': 'ttl', '#sources': 'sources', '#customerId': 'customerId' }),
          },
          ExpressionAttributeValues: {
            ...{ ':state': state, ':now': now, ':work': workOf(state), ':was': erasure.state },
            ...{ ':open': erasure.open, ':kept': erasure.kept },
            ...(isDone && { ':ttl': ttlAt(now), ':sources': sources }),
          },
        },
      };
      const leave: TransactItem[] =
        isDone && customerId !== undefined ? [{ Delete: { TableName, Key: customerKey(customerId) } }] : [];
      try {
        await transact([update, ...leave]);
        return true;
      } catch (error) {
        if (isAwsError(error, 'TransactionCanceledException')) return false;
        throw error;
      }
    },

    /** All calls of an erasure, in order of their ids. */
    async allCalls(erasureId: string): Promise<ErasureCall[]> {
      const subject = subjectOf(erasureId);
      const items = await queryAll(dynamodb, { tableName: TableName, subject, beginsWith: CALL, consistent: true });
      return items.map((item) => ErasureCall.parse(item));
    },

    /** Some of the calls of an erasure, behind `after`, in order of their ids. */
    async callsBehind(erasureId: string, limit: number, after: Key | undefined) {
      const { Items = [], LastEvaluatedKey } = await dynamodb.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'subject = :subject AND begins_with(part, :part)',
          ExpressionAttributeValues: { ':subject': subjectOf(erasureId), ':part': CALL },
          ConsistentRead: true,
          Limit: limit,
          ExclusiveStartKey: after,
        }),
      );
      return { calls: Items.map((item) => ErasureCall.parse(item)), next: LastEvaluatedKey as Key | undefined };
    },

    /** The calls of an erasure, in order of their ids. */
    callsOf(erasureId: string, request: PageRequest): Promise<Page<ErasureCall>> {
      const listed = { tableName: TableName, groups: [[subjectOf(erasureId)]], sortKeys: { beginsWith: CALL } };
      return queryPages(dynamodb, listed, request, (item) => ErasureCall.parse(item));
    },

    /** Erasures in some states, in order of when they were opened. */
    list(states: readonly ErasureState[], request: PageRequest): Promise<Page<StoredErasure>> {
      const index = { name: 'work-by-state', ...indexes['work-by-state'] };
      const listed = { tableName: TableName, index, groups: [states.map(workOf)], sortKeys: timesOf(request) };
      return queryPages(dynamodb, listed, request, (item) => StoredErasure.parse(item));
    },
  };
}
export type ErasureStore = ReturnType<typeof erasureStore>;
