import { QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Call, type CallStore, callStore, type Moment } from '../../../lambdas/calls/calls.ts';
import type { CallsWanted } from '../../../lambdas/calls/calls-wanted.ts';
import { EVER, type PageRequest, type Position } from '../../../lambdas/platform/cursor.ts';
import { EXAMINED_PER_PAGE } from '../../../lambdas/platform/query-pages.ts';
import { NOW, transcribingCall } from '../builders.ts';
import { memoryDynamodb } from '../memory-dynamodb.ts';

const period = { from: '2026-08-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' };

const momentOf = (tag: string, startMs = 1000): Moment => ({
  ...{ tag, startMs, endMs: startMs + 500, speaker: 'AGENT', quote: 'I can offer you a credit' },
  ...{ ruleId: tag, rulebookVersion: '1' },
});

const retention = { retentionClass: '30-days', rule: 'default', expiresAt: '2026-11-13T09:00:00.000Z' };

/** A table in memory that counts the Queries and what they read, and calls `written` after each transaction. */
function world() {
  const table = memoryDynamodb();
  const queries: number[] = [];
  const hooks = { written: async (): Promise<void> => undefined };
  const { send } = table.client as unknown as { send: (command: unknown) => Promise<unknown> };
  const client = {
    async send(command: unknown) {
      const answer = await send(command);
      if (command instanceof QueryCommand) queries.push(command.input.Limit ?? Number.NaN);
      if (command instanceof TransactWriteCommand) await hooks.written();
      return answer;
    },
  } as unknown as typeof table.client;
  const store = callStore(client, 'calls');
  const put = async (call: Call, tags: readonly string[] = []): Promise<void> => {
    await store.create(call);
    if (tags.length > 0)
      await store.enterTagged(
        call,
        tags.map((tag) => momentOf(tag)),
        NOW,
        { rulebookVersion: '1', retention },
      );
  };
  /** Tags a call anew: these moments take the place of those that it has. */
  const retag = async (callId: string, moments: readonly Moment[], rulebookVersion: string): Promise<void> => {
    const call = await store.get(callId);
    if (call?.state !== 'tagged') return;
    const former = await store.momentsToReplace(call);
    await store.replaceMoments(call, former, { rulebookVersion, moments, now: NOW, retention, by: rulebookVersion });
  };
  return { table, store, queries, hooks, put, retag };
}

/** Follows a list to its end. */
async function follow(
  store: CallStore,
  wanted: CallsWanted,
  { limit, order = 'oldest-first' }: Pick<PageRequest, 'limit'> & Partial<PageRequest>,
  within = period,
): Promise<Call[]> {
  const found: Call[] = [];
  let position: Position | undefined;
  do {
    const page: Awaited<ReturnType<CallStore['listCalls']>> = await store.listCalls(wanted, {
      ...{ ...within, order, limit },
      ...(position && { position }),
    });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    found.push(...page.items);
    position = page.next && JSON.parse(JSON.stringify(page.next));
  } while (position);
  return found;
}

const ids = (calls: readonly Pick<Call, 'callId'>[]): string[] => calls.map(({ callId }) => callId);
const minute = (n: number): string => new Date(Date.UTC(2026, 8, 30, 23, n)).toISOString();

describe('pages of every size', () => {
  const CALLS = 203;
  const at = world();

  beforeAll(async () => {
    for (let i = 0; i < CALLS; i++) {
      const about = {
        agentId: 'lee',
        customerId: i % 3 === 0 ? 'c-1' : 'c-2',
        source: i % 2 === 0 ? 'sales' : 'support',
      };
      // Three calls begin in the same minute, over a turn of the month.
      await at.put(transcribingCall(`call${i}`, { ...about, startedAt: minute(Math.floor(i / 3)) }), ['refund']);
    }
  });

  test.each<[string, CallsWanted, number]>([
    ['an agent', { agentId: 'lee' }, CALLS],
    ['a customer', { customerId: 'c-2' }, 135],
    ['a tag', { tag: 'refund' }, CALLS],
    ['a state', { state: 'tagged' }, CALLS],
    ['all of it', { agentId: 'lee', customerId: 'c-1', tag: 'refund', state: 'tagged', source: 'sales' }, 34],
  ])('give every call of %s exactly once, in order', async (_, wanted, count) => {
    for (let limit = 1; limit <= 200; limit += limit < 12 ? 1 : 7) {
      const found = await follow(at.store, wanted, { limit });
      expect(new Set(ids(found)).size, `limit ${limit}`).toBe(count);
      expect(found, `limit ${limit}`).toHaveLength(count);
      const times = found.map((call) => (wanted.state && !wanted.agentId ? call.dueAt : call.startedAt));
      expect(times, `limit ${limit}`).toEqual(times.toSorted());
    }
  });

  test.each<[string, CallsWanted]>([
    ['an agent', { agentId: 'lee' }],
    ['a customer', { customerId: 'c-2' }],
  ])('of %s are one Query of that size each', async (_, wanted) => {
    for (const limit of [1, 50, 200]) {
      at.queries.length = 0;
      await at.store.listCalls(wanted, { ...period, order: 'newest-first', limit });
      expect(at.queries).toEqual([limit]);
    }
  });

  test('that are filtered are one Query each, of a size that is bounded', async () => {
    at.queries.length = 0;
    const page = await at.store.listCalls(
      { agentId: 'lee', source: 'none' },
      { ...period, order: 'newest-first', limit: 5 },
    );
    expect(page).toEqual({ items: [], next: undefined });
    expect(at.queries).toEqual([EXAMINED_PER_PAGE]);
  });
});

test('of many calls of which few are wanted, a page may be empty and go on', async () => {
  const at = world();
  for (let i = 0; i < 600; i++) {
    await at.put(transcribingCall(`call${i}`, { source: i === 599 ? 'sales' : 'support', startedAt: minute(i) }));
  }
  const request = { ...period, order: 'oldest-first', limit: 5 } as const;
  const first = await at.store.listCalls({ agentId: 'lee', source: 'sales' }, request);
  expect(first.items).toEqual([]);
  expect(first.next).toBeDefined();
  expect(ids(await follow(at.store, { agentId: 'lee', source: 'sales' }, { limit: 5 }))).toEqual(['call599']);
});

describe('the calls of a tag', () => {
  test('are listed once, however many moments of it they have', async () => {
    const at = world();
    await at.store.create(transcribingCall('call1'));
    const moments = [momentOf('refund', 1000), momentOf('refund', 5000), momentOf('cancel', 9000)];
    await at.store.enterTagged(transcribingCall('call1'), moments, NOW);
    expect(ids(await follow(at.store, { tag: 'refund' }, { limit: 10 }))).toEqual(['call1']);
    expect(ids(await follow(at.store, { tag: 'cancel' }, { limit: 10 }))).toEqual(['call1']);
    expect(await follow(at.store, { tag: 'outage' }, { limit: 10 })).toEqual([]);
  });

  test('that came without their start are where they arrived, as their moments are', async () => {
    const at = world();
    const { startedAt: _, ...call } = transcribingCall('call1', { receivedAt: '2026-11-02T08:00:00.000Z' });
    await at.put(call, ['refund']);
    const november = { from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' };
    expect(ids(await follow(at.store, { tag: 'refund' }, { limit: 10 }, november))).toEqual(['call1']);
    expect((await at.store.listMoments('refund', { ...november, order: 'oldest-first', limit: 5 })).items).toHaveLength(
      1,
    );
  });

  test('are those that have it now: a retag adds, removes and keeps', async () => {
    const at = world();
    await at.put(transcribingCall('call1'), ['refund', 'cancel']);
    await at.retag('call1', [momentOf('outage'), momentOf('cancel', 7000)], '2');
    expect(ids(await follow(at.store, { tag: 'outage' }, { limit: 10 }))).toEqual(['call1']);
    expect(ids(await follow(at.store, { tag: 'cancel' }, { limit: 10 }))).toEqual(['call1']);
    expect(await follow(at.store, { tag: 'refund' }, { limit: 10 })).toEqual([]);
  });

  test('are those that are there: one that is deleted meanwhile is left out', async () => {
    const at = world();
    await at.put(transcribingCall('call1'), ['refund']);
    await at.put(transcribingCall('call2'), ['refund']);
    const { DeleteCommand } = await import('@aws-sdk/lib-dynamodb');
    const Key = { subject: 'call#call1', part: 'call' };
    await at.table.client.send(new DeleteCommand({ TableName: 'calls', Key }));
    expect(ids(await follow(at.store, { tag: 'refund' }, { limit: 10 }))).toEqual(['call2']);
  });

  test('do not put moments, nor what says that a call has a tag, into the index of an agent or a customer', async () => {
    const at = world();
    await at.put(transcribingCall('call1'), ['refund', 'cancel']);
    expect(ids(await follow(at.store, { agentId: 'lee' }, { limit: 10 }))).toEqual(['call1']);
    expect(ids(await follow(at.store, { customerId: 'c-1' }, { limit: 10 }))).toEqual(['call1']);
  });
});

describe('with writes going on', () => {
  /** What the writers do, one after the other, while somebody follows the list. */
  type Write = {
    readonly what: 'arrives' | 'is retagged' | 'is retagged at length' | 'is deleted';
    readonly call: number;
  };
  const write = fc.record<Write>({
    what: fc.constantFrom('arrives', 'is retagged', 'is retagged at length', 'is deleted'),
    call: fc.nat(11),
  });
  const wantedOnes: CallsWanted[] = [
    { agentId: 'lee' },
    { customerId: 'c-1' },
    { tag: 'refund' },
    { state: 'tagged' },
    { agentId: 'lee', tag: 'refund', source: 'support' },
    { tag: 'refund', state: 'tagged', source: 'support' },
  ];

  test('each call that matches all the time comes exactly once, in order', async () => {
    const cases = fc.record({
      minutes: fc.array(fc.nat(3), { minLength: 12, maxLength: 12 }),
      writes: fc.array(write, { maxLength: 5 }),
      wanted: fc.constantFrom(...wantedOnes),
      order: fc.constantFrom<PageRequest['order']>('oldest-first', 'newest-first'),
      limit: fc.integer({ min: 1, max: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ minutes, writes, wanted, order, limit }) => {
        const at = world();
        const about = { source: 'support', agentId: 'lee', customerId: 'c-1' };
        for (const [i, n] of minutes.entries())
          await at.put(transcribingCall(`call${i}`, { ...about, startedAt: minute(n * 29) }), ['refund', 'cancel']);

        const found: Call[] = [];
        const progress: { position: Position | undefined; ended: boolean } = { position: undefined, ended: false };
        const step = async () => {
          if (progress.ended) return;
          const { position } = progress;
          const asked = { ...(wanted.state && !wanted.agentId && !wanted.tag ? EVER : period), order, limit };
          const page = await at.store.listCalls(wanted, { ...asked, ...(position && { position }) });
          found.push(...page.items);
          progress.position = page.next;
          progress.ended = page.next === undefined;
        };
        // Between any two transactions, the reader has its next page.
        at.hooks.written = step;
        const gone = new Set<string>();
        for (const [n, { what, call }] of writes.entries()) {
          const callId = `call${call}`;
          if (what === 'arrives')
            await at.put(transcribingCall(`new${n}`, { ...about, startedAt: minute(call) }), ['refund']);
          // Its first moment of the tag is another one each time.
          if (what === 'is retagged')
            await at.retag(callId, [momentOf('refund', 100 * n), momentOf(`other${n}`)], `r${n}`);
          if (what === 'is retagged at length') {
            const many = Array.from({ length: 230 }, (_, i) =>
              momentOf(i % 2 ? 'refund' : `other${i % 7}`, i * 1000 + n),
            );
            await at.retag(callId, many, `r${n}`);
          }
          if (what === 'is deleted') {
            gone.add(callId);
            const stored = await at.store.get(callId);
            const deletion = { dueOnly: false, reason: 'manual', rule: 'by hand', requestedAt: NOW } as const;
            if (stored) await at.store.enterDeleting(stored, deletion, NOW);
          }
        }
        at.hooks.written = async () => undefined;
        for (let pages = 0; !progress.ended && pages < 200; pages++) await step();

        const stayed = minutes.map((_, i) => `call${i}`).filter((callId) => !gone.has(callId));
        expect(
          ids(found)
            .filter((callId) => stayed.includes(callId))
            .toSorted(),
        ).toEqual(stayed.toSorted());
        expect(new Set(ids(found)).size).toBe(found.length);
        if (wanted.state === undefined || wanted.tag) {
          const times = found.filter(({ callId }) => stayed.includes(callId)).map((call) => call.startedAt ?? '');
          expect(times).toEqual(order === 'oldest-first' ? times.toSorted() : times.toSorted().toReversed());
        }
      }),
      { numRuns: 60 },
    );
  });
});
