import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AgentMoments, Call, CallWithMoments } from '../../client/verbatim-client.ts';
import { cli, s3, sampleAudio, settled, calls as store, upload, verbatim } from './stack.ts';

/** When the calls of this file began: days of their own, on which no other test has calls. */
const theirDays = { from: '2026-09-10T00:00:00Z', to: '2026-09-20T00:00:00Z' };
const onTheirDays = ['--from', '2026-09-10', '--to', '2026-09-20'];
const TAG = 'credit-over-policy';

let credit: CallWithMoments;
let within: CallWithMoments;
let outage: CallWithMoments;

beforeAll(async () => {
  const received = async (file: string, agent: string, day: number) => {
    const about = { 'agent-id': agent, 'customer-id': 'customer-hear', 'started-at': `2026-09-1${day}T09:00:00Z` };
    return upload(`support/lookups/${file}`, await sampleAudio(file), about);
  };
  const recordings = [
    await received('credit-over-policy.mp3', 'agent-hear', 1),
    await received('credit-within-policy.mp3', 'agent-near', 2),
    await received('mono-outage.wav', 'agent-hear', 3),
  ];
  const [first, second, third] = await Promise.all(recordings.map(settled));
  if (!first || !second || !third) throw new Error('a call is missing');
  [credit, within, outage] = [first, second, third];
});

const printed = async <T>(...parameters: string[]): Promise<T> => JSON.parse(await cli(...parameters, '--json')) as T;
const kindsOf = async (callId: string) =>
  (await Array.fromAsync(verbatim.custody(callId))).map(({ kind, details }) => ({ kind, details }));

describe('looking calls up', () => {
  it('by what is named together, on the command line', async () => {
    const found = async (...of: string[]) =>
      (await printed<Call[]>('calls', ...of, ...onTheirDays)).map((one) => one.callId);
    expect(await found('--customer', 'customer-hear', '--order', 'oldest-first')).toEqual(
      [credit, within, outage].map((one) => one.callId),
    );
    expect(await found('--tag', TAG)).toEqual([credit.callId]);
    expect(await found('--customer', 'customer-hear', '--agent', 'agent-hear', '--limit', '1')).toEqual([
      outage.callId,
    ]);
    expect(await found('--agent', 'agent-hear', '--tag', TAG, '--state', 'tagged', '--source', 'support')).toEqual([
      credit.callId,
    ]);
    expect(await found('--agent', 'agent-hear', '--source', 'another')).toEqual([]);
  });

  it('tells which agents offered a credit over policy, and where, in one answer', async () => {
    const said = credit.moments.filter((moment) => moment.tag === TAG);
    expect(said.length).toBeGreaterThan(0);
    const pages = await Array.fromAsync(verbatim.momentsByAgent(TAG, theirDays).pages());
    expect(pages).toHaveLength(1);
    expect(pages[0]?.nextCursor).toBeUndefined();
    const groups = await printed<AgentMoments[]>('agents', '--tag', TAG, ...onTheirDays);
    expect(groups.map(({ agentId, callCount, momentCount }) => [agentId, callCount, momentCount])).toEqual([
      ['agent-hear', 1, said.length],
    ]);
    expect(groups[0]?.moments.map(({ callId, startMs, endMs, quote }) => [callId, startMs, endMs, quote])).toEqual(
      said.map(({ startMs, endMs, quote }) => [credit.callId, startMs, endMs, quote]),
    );
  });
});

describe('a call', () => {
  it('tells where the rest of it is, and its custody tells who read it', async () => {
    expect(credit.links).toEqual({
      transcript: `/calls/${credit.callId}/transcript`,
      audio: `/calls/${credit.callId}/audio`,
      custody: `/calls/${credit.callId}/custody`,
    });
    await verbatim.transcriptAs(credit.callId, 'vtt');
    const noted = await kindsOf(credit.callId);
    expect(noted).toContainEqual({ kind: 'call-read', details: {} });
    expect(noted).toContainEqual({ kind: 'transcript-handed-out', details: { format: 'vtt' } });
    expect(await verbatim.checkCustody(credit.callId)).toMatchObject({ intact: true });
  });

  it('that a search finds has that in its custody', async () => {
    const hits = await Array.fromAsync(verbatim.search({ customerId: 'customer-hear' }, 'credit', theirDays));
    expect(hits.length).toBeGreaterThan(0);
    for (const { callId, matches } of hits)
      expect(await kindsOf(callId)).toContainEqual({ kind: 'found-by-search', details: { matches: matches.length } });
  });

  it('is heard redacted, from a moment on, by a link that takes ranges', async () => {
    const startMs = credit.moments.find((moment) => moment.tag === TAG)?.startMs ?? 0;
    const link = await verbatim.audio(credit.callId, { startMs });
    expect(link).toMatchObject({ audio: 'redacted', contentType: 'audio/wav', startMs });
    expect(link.url.endsWith(`#t=${startMs / 1000}`)).toBe(true);
    expect(await kindsOf(credit.callId)).toContainEqual({
      kind: 'audio-handed-out',
      details: { audio: 'redacted', versionId: link.versionId, startMs, expiresAt: link.expiresAt },
    });

    const whole = await fetch(link.url);
    expect(whole.status).toBe(200);
    const audio = Buffer.from(await whole.arrayBuffer());
    expect(audio.subarray(0, 4).toString()).toBe('RIFF');
    expect(audio.equals(await sampleAudio('credit-over-policy.mp3'))).toBe(false);
    const part = await fetch(link.url, { headers: { range: 'bytes=0-99' } });
    // Where a version is asked for, the emulator takes no notice of the range, and S3 answers 206 with what was asked.
    expect([200, 206]).toContain(part.status);
    expect(
      Buffer.from(await part.arrayBuffer())
        .subarray(0, 100)
        .equals(audio.subarray(0, 100)),
    ).toBe(true);
    // What can be seen here: a link of the same object without its version, and that no header but the host is signed.
    expect(new URL(link.url).searchParams.get('X-Amz-SignedHeaders')).toBe('host');
    const redacted = (await store.get(credit.callId))?.job?.outputs?.redactedAudio;
    const get = new GetObjectCommand({ Bucket: redacted?.bucket, Key: redacted?.key });
    const ranged = await fetch(await getSignedUrl(s3, get), { headers: { range: 'bytes=0-99' } });
    expect(ranged.status).toBe(206);
    expect(Buffer.from(await ranged.arrayBuffer()).equals(audio.subarray(0, 100))).toBe(true);
    expect((await fetch(link.url.replace(/X-Amz-Signature=[0-9a-f]{8}/, 'X-Amz-Signature=00000000'))).status).toBe(403);
  });

  it('is saved on the command line', async () => {
    const file = join(tmpdir(), `verbatim-${credit.callId}.wav`);
    expect(await cli('audio', credit.callId, '-o', file)).toContain('the redacted audio, as audio/wav');
    expect((await readFile(file)).subarray(0, 4).toString()).toBe('RIFF');
    await rm(file);
  });

  it('in which nothing is redacted is heard as it was recorded, once that is known', async () => {
    await expect
      .poll(async () => (await store.get(outage.callId))?.job?.redactedAudioMissing, { timeout: 30_000 })
      .toBe('nothing-redacted');
    expect(await verbatim.audio(outage.callId)).toMatchObject({ audio: 'original' });
    expect(await kindsOf(outage.callId)).toContainEqual(
      expect.objectContaining({ kind: 'audio-handed-out', details: expect.objectContaining({ audio: 'original' }) }),
    );
  });
});
