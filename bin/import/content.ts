import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { HEAD_BYTES } from './audio-type.ts';
import type { FoundFile } from './walk.ts';

/** From this size on a file is sent in parts; smaller ones are held whole. */
export const MULTIPART_BYTES = 16 * 1024 ** 2;

/** The size of each part but the last. */
export const PART_BYTES = 8 * 1024 ** 2;

/** A file's bytes, hashed. */
export interface Content {
  /** SHA-256 of the whole file, in hex. */
  readonly sha256: string;
  /** What S3 calls its `ChecksumSHA256`: of the whole in base64, or, sent in parts, of the parts' hashes, `…-<parts>`. */
  readonly checksum: string;
  /** The bytes. A stream fails at its end when they are no longer those that were hashed. */
  readonly body: () => Buffer | Readable;
}

/** A file that was written to while it was read; the next run takes it up again. */
export class FileChanged extends Error {
  override readonly name = 'FileChanged';
  override readonly message = 'it was changed while it was read';
}

/** A file that can be read: its first bytes, which tell its type, and all of it. */
export interface OpenedFile {
  readonly head: Uint8Array;
  /**
   * Hashes the whole file.
   *
   * @throws FileChanged when its size is no longer that which was found
   */
  readonly content: () => Promise<Content>;
}

/** Opens a file that will be read to its end, most likely: a small one is read at once. */
export async function openWhole(found: FoundFile): Promise<OpenedFile> {
  if (found.sizeBytes >= MULTIPART_BYTES) return openHead(found);
  const bytes = await readFile(found.file);
  return { head: bytes.subarray(0, HEAD_BYTES), content: async () => contentOf(bytes, found.sizeBytes) };
}

/** Opens a file of which only the head is wanted, most likely. */
export async function openHead({ file, sizeBytes }: FoundFile): Promise<OpenedFile> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const content = async () =>
      sizeBytes < MULTIPART_BYTES ? contentOf(await readFile(file), sizeBytes) : readLarge(file, sizeBytes);
    return { head: buffer.subarray(0, bytesRead), content };
  } finally {
    await handle.close();
  }
}

function contentOf(bytes: Buffer, sizeBytes: number): Content {
  if (bytes.length !== sizeBytes) throw new FileChanged();
  const hash = createHash('sha256').update(bytes).digest();
  return { sha256: hash.toString('hex'), checksum: hash.toString('base64'), body: () => bytes };
}

async function readLarge(file: string, sizeBytes: number): Promise<Content> {
  const read = () => createReadStream(file, { highWaterMark: 1024 ** 2 });
  const whole = createHash('sha256');
  const parts = partHashes();
  for await (const chunk of read() as AsyncIterable<Buffer>) {
    whole.update(chunk);
    parts.update(chunk);
  }
  if (parts.bytes() !== sizeBytes) throw new FileChanged();
  const sha256 = whole.digest('hex');
  return { sha256, checksum: parts.digest(), body: () => Readable.from(verified(read(), sha256)) };
}

/** Passes a file's bytes on, and fails before their end is told when their hash is not `sha256`. */
async function* verified(bytes: AsyncIterable<Buffer>, sha256: string): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== sha256) throw new FileChanged();
}

/**
 * The composite checksum of an upload in parts of {@link PART_BYTES}: the hash of the parts' hashes, and their number.
 * Source: Amazon S3 User Guide, "Checking object integrity", composite checksums.
 */
function partHashes() {
  const composite = createHash('sha256');
  let part: Hash = createHash('sha256');
  let bytes = 0;
  let parts = 0;
  const finish = () => {
    composite.update(part.digest());
    part = createHash('sha256');
    parts += 1;
  };
  return {
    update(chunk: Buffer) {
      for (let from = 0; from < chunk.length; ) {
        const to = Math.min(chunk.length, from + PART_BYTES - (bytes % PART_BYTES));
        part.update(chunk.subarray(from, to));
        bytes += to - from;
        from = to;
        if (bytes % PART_BYTES === 0) finish();
      }
    },
    bytes: () => bytes,
    digest() {
      if (bytes % PART_BYTES > 0) finish();
      return `${composite.digest('base64')}-${parts}`;
    },
  };
}
