import { createHash, createPublicKey, verify } from 'node:crypto';
import type { Entry } from 'yauzl';
import * as z from 'zod';
import { CustodyHead, checkChain, Moment } from '../../lambdas/calls/calls.ts';
import { fingerprintOf } from '../../lambdas/disputes/evidence/evidence-signer.ts';
import {
  MANIFEST,
  Manifest,
  type ManifestCall,
  type ManifestFile,
  PUBLIC_KEY,
  SIGNATURE,
} from '../../lambdas/disputes/evidence/manifest.ts';
import { Transcript } from '../../lambdas/transcription/transcription.ts';
import { type Alteration, openPackage, type PackageZip } from './zip-file.ts';

export type { Alteration };

/** By what a package's key is known: by the key itself, or its fingerprint (SHA-256 of its DER, in hex). */
export interface KnownKey {
  /** PEM. */
  readonly key?: string | undefined;
  readonly fingerprint?: string | undefined;
}

/** What a verification found. */
export interface Verification {
  /** Whether nothing was altered. */
  readonly intact: boolean;
  readonly altered: readonly Alteration[];
  /** What the signed manifest says; none where it cannot be read. */
  readonly manifest?: Manifest;
  /** The fingerprint of the key that the signature was checked against; none where there is no key. */
  readonly fingerprint?: string;
  /** Whether that key was known from elsewhere: else whoever made the package may have put it there. */
  readonly keyIsKnown: boolean;
}

/** Larger texts are none of a package: they are not read into memory. */
const MAX_TEXT_BYTES = 512 * 1024 * 1024;

/**
 * Verifies a package without a network, in constant memory: its ZIP, the signature over its manifest, each file's hash and
 * size, that no file is missing or was added, the custody chain of each call, and that the transcript of each call says what
 * its moments quote.
 *
 * @param file the path of the ZIP
 * @throws Error where there is no such file, or the key that is given is none
 */
export async function verifyPackage(file: string, known: KnownKey = {}): Promise<Verification> {
  const { zip, found } = await openPackage(file);
  const keyIsKnown = known.key !== undefined || known.fingerprint !== undefined;
  if (!zip) return { intact: false, altered: found, keyIsKnown };
  const altered = [...found];
  const alter = (path: string, what: string) => void altered.push({ path, what });
  try {
    const entries = new Map(zip.entries.map((entry) => [entry.fileName, entry]));
    const small = async (path: string): Promise<Buffer | undefined> => {
      const entry = entries.get(path);
      if (!entry) alter(path, 'it is missing');
      return entry && (await bytesOf(zip, entry, alter));
    };
    const manifestBytes = await small(MANIFEST);
    const signature = await small(SIGNATURE);
    const packaged = await small(PUBLIC_KEY);
    const pem = known.key ?? packaged?.toString('utf8');
    const fingerprint = pem === undefined ? undefined : checkKey(pem, known, alter);
    if (pem !== undefined && fingerprint !== undefined && manifestBytes && signature)
      if (!isSigned(manifestBytes, signature, pem))
        alter(MANIFEST, `the key did not sign it: ${MANIFEST} or ${SIGNATURE} was altered, or it is another key's`);

    const manifest = manifestBytes && manifestOf(manifestBytes, alter);
    const result = { altered, fingerprint, keyIsKnown };
    if (!manifest) return { ...result, intact: false };
    if (fingerprint !== undefined && manifest.keyFingerprint !== fingerprint)
      alter(MANIFEST, `it says that it was signed with another key: ${manifest.keyFingerprint}`);
    await checkFiles(zip, manifest, entries, alter);
    for (const call of manifest.calls) await checkCall(zip, call, entries, alter);
    return { ...result, manifest, intact: altered.length === 0 };
  } finally {
    await zip.close();
  }
}

type Alter = (path: string, what: string) => void;

/** The fingerprint of the key that is checked against, compared with the one that is known. */
function checkKey(pem: string, known: KnownKey, alter: Alter): string | undefined {
  let fingerprint: string;
  try {
    fingerprint = fingerprintOf(pem);
  } catch (cause) {
    if (known.key !== undefined) throw new Error('the key that was given is no public key in PEM', { cause });
    alter(PUBLIC_KEY, 'it is no public key');
    return undefined;
  }
  const wanted = known.fingerprint?.replaceAll(/[\s:]/g, '').toLowerCase();
  if (wanted !== undefined && wanted !== fingerprint)
    alter(PUBLIC_KEY, `it is not the key that is known: its fingerprint is ${fingerprint}`);
  return fingerprint;
}

function isSigned(manifest: Buffer, signature: Buffer, pem: string): boolean {
  try {
    return verify('sha256', manifest, { key: createPublicKey(pem), dsaEncoding: 'der' }, signature);
  } catch {
    return false;
  }
}

function manifestOf(bytes: Buffer, alter: Alter): Manifest | undefined {
  const manifest = Manifest.safeParse(parsed(bytes));
  if (!manifest.success) alter(MANIFEST, 'it is no manifest of a package');
  return manifest.data;
}

async function checkFiles(
  zip: PackageZip,
  { files }: Manifest,
  entries: ReadonlyMap<string, Entry>,
  alter: Alter,
): Promise<void> {
  const listed = new Map(files.map((one) => [one.path, one]));
  if (listed.size < files.length) alter(MANIFEST, 'it lists a file twice');
  for (const path of entries.keys())
    if (!listed.has(path) && path !== MANIFEST && path !== SIGNATURE)
      alter(path, 'the manifest does not know it: it was added, or has another name');
  for (const file of files) {
    const entry = entries.get(file.path);
    if (!entry) alter(file.path, 'it is missing, or has another name');
    else await checkFile(zip, file, entry, alter);
  }
}

async function checkFile(zip: PackageZip, file: ManifestFile, entry: Entry, alter: Alter): Promise<void> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of await zip.content(entry)) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch (error) {
    return alter(file.path, `it cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  if (bytes !== file.bytes) alter(file.path, `it has ${bytes} bytes, and had ${file.bytes}`);
  else if (hash.digest('hex') !== file.sha256) alter(file.path, 'its content was altered');
}

const CustodyFile = z.object({ callId: z.string(), head: CustodyHead.optional(), entries: z.array(z.unknown()) });
const MomentsFile = z.array(z.object({ moments: z.array(Moment) }));

async function checkCall(
  zip: PackageZip,
  { callId, directory, custodyHead }: ManifestCall,
  entries: ReadonlyMap<string, Entry>,
  alter: Alter,
): Promise<void> {
  const read = async <S extends z.ZodType>(name: string, schema: S): Promise<z.infer<S> | undefined> => {
    const path = `${directory}/${name}`;
    const entry = entries.get(path);
    const bytes = entry && (await bytesOf(zip, entry, alter));
    if (!bytes) return undefined;
    const content = schema.safeParse(parsed(bytes));
    if (!content.success) alter(path, 'it is not what such a file is');
    return content.data;
  };
  const custody = await read('custody.json', CustodyFile);
  if (custody) {
    const path = `${directory}/custody.json`;
    const { head } = custody;
    if (custody.callId !== callId || (head && head.callId !== callId))
      alter(path, `it is not that of the call ${callId}`);
    if (head?.hash !== custodyHead?.hash || head?.entries !== custodyHead?.entries)
      alter(path, 'its head is not the one that the manifest tells');
    for (const { message } of checkChain(custody.entries, head).faults) alter(path, message);
  }
  const transcript = await read('transcript.json', Transcript);
  const taggings = await read('moments.json', MomentsFile);
  if (!transcript || !taggings) return;
  for (const moment of taggings.flatMap(({ moments }) => moments))
    if (!isSaid(moment, transcript))
      alter(
        `${directory}/moments.json`,
        `the transcript does not say "${moment.quote}" from ${moment.startMs} to ${moment.endMs} ms`,
      );
}

/** A number that a rule hides in its quotes. */
const HIDDEN = '***';

/** Whether the words that a moment quotes are said, in their order, by its speaker in its time. */
export function isSaid({ quote, speaker, startMs, endMs }: Moment, { turns }: Transcript): boolean {
  const wordsOf = (text: string) => text.split(/\s+/).filter((word) => word !== '');
  const said = turns
    .filter((turn) => turn.speaker === speaker)
    .flatMap(({ words }) => words.filter((word) => word.startMs >= startMs && word.endMs <= endMs))
    .flatMap(({ text }) => wordsOf(text));
  let at = 0;
  return wordsOf(quote).every((word) => {
    const found = said.findIndex((one, i) => i >= at && (one === word || word === HIDDEN));
    at = found + 1;
    return found >= 0;
  });
}

async function bytesOf(zip: PackageZip, entry: Entry, alter: Alter): Promise<Buffer | undefined> {
  try {
    if (entry.uncompressedSize > MAX_TEXT_BYTES) throw new Error(`${entry.uncompressedSize} bytes are too many for it`);
    return Buffer.concat(await Array.fromAsync(await zip.content(entry)));
  } catch (error) {
    alter(entry.fileName, `it cannot be read: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
