import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Journal, openJournal } from '../../bin/import/journal.ts';

/** Bytes that begin as a WAVE file does; `seed` tells one from another. */
export function wave(seed: string, sizeBytes = 64): Buffer {
  const bytes = Buffer.alloc(sizeBytes, seed);
  bytes.write('RIFF\0\0\0\0WAVEfmt ', 0, 'latin1');
  return bytes;
}

/** A directory with these files, which goes when the test ends. */
export async function directoryWith(files: Record<string, string | Uint8Array>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'import-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), bytes);
  }
  return directory;
}

/** A journal in a file of its own, closed when the test ends. */
export async function newJournal(): Promise<Journal> {
  const journal = openJournal(join(await directoryWith({}), 'journal.sqlite'));
  onTestFinished(() => journal.close());
  return journal;
}
