import { type DynamoDBDocumentClient, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { DAY_MS, plusMs } from '../../platform/clock.ts';
import { isAwsError } from '../../platform/errors.ts';
import { queryAll } from '../../platform/query-pages.ts';

/** What rows are of: a call, or a dispute. */
export type SubjectOfRows = 'call' | 'dispute';

/** What the partition keys of all that is kept of the dataset in the table begin with. */
export const INSIGHTS_SUBJECTS = ['insights#'] as const;

/**
 * Between two revisions that a writer begins there is room: below one for what it writes into days that a call has left, above it for
 * what compaction writes anew of its rows.
 */
export const REVISION_STEP = 1_000_000;

/** Which of the writers of a call, or a dispute, a revision is of: 1 is the first one. */
export const writerOf = (revision: number): number => Math.round(revision / REVISION_STEP);

/** So long is it known in which days something was that is gone: longer than any message waits. */
const GONE_KNOWN_MS = 30 * DAY_MS;

const DAY = /^\d{4}-\d\d-\d\d$/;

const DISPUTE = 'dispute#';

/** What is known of a call's, or a dispute's, rows: which revision is the newest that was begun, and where they were written. */
export interface RowsBegun {
  readonly revision: number;
  readonly days: readonly string[];
  /** Of a call: the disputes whose rows tell of it. */
  readonly disputes: readonly string[];
}

const daysSubject = 'insights#days';

/** A day of the dataset, as it stands: whether and since when it waits to be compacted. */
const StoredDay = z.object({
  part: z.string(),
  /** How often something was written in it. */
  writes: z.number().int().nonnegative().default(0),
  changedAt: z.iso.datetime().optional(),
  /** There where something in it was deleted, and is still in its files. */
  deletedAt: z.iso.datetime().optional(),
  /** From when on it has files of `gone` that are not wanted any more. */
  goneUntil: z.iso.datetime().optional(),
});

/** A lease on a day: `turn` is 1 more than that of any lease of it before. */
export interface Lease {
  readonly day: string;
  readonly turn: number;
  /** How often something had been written in the day when it was taken. */
  readonly writes: number;
}

/** What the table keeps of the dataset: revisions of rows, and the days that are to be compacted. No customer, and nothing that was said. */
export function insightsStore(dynamodb: DynamoDBDocumentClient, TableName: string) {
  const keyOf = (of: SubjectOfRows, id: string) => ({ subject: `insights#${of}#${id}`, part: 'rows' });
  const update = async (input: Omit<UpdateCommandInput, 'TableName'>): Promise<Record<string, unknown>> => {
    const { Attributes = {} } = await dynamodb.send(
      new UpdateCommand({ TableName, ReturnValues: 'ALL_NEW', ...input }),
    );
    return Attributes;
  };
  const begunOf = (item: Record<string, unknown>): RowsBegun => ({
    revision: z.number().parse(item.revision),
    days: Object.keys(item).filter((name) => DAY.test(name)),
    disputes: Object.keys(item)
      .filter((name) => name.startsWith(DISPUTE))
      .map((name) => name.slice(DISPUTE.length)),
  });
  const note = (of: SubjectOfRows, id: string, name: string) =>
    update({
      Key: keyOf(of, id),
      UpdateExpression: 'SET #name = :there',
      ExpressionAttributeNames: { '#name': name },
      ExpressionAttributeValues: { ':there': true },
    });
  const dayKey = (day: string) => ({ subject: daysSubject, part: day });

  return {
    /**
     * Begins a revision of the rows of a call, or a dispute: to be asked for before what they are made of is read, so that what has the
     * higher revision is at least as new.
     */
    async begin(of: SubjectOfRows, id: string): Promise<RowsBegun> {
      const item = await update({
        Key: keyOf(of, id),
        UpdateExpression: 'ADD #revision :step',
        ExpressionAttributeNames: { '#revision': 'revision' },
        ExpressionAttributeValues: { ':step': REVISION_STEP },
      });
      return begunOf(item);
    },

    /** Notes, before they are written, that rows are in a day; answers what was begun by then. */
    async noteDay(of: SubjectOfRows, id: string, day: string): Promise<RowsBegun> {
      return begunOf(await note(of, id, day));
    },

    /** Notes, before the call is read for them, that rows of a dispute tell of it: who takes the call away has them written anew. */
    async noteDispute(callId: string, disputeId: string): Promise<void> {
      await note('call', callId, `${DISPUTE}${disputeId}`);
    },

    /** Lets what is known of something that is gone expire. */
    async expire(of: SubjectOfRows, id: string, now: string): Promise<void> {
      await update({
        Key: keyOf(of, id),
        UpdateExpression: 'SET #ttl = :ttl',
        ExpressionAttributeNames: { '#ttl': 'ttl' },
        ExpressionAttributeValues: { ':ttl': Math.floor(Date.parse(plusMs(now, GONE_KNOWN_MS)) / 1000) },
      });
    },

    /** Notes that something was written in a day: to be asked for when it is. */
    async markDay(day: string, deleted: boolean, now: string): Promise<void> {
      const times = ['changedAt', ...(deleted ? ['deletedAt'] : [])];
      await update({
        Key: dayKey(day),
        UpdateExpression: `SET ${times.map((time) => `#${time} = if_not_exists(#${time}, :now)`).join(', ')} ADD #writes :one`,
        ExpressionAttributeNames: Object.fromEntries([...times, 'writes'].map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: { ':now': now, ':one': 1 },
      });
    },

    /**
     * The days that are to be compacted: at once, where something in them was deleted, also where they changed while that is still told:
     * it may be by who had read before what is gone; a day after they changed, else; and when their files of `gone` are not wanted any more.
     */
    async daysToCompact(now: string): Promise<string[]> {
      const items = await queryAll(dynamodb, { tableName: TableName, subject: daysSubject, consistent: true });
      return items
        .map((item) => StoredDay.parse(item))
        .filter(
          ({ changedAt, deletedAt, goneUntil }) =>
            deletedAt !== undefined ||
            (changedAt !== undefined && (goneUntil !== undefined || plusMs(changedAt, DAY_MS) <= now)) ||
            (goneUntil !== undefined && goneUntil <= now),
        )
        .map(({ part }) => part);
    },

    /**
     * Takes the lease on a day.
     *
     * @param forMs so long nobody else gets it: longer than whoever has it can run
     * @returns undefined where somebody else has it
     */
    async lease(day: string, now: string, forMs: number): Promise<Lease | undefined> {
      try {
        const item = await update({
          Key: dayKey(day),
          UpdateExpression: 'SET #leasedUntil = :until ADD #turn :one',
          ConditionExpression: 'attribute_not_exists(#leasedUntil) OR #leasedUntil <= :now',
          ExpressionAttributeNames: { '#leasedUntil': 'leasedUntil', '#turn': 'turn' },
          ExpressionAttributeValues: { ':until': plusMs(now, forMs), ':now': now, ':one': 1 },
        });
        return { day, turn: z.number().parse(item.turn), writes: StoredDay.parse(item).writes };
      } catch (error) {
        if (isAwsError(error, 'ConditionalCheckFailedException')) return undefined;
        throw error;
      }
    },

    /**
     * Gives a lease back when its day is compacted. The day waits no longer; where something was written in it since the lease was taken,
     * it waits anew.
     *
     * @param goneUntil from when on it has files of `gone` that are not wanted any more; undefined where it has none
     */
    async compacted({ day, turn, writes }: Lease, goneUntil: string | undefined, now: string): Promise<void> {
      const end = async (nothingSince: boolean) => {
        const set: Record<string, unknown> = {
          ...(goneUntil !== undefined && { goneUntil }),
          ...(!nothingSince && { changedAt: now }),
        };
        const names = Object.keys(set);
        const removed = [
          'leasedUntil',
          ...(nothingSince ? ['changedAt', 'deletedAt'] : []),
          ...(goneUntil === undefined ? ['goneUntil'] : []),
        ];
        const conditions = { turn, ...(nothingSince && { writes }) };
        const asked = Object.keys(conditions);
        await update({
          Key: dayKey(day),
          UpdateExpression: [
            ...(names.length > 0 ? [`SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`] : []),
            `REMOVE ${removed.map((name) => `#${name}`).join(', ')}`,
          ].join(' '),
          ConditionExpression: asked.map((name) => `#${name} = :${name}`).join(' AND '),
          ExpressionAttributeNames: Object.fromEntries(
            [...names, ...removed, ...asked].map((name) => [`#${name}`, name]),
          ),
          ExpressionAttributeValues: Object.fromEntries(
            Object.entries({ ...set, ...conditions }).map(([name, value]) => [`:${name}`, value]),
          ),
        });
      };
      try {
        await end(true);
      } catch (error) {
        if (!isAwsError(error, 'ConditionalCheckFailedException')) throw error;
        await end(false).catch((again: unknown) => {
          // Somebody else has the lease by now: it is theirs to give back.
          if (!isAwsError(again, 'ConditionalCheckFailedException')) throw again;
        });
      }
    },
  };
}
export type InsightsStore = ReturnType<typeof insightsStore>;
