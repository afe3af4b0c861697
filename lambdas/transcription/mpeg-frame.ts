// Of MPEG-1, and of MPEG-2 and 2.5, Layer III, in kbit/s by their index. http://www.mp3-tech.org/programmer/frame_header.html
const bitRates = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0],
] as const;
const sampleRates = [44_100, 48_000, 32_000];

/** What the header of an MP3 frame says. */
export interface MpegFrame {
  /** Of MPEG-1; else of MPEG-2 or 2.5, whose frames hold half as much. */
  readonly isFirstVersion: boolean;
  /** How long it is, its header counted in. */
  readonly bytes: number;
  /** Of each channel. */
  readonly samples: number;
  readonly channels: number;
  readonly sampleRateHz: number;
}

/** Reads the first four bytes of a frame of MPEG Layer III, as a big-endian number; undefined where they begin none. */
export function mpegFrame(header: number): MpegFrame | undefined {
  const [version, layer] = [(header >>> 19) & 3, (header >>> 17) & 3];
  // Eleven bits are set, version 1 and layer 0 are reserved; layer III is written as 1.
  if (header >>> 21 !== 0x7ff || version === 1 || layer !== 1) return undefined;
  const isFirstVersion = version === 3;
  const kbitPerSecond = bitRates[isFirstVersion ? 0 : 1][(header >>> 12) & 15];
  const sampleRateHz = (sampleRates[(header >>> 10) & 3] ?? 0) / (isFirstVersion ? 1 : version === 2 ? 2 : 4);
  if (!kbitPerSecond || !sampleRateHz) return undefined;
  const samples = isFirstVersion ? 1152 : 576;
  const bytes = Math.floor((samples * kbitPerSecond * 125) / sampleRateHz) + ((header >>> 9) & 1);
  return { isFirstVersion, bytes, samples, channels: ((header >>> 6) & 3) === 3 ? 1 : 2, sampleRateHz };
}

/** As much of an ID3v2 tag as tells how long it is. */
export const ID3V2_HEAD_BYTES = 10;

/**
 * How long an ID3v2 tag is, its head counted in; undefined where `head` begins none, or is too short to tell.
 * @see https://id3.org/id3v2.4.0-structure (section 3.1)
 */
export function id3v2Bytes(head: Buffer): number | undefined {
  if (head.length < ID3V2_HEAD_BYTES || head.toString('latin1', 0, 3) !== 'ID3') return undefined;
  const size = [...head.subarray(6, 10)].reduce((sum, byte) => sum * 128 + (byte & 127), 0);
  return ID3V2_HEAD_BYTES + size + ((head[5] ?? 0) & 0x10 ? ID3V2_HEAD_BYTES : 0);
}
