import { BatchGetCommand, type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { plusMs } from './clock.ts';
import type { Key, Page, PageRequest } from './cursor.ts';
import { mergePages } from './merge-pages.ts';

/** What is listed, of the table or of one of its indexes. */
export interface ListedPartitions {
  readonly tableName: string;
  /** @default the table itself, by `subject` and `part` */
  readonly index?: { readonly name: string; readonly partitionKey: string; readonly sortKey: string };
  /** Partitions in order; those of one group are read side by side and merged. */
  readonly groups: readonly (readonly string[])[];
  /** Which sort keys: from one to another, both included, or those that begin so. @default all */
  readonly sortKeys?: { readonly from: string; readonly to: string } | { readonly beginsWith: string };
  /** What else is true of the items. @default nothing */
  readonly filter?: ItemFilter | undefined;
  /**
   * So many items of each partition are asked for at once, for whoever reads a list to its end: a page is put together of several
   * Queries then, and less is read twice. @default a page
   */
  readonly perPartition?: number | undefined;
}

/** What is true of items that are listed. DynamoDB reads the others, too, and leaves them out: a page of few may cost many. */
export interface ItemFilter {
  /** Attributes, and what each of them is. */
  readonly equals: Readonly<Record<string, string>>;
  /** Attributes that are lists, and what each of them holds. @default none */
  readonly contains?: Readonly<Record<string, string>>;
}

/**
 * So many items of each partition are looked into for one page that is filtered: few enough that it costs little where nothing
 * is found, and more than any page holds.
 */
export const EXAMINED_PER_PAGE = 250;

/** The filter of a Query; nothing where all items are wanted. */
function filterOf({ equals, contains = {} }: ItemFilter = { equals: {} }) {
  const parts = [
    ...Object.entries(equals).map(([name, value]) => ({ name, value, text: (n: string, v: string) => `${n} = ${v}` })),
    ...Object.entries(contains).map(([name, value]) => ({
      ...{ name, value, text: (n: string, v: string) => `contains(${n}, ${v})` },
    })),
  ];
  if (parts.length === 0) return undefined;
  return {
    expression: parts.map(({ text }, i) => text(`#filter${i}`, `:filter${i}`)).join(' AND '),
    names: Object.fromEntries(parts.map(({ name }, i) => [`#filter${i}`, name])),
    values: Object.fromEntries(parts.map(({ value }, i) => [`:filter${i}`, value])),
  };
}

/** The sort keys that are times of a period: its end is not included, so the last millisecond before it is. */
export const timesOf = ({ from, to }: Pick<PageRequest, 'from' | 'to'>) => ({ from, to: plusMs(to, -1) });

/**
 * One page of a list of items, each exactly once and in order of their sort keys: in Queries of the page's size, or where the
 * items are filtered, in one Query of {@link EXAMINED_PER_PAGE} of each partition. Such a page may be short, or empty, and
 * still have a next one.
 */
export async function queryPages<T>(
  dynamodb: DynamoDBDocumentClient,
  { tableName, index, groups, sortKeys, filter: wanted, perPartition }: ListedPartitions,
  { order, limit, position }: PageRequest,
  parse: (item: unknown) => T,
): Promise<Page<T>> {
  const { partitionKey, sortKey } = index ?? { partitionKey: 'subject', sortKey: 'part' };
  const [bound, boundValues] =
    sortKeys === undefined
      ? ['', {}]
      : 'beginsWith' in sortKeys
        ? [' AND begins_with(#sort, :begin)', { ':begin': sortKeys.beginsWith }]
        : [' AND #sort BETWEEN :from AND :to', { ':from': sortKeys.from, ':to': sortKeys.to }];
  const filter = filterOf(wanted);
  const query = async (partition: string, pageLimit: number, after: Key | undefined) => {
    const page = await dynamodb.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: index?.name,
        KeyConditionExpression: `#partition = :partition${bound}`,
        FilterExpression: filter?.expression,
        ExpressionAttributeNames: {
          '#partition': partitionKey,
          ...(bound && { '#sort': sortKey }),
          ...filter?.names,
        },
        ExpressionAttributeValues: { ':partition': partition, ...boundValues, ...filter?.values },
        ScanIndexForward: order === 'oldest-first',
        Limit: filter ? EXAMINED_PER_PAGE : Math.min(pageLimit, perPartition ?? pageLimit),
        ExclusiveStartKey: after,
      }),
    );
    const lastKey = page.LastEvaluatedKey as Key | undefined;
    return { items: page.Items ?? [], lastKey, readTo: lastKey?.[sortKey] };
  };
  const { items, next } = await mergePages(
    {
      groups,
      query,
      order,
      readsOnce: filter !== undefined,
      sortKey: (item) => String(item[sortKey]),
      keyOf: ({ subject, part, [partitionKey]: partition, [sortKey]: sort }) => ({
        subject: String(subject),
        part: String(part),
        [partitionKey]: String(partition),
        [sortKey]: String(sort),
      }),
    },
    limit,
    position,
  );
  return { items: items.map(parse), next };
}

/** Which items of one partition of the table are read. */
export interface WholePartition {
  readonly tableName: string;
  readonly subject: string;
  /** Only those whose `part` begins so. @default all */
  readonly beginsWith?: string;
  /** Only those whose `part` is from one to another, both included. @default all */
  readonly between?: { readonly from: string; readonly to: string };
  /** Whether what was written just before is certain to be among them. @default false */
  readonly consistent?: boolean;
}

/** All items of one partition of the table, in order of their parts. */
export async function queryAll(
  dynamodb: DynamoDBDocumentClient,
  { tableName, subject, beginsWith, between, consistent }: WholePartition,
): Promise<Record<string, unknown>[]> {
  const [bound, boundValues] = between
    ? [' AND part BETWEEN :from AND :to', { ':from': between.from, ':to': between.to }]
    : beginsWith === undefined
      ? ['', {}]
      : [' AND begins_with(part, :part)', { ':part': beginsWith }];
  const items: Record<string, unknown>[] = [];
  let ExclusiveStartKey: Key | undefined;
  do {
    const page = await dynamodb.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: `subject = :subject${bound}`,
        ExpressionAttributeValues: { ':subject': subject, ...boundValues },
        ConsistentRead: consistent,
        ExclusiveStartKey,
      }),
    );
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey as Key | undefined;
  } while (ExclusiveStartKey);
  return items;
}

/** DynamoDB is asked for at most so many items at once. Source: DynamoDB API Reference, BatchGetItem. */
const MAX_KEYS = 100;

/** How items are read by their keys. */
export interface ReadOptions {
  /** The attributes that are read, as a projection expression. @default all */
  readonly projection?: string | undefined;
  /** Whether what was written just before is certain to be read. @default true */
  readonly consistent?: boolean;
}

/**
 * The items of some keys of the table, in no order; those that are not there are left out.
 *
 * @param keys each of them once
 */
export async function itemsOfKeys(
  dynamodb: DynamoDBDocumentClient,
  tableName: string,
  keys: readonly Key[],
  { projection: ProjectionExpression, consistent: ConsistentRead = true }: ReadOptions = {},
): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for (let first = 0; first < keys.length; first += MAX_KEYS) {
    let Keys = keys.slice(first, first + MAX_KEYS);
    while (Keys.length > 0) {
      const { Responses, UnprocessedKeys } = await dynamodb.send(
        new BatchGetCommand({ RequestItems: { [tableName]: { Keys, ConsistentRead, ProjectionExpression } } }),
      );
      items.push(...(Responses?.[tableName] ?? []));
      Keys = (UnprocessedKeys?.[tableName]?.Keys ?? []) as Key[];
    }
  }
  return items;
}
