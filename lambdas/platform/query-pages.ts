import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
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
}

/** The sort keys that are times of a period: its end is not included, so the last millisecond before it is. */
export const timesOf = ({ from, to }: Pick<PageRequest, 'from' | 'to'>) => ({ from, to: plusMs(to, -1) });

/** One page of a list of items, each exactly once and in order of their sort keys, in Queries of the page's size. */
export async function queryPages<T>(
  dynamodb: DynamoDBDocumentClient,
  { tableName, index, groups, sortKeys }: ListedPartitions,
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
  const query = async (partition: string, pageLimit: number, after: Key | undefined) => {
    const page = await dynamodb.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: index?.name,
        KeyConditionExpression: `#partition = :partition${bound}`,
        ExpressionAttributeNames: { '#partition': partitionKey, ...(bound && { '#sort': sortKey }) },
        ExpressionAttributeValues: { ':partition': partition, ...boundValues },
        ScanIndexForward: order === 'oldest-first',
        Limit: pageLimit,
        ExclusiveStartKey: after,
      }),
    );
    return { items: page.Items ?? [], lastKey: page.LastEvaluatedKey as Key | undefined };
  };
  const { items, next } = await mergePages(
    {
      groups,
      query,
      order,
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
  /** Whether what was written just before is certain to be among them. @default false */
  readonly consistent?: boolean;
}

/** All items of one partition of the table, in order of their parts. */
export async function queryAll(
  dynamodb: DynamoDBDocumentClient,
  { tableName, subject, beginsWith, consistent }: WholePartition,
): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let ExclusiveStartKey: Key | undefined;
  do {
    const page = await dynamodb.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression:
          beginsWith === undefined ? 'subject = :subject' : 'subject = :subject AND begins_with(part, :part)',
        ExpressionAttributeValues: { ':subject': subject, ...(beginsWith !== undefined && { ':part': beginsWith }) },
        ConsistentRead: consistent,
        ExclusiveStartKey,
      }),
    );
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey as Key | undefined;
  } while (ExclusiveStartKey);
  return items;
}
