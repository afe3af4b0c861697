import { ID3V2_HEAD_BYTES, id3v2Bytes, mpegFrame } from './mpeg-frame.ts';

/** As much as is looked at to tell what begins at a place: a frame, or an ID3v2 tag. */
const HEAD_BYTES = ID3V2_HEAD_BYTES;

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
        const read = mpegFrame(head.readUInt32BE(0));
        const frame = read?.sampleRateHz === sampleRateHz ? read : undefined;
        samples += frame?.samples ?? 0;
        const next = frame?.bytes ?? id3v2Bytes(head);
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
