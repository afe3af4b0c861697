import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  type AudioLinks,
  type Call,
  type CallStore,
  type CustodyStore,
  callIdOf,
  callStore,
  indexes,
  type Moment,
  receivedCall,
  tableKey,
} from '../../lambdas/calls/calls.ts';
import { callsApi } from '../../lambdas/calls/calls-api.ts';
import { phraseFinder } from '../../lambdas/calls/phrase-finder.ts';
import { systemClock } from '../../lambdas/platform/clock.ts';
import { logger } from '../../lambdas/platform/logger.ts';
import { memoryTranscripts, only } from '../lambdas/builders.ts';
import { testEdge } from '../lambdas/http-edge.ts';
import { memoryDynamodb } from '../lambdas/memory-dynamodb.ts';
import { aws, calls, dynamodb, verbatim } from './stack.ts';

/** Calls as a busy agent has them: several begin in the same second, over a turn of the year. */
const CALLS = 130;
const period = { from: '2019-12-31T00:00:00Z', to: '2020-01-02T00:00:00Z' };
const startedAt = (i: number) => new Date(Date.UTC(2019, 11, 31, 20) + Math.floor(i / 3) * 240_000).toISOString();

const call = (i: number): Call => {
  const recording = { bucket: 'paging', key: `support/paging/${i}.mp3`, versionId: '1' };
  return {
    ...receivedCall(callIdOf(recording), recording, 'support', startedAt(i)),
    ...{ state: 'transcribing', agentId: 'agent-paging', customerId: 'customer-paging', startedAt: startedAt(i) },
  };
};
const moment: Moment = {
  ...{ tag: 'paging', startMs: 1500, endMs: 2500, speaker: 'AGENT', quote: 'page by page' },
  ...{ ruleId: 'paging', rulebookVersion: 'test' },
};

beforeAll(async () => {
  for (let i = 0; i < CALLS; i += 10) {
    await Promise.all(
      Array.from({ length: Math.min(10, CALLS - i) }, async (_, j) => {
        const one = call(i + j);
        await calls.create(one);
        await calls.enterTagged(one, [moment], one.receivedAt);
      }),
    );
  }
}, 60_000);

describe.each([7, 50, 200])('pages of %i', (limit) => {
  it.each(['oldest-first', 'newest-first'] as const)('give every call exactly once, %s', async (order) => {
    for (const of of [{ agentId: 'agent-paging' }, { customerId: 'customer-paging' }]) {
      const found = await Array.fromAsync(verbatim.calls(of, { ...period, order, limit }));
      const times = found.map((one) => one.startedAt ?? '');
      expect(new Set(found.map((one) => one.callId)).size).toBe(CALLS);
      expect(found).toHaveLength(CALLS);
      expect(times).toEqual(order === 'oldest-first' ? times.toSorted() : times.toSorted().toReversed());
    }
  });

  it.each(['oldest-first', 'newest-first'] as const)('give every moment of a tag exactly once, %s', async (order) => {
    const found = await Array.fromAsync(verbatim.moments('paging', { ...period, order, limit }));
    const times = found.map((one) => one.occurredAt);
    expect(new Set(found.map((one) => one.callId)).size).toBe(CALLS);
    expect(found).toHaveLength(CALLS);
    expect(times).toEqual(order === 'oldest-first' ? times.toSorted() : times.toSorted().toReversed());
  });
});

/**
 * Ten thousand calls, in a table of the same keys and indexes of their own: in that of the stack, its workers would take each of
 * them up. What answers is the application of the calls URL, over the emulator's DynamoDB.
 */
describe('over 10,000 calls, with writes going on', () => {
  const MANY = 10_000;
  /** So many agents, and customers, have them: one after the other. */
  const PEOPLE = 10;
  const TABLE = 'paging-many';
  const TAG = 'paging-many';
  const retention = { retentionClass: '5-years', rule: 'default', expiresAt: '2031-02-01T00:00:00.000Z' };
  const whole = { from: '2026-01-31T00:00:00.000Z', to: '2026-02-03T00:00:00.000Z' };
  /** A stretch over the turn of the month, of 1,200 calls: 120 of each agent. */
  const stretch = { from: '2026-01-31T22:00:00.000Z', to: '2026-02-01T01:20:00.000Z' };
  const minuteOf = (i: number) => new Date(Date.UTC(2026, 0, 31, 10) + Math.floor(i / 6) * 60_000).toISOString();
  const many = (key: string, i: number): Call => {
    const recording = { bucket: 'paging', key: `many/${key}.mp3`, versionId: '1' };
    return {
      ...receivedCall(callIdOf(recording), recording, i % 2 ? 'sales' : 'support', minuteOf(i)),
      ...{ state: 'transcribing', startedAt: minuteOf(i), agentId: `agent-many-${i % PEOPLE}` },
      customerId: `customer-many-${Math.floor(i / 3) % PEOPLE}`,
    };
  };
  const said = (startMs = 1500): Moment => ({ ...moment, tag: TAG, startMs, endMs: startMs + 1000 });
  const tag = (store: CallStore, one: Call, moments = [said()]) =>
    store.enterTagged(one, moments, one.receivedAt, { rulebookVersion: 'test', retention });

  const client = new DynamoDBClient(aws);
  const store = callStore(dynamodb, TABLE);
  const app = callsApi({
    ...{ calls: store, transcripts: memoryTranscripts().store, phraseFinder, clock: systemClock, edge: testEdge() },
    ...{ custody: only<CustodyStore>({}), audio: only<AudioLinks>({}) },
  });
  const stayed: Call[] = Array.from({ length: MANY }, (_, i) => many(String(i), i));
  const position = new Map(stayed.map(({ callId }, i) => [callId, i]));

  beforeAll(async () => {
    // Of each page there would be a line.
    logger.setLogLevel('WARN');
    const keys = [tableKey, ...Object.values(indexes)].flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey]);
    const KeySchema = ({ partitionKey, sortKey }: { partitionKey: string; sortKey: string }) => [
      { AttributeName: partitionKey, KeyType: 'HASH' as const },
      { AttributeName: sortKey, KeyType: 'RANGE' as const },
    ];
    await client.send(
      new CreateTableCommand({
        TableName: TABLE,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [...new Set(keys)].map((name) => ({ AttributeName: name, AttributeType: 'S' as const })),
        KeySchema: KeySchema(tableKey),
        GlobalSecondaryIndexes: Object.entries(indexes).map(([IndexName, key]) => ({
          ...{ IndexName, KeySchema: KeySchema(key), Projection: { ProjectionType: 'ALL' as const } },
        })),
      }),
    );
    // What the store writes of them, written in batches.
    const memory = memoryDynamodb();
    const written = callStore(memory.client, TABLE);
    for (const one of stayed) {
      await written.create(one);
      await tag(written, one);
    }
    const items = memory.items('').map((Item) => ({ PutRequest: { Item } }));
    const batches = Array.from({ length: Math.ceil(items.length / 25) }, (_, i) => items.slice(i * 25, (i + 1) * 25));
    const write = async () => {
      for (let batch = batches.pop(); batch; batch = batches.pop())
        await dynamodb.send(new BatchWriteCommand({ RequestItems: { [TABLE]: batch } }));
    };
    await Promise.all([write(), write(), write(), write()]);
  });

  afterAll(async () => {
    await client.send(new DeleteTableCommand({ TableName: TABLE }));
    client.destroy();
  });

  const Answer = z.object({ items: z.array(z.object({ callId: z.string() })), nextCursor: z.string().optional() });

  /** Follows a list to its end; between any two pages, somebody writes. */
  async function follow(query: string, write: (page: number) => Promise<unknown>): Promise<string[]> {
    const found: string[] = [];
    let cursor: string | undefined;
    let page = 0;
    do {
      const response = await app.request(`/calls?${query}${cursor ? `&cursor=${cursor}` : ''}`);
      const answer = Answer.parse(await response.json());
      found.push(...answer.items.map(({ callId }) => callId));
      cursor = answer.nextCursor;
      // Not before and behind each of a thousand small pages.
      if (page % 5 === 0) await write(page);
      page++;
    } while (cursor !== undefined);
    return found;
  }

  let writes = 0;
  /** A call arrives, is tagged, tagged anew, and fails or is deleted; and one that stays is tagged anew, by other moments. */
  async function somebodyWrites(page: number): Promise<void> {
    const n = writes++;
    const [arriving, failing] = [many(`new-${n}`, (n * 331) % MANY), many(`failing-${n}`, (n * 577) % MANY)];
    await Promise.all([store.create(arriving), store.create(failing)]);
    await Promise.all([
      tag(store, arriving),
      store.enter(failing, 'failed', failing.receivedAt, {}, { code: 'test', message: 'it failed' }),
    ]);
    // Some of them lie ahead of the reader, some behind.
    const one = await store.get(stayed[(n * 997 + page) % MANY]?.callId ?? '');
    if (!one) throw new Error('a call that stays is gone');
    const moments = Array.from({ length: n % 10 === 0 ? 120 : 1 }, (_, i) => said(100 + n + 1000 * i));
    const replacement = { rulebookVersion: `test-${n}`, moments, now: one.receivedAt, retention, by: `test-${n}` };
    await store.replaceMoments(one, await store.momentsToReplace(one), replacement);
    const arrived = await store.get(arriving.callId);
    const deletion = { dueOnly: false, reason: 'manual', rule: 'by hand', requestedAt: one.receivedAt } as const;
    if (arrived && n % 2 === 0) await store.enterDeleting(arrived, deletion, one.receivedAt);
  }

  /** Every call that stayed, and is wanted, exactly once and in order. */
  async function expectComplete(
    query: string,
    { from, to }: { readonly from: string; readonly to: string },
    wanted: (call: Call) => boolean = () => true,
    isByStart = true,
  ): Promise<void> {
    const expected = stayed.filter((one) => (one.startedAt ?? '') >= from && (one.startedAt ?? '') < to && wanted(one));
    const found = (await follow(query, somebodyWrites)).filter((callId) => position.has(callId));
    const times = found.map((callId) => stayed[position.get(callId) ?? -1]?.startedAt ?? '');
    expect(new Set(found).size).toBe(found.length);
    expect(found.toSorted()).toEqual(expected.map(({ callId }) => callId).toSorted());
    if (isByStart) expect(times).toEqual(query.includes('newest') ? times.toSorted().toReversed() : times.toSorted());
  }

  const people = Array.from({ length: PEOPLE }, (_, n) => n);
  const inWhole = `from=${whole.from}&to=${whole.to}&limit=200`;

  it('all calls of every agent come, each exactly once and in order', async () => {
    for (const n of people) {
      const agentId = `agent-many-${n}`;
      await expectComplete(`agentId=${agentId}&${inWhole}&order=oldest-first`, whole, (one) => one.agentId === agentId);
    }
  });

  it('all calls of every customer come, each exactly once and in order', async () => {
    for (const n of people) {
      const customerId = `customer-many-${n}`;
      const query = `customerId=${customerId}&${inWhole}&order=newest-first`;
      await expectComplete(query, whole, (one) => one.customerId === customerId);
    }
  });

  it('all calls of a tag come, each exactly once and in order', async () => {
    await expectComplete(`tag=${TAG}&${inWhole}&order=newest-first`, whole);
  });

  it('all calls of a state come, each exactly once', async () => {
    await expectComplete('state=tagged&order=oldest-first&limit=200', whole, undefined, false);
  });

  it('all calls of a combination come, each exactly once and in order', async () => {
    for (const n of people) {
      const customerId = `customer-many-${n}`;
      const query = `customerId=${customerId}&tag=${TAG}&state=tagged&source=sales&${inWhole}&order=oldest-first`;
      await expectComplete(query, whole, (one) => one.customerId === customerId && one.source === 'sales');
    }
  });

  it.each([1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 199])('so they do in pages of %i', async (limit) => {
    const order = limit % 2 === 0 ? 'oldest-first' : 'newest-first';
    const rest = `from=${stretch.from}&to=${stretch.to}&limit=${limit}&order=${order}`;
    await expectComplete(`agentId=agent-many-3&${rest}`, stretch, (one) => one.agentId === 'agent-many-3');
    if (limit < 8) return;
    const customerId = 'customer-many-4';
    await expectComplete(`customerId=${customerId}&${rest}`, stretch, (one) => one.customerId === customerId);
    const combined = `customerId=${customerId}&tag=${TAG}&source=sales&${rest}`;
    await expectComplete(combined, stretch, (one) => one.customerId === customerId && one.source === 'sales');
    if (limit < 144) return;
    await expectComplete(`tag=${TAG}&${rest}`, stretch);
    await expectComplete(`tag=${TAG}&source=sales&${rest}`, stretch, ({ source }) => source === 'sales');
  });
});
