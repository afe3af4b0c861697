import { createHash } from 'node:crypto';
import { type DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Page, PageRequest } from '../../platform/cursor.ts';
import { isAwsError, VerbatimError } from '../../platform/errors.ts';
import type { TransactItem } from '../../platform/job-store.ts';
import { queryAll, queryPages } from '../../platform/query-pages.ts';
import { callSubject } from '../call-table.ts';
import { type CustodyActInput, CustodyEntry, CustodyHead, entriesAfter } from './custody.ts';

/** What the sort keys of all that is kept of a call's custody begin with, in its call's partition. */
export const CUSTODY = 'custody';

/** What the sort keys of entries begin with: their number follows, so that they sort by it. */
export const CUSTODY_ENTRY = `${CUSTODY}#`;

/** The sort key of the head of a chain. */
const HEAD = CUSTODY;

/** The sort key of an entry. */
export const entryPart = (number: number): string => `${CUSTODY_ENTRY}${String(number).padStart(8, '0')}`;

/** The sort key of what says that an act was noted. */
const actPart = (actId: string): string =>
  `${CUSTODY}-act#${createHash('sha256').update(actId).digest('hex').slice(0, 32)}`;

/** A change of the table's stream. */
export const NotedChange = z.object({
  /** The ARN of the stream: a table that is restored has another one, which counts anew. */
  stream: z.string(),
  /** Rises from change to change of one item. */
  sequenceNumber: z.string().regex(/^\d+$/),
});
export type NotedChange = z.infer<typeof NotedChange>;

const StoredHead = CustodyHead.extend({
  /** The last change of the call's item that was noted. */
  noted: NotedChange.optional(),
});
type StoredHead = z.infer<typeof StoredHead>;

/** The chain of a call as it is stored, to be checked: its entries may be anything that somebody made of them. */
export interface StoredChain {
  /** Undefined where nothing was noted of the call yet. */
  readonly head: CustodyHead | undefined;
  readonly entries: readonly Record<string, unknown>[];
}

/** So often is an act tried to be noted where others are noted beside it. */
const ATTEMPTS = 24;

/** Some time before the next attempt, so that those who met do not meet again. */
const jitter = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(300, 10 * 2 ** attempt)));

/**
 * The custody of calls in the table: a chain of entries in each call's partition, and a head that tells how far it goes.
 * Entries are added, each in one transaction with the head, and never changed.
 *
 * What it may do: GetItem, Query, PutItem, UpdateItem, ConditionCheckItem.
 *
 * @param pause waits before an attempt is made again. @default some milliseconds, more with each attempt
 */
export function custodyStore(dynamodb: DynamoDBDocumentClient, tableName: string, pause = jitter) {
  const TableName = tableName;
  const keyOf = (callId: string, part: string) => ({ subject: callSubject(callId).subject, part });

  const itemOf = async (callId: string, part: string): Promise<Record<string, unknown> | undefined> => {
    const { Item } = await dynamodb.send(new GetCommand({ TableName, Key: keyOf(callId, part), ConsistentRead: true }));
    return Item;
  };

  const storedHead = async (callId: string): Promise<StoredHead | undefined> => {
    const item = await itemOf(callId, HEAD);
    return item && StoredHead.parse(item);
  };

  /** The transaction that adds entries behind a head, as it was read. */
  const addition = (
    callId: string,
    before: StoredHead | undefined,
    entries: readonly CustodyEntry[],
    noted: NotedChange | undefined,
  ): TransactItem[] => {
    const last = entries.at(-1);
    const after = { callId, entries: last?.number, hash: last?.hash, noted };
    const names = (['callId', 'entries', 'hash', 'noted'] as const).filter((name) => after[name] !== undefined);
    const isNew = { TableName, ConditionExpression: 'attribute_not_exists(subject)' };
    return [
      ...entries.map((entry) => ({ Put: { ...isNew, Item: { ...entry, ...keyOf(callId, entryPart(entry.number)) } } })),
      {
        Update: {
          TableName,
          Key: keyOf(callId, HEAD),
          UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
          ConditionExpression: before
            ? '#entries = :entriesBefore AND #hash = :hashBefore'
            : 'attribute_not_exists(subject)',
          ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
          ExpressionAttributeValues: {
            ...Object.fromEntries(names.map((name) => [`:${name}`, after[name]])),
            ...(before && { ':entriesBefore': before.entries, ':hashBefore': before.hash }),
          },
        },
      },
      ...entries.flatMap(({ actId, number }) =>
        actId === undefined ? [] : [{ Put: { ...isNew, Item: { ...keyOf(callId, actPart(actId)), number } } }],
      ),
    ];
  };

  /** The entry of an act that was noted before. */
  const entryOfAct = async (callId: string, actId: string): Promise<CustodyEntry | undefined> => {
    const marker = await itemOf(callId, actPart(actId));
    const entry = marker && (await itemOf(callId, entryPart(Number(marker.number))));
    return entry && CustodyEntry.parse(entry);
  };

  const isGone = async (callId: string): Promise<boolean> => {
    const call = await itemOf(callId, callSubject(callId).part);
    return call === undefined || call.state === 'deleting';
  };

  /** Adds the entries of acts; where they are of a change of the stream, that change is noted with them. */
  const add = async (
    callId: string,
    acts: readonly CustodyActInput[],
    along: readonly TransactItem[],
    noted?: NotedChange,
  ): Promise<CustodyEntry[] | undefined> => {
    // DynamoDB takes one write of an item in a transaction: where one of them is the call's own, that is bound to it.
    const others = along.some((item) => isOfCall(callId, item))
      ? along.map((item) => (isOfCall(callId, item) ? whileThere(item) : item))
      : [whileThere({ ConditionCheck: { TableName, Key: callSubject(callId), ConditionExpression: '' } }), ...along];
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const head = await storedHead(callId);
      if (noted && head?.noted && isNoted(noted, head.noted)) return [];
      const entries = entriesAfter(callId, head && { number: head.entries, hash: head.hash }, acts);
      const own = addition(callId, head, entries, noted);
      try {
        await dynamodb.send(new TransactWriteCommand({ TransactItems: [...own, ...others] }));
        return entries;
      } catch (error) {
        const reasons = reasonsOf(error);
        if (!reasons) throw error;
        // Of ours, a condition that does not hold is a race: others noted something meanwhile.
        const isRace = reasons.every((reason, i) => MAY_PASS.has(reason) || (reason === REFUSED && i < own.length));
        if (!isRace && (await isGone(callId))) return undefined;
        const before = await Promise.all(
          acts.map(({ actId }) => (actId === undefined ? undefined : entryOfAct(callId, actId))),
        );
        // An act that was noted before took its `along` with it then.
        if (before.length > 0 && before.every((entry) => entry !== undefined)) return before;
        if (!isRace) throw error;
      }
      await pause(attempt);
    }
    throw new Error(
      `nothing can be noted in the custody of the call ${callId}: too much is noted at once, or its chain is broken`,
    );
  };

  return {
    /**
     * Notes an act behind all that was noted of a call, together with what is written `along`: all of it or nothing. An act
     * with an `actId` that was noted before is not noted again. An item of `along` may be the call's own:
     * it gets the condition that the call is there, and not being deleted.
     *
     * @returns its entry; undefined where the call is gone, or being deleted: nothing is noted then, and nothing written
     * @throws TransactionCanceledException where an item of `along` is refused
     * @throws Error where so much is noted of the call at once that there was no room, or its chain is broken
     */
    async append(
      callId: string,
      act: CustodyActInput,
      along: readonly TransactItem[] = [],
    ): Promise<CustodyEntry | undefined> {
      return (await add(callId, [act], along))?.[0];
    },

    /**
     * Notes the acts of one change of the call's item, in order: once, however often it is told. Changes are to be noted in
     * their order.
     *
     * @returns their entries; none where it was noted before, undefined where the call is gone or being deleted
     */
    noteChange: (
      callId: string,
      acts: readonly CustodyActInput[],
      change: NotedChange,
    ): Promise<CustodyEntry[] | undefined> =>
      acts.length === 0 ? Promise.resolve([]) : add(callId, acts, [], NotedChange.parse(change)),

    /**
     * One page of what was noted of a call, by number; the period of the request does not count.
     *
     * @throws {VerbatimError} conflict, where something of it is no entry
     */
    list(callId: string, request: PageRequest): Promise<Page<CustodyEntry>> {
      const groups = [[callSubject(callId).subject]];
      const listed = { tableName, groups, sortKeys: { beginsWith: CUSTODY_ENTRY } };
      return queryPages(dynamodb, listed, request, (item) => entryOf(callId, item));
    },

    /**
     * Everything that was noted of a call, by number.
     *
     * @throws {VerbatimError} conflict, where something of it is no entry
     */
    async all(callId: string): Promise<CustodyEntry[]> {
      const { subject } = callSubject(callId);
      const items = await queryAll(dynamodb, { tableName, subject, beginsWith: CUSTODY_ENTRY, consistent: true });
      return items.map((item) => entryOf(callId, item));
    },

    /** How far the chain of a call goes; undefined where nothing was noted of it yet, or nothing can be made of what says it. */
    async head(callId: string): Promise<CustodyHead | undefined> {
      return CustodyHead.safeParse(await itemOf(callId, HEAD)).data;
    },

    /** The chain of a call as it is stored, at one moment: what {@link checkChain} takes. */
    async chain(callId: string): Promise<StoredChain> {
      const { subject } = callSubject(callId);
      const before = await itemOf(callId, HEAD);
      const items = await queryAll(dynamodb, { tableName, subject, beginsWith: CUSTODY_ENTRY, consistent: true });
      const after = await itemOf(callId, HEAD);
      const head = CustodyHead.safeParse(before).data;
      // What was noted while it was read is left out; what is behind the head without having been noted stays.
      const from = entryPart((head?.entries ?? 0) + 1);
      const to = entryPart(CustodyHead.safeParse(after).data?.entries ?? 0);
      const entries = items
        .filter(({ part }) => String(part) < from || String(part) > to)
        .map(({ subject: _subject, part: _part, ...entry }) => entry);
      return { head, entries };
    },
  };
}
export type CustodyStore = ReturnType<typeof custodyStore>;

/** Whether a write is of the call's own item. */
function isOfCall(callId: string, { Put, Update, Delete, ConditionCheck }: TransactItem): boolean {
  const key = Put?.Item ?? (Update ?? Delete ?? ConditionCheck)?.Key;
  const { subject, part } = callSubject(callId);
  return key?.subject === subject && key.part === part;
}

interface Conditional {
  readonly ConditionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Record<string, unknown> | undefined;
}

/** A write of the call's own item that is refused where the call is gone, or being deleted. */
function whileThere({ Put, Update, Delete, ConditionCheck }: TransactItem): TransactItem {
  const condition = 'attribute_exists(#custodyState) AND #custodyState <> :custodyDeleting';
  const also = <W extends Conditional>(write: W) => ({
    ...write,
    ConditionExpression: write.ConditionExpression ? `(${write.ConditionExpression}) AND ${condition}` : condition,
    ExpressionAttributeNames: { ...write.ExpressionAttributeNames, '#custodyState': 'state' },
    ExpressionAttributeValues: { ...write.ExpressionAttributeValues, ':custodyDeleting': 'deleting' },
  });
  return {
    ...(Put && { Put: also(Put) }),
    ...(Update && { Update: also(Update) }),
    ...(Delete && { Delete: also(Delete) }),
    ...(ConditionCheck && { ConditionCheck: also(ConditionCheck) }),
  };
}

const REFUSED = 'ConditionalCheckFailed';

/** Why a transaction is canceled that may be done the next time. Source: DynamoDB API Reference, TransactWriteItems. */
const MAY_PASS: ReadonlySet<string> = new Set([
  'None',
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

/** Why each item of a transaction that was canceled was refused, in their order; undefined where it was not canceled. */
function reasonsOf(error: unknown): string[] | undefined {
  if (!isAwsError(error, 'TransactionCanceledException')) return undefined;
  const { CancellationReasons = [] } = error as { CancellationReasons?: { Code?: string }[] };
  return CancellationReasons.map(({ Code }) => Code ?? 'None');
}

/** Whether a change was noted with, or before, the last one. */
const isNoted = (change: NotedChange, last: NotedChange): boolean =>
  change.stream === last.stream && BigInt(change.sequenceNumber) <= BigInt(last.sequenceNumber);

function entryOf(callId: string, item: unknown): CustodyEntry {
  const entry = CustodyEntry.safeParse(item);
  if (entry.success) return entry.data;
  const { part } = item as { part?: unknown };
  throw new VerbatimError(
    'conflict',
    `${part} is no entry of the custody of the call ${callId}: check it, by /calls/${callId}/custody/check`,
  );
}
