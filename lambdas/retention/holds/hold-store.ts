import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { indexes, type TransactItem } from '../../calls/calls.ts';
import type { Key, Page, PageRequest } from '../../platform/cursor.ts';
import { isAwsError } from '../../platform/errors.ts';
import { queryAll, queryPages, timesOf } from '../../platform/query-pages.ts';
import { customerHoldKey } from './customer-holds.ts';
import {
  HeldCall,
  type HeldCallCounts,
  type HeldCallState,
  type HoldChain,
  type HoldState,
  StoredHold,
} from './hold.ts';
import { FOUND, foundKey, holdKey, holdSubject, holdWorkOf, REACHED, TODO } from './hold-key.ts';
import { holdOf } from './hold-of.ts';

/** Counts are spread over so many items. */
const SHARDS = 8;

/** So often is what became of a call written again, where others write beside it: then the message comes again later. */
const ATTEMPTS = 8;

const reachedKey = (holdId: string, callId: string) => ({ subject: holdSubject(holdId), part: `${REACHED}${callId}` });

const chainKey = (holdId: string, state: HoldState, chain: HoldChain) => ({
  subject: holdSubject(holdId),
  part: `${TODO}chain#${state}#${JSON.stringify(chain)}`,
});

const shardOf = (callId: string): number =>
  [...callId].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 7) % SHARDS;

/** Legal holds in the table: what they are, which calls they reached, and what they have left to do. */
export function holdStore(dynamodb: DynamoDBDocumentClient, tableName: string) {
  const TableName = tableName;
  const transact = (TransactItems: TransactItem[]) => dynamodb.send(new TransactWriteCommand({ TransactItems }));
  const put = (Item: Record<string, unknown>) => dynamodb.send(new PutCommand({ TableName, Item }));
  const remove = (Key: { subject: string; part: string }) => dynamodb.send(new DeleteCommand({ TableName, Key }));

  const get = holdOf(dynamodb, tableName);

  const partition = (holdId: string) => ({ tableName, subject: holdSubject(holdId), consistent: true });

  const some = async (holdId: string, prefix: string, Limit: number, after?: Key) => {
    const { Items = [], LastEvaluatedKey } = await dynamodb.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'subject = :subject AND begins_with(part, :part)',
        ExpressionAttributeValues: { ':subject': holdSubject(holdId), ':part': prefix },
        ExclusiveStartKey: after,
        ConsistentRead: true,
        Limit,
      }),
    );
    return { items: Items, next: LastEvaluatedKey as Key | undefined };
  };

  const callIdsBelow = async (holdId: string, prefix: string, limit: number, after: Key | undefined) => {
    const { items, next } = await some(holdId, prefix, limit, after);
    return { callIds: items.map((item) => String(item.callId)), next };
  };

  const settleAttempt = async (
    holdId: string,
    { callId, state, at }: HeldCall,
    ttl: number | undefined,
    attempt: number,
  ): Promise<boolean> => {
    const Key = reachedKey(holdId, callId);
    const { Item } = await dynamodb.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    const before = Item && HeldCall.parse(Item).state;
    if (before === state) return true;
    const counts = [[state, 1] as const, ...(before ? [[before, -1] as const] : [])];
    try {
      await transact([
        {
          Put: {
            TableName,
            Item: { ...Key, callId, state, at, ...(ttl !== undefined && { ttl }) },
            ...(before
              ? {
                  ConditionExpression: '#state = :before',
                  ExpressionAttributeNames: { '#state': 'state' },
                  ExpressionAttributeValues: { ':before': before },
                }
              : { ConditionExpression: 'attribute_not_exists(subject)' }),
          },
        },
        {
          Update: {
            TableName,
            // Where many write to one count at once, DynamoDB refuses some: each attempt writes to another.
            Key: { subject: holdSubject(holdId), part: `count#${(shardOf(callId) + attempt) % SHARDS}` },
            UpdateExpression: `ADD ${counts.map((_, i) => `#c${i} :c${i}`).join(', ')}`,
            ExpressionAttributeNames: Object.fromEntries(counts.map(([name], i) => [`#c${i}`, name])),
            ExpressionAttributeValues: Object.fromEntries(counts.map(([, count], i) => [`:c${i}`, count])),
          },
        },
      ]);
      return true;
    } catch (error) {
      if (isAwsError(error, 'TransactionCanceledException')) return false;
      throw error;
    }
  };

  return {
    /** Stores a new hold; false where there is one of that id already. */
    async create(hold: StoredHold): Promise<boolean> {
      try {
        await dynamodb.send(
          new PutCommand({
            TableName,
            Item: { ...hold, ...holdKey(hold.holdId), work: holdWorkOf(hold.state), dueAt: hold.placedAt },
            ConditionExpression: 'attribute_not_exists(subject)',
          }),
        );
        return true;
      } catch (error) {
        if (isAwsError(error, 'ConditionalCheckFailedException')) return false;
        throw error;
      }
    },

    /** A hold, as it stands now. */
    get,

    /**
     * Moves a hold from the state in which it was read into another.
     *
     * @param entry what its history tells of it, with what else changes
     * @returns false where it left that state meanwhile
     */
    async enter(
      hold: StoredHold,
      entry: StoredHold['history'][number],
      changes: Partial<
        Pick<StoredHold, 'releasedAt' | 'releasedBy' | 'releasedByName' | 'releasedByPerson' | 'releaseReason' | 'ttl'>
      > = {},
    ): Promise<boolean> {
      const { state, at } = entry;
      const values: Record<string, unknown> = { ...changes, state, stateSince: at, work: holdWorkOf(state) };
      const names = Object.keys(values).filter((name) => values[name] !== undefined);
      try {
        await dynamodb.send(
          new UpdateCommand({
            TableName,
            Key: holdKey(hold.holdId),
            UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}, #history = list_append(#history, :entry)`,
            // Its state may have been entered anew, with something else to do.
            ConditionExpression: '#state = :from AND #stateSince = :since',
            ExpressionAttributeNames: Object.fromEntries([...names, 'history'].map((name) => [`#${name}`, name])),
            ExpressionAttributeValues: {
              ...Object.fromEntries(names.map((name) => [`:${name}`, values[name]])),
              ':entry': [entry],
              ':from': hold.state,
              ':since': hold.stateSince,
            },
          }),
        );
        return true;
      } catch (error) {
        if (isAwsError(error, 'ConditionalCheckFailedException')) return false;
        throw error;
      }
    },

    /** Notes where the calls of a hold are looked for in its state; all of it is left to do from then on. */
    async begin({ holdId, state }: StoredHold, chains: readonly HoldChain[]): Promise<void> {
      for (const chain of chains) await put({ ...chainKey(holdId, state, chain) });
      await dynamodb
        .send(
          new UpdateCommand({
            TableName,
            Key: holdKey(holdId),
            UpdateExpression: 'SET #begunFor = :state',
            ConditionExpression: '#state = :state',
            ExpressionAttributeNames: { '#begunFor': 'begunFor', '#state': 'state' },
            ExpressionAttributeValues: { ':state': state },
          }),
        )
        .catch((error: unknown) => {
          // It left that state: nobody waits for what was begun.
          if (!isAwsError(error, 'ConditionalCheckFailedException')) throw error;
        });
    },

    /** Notes that a chain of a hold was gone through to its end. */
    endChain: async (holdId: string, state: HoldState, chain: HoldChain): Promise<void> => {
      await remove(chainKey(holdId, state, chain));
    },

    /** Notes that chains of another state than the one in which the hold is are not gone through any more. */
    async dropChains({ holdId, state }: StoredHold): Promise<void> {
      const items = await queryAll(dynamodb, { ...partition(holdId), beginsWith: `${TODO}chain#` });
      for (const { subject, part } of items) {
        if (!String(part).startsWith(`${TODO}chain#${state}#`))
          await remove({ subject: String(subject), part: String(part) });
      }
    },

    /** Whether a hold has nothing left to do for its state. */
    async isDone({ holdId, state, begunFor }: StoredHold): Promise<boolean> {
      return begunFor === state && (await some(holdId, TODO, 1)).items.length === 0;
    },

    /** Notes a call that a hold is to reach: that is left to do until it is settled. */
    found: async (holdId: string, callId: string): Promise<void> => {
      await put({ ...foundKey(holdId, callId), callId });
    },

    /** Notes what became of a call of a hold: once, however often it is said; it is not left to do any more. */
    async settle(holdId: string, call: HeldCall, ttl?: number): Promise<void> {
      for (let attempt = 0; !(await settleAttempt(holdId, call, ttl, attempt)); attempt++) {
        if (attempt + 1 === ATTEMPTS) throw new Error(`the call ${call.callId} of the hold ${holdId} is contended`);
      }
      await remove(foundKey(holdId, call.callId));
    },

    /** Notes that nothing is left to do with a call of a hold. */
    drop: async (holdId: string, callId: string): Promise<void> => {
      await remove(foundKey(holdId, callId));
    },

    /** Some of the calls that a hold is to reach, behind `after`. */
    foundCalls: (holdId: string, limit: number, after?: Key) => callIdsBelow(holdId, FOUND, limit, after),

    /** Some of the calls that a hold reached, behind `after`. */
    reachedCalls: (holdId: string, limit: number, after?: Key) => callIdsBelow(holdId, REACHED, limit, after),

    /** What became of a call of a hold. */
    async reached(holdId: string, callId: string): Promise<HeldCallState | undefined> {
      const Key = reachedKey(holdId, callId);
      const { Item } = await dynamodb.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item && HeldCall.parse(Item).state;
    },

    /** The calls that a hold reached, in order of their ids. */
    callsOf(holdId: string, request: PageRequest): Promise<Page<HeldCall>> {
      const listed = { tableName: TableName, groups: [[holdSubject(holdId)]], sortKeys: { beginsWith: REACHED } };
      return queryPages(dynamodb, listed, request, (item) => HeldCall.parse(item));
    },

    /** How many calls of a hold are in each state. */
    async countsOf(holdId: string): Promise<HeldCallCounts> {
      const items = await queryAll(dynamodb, { ...partition(holdId), beginsWith: 'count#' });
      const sum = (state: HeldCallState) => items.reduce((all, item) => all + Number(item[state] ?? 0), 0);
      return { held: sum('held'), released: sum('released'), gone: sum('gone') };
    },

    /** Lets a hold be found by its customer, or no longer. */
    async setCustomer(holdId: string, customerId: string, isHeld: boolean): Promise<void> {
      const key = customerHoldKey(customerId, holdId);
      await (isHeld ? put({ ...key, holdId }) : remove(key));
    },

    /** Holds in some states, in order of when they were placed. */
    list(states: readonly HoldState[], request: PageRequest): Promise<Page<StoredHold>> {
      const index = { name: 'work-by-state', ...indexes['work-by-state'] };
      const listed = { tableName: TableName, index, groups: [states.map(holdWorkOf)], sortKeys: timesOf(request) };
      return queryPages(dynamodb, listed, request, (item) => StoredHold.parse(item));
    },
  };
}
export type HoldStore = ReturnType<typeof holdStore>;
