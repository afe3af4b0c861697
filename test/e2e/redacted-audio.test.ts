import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { type Audio, type Call, callIdOf, receivedCall, type TranscriptionJob } from '../../lambdas/calls/calls.ts';
import { Transcript } from '../../lambdas/transcription/transcription.ts';
import { buckets, calls, objectTags, s3, sampleAudio, settled, transcriptObject, upload } from './stack.ts';

const now = '2026-07-07T10:00:00.000Z';
const word = { text: '[PII]', startMs: 2000, endMs: 3000, redaction: { type: 'SSN' } };
const transcript = Transcript.parse({
  durationMs: 10_000,
  turns: [{ speaker: 'CUSTOMER', text: '[PII]', startMs: 2000, endMs: 3000, words: [word] }],
  redactions: [{ speaker: 'CUSTOMER', startMs: 2000, endMs: 3000, type: 'SSN' }],
});

/** A recording with its call, which a standard job has redacted and which has just been tagged. */
async function taggedCall(name: string, body: Uint8Array, audio: Audio, durationMs: number): Promise<Call> {
  const recording = await upload(`redacted-audio/${name}`, body);
  // Not the call that the upload makes: that one is rejected, as no source has this prefix.
  const callId = callIdOf({ ...recording, bucket: 'redacted-audio' });
  const job: TranscriptionJob = {
    ...{ kind: 'standard', name: `e2e.${callId}`, agentChannel: 0 },
    redaction: { keepOriginalTranscript: false },
    outputs: { transcript: { bucket: buckets.transcripts, key: `transcribe-output/redacted-e2e.${callId}.json` } },
  };
  const call: Call = {
    ...receivedCall(callId, recording, 'support', now),
    ...{ state: 'transcribing', audio, durationMs, job },
    retention: { retentionClass: '30-days', rule: 'default', expiresAt: '2026-08-06T10:00:00.000Z' },
  };
  const Key = `transcripts/${callId}.json`;
  await s3.send(new PutObjectCommand({ Bucket: buckets.transcripts, Key, Body: JSON.stringify(transcript) }));
  await calls.create(call);
  await calls.enterTagged(call, [], now, { job });
  return call;
}

const jobOf = async ({ callId }: Pick<Call, 'callId'>) => (await calls.get(callId))?.job;

const locationOf = ({ callId }: Pick<Call, 'callId'>) => ({
  bucket: buckets.transcripts,
  key: `redacted-audio/${callId}.wav`,
});

/** The redacted audio of a call, once it is there. */
async function redactedAudio(call: Pick<Call, 'callId'>): Promise<Buffer> {
  const location = locationOf(call);
  await expect
    .poll(async () => (await jobOf(call))?.outputs?.redactedAudio, { timeout: 60_000, interval: 300 })
    .toEqual(location);
  const object = await s3.send(new GetObjectCommand({ Bucket: location.bucket, Key: location.key }));
  expect(object.ContentType).toBe('audio/wav');
  return Buffer.from((await object.Body?.transformToByteArray()) ?? []);
}

const isSilent = (samples: Uint8Array): boolean => samples.every((byte) => byte === 0);

describe('a call of one channel in which words are redacted', () => {
  it('comes from the recording of somebody who says the number of a card', async () => {
    const metadata = { 'agent-id': 'agent-card', 'customer-id': 'customer-card', 'started-at': now };
    const said = await readFile(join(import.meta.dirname, '../fixtures/audio/card-number.ogg'));
    const call = await settled(await upload('support/redacted-audio/card.ogg', said, metadata));
    expect(call.state).toBe('tagged');
    const { redactions } = Transcript.parse(await transcriptObject(`transcripts/${call.callId}.json`));
    expect(redactions.map((redaction) => redaction.type)).toEqual(['CREDIT_DEBIT_NUMBER']);
    const { startMs = 0, endMs = 0 } = redactions[0] ?? {};
    const samples = (await redactedAudio(call)).subarray(44);
    const at = (ms: number) => 32 * ms;
    expect(isSilent(samples.subarray(at(startMs - 100), at(endMs + 100)))).toBe(true);
    expect(isSilent(samples.subarray(at(startMs - 300), at(startMs - 101)))).toBe(false);
    expect(isSilent(samples.subarray(at(endMs + 101), at(endMs + 300)))).toBe(false);
  });

  it('has redacted audio, kept as long as the call: silent where they were said', async () => {
    const original = await sampleAudio('mono-outage.wav');
    const data = original.subarray(44);
    const audio: Audio = { format: 'wav', channels: 1, sampleRateHz: original.readUInt32LE(24) };
    const [from, to] = [1900, 3100].map((ms) => (2 * audio.sampleRateHz * ms) / 1000);
    const call = await taggedCall(
      'outage.wav',
      original,
      audio,
      Math.floor(data.length / 2 / audio.sampleRateHz) * 1000,
    );
    const samples = (await redactedAudio(call)).subarray(44);
    expect(isSilent(samples.subarray(from, to))).toBe(true);
    expect(isSilent(data.subarray(from, to))).toBe(false);
    expect(samples.subarray(0, from).equals(data.subarray(0, from))).toBe(true);
    expect(samples.subarray(to).equals(data.subarray(to))).toBe(true);
    // Of what is uploaded in parts, the emulator forgets the tags.
    const { bucket, key } = locationOf(call);
    const { VersionId: versionId = '' } = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    expect(await objectTags({ bucket, key, versionId })).toEqual({ 'retention-class': '30-days' });
  });

  it('has it also where the recording was compressed, or is longer than one part of an upload', async () => {
    const mp3 = await taggedCall(
      'credit.mp3',
      await sampleAudio('credit-over-policy.mp3'),
      { format: 'mp3', channels: 2, sampleRateHz: 16_000 },
      35_000,
    );
    const sampleRateHz = 48_000;
    const long = Buffer.alloc(44 + 2 * sampleRateHz * 200, 1);
    const short = await sampleAudio('mono-outage.wav');
    short.copy(long, 0, 0, 44);
    long.writeUInt32LE(sampleRateHz, 24);
    long.writeUInt32LE(long.length - 44, 40);
    const wav = await taggedCall('long.wav', long, { format: 'wav', channels: 1, sampleRateHz }, 200_000);

    const compressed = await redactedAudio(mp3);
    expect(isSilent(compressed.subarray(44 + 1.8 * 64_000, 44 + 3.2 * 64_000))).toBe(true);
    const parts = await redactedAudio(wav);
    expect(parts).toHaveLength(long.length);
    expect(parts.readUInt32LE(40)).toBe(long.length - 44);
    const [from, to] = [44 + 1.9 * 96_000, 44 + 3.1 * 96_000];
    expect(isSilent(parts.subarray(from, to))).toBe(true);
    expect(parts.subarray(44, from).every((byte) => byte === 1)).toBe(true);
    expect(parts.subarray(to).every((byte) => byte === 1)).toBe(true);
  });

  it('tells that it has none where the recording cannot be decoded', async () => {
    const call = await taggedCall(
      'sealed.m4a',
      Buffer.alloc(100),
      { format: 'm4a', channels: 1, sampleRateHz: 8000 },
      1000,
    );
    await expect
      .poll(async () => (await jobOf(call))?.redactedAudioMissing, { timeout: 60_000, interval: 300 })
      .toBe('format-not-decoded');
    expect((await jobOf(call))?.outputs).toEqual(call.job?.outputs);
  });

  it('gets none that was made for another of its jobs', async () => {
    const call = await taggedCall(
      'other-job.m4a',
      Buffer.alloc(100),
      { format: 'm4a', channels: 1, sampleRateHz: 8000 },
      1000,
    );
    const elsewhere = { bucket: buckets.transcripts, key: 'redacted-audio/elsewhere.wav' };
    expect(await calls.noteRedactedAudio(call.callId, 'another job', elsewhere)).toBe(false);
    expect(await calls.noteRedactedAudio('no such call', 'any job', elsewhere)).toBe(false);
    expect((await jobOf(call))?.outputs).toEqual(call.job?.outputs);
  });
});
