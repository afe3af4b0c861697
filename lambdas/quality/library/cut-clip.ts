import {
  MAX_WAV_CHUNKS,
  MAX_WAV_FORMAT_BYTES,
  WAV_PLACEHOLDER_FROM,
  wavFormat,
} from '../../transcription/transcription.ts';

/** So much of the beginning of a WAV file is read to find where its samples begin. */
export const WAV_HEAD_BYTES = 65_536;

/** Why no clip can be cut from a file, in words that go on "the audio …". */
export class Uncuttable extends Error {
  override readonly name = 'Uncuttable';
}

/** Where the samples of a WAV file are, and of what format. */
export interface WavLayout {
  /** The body of the `fmt ` chunk. */
  readonly format: Buffer;
  readonly encoding: number;
  readonly sampleRateHz: number;
  /** One sample of every channel. */
  readonly blockBytes: number;
  /** The offset in the file at which the samples begin. */
  readonly dataStart: number;
  /** How long they are. */
  readonly dataBytes: number;
}

/** What is to be read of a file, and what is put before and behind it, for a WAV file of a time range. */
export interface Cut {
  /** The bytes of the file: from the first to the last, both included. */
  readonly firstByte: number;
  readonly lastByte: number;
  readonly header: Buffer;
  /** What follows the samples: chunks are of even length. */
  readonly padding: Buffer;
  /** How long the whole file is. */
  readonly sizeBytes: number;
  readonly durationMs: number;
}

const PCM = 1;

/** The encodings of which one block is one sample of every channel: PCM, float, A-law, µ-law. https://www.rfc-editor.org/rfc/rfc2361 */
const CUTTABLE: ReadonlySet<number> = new Set([PCM, 3, 6, 7]);

/**
 * Where the samples of a WAV file are, RF64 and BW64 too, by its beginning: {@link WAV_HEAD_BYTES} of it are enough, unless
 * somebody wrote more than that before the samples.
 *
 * @param sizeBytes how long the whole file is
 * @throws {Uncuttable} where it is no such file, or of an encoding that cannot be cut between samples
 * @see https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html
 * @see https://tech.ebu.ch/docs/tech/tech3306.pdf (RF64)
 */
export function wavLayout(head: Buffer, sizeBytes: number): WavLayout {
  if (!/^(RIFF|RF64|BW64)....WAVE/s.test(head.toString('latin1', 0, 12))) throw new Uncuttable('is no WAV file');
  let format: Buffer | undefined;
  let longDataBytes: number | undefined;
  let at = 12;
  for (let chunk = 0; chunk < MAX_WAV_CHUNKS && at + 8 <= head.length; chunk++) {
    const id = head.toString('latin1', at, at + 4);
    const size = head.readUInt32LE(at + 4);
    const body = head.subarray(at + 8, at + 8 + Math.min(size, MAX_WAV_FORMAT_BYTES));
    if (id === 'data') {
      if (!format) throw new Uncuttable('does not say of what format it is');
      const dataStart = at + 8;
      const stated = size === 0xffff_ffff ? (longDataBytes ?? size) : size;
      // Whoever writes to a pipe leaves a placeholder: the samples go to the end of the file then.
      const isPlaceholder = stated === 0 || (stated >= WAV_PLACEHOLDER_FROM && stated !== longDataBytes);
      const left = Math.max(0, sizeBytes - dataStart);
      return { ...described(format), dataStart, dataBytes: isPlaceholder ? left : Math.min(stated, left) };
    }
    if (id === 'fmt ') format = Buffer.from(body);
    if (id === 'ds64' && body.length >= 16) longDataBytes = Number(body.readBigUInt64LE(8));
    at += 8 + size + (size % 2);
  }
  throw new Uncuttable('has no samples near its beginning');
}

function described(format: Buffer): Omit<WavLayout, 'dataStart' | 'dataBytes'> {
  if (format.length < 16) throw new Uncuttable('does not say of what format it is');
  const { encoding, channels, sampleRateHz, blockBytes } = wavFormat(format);
  if (!CUTTABLE.has(encoding))
    throw new Uncuttable(`is WAV of format 0x${encoding.toString(16)}, which is not cut between samples`);
  if (!channels || !blockBytes || !sampleRateHz) throw new Uncuttable('does not say of what format it is');
  return { format, encoding, sampleRateHz, blockBytes };
}

/**
 * The cut of a time range: whole samples of every channel, from the first that begins at or behind `startMs` to the last that begins
 * before `endMs`; what lies behind the end of the audio is left out.
 *
 * @throws {Uncuttable} where the range has no sample
 */
export function cutOf(
  { format, encoding, sampleRateHz, blockBytes, dataStart, dataBytes }: WavLayout,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
): Cut {
  const blocks = Math.floor(dataBytes / blockBytes);
  const blockAt = (ms: number) => Math.min(blocks, Math.ceil((ms * sampleRateHz) / 1000));
  const [from, to] = [blockAt(startMs), blockAt(endMs)];
  if (to <= from) throw new Uncuttable(`ends before ${startMs} ms`);
  const bytes = (to - from) * blockBytes;
  const padding = Buffer.alloc(bytes % 2);
  const header = headerOf({ format, encoding }, to - from, bytes);
  return {
    firstByte: dataStart + from * blockBytes,
    lastByte: dataStart + to * blockBytes - 1,
    ...{ header, padding, sizeBytes: header.length + bytes + padding.length },
    durationMs: Math.round(((to - from) * 1000) / sampleRateHz),
  };
}

function headerOf({ format, encoding }: Pick<WavLayout, 'format' | 'encoding'>, blocks: number, bytes: number): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32LE(blocks);
  const head = [
    chunkHead('fmt ', format.length),
    format,
    Buffer.alloc(format.length % 2),
    // All encodings but PCM want to be told the number of samples.
    ...(encoding === PCM ? [] : [chunkHead('fact', 4), count]),
    chunkHead('data', bytes),
  ];
  const size = 4 + head.reduce((sum, part) => sum + part.length, 0) + bytes + (bytes % 2);
  return Buffer.concat([chunkHead('RIFF', size), Buffer.from('WAVE'), ...head]);
}

function chunkHead(id: string, size: number): Buffer {
  const head = Buffer.alloc(8);
  head.write(id, 'latin1');
  head.writeUInt32LE(size, 4);
  return head;
}
