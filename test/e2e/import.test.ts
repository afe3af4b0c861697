import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openWhole } from '../../bin/import/content.ts';
import { uploader } from '../../bin/import/uploader.ts';
import { buckets, s3, sampleAudio, settled } from './stack.ts';

const repository = join(import.meta.dirname, '../..');
const outputs = inject('outputs');
/** A bucket that nothing listens to, for files that are no calls. */
const QUIET = 'import-quiet';
let scratch = '';

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'import-e2e-'));
  await s3.send(new CreateBucketCommand({ Bucket: QUIET }));
  await s3.send(new PutBucketVersioningCommand({ Bucket: QUIET, VersioningConfiguration: { Status: 'Enabled' } }));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

async function write(path: string, bytes: string | Uint8Array): Promise<string> {
  const file = join(scratch, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
  return file;
}

const environment = () => ({
  ...process.env,
  AWS_ENDPOINT_URL: outputs.endpoint,
  AWS_REGION: outputs.region,
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  XDG_STATE_HOME: join(scratch, 'state'),
});
const commandLine = (directory: string, bucket: string, options: string[]) => [
  join(repository, 'bin/cli.ts'),
  ...['import', join(scratch, directory), '--source', 'support', '--bucket', bucket, ...options],
];

/** Runs the command line as an operator does. */
async function importing(directory: string, bucket: string, ...options: string[]) {
  return new Promise<{ code: number; output: string }>((resolve) => {
    const settings = { cwd: repository, env: environment() };
    execFile(process.execPath, commandLine(directory, bucket, options), settings, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
    );
  });
}

/** The keys of all versions below a prefix: a key is there as often as it has versions. */
async function versions(bucket: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  let from: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
  while (from) {
    const page: ListObjectVersionsCommandOutput = await s3.send(
      new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, ...from }),
    );
    keys.push(...(page.Versions ?? []).map((version) => version.Key ?? ''));
    from = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker } : undefined;
  }
  return keys.sort();
}

/** Bytes that begin as a WAVE file does. */
function wave(sizeBytes: number): Buffer {
  const bytes = randomBytes(sizeBytes);
  bytes.write('RIFF\0\0\0\0WAVEfmt ', 0, 'latin1');
  return bytes;
}
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('an archive of recordings with its manifest', () => {
  const odd = "2019/+1555 (a) 50% o'né.mp3";
  const keys = [`support/archive/${odd}`, 'support/archive/mono.wav'];
  const options = () => ['--prefix', 'support/archive/', '--manifest', join(scratch, 'archive/calls.csv')];

  beforeAll(async () => {
    await write(`archive/${odd}`, await sampleAudio('credit-within-policy.mp3'));
    await write('archive/mono.wav', await sampleAudio('mono-outage.wav'));
    await write('archive/notes.txt', 'not a call');
    await write('archive/empty.wav', '');
    await write(
      'archive/calls.csv',
      [
        'file,agent-id,customer-id,started-at,queue',
        `"${odd}",agent-import,customer-import,2026-04-01T09:00:00Z,billing`,
        'mono.wav,agent-import,customer-import,2026-04-01T10:00:00Z,',
        'lost.wav,agent-import,customer-import,2026-04-01T11:00:00Z,',
      ].join('\n'),
    );
  });

  it('is refused whole when the manifest lacks a column', async () => {
    const manifest = await write('short.csv', 'file,agent-id\nmono.wav,agent-import\n');
    const { code, output } = await importing('archive', QUIET, '--manifest', manifest);
    expect([code, output]).toEqual([1, expect.stringContaining('it has no column customer-id, started-at')]);
    expect(await versions(QUIET, 'support/')).toEqual([]);
  });

  it('can be looked at before anything is uploaded', async () => {
    const { code, output } = await importing('archive', buckets.recordings, ...options(), '--dry-run');
    for (const key of keys) expect(output).toContain(`upload  ${key}`);
    expect([code, await versions(buckets.recordings, 'support/archive/')]).toEqual([0, []]);
  });

  it('becomes calls with the metadata of the manifest, and a report of what was left out', async () => {
    const report = join(scratch, 'report.json');
    const { code } = await importing('archive', buckets.recordings, ...options(), '--report', report);
    expect(code).toBe(0);
    expect(JSON.parse(await readFile(report, 'utf8'))).toMatchObject({
      ended: 'completed',
      files: { uploaded: 2, replaced: 0, 'already-there': 0, skipped: 3, failed: 0 },
      skipped: [
        { file: 'empty.wav', reason: 'empty' },
        { file: 'calls.csv', reason: expect.stringMatching(/^not audio/) },
        { file: 'notes.txt', reason: expect.stringMatching(/^not audio/) },
      ],
      failed: [],
      rowsWithoutFile: [{ file: 'lost.wav', line: 4 }],
    });
    const [key = ''] = keys;
    const head = await s3.send(new HeadObjectCommand({ Bucket: buckets.recordings, Key: key }));
    expect(head.Metadata?.sha256).toBe(sha256(await sampleAudio('credit-within-policy.mp3')));
    const call = await settled({ bucket: buckets.recordings, key, versionId: head.VersionId ?? '' });
    expect(call).toMatchObject({
      state: 'tagged',
      agentId: 'agent-import',
      customerId: 'customer-import',
      startedAt: '2026-04-01T09:00:00.000Z',
    });
  });

  it('makes no new version when it is imported again, not even without its journal', async () => {
    const elsewhere = ['--journal', join(scratch, 'other.sqlite')];
    for (const more of [[], elsewhere, ['--recheck']]) {
      const { code, output } = await importing('archive', buckets.recordings, ...options(), ...more);
      expect([code, output]).toEqual([0, expect.stringMatching(/^already there +2 /m)]);
    }
    expect(await versions(buckets.recordings, 'support/archive/')).toEqual(keys.toSorted());
  });
});

describe('an upload', () => {
  const store = uploader(s3, QUIET);
  const put = async (key: string, bytes: Uint8Array, metadata = {}) => {
    const found = { path: key, file: await write(key, bytes), sizeBytes: bytes.length, modifiedMs: 0 };
    const to = { key, sizeBytes: bytes.length, contentType: 'audio/wav', metadata };
    return store.send(to, await (await openWhole(found)).content());
  };
  const get = async (key: string) => {
    const object = await s3.send(new GetObjectCommand({ Bucket: QUIET, Key: key, ChecksumMode: 'ENABLED' }));
    return { bytes: await object.Body?.transformToByteArray(), checksum: object.ChecksumSHA256 ?? '' };
  };

  it.each([
    ['in one request', 1024, /=$/],
    ['in parts, the last one short', 17 * 1024 ** 2 + 5, /-3$/],
    ['in parts that are all whole', 16 * 1024 ** 2, /-2$/],
  ])('%s arrives whole, with its checksum', async (_, sizeBytes, checksum) => {
    const bytes = wave(sizeBytes);
    const key = `whole/${sizeBytes}.wav`;
    expect(await put(key, bytes)).toMatchObject({ kind: 'uploaded' });
    const there = await get(key);
    expect(there.checksum).toMatch(checksum);
    expect(sha256(there.bytes ?? new Uint8Array())).toBe(sha256(bytes));
    expect(await put(key, bytes)).toMatchObject({ kind: 'already-there' });
  });

  it('replaces another recording under its key, and the same with other metadata', async () => {
    const [one, two] = [wave(1024), wave(1024)];
    await put('replaced.wav', one, { 'agent-id': 'lee' });
    expect(await put('replaced.wav', two, { 'agent-id': 'lee' })).toMatchObject({ kind: 'replaced' });
    expect(await put('replaced.wav', two, { 'agent-id': 'kim' })).toMatchObject({ kind: 'replaced' });
    expect(await put('replaced.wav', two, { 'agent-id': 'kim' })).toMatchObject({ kind: 'already-there' });
    expect(await versions(QUIET, 'replaced.wav')).toHaveLength(3);
  });

  it('makes one version however many do it at once', async () => {
    const bytes = wave(1024);
    const kinds = await Promise.all(Array.from({ length: 8 }, () => put('race.wav', bytes)));
    expect(kinds.filter(({ kind }) => kind === 'uploaded')).toHaveLength(1);
    expect(await versions(QUIET, 'race.wav')).toHaveLength(1);
  });

  it('fails when a file is no longer what was hashed, and leaves nothing behind', async () => {
    const bytes = wave(17 * 1024 ** 2);
    const file = await write('changing.wav', bytes);
    const found = { path: 'changing.wav', file, sizeBytes: bytes.length, modifiedMs: 0 };
    const content = await (await openWhole(found)).content();
    await writeFile(file, wave(bytes.length));
    const to = { key: 'changing.wav', sizeBytes: bytes.length, contentType: 'audio/wav', metadata: {} };
    await expect(store.send(to, content)).rejects.toThrow('it was changed while it was read');
    expect(await versions(QUIET, 'changing.wav')).toEqual([]);
  });

  it('is refused with bytes that do not have its checksum', async () => {
    const ChecksumSHA256 = createHash('sha256').update('other').digest('base64');
    const wrong = new PutObjectCommand({ Bucket: QUIET, Key: 'wrong.wav', Body: 'bytes', ChecksumSHA256 });
    await expect(s3.send(wrong)).rejects.toMatchObject({ name: 'BadDigest' });
  });
});

it('an import that is interrupted with Ctrl-C goes on where it was, and uploads nothing twice', async () => {
  const FILES = 1500;
  for (let i = 0; i < FILES; i++) await write(`many/${i}.wav`, wave(256));
  const options = ['--prefix', 'support/many/', '--concurrency', '1', '--report', join(scratch, 'many.json')];
  const child = spawn(process.execPath, commandLine('many', QUIET, options), {
    cwd: repository,
    env: environment(),
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  const begun = async () =>
    (await s3.send(new ListObjectsV2Command({ Bucket: QUIET, Prefix: 'support/many/', MaxKeys: 1 }))).KeyCount;
  while (!(await begun()) && child.exitCode === null) await sleep(20);
  child.kill('SIGINT');
  expect(await ended).toEqual([130, null]);
  const report = JSON.parse(await readFile(join(scratch, 'many.json'), 'utf8'));
  expect(report).toMatchObject({ ended: 'interrupted', files: { failed: 0 } });
  const before = await versions(QUIET, 'support/many/');
  expect(before).toHaveLength(report.files.uploaded);

  const { code, output } = await importing('many', QUIET, ...options, '--concurrency', '8');
  const rest = (FILES - before.length).toLocaleString('en-US');
  expect([code, output]).toEqual([0, expect.stringMatching(new RegExp(`^uploaded +${rest} `, 'm'))]);
  const after = await versions(QUIET, 'support/many/');
  expect([after.length, new Set(after).size]).toEqual([FILES, FILES]);
});
