import type { TransactItem } from '../platform/job-store.ts';
import type { CallState } from './call.ts';
import type { Moment } from './moment.ts';

/** The table's own key: everything of one call is in one partition. */
export const tableKey = { partitionKey: 'subject', sortKey: 'part' } as const;

/** The table's indexes, each named for the question that it answers. */
export const indexes = {
  'calls-by-agent': { partitionKey: 'agentId', sortKey: 'startedAt' },
  'calls-by-customer': { partitionKey: 'customerId', sortKey: 'startedAt' },
  'calls-by-tag': { partitionKey: 'callTagPeriod', sortKey: 'callStartedAt' },
  'clips-by-topic': { partitionKey: 'clipTopic', sortKey: 'clippedAt' },
  'moments-by-tag': { partitionKey: 'tagPeriod', sortKey: 'occurredAt' },
  'work-by-state': { partitionKey: 'work', sortKey: 'dueAt' },
} as const;

/** The key of a call's own item. */
export const callSubject = (callId: string) => ({ subject: `call#${callId}`, part: 'call' });

/** What a transaction of the table does on the condition of: that a call is there, and not being deleted. */
export const callThere = (TableName: string, callId: string): TransactItem => ({
  ConditionCheck: {
    TableName,
    Key: callSubject(callId),
    ConditionExpression: 'attribute_exists(#state) AND #state <> :deleting',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':deleting': 'deleting' satisfies CallState },
  },
});

/** The key of the receipt that is left when a call was deleted. */
export const receiptKey = (callId: string) => ({ subject: `receipt#${callId}`, part: 'receipt' });

/** The sort key, in its call's partition, of a legal hold that holds it or held it; without one, what they all begin with. */
export const holdPart = (holdId = ''): string => `hold#${holdId}`;

/** The sort key of a moment in its call's partition; without one, what they all begin with. */
export const momentPart = (moment?: Moment, ordinal = 0): string =>
  moment ? `moment#${String(moment.startMs).padStart(9, '0')}#${String(ordinal).padStart(4, '0')}` : 'moment#';

/** The keys of a call's moments, in their order: those that begin at once are told apart by a number. */
export function momentParts(moments: readonly Moment[]): string[] {
  const begun = new Map<number, number>();
  return moments.map((moment) => {
    const ordinal = begun.get(moment.startMs) ?? 0;
    begun.set(moment.startMs, ordinal + 1);
    return momentPart(moment, ordinal);
  });
}

/** What the sort keys of moments that a call had before begin with. */
export const taggingParts = 'tagging#';

/**
 * The sort key, in its call's partition, of the moments that a call had by its `tagging`th tagging (the first is 1), part
 * after part; without one, what those of that tagging begin with.
 */
export const taggingPart = (tagging: number, part?: number): string =>
  `${taggingParts}${String(tagging).padStart(5, '0')}#${part === undefined ? '' : String(part).padStart(3, '0')}`;

/**
 * The sort key, in its call's partition, of what says that the call has a tag now; without one, what they all begin with. It is
 * the same for as long as the call has the tag, whichever of its moments it has it by: nothing moves in the index of tags.
 */
export const tagPart = (tag = ''): string => `${taggingParts}now#${tag}`;

/**
 * Index partitions to which many calls write at once are split in so many. The number is part of the stored keys:
 * changing it means writing them anew.
 */
export const SHARDS = 4;
const shards = Array.from({ length: SHARDS }, (_, shard) => shard);

const shardOf = (callId: string): number => {
  let sum = 0;
  for (const letter of callId) sum = (sum * 31 + letter.charCodeAt(0)) % 65_521;
  return sum % SHARDS;
};

/** The partition of `work-by-state` in which a call in `state` is. */
export const workOf = (callId: string, state: CallState): string => `${state}#${shardOf(callId)}`;

/** All partitions of `work-by-state` for `state`. */
export const stateShards = (state: CallState): string[] => shards.map((shard) => `${state}#${shard}`);

/** The partition of `moments-by-tag` in which a call's moment is, or of `calls-by-tag` in which a call is: by tag, month and shard. */
export const tagPeriodOf = (callId: string, tag: string, occurredAt: string): string =>
  `${tag}#${occurredAt.slice(0, 7)}#${shardOf(callId)}`;

/** All partitions of `moments-by-tag`, or of `calls-by-tag`, for a tag and a month (`2026-10`). */
export const tagShards = (tag: string, month: string): string[] => shards.map((shard) => `${tag}#${month}#${shard}`);

/** The months (`2026-10`) that a period touches, in order; `from` is included, `to` is not. */
export function monthsOf(from: string, to: string): string[] {
  const first = monthNumber(from);
  // What ends with the first instant of a month does not touch it.
  const last = monthNumber(to) - (/-01T00:00:00\.000Z$/.test(to) ? 1 : 0);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
    const year = Math.floor((first + i) / 12);
    return `${String(year).padStart(4, '0')}-${String(((first + i) % 12) + 1).padStart(2, '0')}`;
  });
}

const monthNumber = (time: string): number => Number(time.slice(0, 4)) * 12 + Number(time.slice(5, 7)) - 1;
