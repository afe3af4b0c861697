import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { callSubject, callThere, indexes, type TransactItem } from '../../calls/calls.ts';
import type { Page, PageRequest } from '../../platform/cursor.ts';
import { queryPages, timesOf } from '../../platform/query-pages.ts';
import { asRead, transact } from '../items.ts';
import { reviewPart } from '../quality-table.ts';
import { Review, type ReviewState, ReviewVersion } from './review.ts';

/** A review as lists tell it: without its words. */
export const ReviewSummary = Review.omit({
  answers: true,
  comments: true,
  score: true,
  appeal: true,
  decision: true,
});
export type ReviewSummary = z.infer<typeof ReviewSummary>;

/** The states in which somebody has something to do: by these reviews are listed. */
export const OPEN_STATES = ['waiting', 'draft', 'submitted', 'appealed'] as const satisfies readonly ReviewState[];
export type OpenState = (typeof OPEN_STATES)[number];

const isOpen = (state: ReviewState): state is OpenState => OPEN_STATES.some((one) => one === state);

/** A version with the request that made it. */
export const StoredVersion = ReviewVersion.extend({
  /** Names the request, and the same whenever it is made again. */
  changeId: z.string().optional(),
  /** Of what it asked for. */
  contentSha256: z.string().optional(),
});
export type StoredVersion = z.infer<typeof StoredVersion>;

// Behind every id of a review: a Query of the reviews ends before.
const BEHIND = `${reviewPart()}~`;
/** Between these are the parts of a call's reviews themselves. */
export const reviewBounds = { from: reviewPart(), to: BEHIND } as const;

const versionPart = (reviewId: string, version?: number): string =>
  `${BEHIND}version#${reviewId}#${version === undefined ? '' : String(version).padStart(6, '0')}`;

/** Of what says that a call is reviewed by a scorecard, and lists that review among those of every team. */
const turnPart = (scorecard: string): string => `${BEHIND}by#${scorecard}`;

/** The partition of `work-by-state` in which reviews are: those of a team, or of all. */
const workOf = (state: OpenState, team?: string): string => `review-${state}${team === undefined ? '' : `#${team}`}`;

/** Whether items were written: not, where a condition of one of them does not hold. */
export type Written = 'done' | 'refused';

/**
 * Reviews, each in its call's partition: the review as it stands, its versions, and one item for each scorecard that the call is
 * reviewed by, so that it is by each of them once. All of it goes with the call.
 *
 * What it may do: GetItem, Query, PutItem, UpdateItem, ConditionCheckItem.
 */
export function reviewStore(dynamodb: DynamoDBDocumentClient, TableName: string) {
  const keyOf = (callId: string, part: string) => ({ subject: callSubject(callId).subject, part });

  const get = async (callId: string, reviewId: string): Promise<Review | undefined> => {
    const Key = keyOf(callId, reviewPart(reviewId));
    const { Item } = await dynamodb.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item && Review.parse(Item);
  };

  /** The items that a review is, as it is after a change. */
  const itemsOf = (review: Review, made: StoredVersion) => {
    const { callId, reviewId, state, team, scorecard } = review;
    const all = isOpen(state) && { work: workOf(state) };
    const ofTeam = isOpen(state) && team !== undefined && { work: workOf(state, team) };
    return {
      review: { ...Review.parse(review), ...ofTeam, ...keyOf(callId, reviewPart(reviewId)) },
      turn: { ...ReviewSummary.parse(review), ...all, ...keyOf(callId, turnPart(scorecard)) },
      version: { ...StoredVersion.parse(made), ...keyOf(callId, versionPart(reviewId, made.version)) },
    };
  };

  return {
    /**
     * The items of a new review, which are refused where there is one of that id, or one of that call by that scorecard. They are to be
     * written together with `callThere`: a call that is being deleted gets none.
     *
     * @param version the first of the review: `drawn` or `begun`
     */
    createItems(review: Review, version: StoredVersion): TransactItem[] {
      const items = itemsOf(review, version);
      const fresh = { TableName, ConditionExpression: 'attribute_not_exists(subject)' };
      return [
        { Put: { ...fresh, Item: items.review } },
        { Put: { ...fresh, Item: items.turn } },
        { Put: { ...fresh, Item: items.version } },
      ];
    },

    /** The items of a change, which are refused where the review is not any more as it was read. */
    changeItems(before: Review, made: StoredVersion): TransactItem[] {
      const items = itemsOf(made.review, made);
      const unchanged = { TableName, ...asRead(before) };
      return [
        { Put: { ...unchanged, Item: items.review } },
        { Put: { TableName, Item: items.turn } },
        { Put: { TableName, ConditionExpression: 'attribute_not_exists(subject)', Item: items.version } },
      ];
    },

    /** Writes items of a review of a call in one transaction, if the call is there and not being deleted. */
    async write(callId: string, items: readonly TransactItem[]): Promise<Written> {
      const refused = await transact(dynamodb, [callThere(TableName, callId), ...items]);
      return refused ? 'refused' : 'done';
    },

    /** A review, as it stands now; undefined where there is none. */
    get,

    /** The reviews of a call, as they stand now: one by each scorecard at the most. */
    async ofCall(callId: string): Promise<Review[]> {
      const request = { from: '', to: '', order: 'oldest-first', limit: 100 } as const;
      const groups = [[callSubject(callId).subject]];
      const sortKeys = reviewBounds;
      const found: Review[] = [];
      let position: Page<Review>['next'];
      do {
        const asked = { ...request, ...(position && { position }) };
        const page = await queryPages(dynamodb, { tableName: TableName, groups, sortKeys }, asked, (item) =>
          Review.parse(item),
        );
        found.push(...page.items);
        position = page.next;
      } while (position);
      return found;
    },

    /** The review of a call by a scorecard, as it stands now, without its words; undefined where it is not reviewed by it. */
    async byScorecard(callId: string, scorecard: string): Promise<ReviewSummary | undefined> {
      const Key = keyOf(callId, turnPart(scorecard));
      const { Item } = await dynamodb.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item && ReviewSummary.parse(Item);
    },

    /** One version of a review; undefined where it has none of that number. */
    async version(callId: string, reviewId: string, version: number): Promise<StoredVersion | undefined> {
      const Key = keyOf(callId, versionPart(reviewId, version));
      const { Item } = await dynamodb.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item && StoredVersion.parse(Item);
    },

    /** One page of the versions of a review, by their numbers; the period of the request does not count. */
    versions(callId: string, reviewId: string, request: PageRequest): Promise<Page<ReviewVersion>> {
      const groups = [[callSubject(callId).subject]];
      const listed = { tableName: TableName, groups, sortKeys: { beginsWith: versionPart(reviewId) } };
      return queryPages(dynamodb, listed, request, (item) => ReviewVersion.parse(item));
    },

    /**
     * One page of the reviews in a state, of some teams or of all, by when they are due.
     *
     * @param reviewer only those of this person: pages may be short, or empty, then, and have a next one
     */
    listByState(
      state: OpenState,
      teams: readonly string[] | 'all',
      request: PageRequest,
      reviewer?: string,
    ): Promise<Page<ReviewSummary>> {
      const partitions = teams === 'all' ? [workOf(state)] : teams.map((team) => workOf(state, team));
      const index = { name: 'work-by-state', ...indexes['work-by-state'] };
      const listed = { tableName: TableName, index, groups: [partitions], sortKeys: timesOf(request) };
      const filter = reviewer === undefined ? undefined : { equals: { reviewer } };
      return queryPages(dynamodb, { ...listed, filter }, request, (item) => ReviewSummary.parse(item));
    },
  };
}
export type ReviewStore = ReturnType<typeof reviewStore>;
