import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import type { TranscriptionJob } from '../../../lambdas/calls/calls.ts';
import { audioLinks } from '../../../lambdas/calls/calls.ts';
import { NOW, transcribingCall } from '../builders.ts';

/** S3 in which all objects are there, at version `v7` of those that are asked for without one, but those named here. */
function linksOver(gone: readonly string[] = []) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const s3 = new S3Client({ region: 'eu-central-1', credentials });
  s3.send = (async (command: unknown) => {
    if (!(command instanceof HeadObjectCommand)) throw new Error('nothing else is asked');
    const { Key = '', VersionId = 'v7' } = command.input;
    if (gone.includes(Key)) throw Object.assign(new Error('NotFound'), { name: 'NotFound' });
    return { VersionId, ContentType: 'application/octet-stream' };
  }) as typeof s3.send;
  return audioLinks(s3, () => new Date(NOW));
}

const transcript = { bucket: 'transcripts', key: 'transcribe-output/redacted-analytics/one.json' };
const redactedAudio = { bucket: 'transcripts', key: 'transcribe-output/redacted-analytics/one.wav' };
const redaction = { keepOriginalTranscript: false };
const job = (changes: Partial<TranscriptionJob>): TranscriptionJob => ({
  ...{ kind: 'call-analytics', name: 'verbatim.call1', agentChannel: 0, outputs: { transcript } },
  ...changes,
});
const heard = (changes: Partial<TranscriptionJob>) =>
  transcribingCall('call1', {
    state: 'tagged',
    audio: { format: 'mp3', channels: 2, sampleRateHz: 8000 },
    job: job(changes),
  });

describe('a link for whoever looks calls up', () => {
  test('is of the redacted audio, by its version, inline, for five minutes, from where it was asked', async () => {
    const link = await linksOver().forAll(heard({ redaction, outputs: { transcript, redactedAudio } }), 12_340);
    expect(link).toMatchObject({
      ...{ audio: 'redacted', contentType: 'audio/wav', startMs: 12_340, durationMs: 90_000, versionId: 'v7' },
      expiresAt: '2026-10-14T12:05:00.000Z',
    });
    const url = new URL(link.url);
    expect(url.pathname).toBe(`/${redactedAudio.key}`);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      ...{ versionId: 'v7', 'response-content-type': 'audio/wav', 'response-content-disposition': 'inline' },
      ...{ 'X-Amz-Expires': '300', 'X-Amz-Date': '20261014T120000Z', 'X-Amz-SignedHeaders': 'host' },
    });
    expect(url.hash).toBe('#t=12.34');
  });

  test('has no fragment where it begins at the begin', async () => {
    const link = await linksOver().forAll(heard({ redaction, outputs: { transcript, redactedAudio } }));
    expect(link.startMs).toBe(0);
    expect(link.url).not.toContain('#');
  });

  test.each<[string, Partial<TranscriptionJob>]>([
    ['its source has redaction off', {}],
    ['there was nothing to redact', { redaction, redactedAudioMissing: 'nothing-redacted' }],
  ])('is of the recording where %s: its version, in its own format', async (_, changes) => {
    const link = await linksOver().forAll(heard(changes));
    expect(link).toMatchObject({ audio: 'original', contentType: 'audio/mpeg', versionId: 'v1' });
    expect(new URL(link.url).pathname).toBe('/support/one.wav');
  });

  test.each<[string, Partial<TranscriptionJob>, string]>([
    ['its redacted audio is not made yet', { redaction }, 'its redacted audio is not made yet'],
    [
      'its format is not decoded',
      { redaction, redactedAudioMissing: 'format-not-decoded' },
      'its format cannot be redacted',
    ],
    ['it is damaged', { redaction, redactedAudioMissing: 'audio-damaged' }, 'its recording is damaged'],
    ['its job is not over', { redaction, outputs: undefined }, 'it is tagged, and was not transcribed'],
    ['its job would redact nothing, and is not over', { outputs: undefined }, 'was not transcribed'],
  ])('is a 404 that tells why where %s: never an original', async (_, changes, why) => {
    await expect(linksOver().forAll(heard(changes))).rejects.toMatchObject({
      kind: 'not-found',
      message: expect.stringContaining(why),
    });
  });

  test('is a 404 for a call that no job tells of', async () => {
    const rejected = transcribingCall('call1', { state: 'rejected', job: undefined });
    await expect(linksOver().forAll(rejected)).rejects.toThrow('it is rejected, and was not transcribed');
  });

  test('is a 404 where the object is gone, and a 400 behind the end of the call', async () => {
    const call = heard({ redaction, outputs: { transcript, redactedAudio } });
    await expect(linksOver([redactedAudio.key]).forAll(call)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(linksOver().forAll(call, 90_001)).rejects.toThrow('startMs: the call call1 is 90000 ms long');
  });
});

test('the original is for those who may ask for it, also where there is redacted audio', async () => {
  const call = heard({ redaction, outputs: { transcript, redactedAudio } });
  expect(await linksOver().original(call, 1000)).toMatchObject({ audio: 'original', versionId: 'v1' });
  expect(await linksOver().redacted(call)).toMatchObject({ audio: 'redacted', versionId: 'v7' });
});
