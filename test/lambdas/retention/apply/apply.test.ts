import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Call, callStore, type Moment, type Recording } from '../../../../lambdas/calls/calls.ts';
import { DAY_MS, plusMs } from '../../../../lambdas/platform/clock.ts';
import { beginApply, cancelApply, resumeApply } from '../../../../lambdas/retention/apply/applies.ts';
import type { ApplyMessage, RetentionApply } from '../../../../lambdas/retention/apply/apply.ts';
import { applyCall } from '../../../../lambdas/retention/apply/apply-call.ts';
import { applyPage } from '../../../../lambdas/retention/apply/apply-page.ts';
import { reportOf } from '../../../../lambdas/retention/apply/apply-report.ts';
import { applyStore } from '../../../../lambdas/retention/apply/apply-store.ts';
import {
  copyTags,
  decideRetention,
  knownTags,
  type ObjectLock,
  RetentionConfig,
  redecide,
  retentionSubject,
} from '../../../../lambdas/retention/retention.ts';
import { crashAt, NOW, recordingAt, support, transcribingCall } from '../../builders.ts';
import { memoryDynamodb } from '../../memory-dynamodb.ts';

const sources = [support, { name: 'sales', jurisdiction: 'DE' }];
const former = RetentionConfig.parse({ defaultClass: '1-year' });
const next = RetentionConfig.parse({
  defaultClass: '30-days',
  rules: [{ name: 'disputed', tags: ['credit'], retentionClass: '5-years' }],
  floors: [{ name: 'german law', jurisdictions: ['DE'], keepDays: 183, because: 'a law that is made up' }],
});

const moment = (tag: string): Moment => ({
  ...{ tag, startMs: 0, endMs: 1, speaker: 'AGENT', quote: '', ruleId: tag, rulebookVersion: '1' },
});

interface Given {
  readonly state?: 'tagged' | 'failed' | 'transcribing';
  readonly source?: string;
  readonly tags?: readonly string[];
  readonly daysAgo?: number;
  readonly sizeBytes?: number;
  readonly holds?: string[];
}

type Through = <T extends object>(store: T) => T;
const straight: Through = (store) => store;

/** Calls that were decided by one config, another one that is deployed, and a queue whose messages come in any order. */
async function world(given: Record<string, Given>, { was = former, is = next } = {}) {
  const dynamodb = memoryDynamodb();
  const calls = callStore(dynamodb.client, 'calls');
  const objectTags = new Map<string, Readonly<Record<string, string>>>();
  for (const [callId, one] of Object.entries(given)) {
    const { state = 'tagged', source = 'support', tags = [], daysAgo = 60, sizeBytes = 1000, holds } = one;
    const startedAt = plusMs(NOW, -daysAgo * DAY_MS);
    const facts = { source, startedAt, receivedAt: startedAt, sizeBytes, ...(holds && { holds }) };
    const received = transcribingCall(callId, { ...facts, recording: recordingAt(`support/${callId}.wav`) });
    const decided = (known: readonly string[] | undefined) =>
      decideRetention(retentionSubject({ ...received, tags: known }, sources), was);
    await calls.create({ ...received, retention: decided(undefined) });
    const after = decided(state === 'tagged' ? tags : undefined);
    if (state === 'tagged')
      await calls.enterTagged(received, tags.map(moment), NOW, { rulebookVersion: '1', retention: after });
    if (state === 'failed')
      await calls.enter(received, 'failed', NOW, { retention: after }, { code: 'no', message: 'no' });
    objectTags.set(callId, copyTags({ retention: after, holds }));
  }
  const deployed = { retention: is, sources };
  const queue: ApplyMessage[] = [];
  const locks = new Map<string, ObjectLock>();
  let begun = 0;
  const needs = (through: Through = straight) => {
    const client = through(dynamodb.client);
    const objects = through({
      tag: async ({ callId }: Call, tags: Readonly<Record<string, string>>) => void objectTags.set(callId, tags),
    });
    const sending = through({ send: async (messages: readonly ApplyMessage[]) => void queue.push(...messages) });
    const applies = applyStore(client, 'calls');
    return {
      applies,
      calls: callStore(client, 'calls'),
      deployed,
      choicesOf: async ({ applyId, dryRun }: RetentionApply) => (dryRun ? applies.choicesOf(applyId) : deployed),
      tagCopies: (call: Call, tags: Readonly<Record<string, string>>) => objects.tag(call, tags),
      recordings: through({ lock: async ({ key }: Recording, lock: ObjectLock) => void locks.set(key, lock) }),
      send: (messages: readonly ApplyMessage[]) => sending.send(messages),
      clock: () => new Date(NOW),
      randomId: () => `${++begun}`,
      pageSize: 2,
    };
  };
  const handle = (message: ApplyMessage, through?: Through): Promise<unknown> =>
    message.kind === 'page' ? applyPage(message, needs(through)) : applyCall(message, needs(through));
  const work = async (pick: () => { next: number; twice: boolean } = () => ({ next: 0, twice: false })) => {
    for (let handled = 0; queue.length > 0; handled++) {
      if (handled > 10_000) throw new Error('the queue does not end');
      const { next: at, twice } = pick();
      const [message] = queue.splice(at % queue.length, 1);
      if (!message) continue;
      if (twice) queue.push(message);
      const failed = (error: Error) => {
        if (error.name !== 'TransactionCanceledException') throw error;
        queue.push(message);
      };
      await Promise.all([handle(message).catch(failed), ...(twice ? [handle(message).catch(failed)] : [])]);
    }
  };
  const store = applyStore(dynamodb.client, 'calls');
  const report = async (applyId: string) => {
    const apply = (await store.get(applyId)) as RetentionApply;
    const classes = { before: was.classes, after: (await store.choicesOf(applyId)).retention.classes };
    return reportOf(apply, await store.progressOf(apply), { classes, deployedConfigSha256: 'sha', now: NOW });
  };
  const begin = (dryRun = false, config?: RetentionConfig) =>
    beginApply({ dryRun, ...(config && { config: { retention: config, sources } }) }, needs());
  const callIds = Object.keys(given);
  const stored = () => Promise.all(callIds.map(async (callId) => (await calls.get(callId)) as Call));
  return { dynamodb, calls, objectTags, locks, deployed, queue, needs, handle, work, begin, report, stored, callIds };
}

const some: Record<string, Given> = {
  plain: {},
  recent: { daysAgo: 10 },
  disputed: { tags: ['credit'] },
  german: { source: 'sales' },
  held: { holds: ['hold1'] },
  failed: { state: 'failed' },
  onItsWay: { state: 'transcribing', daysAgo: 0 },
};

/** What an apply must leave: every call as the deployed config decides, its objects' tags as the call says. */
async function expectApplied({ stored, deployed, objectTags }: Awaited<ReturnType<typeof world>>) {
  for (const call of await stored()) {
    expect(call.retention, call.callId).toEqual(redecide(call, deployed, knownTags(call)));
    if (call.state !== 'transcribing') expect(call.dueAt).toBe(call.retention?.expiresAt);
    expect(objectTags.get(call.callId), call.callId).toEqual(copyTags(call));
  }
}

describe('an apply', () => {
  it('decides every call by the deployed config, whatever its state, and its objects say so', async () => {
    const one = await world(some);
    const { applyId } = await one.begin();
    await one.work();
    await expectApplied(one);
    expect((await one.report(applyId)).calls).toEqual({
      ...{ found: 7, allFound: true, changed: 7, applied: 7, unchanged: 0 },
      ...{ held: 1, skipped: 0, sizeUnknown: 0 },
    });
    const dueIn = async (callId: string) =>
      (Date.parse((await one.calls.get(callId))?.retention?.expiresAt ?? '') - Date.parse(NOW)) / DAY_MS;
    expect(await dueIn('german'), 'no shorter than the floor').toBe(183 - 60);
    expect(await dueIn('disputed')).toBe(1826 - 60);
  });

  it('locks the recordings of calls that come into a class that locks', async () => {
    const worm = { name: 'worm', keepDays: 400, objectLock: { mode: 'compliance' as const, days: 365 } };
    const is = RetentionConfig.parse({ classes: [worm], defaultClass: 'worm' });
    const one = await world({ recent: { daysAgo: 10 }, old: { daysAgo: 370 } }, { is });
    await one.begin();
    await one.work();
    expect([...one.locks]).toEqual([['support/recent.wav', { mode: 'compliance', until: plusMs(NOW, 355 * DAY_MS) }]]);
  });

  it('done again changes nothing', async () => {
    const one = await world(some);
    await one.begin();
    await one.work();
    const once = { stored: await one.stored(), tags: new Map(one.objectTags) };
    const { applyId } = await one.begin();
    await one.work();
    expect({ stored: await one.stored(), tags: one.objectTags }).toEqual(once);
    expect((await one.report(applyId)).calls).toMatchObject({ changed: 0, applied: 0, unchanged: 7 });
  });

  it('leaves what is being deleted, and what was not decided yet, as it is', async () => {
    const one = await world({ plain: {} });
    await one.calls.create(transcribingCall('fresh', { state: 'received', retention: undefined }));
    const going = await one.calls.get('plain');
    if (!going) throw new Error('the call is not there');
    const { applyId } = await one.begin();
    const deletion = { reason: 'erased', rule: 'asked for', requestedAt: NOW, dueOnly: false } as const;
    await one.calls.enterDeleting(going, deletion, NOW);
    await one.work();
    expect((await one.report(applyId)).calls).toMatchObject({ found: 1, skipped: 1, changed: 0 });
    expect((await one.calls.get('plain'))?.retention).toEqual(going.retention);
  });

  it('goes by the deployed config alone', async () => {
    const { begin } = await world({});
    await expect(begin(false, former)).rejects.toThrow(/^config: only a dry run/);
  });

  it.each(['disputed', 'plain'])('leaves a call (%s) that is held meanwhile to its hold', async (callId) => {
    for (let nth = 1; ; nth++) {
      const one = await world({ [callId]: some[callId] ?? {} });
      await one.begin();
      let steps = 0;
      const holding: Through = (store) =>
        new Proxy(store, {
          get(of, name) {
            const method: unknown = Reflect.get(of, name);
            if (typeof method !== 'function') return method;
            return async (...given: unknown[]) => {
              if (++steps === nth) {
                const call = (await one.calls.get(callId)) as Call;
                await one.calls.changeHolds(call, { add: 'hold1' }, NOW);
                one.objectTags.set(callId, { 'legal-hold': 'on' });
              }
              return Reflect.apply(method, of, given);
            };
          },
        });
      while (one.queue.length > 0) {
        for (const message of one.queue.splice(0, 1)) await one.handle(message, holding);
      }
      await expectApplied(one);
      if (steps < nth) break;
      expect(one.objectTags.get(callId), `held at step ${nth}`).toEqual({ 'legal-hold': 'on' });
    }
  });

  it('that is cancelled leaves the rest, and ends when it is resumed', async () => {
    const one = await world(some);
    const { applyId } = await one.begin();
    for (const message of one.queue.splice(0, 10)) await one.handle(message);
    await cancelApply(applyId, one.needs());
    const before = await one.stored();
    await one.work();
    expect(await one.stored()).toEqual(before);
    expect((await one.report(applyId)).state).toBe('cancelled');
    await resumeApply(applyId, one.needs());
    await one.work();
    expect((await one.report(applyId)).state).toBe('done');
    await expectApplied(one);
  });

  it.each(['page', 'call'] as const)('whose messages of a %s were lost ends when it is resumed', async (kind) => {
    const one = await world(some);
    const { applyId } = await one.begin();
    for (let lost = false; one.queue.length > 0; ) {
      const [message] = one.queue.splice(0, 1);
      if (message?.kind === kind && !lost) lost = true;
      else if (message) await one.handle(message);
    }
    expect((await one.report(applyId)).state).toBe('running');
    await resumeApply(applyId, one.needs());
    await one.work();
    expect(await one.report(applyId)).toMatchObject({ state: 'done', calls: { found: 7, applied: 7 } });
    await expectApplied(one);
  });
});

describe('a plan', () => {
  it('tells what would go when, why, and what it saves, and changes nothing', async () => {
    const one = await world({ ...some, large: { daysAgo: 20, sizeBytes: 2 ** 30 } }, { is: former });
    const before = { stored: await one.stored(), tags: new Map(one.objectTags) };
    const { applyId } = await one.begin(true, next);
    await one.work();
    expect({ stored: await one.stored(), tags: one.objectTags }).toEqual(before);
    const report = await one.report(applyId);
    expect(report).toMatchObject({
      ...{ state: 'done', dryRun: true },
      calls: { found: 8, changed: 8, applied: 0, held: 1 },
      dueAtOnce: { calls: 3, bytes: 3000, held: { calls: 1 } },
      keeps: [{ by: 'floor', name: 'german law', calls: 1 }],
    });
    const kept = (retentionClass: string, rule = 'default') => ({ retentionClass, rule });
    expect(report.changes.map(({ effect, from, to, calls }) => ({ effect, from, to, calls }))).toEqual([
      { effect: 'shortened', from: kept('1-year'), to: kept('30-days'), calls: 6 },
      { effect: 'lengthened', from: kept('1-year'), to: kept('5-years', 'disputed'), calls: 1 },
      { effect: 'shortened', from: kept('1-year'), to: { ...kept('30-days'), floor: 'german law' }, calls: 1 },
    ]);
    expect(report.goes.filter(({ retentionClass }) => retentionClass === '30-days')).toEqual([
      { retentionClass: '30-days', month: '2026-09', calls: 3, bytes: 3000, before: { calls: 0, bytes: 0 } },
      { retentionClass: '30-days', month: '2026-10', calls: 1, bytes: 2 ** 30, before: { calls: 0, bytes: 0 } },
      { retentionClass: '30-days', month: '2026-11', calls: 2, bytes: 2000, before: { calls: 0, bytes: 0 } },
      { retentionClass: '30-days', month: '2027-02', calls: 1, bytes: 1000, before: { calls: 0, bytes: 0 } },
    ]);
    expect(report.samples['due-at-once']?.toSorted()).toEqual(['failed', 'held', 'plain']);
    const { months, untilGone } = report.costs;
    // One GB in STANDARD, in the months from October to September, and in October alone.
    expect(months[0]).toEqual({
      month: '2026-10',
      beforeUsd: expect.closeTo(0.023, 3),
      afterUsd: expect.closeTo(0.023, 3),
    });
    expect(months[1]?.afterUsd).toBeCloseTo(0, 3);
    expect(untilGone.beforeUsd).toBeCloseTo(12 * 0.023, 3);
    expect(untilGone.afterUsd).toBeCloseTo(0.023, 3);
  });

  it('stores nothing for ever, and nothing of what customers said', async () => {
    const one = await world(some);
    await one.begin();
    await one.work();
    const items = [...one.dynamodb.items('apply#'), ...one.dynamodb.items('applies')];
    expect(items.length).toBeGreaterThan(20);
    for (const item of items) expect(item.ttl).toBe(Date.parse(NOW) / 1000 + 30 * 86_400);
    expect(JSON.stringify(items)).not.toMatch(/c-1|lee/);
  });
});

describe.each(['before', 'after'] as const)('a crash %s any step', (when) => {
  it('ends as if there had been none, and deletes nothing early on the way', async () => {
    const few = { plain: some.plain ?? {}, disputed: some.disputed ?? {} };
    const unbroken = await world(few);
    const { applyId } = await unbroken.begin();
    await unbroken.work();
    for (let step = 1; ; step++) {
      const broken = await world(few);
      await broken.begin();
      const { crashing, redeliver } = crashAt(step, when);
      let crashed = false;
      const neverAhead = async () => {
        for (const call of await broken.stored()) {
          const kept = Date.parse(call.retention?.expiresAt ?? '') - Date.parse(call.startedAt ?? '');
          const days = Number(broken.objectTags.get(call.callId)?.['retention-days']);
          expect(days * DAY_MS, `${call.callId}, a crash at step ${step}`).toBeGreaterThanOrEqual(kept);
        }
      };
      while (broken.queue.length > 0) {
        const [message] = broken.queue.splice(0, 1);
        if (!message) continue;
        const handled = async () => {
          try {
            await broken.handle(message, crashing);
          } finally {
            await neverAhead();
          }
        };
        crashed = (await redeliver(handled)) || crashed;
      }
      expect(await broken.stored(), `a crash at step ${step}`).toEqual(await unbroken.stored());
      expect(broken.objectTags, `a crash at step ${step}`).toEqual(unbroken.objectTags);
      expect(await broken.report(applyId), `a crash at step ${step}`).toEqual(await unbroken.report(applyId));
      if (!crashed) {
        expect(step).toBeGreaterThan(30);
        break;
      }
    }
  });
});

const config = fc
  .record({
    defaultClass: fc.constantFrom('30-days', '6-months', '1-year', '5-years'),
    tagged: fc.constantFrom(undefined, '30-days', '7-years'),
    floor: fc.constantFrom(undefined, 40, 400, 4000),
  })
  .map(({ defaultClass, tagged, floor }) =>
    RetentionConfig.parse({
      defaultClass,
      rules: tagged ? [{ name: 'tagged', tags: ['credit'], retentionClass: tagged }] : [],
      floors: floor ? [{ name: 'law', jurisdictions: ['DE'], keepDays: floor, because: 'a law that is made up' }] : [],
    }),
  );
const call: fc.Arbitrary<Given> = fc.record({
  state: fc.constantFrom('tagged', 'failed', 'transcribing'),
  source: fc.constantFrom('support', 'sales'),
  tags: fc.constantFrom([], ['credit'], ['other']),
  daysAgo: fc.nat(800),
  sizeBytes: fc.nat(10_000),
});

test('whatever the configs, and however messages are delivered, every call ends as decided, and is counted once', async () => {
  await fc.assert(
    fc.asyncProperty(
      ...[
        config,
        config,
        fc.array(call, { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(fc.nat(1000)),
        fc.boolean(),
      ],
      async (was, is, given, choices, dryRun) => {
        const one = await world(Object.fromEntries(given.map((each, i) => [`call${i}`, each])), { was, is });
        const before = await one.stored();
        const changing = before.filter(
          (each) => JSON.stringify(redecide(each, one.deployed)) !== JSON.stringify(each.retention),
        );
        const { applyId } = await one.begin(dryRun);
        await one.work(() => {
          const choice = choices.next().value ?? 0;
          return { next: choice, twice: choice % 3 === 0 };
        });
        if (dryRun) expect(await one.stored()).toEqual(before);
        else await expectApplied(one);
        const report = await one.report(applyId);
        const applied = dryRun ? 0 : changing.length;
        expect(report).toMatchObject({
          state: 'done',
          calls: { found: given.length, changed: changing.length, applied },
        });
        const bytes = given.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0);
        const goes = report.goes.reduce(
          (sum, row) => [(sum[0] ?? 0) + row.bytes, (sum[1] ?? 0) + row.before.bytes],
          [0, 0],
        );
        expect(goes).toEqual([bytes, bytes]);
        for (const each of await one.stored()) {
          const floor = each.source === 'sales' ? (is.floors[0]?.keepDays ?? 0) : 0;
          if (dryRun) continue;
          expect((each.retention?.expiresAt ?? '') >= plusMs(each.startedAt ?? '', floor * DAY_MS)).toBe(true);
        }
      },
    ),
    { numRuns: 60 },
  );
});
