import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Call, callStore, erasableAt } from '../../../../lambdas/calls/calls.ts';
import { customerDisputes } from '../../../../lambdas/disputes/disputes.ts';
import { DAY_MS, plusMs } from '../../../../lambdas/platform/clock.ts';
import { SourceConfig } from '../../../../lambdas/recordings/recordings.ts';
import {
  customerHmacOf,
  type EraseMessage,
  isOverdue,
  receiptSha256,
} from '../../../../lambdas/retention/erasure/erasure.ts';
import { erasureApi } from '../../../../lambdas/retention/erasure/erasure-api.ts';
import { eraseCall } from '../../../../lambdas/retention/erasure/erasure-call.ts';
import { manifestsOf } from '../../../../lambdas/retention/erasure/erasure-manifests.ts';
import { beginErasure, checkErasures, erasurePage } from '../../../../lambdas/retention/erasure/erasure-page.ts';
import { erasureStore } from '../../../../lambdas/retention/erasure/erasure-store.ts';
import { openErasure } from '../../../../lambdas/retention/erasure/erasures.ts';
import { deleteCall } from '../../../../lambdas/retention/expiry/delete-call.ts';
import { type ExpiryMessage, sweepAt, sweepPage } from '../../../../lambdas/retention/expiry/expire.ts';
import { receiptStore } from '../../../../lambdas/retention/expiry/receipt-store.ts';
import { eraseArrived } from '../../../../lambdas/retention/retention.ts';
import { crashAt, daysAfter } from '../../builders.ts';
import { testEdge } from '../../http-edge.ts';
import { world } from '../world.ts';

type Through = <T extends object>(store: T) => T;
const straight: Through = (store) => store;

const NOW = '2026-10-14T12:00:00.000Z';
const FLOOR = '2026-12-01T00:00:00.000Z';
const CUSTOMER = 'c-1';
const retention: Call['retention'] = {
  ...{ retentionClass: '1-year', rule: 'default', countedFrom: '2026-10-14T09:00:00.000Z' },
  expiresAt: '2027-10-14T09:00:00.000Z',
};
const floored: Call['retention'] = { ...retention, floor: { name: 'mifid-2', until: FLOOR } };

const manifest = {
  ...{ from: 'manifest', file: 'calls-*.csv' },
  columns: { agentId: 'Agent', customerId: 'Customer', startedAt: 'Start' },
};
const sources = [
  SourceConfig.parse({ name: 'support' }),
  SourceConfig.parse({ name: 'sales', metadata: [manifest] }),
  SourceConfig.parse({ name: 'unused', metadata: [manifest] }),
];

/** Calls with all that is kept of them, with the queues of erasures and of expiry. */
function erasing() {
  const at = world();
  const queue: EraseMessage[] = [];
  const delayed: EraseMessage[] = [];
  const expiry: ExpiryMessage[] = [];
  let through = straight;
  let ids = 0;
  const needs = () => {
    const client = through(at.table.client);
    const sqs = through({
      erase: async (messages: readonly EraseMessage[], delay?: number) =>
        void (delay === undefined ? queue : delayed).push(...messages),
      expire: async (messages: readonly ExpiryMessage[]) => void expiry.push(...messages),
    });
    return {
      erasures: erasureStore(client, 't', 10),
      calls: callStore(client, 't'),
      receipts: receiptStore(client, 't', 10),
      disputes: customerDisputes(client, 't'),
      send: (messages: readonly EraseMessage[], delay?: number) => sqs.erase(messages, delay),
      sendErasures: (messages: readonly EraseMessage[]) => sqs.erase(messages),
      expire: (messages: readonly ExpiryMessage[]) => sqs.expire(messages),
      clock: () => new Date(at.time.now),
      randomId: () => `e${++ids}`,
      randomSalt: () => 'salt',
      manifestsOf: (names: readonly string[]) => manifestsOf(sources, names),
      pageSize: 2,
    };
  };
  const handle = async (message: EraseMessage): Promise<void> => {
    if (message.kind === 'begin') await beginErasure(message.erasureId, message.again, needs());
    if (message.kind === 'page') await erasurePage(message, needs());
    if (message.kind === 'call') await eraseCall(message, needs());
    if (message.kind === 'check') await checkErasures(message, needs());
  };
  let redeliver = async (deliver: () => Promise<unknown>): Promise<boolean> => {
    await deliver();
    return false;
  };
  /** Works both queues off; what is delayed comes when nothing else is left, if it comes at all. */
  const work = async (late: 'late' | 'not-late' = 'late', events: 'events' | 'no-events' = 'events') => {
    for (let handled = 0; ; handled++) {
      if (handled > 5000) throw new Error('the queues do not end');
      const message = queue.shift() ?? (expiry.length === 0 && late === 'late' ? delayed.shift() : undefined);
      if (message) {
        await redeliver(() => handle(message));
        continue;
      }
      const due = expiry.shift();
      if (!due) return;
      if (due.kind === 'page')
        await sweepPage(due, { calls: at.calls, send: async (messages) => void expiry.push(...messages) });
      if (due.kind !== 'call') continue;
      const outcome = await deleteCall(due, at.needs);
      const receipt = outcome === 'deleted' ? await receiptStore(at.table.client, 't', 10).get(due.callId) : undefined;
      if (receipt?.reason === 'erased' && events === 'events')
        queue.push({ kind: 'call', erasureId: receipt.rule, callId: due.callId });
    }
  };
  const sweep = async () => {
    expiry.push(...sweepAt(at.time.now));
    await work();
  };
  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await erasureApi({ ...needs(), edge: testEdge({ clock: needs().clock }) }).request(path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asks for
    return { status: response.status, body: (await response.json()) as any };
  };
  const erase = async (customerId = CUSTOMER, more = {}) =>
    ask('DELETE', `/customers/${encodeURIComponent(customerId)}/calls`, { reason: 'asked by letter', ...more });
  const report = async (erasureId: string) => (await ask('GET', `/erasures/${erasureId}`)).body;
  const callsOf = async (erasureId: string) => (await ask('GET', `/erasures/${erasureId}/calls`)).body.items;
  /** From now on, until it is called again, the `nth` request crashes. */
  const crashing = (nth: number, when: 'before' | 'after') => {
    const crash = crashAt(nth, when);
    through = crash.crashing;
    const state = { reached: false };
    redeliver = async (deliver) => {
      state.reached = (await crash.redeliver(deliver)) || state.reached;
      return state.reached;
    };
    return () => {
      through = straight;
      return state.reached;
    };
  };
  /** Opens an erasure, and asks again where that crashed. */
  const open = async () => {
    let erasureId = '';
    await redeliver(async () => {
      const opened = await openErasure({ customerId: CUSTOMER, reason: 'asked by letter' }, { by: 'someone' }, needs());
      erasureId = opened.erasureId;
    });
    return erasureId;
  };
  const hold = async (callId: string, change: { add: string } | { remove: string }) => {
    const call = await at.calls.get(callId);
    return call !== undefined && at.calls.changeHolds(call, change, at.time.now);
  };
  return {
    ...at,
    ...{ queue, delayed, expiry, work, sweep, ask, erase, report, callsOf, crashing, open, hold },
    erasingNeeds: needs,
  };
}

let at: ReturnType<typeof erasing>;
beforeEach(() => {
  at = erasing();
});

describe('the erasure of a customer', () => {
  it('deletes every copy of each call, and of no other customer, long before it is due', async () => {
    for (const callId of ['call1', 'call2', 'call3']) await at.put(callId, { retention });
    await at.put('other', { retention, customerId: 'c-2' });
    const others = at.remains('other');
    const { status, body } = await at.erase();
    expect(status).toBe(202);
    expect(body).toMatchObject({
      ...{ state: 'open', reason: 'asked by letter', overdue: false, kept: [] },
      ...{ deadline: daysAfter(NOW, 30), customerHmac: customerHmacOf(CUSTOMER, 'salt') },
    });
    await at.work();
    for (const callId of ['call1', 'call2', 'call3']) expect(at.remains(callId)).toEqual([]);
    expect(at.remains('other')).toEqual(others);
    expect(await at.report(body.erasureId)).toMatchObject({
      state: 'done',
      calls: { open: 0, kept: 0, erased: 3, gone: 0 },
    });
  });

  it('ends with a certificate that names no customer, and can be checked against the receipts', async () => {
    await at.put('call1', { retention });
    const { body } = await at.erase(CUSTOMER, { openedByName: 'Ada' });
    expect((await at.ask('GET', `/erasures/${body.erasureId}/certificate`)).status).toBe(409);
    await at.work();
    const { body: certificate } = await at.ask('GET', `/erasures/${body.erasureId}/certificate`);
    const receipt = await receiptStore(at.table.client, 't', 10).whole('call1');
    if (!receipt) throw new Error('there is no receipt');
    expect(receipt).toMatchObject({ reason: 'erased', rule: body.erasureId });
    expect(certificate).toMatchObject({
      ...{ erasureId: body.erasureId, openedBy: 'unknown', openedByName: 'Ada', doneAt: NOW },
      totals: { erased: 1, gone: 0 },
      items: [{ callId: 'call1', outcome: 'erased', receipt: { deletedAt: NOW, sha256: receiptSha256(receipt) } }],
    });
    expect(certificate.totals.copies).toBe(certificate.items[0].receipt.copies);
    expect(certificate.totals.copies).toBeGreaterThan(10);
    expect(customerHmacOf(CUSTOMER, certificate.salt)).toBe(certificate.customerHmac);
    expect(JSON.stringify(at.table.items(''))).not.toMatch(/c-1|555/);
  });

  it('is not done before the index was looked through a second time', async () => {
    await at.put('call1', { retention });
    const { body } = await at.erase();
    await at.work('not-late');
    expect(await at.report(body.erasureId)).toMatchObject({ state: 'open', calls: { open: 0, erased: 1 } });
    await at.work();
    expect(await at.report(body.erasureId)).toMatchObject({ state: 'done' });
  });

  it('is not done by a daily check that comes before that', async () => {
    await at.put('call1', { retention });
    const { body } = await at.erase();
    await at.work('not-late');
    at.time.now = plusMs(NOW, 899_999);
    at.queue.push({ kind: 'check' });
    await at.work('not-late');
    expect(await at.report(body.erasureId)).toMatchObject({ state: 'open', calls: { open: 0, erased: 1 } });
    at.time.now = plusMs(NOW, 900_000);
    at.queue.push({ kind: 'check' });
    await at.work('not-late');
    expect(await at.report(body.erasureId)).toMatchObject({ state: 'done' });
  });

  it('of a customer without calls is done, too', async () => {
    const { body } = await at.erase();
    await at.work();
    expect(await at.report(body.erasureId)).toMatchObject({ state: 'done', calls: { erased: 0 } });
  });

  it('is of exactly the customer that is named, whatever the id is written with', async () => {
    await at.put('call1', { retention, customerId: '+49 30/1%2F2?a=b#c' });
    await at.put('other', { retention, customerId: '+49 30' });
    await at.erase('+49 30/1%2F2?a=b#c');
    await at.work();
    expect(at.remains('call1')).toEqual([]);
    expect(await at.calls.get('other')).toBeDefined();
  });

  it('tells of manifests that it leaves, of the sources of the calls alone', async () => {
    await at.put('call1', { retention });
    await at.put('call2', { retention, source: 'sales' });
    const manifests = [{ source: 'sales', prefix: 'sales/', file: 'calls-*.csv' }];
    expect((await at.erase(CUSTOMER, { dryRun: true })).body.manifests).toEqual(manifests);
    const { body } = await at.erase();
    await at.work();
    expect((await at.report(body.erasureId)).manifests).toEqual(manifests);
    expect((await at.ask('GET', `/erasures/${body.erasureId}/certificate`)).body.manifests).toEqual(manifests);
  });

  it('asked for again is the same one, until it is done', async () => {
    await at.put('call1', { retention });
    const first = await at.erase();
    expect((await at.erase(CUSTOMER, { reason: 'again' })).body.erasureId).toBe(first.body.erasureId);
    await at.work();
    at.time.now = daysAfter(NOW, 1);
    expect((await at.erase()).body.erasureId).not.toBe(first.body.erasureId);
  });

  it('finds rejected recordings that do not tell when they began', async () => {
    await at.put('call1', { state: 'rejected', startedAt: undefined, retention });
    const { body } = await at.erase();
    await at.work();
    expect(await at.report(body.erasureId)).toMatchObject({ state: 'done', calls: { erased: 1 } });
    expect(at.remains('call1')).toEqual([]);
  });

  it('counts a call that was just being deleted, and one whose end was not told', async () => {
    const call = await at.put('call1', { retention });
    await at.put('call2', { retention });
    await at.calls.enterDeleting(call, { reason: 'manual', rule: 'manual', requestedAt: NOW, dueOnly: false }, NOW);
    const { body } = await at.erase();
    await at.work('not-late', 'no-events');
    expect(await at.report(body.erasureId)).toMatchObject({ state: 'open', calls: { open: 2 } });
    await deleteCall({ callId: 'call1', reason: 'manual' }, at.needs);
    await at.work();
    expect(await at.report(body.erasureId)).toMatchObject({ state: 'done', calls: { erased: 2 } });
  });
});

describe('what a floor keeps', () => {
  it('is listed with its end, and is erased then, though its class would keep it longer', async () => {
    await at.put('call1', { retention: floored });
    await at.put('call2', { retention });
    const before = at.remains('call1');
    const { body } = await at.erase();
    await at.work();
    expect(await at.report(body.erasureId)).toMatchObject({
      ...{ state: 'waiting', overdue: false, calls: { kept: 1, erased: 1 } },
      kept: [{ calls: 1, keptBy: { floor: { name: 'mifid-2', until: FLOOR } } }],
    });
    expect(await at.callsOf(body.erasureId)).toMatchObject([
      { callId: 'call1', outcome: 'kept', dueAt: FLOOR, keptSince: NOW },
      { callId: 'call2', outcome: 'erased' },
    ]);
    at.time.now = plusMs(FLOOR, -1);
    await at.sweep();
    expect(at.remains('call1')).toEqual(before);
    at.time.now = FLOOR;
    await at.sweep();
    expect(at.remains('call1')).toEqual([]);
    const { body: certificate } = await at.ask('GET', `/erasures/${body.erasureId}/certificate`);
    expect(certificate.items[0]).toMatchObject({
      ...{ outcome: 'erased', keptSince: NOW, keptBy: { floor: { name: 'mifid-2' } }, receipt: { deletedAt: FLOOR } },
    });
  });

  it('stays so when it is decided anew: a later floor keeps it longer, and no class does', async () => {
    const call = await at.put('call1', { retention: floored });
    const { body } = await at.erase();
    await at.work();
    const marked = await at.calls.get('call1');
    if (!marked || !floored) throw new Error('the call is gone');
    expect(marked).toMatchObject({ erasure: body.erasureId, dueAt: FLOOR });
    await expect(at.calls.setRetention(call, { retention: floored, by: 'a' }, [])).rejects.toThrow();
    const later = daysAfter(FLOOR, 10);
    const decided = { ...floored, floor: { name: 'longer', until: later } };
    await at.calls.setRetention(marked, { retention: decided, by: 'a' }, []);
    expect((await at.calls.get('call1'))?.dueAt).toBe(later);
    at.time.now = FLOOR;
    await at.sweep();
    expect(await at.calls.get('call1')).toBeDefined();
    const now = await at.calls.get('call1');
    if (!now || !retention) throw new Error('the call is gone');
    await at.calls.setRetention(now, { retention, by: 'b' }, []);
    await at.sweep();
    expect(await at.calls.get('call1')).toBeUndefined();
  });

  it('that comes while a call is made due is not passed over', async () => {
    const read = await at.put('call1', { retention });
    if (!retention) throw new Error('no retention');
    // The same due day, and a floor before it.
    await at.calls.setRetention(
      read,
      { retention: { ...retention, floor: { name: 'new', until: FLOOR } }, by: 'a' },
      [],
    );
    expect(await at.calls.markErased(read, 'e', NOW)).toBe(false);
    expect((await at.calls.get('call1'))?.erasure).toBeUndefined();
  });
});

describe('what a legal hold keeps', () => {
  it('is listed with the hold, and is erased after the release', async () => {
    await at.put('call1', { retention });
    await at.hold('call1', { add: 'hold1' });
    const before = at.remains('call1');
    const { body } = await at.erase();
    await at.work();
    at.time.now = daysAfter(NOW, 40);
    await at.sweep();
    expect(at.remains('call1')).toEqual(before);
    expect(await at.report(body.erasureId)).toMatchObject({
      ...{ state: 'waiting', overdue: false },
      kept: [{ calls: 1, keptBy: { holds: ['hold1'] } }],
    });
    await at.hold('call1', { remove: 'hold1' });
    await at.sweep();
    expect(at.remains('call1')).toEqual([]);
    expect(await at.report(body.erasureId)).toMatchObject({ state: 'done', calls: { erased: 1 } });
  });

  it('also where it is placed when the erasure was opened, until the call is being deleted', async () => {
    await at.put('call1', { retention });
    const { body } = await at.erase();
    while (at.expiry.length === 0) {
      const message = at.queue.shift();
      if (!message) throw new Error('nothing is left to do');
      if (message.kind === 'begin') await beginErasure(message.erasureId, message.again, at.erasingNeeds());
      if (message.kind === 'page') await erasurePage(message, at.erasingNeeds());
      if (message.kind === 'call') await eraseCall(message, at.erasingNeeds());
    }
    expect(await at.hold('call1', { add: 'hold1' })).toBe(true);
    await at.work();
    expect(at.remains('call1')).toContain('support/call1-555-0100.wav');
    expect(await at.report(body.erasureId)).toMatchObject({ state: 'waiting', kept: [{ calls: 1 }] });
  });
});

describe('what Object Lock keeps', () => {
  it('is listed with the end of the lock, and is erased then', async () => {
    const key = 'support/call1-555-0100.wav';
    const until = daysAfter(NOW, 10);
    await at.put('call1', { retention });
    at.s3.lose(key);
    at.s3.put({ bucket: 'recordings', key, versionId: 'v1', lock: { until } });
    const { body } = await at.erase();
    await at.work();
    expect(await at.report(body.erasureId)).toMatchObject({
      ...{ state: 'waiting', calls: { kept: 1 } },
      kept: [{ calls: 1, keptBy: { lockedUntil: until } }],
    });
    at.queue.push({ kind: 'check' });
    await at.work();
    expect((await at.calls.get('call1'))?.dueAt).toBe(until);
    at.s3.unlock(key);
    at.time.now = until;
    await at.sweep();
    expect(at.remains('call1')).toEqual([]);
    expect(await at.report(body.erasureId)).toMatchObject({ state: 'done', calls: { erased: 1 } });
  });
});

describe('a call that is just being received', () => {
  it('is not made due: it may turn out to be of another customer', async () => {
    await at.put('call1', { state: 'received', retention: undefined });
    const { body } = await at.erase();
    await at.work();
    expect((await at.calls.get('call1'))?.erasure).toBeUndefined();
    const call = await at.calls.get('call1');
    const read = call && (await at.calls.enter(call, 'rejected', NOW, { customerId: 'c-2', retention }));
    at.queue.push({ kind: 'check' });
    await at.work();
    expect(await at.calls.get('call1')).toEqual(read);
    expect(await at.report(body.erasureId)).toMatchObject({ state: 'done', calls: { gone: 1 } });
  });
});

describe('a call that is on its way', () => {
  it('is open until it can be deleted, and is then', async () => {
    const call = await at.put('call1', { state: 'queued', retention });
    const { body } = await at.erase();
    await at.work();
    expect(await at.report(body.erasureId)).toMatchObject({ state: 'open', calls: { open: 1 } });
    // What took it up read it before it was marked: the sweep would let it wait for its class.
    await at.calls.enterTagged(call, [], NOW, { rulebookVersion: '1' });
    expect((await at.calls.get('call1'))?.dueAt).toBe(retention?.expiresAt);
    at.queue.push({ kind: 'check' });
    await at.work();
    expect(await at.report(body.erasureId)).toMatchObject({ state: 'done', calls: { erased: 1 } });
  });

  it('is due at once when it was marked before', async () => {
    await at.put('call1', { state: 'queued', retention });
    const { body } = await at.erase();
    await at.work();
    const marked = await at.calls.get('call1');
    if (marked) await at.calls.enterTagged(marked, [], NOW, { rulebookVersion: '1' });
    expect((await at.calls.get('call1'))?.dueAt).toBe(NOW);
    await at.sweep();
    expect(await at.report(body.erasureId)).toMatchObject({ state: 'done' });
  });

  it('is overdue when it is not gone by the deadline', async () => {
    await at.put('call1', { state: 'queued', retention });
    const { body } = await at.erase(CUSTOMER, { deadlineDays: 3 });
    await at.work();
    at.time.now = plusMs(body.deadline, 1);
    expect(await at.report(body.erasureId)).toMatchObject({ state: 'open', overdue: true });
    expect(await checkErasures({ kind: 'check' }, at.erasingNeeds())).toEqual({
      begun: 1,
      overdue: [body.erasureId],
    });
  });
});

describe('a call that arrives', () => {
  it('while its customer is erased is erased, too', async () => {
    await at.put('call1', { retention: floored });
    const { body } = await at.erase();
    await at.work();
    const arrived = await at.put('call2', { retention });
    await eraseArrived(arrived, at.erasingNeeds());
    expect(await at.report(body.erasureId)).toMatchObject({ calls: { open: 1, kept: 1 } });
    await at.work();
    expect(at.remains('call2')).toEqual([]);
    expect(await at.report(body.erasureId)).toMatchObject({ state: 'waiting', calls: { erased: 1, kept: 1 } });
  });

  it('just before the end keeps the erasure from ending', async () => {
    const { body } = await at.erase();
    const { erasures } = at.erasingNeeds();
    await erasures.setAllFound(body.erasureId);
    const read = await erasures.get(body.erasureId);
    await eraseArrived(await at.put('call1', { retention }), at.erasingNeeds());
    if (!read) throw new Error('the erasure is gone');
    expect(await erasures.enter(read, 'done', NOW)).toBe(false);
    await at.work();
    expect(await at.report(body.erasureId)).toMatchObject({ state: 'done', calls: { erased: 1 } });
  });

  it('after the end is kept as any other', async () => {
    const { body } = await at.erase();
    await at.work();
    const arrived = await at.put('call1', { retention });
    await eraseArrived(arrived, at.erasingNeeds());
    at.queue.push({ kind: 'call', erasureId: body.erasureId, callId: 'call1' });
    await at.work();
    expect(await at.calls.get('call1')).toEqual(arrived);
  });
});

describe('a dry run', () => {
  it('tells what would be erased and what kept, and does nothing', async () => {
    await at.put('call1', { retention: floored });
    await at.put('call2', { retention });
    await at.put('call3', { retention });
    await at.put('other', { retention, customerId: 'c-2' });
    await at.hold('call3', { add: 'hold1' });
    const before = JSON.stringify(at.table.items(''));
    const { status, body } = await at.erase(CUSTOMER, { dryRun: true });
    expect(status).toBe(200);
    expect(body).toMatchObject({ dryRun: true, calls: { open: 1, kept: 2 }, allFound: true });
    expect(body.kept).toEqual([
      { calls: 1, keptBy: { floor: { name: 'mifid-2', until: FLOOR } } },
      { calls: 1, keptBy: { holds: ['hold1'] } },
    ]);
    expect(JSON.stringify(at.table.items(''))).toBe(before);
    expect([...at.queue, ...at.delayed]).toEqual([]);
  });
});

describe('what cannot be', () => {
  it('is told by the field at fault', async () => {
    expect((await at.ask('DELETE', '/customers/c-1/calls', {})).body.detail).toMatch(/^reason: is missing/);
    expect((await at.erase(CUSTOMER, { deadlineDays: 0 })).body.detail).toMatch(/^deadlineDays: /);
    expect((await at.erase(CUSTOMER, { dryrun: true })).body.detail).toMatch(/dryrun/);
    expect((await at.ask('GET', '/erasures/none')).status).toBe(404);
  });
});

it('erasures are listed by state, and their calls, page after page', async () => {
  for (let i = 0; i < 5; i++) await at.put(`call${i}`, { retention });
  await at.put('other', { retention: floored, customerId: 'c-2' });
  const { body: first } = await at.erase();
  const { body: second } = await at.erase('c-2');
  await at.work();
  const ids = async (query: string) =>
    (await at.ask('GET', `/erasures?${query}`)).body.items.map((one: { erasureId: string }) => one.erasureId);
  expect(await ids('state=done')).toEqual([first.erasureId]);
  expect(await ids('state=waiting')).toEqual([second.erasureId]);
  expect((await ids('')).toSorted()).toEqual([first.erasureId, second.erasureId].toSorted());
  const found: string[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await at.ask('GET', `/erasures/${first.erasureId}/calls?limit=2${cursor}`);
    found.push(...body.items.map((one: { callId: string }) => one.callId));
    if (!body.nextCursor) break;
    cursor = `&cursor=${body.nextCursor}`;
  }
  expect(found).toEqual(['call0', 'call1', 'call2', 'call3', 'call4']);
});

describe.each(['before', 'after'] as const)('a crash %s any request', (when) => {
  it('leaves an erasure that ends as if there had been none', async () => {
    let reached = true;
    for (let nth = 1; reached; nth++) {
      at = erasing();
      await at.put('call1', { retention });
      await at.put('call2', { retention: floored });
      await at.put('call3', { retention });
      await at.hold('call3', { add: 'hold1' });
      const end = at.crashing(nth, when);
      const erasureId = await at.open();
      await at.work();
      await at.hold('call3', { remove: 'hold1' });
      at.time.now = FLOOR;
      await at.sweep();
      reached = end();
      const { erasures } = at.erasingNeeds();
      for (const callId of ['call1', 'call2', 'call3']) expect(at.remains(callId), `crash at ${nth}`).toEqual([]);
      expect(await erasures.get(erasureId), `crash at ${nth}`).toMatchObject({
        ...{ state: 'done', open: 0, kept: 0, erased: 3, gone: 0 },
      });
      expect((await at.callsOf(erasureId)).map((one: { keptBy?: unknown }) => one.keptBy)).toEqual([
        undefined,
        { floor: floored?.floor },
        { holds: ['hold1'] },
      ]);
      expect(JSON.stringify(at.table.items('')), `crash at ${nth}`).not.toMatch(/c-1/);
    }
  });
});

describe('whatever the floors, holds, duplicates and lost messages', () => {
  const day = fc.integer({ min: 0, max: 10 });
  const callOf = fc.record({
    floorDay: fc.option(day, { nil: undefined }),
    hold: fc.option(fc.record({ from: day, days: day }), { nil: undefined }),
    arrives: fc.option(day, { nil: undefined }),
  });

  it('nothing is erased that is kept, nothing is left that is not, and the counts are true', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(callOf, { minLength: 1, maxLength: 4 }),
        fc.array(fc.constantFrom('once', 'twice', 'lost'), { minLength: 20, maxLength: 20 }),
        async (given, fates) => {
          const the = erasing();
          const isHeld = (one: (typeof given)[number], today: number) =>
            one.hold !== undefined && one.hold.from <= today && today < one.hold.from + one.hold.days;
          const put = async (i: number, floorDay: number | undefined) => {
            const until = floorDay === undefined ? undefined : daysAfter(NOW, floorDay);
            return the.put(`call${i}`, {
              retention: until ? { ...floored, floor: { name: 'f', until } } : retention,
            } as Partial<Call>);
          };
          const there = new Set<number>();
          for (const [i, one] of given.entries()) {
            if (one.arrives !== undefined) continue;
            await put(i, one.floorDay);
            there.add(i);
          }
          const opened = await the.erase();
          const { erasureId } = opened.body;
          let fate = 0;
          for (let today = 0; today <= 22; today++) {
            the.time.now = plusMs(NOW, today * DAY_MS);
            const open = (await the.report(erasureId)).state !== 'done';
            for (const [i, one] of given.entries()) {
              if (one.arrives === today && open) {
                const call = await put(i, one.floorDay);
                there.add(i);
                await eraseArrived(call, the.erasingNeeds());
              }
              const held = isHeld(one, today);
              const call = await the.calls.get(`call${i}`);
              if (call && held !== (call.holds ?? []).includes('h'))
                await the.hold(`call${i}`, held ? { add: 'h' } : { remove: 'h' });
            }
            const before = new Set<number>();
            for (const i of there) if (await the.calls.get(`call${i}`)) before.add(i);
            the.queue.push({ kind: 'check' });
            // Some messages come twice, some not at all.
            for (const one of the.queue.splice(0)) {
              const what = fates[fate++ % fates.length];
              if (what !== 'lost') the.queue.push(one);
              if (what === 'twice') the.queue.push(one);
            }
            await the.sweep();
            for (const [i, one] of given.entries()) {
              const call = await the.calls.get(`call${i}`);
              const floor = one.floorDay !== undefined && one.floorDay > today;
              if (before.has(i) && (isHeld(one, today) || floor))
                expect(call, `call${i} on day ${today}`).toBeDefined();
            }
          }
          const { erasures } = the.erasingNeeds();
          the.queue.push({ kind: 'check' });
          await the.work();
          the.queue.push({ kind: 'check' });
          await the.work();
          const erasure = await erasures.get(erasureId);
          expect(erasure).toMatchObject({ state: 'done', open: 0, kept: 0 });
          for (const i of there)
            expect(the.remains(`call${i}`).filter((part) => !part.startsWith('hold#'))).toEqual([]);
          expect((erasure?.erased ?? 0) + (erasure?.gone ?? 0)).toBe((await the.callsOf(erasureId)).length);
          expect(erasure && isOverdue(erasure, '9999-01-01T00:00:00.000Z')).toBe(false);
        },
      ),
      { numRuns: 40 },
    );
  });
});

it('a call without a floor may be erased at once', () => {
  expect(erasableAt({ retention }, NOW)).toBe(NOW);
  expect(erasableAt({ retention: floored }, NOW)).toBe(FLOOR);
  expect(erasableAt({ retention: floored }, daysAfter(FLOOR, 1))).toBe(daysAfter(FLOOR, 1));
});
