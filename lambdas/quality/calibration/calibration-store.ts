import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { TransactItem } from '../../calls/calls.ts';
import { DAY_MS } from '../../platform/clock.ts';
import type { Page, PageRequest } from '../../platform/cursor.ts';
import { queryAll, queryPages } from '../../platform/query-pages.ts';
import { asRead, transacted } from '../items.ts';
import { Calibration, CalibrationEntry } from './calibration.ts';

const HEAD = 'calibration';
const ENTRY = 'entry#';
const subjectOf = (calibrationId: string): string => `calibration#${calibrationId}`;
const headKey = (calibrationId: string) => ({ subject: subjectOf(calibrationId), part: HEAD });
const entryKey = (calibrationId: string, { callId, reviewer }: Pick<CalibrationEntry, 'callId' | 'reviewer'>) => ({
  subject: subjectOf(calibrationId),
  part: `${ENTRY}${callId}#${reviewer}`,
});

/** Whose calibrations are listed: those of some teams, of all, or those in which a person answers. */
export type CalibrationScope = readonly string[] | 'all' | { readonly reviewer: string };

const EVERYBODY = 'all';
const ofTeam = (team: string): string => `team#${team}`;
const ofReviewer = (person: string): string => `reviewer#${person}`;
const listOf = (whose: string): string => `calibrations#${whose}`;
// A scorecard's name has no "#" in it, so that no team's can be taken for another's.
const closedListOf = (scorecard: string, whose: string): string => `calibrations#closed#${scorecard}#${whose}`;

/** The lists of those who oversee a calibration. */
const overseersOf = ({ team }: Calibration): string[] => [EVERYBODY, ...(team === undefined ? [] : [ofTeam(team)])];

/** Why something was not stored: the calibration was closed, or what was read has changed meanwhile. */
export type CalibrationRefusal = 'closed' | 'changed';

/**
 * Calibrations, each in a partition of its own with what its reviewers answered, and on the lists of those whose they are.
 *
 * What it may do: GetItem, Query, PutItem, ConditionCheckItem.
 *
 * @param keepScoresDays so many days after a call began what was answered on it is gone; after the latest of its calls, the calibration
 */
export function calibrationStore(dynamodb: DynamoDBDocumentClient, TableName: string, keepScoresDays: number) {
  const ttlOf = (time: string): number => Math.floor((Date.parse(time) + keepScoresDays * DAY_MS) / 1000);

  const get = async (calibrationId: string): Promise<Calibration | undefined> => {
    const { Item } = await dynamodb.send(
      new GetCommand({ TableName, Key: headKey(calibrationId), ConsistentRead: true }),
    );
    return Item && Calibration.parse(Item);
  };

  /** All items that a calibration is, but its entries; they are refused where it is not as it was read. */
  const itemsOf = (calibration: Calibration, before: Calibration | undefined): TransactItem[] => {
    const { calibrationId, scorecard, reviewers, openedAt, closedAt, calls } = calibration;
    const latest = calls.map(({ callStartedAt }) => callStartedAt).toSorted();
    const item = { ...Calibration.parse(calibration), ttl: ttlOf(latest.at(-1) ?? openedAt) };
    const condition = asRead(before);
    const row = (subject: string, at: string): TransactItem => ({
      Put: { TableName, Item: { ...item, subject, part: `${at}#${calibrationId}` } },
    });
    const overseers = overseersOf(calibration);
    return [
      { Put: { TableName, Item: { ...item, ...headKey(calibrationId) }, ...condition } },
      ...[...overseers, ...reviewers.map(ofReviewer)].map((whose) => row(listOf(whose), openedAt)),
      ...(closedAt === undefined ? [] : overseers.map((whose) => row(closedListOf(scorecard, whose), closedAt))),
    ];
  };

  return {
    /** A calibration as it stands now; undefined where there is none. */
    get,

    /** Stores a new calibration; false where there is one of that id. */
    create: (calibration: Calibration): Promise<boolean> => transacted(dynamodb, itemsOf(calibration, undefined)),

    /** Puts a calibration in place of `before`, as it was read; false where it has changed meanwhile. */
    change: (before: Calibration, after: Calibration): Promise<boolean> => transacted(dynamodb, itemsOf(after, before)),

    /** What a reviewer answered on a call; undefined where they did not. */
    async entry(
      calibrationId: string,
      of: Pick<CalibrationEntry, 'callId' | 'reviewer'>,
    ): Promise<CalibrationEntry | undefined> {
      const Key = entryKey(calibrationId, of);
      const { Item } = await dynamodb.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item && CalibrationEntry.parse(Item);
    },

    /** Everything that was answered in a calibration. */
    async entries(calibrationId: string): Promise<CalibrationEntry[]> {
      const items = await queryAll(dynamodb, {
        ...{ tableName: TableName, subject: subjectOf(calibrationId), beginsWith: ENTRY, consistent: true },
      });
      return items.map((item) => CalibrationEntry.parse(item));
    },

    /**
     * Stores what a reviewer answers in place of `before`, as it was read, as long as the calibration is open.
     *
     * @returns why not, where it was not stored
     */
    async putEntry(
      { calibrationId, calls }: Calibration,
      before: CalibrationEntry | undefined,
      after: CalibrationEntry,
    ): Promise<CalibrationRefusal | undefined> {
      const call = calls.find(({ callId }) => callId === after.callId);
      const isStored = await transacted(dynamodb, [
        {
          ConditionCheck: {
            TableName,
            Key: headKey(calibrationId),
            ConditionExpression: '#state = :open',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: { ':open': 'open' },
          },
        },
        {
          Put: {
            TableName,
            Item: {
              ...CalibrationEntry.parse(after),
              ...entryKey(calibrationId, after),
              ttl: ttlOf(call?.callStartedAt ?? after.answeredAt),
            },
            ...asRead(before),
          },
        },
      ]);
      if (isStored) return undefined;
      return (await get(calibrationId))?.state === 'open' ? 'changed' : 'closed';
    },

    /** One page of calibrations, by when they were opened. */
    list(scope: CalibrationScope, { from, to, ...request }: PageRequest): Promise<Page<Calibration>> {
      const groups = [whoseOf(scope).map(listOf)];
      // What follows the time in a sort key puts it behind the time itself: that of the end is not among them.
      const listed = { tableName: TableName, groups, sortKeys: { from, to } };
      return queryPages(dynamodb, listed, { ...request, from, to }, (item) => Calibration.parse(item));
    },

    /** One page of the calibrations by a scorecard that are closed, by when they were. */
    listClosed(
      scorecard: string,
      scope: Exclude<CalibrationScope, { reviewer: string }>,
      { from, to, ...request }: PageRequest,
    ): Promise<Page<Calibration>> {
      const groups = [whoseOf(scope).map((whose) => closedListOf(scorecard, whose))];
      const listed = { tableName: TableName, groups, sortKeys: { from, to } };
      return queryPages(dynamodb, listed, { ...request, from, to }, (item) => Calibration.parse(item));
    },
  };
}
export type CalibrationStore = ReturnType<typeof calibrationStore>;

const whoseOf = (scope: CalibrationScope): string[] => {
  if (scope === 'all') return [EVERYBODY];
  return 'reviewer' in scope ? [ofReviewer(scope.reviewer)] : [...new Set(scope)].toSorted().map(ofTeam);
};
