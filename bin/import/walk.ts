import type { Dirent } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, type Outcome } from './outcome.ts';

/** A regular file below the directory. */
export interface FoundFile {
  /** Its path from the directory, with `/` between names, which are left as they are. */
  readonly path: string;
  /** Where it is on this machine. */
  readonly file: string;
  readonly sizeBytes: number;
  /** When it was last changed, in milliseconds since 1970. */
  readonly modifiedMs: number;
}

/** Something below the directory that cannot be a recording, and why. */
export interface PassedOver {
  readonly path: string;
  readonly outcome: Outcome;
}

/** Names that are read at once: a directory of a million is read in a thousand steps. */
const AT_ONCE = { bufferSize: 1024 };

/**
 * Everything below `directory`, entry by entry, so that no listing is ever held whole. Hidden files and directories,
 * empty files, and whatever is neither a file nor a directory (links too: they could lead out or around) are passed
 * over; what cannot be read has failed.
 */
export async function* walk(directory: string, below = ''): AsyncGenerator<FoundFile | PassedOver> {
  try {
    for await (const entry of await opendir(join(directory, below), AT_ONCE)) {
      const path = below + entry.name;
      if (entry.isDirectory() && !isHidden(entry)) yield* walk(directory, `${path}/`);
      else yield await look(directory, path, entry);
    }
  } catch (error) {
    yield { path: below || '.', outcome: { kind: 'failed', reason: unreadable(error, below) } };
  }
}

/**
 * Counts what {@link walk} finds, without looking at it, which is much faster.
 *
 * @param add told how many more were found
 */
export async function countFiles(directory: string, signal: AbortSignal, add: (files: number) => void): Promise<void> {
  try {
    for await (const entry of await opendir(directory, AT_ONCE)) {
      if (signal.aborted) return;
      if (entry.isDirectory() && !isHidden(entry)) await countFiles(join(directory, entry.name), signal, add);
      else add(1);
    }
  } catch {
    // The walk finds a failure here.
    add(1);
  }
}

async function look(directory: string, path: string, entry: Dirent): Promise<FoundFile | PassedOver> {
  const skipped = (reason: string): PassedOver => ({ path, outcome: { kind: 'skipped', reason } });
  if (isHidden(entry)) return skipped(entry.isDirectory() ? 'a hidden directory' : 'a hidden file');
  if (entry.isSymbolicLink()) return skipped('a symbolic link');
  if (!entry.isFile()) return skipped('not a regular file');
  const file = join(directory, path);
  try {
    const { size: sizeBytes, mtimeMs: modifiedMs } = await lstat(file);
    return sizeBytes === 0 ? skipped('empty') : { path, file, sizeBytes, modifiedMs };
  } catch (error) {
    return { path, outcome: { kind: 'failed', reason: unreadable(error, entry.name) } };
  }
}

const isHidden = (entry: Dirent) => entry.name.startsWith('.');

/** Node reads bytes that are not UTF-8 as U+FFFD, a name under which there is then nothing. */
const unreadable = (error: unknown, name: string): string =>
  name.includes('\uFFFD') ? 'the name is not UTF-8, as S3 keys are' : codeOf(error);

const codeOf = (error: unknown): string =>
  `cannot be read: ${(error as NodeJS.ErrnoException).code ?? messageOf(error)}`;
