import { parseBuffer } from 'music-metadata';
import type { AudioHeader } from '../audio.ts';
import type { ByteReader } from './byte-reader.ts';

/** What describes the audio comes before it, within this. */
const HEAD_BYTES = 256 * 1024;
const TAIL_BYTES = 1024 * 1024;
const SEGMENT = 0x18538067;
const CLUSTER = Buffer.from('1f43b675', 'hex');
const TIMESTAMP = 0xe7;
const BLOCK_GROUP = 0xa0;
const BLOCKS = [0xa1, 0xa3];

export const isWebm = (head: Buffer): boolean => head.length >= 4 && head.readUInt32BE(0) === 0x1a45dfa3;

/**
 * Reads a WebM file by its first part. One that was written live does not state its length: its last blocks tell it, in
 * milliseconds, as WebM counts time.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9559 (Matroska, of which WebM is a part)
 */
export async function webmHeader(reader: ByteReader): Promise<AudioHeader> {
  const head = await reader.read(0, HEAD_BYTES);
  const { format } = await parseBuffer(head, { mimeType: 'video/webm' }, { skipCovers: true });
  const audio = {
    container: format.container ?? 'EBML',
    codec: codecName(format.codec),
    channels: format.numberOfChannels,
    sampleRateHz: format.sampleRate,
    hasVideo: format.hasVideo ?? false,
  };
  const missing = missingBytes(head, reader.sizeBytes);
  if (missing > 0) return { ...audio, damage: `its header states ${missing} bytes more than there are` };
  if (format.duration) return { ...audio, durationSeconds: format.duration };
  const tail = await reader.read(Math.max(0, reader.sizeBytes - TAIL_BYTES), TAIL_BYTES);
  return { ...audio, durationSeconds: lastSeconds(tail) };
}

const codecName = (codec: string | undefined): string | undefined =>
  codec && (codec.charAt(0) + codec.slice(1).toLowerCase()).replace(/\/.*/, '');

/** How many bytes the file lacks of what its segment says it has. */
function missingBytes(head: Buffer, sizeBytes: number): number {
  const ebml = element(head, 0);
  const segment = ebml?.bytes === undefined ? undefined : element(head, ebml.body + ebml.bytes);
  return segment?.id === SEGMENT && segment.bytes !== undefined ? segment.body + segment.bytes - sizeBytes : 0;
}

/** When the last block begins. */
function lastSeconds(tail: Buffer): number | undefined {
  const cluster = element(tail, tail.lastIndexOf(CLUSTER));
  let next = cluster && element(tail, cluster.body);
  let clusterMs: number | undefined;
  let blockMs = 0;
  while (next) {
    const { id, body, bytes = 0 } = next;
    if (id === TIMESTAMP && bytes >= 1 && bytes <= 6 && body + bytes <= tail.length) {
      clusterMs = tail.readUIntBE(body, bytes);
    }
    if (BLOCKS.includes(id) && body + 3 <= tail.length) blockMs = tail.readInt16BE(body + 1);
    next = element(tail, id === BLOCK_GROUP ? body : body + bytes);
  }
  return clusterMs === undefined ? undefined : (clusterMs + blockMs) / 1000;
}

/** The element at `at`; one whose length is not known has none. */
function element(data: Buffer, at: number): { id: number; body: number; bytes: number | undefined } | undefined {
  if (at < 0 || at + 2 > data.length) return undefined;
  const idBytes = Math.clz32((data[at] ?? 0) << 24) + 1;
  const lengthAt = at + idBytes;
  const lengthBytes = Math.clz32((data[lengthAt] ?? 0) << 24) + 1;
  if (idBytes > 4 || lengthBytes > 8 || lengthAt + lengthBytes > data.length) return undefined;
  const length = [...data.subarray(lengthAt, lengthAt + lengthBytes)].reduce(
    (sum, byte, index) => sum * 256 + (index === 0 ? byte & (0xff >> lengthBytes) : byte),
    0,
  );
  const unknown = length >= 2 ** (7 * lengthBytes) - 1;
  return { id: data.readUIntBE(at, idBytes), body: lengthAt + lengthBytes, bytes: unknown ? undefined : length };
}
