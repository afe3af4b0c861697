import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Call } from '../../calls/calls.ts';
import { Chain } from '../../platform/chain.ts';
import type { Page, PageRequest } from '../../platform/cursor.ts';
import { isAwsError } from '../../platform/errors.ts';
import {
  jobShardOf,
  jobStore,
  MAX_COUNTS,
  MAX_TRANSACTION_ITEMS,
  type TransactItem,
} from '../../platform/job-store.ts';
import { progressOfJob } from '../../platform/jobs.ts';
import { queryPages } from '../../platform/query-pages.ts';
import { type CallMessage, Retag, type RetagProgress, type TagCounts } from './retag.ts';
import { ChangeKind, isChanged, type TagDiff } from './retag-diff.ts';

/** A call in which moments of a tag change, or that was skipped: where to look, and nothing that was said. */
export const RetagChange = z.object({
  kind: z.enum([...ChangeKind.options, 'skipped']),
  callId: z.string(),
  /** The tag whose moments change; none of a call that was skipped. */
  tag: z.string().optional(),
  agentId: z.string().optional(),
  /** How many of its moments change so. */
  moments: z.number().int().optional(),
  /** Where the first of them begins: of a moved one, where it would begin. */
  startMs: z.number().int().optional(),
  /** Why it was skipped. */
  reason: z.string().optional(),
});
export type RetagChange = z.infer<typeof RetagChange>;

/** What became of a call: what changes in it, or why it was passed over. */
type RetagOutcome = { readonly diffs: readonly TagDiff[] } | { readonly skipped: string };

/** What there is to write for an outcome. */
interface Settlement {
  /** To be written first: what does not fit into a transaction. It may be written again. */
  readonly before: readonly TransactItem[];
  /** To be written together with what is done to the call: refused where the call is settled already. */
  readonly along: readonly TransactItem[];
}

const RETAGS = 'retags';

/** So many changes go along in the transaction of a call. */
const MAX_ALONG = 30;

/** Retags, how far they are, and what they found, in the table. All of it has a time to live. */
export function retagStore(dynamodb: DynamoDBDocumentClient, tableName: string) {
  const TableName = tableName;
  const jobs = jobStore<Retag, Chain>(dynamodb, tableName, {
    ...{ list: RETAGS, name: 'retag', idOf: (retag) => retag.retagId },
    ...{ parseJob: (item) => Retag.parse(item), parseChain: (item) => Chain.parse(item) },
  });
  const { subjectOf, transact, addition } = jobs;
  const doneKey = (retagId: string, callId: string) => ({
    subject: subjectOf(retagId, jobShardOf(callId)),
    part: `done#${callId}`,
  });
  const nameOf = ({ pass, chain, page }: CallMessage) => `${pass}#${chain}#${page}`;

  const list = <T>(subjects: readonly string[], parse: (item: unknown) => T, request: PageRequest): Promise<Page<T>> =>
    queryPages(dynamodb, { tableName: TableName, groups: subjects.map((subject) => [subject]) }, request, parse);

  return {
    ...jobs,

    /** All retags of the last 30 days, in order of their start. */
    list: (request: PageRequest): Promise<Page<Retag>> => list([RETAGS], (item) => Retag.parse(item), request),

    /** By which message a call was settled; undefined where it is not. */
    async settledBy(retag: Retag, { callId }: CallMessage): Promise<string | undefined> {
      const Key = doneKey(retag.retagId, callId);
      const { Item } = await dynamodb.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item && String(Item.by);
    },

    /** The name of a message, as {@link settledBy} tells it: the same whenever it is delivered. */
    nameOf,

    /**
     * Counts a message of a call that another one settled: the call was found twice, or in an earlier pass.
     *
     * @throws TransactionCanceledException where it was counted already
     */
    async countAgain(retag: Retag, message: CallMessage, attempt: number): Promise<void> {
      const { subject } = doneKey(retag.retagId, message.callId);
      const mark = { subject, part: `again#${message.callId}#${nameOf(message)}`, ttl: retag.ttl };
      await transact([
        { Put: { TableName, Item: mark, ConditionExpression: 'attribute_not_exists(subject)' } },
        addition(retag, jobShardOf(message.callId) + attempt, [[`taken#${message.pass}`, 1]]),
      ]);
    },

    /** Whether {@link countAgain} counted a message. */
    async isCountedAgain(retag: Retag, message: CallMessage): Promise<boolean> {
      const { subject } = doneKey(retag.retagId, message.callId);
      const Key = { subject, part: `again#${message.callId}#${nameOf(message)}` };
      return (await dynamodb.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item !== undefined;
    },

    /**
     * What there is to write for what became of a call: its mark, the counts, and a change for each tag and kind.
     *
     * @param attempt counts go to another item with each: where many write to one at once, DynamoDB refuses some
     */
    settlementOf(
      retag: Retag,
      message: CallMessage,
      call: Call | undefined,
      outcome: RetagOutcome,
      attempt: number,
    ): Settlement {
      const { retagId, ttl } = retag;
      const { callId } = message;
      const changes = changesOf(callId, call, outcome);
      const puts = changes.map((change) => ({
        Put: {
          TableName,
          Item: {
            ...change,
            ttl,
            subject: subjectOf(retagId, change.kind, ...(change.tag === undefined ? [] : [change.tag])),
            part: callId,
          },
        },
      }));
      const counts = [[`taken#${message.pass}`, 1] as const, ...countsOfOutcome(outcome)];
      const additions = Array.from({ length: Math.ceil(counts.length / MAX_COUNTS) }, (_, i) =>
        addition(retag, jobShardOf(callId) + attempt + i, counts.slice(i * MAX_COUNTS, (i + 1) * MAX_COUNTS)),
      );
      const mark = { ...doneKey(retagId, callId), by: nameOf(message), ttl };
      return {
        before: puts.slice(MAX_ALONG),
        along: [
          { Put: { TableName, Item: mark, ConditionExpression: 'attribute_not_exists(subject)' } },
          ...additions,
          ...puts.slice(0, MAX_ALONG),
        ],
      };
    },

    /** Writes items in as few transactions as hold them. */
    async write(items: readonly TransactItem[]): Promise<void> {
      for (let first = 0; first < items.length; first += MAX_TRANSACTION_ITEMS) {
        await transact(items.slice(first, first + MAX_TRANSACTION_ITEMS));
      }
    },

    /** How far a retag is. */
    async progressOf(retag: Retag): Promise<RetagProgress> {
      // The chains first: once they are through, what they found is final, and counts only grow.
      const chains = await jobs.chainsOf(retag.retagId);
      const counts = await jobs.countsOf(retag.retagId);
      const count = (name: string) => counts.get(name) ?? 0;
      const tags = new Set(
        [...counts.keys()].flatMap((name) => /^(?:gained|lost|moved|unchanged)#(.*)$/.exec(name)?.[1] ?? []),
      );
      return {
        ...progressOfJob(retag, chains, counts),
        ...{ settled: count('settled'), changed: count('changed'), skipped: count('skipped') },
        tags: [...tags].toSorted().map(
          (tag): TagCounts => ({
            tag,
            gained: count(`gained#${tag}`),
            lost: count(`lost#${tag}`),
            moved: count(`moved#${tag}`),
            unchanged: count(`unchanged#${tag}`),
          }),
        ),
      };
    },

    /** The calls in which moments of a tag change in one of these ways, or those that were skipped, in order of their ids. */
    changes(retagId: string, kinds: readonly RetagChange['kind'][], tag: string | undefined, request: PageRequest) {
      const subjects = kinds.map((kind) => subjectOf(retagId, kind, ...(tag === undefined ? [] : [tag])));
      return list(subjects, (item) => RetagChange.parse(item), request);
    },

    /**
     * Notes which rulebook a version is, for good: moments tell the version alone.
     *
     * @returns the SHA-256 of the rulebook of that version: another one where the version was another rulebook's before
     */
    async noteRulebook(version: string, sha256: string): Promise<string> {
      try {
        await dynamodb.send(
          new PutCommand({
            TableName,
            Item: { ...rulebookKey(version), sha256 },
            ConditionExpression: 'attribute_not_exists(subject)',
          }),
        );
        return sha256;
      } catch (error) {
        if (isAwsError(error, 'ConditionalCheckFailedException')) return (await this.notedRulebook(version)) ?? sha256;
        throw error;
      }
    },

    /** The SHA-256 of the rulebook of a version, where it was noted. */
    async notedRulebook(version: string): Promise<string | undefined> {
      const { Item } = await dynamodb.send(
        new GetCommand({ TableName, Key: rulebookKey(version), ConsistentRead: true }),
      );
      return Item && String(Item.sha256);
    },
  };
}
export type RetagStore = ReturnType<typeof retagStore>;

const rulebookKey = (version: string) => ({ subject: 'rulebooks', part: version });

const kindsOf = ({ gained, lost, moved }: TagDiff) => [
  { kind: 'gained' as const, moments: gained },
  { kind: 'lost' as const, moments: lost },
  { kind: 'moved' as const, moments: moved },
];

function changesOf(callId: string, call: Call | undefined, outcome: RetagOutcome): RetagChange[] {
  const agentId = call?.agentId;
  if ('skipped' in outcome) return [{ kind: 'skipped', callId, agentId, reason: outcome.skipped }];
  return outcome.diffs.flatMap((diff) =>
    kindsOf(diff)
      .filter(({ moments }) => moments.length > 0)
      .map(({ kind, moments }) => ({
        ...{ kind, callId, agentId, tag: diff.tag },
        ...{ moments: moments.length, startMs: moments[0]?.startMs },
      })),
  );
}

function countsOfOutcome(outcome: RetagOutcome): (readonly [string, number])[] {
  if ('skipped' in outcome) return [['skipped', 1]];
  return [
    ['settled', 1] as const,
    ...(isChanged(outcome.diffs) ? [['changed', 1] as const] : []),
    ...outcome.diffs.flatMap((diff) =>
      [
        ...kindsOf(diff).map(({ kind, moments }) => [`${kind}#${diff.tag}`, moments.length] as const),
        [`unchanged#${diff.tag}`, diff.unchanged] as const,
      ].filter(([, count]) => count > 0),
    ),
  ];
}
