import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { CallWithMoments } from '../../client/verbatim-client.ts';
import type { Recording } from '../../lambdas/calls/calls.ts';
import { objectVersions } from '../../lambdas/platform/object-versions.ts';
import { customerHmacOf, receiptSha256 } from '../../lambdas/retention/erasure/erasure.ts';
import { receiptStore } from '../../lambdas/retention/expiry/receipt-store.ts';
import {
  buckets,
  calls,
  cli,
  dynamodb,
  s3,
  sampleAudio,
  scheduled,
  sendTo,
  settled,
  upload,
  verbatim,
} from './stack.ts';

const outputs = inject('outputs');
const receipts = receiptStore(dynamodb, outputs.table, 2557);
const versions = objectVersions(s3);
const patience = { timeout: 60_000, interval: 300 };
const customerId = '+49 30 901820';
const reason = 'asked by letter';

/** Sends what the daily schedule would. */
const sweep = () => scheduled('ExpireCallsQueue');
/** Sends what is delayed when an erasure is opened: it looks for the calls once more. */
const onceMore = () => sendTo('EraseCallsQueue', { kind: 'begin', erasureId, again: true });

const uploaded = async (key: string): Promise<Recording> =>
  upload(key, await sampleAudio('credit-over-policy.mp3'), {
    ...{ 'agent-id': 'agent-erasure', 'customer-id': customerId, 'started-at': new Date().toISOString() },
  });

/** Everything in S3 that is of a call. */
const objectsOf = async ({ bucket, key }: Recording, { callId }: CallWithMoments): Promise<string[]> => {
  const made = (await versions.allBelow(buckets.transcripts, '')).filter((one) => one.key.includes(callId));
  return [...(await versions.of(bucket, key)), ...made].map((one) => one.key);
};

let free: [Recording, CallWithMoments];
let floored: [Recording, CallWithMoments];
let held: [Recording, CallWithMoments];
let other: [Recording, CallWithMoments];
let holdId: string;
let erasureId: string;

beforeAll(async () => {
  const recordings = [
    await uploaded('support/erasure/free.mp3'),
    await uploaded('floored/erasure/floored.mp3'),
    await uploaded('support/erasure/held.mp3'),
    await upload('support/erasure/other.mp3', await sampleAudio('credit-over-policy.mp3'), {
      ...{ 'agent-id': 'agent-erasure', 'customer-id': 'another customer', 'started-at': new Date().toISOString() },
    }),
  ];
  const both = async (recording: Recording | undefined): Promise<[Recording, CallWithMoments]> => {
    if (!recording) throw new Error('there are not so many recordings');
    return [recording, await settled(recording)];
  };
  free = await both(recordings[0]);
  floored = await both(recordings[1]);
  held = await both(recordings[2]);
  other = await both(recordings[3]);
  ({ holdId } = await verbatim.placeHold({ on: { callId: held[1].callId }, reason: 'a dispute' }));
}, 300_000);

const report = () => verbatim.erasure(erasureId);
const outcomeOf = async (callId: string) =>
  (await Array.fromAsync(verbatim.callsOfErasure(erasureId))).find((one) => one.callId === callId);

describe('a dry run', () => {
  it('tells what would be erased, and what is kept and why', async () => {
    await expect.poll(async () => (await verbatim.hold(holdId)).state, patience).toBe('placed');
    const until = floored[1].retention?.floor?.until;
    expect(await verbatim.planErasure(customerId, { reason })).toMatchObject({
      ...{ dryRun: true, reason, calls: { open: 1, kept: 2 }, allFound: true },
      kept: expect.arrayContaining([
        { calls: 1, keptBy: { floor: { name: 'five years', until } } },
        { calls: 1, keptBy: { holds: [holdId] } },
      ]),
    });
    expect(await verbatim.call(free[1].callId)).toEqual(free[1]);
  });
});

describe('an erasure', () => {
  it('deletes what nothing keeps, with a receipt, and lists the rest', async () => {
    const opened = await verbatim.eraseCustomer(customerId, { reason, openedByName: 'Ada' });
    erasureId = opened.erasureId;
    expect(opened).toMatchObject({ state: 'open', openedByName: 'Ada' });
    expect((await verbatim.eraseCustomer(customerId, { reason: 'again' })).erasureId).toBe(erasureId);
    await expect.poll(async () => (await report()).calls, patience).toEqual({ open: 0, kept: 2, erased: 1, gone: 0 });

    await expect(verbatim.call(free[1].callId)).rejects.toMatchObject({ status: 404 });
    expect(await objectsOf(...free)).toEqual([]);
    expect(await receipts.whole(free[1].callId)).toMatchObject({ reason: 'erased', rule: erasureId });
    const until = floored[1].retention?.floor?.until;
    expect(await outcomeOf(floored[1].callId)).toMatchObject({
      ...{ outcome: 'kept', dueAt: until, keptBy: { floor: { name: 'five years', until } } },
    });
    expect(await outcomeOf(held[1].callId)).toMatchObject({ outcome: 'kept', keptBy: { holds: [holdId] } });
    expect((await report()).state).toBe('open');
    await expect(verbatim.erasureCertificate(erasureId)).rejects.toMatchObject({ status: 409 });
  });

  it('waits for what is kept, once all calls were looked for a second time', async () => {
    await onceMore();
    await expect.poll(async () => (await report()).state, patience).toBe('waiting');
    await sweep();
    expect((await objectsOf(...held)).length).toBeGreaterThan(2);
    expect((await verbatim.call(held[1].callId)).state).toBe('tagged');
    expect((await verbatim.call(other[1].callId)).state).toBe('tagged');
  });

  it('erases a recording that arrives meanwhile', async () => {
    const arrived = await uploaded('support/erasure/arrived.mp3');
    const { callId } = await settled(arrived).catch(() => ({ callId: '' }));
    await onceMore();
    await expect.poll(async () => (await report()).calls, patience).toEqual({ open: 0, kept: 2, erased: 2, gone: 0 });
    if (callId) await expect(verbatim.call(callId)).rejects.toMatchObject({ status: 404 });
    expect(await versions.of(arrived.bucket, arrived.key)).toEqual([]);
  }, 120_000);

  it('goes on when a hold is released', async () => {
    await verbatim.releaseHold(holdId, { reason: 'it is settled' });
    await expect.poll(async () => (await verbatim.hold(holdId)).state, patience).toBe('released');
    await sweep();
    await expect.poll(async () => (await outcomeOf(held[1].callId))?.outcome, patience).toBe('erased');
    expect(await objectsOf(...held)).toEqual([]);
  });

  it('goes on when a floor ends, and then it is done, with a certificate that does not name the customer', async () => {
    const { callId } = floored[1];
    const call = await calls.get(callId);
    const { floor: _, ...retention } = call?.retention ?? {};
    if (!call?.retention) throw new Error('the call has no retention');
    await calls.setRetention(call, { retention: { ...call.retention, ...retention, floor: undefined }, by: 'e2e' }, []);
    await sweep();
    await expect.poll(async () => (await report()).state, patience).toBe('done');

    const certificate = await verbatim.erasureCertificate(erasureId);
    expect(certificate).toMatchObject({ erasureId, reason, totals: { erased: 4, gone: 0 } });
    expect(customerHmacOf(customerId, certificate.salt)).toBe(certificate.customerHmac);
    expect(JSON.stringify(certificate)).not.toContain('901820');
    const one = certificate.items.find((item) => item.callId === callId);
    expect(one).toMatchObject({ outcome: 'erased', keptBy: { floor: { name: 'five years' } } });
    const receipt = await receipts.whole(callId);
    expect(receipt && receiptSha256(receipt)).toBe(one?.receipt?.sha256);
    expect((await verbatim.call(other[1].callId)).state).toBe('tagged');
  });
});

describe('npx verbatim erase', () => {
  it('tells what it would do, asks before it does it, and shows what was done', async () => {
    const given = ['--customer', 'another customer', '--reason', reason];
    expect(await cli('erase', ...given, '--dry-run')).toMatch(/^a dry run: 1 calls would be erased/);
    await expect(cli('erase', ...given)).rejects.toThrow('nothing was erased');
    expect((await verbatim.call(other[1].callId)).state).toBe('tagged');
    const [, opened = ''] = /^erasure +(\S+), open/.exec(await cli('erase', ...given, '--yes')) ?? [];
    await expect.poll(() => cli('erasure', opened), patience).toMatch(/1 erased, 0 to be erased, 0 kept/);
    expect(await cli('erasures')).toContain(opened);
    expect(JSON.parse(await cli('erasure', erasureId, '--certificate'))).toMatchObject({ erasureId });
  });
});

describe('what cannot be', () => {
  it('is told by the field at fault', async () => {
    await expect(verbatim.eraseCustomer('nobody', { reason: '' })).rejects.toThrow(/400 reason: is empty/);
    await expect(verbatim.erasure('none')).rejects.toMatchObject({ status: 404 });
  });
});
