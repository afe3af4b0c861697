import { type Sound, UnredactableAudio } from './sound.ts';
import { MAX_WAV_CHUNKS, MAX_WAV_FORMAT_BYTES, WAV_PLACEHOLDER_FROM, wavFormat } from './wav-format.ts';

const PCM = 1;

/** The encodings of which one block is one sample of every channel. @see https://www.rfc-editor.org/rfc/rfc2361 */
const silentBytes: Readonly<Record<number, number>> = {
  // Signed numbers; those of one byte are not.
  [PCM]: 0,
  // IEEE float.
  3: 0,
  // A-law and µ-law, of which no value is 0: the smallest positive ones. ITU-T G.711.
  6: 0xd5,
  7: 0xff,
};
const MIDDLE_OF_UNSIGNED = 0x80;

/**
 * Reads a WAV file, RF64 and BW64 too, from front to back: its format, then its samples as they come. Where the length of
 * the audio was never written, it goes to the end of the file. Anything else in the file is passed over: recorders write
 * names and numbers there.
 *
 * @throws {UnredactableAudio} where it is not a WAV file, or not of an encoding that can be silenced sample by sample
 * @see https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html
 * @see https://tech.ebu.ch/docs/tech/tech3306.pdf (RF64)
 */
export async function readWav(file: AsyncIterable<Uint8Array>): Promise<Sound> {
  const bytes = puller(file);
  const riff = await bytes.take(12);
  if (!/^(RIFF|RF64|BW64)....WAVE$/s.test(riff.toString('latin1'))) throw damaged('is no WAV file');
  let format: Buffer | undefined;
  let longDataBytes: number | undefined;
  for (let chunk = 0; chunk < MAX_WAV_CHUNKS; chunk++) {
    const header = await bytes.take(8);
    if (header.length < 8) break;
    const id = header.toString('latin1', 0, 4);
    const size = header.readUInt32LE(4);
    if (id === 'data') {
      if (!format) throw damaged('does not say of what format it is');
      const stated = size === 0xffff_ffff ? (longDataBytes ?? size) : size;
      const isPlaceholder = stated === 0 || (stated >= WAV_PLACEHOLDER_FROM && stated !== longDataBytes);
      return { ...described(format), samples: bytes.next(isPlaceholder ? Number.POSITIVE_INFINITY : stated) };
    }
    const body = await bytes.take(id === 'fmt ' || id === 'ds64' ? Math.min(size, MAX_WAV_FORMAT_BYTES) : 0);
    if (id === 'fmt ') format = body;
    if (id === 'ds64' && body.length >= 16) longDataBytes = Number(body.readBigUInt64LE(8));
    await bytes.skip(size + (size % 2) - body.length);
  }
  throw damaged('ends before its audio begins');
}

const damaged = (what: string) => new UnredactableAudio('audio-damaged', `the file ${what}`);

function described(format: Buffer): Omit<Sound, 'samples'> {
  if (format.length < 16) throw damaged('does not say of what format it is');
  const { encoding, channels, sampleRateHz, blockBytes } = wavFormat(format);
  const silentByte = silentBytes[encoding];
  if (silentByte === undefined) {
    throw new UnredactableAudio('format-not-decoded', `WAV of format 0x${encoding.toString(16)} is not decoded`);
  }
  if (!channels || !blockBytes || !sampleRateHz) throw damaged('does not say of what format it is');
  const isUnsigned = encoding === PCM && blockBytes === channels;
  return { format, sampleRateHz, blockBytes, silentByte: isUnsigned ? MIDDLE_OF_UNSIGNED : silentByte };
}

/** The format of samples of 16 bits. */
export function pcm16({ channels, sampleRateHz }: { readonly channels: number; readonly sampleRateHz: number }) {
  const blockBytes = 2 * channels;
  const format = Buffer.alloc(16);
  format.writeUInt16LE(PCM, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(sampleRateHz, 4);
  format.writeUInt32LE(sampleRateHz * blockBytes, 8);
  format.writeUInt16LE(blockBytes, 12);
  format.writeUInt16LE(16, 14);
  return { format, sampleRateHz, blockBytes, silentByte: 0 } satisfies Omit<Sound, 'samples'>;
}

/** A file of which the beginning is known at the end alone: it says how long the file is. */
export interface FileInParts {
  /** All that follows the header. */
  readonly body: AsyncIterable<Buffer>;
  /** What comes before the body; to be asked once the body was read. */
  readonly header: () => Buffer;
}

/** A WAV file of these samples: its format, its audio, and nothing else. */
export function wavFile({ format, blockBytes }: Omit<Sound, 'samples'>, samples: AsyncIterable<Buffer>): FileInParts {
  let bytes = 0;
  async function* body(): AsyncGenerator<Buffer> {
    for await (const chunk of samples) {
      bytes += chunk.length;
      yield chunk;
    }
    if (bytes % 2) yield Buffer.alloc(1);
  }
  const header = () => {
    // All encodings but plain PCM want to be told the number of samples.
    const isPlain = format.readUInt16LE(0) === PCM;
    const blocks = Buffer.alloc(4);
    blocks.writeUInt32LE(Math.floor(bytes / blockBytes));
    const head = [chunkOf('fmt ', format), ...(isPlain ? [] : [chunkOf('fact', blocks)]), chunkHeader('data', bytes)];
    const size = 4 + head.reduce((sum, part) => sum + part.length, 0) + bytes + (bytes % 2);
    return Buffer.concat([chunkHeader('RIFF', size), Buffer.from('WAVE'), ...head]);
  };
  return { body: body(), header };
}

const chunkOf = (id: string, body: Buffer): Buffer => Buffer.concat([chunkHeader(id, body.length), body]);

function chunkHeader(id: string, size: number): Buffer {
  const header = Buffer.alloc(8);
  header.write(id, 'latin1');
  header.writeUInt32LE(size, 4);
  return header;
}

/** Takes a stream in the pieces that are asked for. */
function puller(file: AsyncIterable<Uint8Array>) {
  const chunks = file[Symbol.asyncIterator]();
  let left: Buffer = Buffer.alloc(0);
  const more = async (): Promise<boolean> => {
    const { done, value } = await chunks.next();
    left = done ? Buffer.alloc(0) : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return !done;
  };
  async function* next(length: number): AsyncGenerator<Buffer> {
    for (let wanted = length; wanted > 0; ) {
      if (left.length === 0 && !(await more())) return;
      const chunk = left.subarray(0, wanted);
      left = left.subarray(chunk.length);
      wanted -= chunk.length;
      if (chunk.length > 0) yield chunk;
    }
  }
  return {
    /** The next bytes, `length` at the most, chunk by chunk. */
    next,
    /** The next `length` bytes; fewer where the stream ends. */
    take: async (length: number): Promise<Buffer> => Buffer.concat(await Array.fromAsync(next(length))),
    async skip(length: number): Promise<void> {
      for await (const _ of next(length));
    },
  };
}
