import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkChain } from '../../../../lambdas/calls/calls.ts';
import { DAY_MS, plusMs } from '../../../../lambdas/platform/clock.ts';
import { deleteCall, removeLeftovers } from '../../../../lambdas/retention/expiry/delete-call.ts';
import { type ExpiryMessage, sweepAt, sweepPage } from '../../../../lambdas/retention/expiry/expire.ts';
import { decideRetention, RetentionConfig } from '../../../../lambdas/retention/retention.ts';
import { daysAfter } from '../../builders.ts';
import { world } from '../world.ts';

let at: ReturnType<typeof world>;
beforeEach(() => {
  at = world();
});

const DUE = '2026-11-13T09:00:00.000Z';
const expired = (callId = 'call1') => ({ callId, reason: 'expired' as const });
const receiptOf = async (callId = 'call1') => {
  const { receiptStore } = await import('../../../../lambdas/retention/expiry/receipt-store.ts');
  return receiptStore(at.table.client, 't', 2557).whole(callId);
};

describe('a call that is due', () => {
  it('is deleted with every copy of it, and leaves a receipt that names no customer and no key', async () => {
    await at.put('call1');
    at.time.now = DUE;
    expect(await deleteCall(expired(), at.needs)).toBe('deleted');
    expect(at.remains('call1')).toEqual([]);
    const receipt = await receiptOf();
    expect(receipt).toMatchObject({
      ...{ callId: 'call1', reason: 'expired', rule: 'default', retentionClass: '30-days' },
      ...{ requestedAt: DUE, deletedAt: DUE },
    });
    expect(receipt?.copies.every((copy) => copy.outcome === 'removed')).toBe(true);
    expect(receipt?.copies.map((copy) => copy.kind).toSorted()).toEqual([
      ...['custody', 'moments', 'recording', 'redacted-audio', 'sidecar', 'sidecar', 'taggings'],
      ...['transcribe-output', 'transcribe-output', 'transcribe-output', 'transcript', 'transcript'],
      ...['transcription-job', 'transcription-job'],
    ]);
    expect(receipt?.copies.find((copy) => copy.kind === 'recording')).toMatchObject({
      ...{ versionId: 'v1', sizeBytes: 100, etag: 'etag', sha256: 'ab'.repeat(32) },
      keySha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(receipt?.copies.find((copy) => copy.kind === 'moments')).toMatchObject({ items: 2 });
    expect(JSON.stringify(at.table.items(''))).not.toMatch(/555-0100|c-1|support/);
  });

  it('leaves in its receipt how far its custody went: a copy of it can be checked when it is gone', async () => {
    await at.put('call1');
    at.time.now = DUE;
    const { head, entries } = await at.custody.chain('call1');
    await deleteCall(expired(), at.needs);
    const kept = (await receiptOf())?.custody;
    expect(kept).toEqual({ entries: 2, hash: head?.hash });
    expect(checkChain(entries, kept && { callId: 'call1', ...kept }).intact).toBe(true);
    expect(checkChain(entries.slice(0, 1), kept && { callId: 'call1', ...kept }).intact).toBe(false);
  });

  it('is not deleted a moment earlier, unless its customer is erased', async () => {
    await at.put('call1');
    const before = at.remains('call1');
    at.time.now = plusMs(DUE, -1);
    expect(await deleteCall(expired(), at.needs)).toBe('not-due');
    expect(await deleteCall({ callId: 'call1', reason: 'lifecycle' }, at.needs)).toBe('not-due');
    expect(at.remains('call1')).toEqual(before);
    expect(await deleteCall({ callId: 'call1', reason: 'erased', rule: 'erasure-1' }, at.needs)).toBe('deleted');
    expect(await receiptOf()).toMatchObject({ reason: 'erased', rule: 'erasure-1' });
  });

  it('is not brought back by an event that comes again', async () => {
    const call = await at.put('call1');
    at.time.now = DUE;
    await deleteCall(expired(), at.needs);
    expect(await at.calls.create(call)).toBe(false);
    expect(await at.calls.enter(call, 'received', DUE)).toBeUndefined();
    expect(await at.calls.enterTagged(call, [], DUE)).toBe(false);
    expect(await deleteCall(expired(), at.needs)).toBe('gone');
    expect(at.remains('call1')).toEqual([]);
  });

  it('is not deleted while a legal hold holds it', async () => {
    const call = await at.put('call1');
    at.time.now = DUE;
    await at.calls.changeHolds(call, { add: 'hold1' }, DUE);
    expect(await deleteCall(expired(), at.needs)).toBe('held');
    expect(await deleteCall({ callId: 'call1', reason: 'erased' }, at.needs)).toBe('held');
    expect(at.remains('call1')).toContain('support/call1-555-0100.wav');
    const held = await at.calls.get('call1');
    if (held) await at.calls.changeHolds(held, { remove: 'hold1' }, DUE);
    expect(await deleteCall(expired(), at.needs)).toBe('deleted');
    expect(at.remains('call1')).toEqual([]);
  });

  it('cannot be held once it is being deleted', async () => {
    const call = await at.put('call1');
    await at.calls.enterDeleting(call, { reason: 'expired', rule: 'r', requestedAt: DUE, dueOnly: true }, DUE);
    const deleting = await at.calls.get('call1');
    expect(deleting?.state).toBe('deleting');
    expect(deleting && (await at.calls.changeHolds(deleting, { add: 'hold1' }, DUE))).toBe(false);
  });

  it('waits while it is on its way', async () => {
    await at.calls.create({ ...(await at.put('other')), callId: 'call1', state: 'transcribing' });
    at.time.now = DUE;
    expect(await deleteCall({ callId: 'call1', reason: 'manual' }, at.needs)).toBe('not-final');
  });

  it('waits for a job that still runs: what it writes would be left behind', async () => {
    await at.put('call1');
    at.jobs.set('verbatim-call1', 'IN_PROGRESS');
    at.time.now = DUE;
    await expect(deleteCall(expired(), at.needs)).rejects.toThrow('still runs');
    at.jobs.set('verbatim-call1', 'COMPLETED');
    expect(await deleteCall(expired(), at.needs)).toBe('deleted');
    expect(at.remains('call1')).toEqual([]);
  });
});

describe('what other versions of its key need', () => {
  it('stays: their sidecar goes with the last of them', async () => {
    await at.put('call1');
    const key = 'support/call1-555-0100.wav';
    at.s3.put({ bucket: 'recordings', key, versionId: 'v2' }, { bucket: 'recordings', key: `${key}x`, versionId: 'v' });
    at.time.now = DUE;
    await deleteCall(expired(), at.needs);
    expect(at.s3.keys()).toEqual([key, `${key}.json`, `${key}.json`, `${key}x`]);
    await at.calls.create({
      ...(await at.put('other')),
      callId: 'second',
      recording: { bucket: 'recordings', key, versionId: 'v2' },
    });
    await deleteCall({ callId: 'second', reason: 'manual' }, at.needs);
    expect(at.s3.keys().filter((one) => one.includes('call1'))).toEqual([`${key}x`]);
  });

  it('and a delete marker that would be all that is left of a key goes too', async () => {
    await at.put('call1');
    const key = 'support/call1-555-0100.wav';
    at.s3.put({ bucket: 'recordings', key, versionId: 'm', deleteMarker: true });
    at.time.now = DUE;
    expect(await deleteCall({ callId: 'call1', reason: 'lifecycle' }, at.needs)).toBe('deleted');
    expect(at.s3.keys()).toEqual([]);
  });
});

describe('Object Lock', () => {
  const key = 'support/call1-555-0100.wav';
  const lock = (of: string, until?: string) => {
    at.s3.lose(of);
    at.s3.put({
      bucket: of.startsWith('support') ? 'recordings' : 'transcripts',
      key: of,
      versionId: 'v1',
      lock: { ...(until && { until }) },
    });
  };

  it('that keeps the recording keeps the call whole; it is due again when the lock ends', async () => {
    await at.put('call1');
    const until = daysAfter(DUE, 10);
    lock(key, until);
    const before = at.remains('call1');
    at.time.now = DUE;
    expect(await deleteCall(expired(), at.needs)).toBe('kept');
    expect(at.remains('call1')).toEqual(before);
    expect(await at.calls.get('call1')).toMatchObject({ state: 'tagged', dueAt: until });
    expect(await receiptOf()).toBeUndefined();
    at.s3.unlock(key);
    at.time.now = until;
    expect(await deleteCall(expired(), at.needs)).toBe('deleted');
    expect(at.remains('call1')).toEqual([]);
  });

  it('that keeps another copy keeps that, the item by which it is found, and what was done with it', async () => {
    await at.put('call1');
    lock('transcripts/call1.json');
    at.time.now = DUE;
    expect(await deleteCall(expired(), at.needs)).toBe('locked');
    expect(at.remains('call1')).toEqual([
      ...['transcripts/call1.json', 'call', 'custody#00000001', 'custody', 'custody#00000002'],
    ]);
    expect(await at.calls.get('call1')).toMatchObject({ state: 'deleting', dueAt: daysAfter(DUE, 7) });
    expect((await receiptOf())?.copies.find((copy) => copy.outcome === 'locked')).toMatchObject({ kind: 'transcript' });
    at.s3.unlock('transcripts/call1.json');
    expect(await deleteCall(expired(), at.needs)).toBe('deleted');
    expect(at.remains('call1')).toEqual([]);
    expect(await receiptOf()).toMatchObject({ custody: { entries: 2 } });
    expect((await receiptOf())?.copies.every((copy) => copy.outcome === 'removed')).toBe(true);
  });

  it('is told from a policy that denies, which is a fault', async () => {
    await at.put('call1');
    at.time.now = DUE;
    const { client } = at.s3;
    const send = client.send.bind(client);
    const denies = async (command: never) => {
      if ((command as object).constructor.name === 'DeleteObjectCommand')
        throw Object.assign(new Error('denied'), { name: 'AccessDenied' });
      return send(command);
    };
    client.send = denies as unknown as typeof client.send;
    await expect(deleteCall(expired(), at.needs)).rejects.toThrow('denied');
    expect((await at.calls.get('call1'))?.state).toBe('deleting');
  });
});

it('what was just being written while a call was deleted is found later', async () => {
  await at.put('call1');
  at.time.now = DUE;
  await deleteCall(expired(), at.needs);
  expect(at.leftovers).toEqual(['call1']);
  at.s3.put({ bucket: 'transcripts', key: 'redacted-audio/call1.wav', versionId: 'late' });
  expect(await removeLeftovers('call1', at.needs)).toBe(1);
  expect(at.remains('call1')).toEqual([]);
  expect((await receiptOf())?.copies.some((copy) => copy.versionId === 'late')).toBe(true);
});

it('a message that is delivered three times at once deletes once, with one receipt', async () => {
  await at.put('call1');
  at.time.now = DUE;
  const deliver = () => deleteCall(expired(), at.needs);
  const answers = await Promise.allSettled([deliver(), deliver(), deliver()]);
  // Those that failed come again.
  for (const answer of answers) if (answer.status === 'rejected') await deliver();
  expect(at.remains('call1')).toEqual([]);
  expect(at.table.items('receipts#')).toHaveLength(1);
  expect((await receiptOf())?.copies.map((copy) => copy.outcome)).toEqual(Array.from({ length: 14 }, () => 'removed'));
});

it('an item of a call that no store declares fails its deletion, before its index is gone', async () => {
  await at.put('call1');
  const { PutCommand } = await import('@aws-sdk/lib-dynamodb');
  await at.table.client.send(new PutCommand({ TableName: 't', Item: { subject: 'call#call1', part: 'review#1' } }));
  at.time.now = DUE;
  await expect(deleteCall(expired(), at.needs)).rejects.toThrow('review#1');
  expect((await at.calls.get('call1'))?.state).toBe('deleting');
});

describe.each(['before', 'after'] as const)('a crash %s any request', (when) => {
  it('leaves a deletion that the next try ends', async () => {
    for (let nth = 1, reached = true; reached; nth++) {
      at = world();
      await at.put('call1');
      at.time.now = DUE;
      const { needs, redeliver } = at.crashing(nth, when);
      reached = await redeliver(() => deleteCall(expired(), needs));
      expect(at.remains('call1'), `crash at ${nth}`).toEqual([]);
      const receipt = await receiptOf();
      expect(receipt?.deletedAt, `crash at ${nth}`).toBe(DUE);
      expect(receipt?.copies.map((copy) => copy.kind)).toHaveLength(14);
      expect(receipt?.copies.filter((copy) => copy.outcome !== 'removed')).toEqual([]);
      expect(receipt?.copies.find((copy) => copy.kind === 'moments')).toMatchObject({ items: 2 });
      expect(at.table.items('receipts#')).toHaveLength(1);
    }
  });
});

it('a call of 1904 is found by the sweep', async () => {
  const expiresAt = '1905-02-03T10:00:00.000Z';
  await at.put('call1', {
    startedAt: '1904-02-03T10:00:00.000Z',
    retention: { retentionClass: '1-year', rule: 'default', expiresAt },
  });
  const found: ExpiryMessage[] = [];
  for (const page of sweepAt(at.time.now))
    await sweepPage(page, { calls: at.calls, send: async (messages) => void found.push(...messages) });
  expect(found).toEqual([{ kind: 'call', callId: 'call1', reason: 'expired' }]);
});

describe('whatever the policies, clocks, holds and crashes', () => {
  const START = '2026-01-01T00:00:00.000Z';
  const DAYS = 12;
  const day = fc.integer({ min: 1, max: DAYS });
  const callOf = fc.record({
    startedDay: fc.integer({ min: -20, max: 5 }),
    startedMs: fc.integer({ min: 0, max: DAY_MS - 1 }),
    source: fc.constantFrom('support', 'sales'),
    holds: fc.array(fc.record({ from: day, days: day }), { maxLength: 2 }),
  });
  const policyOf = fc.record({
    keepDays: fc.integer({ min: 1, max: 30 }),
    floorDays: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
    ceilingDays: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
  });
  const crashOf = fc.record({ nth: fc.integer({ min: 1, max: 120 }), when: fc.constantFrom('before', 'after') });

  it('nothing is deleted early, nothing is left behind the sweep, and no copy is without its call', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(callOf, { minLength: 1, maxLength: 3 }),
        policyOf,
        fc.array(crashOf, { minLength: DAYS, maxLength: DAYS }),
        async (given, policy, crashes) => {
          const the = world();
          const because = 'a regulation of this test';
          const config = RetentionConfig.parse({
            classes: [{ name: 'class', keepDays: policy.keepDays }],
            defaultClass: 'class',
            floors: policy.floorDays
              ? [{ name: 'floor', keepDays: policy.floorDays, sources: ['sales'], because }]
              : [],
            ceilings: policy.ceilingDays ? [{ name: 'ceiling', deleteByDays: policy.ceilingDays, because }] : [],
          });
          the.time.now = START;
          const expected = new Map<string, { dueAt: string; copies: string[] }>();
          for (const [i, { startedDay, startedMs, source }] of given.entries()) {
            const startedAt = plusMs(daysAfter(START, startedDay), startedMs);
            const retention = decideRetention({ source, countedFrom: startedAt }, config);
            await the.put(`call${i}`, { startedAt, source, retention });
            expected.set(`call${i}`, { dueAt: retention.expiresAt, copies: the.remains(`call${i}`) });
          }
          const gone = new Set<string>();
          for (let today = 1; today <= DAYS; today++) {
            the.time.now = daysAfter(START, today);
            const held = new Set<string>();
            for (const [i, { holds }] of given.entries()) {
              const now = holds.flatMap(({ from, days }, n) => (from <= today && today < from + days ? [`h${n}`] : []));
              if (now.length > 0) held.add(`call${i}`);
              let call = await the.calls.get(`call${i}`);
              for (const [n] of holds.entries()) {
                const has = call?.holds?.includes(`h${n}`) ?? false;
                if (!call || has === now.includes(`h${n}`)) continue;
                await the.calls.changeHolds(call, has ? { remove: `h${n}` } : { add: `h${n}` }, the.time.now);
                call = await the.calls.get(`call${i}`);
              }
            }
            const crash = crashes[today - 1] ?? { nth: 1, when: 'before' as const };
            const { needs, redeliver } = the.crashing(crash.nth, crash.when as 'before' | 'after');
            const queue: ExpiryMessage[] = sweepAt(the.time.now);
            const send = async (messages: readonly ExpiryMessage[]) => void queue.push(...messages);
            for (let message = queue.shift(); message; message = queue.shift()) {
              const one = message;
              await redeliver(async () => {
                if (one.kind === 'page') await sweepPage(one, { calls: the.calls, send, pageSize: 1 });
                if (one.kind === 'call') await deleteCall(one, needs);
              });
            }
            for (const [callId, { dueAt, copies }] of expected) {
              const isDue = dueAt <= the.time.now;
              if (isDue && !held.has(callId)) gone.add(callId);
              const left = the.remains(callId).filter((part) => !part.startsWith('hold#'));
              expect(left, `${callId} on day ${today}, due ${dueAt}`).toEqual(gone.has(callId) ? [] : copies);
              expect(the.table.items(`receipt#${callId}`).some((item) => item.deletedAt)).toBe(gone.has(callId));
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
