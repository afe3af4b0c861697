import { GetObjectLegalHoldCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { CallWithMoments } from '../../client/verbatim-client.ts';
import { custodyStore, type Recording } from '../../lambdas/calls/calls.ts';
import type { Dispute } from '../../lambdas/disputes/dispute.ts';
import { cli, dynamodb, objectTags, s3, sampleAudio, settled, upload, verbatim } from './stack.ts';

const customerId = 'customer-disputes';
const metadata = (startedAt: string) => ({
  'agent-id': 'agent-lee',
  'customer-id': customerId,
  'started-at': startedAt,
});
const patience = { timeout: 60_000, interval: 300 };

const legalHoldOf = async ({ bucket, key, versionId }: Recording): Promise<string | undefined> => {
  const asked = new GetObjectLegalHoldCommand({ Bucket: bucket, Key: key, VersionId: versionId });
  return (await s3.send(asked).catch(() => undefined))?.LegalHold?.Status;
};
const custody = custodyStore(dynamodb, inject('outputs').table);
const kindsOf = async (callId: string) => (await custody.all(callId)).map(({ kind }) => kind);

let recording: Recording;
let promised: CallWithMoments;
let refused: CallWithMoments;
let dispute: Awaited<ReturnType<typeof verbatim.dispute>>;

beforeAll(async () => {
  recording = await upload(
    'support/disputes/one.mp3',
    await sampleAudio('credit-over-policy.mp3'),
    metadata('2026-06-10T10:00:00Z'),
  );
  const later = await upload(
    'support/disputes/two.flac',
    await sampleAudio('credit-refused.flac'),
    metadata('2026-06-12T10:00:00Z'),
  );
  [promised, refused] = await Promise.all([settled(recording), settled(later)]);
}, 240_000);

describe('"Your agent promised me a $40 credit."', () => {
  it('is opened, and the call in which it was said is the first candidate, to the second', async () => {
    dispute = await verbatim.openDispute({
      ...{
        customerId,
        claim: 'Your agent promised me a $40 credit.',
        topic: 'credit',
        day: '2026-06-10',
        byName: 'Ada',
      },
    });
    expect(dispute).toMatchObject({ state: 'open', version: 1 });
    const { items, searched, notSaid } = await verbatim.disputeCandidates(dispute.disputeId);
    expect(items.map(({ callId }) => callId)).toEqual([promised.callId, refused.callId]);
    const offer = promised.moments.find(({ tag }) => tag === 'credit-over-policy');
    expect(items[0]?.moments).toContainEqual(
      expect.objectContaining({ startMs: offer?.startMs, amount: { value: 40, currency: 'USD' } }),
    );
    expect(searched).toMatchObject({ calls: 2, notTranscribed: [] });
    expect(notSaid).toBeUndefined();
    expect(await kindsOf(refused.callId)).toContain('found-by-search');
  });

  it('takes the call in: it is held, in the table at once and in S3 soon', async () => {
    dispute = await verbatim.takeCalls(dispute, { callIds: [promised.callId], why: 'the credit is promised in it' });
    const { holdId = '' } = dispute;
    expect(holdId).toBe(`dispute-${dispute.disputeId}-1`);
    expect((await verbatim.call(promised.callId)).holds).toEqual([holdId]);
    await expect.poll(() => legalHoldOf(recording), patience).toBe('ON');
    await expect.poll(() => objectTags(recording), patience).toMatchObject({ 'legal-hold': 'on' });
    await expect.poll(async () => (await verbatim.hold(holdId)).state, patience).toBe('placed');
    expect(await verbatim.holdsOfCall(promised.callId)).toMatchObject({ items: [{ holdId }] });
    await expect(verbatim.releaseHold(holdId, { reason: 'no' })).rejects.toMatchObject({ status: 409 });
  });

  it('lets its callers hear and read originals of that call, for a reason, and of no other', async () => {
    const asked = { original: true, reason: 'to hear the amount' };
    const { url, audio } = await verbatim.disputeAudio(dispute.disputeId, promised.callId, asked);
    expect(audio).toBe('original');
    const heard = await (await fetch(url)).arrayBuffer();
    expect(Buffer.from(heard).equals(await sampleAudio('credit-over-policy.mp3'))).toBe(true);
    const hearing = verbatim.disputeAudio(dispute.disputeId, promised.callId, { original: true });
    await expect(hearing).rejects.toMatchObject({ status: 400 });
    const other = verbatim.disputeAudio(dispute.disputeId, refused.callId, asked);
    await expect(other).rejects.toMatchObject({ status: 409 });
    const read = await verbatim.disputeTranscript(dispute.disputeId, promised.callId);
    expect(read.turns.length).toBeGreaterThan(3);
    expect(await kindsOf(promised.callId)).toEqual(
      expect.arrayContaining(['audio-handed-out', 'transcript-handed-out']),
    );
  });

  it('is found, decided by the policy then in force, and closed; not by who has not seen the last change', async () => {
    const startMs = promised.moments.find(({ tag }) => tag === 'credit-over-policy')?.startMs ?? 0;
    const before = dispute;
    const finding = {
      callId: promised.callId,
      startMs,
      conclusion: 'a credit of 40 dollars was promised',
      byName: 'Ada',
    };
    dispute = await verbatim.addFinding(dispute, finding);
    expect(dispute.findings).toMatchObject([{ startMs, quote: expect.stringMatching(/credit of forty dollars/i) }]);
    const decision = { outcome: 'upheld', reason: 'it was promised', policy: 'credits' } as const;
    await expect(verbatim.decideDispute(before, decision)).rejects.toMatchObject({ status: 412 });
    dispute = await verbatim.decideDispute(dispute, decision);
    expect(dispute).toMatchObject({
      state: 'decided',
      decision: { outcome: 'upheld', policies: [{ callId: promised.callId, policy: 'credits', version: '2' }] },
    });
    await expect(verbatim.addFinding(dispute, finding)).rejects.toMatchObject({ status: 409 });
    dispute = await verbatim.closeDispute(dispute, {});
    expect(dispute.state).toBe('closed');
    await expect.poll(() => legalHoldOf(recording), patience).toBe('OFF');
    await expect.poll(async () => (await verbatim.call(promised.callId)).holds, patience).toBeUndefined();
    await expect.poll(() => objectTags(recording), patience).toHaveProperty('retention-days');
    const told = (await kindsOf(promised.callId)).filter((kind) => /dispute|finding/.test(kind));
    expect(told).toEqual(['taken-into-dispute', 'finding-added', 'dispute-decided', 'dispute-closed']);
  });

  it('of two who decide at once, one does', async () => {
    const opened = await verbatim.openDispute({ customerId, claim: 'two at once', day: '2026-06-10' });
    const deciding = ['upheld', 'not-upheld'].map((outcome) =>
      verbatim.decideDispute(opened, { outcome: outcome as 'upheld', reason: 'r', notSaid: true }),
    );
    const outcomes = await Promise.allSettled(deciding);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find((one) => one.status === 'rejected')?.reason).toMatchObject({ status: 412 });
  });

  it('is said to be said in no call where it was not', async () => {
    const opened = await verbatim.openDispute({
      ...{ customerId, claim: 'I was told that the refund of $75 is on its way.', day: '2026-06-11', windowDays: 3 },
    });
    const { notSaid, searched } = await verbatim.disputeCandidates(opened.disputeId);
    expect(searched.for).toMatchObject({ amounts: [{ value: 75, currency: 'USD' }] });
    expect(notSaid).toMatchObject({
      calls: 2,
      message: expect.stringMatching(/^not said in any of these 2 calls, [\d.]+ minutes/),
    });
  });

  it('can be settled from the command line', async () => {
    const told = async (...words: string[]) => JSON.parse(await cli(...words, '--json')) as Dispute;
    const { disputeId } = await told(
      ...['dispute', 'open', '--customer', customerId, '--claim', 'I was promised $40.', '--topic', 'credit'],
      ...['--from', '2026-06-01T00:00:00Z', '--to', '2026-07-01T00:00:00Z'],
    );
    expect(await cli('dispute', 'candidates', disputeId)).toMatch(/40 USD, as claimed/);
    await told('dispute', 'take', disputeId, promised.callId, refused.callId, '--why', 'both speak of it');
    await told('dispute', 'find', disputeId, '--call', refused.callId, '--conclusion', 'it was refused');
    await told('dispute', 'decide', disputeId, '--outcome', 'partly-upheld', '--reason', 'half of it');
    await told('dispute', 'close', disputeId);
    const reopened = await told('dispute', 'reopen', disputeId, '--reason', 'there is more');
    expect(reopened).toMatchObject({ state: 'open', holdId: `dispute-${disputeId}-2` });
    expect(await cli('disputes', '--state', 'open')).toContain(disputeId);
    await told('dispute', 'close', disputeId, '--reason', 'withdrawn');
    expect(await cli('dispute', 'show', disputeId)).toMatch(/closed since .*\n.*customer-disputes/);
  });
});
