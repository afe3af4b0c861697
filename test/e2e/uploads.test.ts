import { createHash } from 'node:crypto';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { callIdOf } from '../../lambdas/calls/calls.ts';
import type { UploadAtOnce, UploadInParts } from '../../lambdas/recordings/uploads-api.ts';
import { buckets, s3, sampleAudio, settled, verbatim } from './stack.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64');
const audio = await sampleAudio('credit-over-policy.mp3');
const metadata = { agentId: 'agent-up', customerId: 'customer-up', startedAt: '2026-09-01T10:00:00+02:00' };

const asked = (fileName: string) => ({
  source: 'support',
  fileName: `uploads/${fileName}`,
  sizeBytes: audio.length,
  sha256: sha256(audio),
  contentType: 'audio/mpeg',
  metadata,
});

async function atOnce(fileName: string): Promise<UploadAtOnce> {
  const answer = await verbatim.requestUpload(asked(fileName));
  if ('upload' in answer) return answer;
  throw new Error('a small recording is uploaded in parts');
}

/** Does what a signed request says, with some of its headers changed or left out. */
async function put(
  { url, headers }: UploadAtOnce['upload'],
  body: Uint8Array,
  changes: Record<string, string | undefined> = {},
): Promise<Response> {
  const sent = Object.entries({ ...headers, ...changes }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as [string, string]],
  );
  return fetch(url, { method: 'PUT', headers: sent, body: new Uint8Array(body) });
}

const isThere = (key: string) =>
  s3.send(new HeadObjectCommand({ Bucket: buckets.recordings, Key: key })).then(
    () => true,
    () => false,
  );

describe('an upload at once', () => {
  it('is taken up as a call with the metadata that was asked for', async () => {
    const { key, upload } = await atOnce('Zoë & Łukasz/first call+1.mp3');
    const response = await put(upload, audio);
    expect([response.status, await response.text()]).toEqual([200, '']);
    const versionId = response.headers.get('x-amz-version-id') ?? '';
    const call = await settled({ bucket: buckets.recordings, key, versionId });
    expect(call).toMatchObject({
      state: 'tagged',
      agentId: 'agent-up',
      customerId: 'customer-up',
      startedAt: '2026-09-01T08:00:00.000Z',
      recording: { key: 'support/uploads/Zoë & Łukasz/first call+1.mp3' },
    });
    const head = await s3.send(new HeadObjectCommand({ Bucket: buckets.recordings, Key: key }));
    expect(head.ContentType).toBe('audio/mpeg');
    // Who has the request and makes it again makes no second recording.
    expect((await put(upload, audio)).status).toBe(412);
  });

  it('is refused with a header that is not as it was signed, or not there', async () => {
    const { key, upload } = await atOnce('changed.mp3');
    const other = Buffer.concat([audio, Buffer.from('more')]);
    const changed = {
      'x-amz-meta-agent-id': 'agent-other',
      'x-amz-meta-customer-id': undefined,
      'x-amz-checksum-sha256': sha256(Buffer.from('other')),
      'content-type': 'audio/wav',
      'if-none-match': undefined,
    };
    for (const [name, value] of Object.entries(changed)) {
      expect.soft((await put(upload, audio, { [name]: value })).status, name).toBe(403);
    }
    expect.soft((await put(upload, other, { 'content-length': undefined })).status, 'content-length').toBe(403);
    const elsewhere = { ...upload, url: upload.url.replace('changed.mp3', 'elsewhere.mp3') };
    expect.soft((await put(elsewhere, audio)).status, 'key').toBe(403);
    expect(await isThere(key)).toBe(false);
  });

  it('is refused with other bytes of the same length', async () => {
    const { key, upload } = await atOnce('other-bytes.mp3');
    const other = Buffer.from(audio);
    other[1000] = (other[1000] ?? 0) ^ 1;
    const response = await put(upload, other);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('BadDigest');
    expect(await isThere(key)).toBe(false);
  });

  it('is not signed without metadata that the source requires', async () => {
    const incomplete = verbatim.requestUpload({ ...asked('a.mp3'), metadata: { agentId: 'agent-up' } });
    await expect(incomplete).rejects.toMatchObject({ status: 400, message: expect.stringMatching(/customerId/) });
  });
});

describe('an upload in parts', () => {
  // No audio, so that nobody transcribes an hour of it: that it arrived is seen by its rejection.
  const bytes = Buffer.alloc(65 * 1024 ** 2, 'no audio\n');
  const partBytes = 32 * 1024 ** 2;
  const partSha256 = [0, 1, 2].map((i) => sha256(bytes.subarray(i * partBytes, (i + 1) * partBytes)));

  async function inParts(fileName: string): Promise<UploadInParts> {
    const large = { ...asked(fileName), sizeBytes: bytes.length, sha256: sha256(bytes), partSha256 };
    const answer = await verbatim.requestUpload(large);
    if ('parts' in answer) return answer;
    throw new Error('a large recording is uploaded at once');
  }

  it('is complete when each part is there with its bytes, and is then a recording', async () => {
    const begun = await inParts('large.bin');
    const [first, ...others] = begun.parts;
    if (!first) throw new Error('there are no parts');
    const wrong = Buffer.from(bytes.subarray(first.startByte, first.endByte).map((byte) => byte ^ 1));
    expect((await put(first, wrong)).status).toBe(400);
    expect((await put(first, wrong, { 'x-amz-checksum-sha256': sha256(wrong) })).status).toBe(403);
    for (const part of others) {
      expect((await put(part, bytes.subarray(part.startByte, part.endByte))).status).toBe(200);
    }
    await expect(verbatim.completeUpload(begun)).rejects.toMatchObject({
      status: 409,
      message: expect.stringMatching(/: 1$/),
    });
    expect((await put(first, bytes.subarray(first.startByte, first.endByte))).status).toBe(200);

    const { key, callId } = await verbatim.completeUpload(begun);
    const { VersionId: versionId = '', ContentLength } = await s3.send(
      new HeadObjectCommand({ Bucket: buckets.recordings, Key: key }),
    );
    expect(ContentLength).toBe(bytes.length);
    const recording = { bucket: buckets.recordings, key, versionId };
    expect(callIdOf(recording)).toBe(callId);
    expect(await settled(recording)).toMatchObject({
      state: 'rejected',
      stateReason: { code: 'unreadable-audio' },
      agentId: 'agent-up',
    });
  });

  it('leaves nothing behind when it is aborted', async () => {
    const begun = await inParts('aborted.bin');
    await verbatim.abortUpload(begun);
    await expect(verbatim.completeUpload(begun)).rejects.toMatchObject({ status: 404 });
    expect(await isThere(begun.key)).toBe(false);
  });
});
