import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { evidenceObjects } from '../../../../lambdas/disputes/evidence/evidence-objects.ts';

const CONTENT = Buffer.from('0123456789');
const object = { bucket: 'recordings', key: 'one.wav', versionId: 'v1', sizeBytes: CONTENT.length };

/** S3 whose connections break off behind so many bytes, one after the other. */
function breaking(...behind: number[]) {
  const asked: (string | undefined)[] = [];
  const send = async (command: unknown) => {
    if (command instanceof HeadObjectCommand) {
      if (command.input.Key === 'gone') throw Object.assign(new Error('gone'), { name: 'NotFound' });
      return { VersionId: 'v7', ContentLength: 10 };
    }
    if (!(command instanceof GetObjectCommand)) throw new Error('it is not part of this test');
    const { Range, VersionId } = command.input;
    expect(VersionId).toBe('v1');
    asked.push(Range);
    const rest = CONTENT.subarray(Number(/bytes=(\d+)-/.exec(Range ?? '')?.[1] ?? 0));
    const breaks = behind.shift();
    async function* body() {
      yield rest.subarray(0, breaks ?? rest.length);
      if (breaks !== undefined) throw new Error('the connection broke off');
    }
    return { Body: Readable.from(body(), { objectMode: false }) };
  };
  const objects = evidenceObjects({ send } as unknown as S3Client, 'evidence');
  const read = async () => Buffer.concat(await Array.fromAsync(objects.content(object))).toString();
  return { objects, read, asked };
}

it('what breaks off is read on from where it broke off', async () => {
  const { read, asked } = breaking(4, 3);
  expect(await read()).toBe('0123456789');
  expect(asked).toEqual([undefined, 'bytes=4-9', 'bytes=7-9']);
});

it('what breaks off again and again without one more byte is given up', async () => {
  await expect(breaking(4, 0, 0, 0, 0).read()).rejects.toThrow('broke off');
});

it('the current version of an object is found, and one that is gone is not', async () => {
  const { objects } = breaking();
  expect(await objects.find({ bucket: 'b', key: 'k' })).toEqual({
    bucket: 'b',
    key: 'k',
    versionId: 'v7',
    sizeBytes: 10,
  });
  expect(await objects.find({ bucket: 'b', key: 'gone' })).toBeUndefined();
});

/** As much of S3 as an upload asks of it, over HTTP: `store` uploads to it, `asked` is what came, in order. */
async function uploading({ refuses = () => false }: { readonly refuses?: (what: string) => boolean } = {}) {
  const asked: { what: string; headers: IncomingHttpHeaders; body: Buffer }[] = [];
  const xml = (name: string, content: string) => `<?xml version="1.0"?><${name}>${content}</${name}>`;
  const server = createServer(async (request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://s3');
    const part = searchParams.get('partNumber');
    const isCreate = searchParams.has('uploads');
    const what = isCreate
      ? 'create'
      : part
        ? `part ${part}`
        : request.method === 'POST'
          ? 'complete'
          : `${request.method}`;
    const body = await buffer(request);
    asked.push({ what, headers: request.headers, body });
    if (refuses(what)) return response.writeHead(400).end(xml('Error', '<Code>InvalidRequest</Code>'));
    response.writeHead(200, { etag: `"${what}"`, 'x-amz-version-id': 'v1' });
    response.end(
      isCreate
        ? xml('InitiateMultipartUploadResult', '<UploadId>u</UploadId>')
        : what === 'complete'
          ? xml('CompleteMultipartUploadResult', '<ETag>"e"</ETag>')
          : '',
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const s3 = new S3Client({
    ...{ endpoint: `http://127.0.0.1:${port}`, region: 'eu-central-1', forcePathStyle: true, maxAttempts: 1 },
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    // As an environment may say it: what is locked needs checksums all the same.
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  onTestFinished(() => {
    s3.destroy();
    server.close();
    server.closeAllConnections();
  });
  const lock = { mode: 'compliance', until: '2027-10-14T12:00:00.000Z' } as const;
  const store = (content: AsyncIterable<Uint8Array>, signal = new AbortController().signal) =>
    evidenceObjects(s3, 'evidence').store('disputes/d1/evidence-00001.zip', content, lock, signal);
  return { asked, store };
}

const MIB = 1024 * 1024;

/** So many bytes, none of which is like the one before. */
async function* mebibytes(count: number, behind?: () => void) {
  for (let i = 0; i < count; i++) {
    yield Buffer.alloc(MIB, Buffer.from([i, 1, 2, 3, 4, 5, 6]));
    behind?.();
  }
}

const checksumOf = (bytes: Buffer): string => {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(crc32(bytes));
  return four.toString('base64');
};
const locked = {
  'x-amz-object-lock-mode': 'COMPLIANCE',
  'x-amz-object-lock-retain-until-date': '2027-10-14T12:00:00Z',
};

describe('a package that is stored', () => {
  it('is locked at once, in one piece with its checksum, while it is small', async () => {
    const { asked, store } = await uploading();
    expect(await store(mebibytes(2))).toMatchObject({ versionId: 'v1', sizeBytes: 2 * MIB });
    expect(asked.map(({ what }) => what)).toEqual(['PUT']);
    expect(asked[0]?.headers).toMatchObject(locked);
    expect(asked[0]?.headers['x-amz-checksum-crc32']).toBe(checksumOf(asked[0]?.body ?? Buffer.alloc(0)));
  });

  it('is locked as its upload begins, in parts each of which has its checksum, when it is large', async () => {
    const { asked, store } = await uploading();
    const stored = await store(mebibytes(19));
    expect(asked[0]?.what).toBe('create');
    expect(asked[0]?.headers).toMatchObject({ ...locked, 'x-amz-checksum-algorithm': 'CRC32' });
    const parts = asked.filter(({ what }) => what.startsWith('part ')).toSorted((a, b) => (a.what < b.what ? -1 : 1));
    expect(parts.map(({ what, body }) => [what, body.length / MIB])).toEqual([
      ['part 1', 8],
      ['part 2', 8],
      ['part 3', 3],
    ]);
    for (const { headers, body } of parts) expect(headers['x-amz-checksum-crc32']).toBe(checksumOf(body));
    expect(asked.at(-1)?.what).toBe('complete');
    const whole = Buffer.concat(parts.map(({ body }) => body));
    expect(stored).toEqual({
      versionId: 'v1',
      sizeBytes: whole.length,
      sha256: createHash('sha256').update(whole).digest('hex'),
    });
    expect(whole.equals(Buffer.concat(await Array.fromAsync(mebibytes(19))))).toBe(true);
  });

  it.each([
    ['a part is refused', { refuses: (what: string) => what === 'part 2' }, undefined],
    ['what it is made of breaks off', {}, 20],
  ])('is not there where %s', async (_why, s3, breaksBehind) => {
    const { asked, store } = await uploading(s3);
    let count = 0;
    const breaks = () => {
      if (++count === breaksBehind) throw new Error('it broke off');
    };
    await expect(store(mebibytes(30, breaks))).rejects.toThrow();
    const told = asked.map(({ what }) => what);
    expect(told).not.toContain('complete');
    expect(told).toContain('DELETE');
  });

  it('is not there where it is given up', async () => {
    const { asked, store } = await uploading();
    const ending = new AbortController();
    let count = 0;
    const givesUp = () => {
      if (++count === 20) ending.abort();
    };
    await expect(store(mebibytes(30, givesUp), ending.signal)).rejects.toThrow();
    expect(asked.map(({ what }) => what)).not.toContain('complete');
  });
});
