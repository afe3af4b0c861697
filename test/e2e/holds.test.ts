import { DeleteObjectCommand, GetObjectLegalHoldCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CallWithMoments } from '../../client/verbatim-client.ts';
import type { Recording } from '../../lambdas/calls/calls.ts';
import { cli, objectTags, s3, sampleAudio, scheduled, settled, transcriptTags, upload, verbatim } from './stack.ts';

const metadata = { 'agent-id': 'agent-holds', 'customer-id': 'customer-holds', 'started-at': '2026-06-06T10:00:00Z' };
const patience = { timeout: 60_000, interval: 300 };

const legalHoldOf = async ({ bucket, key, versionId }: Recording): Promise<string | undefined> => {
  const asked = new GetObjectLegalHoldCommand({ Bucket: bucket, Key: key, VersionId: versionId });
  return (await s3.send(asked).catch(() => undefined))?.LegalHold?.Status;
};

/** Everything that holds, or does not, a recording and what was made of it. */
const keptBy = async (recording: Recording, { callId }: CallWithMoments) => ({
  legalHold: await legalHoldOf(recording),
  tags: await objectTags(recording),
  transcript: await transcriptTags(callId),
  holds: (await verbatim.call(callId)).holds,
});

const stateOf = async (holdId: string) => (await verbatim.hold(holdId)).state;

let first: Recording;
let before: CallWithMoments;
let holdId: string;

beforeAll(async () => {
  first = await upload('support/holds/one.mp3', await sampleAudio('credit-over-policy.mp3'), metadata);
  before = await settled(first);
}, 240_000);

describe('a hold on a customer', () => {
  it('keeps the calls that are there', async () => {
    const tagsBefore = await objectTags(first);
    expect(tagsBefore).toHaveProperty('retention-days');
    const placed = await verbatim.placeHold(
      { on: { customerId: 'customer-holds' }, reason: 'a lawsuit', placedByName: 'Ada' },
      { idempotencyKey: 'e2e-holds' },
    );
    holdId = placed.holdId;
    await expect.poll(() => stateOf(holdId), patience).toBe('placed');
    const { 'retention-days': _days, 'retention-class': _class, ...others } = tagsBefore;
    expect(await keptBy(first, before)).toEqual({
      legalHold: 'ON',
      tags: { ...others, 'legal-hold': 'on' },
      transcript: { 'legal-hold': 'on' },
      holds: [holdId],
    });
    expect(await verbatim.hold(holdId)).toMatchObject({
      placedByName: 'Ada',
      calls: { held: 1, released: 0, gone: 0 },
    });
    expect(await Array.fromAsync(verbatim.callsOfHold(holdId))).toMatchObject([
      { callId: before.callId, state: 'held' },
    ]);
  });

  it('lets S3 refuse to remove their recordings', async () => {
    const { bucket, key, versionId } = first;
    const removing = s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
    await expect(removing).rejects.toThrow(/Access Denied|Object Lock|legal hold/i);
  });

  it('keeps calls that arrive later', async () => {
    const second = await upload('support/holds/two.mp3', await sampleAudio('credit-over-policy.mp3'), {
      ...{ ...metadata, 'started-at': '2026-06-07T10:00:00Z' },
    });
    const call = await settled(second);
    await expect.poll(async () => (await verbatim.call(call.callId)).holds, patience).toEqual([holdId]);
    await expect.poll(() => legalHoldOf(second), patience).toBe('ON');
    await expect.poll(() => objectTags(second), patience).toMatchObject({ 'legal-hold': 'on', 'call-id': call.callId });
    expect(await objectTags(second)).not.toHaveProperty('retention-days');
    await expect.poll(() => transcriptTags(call.callId), patience).toEqual({ 'legal-hold': 'on' });
    expect(await verbatim.holdsOfCall(call.callId)).toMatchObject({
      items: [{ holdId, hold: { reason: 'a lawsuit' } }],
    });
  }, 240_000);

  it('are looked after: a delete marker over one is taken away', async () => {
    const { bucket, key, versionId } = first;
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    const current = async () =>
      (await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key })).catch(() => undefined))?.VersionId;
    expect(await current()).toBeUndefined();
    await scheduled('HoldCallsQueue');
    await expect.poll(current, patience).toBe(versionId);
    expect((await verbatim.call(before.callId)).state).toBe('tagged');
  });

  it('is told on the command line', async () => {
    expect(await cli('holds', '--state', 'placed')).toContain(holdId);
    expect(await cli('hold', 'show', holdId)).toMatch(/2 held, 0 released, 0 were gone/);
    const other = JSON.parse(
      await cli('hold', 'place', '--case', 'k', '--call', before.callId, '--reason', 'another', '--json'),
    );
    await expect.poll(() => stateOf(other.holdId), patience).toBe('placed');
    expect(await cli('hold', 'release', other.holdId, '--reason', 'done')).toMatch(/, releasing/);
    await expect.poll(() => stateOf(other.holdId), patience).toBe('released');
    expect(await legalHoldOf(first)).toBe('ON');
  });

  it('gives everything back when it is released', async () => {
    await verbatim.releaseHold(holdId, { reason: 'it is settled' });
    await expect.poll(() => stateOf(holdId), patience).toBe('released');
    expect(await keptBy(first, before)).toMatchObject({
      legalHold: 'OFF',
      tags: { 'retention-class': '1-year', 'retention-days': expect.anything(), 'call-id': before.callId },
      transcript: { 'retention-class': '1-year' },
      holds: undefined,
    });
    expect(await objectTags(first)).not.toHaveProperty('legal-hold');
    expect((await verbatim.call(before.callId)).dueAt).toBe(before.dueAt);
    expect(await verbatim.hold(holdId)).toMatchObject({
      calls: { held: 0, released: 2 },
      releaseReason: 'it is settled',
    });
  });
});
