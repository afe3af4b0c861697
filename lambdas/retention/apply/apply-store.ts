import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Page, PageRequest } from '../../platform/cursor.ts';
import { VerbatimError } from '../../platform/errors.ts';
import { additionTo, jobShardOf, jobStore, sumCounts, type TransactItem } from '../../platform/job-store.ts';
import { type JobState, progressOfJob } from '../../platform/jobs.ts';
import { parseJson } from '../../platform/json.ts';
import { queryAll, queryPages } from '../../platform/query-pages.ts';
import { type RetentionChoices, retentionChoices } from '../policy/redecide.ts';
import { type ApplyCallMessage, ApplyChain, RetentionApply, type Samples } from './apply.ts';

const Choices = z.object(retentionChoices);

const APPLIES = 'applies';

/** The counts of a page are spread over so many items of its chain. */
const BUCKETS = 32;

const bucketOf = (name: string): number =>
  [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521, 7) % BUCKETS;

/** An item of DynamoDB holds 400 KB. */
const MAX_CONFIG_LENGTH = 300_000;

/** So many samples of each kind are told. */
const MAX_SAMPLES = 10;

/** How far deciding anew is, and what was counted. */
export interface ApplyProgress {
  readonly state: JobState;
  /** Whether all calls were found. */
  readonly allFound: boolean;
  /** Calls that were changed, in all passes. */
  readonly applied: number;
  /** What was counted in this pass. */
  readonly counts: ReadonlyMap<string, number>;
  readonly samples: Samples;
}

/** Applies of retention, how far they are, and what they found, in the table. All of it has a time to live. */
export function applyStore(dynamodb: DynamoDBDocumentClient, TableName: string) {
  const jobs = jobStore<RetentionApply, ApplyChain>(dynamodb, TableName, {
    ...{ list: APPLIES, name: 'apply', idOf: (apply) => apply.applyId },
    ...{ parseJob: (item) => RetentionApply.parse(item), parseChain: (item) => ApplyChain.parse(item) },
  });
  const { subjectOf } = jobs;
  const configKey = (applyId: string) => ({ subject: subjectOf(applyId, 'config'), part: 'config' });
  const countsSubject = ({ applyId, pass }: RetentionApply) => subjectOf(applyId, 'counts', pass);
  const markKey = ({ applyId, callId, pass, chain, page }: ApplyCallMessage) => ({
    subject: subjectOf(applyId, 'done', jobShardOf(callId)),
    part: `${callId}#${pass}#${chain}#${page}`,
  });

  const countsOfPass = async (apply: RetentionApply): Promise<Map<string, number>> =>
    sumCounts(await queryAll(dynamodb, { tableName: TableName, subject: countsSubject(apply), consistent: true }));

  return {
    ...jobs,

    /**
     * Stores a new apply with its chains, and the config that decides.
     *
     * @param key what `begunBy` finds it by
     * @throws {VerbatimError} bad-request, where the config is too long to be stored
     */
    async begin(
      apply: RetentionApply,
      chains: Parameters<typeof jobs.create>[1],
      choices: RetentionChoices,
      key?: string,
    ) {
      const config = JSON.stringify(Choices.parse(choices));
      if (config.length > MAX_CONFIG_LENGTH)
        throw new VerbatimError(
          'bad-request',
          `config: has ${config.length} characters, and ${MAX_CONFIG_LENGTH} may be`,
        );
      const Item = { ...configKey(apply.applyId), config, ttl: apply.ttl };
      await jobs.create(apply, chains, [{ Put: { TableName, Item } }], key);
    },

    /** The config by which a dry run decides. */
    async choicesOf(applyId: string): Promise<RetentionChoices> {
      const { Item } = await dynamodb.send(
        new GetCommand({ TableName, Key: configKey(applyId), ConsistentRead: true }),
      );
      return Choices.parse(parseJson(String(Item?.config)));
    },

    /** What there is to write of the counts of a page, together with the chain: no other page of the chain is at work. */
    countsOfPage(apply: RetentionApply, chain: number, counts: ReadonlyMap<string, number>): TransactItem[] {
      const buckets = Map.groupBy(counts, ([name]) => bucketOf(name));
      return [...buckets].map(([bucket, some]) =>
        additionTo(
          TableName,
          { subject: countsSubject(apply), part: `${String(chain).padStart(3, '0')}#${bucket}` },
          apply.ttl,
          some,
        ),
      );
    },

    /** Whether a message was taken up. */
    async isTaken(message: ApplyCallMessage): Promise<boolean> {
      const { Item } = await dynamodb.send(new GetCommand({ TableName, Key: markKey(message), ConsistentRead: true }));
      return Item !== undefined;
    },

    /**
     * What there is to write when a message is taken up: refused where it was before.
     *
     * @param attempt counts go to another item with each: where many write to one at once, DynamoDB refuses some
     */
    taking(apply: RetentionApply, message: ApplyCallMessage, isApplied: boolean, attempt: number): TransactItem[] {
      const Item = { ...markKey(message), ttl: apply.ttl };
      const counts = [[`taken#${apply.pass}`, 1] as const, ...(isApplied ? [['applied', 1] as const] : [])];
      return [
        { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(subject)' } },
        jobs.addition(apply, jobShardOf(message.callId) + attempt, counts),
      ];
    },

    /** All applies of the last 30 days, in order of their start. */
    list: (request: PageRequest): Promise<Page<RetentionApply>> =>
      queryPages(dynamodb, { tableName: TableName, groups: [[APPLIES]] }, request, (item) =>
        RetentionApply.parse(item),
      ),

    /** How far an apply is, and what it found. */
    async progressOf(apply: RetentionApply): Promise<ApplyProgress> {
      // The chains first: once they are through, what they found is final, and counts only grow.
      const chains = await jobs.chainsOf(apply.applyId);
      const [taking, counts] = await Promise.all([jobs.countsOf(apply.applyId), countsOfPass(apply)]);
      const { state, allFound } = progressOfJob(apply, chains, taking);
      const samples: Record<string, string[]> = {};
      for (const chain of chains) {
        for (const [kind, callIds] of Object.entries(chain.samples))
          samples[kind] = [...(samples[kind] ?? []), ...callIds].slice(0, MAX_SAMPLES);
      }
      return { state, allFound, applied: taking.get('applied') ?? 0, counts, samples };
    },
  };
}
export type ApplyStore = ReturnType<typeof applyStore>;
