import type { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { indexes } from '../../calls/calls.ts';
import { MINUTE_MS, plusMs } from '../../platform/clock.ts';
import { EVER, type Page, type PageRequest } from '../../platform/cursor.ts';
import { isAwsError } from '../../platform/errors.ts';
import { queryAll, queryPages } from '../../platform/query-pages.ts';
import { existingDispute } from '../dispute-store.ts';
import { type EvidenceFile, EvidencePackage, evidencePart } from './evidence-package.ts';

const keyOf = (disputeId: string, number: number) => ({ subject: `dispute#${disputeId}`, part: evidencePart(number) });

/** The partition of `work-by-state` in which packages are that are being built. */
const WORK = 'evidence-requested';

/** As long as a function builds at the most, its message waits for another one, and somewhat more. */
const PATIENCE_MS = 2 * 60 * MINUTE_MS;

/** So often is a number asked for that somebody else has first. */
const ATTEMPTS = 16;

/** What is found by the key that a request bears. */
type Stored = EvidencePackage & { readonly requestId: string };

/** Evidence packages in the table: what is known of them. The ZIPs are in the evidence bucket. */
export function evidenceStore(dynamodb: DynamoDBDocumentClient, TableName: string) {
  const update = async (
    { disputeId, number }: Pick<EvidencePackage, 'disputeId' | 'number'>,
    UpdateExpression: string,
    ConditionExpression: string,
    values: Record<string, unknown>,
  ): Promise<EvidencePackage | undefined> => {
    const used = `${UpdateExpression} ${ConditionExpression}`.match(/#\w+/g) ?? [];
    try {
      const { Attributes } = await dynamodb.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(disputeId, number),
          UpdateExpression,
          ConditionExpression,
          ExpressionAttributeNames: Object.fromEntries(used.map((name) => [name, name.slice(1)])),
          ExpressionAttributeValues: values,
          ReturnValues: 'ALL_NEW',
        }),
      );
      return EvidencePackage.parse(Attributes);
    } catch (error) {
      if (isAwsError(error, 'ConditionalCheckFailedException')) return undefined;
      throw error;
    }
  };

  return {
    /**
     * Stores a package that is asked for under the next number of its dispute.
     *
     * @param requestId the same id is the same package, however often it is asked for
     * @returns the package, as it stands now where it was there before, and whether it is new; undefined where there is no
     *   such dispute, or it is being deleted
     */
    async create(
      asked: Omit<EvidencePackage, 'number'>,
      requestId: string,
    ): Promise<{ evidence: EvidencePackage; isNew: boolean } | undefined> {
      const { disputeId } = asked;
      const { subject } = keyOf(disputeId, 1);
      for (let attempt = 1; ; attempt++) {
        const beginsWith = evidencePart();
        const items = await queryAll(dynamodb, { tableName: TableName, subject, beginsWith, consistent: true });
        const known = items.find((item) => item.requestId === requestId);
        if (known) return { evidence: EvidencePackage.parse(known), isNew: false };
        const stored: Stored = { ...asked, number: items.length + 1, requestId };
        const due = { work: WORK, dueAt: plusMs(asked.requestedAt, PATIENCE_MS) };
        try {
          const Item = { ...stored, ...keyOf(disputeId, stored.number), ...due };
          await dynamodb.send(
            new TransactWriteCommand({
              TransactItems: [
                // What is written into a dispute that is being deleted, nothing would delete.
                { ConditionCheck: { TableName, ...existingDispute(disputeId) } },
                { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(subject)' } },
              ],
            }),
          );
          return { evidence: EvidencePackage.parse(stored), isNew: true };
        } catch (error) {
          if (!isAwsError(error, 'TransactionCanceledException')) throw error;
          const [ofDispute] = (error as TransactionCanceledException).CancellationReasons ?? [];
          if (ofDispute?.Code === 'ConditionalCheckFailed') return undefined;
          // Else somebody had the number first, or the dispute is just being changed.
          if (attempt === ATTEMPTS) throw error;
        }
      }
    },

    /** A package, as it stands now. */
    async get(disputeId: string, number: number): Promise<EvidencePackage | undefined> {
      const { Item } = await dynamodb.send(
        new GetCommand({ TableName, Key: keyOf(disputeId, number), ConsistentRead: true }),
      );
      return Item && EvidencePackage.parse(Item);
    },

    /** The packages of a dispute, by their numbers. */
    list: (disputeId: string, request: PageRequest): Promise<Page<EvidencePackage>> =>
      queryPages(
        dynamodb,
        {
          tableName: TableName,
          groups: [[keyOf(disputeId, 1).subject]],
          sortKeys: { beginsWith: evidencePart() },
        },
        request,
        (item) => EvidencePackage.parse(item),
      ),

    /**
     * Notes where the ZIP of a package is, which is not handed out yet.
     *
     * @returns undefined where another build was first, or it is not asked for any more
     */
    noteFile: (evidence: EvidencePackage, file: EvidenceFile) =>
      update(evidence, 'SET #file = :file', '#state = :requested AND attribute_not_exists(#file)', {
        ':file': file,
        ':requested': 'requested',
      }),

    /** Makes a package whose file was noted one that can be handed out. */
    noteBuilt: (evidence: EvidencePackage, now: string) =>
      update(
        evidence,
        'SET #state = :built, #stateSince = :now REMOVE #work, #dueAt, #failure',
        '#state = :requested AND attribute_exists(#file)',
        { ':built': 'built', ':requested': 'requested', ':now': now },
      ),

    /** Notes that a package cannot be built, and why. */
    noteFailed: (evidence: EvidencePackage, now: string, failure: string) =>
      update(
        evidence,
        'SET #state = :failed, #stateSince = :now, #failure = :failure REMOVE #work, #dueAt',
        '#state = :requested AND attribute_not_exists(#file)',
        { ':failed': 'failed', ':requested': 'requested', ':now': now, ':failure': failure },
      ),

    /** Asks again for a package that failed; undefined where it did not. */
    retry: (evidence: EvidencePackage, now: string) =>
      update(
        evidence,
        'SET #state = :requested, #stateSince = :now, #attempt = :attempt, #work = :work, #dueAt = :dueAt REMOVE #failure',
        '#state = :failed',
        {
          ...{ ':requested': 'requested', ':failed': 'failed', ':now': now, ':work': WORK },
          ...{ ':attempt': evidence.attempt + 1, ':dueAt': plusMs(now, PATIENCE_MS) },
        },
      ),

    /** Gives a package that was asked for as long again, as one more attempt; undefined where it was built or failed. */
    postpone: (evidence: EvidencePackage, now: string) =>
      update(evidence, 'SET #attempt = :attempt, #dueAt = :dueAt', '#state = :requested', {
        ...{ ':requested': 'requested', ':attempt': evidence.attempt + 1, ':dueAt': plusMs(now, PATIENCE_MS) },
      }),

    /** Notes that a package is handed out; undefined where it is gone. */
    noteHandedOut: (evidence: EvidencePackage, to: EvidencePackage['handedOut'][number]) =>
      update(evidence, 'SET #handedOut = list_append(#handedOut, :to)', '#state = :built', {
        ':to': [to],
        ':built': 'built',
      }),

    /** Packages that should have been built by now: a hundred at the most, the longest overdue first. */
    async overdue(now: string): Promise<EvidencePackage[]> {
      const { partitionKey, sortKey } = indexes['work-by-state'];
      const { Items = [] } = await dynamodb.send(
        new QueryCommand({
          TableName,
          IndexName: 'work-by-state',
          KeyConditionExpression: '#partition = :partition AND #sort BETWEEN :from AND :now',
          ExpressionAttributeNames: { '#partition': partitionKey, '#sort': sortKey },
          ExpressionAttributeValues: { ':partition': WORK, ':from': EVER.from, ':now': now },
          Limit: 100,
        }),
      );
      return Items.map((item) => EvidencePackage.parse(item));
    },
  };
}
export type EvidenceStore = ReturnType<typeof evidenceStore>;
