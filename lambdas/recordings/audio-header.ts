import { type AudioHeader, LIMITS } from './audio.ts';
import { amrHeader, isAmr } from './audio-formats/amr.ts';
import {
  type ByteReader,
  byteReader,
  ReadFailure,
  ReadLimitError,
  type ReadRange,
} from './audio-formats/byte-reader.ts';
import { flacHeader } from './audio-formats/flac.ts';
import { isMp4, mp4Header } from './audio-formats/mp4.ts';
import { id3Bytes, isMpeg, mpegHeader } from './audio-formats/mpeg.ts';
import { looksLike } from './audio-formats/not-audio.ts';
import { isOgg, oggHeader } from './audio-formats/ogg.ts';
import { isWav, wavHeader } from './audio-formats/wav.ts';
import { isWebm, webmHeader } from './audio-formats/webm.ts';

/**
 * No object is read further. Only AMR, and MP4 in many fragments, are read that far: their frames or fragments must be
 * counted. Of all others it is two megabytes at most, apart from the index of a long MP4.
 */
const MAX_BYTES = 64 * 1024 * 1024;
/** How much is looked at to tell what an object is. */
const HEAD_BYTES = 4096;

/**
 * Reads what the bytes of an object say of its audio, whatever its key is called: no more of them than is needed.
 *
 * @returns undefined where they are not known to be anything
 * @throws what `readRange` throws: an object that cannot be read is not one that is no audio
 */
export async function readAudioHeader(readRange: ReadRange, sizeBytes: number): Promise<AudioHeader | undefined> {
  const reader = byteReader(readRange, sizeBytes, MAX_BYTES);
  try {
    const head = await reader.read(0, HEAD_BYTES);
    const known = formatOf(head);
    if (known) return await tolerant(known.container, known.read(reader));
    const start = await id3Bytes(reader);
    const audio = start > 0 ? await reader.read(start, HEAD_BYTES) : head;
    if (audio.toString('latin1', 0, 4) === 'fLaC') return await tolerant('FLAC', flacHeader(reader, start));
    if (start > 0 && audio.length === 0) return { container: 'MPEG', damage: 'it ends before its audio begins' };
    const other = start > 0 ? undefined : looksLike(head);
    if (other) return { looksLike: other };
    return start > 0 || isMpeg(head) ? await tolerant('MPEG', mpegHeader(reader, start)) : undefined;
  } catch (error) {
    throw error instanceof ReadFailure ? error.cause : error;
  }
}

const formatOf = (
  head: Buffer,
): { container: string; read: (reader: ByteReader) => Promise<AudioHeader> } | undefined => {
  if (isWav(head)) return { container: 'WAVE', read: wavHeader };
  if (isOgg(head)) return { container: 'Ogg', read: oggHeader };
  if (isWebm(head)) return { container: 'EBML/webm', read: webmHeader };
  if (isMp4(head)) return { container: 'mp4', read: mp4Header };
  if (isAmr(head)) return { container: 'AMR', read: (reader) => amrHeader(reader, LIMITS.maxDurationMs / 1000) };
  return undefined;
};

/** A header that breaks off, or makes no sense to its reader, tells no more than what it is of. */
async function tolerant<T extends AudioHeader | undefined>(
  container: string,
  reading: Promise<T>,
): Promise<T | AudioHeader> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof ReadFailure) throw error;
    if (error instanceof ReadLimitError) return { container, damage: error.message };
    if (error instanceof Error) return { container };
    throw error;
  }
}
