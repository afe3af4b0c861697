import type { AudioHeader } from '../audio.ts';
import type { ByteReader } from './byte-reader.ts';

const TAIL_BYTES = 128 * 1024;

/** What a FLAC stream says of itself. @see https://www.rfc-editor.org/rfc/rfc9639#section-8.2 */
export interface StreamInfo {
  readonly channels: number;
  readonly sampleRateHz: number;
  /** 0 where the writer did not know. */
  readonly samples: number;
  readonly blockSamples: number;
}

/** Reads a STREAMINFO block, without its header. */
export function streamInfo(block: Buffer): StreamInfo {
  const packed = block.readBigUInt64BE(10);
  return {
    blockSamples: block.readUInt16BE(2),
    sampleRateHz: Number(packed >> 44n),
    channels: Number((packed >> 41n) & 7n) + 1,
    samples: Number(packed & 0xf_ffff_ffffn),
  };
}

/**
 * Reads a FLAC file: what its header says, and how far its last frames get. Where the header does not tell the length
 * they do; where they end before it, the file was cut off.
 *
 * @param start where `fLaC` is, behind ID3v2 tags
 */
export async function flacHeader(reader: ByteReader, start: number): Promise<AudioHeader> {
  const { channels, sampleRateHz, samples, blockSamples } = streamInfo(await reader.read(start + 8, 34));
  const audio = { container: 'FLAC', codec: 'FLAC', channels, sampleRateHz };
  const tailAt = Math.max(start + 42, reader.sizeBytes - TAIL_BYTES);
  const written = lastSample(await reader.read(tailAt, TAIL_BYTES), blockSamples);
  const durationSeconds = (samples || (written ?? 0)) / sampleRateHz || undefined;
  const cut = written !== undefined && samples - written > sampleRateHz;
  const damage = `its header states ${(samples / sampleRateHz).toFixed(1)} s, there are ${((written ?? 0) / sampleRateHz).toFixed(1)} s`;
  return { ...audio, durationSeconds, ...(cut && { damage }) };
}

/** The number of samples up to the end of the last frame in `bytes`. */
function lastSample(bytes: Buffer, blockSamples: number): number | undefined {
  for (let at = bytes.lastIndexOf(0xff); at >= 0; at = at > 0 ? bytes.lastIndexOf(0xff, at - 1) : -1) {
    const end = frameEnd(bytes.subarray(at, at + 16), blockSamples);
    if (end !== undefined) return end;
  }
  return undefined;
}

/** Where a frame ends that begins with `header`, in samples. @see https://www.rfc-editor.org/rfc/rfc9639#section-9.1 */
function frameEnd(header: Buffer, blockSamples: number): number | undefined {
  const [, second = 0, codes = 0, third = 0, lead = 0] = header;
  if (header.length < 16 || (second & 0xfe) !== 0xf8 || third & 1 || third >> 4 > 10) return undefined;
  // The frame's number is written as UTF-8 writes a character, though longer.
  const more = lead < 0x80 ? 0 : Math.clz32(~(lead << 24)) - 1;
  if ((lead & 0xc0) === 0x80 || more > 6) return undefined;
  let number = more === 0 ? lead : lead & (0x3f >> more);
  for (const byte of header.subarray(5, 5 + more)) {
    if ((byte & 0xc0) !== 0x80) return undefined;
    number = number * 64 + (byte & 0x3f);
  }
  const sizeCode = codes >> 4;
  const rateCode = codes & 15;
  const sizeAt = 5 + more;
  const sizeBytes = sizeCode === 6 ? 1 : sizeCode === 7 ? 2 : 0;
  const rateBytes = rateCode === 12 ? 1 : rateCode === 13 || rateCode === 14 ? 2 : 0;
  if (sizeCode === 0 || rateCode === 15) return undefined;
  const crcAt = sizeAt + sizeBytes + rateBytes;
  if (crcAt >= header.length || crc8(header.subarray(0, crcAt)) !== header[crcAt]) return undefined;
  const samples =
    sizeBytes > 0
      ? header.readUIntBE(sizeAt, sizeBytes) + 1
      : sizeCode === 1
        ? 192
        : sizeCode < 6
          ? 576 << (sizeCode - 2)
          : 256 << (sizeCode - 8);
  const first = second & 1 ? number : number * blockSamples;
  return first + samples;
}

function crc8(bytes: Buffer): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : crc << 1;
  }
  return crc;
}
