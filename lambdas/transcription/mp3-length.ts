// Of MPEG-1, and of MPEG-2 and 2.5, Layer III, in kbit/s by their index. http://www.mp3-tech.org/programmer/frame_header.html
const bitRates = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0],
] as const;
const sampleRates = [44_100, 48_000, 32_000];

/** As much as is looked at to tell what begins at a place: a frame, or an ID3v2 tag. */
const HEAD_BYTES = 10;

/**
 * Counts the samples in the frames of an MP3 file for as long as one follows the other, so that a decoder can be held
 * against it: they pass over what is no frame, and do not tell.
 *
 * @param sampleRateHz what is of another sample rate is no frame of it
 */
export function mp3Length(sampleRateHz: number) {
  let samples = 0;
  let hasEnded = false;
  let skipped = 0;
  let left: Uint8Array = new Uint8Array();
  return {
    /** Takes the next bytes of the file. */
    push(piece: Uint8Array): void {
      const bytes =
        left.length > 0 ? Buffer.concat([left, piece]) : Buffer.from(piece.buffer, piece.byteOffset, piece.length);
      let at = skipped;
      while (!hasEnded && bytes.length - at >= HEAD_BYTES) {
        const head = bytes.subarray(at, at + HEAD_BYTES);
        const frame = frameOf(head, sampleRateHz);
        samples += frame?.samples ?? 0;
        const next = frame?.bytes ?? id3Bytes(head);
        // Before the first frame there may be anything.
        if (next === undefined && samples > 0) hasEnded = true;
        at += next ?? 1;
      }
      skipped = Math.max(0, at - bytes.length);
      left = bytes.subarray(at);
    },
    /** The samples of each channel so far. */
    samples: () => samples,
  };
}

function frameOf(head: Buffer, sampleRateHz: number): { samples: number; bytes: number } | undefined {
  const header = head.readUInt32BE(0);
  const [version, layer] = [(header >> 19) & 3, (header >> 17) & 3];
  // Eleven bits are set, version 1 and layer 0 are reserved; layer III is written as 1.
  if (header >>> 21 !== 0x7ff || version === 1 || layer !== 1) return undefined;
  const kbitPerSecond = bitRates[version === 3 ? 0 : 1]?.[(header >> 12) & 15];
  const rateHz = (sampleRates[(header >> 10) & 3] ?? 0) / (version === 3 ? 1 : version === 2 ? 2 : 4);
  if (!kbitPerSecond || rateHz !== sampleRateHz) return undefined;
  const samples = version === 3 ? 1152 : 576;
  return { samples, bytes: Math.floor((samples * kbitPerSecond * 125) / rateHz) + ((header >> 9) & 1) };
}

/** How long an ID3v2 tag is. @see https://id3.org/id3v2.4.0-structure (section 3.1) */
function id3Bytes(head: Buffer): number | undefined {
  if (head.toString('latin1', 0, 3) !== 'ID3') return undefined;
  const size = [...head.subarray(6, 10)].reduce((sum, byte) => sum * 128 + (byte & 127), 0);
  return HEAD_BYTES + size + ((head[5] ?? 0) & 0x10 ? HEAD_BYTES : 0);
}
