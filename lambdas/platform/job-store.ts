import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { type Chain, chainAtStart } from './chain.ts';
import type { Key } from './cursor.ts';
import { isAwsError } from './errors.ts';
import { itemsOfKeys } from './query-pages.ts';

/** An item of a transaction of DynamoDB. */
export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** DynamoDB takes at most 100 items in one transaction. Source: DynamoDB API Reference, TransactWriteItems. */
export const MAX_TRANSACTION_ITEMS = 100;

/** What every large job has. */
export interface Job {
  /** How often the calls were gone through from the start: 1, and 1 more for each time that they had to be again. */
  readonly pass: number;
  readonly cancelledAt?: string | undefined;
  /** When what is known of it is deleted, in seconds since 1970: the table's time to live. */
  readonly ttl: number;
}

/** How the jobs of one kind are stored. */
export interface JobKind<J extends Job, C extends Chain> {
  /** The partition in which they are listed. */
  readonly list: string;
  /** What the partitions of one of them begin with. */
  readonly name: string;
  readonly idOf: (job: J) => string;
  readonly parseJob: (item: unknown) => J;
  readonly parseChain: (item: unknown) => C;
}

/** Counts are spread over so many items. */
const SHARDS = 8;
const shards = Array.from({ length: SHARDS }, (_, shard) => shard);
const COUNTER = 'counter';

/** The shard of a call, as counts and marks are spread. */
export const jobShardOf = (callId: string): number =>
  [...callId].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 7) % SHARDS;

/** So many counts are added in one update: its expression may have 4 KB. */
export const MAX_COUNTS = 150;

/** The update that adds counts to those of an item. */
export const additionTo = (
  TableName: string,
  Key: Key,
  ttl: number,
  counts: readonly (readonly [string, number])[],
): TransactItem => ({
  Update: {
    TableName,
    Key,
    UpdateExpression: `SET #ttl = :ttl ADD ${counts.map((_, i) => `#c${i} :c${i}`).join(', ')}`,
    ExpressionAttributeNames: { '#ttl': 'ttl', ...Object.fromEntries(counts.map(([name], i) => [`#c${i}`, name])) },
    ExpressionAttributeValues: {
      ':ttl': ttl,
      ...Object.fromEntries(counts.map(([, count], i) => [`:c${i}`, count])),
    },
  },
});

/** Sums what items of counts hold, name by name. */
export function sumCounts(items: readonly Record<string, unknown>[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { subject: _subject, part: _part, ttl: _ttl, ...item } of items) {
    for (const [name, count] of Object.entries(item)) counts.set(name, (counts.get(name) ?? 0) + Number(count));
  }
  return counts;
}

/** Large jobs of one kind, their chains and counts, in the table. All of it has a time to live. */
export function jobStore<J extends Job, C extends Chain>(
  dynamodb: DynamoDBDocumentClient,
  TableName: string,
  { list, name, idOf, parseJob, parseChain }: JobKind<J, C>,
) {
  const subjectOf = (id: string, ...of: (string | number)[]): string => [name, id, ...of].join('#');
  const jobKey = (id: string) => ({ subject: list, part: id });
  const askedKey = (key: string) => ({ subject: subjectOf('asked', key), part: 'asked' });
  const chainKey = (id: string, chain: number) => ({ subject: subjectOf(id), part: `chain#${chain}` });
  const chainItem = (job: J, chain: Chain) => ({ ...chain, ttl: job.ttl, ...chainKey(idOf(job), chain.chain) });

  const transact = async (TransactItems: TransactItem[]): Promise<void> => {
    await dynamodb.send(new TransactWriteCommand({ TransactItems }));
  };

  /** A job, as it stands now. */
  const get = async (id: string): Promise<J | undefined> => {
    const { Item } = await dynamodb.send(new GetCommand({ TableName, Key: jobKey(id), ConsistentRead: true }));
    return Item && parseJob(Item);
  };

  const chainNow = async (id: string, chain: number): Promise<C | undefined> => {
    const { Item } = await dynamodb.send(new GetCommand({ TableName, Key: chainKey(id, chain), ConsistentRead: true }));
    return Item && parseChain(Item);
  };

  /** Whether a chain is not any more as it was read. */
  const wentOn = async (job: J, before: C): Promise<boolean> => {
    const now = await chainNow(idOf(job), before.chain);
    return now?.pass !== before.pass || now.page !== before.page || now.announced !== before.announced;
  };

  return {
    /** The partition of what belongs to a job. */
    subjectOf,

    /** Writes items in one transaction, {@link MAX_TRANSACTION_ITEMS} at the most. */
    transact,

    /**
     * Stores a new job with its chains, and what goes along.
     *
     * @param key what {@link begunBy} finds it by
     * @throws TransactionCanceledException where another one was begun by that key
     */
    async create(job: J, chains: readonly Chain[], along: readonly TransactItem[] = [], key?: string): Promise<void> {
      const asked = key !== undefined && {
        TableName,
        Item: { ...askedKey(key), id: idOf(job), ttl: job.ttl },
        ConditionExpression: 'attribute_not_exists(subject)',
      };
      await transact([
        {
          Put: {
            TableName,
            Item: { ...job, ...jobKey(idOf(job)) },
            ConditionExpression: 'attribute_not_exists(subject)',
          },
        },
        ...chains.map((chain) => ({ Put: { TableName, Item: chainItem(job, chain) } })),
        ...along,
        ...(asked ? [{ Put: asked }] : []),
      ]);
    },

    get,

    /** The job that was begun by a key, as it stands now; undefined where none was. */
    async begunBy(key: string): Promise<J | undefined> {
      const { Item } = await dynamodb.send(new GetCommand({ TableName, Key: askedKey(key), ConsistentRead: true }));
      return Item && get(String(Item.id));
    },

    /** The chains of a job. */
    async chainsOf(id: string): Promise<C[]> {
      const { Items = [] } = await dynamodb.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'subject = :subject',
          ExpressionAttributeValues: { ':subject': subjectOf(id) },
          ConsistentRead: true,
        }),
      );
      return Items.map(parseChain);
    },

    /** One chain, as it stands now. */
    chain: chainNow,

    /**
     * Puts `after` in the place of `before`, with what goes along, all of it or nothing.
     *
     * @returns false where the chain went on meanwhile
     */
    async advance(job: J, before: C, after: C, along: readonly TransactItem[] = []): Promise<boolean> {
      const put = {
        TableName,
        Item: chainItem(job, after),
        ConditionExpression: '#pass = :pass AND #page = :page AND #announced = :announced',
        ExpressionAttributeNames: { '#pass': 'pass', '#page': 'page', '#announced': 'announced' },
        ExpressionAttributeValues: { ':pass': before.pass, ':page': before.page, ':announced': before.announced },
      };
      try {
        await (along.length > 0 ? transact([{ Put: put }, ...along]) : dynamodb.send(new PutCommand(put)));
        return true;
      } catch (error) {
        if (isAwsError(error, 'ConditionalCheckFailedException')) return false;
        // It goes on meanwhile, or two wrote at once: the message comes again where this one was the first.
        if (isAwsError(error, 'TransactionCanceledException') && (await wentOn(job, before))) return false;
        throw error;
      }
    },

    /** The update that adds to a job's counts, in one of the items over which they are spread. */
    addition: (job: J, shard: number, counts: readonly (readonly [string, number])[]): TransactItem =>
      additionTo(TableName, { subject: subjectOf(idOf(job), shard % SHARDS), part: COUNTER }, job.ttl, counts),

    /** All counts of a job, by their names. */
    async countsOf(id: string): Promise<Map<string, number>> {
      const keys = shards.map((shard) => ({ subject: subjectOf(id, shard), part: COUNTER }));
      return sumCounts(await itemsOfKeys(dynamodb, TableName, keys));
    },

    /** Makes workers drop what is left of a job. */
    async cancel(id: string, now: string): Promise<void> {
      await dynamodb.send(
        new UpdateCommand({
          TableName,
          Key: jobKey(id),
          UpdateExpression: 'SET #cancelledAt = if_not_exists(#cancelledAt, :now)',
          ExpressionAttributeNames: { '#cancelledAt': 'cancelledAt' },
          ExpressionAttributeValues: { ':now': now },
        }),
      );
    },

    /**
     * Begins another pass through all calls. What is left of the pass before is dropped.
     *
     * @returns the chains, at their begin; undefined where somebody else began the pass
     */
    async beginPass(job: J, chains: readonly C[]): Promise<Chain[] | undefined> {
      const { cancelledAt: _, ...rest } = job;
      const pass = job.pass + 1;
      const begun = chains.map((chain) => chainAtStart(chain, pass));
      try {
        await transact([
          {
            Put: {
              TableName,
              Item: { ...rest, pass, ...jobKey(idOf(job)) },
              ConditionExpression: '#pass = :pass',
              ExpressionAttributeNames: { '#pass': 'pass' },
              ExpressionAttributeValues: { ':pass': job.pass },
            },
          },
          ...begun.map((chain) => ({ Put: { TableName, Item: chainItem(job, chain) } })),
        ]);
        return begun;
      } catch (error) {
        if (isAwsError(error, 'TransactionCanceledException')) return undefined;
        throw error;
      }
    },
  };
}
export type JobStore<J extends Job, C extends Chain> = ReturnType<typeof jobStore<J, C>>;
