import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { plusMs } from '../platform/clock.ts';
import { EVER, type Key, type Page, type PageRequest, type Position } from '../platform/cursor.ts';
import { isAwsError } from '../platform/errors.ts';
import { MAX_TRANSACTION_ITEMS, type TransactItem } from '../platform/job-store.ts';
import { itemsOfKeys, type ListedPartitions, queryAll, queryPages, timesOf } from '../platform/query-pages.ts';
import type { Retention } from '../retention/retention.ts';
import {
  Call,
  type CallState,
  type Deletion,
  dueAt,
  enteredFrom,
  erasableAt,
  isFinal,
  type StateReason,
} from './call.ts';
import { CallHold, changeHolds, type HoldChange } from './call-holds.ts';
import {
  callSubject,
  holdPart,
  indexes,
  momentPart,
  momentParts,
  monthsOf,
  receiptKey,
  stateShards,
  taggingPart,
  tagPart,
  tagPeriodOf,
  tagShards,
  workOf,
} from './call-table.ts';
import { type CallsWanted, foundBy, restOf } from './calls-wanted.ts';
import { FoundMoment, Moment, type MomentsWanted, tagsOf } from './moment.ts';
import { type Replacement, replaceMoments, type StoredMoments } from './replace-moments.ts';
import type { RedactedAudioMissing, S3Location } from './transcription-job.ts';

export type { StoredMoments, TransactItem };

/** What a call takes along into its next state. */
export type CallChanges = Partial<Omit<Call, 'callId' | 'recording' | 'state' | 'stateReason' | 'history'>>;

/** Calls that are read together, in the order of one partition of an index: an agent's, a customer's, or a part of all. */
export interface TaggedCalls {
  readonly index: 'calls-by-agent' | 'calls-by-customer' | 'work-by-state';
  readonly partition: string;
}

/** The partitions in which all calls of a state are. */
export const indexPartitions = (state: CallState): TaggedCalls[] =>
  stateShards(state).map((partition) => ({ index: 'work-by-state', partition }));

/** Calls and their moments in the table: every write is conditional, every list is a Query. */
export function callStore(dynamodb: DynamoDBDocumentClient, tableName: string) {
  const list = <T>(
    index: keyof typeof indexes,
    parse: (item: unknown) => T,
    groups: readonly (readonly string[])[],
    request: PageRequest,
    { filter, perPartition }: Pick<ListedPartitions, 'filter' | 'perPartition'> = {},
  ): Promise<Page<T>> => {
    const listed = { tableName, index: { name: index, ...indexes[index] }, groups, sortKeys: timesOf(request) };
    return queryPages(dynamodb, { ...listed, filter, perPartition }, request, parse);
  };
  const parseCall = (item: unknown) => Call.parse(item);

  const partsOf = (callId: string, beginsWith: string, consistent: boolean): Promise<Record<string, unknown>[]> =>
    queryAll(dynamodb, { tableName, subject: callSubject(callId).subject, beginsWith, consistent });

  /** The call as an update of it leaves it; undefined where its condition does not hold. */
  const updated = async (update: UpdateCommandInput): Promise<Call | undefined> => {
    try {
      const { Attributes } = await dynamodb.send(new UpdateCommand({ ...update, ReturnValues: 'ALL_NEW' }));
      return Call.parse(Attributes);
    } catch (error) {
      if (isAwsError(error, 'ConditionalCheckFailedException')) return undefined;
      throw error;
    }
  };

  /**
   * Some of the calls of a partition, behind `after`.
   *
   * @returns at most `limit`, and where the partition goes on; nothing at its end
   */
  const callsOf = async ({ index, partition }: TaggedCalls, limit: number, after: Key | undefined) => {
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
    return { calls: Items.map(parseCall), next: LastEvaluatedKey as Key | undefined };
  };

  /** The items of calls, as far as they are there, in any order. */
  const itemsOfCalls = (callIds: readonly string[], projection?: string): Promise<Record<string, unknown>[]> => {
    const keys = [...new Set(callIds)].map(callSubject);
    return itemsOfKeys(dynamodb, tableName, keys, { projection, consistent: false });
  };

  const listByTag = async (tag: string, wanted: CallsWanted, request: PageRequest): Promise<Page<Call>> => {
    const groups = inOrder(monthsOf(request.from, request.to), request).map((month) => tagShards(tag, month));
    const { items, next } = await list('calls-by-tag', TaggedItem.parse, groups, request, {
      filter: restOf(wanted, 'tag'),
    });
    const found = await itemsOfCalls(items.map(({ callId }) => callId));
    const calls = new Map(found.map((item) => [String(item.callId), parseCall(item)]));
    // Of what the index tells, the calls themselves say whether it is still so.
    const isWanted = ({ tags, state }: Call) =>
      tags.includes(tag) && (wanted.state === undefined || state === wanted.state);
    return { items: items.flatMap(({ callId }) => calls.get(callId) ?? []).filter(isWanted), next };
  };

  const formerMoments = async (callId: string, tagging: number): Promise<Moment[]> =>
    (await partsOf(callId, taggingPart(tagging), true)).flatMap((item) => Moment.array().parse(item.moments));

  const stored = async (callId: string): Promise<StoredMoments> => {
    const [items, tags] = await Promise.all([momentPart(), tagPart()].map((part) => partsOf(callId, part, true)));
    return {
      moments: (items ?? []).map((item) => Moment.parse(item)),
      parts: [...(items ?? []), ...(tags ?? [])].map((item) => String(item.part)),
    };
  };

  return {
    /** Stores a new call; false where there is one of that id already, or was one that is deleted. */
    async create(call: Call): Promise<boolean> {
      const Item = { ...call, ...callSubject(call.callId), work: workOf(call.callId, call.state) };
      const fresh = { TableName: tableName, ConditionExpression: 'attribute_not_exists(subject)' };
      return unlessRefused(
        dynamodb.send(
          new TransactWriteCommand({
            TransactItems: [
              { Put: { ...fresh, Item } },
              // An event that comes again after the call was deleted must not bring it back.
              { ConditionCheck: { ...fresh, Key: receiptKey(call.callId) } },
            ],
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

    /** Whether there was a call of that id that is deleted, as far as receipts are kept. */
    async wasDeleted(callId: string): Promise<boolean> {
      const { Item } = await dynamodb.send(
        new GetCommand({ TableName: tableName, Key: receiptKey(callId), ConsistentRead: true }),
      );
      return Item !== undefined;
    },

    /**
     * Moves a call into `state`, with what it takes along, if it is in a state from which that one may be entered.
     *
     * @returns the call as it is then; undefined where it may not enter: what asked for it came late or twice
     */
    enter: (
      call: Call,
      state: CallState,
      now: string,
      changes: CallChanges = {},
      reason?: StateReason,
    ): Promise<Call | undefined> => updated(enterState(tableName, call, state, now, changes, reason)),

    /**
     * Gives a call that is overdue, and stays in its state, as long again.
     *
     * @param until by when it must have left its state. @default as a call that enters it
     * @returns false where it has left its state, or was given more time, meanwhile
     */
    async postpone(call: Call, now: string, until = dueAt(call.state, now, call)): Promise<boolean> {
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
              ':later': until,
            },
          }),
        ),
      );
    },

    /**
     * Moves a call to `deleting`, if it is in a final state, no legal hold holds it, and it is due or need not be.
     *
     * @param deletion.dueOnly it is deleted only where it is due
     * @returns the call as it is then; undefined where it may not enter
     */
    async enterDeleting(
      call: Call,
      { dueOnly, ...deletion }: Omit<Deletion, 'from'> & { readonly dueOnly: boolean },
      now: string,
    ): Promise<Call | undefined> {
      const { state: from } = call;
      if (!isFinal(from)) return undefined;
      const update = enterState(tableName, call, 'deleting', now, { deletion: { ...deletion, from } });
      const conditions = [
        '#state = :was AND (attribute_not_exists(#holds) OR size(#holds) = :none)',
        ...(dueOnly ? ['#due <= :now'] : []),
      ];
      const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = update;
      return updated({
        ...update,
        ConditionExpression: conditions.join(' AND '),
        ExpressionAttributeNames: { ...names, '#holds': 'holds', ...(dueOnly && { '#due': 'dueAt' }) },
        ExpressionAttributeValues: {
          ...Object.fromEntries(Object.entries(values).filter(([name]) => !name.startsWith(':from'))),
          ':was': from,
          ':none': 0,
          ...(dueOnly && { ':now': now }),
        },
      });
    },

    /**
     * Gives a call of which nothing could be deleted back the state that it had, until it is due again.
     *
     * @returns false where it is not `deleting` any more
     */
    async leaveDeleting(call: Call, now: string, dueAgainAt: string, reason: StateReason): Promise<boolean> {
      const state = call.deletion?.from;
      if (state === undefined) return false;
      return conditionally(
        dynamodb.send(
          new UpdateCommand({
            TableName: tableName,
            Key: callSubject(call.callId),
            UpdateExpression:
              'SET #state = :state, #stateSince = :now, #dueAt = :dueAt, #work = :work, #history = list_append(#history, :entry) REMOVE #deletion',
            ConditionExpression: '#state = :deleting',
            ExpressionAttributeNames: Object.fromEntries(
              ['state', 'stateSince', 'dueAt', 'work', 'history', 'deletion'].map((name) => [`#${name}`, name]),
            ),
            ExpressionAttributeValues: {
              ':state': state,
              ':now': now,
              ':dueAt': dueAgainAt,
              ':work': workOf(call.callId, state),
              ':entry': [{ state, at: now, reason }],
              ':deleting': 'deleting',
            },
          }),
        ),
      );
    },

    /**
     * Removes the item of a call that is `deleting`, together with what is written `along`.
     *
     * @throws TransactionCanceledException where it is not `deleting`, or gone, or an item of `along` is refused
     */
    async removeItem(callId: string, along: readonly TransactItem[]): Promise<void> {
      await dynamodb.send(
        new TransactWriteCommand({
          TransactItems: [
            {
              Delete: {
                TableName: tableName,
                Key: callSubject(callId),
                ConditionExpression: '#state = :deleting',
                ExpressionAttributeNames: { '#state': 'state' },
                ExpressionAttributeValues: { ':deleting': 'deleting' },
              },
            },
            ...along,
          ],
        }),
      );
    },

    /** The parts of a call's partition beside the call itself, some at least: what is left there. */
    async otherParts(callId: string): Promise<string[]> {
      const { subject, part: own } = callSubject(callId);
      const { Items = [] } = await dynamodb.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'subject = :subject',
          ExpressionAttributeValues: { ':subject': subject },
          ConsistentRead: true,
        }),
      );
      return Items.map((item) => String(item.part)).filter((part) => part !== own);
    },

    /**
     * Calls of one partition of `work-by-state` that are due at `asOf`, behind `after`, those that are held left out.
     *
     * @returns at most `limit` ids, and where the partition goes on; nothing at its end
     */
    async dueCalls(
      partition: string,
      asOf: string,
      limit: number,
      after: Key | undefined,
    ): Promise<{ callIds: string[]; next: Key | undefined }> {
      const { partitionKey, sortKey } = indexes['work-by-state'];
      const { Items = [], LastEvaluatedKey } = await dynamodb.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: 'work-by-state',
          KeyConditionExpression: '#partition = :partition AND #sort BETWEEN :from AND :to',
          ExpressionAttributeNames: { '#partition': partitionKey, '#sort': sortKey },
          ExpressionAttributeValues: { ':partition': partition, ':from': EVER.from, ':to': asOf },
          Limit: limit,
          ExclusiveStartKey: after,
        }),
      );
      const due = Items.filter((item) => !Array.isArray(item.holds) || item.holds.length === 0);
      return { callIds: due.map((item) => String(item.callId)), next: LastEvaluatedKey as Key | undefined };
    },

    /**
     * Lets a hold hold a call, or no longer.
     *
     * @returns false where the call is gone or being deleted, or its holds changed since it was read: read it again
     */
    async changeHolds(call: Call, change: HoldChange, now: string): Promise<boolean> {
      try {
        await dynamodb.send(new TransactWriteCommand({ TransactItems: changeHolds(tableName, call, change, now) }));
        return true;
      } catch (error) {
        if (isAwsError(error, 'TransactionCanceledException')) return false;
        throw error;
      }
    },

    /**
     * Lets an erasure demand the deletion of a call: in a final state it is due from `now` on, or when its floor is over. What
     * deletes calls that are due deletes it then.
     *
     * @returns false where the call changed since it was read, or is being deleted: read it again
     */
    async markErased(call: Call, erasure: string, now: string): Promise<boolean> {
      const final = isFinal(call.state);
      const floor = call.retention?.floor?.until;
      return conditionally(
        dynamodb.send(
          new UpdateCommand({
            TableName: tableName,
            Key: callSubject(call.callId),
            UpdateExpression: `SET #erasure = :erasure${final ? ', #dueAt = :until' : ''}`,
            // Its floor as it was read: one that came meanwhile must not be passed over.
            ConditionExpression: [
              '#state = :state AND #state <> :deleting AND #dueAt = :dueAt',
              floor === undefined ? 'attribute_not_exists(#retention.#floor)' : '#retention.#floor.#until = :floor',
            ].join(' AND '),
            ExpressionAttributeNames: {
              ...{ '#erasure': 'erasure', '#state': 'state', '#dueAt': 'dueAt', '#retention': 'retention' },
              '#floor': 'floor',
              ...(floor !== undefined && { '#until': 'until' }),
            },
            ExpressionAttributeValues: {
              ...{ ':erasure': erasure, ':state': call.state, ':deleting': 'deleting', ':dueAt': call.dueAt },
              ...(floor !== undefined && { ':floor': floor }),
              ...(final && { ':until': erasableAt(call, now) }),
            },
          }),
        ),
      );
    },

    /** The holds that hold a call, or held it. */
    holdsOf: async (callId: string): Promise<CallHold[]> =>
      (await partsOf(callId, holdPart(), true)).map((item) => CallHold.parse(item)),

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

    /** Which of these calls there are. */
    async existing(callIds: readonly string[]): Promise<Set<string>> {
      return new Set((await itemsOfCalls(callIds, 'callId')).map((item) => String(item.callId)));
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
      const tags = tagsOf(moments);
      const items = [...momentItems(call, moments), ...tagItems(call, tags)];
      const puts = items.map((Item) => ({ Put: { TableName: tableName, Item } }));
      const { rulebookVersion } = changes;
      const taggings =
        rulebookVersion === undefined ? undefined : [...call.taggings, { rulebookVersion, at: now, tags }];
      const update = { Update: enterState(tableName, call, 'tagged', now, { ...changes, tags, taggings }) };
      while (puts.length >= MAX_TRANSACTION_ITEMS) {
        await dynamodb.send(new TransactWriteCommand({ TransactItems: puts.splice(0, MAX_TRANSACTION_ITEMS) }));
      }
      return unlessRefused(dynamodb.send(new TransactWriteCommand({ TransactItems: [...puts, update] })));
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
      replaceMoments(call, former, replacement, along, { dynamodb, tableName, stored, momentItems, tagItems }),

    callsOf,

    /**
     * The tagged ones among some of the calls of a partition, behind `after`: of an index of tagged calls, or of an agent's or
     * a customer's.
     *
     * @returns at most `limit`, and where the partition goes on; nothing at its end
     */
    async taggedCalls(partition: TaggedCalls, limit: number, after: Key | undefined) {
      const { calls, next } = await callsOf(partition, limit, after);
      return { calls: calls.filter((call) => call.state === 'tagged'), next };
    },

    /**
     * Decides anew how long a call is kept, with what goes along, all of it or nothing. In a final state it is due then.
     *
     * @param decided.by who decides: the call tells it as `appliedBy`
     *
     * @throws TransactionCanceledException where the call changed since it was read, or an item of `along` is refused:
     *   read it again, and decide anew
     */
    async setRetention(
      call: Call,
      { retention, by }: { readonly retention: Retention; readonly by: string },
      along: readonly TransactItem[],
    ): Promise<void> {
      const final = isFinal(call.state);
      const known = 'size(#taggings) = :known';
      const update: TransactItem = {
        Update: {
          TableName: tableName,
          Key: callSubject(call.callId),
          UpdateExpression: `SET #retention = :retention, #by = :by${final ? ', #dueAt = :until' : ''}`,
          ConditionExpression: [
            '#state = :state AND #dueAt = :dueAt',
            call.taggings.length > 0 ? known : `(attribute_not_exists(#taggings) OR ${known})`,
            call.erasure === undefined ? 'attribute_not_exists(#erasure)' : '#erasure = :erasure',
          ].join(' AND '),
          ExpressionAttributeNames: {
            ...{
              '#erasure': 'erasure',
              '#retention': 'retention',
              '#by': 'appliedBy',
              '#state': 'state',
              '#dueAt': 'dueAt',
              '#taggings': 'taggings',
            },
          },
          ExpressionAttributeValues: {
            ...{
              ':retention': retention,
              ':by': by,
              ':state': call.state,
              ':dueAt': call.dueAt,
              ':known': call.taggings.length,
            },
            ...(final && { ':until': dueAt(call.state, call.stateSince, { ...call, retention }) }),
            ...(call.erasure !== undefined && { ':erasure': call.erasure }),
          },
        },
      };
      await dynamodb.send(new TransactWriteCommand({ TransactItems: [update, ...along] }));
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

    /**
     * The calls of which all is true that is wanted, in order of their start. One that has a tag, and of which no agent and no
     * customer is named, may have come without its start: then it is where it arrived. Where only the state is named of what has
     * an index, the period and the order are those of `dueAt`.
     *
     * A page is one Query of its size for each partition that is read. Where more is wanted than the index tells, it may be
     * short, or empty, and have a next one: of each partition so many calls are looked into as {@link queryPages} says.
     *
     * @throws {TypeError} where nothing is named that has an index
     */
    async listCalls(wanted: CallsWanted, request: PageRequest): Promise<Page<Call>> {
      const { customerId, agentId, tag, state } = wanted;
      const by = foundBy(wanted);
      const rest = { filter: by && restOf(wanted, by) };
      if (customerId !== undefined) return list('calls-by-customer', parseCall, [[customerId]], request, rest);
      if (agentId !== undefined) return list('calls-by-agent', parseCall, [[agentId]], request, rest);
      if (tag !== undefined) return listByTag(tag, wanted, request);
      if (state !== undefined) return list('work-by-state', parseCall, [stateShards(state)], request, rest);
      throw new TypeError('no customer, agent, tag or state is named');
    },

    /**
     * The moments of a tag that occurred in a period, in order of `occurredAt`: of which all else is true that is wanted.
     *
     * @param perPartition for whoever reads all of them. @see ListedPartitions
     */
    listMoments(
      tag: string,
      request: PageRequest,
      wanted: MomentsWanted = {},
      perPartition?: number,
    ): Promise<Page<FoundMoment>> {
      const groups = inOrder(monthsOf(request.from, request.to), request).map((month) => tagShards(tag, month));
      const named = Object.entries(wanted).filter(([, value]) => value !== undefined);
      const filter = named.length > 0 ? { equals: Object.fromEntries(named) } : undefined;
      return list('moments-by-tag', (item) => FoundMoment.parse(item), groups, request, { filter, perPartition });
    },
  };
}
export type CallStore = ReturnType<typeof callStore>;

/** Whether a transaction was done; false where one of its conditions did not hold. */
async function unlessRefused(transaction: Promise<unknown>): Promise<boolean> {
  try {
    await transaction;
    return true;
  } catch (error) {
    if (isAwsError(error, 'TransactionCanceledException') && conditionFailed(error)) return false;
    throw error;
  }
}

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

const inOrder = <T>(months: readonly T[], { order }: Pick<PageRequest, 'order'>): readonly T[] =>
  order === 'oldest-first' ? months : months.toReversed();

/** What says that a call has a tag: as far as a look-up takes it. */
const TaggedItem = z.object({ callId: z.string() });

/** When a call counts as begun: one that came without its start, when it arrived. */
const begunAt = ({ startedAt, receivedAt }: Call): string => startedAt ?? receivedAt;

/** The items that say which tags a call has. What they are named by is no key of another index: they are in none but theirs. */
function tagItems(call: Call, tags: readonly string[]) {
  const { callId, source } = call;
  const callStartedAt = begunAt(call);
  return tags.map((tag) => ({
    ...{ subject: callSubject(callId).subject, part: tagPart(tag), callId, tag, source, callStartedAt },
    callTagPeriod: tagPeriodOf(callId, tag, callStartedAt),
  }));
}

function momentItems(call: Call, moments: readonly Moment[]) {
  const parts = momentParts(moments);
  return moments.map((moment, i) => {
    const occurredAt = plusMs(begunAt(call), moment.startMs);
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
    dueAt: dueAt(state, now, { ...call, retention: changes.retention ?? call.retention }),
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
