/** More chunks than this before the audio are not followed. */
export const MAX_WAV_CHUNKS = 1000;

/** The longest `fmt ` chunk of what is read here: WAVE_FORMAT_EXTENSIBLE. */
export const MAX_WAV_FORMAT_BYTES = 40;

/**
 * Lengths from here on are placeholders, which writers to a pipe leave (0xFFFFFFFF, 0x7FFFF000 and such): Transcribe takes
 * no file in which they could be true.
 */
export const WAV_PLACEHOLDER_FROM = 0x7fff_0000;

const EXTENSIBLE = 0xfffe;

/** What the `fmt ` chunk of a WAV file says. */
export interface WavFormat {
  /** The registered format of the samples, also where the chunk is of WAVE_FORMAT_EXTENSIBLE. */
  readonly encoding: number;
  readonly channels: number;
  readonly sampleRateHz: number;
  /** Of encodings in which a block is one sample of every channel, how long it is, also where the chunk leaves it out. */
  readonly blockBytes: number;
}

/**
 * Reads the body of a `fmt ` chunk.
 *
 * @throws {RangeError} where it is cut
 * @see https://www.rfc-editor.org/rfc/rfc2361 (the registered WAVE formats)
 */
export function wavFormat(fmt: Buffer): WavFormat {
  const tag = fmt.readUInt16LE(0);
  const channels = fmt.readUInt16LE(2);
  return {
    encoding: tag === EXTENSIBLE && fmt.length >= 26 ? fmt.readUInt16LE(24) : tag,
    channels,
    sampleRateHz: fmt.readUInt32LE(4),
    blockBytes: fmt.readUInt16LE(12) || channels * Math.ceil(fmt.readUInt16LE(14) / 8),
  };
}
