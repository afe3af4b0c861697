import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { isSaid, type Verification, verifyPackage } from '../../../bin/verify/verify-package.ts';
import { entryAfter } from '../../../lambdas/calls/calls.ts';
import { evidenceArchive, type PackageFile, textFile } from '../../../lambdas/disputes/evidence/evidence-archive.ts';
import { Manifest, manifestText, sumsText } from '../../../lambdas/disputes/evidence/manifest.ts';
import {
  evidenceWorld,
  memorySigner,
  moment,
  taggedCall,
  transcript,
} from '../../lambdas/disputes/evidence/evidence-world.ts';
import { hasTools, verifyByHand } from './by-hand.ts';

let folder: string;
let zip: Buffer;
let files: [path: string, content: Buffer][];
const signer = memorySigner();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-'));
  zip = await (await evidenceWorld({ calls: [taggedCall('call1')], signer })).built();
  const opened = await fromBufferPromise(zip, { lazyEntries: true });
  files = [];
  for await (const entry of opened.eachEntry())
    files.push([entry.fileName, Buffer.concat(await Array.fromAsync(await opened.openReadStreamPromise(entry)))]);
});
afterAll(() => rm(folder, { recursive: true }));

let written = 0;
async function verifyZip(bytes: Uint8Array, known = {}): Promise<Verification> {
  const file = join(folder, `${++written}.zip`);
  await writeFile(file, bytes);
  const found = await verifyPackage(file, known);
  await rm(file);
  return found;
}

/** A ZIP of files, as packages are written. */
async function zipOf(all: readonly (readonly [string, Buffer])[]): Promise<Buffer> {
  const archive = evidenceArchive();
  const bytes = Array.fromAsync(archive.output);
  for (const [path, content] of all) await archive.add({ path, content: () => [content] } satisfies PackageFile);
  archive.end();
  return Buffer.concat(await bytes);
}

const named = ({ altered }: Verification) => altered.map(({ path }) => path);

/** To which file each byte of the ZIP belongs; those of its directory to none. */
function ownerOf(at: number): string | undefined {
  let from = 0;
  for (const [path, content] of files) {
    from += 30 + Buffer.byteLength(path) + content.length + 16;
    if (at < from) return path;
  }
  return undefined;
}

describe('a package that was altered', () => {
  it('in any single byte is found, with the file that it is in', async () => {
    const isNamed = async (at: number, bit: number) => {
      const altered = Buffer.from(zip);
      altered[at] = (altered[at] ?? 0) ^ (1 << bit);
      const found = await verifyZip(altered);
      expect(found.intact).toBe(false);
      const owner = ownerOf(at);
      // What cannot be read as a ZIP any more, or has a file of another name, names that.
      if (owner === 'manifest.sig') expect(JSON.stringify(found.altered)).toContain('manifest.sig');
      else if (owner !== undefined && found.manifest) expect(named(found)).toContain(owner);
      expect(found.altered.length).toBeGreaterThan(0);
    };
    const at = fc.integer({ min: 0, max: zip.length - 1 });
    await fc.assert(fc.asyncProperty(at, fc.integer({ min: 0, max: 7 }), isNamed), { numRuns: 300 });
    // Of what belongs to no file's content, every byte.
    const [first] = files;
    const header = 30 + (first?.[0].length ?? 0);
    for (let i = 0; i < header; i++) await isNamed(i, i % 8);
    const directoryAt = files.reduce((sum, [path, content]) => sum + 46 + Buffer.byteLength(path) + content.length, 0);
    for (let i = directoryAt; i < zip.length; i += 3) await isNamed(i, i % 8);
  });

  const anyFile = fc.nat().map((n) => n % 16);

  it('by a file that was removed is found, and the file', async () => {
    for (const [path] of files) {
      const found = await verifyZip(await zipOf(files.filter(([one]) => one !== path)));
      expect(found.intact).toBe(false);
      expect(named(found)).toContain(path);
    }
  });

  it('by a file that was added is found, and the file', async () => {
    const name = fc.stringMatching(/^[a-z]{1,20}(\/[a-z]{1,20}\.json)?$/);
    await fc.assert(
      fc.asyncProperty(name, fc.uint8Array(), async (path, content) => {
        const found = await verifyZip(await zipOf([...files, [path, Buffer.from(content)]]));
        expect(found.intact).toBe(false);
        expect(named(found)).toEqual([path]);
      }),
      { numRuns: 20 },
    );
  });

  it('by files that were renamed, swapped or put in another order is found, and the files', async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, anyFile, async (i, j) => {
        const [one, other] = [files[i], files[j]];
        if (!one || !other || i === j || one[1].equals(other[1])) return;
        const swapped = files.map(([path, content]): [string, Buffer] => [
          path,
          path === one[0] ? other[1] : path === other[0] ? one[1] : content,
        ]);
        const found = await verifyZip(await zipOf(swapped));
        const told = JSON.stringify(found.altered);
        expect(found.intact).toBe(false);
        for (const [path] of [one, other])
          if (found.manifest || path.startsWith('manifest')) expect(told).toContain(path);
        const renamed = await verifyZip(
          await zipOf(files.map(([path, content]) => [path === one[0] ? 'x' : path, content])),
        );
        expect(renamed.intact).toBe(false);
        expect(named(renamed)).toContain(one[0]);
      }),
      { numRuns: 20 },
    );
  });

  it('by data in front of it, behind it, or in its comment is found', async () => {
    for (const bytes of [
      Buffer.concat([Buffer.from('hidden'), zip]),
      Buffer.concat([zip, Buffer.from('hidden')]),
      Buffer.concat([zip.subarray(0, -2), Buffer.from([6, 0]), Buffer.from('hidden')]),
    ]) {
      const found = await verifyZip(bytes);
      expect(found.intact).toBe(false);
      expect(found.altered.length).toBeGreaterThan(0);
    }
  });

  it('by a file that is there twice, or leads out of its folder, is found', async () => {
    const twice = await verifyZip(
      await zipOf([...files, ['call.json', Buffer.from('1')], ['call.json', Buffer.from('2')]]),
    );
    expect(twice.altered).toContainEqual({ path: 'call.json', what: expect.stringContaining('twice') });
    const harmless = await zipOf([...files, ['aa/evil.json', Buffer.from('1')]]);
    const traversal = Buffer.from(harmless.toString('latin1').replaceAll('aa/evil.json', '../evil.json'), 'latin1');
    expect(traversal).toHaveLength(harmless.length);
    const found = await verifyZip(traversal);
    expect(found.intact).toBe(false);
    expect(JSON.stringify(found.altered)).toContain('../evil.json');
  });

  it('is found also where whoever altered it signed it anew, by whoever knows the key', async () => {
    const forged = await evidenceWorld({ calls: [taggedCall('call1')], signer: memorySigner() });
    const other = await forged.built();
    expect(await verifyZip(other)).toMatchObject({ intact: true, keyIsKnown: false });
    const { pem, fingerprint } = await signer.publicKey();
    for (const known of [{ key: pem }, { fingerprint }]) {
      const found = await verifyZip(other, known);
      expect(found).toMatchObject({ intact: false, keyIsKnown: true });
      expect(await verifyZip(zip, known)).toMatchObject({ intact: true, keyIsKnown: true, fingerprint });
    }
  });
});

describe('a package that was signed as it is', () => {
  /** The package with other content of some files, signed as if the stack had built it so. */
  async function signedWith(changed: Record<string, unknown>): Promise<Verification> {
    const contents = files.map(([path, content]): [string, Buffer] => [
      path,
      path in changed ? Buffer.from(JSON.stringify(changed[path])) : content,
    ]);
    const sealed = contents.filter(([path]) => !path.startsWith('manifest.'));
    const before = Manifest.parse(JSON.parse(String(files.find(([path]) => path === 'manifest.json')?.[1])));
    const listed = before.files.map((one) => {
      const content = sealed.find(([path]) => path === one.path)?.[1] ?? Buffer.alloc(0);
      return { ...one, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
    });
    const text = manifestText({ ...before, files: listed });
    return verifyZip(
      await zipOf([
        ...sealed,
        ['manifest.json', Buffer.from(text)],
        ['manifest.sig', await signer.sign(Buffer.from(text))],
      ]),
    );
  }
  const jsonOf = (name: string) => JSON.parse(String(files.find(([path]) => path === `calls/01-call1/${name}`)?.[1]));

  it('is intact', async () => {
    expect(await signedWith({})).toMatchObject({ intact: true, altered: [] });
  });

  it('is refused where its custody has a gap, an edit, or another head than the manifest tells', async () => {
    const path = 'calls/01-call1/custody.json';
    const custody = jsonOf('custody.json');
    const [first, second] = custody.entries;
    for (const [changed, what] of [
      [{ ...custody, entries: [second] }, /missing/],
      [{ ...custody, entries: [{ ...first, why: 'another reason' }, second] }, /edited/],
      [{ ...custody, entries: [first], head: { ...custody.head, entries: 1, hash: first.hash } }, /manifest/],
      [{ ...custody, entries: [first, entryAfter('call1', first, { ...second, kind: 'call-read' })] }, /head/],
    ] as const) {
      const { intact, altered } = await signedWith({ [path]: changed });
      expect(intact).toBe(false);
      expect(altered).toContainEqual({ path, what: expect.stringMatching(what) });
    }
  });

  it('is refused where a moment quotes what the transcript does not say', async () => {
    const path = 'calls/01-call1/moments.json';
    const history = jsonOf('moments.json');
    const { intact, altered } = await signedWith({
      [path]: history.map((one: object) => ({ ...one, moments: [{ ...moment, quote: 'a credit of ninety dollars' }] })),
    });
    expect(intact).toBe(false);
    expect(altered.map(({ what }) => what)).toContainEqual(expect.stringContaining('a credit of ninety dollars'));
  });

  it('quotes what is said: by that speaker, in that time, numbers hidden where a rule hides them', () => {
    expect(isSaid(moment, transcript)).toBe(true);
    expect(isSaid({ ...moment, quote: '' }, transcript)).toBe(true);
    expect(isSaid({ ...moment, quote: 'credit of *** dollars.' }, transcript)).toBe(true);
    expect(isSaid({ ...moment, quote: 'credit a of' }, transcript)).toBe(false);
    expect(isSaid({ ...moment, speaker: 'CUSTOMER' }, transcript)).toBe(false);
    expect(isSaid({ ...moment, startMs: 3000, endMs: 3100 }, transcript)).toBe(false);
  });
});

describe('what is no package', () => {
  it('is said to be none, or throws where there is nothing', async () => {
    expect(await verifyZip(Buffer.from('no ZIP'))).toMatchObject({ intact: false });
    expect(named(await verifyZip(await zipOf([['a.txt', Buffer.from('a')]])))).toContain('manifest.json');
    await expect(verifyPackage(join(folder, 'none.zip'))).rejects.toThrow('ENOENT');
    await expect(verifyZip(zip, { key: 'no key' })).rejects.toThrow('no public key');
  });
});

describe.skipIf(!hasTools)('the way with unzip, openssl and sha256sum alone', () => {
  const walk = (bytes: Buffer, alter?: (at: string) => Promise<void>) => verifyByHand(folder, bytes, alter);

  it('finds a package intact', async () => {
    const [key, signature, sums, ...checks] = await walk(zip);
    expect(key?.stdout).toContain((await signer.publicKey()).fingerprint);
    expect(signature?.stdout.trim()).toBe('Verified OK');
    expect(sums?.stdout).toContain('"sha256"');
    expect(checks).toHaveLength(3);
    for (const { failed, stdout } of checks) expect({ failed, stdout }).toEqual({ failed: false, stdout: '' });
  });

  it('finds what was altered, added or removed', async () => {
    const call = 'calls/01-call1/call.json';
    const altered = await walk(zip, (at) => writeFile(join(at, call), '{}'));
    expect(altered.filter(({ failed }) => failed)).toHaveLength(1);
    expect(JSON.stringify(altered)).toContain(`${call}: FAILED`);
    const added = await walk(zip, (at) => writeFile(join(at, 'more.txt'), 'more'));
    expect(added.at(-1)).toMatchObject({ failed: true, stdout: expect.stringContaining('more.txt') });
    const removed = await walk(zip, (at) => rm(join(at, call)));
    expect(JSON.stringify(removed.filter(({ failed }) => failed))).toContain(call);
    const signed = await walk(zip, async (at) => {
      const text = await readFile(join(at, 'manifest.json'), 'utf8');
      await writeFile(join(at, 'manifest.json'), text.replace('"number": 1', '"number": 2'));
    });
    expect(signed[1]).toMatchObject({ failed: true });
    const sums = await walk(zip, (at) => writeFile(join(at, 'SHA256SUMS'), sumsText([])));
    expect(sums[2]).toMatchObject({ failed: true });
  });
});

it('tells of a text file what it holds', () => {
  expect([...(textFile('a', 'ü').content() as Iterable<Uint8Array>)]).toEqual([Buffer.from('ü')]);
});
