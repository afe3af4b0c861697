import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CallStore, callStore } from '../../../../lambdas/calls/calls.ts';
import { custodyRoutes } from '../../../../lambdas/calls/custody/custody-routes.ts';
import { type CustodyStore, custodyStore } from '../../../../lambdas/calls/custody/custody-store.ts';
import { createHttpApp } from '../../../../lambdas/platform/http.ts';
import { logger } from '../../../../lambdas/platform/logger.ts';
import { NOW, transcribingCall } from '../../builders.ts';
import { testEdge } from '../../http-edge.ts';
import { memoryDynamodb } from '../../memory-dynamodb.ts';

beforeAll(() => logger.setLogLevel('SILENT'));

const TABLE = 'calls';
const ROLE = 'arn:aws:sts::1:assumed-role/qa/kim';
const signed = { event: { requestContext: { authorizer: { iam: { userArn: ROLE } } } } };

let memory: ReturnType<typeof memoryDynamodb>;
let custody: CustodyStore;
let calls: CallStore;
let app: ReturnType<typeof createHttpApp>;
beforeEach(async () => {
  memory = memoryDynamodb();
  custody = custodyStore(memory.client, TABLE, async () => {});
  calls = callStore(memory.client, TABLE);
  const edge = testEdge();
  app = createHttpApp({ title: 'Calls', description: 'Calls', edge });
  custodyRoutes(app, { calls, custody, clock: () => new Date(NOW), edge });
  await calls.create(transcribingCall('c', { state: 'tagged' }));
  for (let i = 0; i < 5; i++) await custody.append('c', { kind: 'call-read', at: NOW, by: 'arn:app' });
});

interface Answered {
  readonly items: { readonly number: number }[];
  readonly nextCursor?: string;
  readonly faults: unknown[];
  readonly detail: string;
}
const get = async (path: string) => {
  const response = await app.request(path, {}, signed);
  return { status: response.status, body: (await response.json()) as Answered };
};
const kinds = async () => (await custody.all('c')).map(({ kind }) => kind);

describe('the custody of a call', () => {
  it('is read oldest first, page after page; that it is read is noted before, once for the list', async () => {
    const numbers: number[] = [];
    let cursor: string | undefined;
    do {
      const { status, body } = await get(`/calls/c/custody?limit=4${cursor ? `&cursor=${cursor}` : ''}`);
      expect(status).toBe(200);
      numbers.push(...body.items.map(({ number }) => number));
      cursor = body.nextCursor;
    } while (cursor !== undefined);
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await kinds()).toEqual([...Array.from({ length: 5 }, () => 'call-read'), 'custody-read']);
    expect((await custody.all('c')).at(-1)).toMatchObject({ by: ROLE, at: NOW });
  });

  it('is not answered where it cannot be noted that it was read', async () => {
    await memory.client.send(
      new PutCommand({
        TableName: TABLE,
        Item: { subject: 'call#c', part: 'custody', callId: 'c', entries: 2, hash: 'x' },
      }),
    );
    expect((await get('/calls/c/custody')).status).toBe(500);
  });

  it('can be read while the call is being deleted, and nothing is noted then', async () => {
    const item = transcribingCall('c', { state: 'deleting' });
    await memory.client.send(new PutCommand({ TableName: TABLE, Item: { ...item, subject: 'call#c', part: 'call' } }));
    expect((await get('/calls/c/custody')).body.items).toHaveLength(5);
    expect(await kinds()).not.toContain('custody-read');
  });

  it('is not there where there is no call; of one that was deleted it says where to look', async () => {
    expect((await get('/calls/never/custody')).status).toBe(404);
    expect((await get('/calls/never/custody/check')).status).toBe(404);
    expect(memory.items('call#never')).toEqual([]);
    await memory.client.send(new PutCommand({ TableName: TABLE, Item: { subject: 'receipt#gone', part: 'receipt' } }));
    expect((await get('/calls/gone/custody')).body.detail).toContain('its receipt tells how far its custody went');
  });
});

describe('the check of it', () => {
  it('tells how far it goes, and what is wrong with it, and is not noted', async () => {
    const head = await custody.head('c');
    expect(await get('/calls/c/custody/check')).toEqual({
      status: 200,
      body: { intact: true, entries: 5, hash: head?.hash, faults: [] },
    });
    const Key = { subject: 'call#c', part: 'custody#00000003' };
    await memory.client.send(new DeleteCommand({ TableName: TABLE, Key }));
    expect((await get('/calls/c/custody/check')).body).toMatchObject({
      intact: false,
      faults: [{ what: 'missing', number: 3, message: 'entry 3 is missing' }],
    });
    await memory.client.send(new PutCommand({ TableName: TABLE, Item: { ...Key, words: 'of somebody' } }));
    expect((await get('/calls/c/custody/check')).body.faults[0]).toMatchObject({ what: 'not-an-entry' });
    expect((await get('/calls/c/custody')).status).toBe(409);
  });
});
