import { createHash } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { callIdOf } from '../../../lambdas/calls/calls.ts';
import { SourceConfig } from '../../../lambdas/recordings/recordings.ts';
import { PART_BYTES } from '../../../lambdas/recordings/upload-request.ts';
import { uploadSigner } from '../../../lambdas/recordings/upload-signer.ts';
import { UploadAtOnce, UploadInParts, uploadsApi } from '../../../lambdas/recordings/uploads-api.ts';
import { NOW } from '../builders.ts';
import { testEdge } from '../http-edge.ts';

const MIB = 1024 ** 2;
const sha256 = (text: string) => createHash('sha256').update(text).digest();
const [base64, hex] = [sha256('call').toString('base64'), sha256('call').toString('hex')];
const metadata = { agentId: 'lee', customerId: 'c-1', startedAt: '2026-10-14T11:00:00+02:00' };
const request = { source: 'support', fileName: '2026/10/a call.mp3', sizeBytes: 1000, sha256: base64, metadata };

const sources = [
  { name: 'support' },
  { name: 'support-night', prefix: 'support/night/' },
  {
    name: 'switch',
    metadata: [
      {
        from: 's3-metadata',
        names: { agentId: 'operator', startedAt: 'begin' },
        startedAt: { format: 'epoch-seconds' },
      },
    ],
  },
  {
    name: 'named',
    metadata: [
      {
        from: 'file-name',
        pattern: String.raw`^(?<agentId>\w+)-(?<customerId>\w+)-(?<startedAt>\w+)\.wav$`,
        startedAt: { format: "yyyyMMdd'T'HHmm", zone: 'UTC' },
      },
    ],
  },
  { name: 'beside', metadata: [{ from: 's3-metadata' }, { from: 'sidecar', fields: { queue: 'queue' } }] },
].map((source) => SourceConfig.parse(source));

/** What S3 answers to a command of a kind, or fails with. */
type S3Answers = (command: unknown) => object;

function api(answers: S3Answers = () => ({})) {
  const s3 = new S3Client({ region: 'eu-central-1', credentials: { accessKeyId: 'id', secretAccessKey: 'secret' } });
  const send = vi.spyOn(s3, 'send').mockImplementation(async (command: unknown) => answers(command));
  const app = uploadsApi({
    sources,
    uploads: uploadSigner(s3, 'recordings'),
    clock: () => new Date(NOW),
    edge: testEdge(),
  });
  const post = (path: string, body: unknown) =>
    app.request(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  return { app, post, send };
}

async function uploadOf(changes: object = {}) {
  const response = await api().post('/uploads', { ...request, ...changes });
  expect(response.status).toBe(201);
  return UploadAtOnce.parse(await response.json());
}

const Detail = z.object({ detail: z.string() });

async function refusalOf(changes: object) {
  const response = await api().post('/uploads', { ...request, ...changes });
  expect([response.status, response.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
  return Detail.parse(await response.json()).detail;
}

const signedHeaders = (url: string) => new URL(url).searchParams.get('X-Amz-SignedHeaders')?.split(';');

describe('an upload at once', () => {
  it('binds size, type, checksum and metadata: each is a signed header, and none is in the URL', async () => {
    const { key, upload } = await uploadOf({ contentType: 'audio/mpeg' });
    expect(key).toBe('support/2026/10/a call.mp3');
    expect(upload).toMatchObject({
      method: 'PUT',
      headers: {
        'content-length': '1000',
        'content-type': 'audio/mpeg',
        'if-none-match': '*',
        'x-amz-checksum-sha256': base64,
        'x-amz-meta-sha256': hex,
        'x-amz-meta-agent-id': 'lee',
        'x-amz-meta-customer-id': 'c-1',
        'x-amz-meta-started-at': '2026-10-14T11:00:00+02:00',
      },
    });
    expect(signedHeaders(upload.url)).toEqual(['host', ...Object.keys(upload.headers)].toSorted());
    expect(upload.url).toContain('https://recordings.s3.eu-central-1.amazonaws.com/support/2026/10/a%20call.mp3?');
    expect([...new URL(upload.url).searchParams.keys()].filter((name) => /meta|checksum/i.test(name))).toEqual([]);
  });

  it('ends when it is said to', async () => {
    const usual = await uploadOf();
    expect(usual.expiresAt).toBe('2026-10-14T12:15:00.000Z');
    const { expiresAt, upload } = await uploadOf({ expiresInSeconds: 3600 });
    expect(expiresAt).toBe('2026-10-14T13:00:00.000Z');
    expect(new URL(upload.url).searchParams.get('X-Amz-Expires')).toBe('3600');
    expect(await refusalOf({ expiresInSeconds: 43_201 })).toMatch(/^expiresInSeconds: .*43200/);
  });

  it('gives the same key to who asks again, and takes the hash in hex too', async () => {
    expect(await uploadOf({ sha256: hex.toUpperCase() })).toEqual(await uploadOf());
  });

  it('takes the place of another recording only where it is told to', async () => {
    const { upload } = await uploadOf({ replace: true });
    expect(upload.headers).not.toHaveProperty('if-none-match');
    expect(signedHeaders(upload.url)).not.toContain('if-none-match');
  });

  it('writes metadata under the headers that the source reads', async () => {
    const { upload } = await uploadOf({
      source: 'switch',
      metadata: { agentId: 'lee', customerId: 'c-1', startedAt: '1791968400' },
    });
    expect(upload.headers).toMatchObject({ 'x-amz-meta-operator': 'lee', 'x-amz-meta-begin': '1791968400' });
  });

  it('needs no metadata where the file name tells it all', async () => {
    const { upload } = await uploadOf({ source: 'named', fileName: 'lee-c1-20261014T0900.wav', metadata: {} });
    expect(Object.keys(upload.headers).filter((name) => name.startsWith('x-amz-meta-'))).toEqual(['x-amz-meta-sha256']);
  });
});

describe('a request that is refused', () => {
  it.each([
    ['a source that there is not', { source: 'nobody' }, /^source: .*support, support-night/],
    ['a field that there is not', { filename: 'a.wav' }, /filename/],
    ['a leading slash', { fileName: '/a.wav' }, /^fileName: begins or ends with/],
    ['a folder as the name', { fileName: 'a/' }, /^fileName: begins or ends with/],
    ['a way out of the prefix', { fileName: 'a/../../sales/a.wav' }, /^fileName: has a folder "\." or "\.\."/],
    ['a dot as the name', { fileName: '.' }, /^fileName: has a folder "\." or "\.\."/],
    ['half a character', { fileName: 'a\ud800.wav' }, /^fileName: is no Unicode text/],
    ['a key that is too long', { fileName: 'é'.repeat(510) }, /^fileName: makes a key of 1028 bytes/],
    ["another source's prefix", { fileName: 'night/a.wav' }, /^fileName: .*"support-night"/],
    ['a sidecar', { source: 'beside', fileName: 'a.wav.json' }, /^fileName: is that of a sidecar/],
    ['an empty recording', { sizeBytes: 0 }, /^sizeBytes: /],
    ['more than Transcribe takes', { sizeBytes: 2048 * MIB + 1 }, /^sizeBytes: .*2 GiB/],
    ['a hash that is none', { sha256: 'abc' }, /^sha256: is no SHA-256/],
    ['a content type that is none', { contentType: 'audio/mpeg\r\nx: y' }, /^contentType: /],
    [
      'metadata that is required',
      { metadata: { agentId: 'lee' } },
      /customerId is missing.*metadata\.customerId; startedAt is missing/,
    ],
    [
      'a time that is none',
      { metadata: { ...metadata, startedAt: 'today' } },
      /metadata\.startedAt is not an ISO 8601 time/,
    ],
    [
      'a time to come',
      { metadata: { ...metadata, startedAt: '2027-01-01T00:00:00Z' } },
      /metadata\.startedAt is in the future/,
    ],
    ['a direction that is none', { metadata: { ...metadata, direction: 'up' } }, /metadata\.direction is neither/],
    ['metadata that S3 cannot hold', { metadata: { ...metadata, agentId: 'Żółć' } }, /^metadata\.agentId: .*ASCII/],
    [
      'metadata that nobody reads',
      { source: 'named', fileName: 'lee-c1-20261014T0900.wav' },
      /^metadata: .*leave it out/,
    ],
    [
      'parts without hashes',
      { sizeBytes: 100 * MIB },
      /^partSha256: has 0 hashes: 104857600 bytes are uploaded in 4 parts of 33554432/,
    ],
  ])('names %s', async (_, changes, detail) => {
    expect(await refusalOf(changes)).toMatch(detail);
  });

  it('is not told what it wrote in the metadata', async () => {
    const personal = { ...metadata, customerId: '+1555010', startedAt: 'on their birthday', direction: 'to the bank' };
    expect(await refusalOf({ metadata: personal })).not.toMatch(/1555010|birthday|bank/);
  });
});

describe('an upload in parts', () => {
  const sizeBytes = 2 * PART_BYTES + 5;
  const partSha256 = ['one', 'two', 'three'].map((text) => sha256(text).toString('base64'));
  const large = { ...request, sizeBytes, partSha256 };
  const found = { ETag: '"e"' };
  const parts = partSha256.map((ChecksumSHA256, i) => ({ ...found, PartNumber: i + 1, ChecksumSHA256 }));
  const aws = (name: string) => Object.assign(new Error(name), { name });

  it('is begun with the metadata, and binds each part to its size and checksum', async () => {
    const { post, send } = api(() => ({ UploadId: 'u/1' }));
    const answer = UploadInParts.parse(await (await post('/uploads', large)).json());
    const [begun] = send.mock.calls.map(([command]) => command);
    expect(begun).toBeInstanceOf(CreateMultipartUploadCommand);
    expect(begun?.input).toMatchObject({
      Key: 'support/2026/10/a call.mp3',
      ChecksumAlgorithm: 'SHA256',
      Metadata: { 'agent-id': 'lee', 'customer-id': 'c-1', sha256: hex },
    });
    expect(answer.parts.map(({ startByte, endByte, partNumber }) => [partNumber, startByte, endByte])).toEqual([
      [1, 0, PART_BYTES],
      [2, PART_BYTES, 2 * PART_BYTES],
      [3, 2 * PART_BYTES, sizeBytes],
    ]);
    for (const [i, { url, headers, startByte, endByte }] of answer.parts.entries()) {
      expect(headers).toEqual({ 'content-length': `${endByte - startByte}`, 'x-amz-checksum-sha256': partSha256[i] });
      expect(signedHeaders(url)).toEqual(['content-length', 'host', 'x-amz-checksum-sha256']);
      expect(new URL(url).searchParams.get('partNumber')).toBe(`${i + 1}`);
    }
    expect(answer).toMatchObject({
      partSizeBytes: PART_BYTES,
      complete: {
        method: 'POST',
        path: 'uploads/u%2F1/complete',
        body: { key: 'support/2026/10/a call.mp3', partSha256, replace: false },
      },
      abort: { method: 'DELETE', path: 'uploads/u%2F1?key=support%2F2026%2F10%2Fa%20call.mp3' },
    });
  });

  it('is completed with the checksum of each part, over no other recording', async () => {
    const { post, send } = api((command) =>
      command instanceof ListPartsCommand ? { Parts: parts } : { VersionId: 'v1' },
    );
    const response = await post('/uploads/u%2F1/complete', { key: 'support/a.wav', partSha256 });
    const callId = callIdOf({ bucket: 'recordings', key: 'support/a.wav', versionId: 'v1' });
    expect([response.status, await response.json()]).toEqual([200, { key: 'support/a.wav', callId }]);
    const completed = send.mock.calls.map(([command]) => command).at(-1);
    expect(completed).toBeInstanceOf(CompleteMultipartUploadCommand);
    expect(completed?.input).toMatchObject({
      UploadId: 'u/1',
      IfNoneMatch: '*',
      MultipartUpload: { Parts: parts },
    });
  });

  it.each([
    ['a part that is missing', parts.slice(0, 2), 409, /: 3$/],
    ['a part with other bytes', [...parts.slice(0, 2), { ...parts[0], PartNumber: 3 }], 409, /: 3$/],
    ['a part too many', [...parts, { ...found, PartNumber: 4 }], 409, /^partSha256: has 3 hashes, and the upload 4/],
    ['an upload that is over', aws('NoSuchUpload'), 404, /completed or aborted/],
  ])('is not completed with %s', async (_, listed, status, detail) => {
    const { post, send } = api(() => {
      if (listed instanceof Error) throw listed;
      return { Parts: listed };
    });
    const response = await post('/uploads/u/complete', { key: 'support/a.wav', partSha256 });
    expect(response.status).toBe(status);
    expect(Detail.parse(await response.json()).detail).toMatch(detail);
    expect(send.mock.calls.some(([command]) => command instanceof CompleteMultipartUploadCommand)).toBe(false);
  });

  it('says so where another recording came to be under its key', async () => {
    const { post } = api((command) => {
      if (command instanceof ListPartsCommand) return { Parts: parts };
      throw aws('PreconditionFailed');
    });
    const response = await post('/uploads/u/complete', { key: 'support/a.wav', partSha256 });
    expect(response.status).toBe(409);
    expect(Detail.parse(await response.json()).detail).toMatch(/there is a recording under this key/);
  });

  it('is neither completed nor aborted beside the prefixes of the sources', async () => {
    const { app, post, send } = api();
    const completion = await post('/uploads/u/complete', { key: 'elsewhere/a.wav', partSha256 });
    const abortion = await app.request('/uploads/u?key=elsewhere/a.wav', { method: 'DELETE' });
    expect([completion.status, abortion.status]).toEqual([400, 400]);
    expect(send).not.toHaveBeenCalled();
  });

  it('is aborted', async () => {
    const { app, send } = api();
    expect((await app.request('/uploads/u%2F1?key=support/a.wav', { method: 'DELETE' })).status).toBe(204);
    expect(send.mock.calls[0]?.[0].input).toMatchObject({ Key: 'support/a.wav', UploadId: 'u/1' });
  });
});
