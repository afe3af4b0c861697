import { type FileHandle, open } from 'node:fs/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { descriptorOf, directoryOf, headerOf } from './zip-layout.ts';

/** Something in a package that is not as it was when it was signed. */
export interface Alteration {
  /** The file that it is about, or the part of the ZIP. */
  readonly path: string;
  readonly what: string;
}

/** A ZIP that is read where its directory says what is in it. */
export interface PackageZip {
  readonly entries: readonly Entry[];
  /** The bytes of a file, as they come. */
  content(entry: Entry): Promise<AsyncIterable<Uint8Array>>;
  close(): Promise<void>;
}

const THE_ZIP = 'the ZIP';

/**
 * Opens a ZIP of a package. Names that lead out of a folder, files that are there twice, and files that are compressed,
 * encrypted or claim to overlap are found here, with whatever makes it unreadable.
 */
export async function openPackage(file: string): Promise<{ zip?: PackageZip; found: Alteration[] }> {
  const found: Alteration[] = [];
  const handle = await open(file, 'r');
  let zip: ZipFile;
  try {
    zip = await openPromise(file, { autoClose: false, lazyEntries: true, strictFileNames: true });
  } catch (error) {
    await handle.close();
    return { found: [{ path: THE_ZIP, what: `it cannot be read: ${messageOf(error)}` }] };
  }
  const entries: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) entries.push(entry);
  } catch (error) {
    found.push({ path: 'the directory of the ZIP', what: `it cannot be read: ${messageOf(error)}` });
  }
  const names = new Set<string>();
  const usable = entries.filter((entry) => {
    const { fileName: path } = entry;
    const complain = (what: string) => {
      found.push({ path, what });
      return false;
    };
    if (names.has(path)) return complain('it is in the ZIP twice: which one is unpacked depends on the program');
    names.add(path);
    if (entry.compressionMethod !== 0 || entry.isEncrypted() || entry.compressedSize !== entry.uncompressedSize)
      return complain('it is compressed or encrypted: files of packages are stored as they are');
    return true;
  });
  if (found.length === 0) found.push(...(await layoutFaults(handle, zip.fileSize, usable)));
  const opened: PackageZip = {
    entries: usable,
    async content(entry) {
      return await zip.openReadStreamPromise(entry);
    },
    async close() {
      zip.close();
      await handle.close();
    },
  };
  return { zip: opened, found };
}

/**
 * What is in a ZIP beside the content of its files and what has to be there to find them: data before, between or behind,
 * other names or numbers in one place than in another. Every byte that belongs to no file's content is compared.
 */
async function layoutFaults(handle: FileHandle, size: number, entries: readonly Entry[]): Promise<Alteration[]> {
  const found: Alteration[] = [];
  const compare = async (at: number, expected: Buffer, path: string, what: string) => {
    const there = Buffer.alloc(expected.length);
    const { bytesRead } = await handle.read(there, 0, there.length, at);
    if (bytesRead !== expected.length || !there.equals(expected)) found.push({ path, what });
  };
  let at = 0;
  for (const entry of entries) {
    const { fileName: path } = entry;
    if (entry.relativeOffsetOfLocalHeader !== at) {
      found.push({ path, what: 'it does not begin where the file before it ends: there is something in front of it' });
      return found;
    }
    const header = headerOf(entry);
    await compare(at, header, path, 'what stands before it in the ZIP was altered');
    const behind = at + header.length + entry.uncompressedSize;
    const descriptor = descriptorOf(entry);
    await compare(behind, descriptor, path, 'what stands behind it in the ZIP was altered');
    at = behind + descriptor.length;
  }
  for (const { bytes, about } of directoryOf(entries, at)) {
    await compare(at, bytes, about, 'what the directory of the ZIP says of it was altered');
    at += bytes.length;
  }
  if (at !== size) found.push({ path: THE_ZIP, what: `there are ${size - at} bytes behind its end` });
  return found;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
