import type { AudioHeader } from '../audio.ts';
import type { ByteReader } from './byte-reader.ts';
import { streamInfo } from './flac.ts';

/** A page is at most 65,307 bytes long: at least one begins within this. */
const TAIL_BYTES = 128 * 1024;
const HEADER_BYTES = 27;
/** The position of a page on which no packet ends. */
const NO_POSITION = 0xffff_ffff_ffff_ffffn;

export const isOgg = (head: Buffer): boolean => head.toString('latin1', 0, 4) === 'OggS';

/**
 * Reads an Ogg file: its codec by its first page, its length by the position that its last page states. A file that was
 * cut off between two pages cannot be told from one that ended there.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3533#section-6 (pages)
 */
export async function oggHeader(reader: ByteReader): Promise<AudioHeader> {
  const head = await reader.read(0, 512);
  const stream = streamOf(head.subarray(HEADER_BYTES + (head[26] ?? 0)));
  if (!stream) return { container: 'Ogg', codec: 'of a codec that is not known' };
  const { ticksPerSecond, skippedTicks = 0, ...audio } = stream;
  const tailAt = Math.max(0, reader.sizeBytes - TAIL_BYTES);
  const tail = await reader.read(tailAt, TAIL_BYTES);
  const end = lastPosition(tail, head.subarray(14, 18));
  const durationSeconds = end?.position ? (end.position - skippedTicks) / ticksPerSecond : undefined;
  return { container: 'Ogg', ...audio, durationSeconds, ...(end?.cut && { damage: 'it ends within a page' }) };
}

type Stream = AudioHeader & { ticksPerSecond: number; skippedTicks?: number };

/**
 * What the first packet says.
 * @see https://www.rfc-editor.org/rfc/rfc7845#section-5.1 (Opus)
 * @see https://xiph.org/vorbis/doc/Vorbis_I_spec.html (section 4.2.2)
 * @see https://www.rfc-editor.org/rfc/rfc9639#section-10.1 (FLAC)
 */
function streamOf(packet: Buffer): Stream | undefined {
  const begins = (magic: string) => packet.toString('latin1', 0, magic.length) === magic;
  if (begins('OpusHead')) {
    // Opus is decoded at 48 kHz, whatever rate it was made from; that rate need not be given.
    const madeFromHz = packet.readUInt32LE(12);
    const skippedTicks = packet.readUInt16LE(10);
    const sampleRateHz = madeFromHz >= 8000 && madeFromHz <= 48_000 ? madeFromHz : 48_000;
    return { codec: 'Opus', channels: packet.readUInt8(9), sampleRateHz, ticksPerSecond: 48_000, skippedTicks };
  }
  const ofRate = (codec: string, channels: number, sampleRateHz: number) => ({
    codec,
    channels,
    sampleRateHz,
    ticksPerSecond: sampleRateHz,
  });
  if (begins('\x01vorbis')) return ofRate('Vorbis', packet.readUInt8(11), packet.readUInt32LE(12));
  if (begins('Speex   ')) return ofRate('Speex', packet.readUInt32LE(48), packet.readUInt32LE(36));
  if (begins('\x7fFLAC')) {
    const { channels, sampleRateHz } = streamInfo(packet.subarray(17, 51));
    return ofRate('FLAC', channels, sampleRateHz);
  }
  return undefined;
}

/** The position of the last page of a stream on which a packet ends, and whether the last page of all is cut. */
function lastPosition(tail: Buffer, serial: Buffer): { position: number | undefined; cut: boolean } | undefined {
  let cut: boolean | undefined;
  for (let at = tail.lastIndexOf('OggS'); at >= 0; at = at > 0 ? tail.lastIndexOf('OggS', at - 1) : -1) {
    const segments = tail.subarray(at + HEADER_BYTES, at + HEADER_BYTES + (tail[at + 26] ?? 0));
    const bytes = HEADER_BYTES + (tail[at + 26] ?? 0) + segments.reduce((sum, size) => sum + size, 0);
    cut ??= at + bytes > tail.length;
    if (at + HEADER_BYTES > tail.length || !tail.subarray(at + 14, at + 18).equals(serial)) continue;
    const position = tail.readBigUInt64LE(at + 6);
    if (position !== NO_POSITION && position > 0n) return { position: Number(position), cut };
  }
  return cut === undefined ? undefined : { position: undefined, cut };
}
