/** Reads the bytes of an object from `first` to `last`, both included. */
export type ReadRange = (first: number, last: number) => Promise<Uint8Array>;

/** The bytes of an object, read as they are asked for. */
export interface ByteReader {
  readonly sizeBytes: number;
  /** The bytes at `position`: fewer than `length` where the object ends before. */
  read(position: number, length: number): Promise<Buffer>;
}

/** The object could not be read: `cause` is what reading it threw. It says nothing of the object. */
export class ReadFailure extends Error {
  override readonly name = 'ReadFailure';
}

/** The object would have to be read further than is allowed. */
export class ReadLimitError extends Error {
  override readonly name = 'ReadLimitError';
}

const PAGE_BYTES = 64 * 1024;
const MAX_READ_AHEAD_PAGES = 16;
const CACHED_PAGES = 128;

/**
 * A reader that asks for whole pages, keeps the latest, and asks for more at once where it is read from front to back.
 *
 * @param maxBytes how much is read at most; beyond it `read` throws ReadLimitError
 */
export function byteReader(readRange: ReadRange, sizeBytes: number, maxBytes: number): ByteReader {
  const cache = new Map<number, Buffer>();
  let bytesRead = 0;
  let aheadPages = 1;
  let nextPage = 0;

  async function load(firstPage: number, lastPage: number): Promise<void> {
    aheadPages = firstPage === nextPage ? Math.min(2 * aheadPages, MAX_READ_AHEAD_PAGES) : 1;
    const pages = Math.max(lastPage - firstPage + 1, firstPage === 0 ? 1 : aheadPages);
    const first = firstPage * PAGE_BYTES;
    const last = Math.min(first + pages * PAGE_BYTES, sizeBytes) - 1;
    if (bytesRead + last - first + 1 > maxBytes) throw new ReadLimitError(`more than ${maxBytes} bytes would be read`);
    bytesRead += last - first + 1;
    nextPage = firstPage + pages;
    const bytes = Buffer.from(await readRange(first, last).catch(fail));
    if (bytes.length !== last - first + 1) fail(new Error(`${bytes.length} bytes came for ${first} to ${last}`));
    for (let at = 0; at < bytes.length; at += PAGE_BYTES) {
      cache.set(firstPage + at / PAGE_BYTES, bytes.subarray(at, at + PAGE_BYTES));
    }
  }

  return {
    sizeBytes,
    async read(position, length) {
      const end = Math.min(position + length, sizeBytes);
      if (!(position >= 0 && end > position)) return Buffer.alloc(0);
      const wanted = Array.from(
        { length: Math.floor((end - 1) / PAGE_BYTES) - Math.floor(position / PAGE_BYTES) + 1 },
        (_, index) => Math.floor(position / PAGE_BYTES) + index,
      );
      const missing = wanted.filter((page) => !cache.has(page));
      if (missing.length > 0) await load(Math.min(...missing), Math.max(...missing));
      const pages = wanted.map((page) => cache.get(page) ?? Buffer.alloc(0));
      for (const page of [...cache.keys()].slice(0, -CACHED_PAGES)) cache.delete(page);
      const start = position % PAGE_BYTES;
      return (pages.length === 1 ? (pages[0] ?? Buffer.alloc(0)) : Buffer.concat(pages)).subarray(
        start,
        start + end - position,
      );
    },
  };
}

function fail(cause: unknown): never {
  throw new ReadFailure('the object could not be read', { cause });
}
