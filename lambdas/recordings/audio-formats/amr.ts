import type { AudioHeader } from '../audio.ts';
import type { ByteReader } from './byte-reader.ts';

/**
 * The bytes of a frame of each type, its own header byte included; 0 for types that are not used.
 * @see https://www.rfc-editor.org/rfc/rfc4867#section-5 (storage format), 3GPP TS 26.101 and TS 26.201 (frame types)
 */
const kinds = {
  '#!AMR\n': { sampleRateHz: 8000, codec: 'AMR-NB', frames: [13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 0, 1] },
  '#!AMR-WB\n': {
    sampleRateHz: 16_000,
    codec: 'AMR-WB',
    frames: [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 0, 0, 0, 0, 1, 1],
  },
};
const FRAMES_PER_SECOND = 50;
const BLOCK_BYTES = 1024 * 1024;

export const isAmr = (head: Buffer): boolean => head.toString('latin1', 0, 5) === '#!AMR';

/**
 * Reads an AMR file. It has no header but its kind, and its frames are of many sizes: only counting all of them tells how
 * long it is. Above `maxSeconds` they are not counted any more: the length is then the least that it can be.
 */
export async function amrHeader(reader: ByteReader, maxSeconds: number): Promise<AudioHeader> {
  const head = (await reader.read(0, 12)).toString('latin1');
  const [magic, kind] = Object.entries(kinds).find(([magic]) => head.startsWith(magic)) ?? [];
  if (!magic || !kind) return { container: 'AMR', codec: 'multi-channel AMR' };
  const audio = { container: 'AMR', codec: kind.codec, channels: 1, sampleRateHz: kind.sampleRateHz };
  const leastFrames = Math.floor((reader.sizeBytes - magic.length) / Math.max(...kind.frames));
  if (leastFrames / FRAMES_PER_SECOND > maxSeconds) {
    return { ...audio, durationSeconds: leastFrames / FRAMES_PER_SECOND };
  }
  let frames = 0;
  let position = magic.length;
  while (position < reader.sizeBytes) {
    const block = await reader.read(position, BLOCK_BYTES);
    let at = 0;
    while (at < block.length) {
      const bytes = kind.frames[((block[at] ?? 0) >> 3) & 15] ?? 0;
      if (bytes === 0) return { ...audio, damage: `there is no frame at byte ${position + at}` };
      at += bytes;
      frames++;
    }
    position += at;
  }
  const durationSeconds = frames / FRAMES_PER_SECOND;
  return { ...audio, durationSeconds, ...(position > reader.sizeBytes && { damage: 'it ends within a frame' }) };
}
