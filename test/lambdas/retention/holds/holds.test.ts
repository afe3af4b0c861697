import fc from 'fast-check';
import { beforeEach, describe, expect, it, test } from 'vitest';
import { type Call, callStore } from '../../../../lambdas/calls/calls.ts';
import type { RecordingStore } from '../../../../lambdas/recordings/recordings.ts';
import type { HoldMessage, HoldOn } from '../../../../lambdas/retention/holds/hold.ts';
import { type HeldCopies, holdCall } from '../../../../lambdas/retention/holds/hold-call.ts';
import { beginHold, checkHolds, holdPage } from '../../../../lambdas/retention/holds/hold-page.ts';
import { holdStore } from '../../../../lambdas/retention/holds/hold-store.ts';
import { placeHold, releaseHold } from '../../../../lambdas/retention/holds/holds.ts';
import { holdsApi } from '../../../../lambdas/retention/holds/holds-api.ts';
import { copyTags, customerHolds, tagAsDecided } from '../../../../lambdas/retention/retention.ts';
import { crashAt, daysAfter, NOW, only, recordingAt, transcribingCall } from '../../builders.ts';
import { testEdge } from '../../http-edge.ts';
import { memoryDynamodb } from '../../memory-dynamodb.ts';

type Through = <T extends object>(store: T) => T;
const straight: Through = (store) => store;
const someone = { by: 'arn:aws:iam::111122223333:role/counsel', byName: 'Ada' };
const retention: Call['retention'] = {
  ...{ retentionClass: '30-days', rule: 'default', countedFrom: '2026-10-14T09:00:00.000Z' },
  expiresAt: '2026-11-13T09:00:00.000Z',
};
const keptTags = { 'retention-class': '30-days', 'retention-days': '30' };
const heldTags = { 'legal-hold': 'on' };

const callOf = (callId: string, changes: Partial<Call> = {}): Call =>
  transcribingCall(callId, { recording: recordingAt(`${callId}.wav`), state: 'tagged', retention, ...changes });

/** What S3 has of a call. */
interface InS3 {
  locked: boolean;
  tags: Readonly<Record<string, string>>;
  covered: boolean;
}

/** Calls that are kept as retention says, and a queue of holds: what is delayed comes when nothing else is left. */
async function world(stored: readonly Call[] = []) {
  const dynamodb = memoryDynamodb();
  const plainCalls = callStore(dynamodb.client, 'calls');
  for (const call of stored) await plainCalls.create(call);
  const s3 = new Map<string, InS3>(
    stored.map((call) => [call.callId, { locked: false, tags: keptTags, covered: false }]),
  );
  const log: string[] = [];
  const change = (callId: string, what: string, changes: Partial<InS3>) => {
    log.push(what);
    const before = s3.get(callId);
    if (before) s3.set(callId, { ...before, ...changes });
  };
  const recordings = only<RecordingStore>({
    setLegalHold: async ({ key }, on) => change(key.replace('.wav', ''), `lock ${on}`, { locked: on }),
  });
  const copies: HeldCopies = {
    tag: async ({ callId }, tags) => change(callId, `tag ${Object.keys(tags)}`, { tags }),
    uncover: async ({ callId }) => change(callId, 'uncover', { covered: false }),
  };
  const queue: HoldMessage[] = [];
  const delayed: HoldMessage[] = [];
  let ids = 0;
  const needs = (through: Through = straight) => {
    const client = through(dynamodb.client);
    const sqs = through({
      send: async (messages: readonly HoldMessage[], delaySeconds?: number) =>
        void (delaySeconds === undefined ? queue : delayed).push(...messages),
    });
    return {
      holds: holdStore(client, 'calls'),
      calls: callStore(client, 'calls'),
      recordings: through(recordings),
      copies: through(copies),
      send: (messages: readonly HoldMessage[], delaySeconds?: number) => sqs.send(messages, delaySeconds),
      clock: () => new Date(NOW),
      randomId: () => `hold${++ids}`,
      recordKeepDays: 10,
      pageSize: 2,
    };
  };
  const handle = async (message: HoldMessage, through?: Through): Promise<void> => {
    if (message.kind === 'begin') await beginHold(message.holdId, message.again, needs(through));
    if (message.kind === 'page') await holdPage(message, needs(through));
    if (message.kind === 'call') await holdCall(message, needs(through));
    if (message.kind === 'check') await checkHolds(message, needs(through));
  };
  /** Works the queue off; without what is delayed where `atOnce`. */
  const work = async (atOnce = false) => {
    for (let handled = 0; queue.length + (atOnce ? 0 : delayed.length) > 0; handled++) {
      if (handled > 10_000) throw new Error('the queue does not end');
      const message = queue.shift() ?? delayed.shift();
      if (message) await handle(message);
    }
  };
  const place = async (on: HoldOn, holdId = needs().randomId()) =>
    (await placeHold({ holdId, on, reason: 'a lawsuit' }, someone, needs())).holdId;
  const release = (holdId: string) => releaseHold(holdId, 'it is settled', someone, needs());
  const { holds, calls } = needs();
  const seen = async (holdId: string) => {
    const hold = await holds.get(holdId);
    return { state: hold?.state, ...(await holds.countsOf(holdId)) };
  };
  const held = (await Promise.resolve(s3)).keys;
  return { ...{ dynamodb, s3, log, queue, delayed, needs, handle, work, place, release, holds, calls, seen }, held };
}

const ofCustomer = (n: number, customerId = 'c-1') =>
  Array.from({ length: n }, (_, i) =>
    callOf(`${customerId}-${i}`, { customerId, startedAt: NOW.replace('12:', `1${i}:`) }),
  );

describe('a hold on a call', () => {
  it('keeps every copy of it, first in the table, then by Object Lock, then by the tags', async () => {
    const { place, work, s3, log, calls, seen, holds } = await world([callOf('a'), callOf('b')]);
    const holdId = await place({ callId: 'a' });
    await work(true);
    expect(s3.get('a')).toMatchObject({ locked: true, tags: heldTags });
    expect(s3.get('b')).toMatchObject({ locked: false, tags: keptTags });
    expect(log).toEqual(['lock true', 'tag legal-hold', 'uncover']);
    expect((await calls.get('a'))?.holds).toEqual([holdId]);
    expect(await calls.holdsOf('a')).toEqual([{ holdId, heldAt: NOW }]);
    expect(await seen(holdId)).toEqual({ state: 'placed', held: 1, released: 0, gone: 0 });
    expect((await holds.get(holdId))?.history).toEqual([
      { state: 'placing', at: NOW, ...someone, reason: 'a lawsuit' },
      { state: 'placed', at: NOW },
    ]);
  });

  it('refuses its deletion, and gives back the due date when it is released', async () => {
    const { place, release, work, s3, calls, seen, dynamodb } = await world([callOf('a')]);
    const holdId = await place({ callId: 'a' });
    await work();
    const call = (await calls.get('a')) as Call;
    const deletion = { reason: 'expired', rule: 'default', requestedAt: NOW, dueOnly: false } as const;
    expect(await calls.enterDeleting(call, deletion, NOW)).toBeUndefined();
    await release(holdId);
    await work();
    expect(s3.get('a')).toEqual({ locked: false, tags: keptTags, covered: false });
    const after = (await calls.get('a')) as Call;
    expect(after.holds).toBeUndefined();
    expect(after.dueAt).toBe(call.dueAt);
    expect(await calls.holdsOf('a')).toEqual([{ holdId, heldAt: NOW, releasedAt: NOW }]);
    expect(await seen(holdId)).toEqual({ state: 'released', held: 0, released: 1, gone: 0 });
    const [forgotten] = dynamodb.items(`hold#${holdId}`).filter((item) => item.part === 'hold');
    expect(forgotten?.ttl).toBe(Date.parse(daysAfter(NOW, 10)) / 1000);
    expect(await calls.enterDeleting(after, deletion, NOW)).toBeDefined();
  });

  it('is released only when every hold of it is', async () => {
    const { place, release, work, s3 } = await world([callOf('a')]);
    const [one, two] = [await place({ callId: 'a' }), await place({ caseId: 'k', callIds: ['a'] })];
    await work();
    await release(one);
    await work();
    expect(s3.get('a')).toMatchObject({ locked: true, tags: heldTags });
    await release(two);
    await work();
    expect(s3.get('a')).toMatchObject({ locked: false, tags: keptTags });
  });

  it('that is not there, or is being deleted, is refused', async () => {
    const { place } = await world([callOf('a', { state: 'deleting' })]);
    await expect(place({ callId: 'a' })).rejects.toMatchObject({ kind: 'conflict' });
    await expect(place({ callId: 'none' })).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('a hold on a customer', () => {
  it('reaches all calls of the customer, page after page, and no others', async () => {
    const { place, work, s3, seen } = await world([...ofCustomer(5), ...ofCustomer(2, 'c-2')]);
    const holdId = await place({ customerId: 'c-1' });
    await work(true);
    const locked = [...s3].filter(([, one]) => one.locked).map(([callId]) => callId);
    expect(locked).toEqual(['c-1-0', 'c-1-1', 'c-1-2', 'c-1-3', 'c-1-4']);
    expect(await seen(holdId)).toEqual({ state: 'placed', held: 5, released: 0, gone: 0 });
  });

  it('reaches recordings that were rejected and do not tell when the call began, and those of no other customer', async () => {
    const rejected = (callId: string, customerId: string) =>
      callOf(callId, { customerId, startedAt: undefined, state: 'rejected' });
    const nameless = Array.from({ length: 5 }, (_, i) => rejected(`c-1-rejected-${i}`, 'c-1'));
    const { place, work, s3, seen } = await world([...ofCustomer(2), ...nameless, rejected('c-2-rejected', 'c-2')]);
    const holdId = await place({ customerId: 'c-1' });
    await work(true);
    const open = [...s3].filter(([, one]) => !one.locked).map(([callId]) => callId);
    expect(open).toEqual(['c-2-rejected']);
    expect(await seen(holdId)).toEqual({ state: 'placed', held: 7, released: 0, gone: 0 });
  });

  it('reaches calls of long before there were such tables', async () => {
    const { place, work, s3 } = await world([callOf('old', { startedAt: '1904-02-03T10:00:00.000Z' })]);
    await place({ customerId: 'c-1' });
    await work(true);
    expect(s3.get('old')).toMatchObject({ locked: true });
  });

  it('reads the rejected recordings once, however many customers it names', async () => {
    const customerIds = Array.from({ length: 20 }, (_, i) => `c-${i}`);
    const nameless = customerIds.map((customerId) =>
      callOf(`rejected-${customerId}`, { customerId, startedAt: undefined, state: 'rejected' }),
    );
    const { place, s3, queue, needs, handle } = await world([
      ...nameless,
      callOf('another', { customerId: 'c', startedAt: undefined, state: 'rejected' }),
    ]);
    let read = 0;
    const counting: Through = (store) =>
      new Proxy(store, {
        get: (of, name) => {
          const method: unknown = Reflect.get(of, name);
          if (name !== 'send' || typeof method !== 'function') return method;
          return (...given: { input?: { ExpressionAttributeValues?: Record<string, unknown> } }[]) => {
            if (/^rejected#/.test(String(given[0]?.input?.ExpressionAttributeValues?.[':partition']))) read++;
            return Reflect.apply(method, of, given);
          };
        },
      });
    expect(needs().pageSize).toBe(2);
    await place({ caseId: 'k', customerIds });
    for (let message = queue.shift(); message; message = queue.shift()) await handle(message, counting);
    expect([...s3].filter(([, one]) => !one.locked).map(([callId]) => callId)).toEqual(['another']);
    expect(read).toBeLessThan(20);
  });

  it('waits for calls that arrive later, until it is released', async () => {
    const { place, release, work, dynamodb, calls, queue, s3, seen } = await world();
    const waiting = customerHolds(dynamodb.client, 'calls');
    const holdId = await place({ customerId: 'c-1' });
    await work();
    expect(await seen(holdId)).toEqual({ state: 'placed', held: 0, released: 0, gone: 0 });
    expect(await waiting.of('c-1')).toEqual([holdId]);
    expect(await waiting.of('c-2')).toEqual([]);
    await calls.create(callOf('late'));
    s3.set('late', { locked: false, tags: keptTags, covered: false });
    queue.push({ kind: 'call', holdId, callId: 'late' });
    await work();
    expect(s3.get('late')).toMatchObject({ locked: true, tags: heldTags });
    expect(await seen(holdId)).toMatchObject({ state: 'placed', held: 1 });
    await release(holdId);
    await work();
    expect(await waiting.of('c-1')).toEqual([]);
    expect(s3.get('late')).toMatchObject({ locked: false, tags: keptTags });
  });

  it('finds a call that the index had not yet when it looked', async () => {
    const { place, work, calls, s3 } = await world();
    await place({ customerId: 'c-1' });
    await work(true);
    await calls.create(callOf('late'));
    s3.set('late', { locked: false, tags: keptTags, covered: false });
    await work();
    expect(s3.get('late')).toMatchObject({ locked: true, tags: heldTags });
  });

  it('tells of calls that were gone before it reached them', async () => {
    const { place, work, seen } = await world([callOf('a', { state: 'deleting' }), callOf('b')]);
    const holdId = await place({ caseId: 'k', callIds: ['a', 'b', 'never'] });
    await work();
    expect(await seen(holdId)).toEqual({ state: 'placed', held: 1, released: 0, gone: 2 });
  });
});

describe('a case', () => {
  it('holds the calls and customers that it names', async () => {
    const { place, work, s3, seen } = await world([
      ...ofCustomer(3),
      callOf('x', { customerId: 'c-9' }),
      callOf('y', { customerId: 'c-9' }),
    ]);
    const holdId = await place({ caseId: 'k', callIds: ['x', 'x', 'c-1-0'], customerIds: ['c-1'] });
    await work();
    expect(s3.get('y')).toMatchObject({ locked: false });
    expect(s3.get('x')).toMatchObject({ locked: true });
    expect(await seen(holdId)).toEqual({ state: 'placed', held: 4, released: 0, gone: 0 });
  });
});

describe('what still goes by how a call was', () => {
  it.each(['placed', 'released'])('is put right once a hold is %s', async (state) => {
    const { place, release, work, s3, calls, needs } = await world([callOf('a')]);
    const unheld = (await calls.get('a')) as Call;
    const holdId = await place({ callId: 'a' });
    await work(true);
    const held = (await calls.get('a')) as Call;
    if (state === 'released') {
      await release(holdId);
      await work(true);
    }
    await needs().copies.tag(held, copyTags(state === 'placed' ? unheld : held));
    await work();
    expect(s3.get('a')?.tags).toEqual(state === 'placed' ? heldTags : keptTags);
  });
});

describe('the daily check', () => {
  it('gives a held call back what it lost, and takes a delete marker away from over it', async () => {
    const { place, work, s3, queue } = await world(ofCustomer(3));
    await place({ customerId: 'c-1' });
    await work();
    for (const [callId] of s3) s3.set(callId, { locked: false, tags: keptTags, covered: true });
    queue.push({ kind: 'check' });
    await work();
    for (const one of s3.values()) expect(one).toEqual({ locked: true, tags: heldTags, covered: false });
  });

  it('goes through a hold that stands once a week, not every day', async () => {
    const { place, work, queue, needs } = await world(ofCustomer(1));
    await place({ customerId: 'c-1' });
    await work();
    const checkedOn = async (day: number) =>
      checkHolds({ kind: 'check' }, { ...needs(), clock: () => new Date(daysAfter(NOW, day)) });
    const days = await Promise.all(Array.from({ length: 15 }, (_, day) => checkedOn(day)));
    expect(days.flatMap((checked, day) => (checked > 0 ? [day] : []))).toEqual([0, 7, 14]);
    queue.splice(0);
  });

  it('takes up a hold whose messages were lost', async () => {
    const { place, release, work, queue, seen } = await world(ofCustomer(3));
    const holdId = await place({ customerId: 'c-1' });
    queue.splice(0);
    queue.push({ kind: 'check' });
    await work();
    expect(await seen(holdId)).toMatchObject({ state: 'placed', held: 3 });
    await release(holdId);
    queue.splice(0);
    queue.push({ kind: 'check' });
    await work();
    expect(await seen(holdId)).toMatchObject({ state: 'released', released: 3 });
  });
});

describe('a crash', () => {
  const calls = () => ofCustomer(3);

  /** Delivers every message of the queue, the first crash at the `nth` access, each again until it does not crash. */
  const through = async (nth: number, when: 'before' | 'after', w: Awaited<ReturnType<typeof world>>) => {
    const { crashing, redeliver } = crashAt(nth, when);
    let crashed = false;
    for (let message = w.queue.shift(); message; message = w.queue.shift()) {
      const one = message;
      crashed = (await redeliver(() => w.handle(one, crashing))) || crashed;
    }
    return crashed;
  };

  it.each(['before', 'after'] as const)('anywhere, %s an access, while it is placed does no harm', async (when) => {
    for (let nth = 1; ; nth++) {
      const w = await world(calls());
      const holdId = await w.place({ customerId: 'c-1' });
      const crashed = await through(nth, when, w);
      for (const one of w.s3.values()) expect(one).toMatchObject({ locked: true, tags: heldTags });
      expect(await w.seen(holdId)).toEqual({ state: 'placed', held: 3, released: 0, gone: 0 });
      if (!crashed) break;
    }
  });

  it.each(['before', 'after'] as const)('anywhere, %s an access, while it is released does no harm', async (when) => {
    for (let nth = 1; ; nth++) {
      const w = await world(calls());
      const holdId = await w.place({ customerId: 'c-1' });
      await w.work();
      await w.release(holdId);
      const crashed = await through(nth, when, w);
      for (const one of w.s3.values()) expect(one).toMatchObject({ locked: false, tags: keptTags });
      expect(await w.seen(holdId)).toEqual({ state: 'released', held: 0, released: 3, gone: 0 });
      if (!crashed) break;
    }
  });

  it('between the table and S3 leaves a call that cannot expire', async () => {
    const w = await world([callOf('a')]);
    const holdId = await w.place({ callId: 'a' });
    await w.handle(w.queue.shift() as HoldMessage);
    await w.handle(w.queue.shift() as HoldMessage);
    const dead: Through = (store) =>
      'setLegalHold' in store
        ? (only({ setLegalHold: () => Promise.reject(new Error('S3 is away')) }) as never)
        : store;
    await expect(w.handle({ kind: 'call', holdId, callId: 'a' }, dead)).rejects.toThrow('S3 is away');
    const call = (await w.calls.get('a')) as Call;
    expect(call.holds).toEqual([holdId]);
    const deletion = { reason: 'expired', rule: 'default', requestedAt: NOW, dueOnly: false } as const;
    expect(await w.calls.enterDeleting(call, deletion, NOW)).toBeUndefined();
    expect((await w.seen(holdId)).state).toBe('placing');
  });
});

test('whatever runs at once, and wherever it breaks off: held calls stay, others go, and S3 is as the table says', async () => {
  const keys = ['one', 'two'] as const;
  const step = fc.oneof(
    fc.record({ what: fc.constant('release' as const), key: fc.constantFrom(...keys) }),
    fc.record({ what: fc.constant('place' as const), key: fc.constantFrom(...keys) }),
    fc.constant({ what: 'tagger' as const }),
    fc.constant({ what: 'expire' as const }),
    fc.constant({ what: 'arrive' as const }),
    fc.constant({ what: 'check' as const }),
    fc.record({ what: fc.constant('wait' as const), turns: fc.nat(60) }),
  );
  const crashes = fc.array(fc.constantFrom('', '', '', '', '', '', 'before', 'after'), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(
      fc
        .array(step, { minLength: 2, maxLength: 10 })
        .map((steps) => [{ what: 'place' as const, key: 'one' as const }, ...steps]),
      crashes,
      fc.scheduler(),
      async (steps, faults, s) => {
        const w = await world([callOf('a')]);
        let over = false;
        const plan = [...faults];
        /** Each access waits for its turn, and some crash. */
        const slowly: Through = (store) =>
          new Proxy(store, {
            get(of, name) {
              const method: unknown = Reflect.get(of, name);
              if (typeof method !== 'function') return method;
              return async (...given: unknown[]) => {
                const fault = over ? '' : plan.shift();
                if (!over) await s.schedule(Promise.resolve(), String(name));
                if (fault === 'before') throw new Error('crash');
                const answer: unknown = await Reflect.apply(method, of, given);
                if (fault === 'after') throw new Error('crash');
                return answer;
              };
            },
          });
        const needs = w.needs(slowly);
        const ids = new Map<string, string>();
        const deliver = async (message: HoldMessage): Promise<void> => {
          for (let failures = 0; ; failures++) {
            try {
              return await w.handle(message, slowly);
            } catch (error) {
              if (failures > 100) throw error;
            }
          }
        };
        const again = async <T>(act: () => Promise<T>): Promise<T> => {
          for (;;) {
            try {
              return await act();
            } catch (error) {
              if (!(error instanceof Error) || error.message !== 'crash') throw error;
            }
          }
        };
        const act = async (one: (typeof steps)[number]): Promise<void> => {
          if (one.what === 'place') {
            const asked = { on: { customerId: 'c-1' }, reason: 'a lawsuit', holdId: `hold ${one.key}` };
            const { holdId } = await again(() => placeHold(asked, someone, needs));
            ids.set(one.key, holdId);
          }
          if (one.what === 'release') {
            const holdId = `hold ${one.key}`;
            if (await again(() => needs.holds.get(holdId)))
              await again(() => releaseHold(holdId, 'it is settled', someone, needs));
          }
          if (one.what === 'tagger') {
            await again(() => tagAsDecided('a', needs.calls.get, (call) => needs.copies.tag(call, copyTags(call))));
          }
          if (one.what === 'arrive') {
            await again(() => needs.calls.create(callOf('late')));
            if (!w.s3.has('late')) w.s3.set('late', { locked: false, tags: keptTags, covered: false });
            const waiting = await again(() => customerHolds(slowly(w.dynamodb.client), 'calls').of('c-1'));
            w.queue.push(...waiting.map((id) => ({ kind: 'call' as const, holdId: id, callId: 'late' })));
          }
          if (one.what === 'check') w.queue.push({ kind: 'check' });
          if (one.what === 'expire') {
            const call = await again(() => needs.calls.get('a'));
            const deletion = { reason: 'expired', rule: 'default', requestedAt: NOW, dueOnly: false } as const;
            if (!call || !(await again(() => needs.calls.enterDeleting(call, deletion, NOW)))) return;
            // A version that is locked is left for the next sweep.
            if (!w.s3.get('a')?.locked) w.s3.delete('a');
          }
        };
        const running = new Set<Promise<void>>();
        const start = (one: Promise<void>) => {
          const ended: Promise<void> = one.finally(() => running.delete(ended));
          running.add(ended);
        };
        const turn = async () => {
          for (const message of w.queue.splice(0)) start(deliver(message));
          await s.schedule(Promise.resolve(), 'turn');
        };
        const working = (async () => {
          for (const one of steps) {
            start(act(one));
            const turns = one.what === 'wait' ? one.turns : 1;
            for (let left = turns; left > 0; left--) await turn();
          }
          while (running.size > 0 || w.queue.length > 0) await turn();
        })();
        await s.waitFor(working);
        over = true;
        // What comes once more would hide what is left wrong.
        w.delayed.splice(0);
        await w.work();

        const holds = await Promise.all([...ids.values()].map(async (id) => w.holds.get(id)));
        const active = holds.filter((hold) => hold?.state === 'placed');
        expect(holds.map((hold) => hold?.state).filter((state) => state !== 'placed' && state !== 'released')).toEqual(
          [],
        );
        for (const callId of ['a', 'late']) {
          const call = await w.calls.get(callId);
          if (!call) continue;
          const mine = active.flatMap((hold) => hold?.holdId ?? []);
          if (call.state === 'deleting') {
            expect(call.holds).toBeUndefined();
            for (const holdId of mine) expect(await w.holds.reached(holdId, callId)).toBe('gone');
            continue;
          }
          expect(new Set(call.holds ?? [])).toEqual(new Set(mine));
          for (const holdId of mine) expect(await w.holds.reached(holdId, callId)).toBe('held');
          expect(w.s3.get(callId)).toEqual({
            ...{ locked: mine.length > 0, tags: mine.length > 0 ? heldTags : keptTags, covered: false },
          });
        }
      },
    ),
    { numRuns: 2000 },
  );
}, 120_000);

describe('the holds URL', () => {
  let w: Awaited<ReturnType<typeof world>>;
  beforeEach(async () => {
    w = await world(ofCustomer(3));
  });
  const signed = { event: { requestContext: { authorizer: { iam: { userArn: someone.by } } } } };
  const ask = async (method: string, path: string, body?: unknown, env: object = signed, headers = {}) => {
    const response = await holdsApi({
      ...w.needs(),
      edge: testEdge({ identities: { 'token-of-ada': 'ada@example.com' } }),
    }).request(
      path,
      {
        method,
        ...(body !== undefined && {
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json', ...headers },
        }),
      },
      env,
    );
    // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes are looked into
    return { status: response.status, body: (await response.json()) as any };
  };
  const asked = { on: { customerId: 'c-1' }, reason: 'a lawsuit', placedByName: 'Ada' };

  it('places a hold in the name of who signed, and tells how far it is', async () => {
    const { status, body } = await ask('POST', '/holds', asked);
    expect(status).toBe(202);
    expect(body).toMatchObject({ state: 'placing', placedBy: someone.by, placedByName: 'Ada', reason: 'a lawsuit' });
    expect(body).not.toHaveProperty('begunFor');
    await w.work();
    expect((await ask('GET', `/holds/${body.holdId}`)).body).toMatchObject({ state: 'placed', calls: { held: 3 } });
    const first = (await ask('GET', `/holds/${body.holdId}/calls?limit=2`)).body;
    const rest = (await ask('GET', `/holds/${body.holdId}/calls?limit=2&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...rest.items].map((one: { callId: string }) => one.callId)).toEqual([
      ...['c-1-0', 'c-1-1', 'c-1-2'],
    ]);
    expect((await ask('GET', '/calls/c-1-0/holds')).body.items).toMatchObject([
      { holdId: body.holdId, heldAt: NOW, hold: { reason: 'a lawsuit' } },
    ]);
  });

  it('does not know who asks where the request does not tell', async () => {
    expect((await ask('POST', '/holds', asked, {})).body.placedBy).toBe('unknown');
  });

  it('names the person of a verified token who places it, and who releases it', async () => {
    const token = { 'verbatim-identity': 'token-of-ada' };
    const { holdId } = (await ask('POST', '/holds', asked, signed, token)).body;
    await w.work();
    await ask('POST', `/holds/${holdId}/release`, { reason: 'it is settled' }, signed, token);
    const { body } = await ask('GET', `/holds/${holdId}`);
    expect(body).toMatchObject({ placedByPerson: 'ada@example.com', releasedByPerson: 'ada@example.com' });
    expect(body.history.map((one: { person?: string }) => one.person)).toEqual([
      ...['ada@example.com', undefined, 'ada@example.com'],
    ]);
  });

  it('takes the same key for the same hold, and for no other', async () => {
    const keyed = (body: unknown) => ask('POST', '/holds', body, signed, { 'idempotency-key': 'matter-4711' });
    const [one, two] = [await keyed(asked), await keyed(asked)];
    expect(two.body.holdId).toBe(one.body.holdId);
    expect((await keyed({ ...asked, reason: 'another' })).status).toBe(409);
    expect((await ask('POST', '/holds', asked)).body.holdId).not.toBe(one.body.holdId);
  });

  it('releases a hold once, however often it is asked', async () => {
    const { holdId } = (await ask('POST', '/holds', asked)).body;
    await w.work();
    const released = await ask('POST', `/holds/${holdId}/release`, { reason: 'it is settled' });
    expect(released).toMatchObject({ status: 202, body: { state: 'releasing', releasedBy: someone.by } });
    await ask('POST', `/holds/${holdId}/release`, { reason: 'again' });
    await w.work();
    const { body } = await ask('GET', `/holds/${holdId}`);
    expect(body).toMatchObject({ state: 'released', releaseReason: 'it is settled', calls: { held: 0, released: 3 } });
    expect(body.history.map((one: { state: string }) => one.state)).toEqual([
      ...['placing', 'placed', 'releasing', 'released'],
    ]);
  });

  it('lists holds in a state, page after page', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push((await ask('POST', '/holds', asked)).body.holdId);
    await w.work();
    await w.release(ids[0] ?? '');
    await w.work();
    const found: string[] = [];
    for (let cursor = ''; ; ) {
      const page = (await ask('GET', `/holds?state=placed&limit=2${cursor}`)).body;
      found.push(...page.items.map((one: { holdId: string }) => one.holdId));
      if (!page.nextCursor) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(found.toSorted()).toEqual(ids.slice(1).toSorted());
    expect((await ask('GET', '/holds')).body.items).toHaveLength(5);
  });

  it.each([
    [{ ...asked, reason: ' ' }, /reason: is empty/],
    [{ on: asked.on }, /reason: is missing/],
    [{ ...asked, on: {} }, /on: is none of/],
    [{ ...asked, on: { caseId: 'k' } }, /on: is none of/],
    [{ ...asked, on: { callId: 'a', customerId: 'b' } }, /on: is none of/],
  ])('says what is wrong with %j', async (body, message) => {
    const answer = await ask('POST', '/holds', body);
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toMatch(message);
  });

  it('knows no hold, and no call, that there is not', async () => {
    for (const path of ['/holds/none', '/holds/none/calls', '/calls/none/holds'])
      expect((await ask('GET', path)).status).toBe(404);
    expect((await ask('POST', '/holds/none/release', { reason: 'x' })).status).toBe(404);
    expect((await ask('POST', '/holds', { ...asked, on: { callId: 'none' } })).status).toBe(404);
  });
});
