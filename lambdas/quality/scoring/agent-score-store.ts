import { createHash } from 'node:crypto';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { canonicalJson, type TransactItem } from '../../calls/calls.ts';
import { DAY_MS, plusMs } from '../../platform/clock.ts';
import type { Page, PageRequest, Position } from '../../platform/cursor.ts';
import { queryPages, timesOf } from '../../platform/query-pages.ts';
import { agentSubject } from '../quality-table.ts';
import { addedTo, differenceOf, monthOfItem } from './agent-months.ts';
import { AgentMonth, AgentScore, type ScoredBy } from './agent-scores.ts';
import type { Score } from './score.ts';
import type { Scorecard } from './scorecard.ts';

/** What names a row of an agent. */
export type AgentScoreKey = Pick<AgentScore, 'by' | 'scorecard' | 'callStartedAt' | 'callId' | 'reviewId'>;

/** What a row tells besides its score. */
export type AgentScoreBase = Omit<
  AgentScore,
  'scorecard' | 'scorecardVersion' | 'percent' | 'passed' | 'failedBy' | 'shares' | 'notApplicable'
>;

/** Sorts behind whatever follows in a sort key. */
const LAST = '\uffff';

const PAGE_SIZE = 200;

/** The row of a score: its numbers, and no word of it. */
export function agentScoreOf(
  { name, version }: Pick<Scorecard, 'name' | 'version'>,
  score: Score,
  base: AgentScoreBase,
): AgentScore {
  const criteria = score.sections.flatMap((section) => section.criteria);
  return AgentScore.parse({
    ...base,
    scorecard: name,
    scorecardVersion: version,
    percent: score.percent,
    passed: score.passed,
    failedBy: score.failedBy,
    shares: Object.fromEntries(
      criteria.flatMap(({ criterionId, share }) =>
        // Four decimals, so that sums of them are exact in the months.
        share === undefined ? [] : [[criterionId, Math.round(share * 10_000) / 10_000]],
      ),
    ),
    notApplicable: criteria.filter(({ outcome }) => outcome === 'not-applicable').map(({ criterionId }) => criterionId),
  });
}

/** The part of automatic rows begins with their scorecard; those of reviews are by time alone, so that a page of all is one Query. */
const rowsPart = (by: ScoredBy, scorecard: string): string =>
  by === 'review' ? 'score#review#' : `score#automatic#${scorecard}#`;

const rowKey = (agentId: string, { by, scorecard, callStartedAt, callId, reviewId }: AgentScoreKey) => ({
  subject: agentSubject(agentId),
  part: `${rowsPart(by, scorecard)}${[callStartedAt, callId, ...(reviewId === undefined ? [] : [reviewId])].join('#')}`,
});

const monthKey = ({ agentId, scorecard, callStartedAt, by, scorecardVersion }: AgentScore) => ({
  subject: agentSubject(agentId),
  part: `month#${scorecard}#${callStartedAt.slice(0, 7)}#${by}#${scorecardVersion}`,
});

const fingerprintOf = (row: AgentScore): string => createHash('sha256').update(canonicalJson(row)).digest('base64url');

const secondsOf = (time: string): number => Math.floor(Date.parse(time) / 1000);

/** The first instant behind the month of a time. */
const monthEnd = (time: string): string =>
  new Date(Date.UTC(Number(time.slice(0, 4)), Number(time.slice(5, 7)), 1)).toISOString();

/**
 * The scores that outlive their calls, for the progress of their agents: a row for each automatic score and each review, and what they
 * come to month by month.
 *
 * @param keepScoresDays so many days after a call began its rows are gone; after a month ended, the month
 */
export function agentScoreStore(dynamodb: DynamoDBDocumentClient, TableName: string, keepScoresDays: number) {
  const until = (time: string): string => plusMs(time, keepScoresDays * DAY_MS);
  const list = (
    agentId: string,
    part: string,
    bounds: { from: string; to: string },
    request: PageRequest,
    filter = {},
  ) =>
    queryPages(
      dynamodb,
      {
        tableName: TableName,
        groups: [[agentSubject(agentId)]],
        sortKeys: { from: `${part}${bounds.from}`, to: `${part}${bounds.to}${LAST}` },
        ...filter,
      },
      request,
      (item) => item as Record<string, unknown>,
    );
  const listAll = async (agentId: string, part: string, bounds: { from: string; to: string }, filter = {}) => {
    const found: Record<string, unknown>[] = [];
    let position: Position | undefined;
    do {
      const request = { ...bounds, order: 'oldest-first', limit: PAGE_SIZE, ...(position && { position }) } as const;
      const page = await list(agentId, part, bounds, request, filter);
      found.push(...page.items);
      position = page.next;
    } while (position);
    return found;
  };

  return {
    /**
     * What puts `after` in place of `before`, in a transaction: the row, on the condition that it is still as it was read, and the
     * difference that it makes to its months. At most 4 items; none where nothing changes, or where the time is over for which
     * scores of such a call are kept.
     *
     * @param before the row as {@link get} read it; undefined where there is none
     * @param after undefined where there shall be none
     */
    changes(before: AgentScore | undefined, after: AgentScore | undefined): TransactItem[] {
      if (after && until(after.callStartedAt) <= after.scoredAt) return [];
      if (before && after && canonicalJson(before) === canonicalJson(after)) return [];
      const was = before && rowKey(before.agentId, before);
      const is = after && rowKey(after.agentId, after);
      const stays = was && is && was.subject === is.subject && was.part === is.part;
      const asRead = before && {
        ConditionExpression: '#fingerprint = :before',
        ExpressionAttributeNames: { '#fingerprint': 'fingerprint' },
        ExpressionAttributeValues: { ':before': fingerprintOf(before) },
      };
      const items: TransactItem[] = [];
      if (was && !stays) items.push({ Delete: { TableName, Key: was, ...asRead } });
      if (after && is)
        items.push({
          Put: {
            TableName,
            Item: { ...after, ...is, fingerprint: fingerprintOf(after), ttl: secondsOf(until(after.callStartedAt)) },
            ...(stays ? asRead : { ConditionExpression: 'attribute_not_exists(subject)' }),
          },
        });
      return [...items, ...monthItems(before, after)];
    },

    /** A row as it stands now; undefined where there is none. */
    async get(agentId: string, key: AgentScoreKey): Promise<AgentScore | undefined> {
      const { Item } = await dynamodb.send(
        new GetCommand({ TableName, Key: rowKey(agentId, key), ConsistentRead: true }),
      );
      return Item && AgentScore.parse(Item);
    },

    /** A page of an agent's reviews, in order of when their calls began: one Query. */
    async listReviews(agentId: string, request: PageRequest): Promise<Page<AgentScore>> {
      const page = await list(agentId, rowsPart('review', ''), timesOf(request), request);
      return { items: page.items.map((item) => AgentScore.parse(item)), next: page.next };
    },

    /** All rows of one kind by a scorecard, of calls that began in a period: `from` is included, `to` is not. Oldest first. */
    async rows(
      agentId: string,
      { by, scorecard }: Pick<AgentScore, 'by' | 'scorecard'>,
      period: Pick<PageRequest, 'from' | 'to'>,
    ): Promise<AgentScore[]> {
      const filter = by === 'review' ? { filter: { equals: { scorecard } } } : {};
      const items = await listAll(agentId, rowsPart(by, scorecard), timesOf(period), filter);
      return items.map((item) => AgentScore.parse(item));
    },

    /**
     * What an agent's scores by a scorecard come to, month by month, automatic ones and reviews, each version of the scorecard for
     * itself.
     *
     * @param fromMonth the first month, such as `2026-10`
     * @param toMonth the last one
     */
    async months(agentId: string, scorecard: string, fromMonth: string, toMonth: string): Promise<AgentMonth[]> {
      const items = await listAll(agentId, `month#${scorecard}#`, { from: fromMonth, to: toMonth });
      return items.map((item) => AgentMonth.parse(monthOfItem(item))).filter(({ scored }) => scored > 0);
    },
  };

  function monthItems(before: AgentScore | undefined, after: AgentScore | undefined): TransactItem[] {
    const was = before && monthKey(before);
    const is = after && monthKey(after);
    const update = (row: AgentScore, from: AgentScore | undefined, to: AgentScore | undefined): TransactItem[] => {
      const difference = differenceOf(from, to);
      if (difference.length === 0) return [];
      const ttl = secondsOf(until(monthEnd(row.callStartedAt)));
      return [addedTo(TableName, monthKey(row), row, ttl, difference)];
    };
    if (before && after && was?.subject === is?.subject && was?.part === is?.part) return update(after, before, after);
    return [...(before ? update(before, before, undefined) : []), ...(after ? update(after, undefined, after) : [])];
  }
}
export type AgentScoreStore = ReturnType<typeof agentScoreStore>;
