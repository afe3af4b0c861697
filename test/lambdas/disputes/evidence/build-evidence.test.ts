import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBufferPromise, fromRandomAccessReaderPromise, RandomAccessReader } from 'yauzl';
import { verifyPackage } from '../../../../bin/verify/verify-package.ts';
import { descriptorOf, directoryOf, headerOf } from '../../../../bin/verify/zip-layout.ts';
import { checkChain } from '../../../../lambdas/calls/calls.ts';
import { EvidenceFailure } from '../../../../lambdas/disputes/evidence/build-evidence.ts';
import { disputeOf, evidenceWorld, taggedCall } from './evidence-world.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evidence-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The files of a ZIP, by their paths, in order. */
async function filesOf(zip: Buffer): Promise<Map<string, string>> {
  const opened = await fromBufferPromise(zip, { lazyEntries: true });
  const files = new Map<string, string>();
  for await (const entry of opened.eachEntry()) {
    const content = Buffer.concat(await Array.fromAsync(await opened.openReadStreamPromise(entry)));
    files.set(entry.fileName, content.toString());
  }
  return files;
}

async function verified(zip: Buffer, fingerprint?: string) {
  const file = join(folder, 'package.zip');
  await writeFile(file, zip);
  return verifyPackage(file, { fingerprint });
}

const manifestOf = (files: ReadonlyMap<string, string>) => JSON.parse(files.get('manifest.json') ?? '');

describe('an evidence package', () => {
  it('holds all that belongs to each call, and is intact', async () => {
    const { built, signer } = await evidenceWorld();
    const zip = await built();
    const ofCall = (directory: string) =>
      [
        ...['recording.wav', 'redacted.wav', 'transcript.json', 'transcript.vtt', 'transcript.html'],
        ...['original-transcript.json', 'moments.json', 'call.json', 'custody.json'],
      ].map((name) => `calls/${directory}/${name}`);
    const files = await filesOf(zip);
    expect([...files.keys()]).toEqual([
      'dispute.json',
      ...ofCall('01-call1'),
      ...ofCall('02-call2'),
      'rulebooks/r2.json',
      'policies/credits-2026_1-5f7f6008.txt',
      ...['index.html', 'VERIFY.txt', 'public-key.pem', 'SHA256SUMS', 'manifest.json', 'manifest.sig'],
    ]);
    expect(files.get('calls/01-call1/recording.wav')).toBe('the sound of call1');
    expect(files.get('policies/credits-2026_1-5f7f6008.txt')).toContain('At most 25 dollars.');
    const { fingerprint } = await signer.publicKey();
    expect(await verified(zip, fingerprint)).toMatchObject({
      intact: true,
      altered: [],
      keyIsKnown: true,
      fingerprint,
    });
  });

  it('tells of each file of S3 which version it is, and what is missing and why', async () => {
    const { built } = await evidenceWorld({ objects: { 'support/call2.wav': undefined } });
    const manifest = manifestOf(await filesOf(await built()));
    expect(manifest).toMatchObject({ disputeId: 'd1', number: 1, builtBy: 'Verbatim in 1, eu-central-1' });
    expect(manifest.files).toContainEqual(
      expect.objectContaining({
        path: 'calls/01-call1/recording.wav',
        bytes: 18,
        from: { bucket: 'recordings', key: 'support/call1.wav', versionId: 'v1' },
      }),
    );
    expect(manifest.missing).toEqual([
      { path: 'calls/02-call2/recording.wav', because: 'the recording is not kept any more' },
      { path: 'rulebooks/r1.json', because: expect.stringContaining('before rulebooks were registered') },
    ]);
  });

  it('holds no originals where none were asked for, and says so', async () => {
    const { built } = await evidenceWorld({ originals: false });
    const files = await filesOf(await built());
    expect([...files.keys()].filter((path) => /recording|original/.test(path))).toEqual([]);
    expect(manifestOf(files).missing.map(({ path }: { path: string }) => path)).toContain(
      'calls/01-call1/recording.wav',
    );
    expect(files.get('calls/01-call1/transcript.html')).toContain('src="redacted.wav"');
  });

  it('holds what is left of a dispute whose call is gone', async () => {
    const { built } = await evidenceWorld({ calls: [taggedCall('call1')], dispute: disputeOf('call1', 'gone') });
    const zip = await built();
    const { missing } = manifestOf(await filesOf(zip));
    expect(missing).toContainEqual({ path: 'calls/02-gone', because: 'the call is not kept any more' });
    expect(await verified(zip)).toMatchObject({ intact: true, keyIsKnown: false });
  });

  it('holds the custody of its calls up to the request, and they tell then that it was built', async () => {
    const { built, custody } = await evidenceWorld();
    const files = await filesOf(await built());
    const inside = JSON.parse(files.get('calls/01-call1/custody.json') ?? '');
    expect(inside.entries.map(({ kind }: { kind: string }) => kind)).toEqual(['received', 'evidence-requested']);
    expect(manifestOf(files).calls[0].custodyHead).toEqual({ entries: 2, hash: inside.head.hash });
    const { entries, head } = await custody.chain('call1');
    expect(checkChain(entries, head).intact).toBe(true);
    expect(entries.at(-1)).toMatchObject({ kind: 'evidence-built', details: { disputeId: 'd1', evidence: 1 } });
  });

  it('is stored locked until its time is over', async () => {
    const { built, locks, store } = await evidenceWorld();
    await built();
    expect(locks).toEqual([{ mode: 'governance', until: '2027-10-14T12:00:00.000Z' }]);
    expect(await store.get('d1', 1)).toMatchObject({
      state: 'built',
      file: { lockedUntil: '2027-10-14T12:00:00.000Z', sizeBytes: expect.any(Number), signature: expect.any(String) },
    });
  });
});

describe('building it again', () => {
  it('does nothing where it is built', async () => {
    const { built, build, custody, zips } = await evidenceWorld();
    const zip = await built();
    expect(await build()).toEqual({ outcome: 'skipped' });
    expect(zips.get('disputes/d1/evidence-00001.zip')).toBe(zip);
    expect((await custody.all('call1')).filter(({ kind }) => kind === 'evidence-built')).toHaveLength(1);
  });

  it('goes on where it broke off behind the ZIP: custody names the one that is handed out', async () => {
    const { request, build, custody, store, zips } = await evidenceWorld();
    await request();
    const breaks = { ...custody, append: async () => Promise.reject(new Error('it broke off')) };
    const afterwards = { ...custody };
    // The request is noted; what breaks is the note that it was built.
    let appended = 0;
    afterwards.append = (...given) => (++appended > 2 ? breaks.append() : custody.append(...given));
    await expect(build(1, { custody: afterwards })).rejects.toThrow('it broke off');
    expect(await store.get('d1', 1)).toMatchObject({ state: 'requested' });
    expect(await build()).toMatchObject({ outcome: 'built' });
    expect(zips.size).toBe(1);
    const { file } = (await store.get('d1', 1)) ?? {};
    expect((await custody.all('call2')).at(-1)?.details.manifestSha256).toBe(file?.manifestSha256);
  });

  it('is possible for one that failed, with its reason', async () => {
    const { request, build, store } = await evidenceWorld();
    const asked = await request();
    const outOfTime = AbortSignal.abort(new EvidenceFailure('it took longer'));
    expect(await build(1, {}, outOfTime)).toEqual({ outcome: 'failed', reason: 'it took longer' });
    expect(await store.get('d1', 1)).toMatchObject({ state: 'failed', failure: 'it took longer' });
    expect(await build()).toEqual({ outcome: 'skipped' });
    expect(await store.retry(asked, '2026-10-14T13:00:00.000Z')).toMatchObject({ state: 'requested', attempt: 2 });
    expect(await build()).toMatchObject({ outcome: 'built' });
    expect(await store.get('d1', 1)).not.toHaveProperty('failure');
  });

  it('counts the first of two builds of one package', async () => {
    const { request, build, store } = await evidenceWorld();
    await request();
    const outcomes = await Promise.all([build(), build()]);
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['built', 'skipped']);
    expect(await store.get('d1', 1)).toMatchObject({ state: 'built' });
  });
});

describe('a build that cannot end', () => {
  it('fails before it reads a byte of more audio than can be read in time', async () => {
    const { request, build, needs, store } = await evidenceWorld();
    await request();
    const find = async (at: Parameters<typeof needs.objects.find>[0]) => {
      const found = await needs.objects.find(at);
      return found && { ...found, sizeBytes: at.key.endsWith('call1.wav') ? 3e10 : found.sizeBytes };
    };
    expect(await build(1, { objects: { ...needs.objects, find } })).toMatchObject({ outcome: 'failed' });
    expect((await store.get('d1', 1))?.failure).toMatch(/larger than 22 GB.*ask without originals/);
  });

  it('ends when its time is over while it reads, and when S3 takes no more', async () => {
    const { request, build, needs, store } = await evidenceWorld();
    await request();
    const ending = new AbortController();
    async function* content() {
      yield Buffer.from('some of it');
      ending.abort(new EvidenceFailure('time is over'));
      yield Buffer.from('never');
    }
    expect(await build(1, { objects: { ...needs.objects, content } }, ending.signal)).toMatchObject({
      outcome: 'failed',
      reason: 'time is over',
    });
    await store.retry((await store.get('d1', 1)) ?? (await request()), '2026-10-14T13:00:00.000Z');
    const refuses = async () => Promise.reject(new Error('S3 takes no more'));
    await expect(build(1, { objects: { ...needs.objects, store: refuses } })).rejects.toThrow('S3 takes no more');
  });
});

it('is asked for once by one request, however often that comes', async () => {
  const { request } = await evidenceWorld();
  expect((await request('one')).number).toBe(1);
  expect((await request('two')).number).toBe(2);
  expect((await request('one')).number).toBe(1);
});

/** A ZIP of which only the end is in memory: enough to read its directory. */
class EndOfZip extends RandomAccessReader {
  private readonly end: Buffer;
  private readonly from: number;

  constructor(end: Buffer, size: number) {
    super();
    this.end = end;
    this.from = size - end.length;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from([this.end.subarray(start - this.from, end - this.from)]);
  }
}

it('needs as little memory for gigabytes as for kilobytes, and is a ZIP64 then', { timeout: 300_000 }, async () => {
  const { request, build, needs } = await evidenceWorld({ calls: [taggedCall('call1')] });
  await request();
  const chunk = Buffer.alloc(1024 * 1024, 7);
  const chunks = 4.2 * 1024;
  async function* content(object: Parameters<typeof needs.objects.content>[0]) {
    if (object.key !== 'support/call1.wav') return yield* needs.objects.content(object);
    for (let i = 0; i < chunks; i++) yield chunk;
  }
  let size = 0;
  const last: Uint8Array[] = [];
  let most = 0;
  const store = async (_key: string, zip: AsyncIterable<Uint8Array>) => {
    for await (const part of zip) {
      size += part.length;
      if (size > 4.1 * 1024 ** 3) last.push(part);
      most = Math.max(most, process.memoryUsage().rss);
    }
    return { versionId: 'z', sizeBytes: size, sha256: '0'.repeat(64) };
  };
  const before = process.memoryUsage().rss;
  expect(await build(1, { objects: { ...needs.objects, content, store } })).toMatchObject({ outcome: 'built' });
  expect(size).toBeGreaterThan(2 ** 32);
  expect(most - before).toBeLessThan(400 * 1024 * 1024);

  const end = Buffer.concat(last);
  const zip = await fromRandomAccessReaderPromise(new EndOfZip(end, size), size, { lazyEntries: true });
  const entries = await Array.fromAsync(zip.eachEntry());
  const file = entries.at(-1);
  if (!file) throw new Error('there is no file in it');
  const directoryAt =
    file.relativeOffsetOfLocalHeader + headerOf(file).length + file.uncompressedSize + descriptorOf(file).length;
  const directory = Buffer.concat(directoryOf(entries, directoryAt).map(({ bytes }) => bytes));
  expect(end.subarray(-directory.length).equals(directory)).toBe(true);
  expect(directoryAt + directory.length).toBe(size);
});
