import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { ManifestFile } from './manifest.ts';

/** A file that goes into a package. */
export interface PackageFile extends Pick<ManifestFile, 'path' | 'from'> {
  /** Its bytes, as they come; they are asked for when it is its turn. */
  readonly content: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** A file of text. */
export const textFile = (path: string, text: string): PackageFile => ({ path, content: () => [Buffer.from(text)] });

/**
 * How files are written: as they are, without a time of their own. Nothing is compressed: audio hardly can be, and what is
 * stored as it is leaves no byte in the ZIP that is not proven, and no bomb to unpack.
 */
const AS_IT_IS = { compress: false, forceDosTimestamp: true, mode: 0o100_644, mtime: new Date(1980, 0, 1) } as const;

/**
 * A ZIP that is written file by file, in constant memory: whoever reads `output` sets the pace.
 *
 * @param signal ends it: what is being written then throws its reason
 */
export function evidenceArchive(signal?: AbortSignal) {
  const zip = new ZipFile();
  const output = zip.outputStream as PassThrough;
  const reason = () => (signal?.reason instanceof Error ? signal.reason : new Error('it was given up'));
  const fail = () => output.destroy(reason());
  // Whoever reads it hears of it; before anybody does, it must not end the process.
  output.on('error', () => undefined);
  signal?.addEventListener('abort', fail, { once: true });
  let written = 0;
  return {
    output,

    /** How many bytes of files were written until now. */
    written: () => written,

    /** Writes a file; it is what the manifest tells of it, once all of it is on its way. */
    async add({ path, from, content }: PackageFile): Promise<ManifestFile> {
      signal?.throwIfAborted();
      const hash = createHash('sha256');
      let bytes = 0;
      async function* hashed() {
        for await (const chunk of content()) {
          signal?.throwIfAborted();
          hash.update(chunk);
          bytes += chunk.length;
          written += chunk.length;
          yield chunk;
        }
      }
      const source = Readable.from(hashed(), { objectMode: false });
      const stop = () => source.destroy(reason());
      signal?.addEventListener('abort', stop, { once: true });
      try {
        zip.addReadStreamLazy(path, AS_IT_IS, (begin) => begin(null, source));
        await once(source, 'end');
      } finally {
        signal?.removeEventListener('abort', stop);
      }
      return { path, bytes, sha256: hash.digest('hex'), ...(from && { from }) };
    },

    /** Writes the ZIP's directory, and ends it. */
    end(): void {
      zip.end();
      signal?.removeEventListener('abort', fail);
    },
  };
}
export type EvidenceArchive = ReturnType<typeof evidenceArchive>;
