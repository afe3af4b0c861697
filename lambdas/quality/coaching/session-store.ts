import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { TransactItem } from '../../calls/calls.ts';
import type { Key, Page, PageRequest } from '../../platform/cursor.ts';
import { queryPages } from '../../platform/query-pages.ts';
import { transacted } from '../items.ts';
import { agentSubject } from '../quality-table.ts';
import { ttlAfter } from './note-store.ts';
import { Session } from './session.ts';

/** In the agent's partition: a session by its id. */
const SESSION = 'session#';
/** A copy of it by when it is held, which lists it. */
const BY_TIME = 'sessions#';
/** Which session of the agent was put in last: one after the other goes on where that stood. */
const LAST = 'session-last';

/** The session that was put in last: it may have ended before what names it, as it is kept from when it was held. */
export interface LastSession {
  readonly sessionId: string;
  readonly session: StoredSession | undefined;
}

/** A session with what it was asked for with, by which the same request is known again. */
const StoredSession = Session.extend({ contentSha256: z.string() });
export type StoredSession = z.infer<typeof StoredSession>;

const sessionKey = ({ agentId, sessionId }: Pick<Session, 'agentId' | 'sessionId'>): Key => ({
  subject: agentSubject(agentId),
  part: `${SESSION}${sessionId}`,
});
const listKey = ({ agentId, heldAt, sessionId }: Session): Key => ({
  subject: agentSubject(agentId),
  part: `${BY_TIME}${heldAt}#${sessionId}`,
});
const lastKey = (agentId: string): Key => ({ subject: agentSubject(agentId), part: LAST });

/**
 * Coaching sessions, in the partition of their agent.
 *
 * @param keepDays so long they are kept, from when they are held
 */
export function sessionStore(dynamodb: DynamoDBDocumentClient, TableName: string, keepDays: number) {
  const itemOf = async (Key: Key): Promise<Record<string, unknown> | undefined> =>
    (await dynamodb.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;

  const get = async (agentId: string, sessionId: string): Promise<StoredSession | undefined> => {
    const item = await itemOf(sessionKey({ agentId, sessionId }));
    return item && StoredSession.parse(item);
  };

  const transact = (items: TransactItem[]): Promise<boolean> => transacted(dynamodb, items);

  /** A session, in place of the one of a version; without one, of none. */
  const puts = (session: StoredSession, version?: number): TransactItem[] => {
    const ttl = ttlAfter(session.heldAt, keepDays);
    const condition =
      version === undefined
        ? { ConditionExpression: 'attribute_not_exists(subject)' }
        : {
            ConditionExpression: '#version = :version',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':version': version },
          };
    return [
      { Put: { TableName, Item: { ...session, ttl, ...sessionKey(session) }, ...condition } },
      { Put: { TableName, Item: { ...session, ttl, ...listKey(session) } } },
    ];
  };

  return {
    get,

    /** The session of an agent that was put in last; undefined where none is known. */
    async last(agentId: string): Promise<LastSession | undefined> {
      const item = await itemOf(lastKey(agentId));
      if (!item) return undefined;
      const sessionId = String(item.sessionId);
      return { sessionId, session: await get(agentId, sessionId) };
    },

    /**
     * Stores a new session, behind the one that was the last when it was made.
     *
     * @param along what is done in the same transaction: 90 items at the most
     * @returns false where another session was put in, or the last one changed, or something of `along` is refused
     */
    create(session: StoredSession, last: LastSession | undefined, along: readonly TransactItem[]): Promise<boolean> {
      const { agentId, sessionId, createdAt, heldAt } = session;
      const ttl = ttlAfter(heldAt > createdAt ? heldAt : createdAt, keepDays);
      const behind = last
        ? {
            ConditionExpression: '#sessionId = :last',
            ExpressionAttributeNames: { '#sessionId': 'sessionId' },
            ExpressionAttributeValues: { ':last': last.sessionId },
          }
        : { ConditionExpression: 'attribute_not_exists(subject)' };
      return transact([
        ...puts(session),
        { Put: { TableName, Item: { ...lastKey(agentId), sessionId, ttl }, ...behind } },
        ...(last?.session
          ? [
              {
                ConditionCheck: {
                  TableName,
                  Key: sessionKey(last.session),
                  ConditionExpression: '#version = :version',
                  ExpressionAttributeNames: { '#version': 'version' },
                  ExpressionAttributeValues: { ':version': last.session.version },
                },
              },
            ]
          : []),
        ...along,
      ]);
    },

    /** Stores a session in place of `before`, as it was read; false where that has changed. */
    replace: (before: Session, after: StoredSession): Promise<boolean> =>
      transact([
        ...puts(after, before.version),
        ...(before.heldAt === after.heldAt ? [] : [{ Delete: { TableName, Key: listKey(before) } }]),
      ]),

    /** One page of an agent's sessions, by when they are held. */
    list(agentId: string, request: PageRequest): Promise<Page<Session>> {
      const sortKeys = { from: `${BY_TIME}${request.from}`, to: `${BY_TIME}${request.to}` };
      const listed = { tableName: TableName, groups: [[agentSubject(agentId)]], sortKeys };
      return queryPages(dynamodb, listed, request, (item) => Session.parse(item));
    },
  };
}
export type SessionStore = ReturnType<typeof sessionStore>;
