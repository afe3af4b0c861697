import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { plusMs } from '../platform/clock.ts';
import { EVER, type Key, type Page, type PageRequest, type Position } from '../platform/cursor.ts';
import { isAwsError } from '../platform/errors.ts';
import { Call, type CallState, dueAt, enteredFrom, type StateReason } from './call.ts';
import {
  callSubject,
  indexes,
  momentPart,
  momentParts,
  monthsOf,
  stateShards,
  taggingPart,
  tagPeriodOf,
  tagShards,
  workOf,
} from './call-table.ts';
import { mergePages } from './merge-pages.ts';
import { FoundMoment, Moment, tagsOf } from './moment.ts';
import {
  MAX_TRANSACTION_ITEMS,
  type Replacement,
  replaceMoments,
  type StoredMoments,
  type TransactItem,
} from './replace-moments.ts';
import type { RedactedAudioMissing, S3Location } from './transcription-job.ts';

export type { StoredMoments, TransactItem };

/** What a call takes along into its next state. */
export type CallChanges = Partial<Omit<Call, 'callId' | 'recording' | 'state' | 'stateReason' | 'history'>>;

/** Tagged calls that are read together, in the order of one partition of an index: an agent's, a customer's, or a part of all. */
export interface TaggedCalls {
  readonly index: 'calls-by-agent' | 'calls-by-customer' | 'work-by-state';
  readonly partition: string;
}

/** The partitions in which all calls of a state are. */
export const indexPartitions = (state: CallState): TaggedCalls[] =>
  stateShards(state).map((partition) => ({ index: 'work-by-state', partition }));

/** Calls and their moments in the table: every write is conditional, every list is a Query. */
export function callStore(dynamodb: DynamoDBDocumentClient, tableName: string) {
  const list = async <T>(
    index: keyof typeof indexes,
    parse: (item: unknown) => T,
    groups: readonly (readonly string[])[],
    { from, to, order, limit, position }: PageRequest,
  ): Promise<Page<T>> => {
    const { partitionKey, sortKey } = indexes[index];
    const query = async (partition: string, pageLimit: number, after: Key | undefined) => {
      const page = await dynamodb.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: index,
          KeyConditionExpression: '#partition = :partition AND #sort BETWEEN :from AND :to',
          ExpressionAttributeNames: { '#partition': partitionKey, '#sort': sortKey },
          // BETWEEN includes its end: the last millisecond before `to` is the end of what is asked.
          ExpressionAttributeValues: { ':partition': partition, ':from': from, ':to': plusMs(to, -1) },
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
          subject,
          part,
          [partitionKey]: partition,
          [sortKey]: sort,
        }),
      },
      limit,
      position,
    );
    return { items: items.map(parse), next };
  };
  const parseCall = (item: unknown) => Call.parse(item);

  const partsOf = async (
    callId: string,
    prefix: string,
    ConsistentRead: boolean,
  ): Promise<Record<string, unknown>[]> => {
    const items: Record<string, unknown>[] = [];
    let after: Key | undefined;
    do {
      const page = await dynamodb.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'subject = :subject AND begins_with(part, :part)',
          ExpressionAttributeValues: { ':subject': callSubject(callId).subject, ':part': prefix },
          ExclusiveStartKey: after,
          ConsistentRead,
        }),
      );
      items.push(...(page.Items ?? []));
      after = page.LastEvaluatedKey as Key | undefined;
    } while (after);
    return items;
  };

  const formerMoments = async (callId: string, tagging: number): Promise<Moment[]> =>
    (await partsOf(callId, taggingPart(tagging), true)).flatMap((item) => Moment.array().parse(item.moments));

  const stored = async (callId: string): Promise<StoredMoments> => {
    const items = await partsOf(callId, momentPart(), true);
    return { moments: items.map((item) => Moment.parse(item)), parts: items.map((item) => String(item.part)) };
  };

  return {
    /** Stores a new call; false where there is one of that id already. */
    async create(call: Call): Promise<boolean> {
      return conditionally(
        dynamodb.send(
          new PutCommand({
            TableName: tableName,
            Item: { ...call, ...callSubject(call.callId), work: workOf(call.callId, call.state) },
            ConditionExpression: 'attribute_not_exists(subject)',
          }),
        ),
      );
    },

    /** The call of that id, as it stands now. */
    async get(callId: string): Promise<Call | undefined> {
      const { Item } = await dynamodb.send(
        new GetCommand({ TableName: tableName, Key: callSubject(callId), ConsistentRead: true }),
      );
      return Item && Call.parse(Item);
    },

    /**
     * Moves a call into `state`, with what it takes along, if it is in a state from which that one may be entered.
     *
     * @returns the call as it is then; undefined where it may not enter: what asked for it came late or twice
     */
    async enter(
      call: Call,
      state: CallState,
      now: string,
      changes: CallChanges = {},
      reason?: StateReason,
    ): Promise<Call | undefined> {
      try {
        const update = enterState(tableName, call, state, now, changes, reason);
        const { Attributes } = await dynamodb.send(new UpdateCommand({ ...update, ReturnValues: 'ALL_NEW' }));
        return Call.parse(Attributes);
      } catch (error) {
        if (isAwsError(error, 'ConditionalCheckFailedException')) return undefined;
        throw error;
      }
    },

    /**
     * Gives a call that is overdue, and stays in its state, as long again.
     *
     * @returns false where it has left its state, or was given more time, meanwhile
     */
    async postpone(call: Call, now: string): Promise<boolean> {
      return conditionally(
        dynamodb.send(
          new UpdateCommand({
            TableName: tableName,
            Key: callSubject(call.callId),
            UpdateExpression: 'SET #dueAt = :later',
            ConditionExpression: '#state = :state AND #dueAt = :dueAt',
            ExpressionAttributeNames: { '#state': 'state', '#dueAt': 'dueAt' },
            ExpressionAttributeValues: {
              ':state': call.state,
              ':dueAt': call.dueAt,
              ':later': dueAt(call.state, now, call),
            },
          }),
        ),
      );
    },

    /**
     * Notes on a call where the redacted audio of its job is, or why there can be none.
     *
     * @returns false where the call is gone, or has another job by now
     */
    async noteRedactedAudio(
      callId: string,
      jobName: string,
      found: S3Location | RedactedAudioMissing,
    ): Promise<boolean> {
      const isMissing = typeof found === 'string';
      return conditionally(
        dynamodb.send(
          new UpdateCommand({
            TableName: tableName,
            Key: callSubject(callId),
            UpdateExpression: isMissing
              ? 'SET #job.#missing = :found'
              : 'SET #job.#outputs.#audio = :found REMOVE #job.#missing',
            ConditionExpression: '#job.#name = :name AND attribute_exists(#job.#outputs)',
            ExpressionAttributeNames: {
              '#job': 'job',
              '#name': 'name',
              '#outputs': 'outputs',
              '#missing': 'redactedAudioMissing',
              ...(!isMissing && { '#audio': 'redactedAudio' }),
            },
            ExpressionAttributeValues: { ':name': jobName, ':found': found },
          }),
        ),
      );
    },

    /** Which of these calls there are. At most 100 ids at once. */
    async existing(callIds: readonly string[]): Promise<Set<string>> {
      const found = new Set<string>();
      let keys = callIds.map(callSubject);
      while (keys.length > 0) {
        const { Responses, UnprocessedKeys } = await dynamodb.send(
          new BatchGetCommand({ RequestItems: { [tableName]: { Keys: keys, ProjectionExpression: 'callId' } } }),
        );
        for (const item of Responses?.[tableName] ?? []) found.add(String(item.callId));
        keys = (UnprocessedKeys?.[tableName]?.Keys ?? []) as typeof keys;
      }
      return found;
    },

    /**
     * Stores the moments of a call and moves it to `tagged`. The last moments and the new state are one transaction;
     * of a call with more moments than a transaction holds, the first ones are stored before it. `rulebookVersion` among
     * the changes begins the history of its taggings.
     *
     * @returns false where the call was tagged, or ended otherwise, before
     */
    async enterTagged(
      call: Call,
      moments: readonly Moment[],
      now: string,
      changes: CallChanges = {},
    ): Promise<boolean> {
      const puts = momentItems(call, moments).map((Item) => ({ Put: { TableName: tableName, Item } }));
      const tags = tagsOf(moments);
      const { rulebookVersion } = changes;
      const taggings =
        rulebookVersion === undefined ? undefined : [...call.taggings, { rulebookVersion, at: now, tags }];
      const update = { Update: enterState(tableName, call, 'tagged', now, { ...changes, tags, taggings }) };
      while (puts.length >= MAX_TRANSACTION_ITEMS) {
        await dynamodb.send(new TransactWriteCommand({ TransactItems: puts.splice(0, MAX_TRANSACTION_ITEMS) }));
      }
      try {
        await dynamodb.send(new TransactWriteCommand({ TransactItems: [...puts, update] }));
        return true;
      } catch (error) {
        if (isAwsError(error, 'TransactionCanceledException') && conditionFailed(error)) return false;
        throw error;
      }
    },

    /** The moments of a call, in order of their start. */
    momentsOf: async (callId: string): Promise<FoundMoment[]> =>
      (await partsOf(callId, momentPart(), false)).map((item) => FoundMoment.parse(item)),

    /**
     * The moments that a call has by its present tagging, as {@link replaceMoments} takes them: also where they are just
     * being replaced, in more than one transaction.
     */
    async momentsToReplace(call: Call): Promise<StoredMoments> {
      const now = await stored(call.callId);
      if (call.replacing === undefined) return now;
      return { ...now, moments: await formerMoments(call.callId, Math.max(1, call.taggings.length)) };
    },

    /** The moments that a call had by its `tagging`th tagging (the first is 1), which another one replaced. */
    formerMoments,

    /** Replaces the moments of a tagged call. @see replaceMoments */
    replaceMoments: (
      call: Call,
      former: StoredMoments,
      replacement: Replacement,
      along: readonly TransactItem[] = [],
    ): Promise<void> =>
      replaceMoments(call, former, replacement, along, { dynamodb, tableName, stored, itemsOf: momentItems }),

    /**
     * Some of the calls of a partition, behind `after`: of an index of tagged calls, or of an agent's or a customer's, the
     * tagged ones among them.
     *
     * @returns at most `limit`, and where the partition goes on; nothing at its end
     */
    async taggedCalls(
      { index, partition }: TaggedCalls,
      limit: number,
      after: Key | undefined,
    ): Promise<{ calls: Call[]; next: Key | undefined }> {
      const { Items = [], LastEvaluatedKey } = await dynamodb.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: index,
          KeyConditionExpression: '#partition = :partition',
          ExpressionAttributeNames: { '#partition': indexes[index].partitionKey },
          ExpressionAttributeValues: { ':partition': partition },
          Limit: limit,
          ExclusiveStartKey: after,
        }),
      );
      const calls = Items.map(parseCall);
      return { calls: calls.filter((call) => call.state === 'tagged'), next: LastEvaluatedKey as Key | undefined };
    },

    /** An agent's calls that began in a period, in order of their start. */
    listByAgent: (agentId: string, request: PageRequest) => list('calls-by-agent', parseCall, [[agentId]], request),

    /** A customer's calls that began in a period, in order of their start. */
    listByCustomer: (customerId: string, request: PageRequest) =>
      list('calls-by-customer', parseCall, [[customerId]], request),

    /** The calls in some states that are due in a period: state after state, each in order of `dueAt`. */
    listByState: (states: readonly CallState[], request: PageRequest) =>
      list('work-by-state', parseCall, states.map(stateShards), request),

    /** Calls that wait for Transcribe, those whose recordings came first ahead. */
    async listQueued(limit: number): Promise<Call[]> {
      const request = { ...EVER, order: 'oldest-first', limit } as const;
      return (await list('work-by-state', parseCall, [stateShards('queued')], request)).items;
    },

    /** The calls in a state whose deadline is over at `now`, the longest overdue ahead; page after page. */
    async *overdue(state: CallState, now: string): AsyncGenerator<Call[]> {
      const request = {
        ...EVER,
        to: plusMs(now, 1),
        order: 'oldest-first',
        limit: 100,
      } as const;
      let position: Position | undefined;
      do {
        const page = await list('work-by-state', parseCall, [stateShards(state)], { ...request, position });
        yield page.items;
        position = page.next;
      } while (position);
    },

    /** The moments of a tag that occurred in a period, in order of `occurredAt`. */
    listMoments(tag: string, request: PageRequest): Promise<Page<FoundMoment>> {
      const months = monthsOf(request.from, request.to).map((month) => tagShards(tag, month));
      const groups = request.order === 'oldest-first' ? months : months.toReversed();
      return list('moments-by-tag', (item) => FoundMoment.parse(item), groups, request);
    },
  };
}
export type CallStore = ReturnType<typeof callStore>;

/** Whether a conditional write was done; false where its condition did not hold. */
async function conditionally(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (isAwsError(error, 'ConditionalCheckFailedException')) return false;
    throw error;
  }
}

function momentItems(call: Call, moments: readonly Moment[]) {
  const parts = momentParts(moments);
  return moments.map((moment, i) => {
    const occurredAt = plusMs(call.startedAt ?? call.receivedAt, moment.startMs);
    const found: FoundMoment = {
      ...moment,
      callId: call.callId,
      agentId: call.agentId,
      customerId: call.customerId,
      source: call.source,
      occurredAt,
    };
    return {
      ...found,
      subject: callSubject(call.callId).subject,
      part: parts[i],
      tagPeriod: tagPeriodOf(call.callId, moment.tag, occurredAt),
    };
  });
}

/** The update that moves a call into `state`; pure, so that it serves alone and in a transaction. */
function enterState(
  TableName: string,
  call: Call,
  state: CallState,
  now: string,
  changes: CallChanges,
  reason?: StateReason,
) {
  const values: Record<string, unknown> = {
    ...changes,
    state,
    stateReason: reason,
    stateSince: now,
    dueAt: dueAt(state, now, { receivedAt: call.receivedAt, retention: changes.retention ?? call.retention }),
    work: workOf(call.callId, state),
  };
  const names = Object.keys(values).filter((name) => values[name] !== undefined);
  const from = enteredFrom[state];
  return {
    TableName,
    Key: callSubject(call.callId),
    UpdateExpression: [
      `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}, #history = list_append(#history, :entry)`,
      ...(reason ? [] : ['REMOVE #stateReason']),
    ].join(' '),
    ConditionExpression: `#state IN (${from.map((_, i) => `:from${i}`).join(', ')})`,
    ExpressionAttributeNames: Object.fromEntries(
      [...new Set([...names, 'history', 'stateReason'])].map((name) => [`#${name}`, name]),
    ),
    ExpressionAttributeValues: {
      ...Object.fromEntries(names.map((name) => [`:${name}`, values[name]])),
      ...Object.fromEntries(from.map((name, i) => [`:from${i}`, name])),
      ':entry': [{ state, at: now, ...(reason && { reason }) }],
    },
  } satisfies UpdateCommandInput;
}

const conditionFailed = (error: unknown): boolean =>
  error instanceof Error &&
  'CancellationReasons' in error &&
  Array.isArray(error.CancellationReasons) &&
  error.CancellationReasons.some((reason: { Code?: string }) => reason?.Code === 'ConditionalCheckFailed');
