import { ID3V2_HEAD_BYTES, id3v2Bytes, type MpegFrame, mpegFrame } from '../../transcription/transcription.ts';
import type { AudioHeader } from '../audio.ts';
import type { ByteReader } from './byte-reader.ts';

const SEARCH_BYTES = 64 * 1024;
/** Files up to this size are read whole, of longer ones as much is looked at, in windows spread over it. */
const SAMPLE_BYTES = 1024 * 1024;
const WINDOWS = 16;

const layers = ['reserved', 'III', 'II', 'I'];

interface Frame extends MpegFrame {
  readonly at: number;
  readonly seconds: number;
  /** Where a Xing tag would be in the frame. */
  readonly tagAt: number;
}

/** How many bytes of ID3v2 tags, which can be megabytes of pictures, come before what `reader` has of audio. */
export async function id3Bytes(reader: ByteReader): Promise<number> {
  let position = 0;
  for (let tags = 0; tags < 8; tags++) {
    const bytes = id3v2Bytes(await reader.read(position, ID3V2_HEAD_BYTES));
    if (bytes === undefined) break;
    position += bytes;
  }
  return position;
}

/** What begins with a frame of MPEG audio that others follow. */
export const isMpeg = (head: Buffer): boolean => {
  const frame = firstFrame(head.subarray(0, 4096));
  return frame !== undefined || isAdts(head) || layerOf(head) === 'II' || layerOf(head) === 'I';
};

/**
 * Reads an MP3 file. How long it is: the number of frames by its Xing, Info or VBRI tag; else all frames are counted in a
 * file of up to 1 MiB, and in a longer one those of 16 windows, which is exact for a constant bit rate and near it for a
 * variable one.
 *
 * @param start where its first frame is looked for, behind ID3v2 tags
 */
export async function mpegHeader(reader: ByteReader, start: number): Promise<AudioHeader | undefined> {
  const head = await reader.read(start, SEARCH_BYTES);
  if (isAdts(head)) return { container: 'ADTS', codec: 'AAC' };
  const frame = firstFrame(head);
  if (!frame)
    return layerOf(head) === undefined ? undefined : { container: 'MPEG', codec: `MPEG Layer ${layerOf(head)}` };
  const { channels, sampleRateHz, seconds } = frame;
  const audio = { container: 'MPEG', codec: 'MPEG Layer III', channels, sampleRateHz };
  const first = start + frame.at;
  const last = await reader.read(reader.sizeBytes - 128, 3);
  const present = reader.sizeBytes - first - (last.toString('latin1') === 'TAG' ? 128 : 0);
  const tag = tagOf(head.subarray(frame.at, frame.at + frame.bytes), frame);
  const bytesPerSecond = tag?.bytes ? tag.bytes / (tag.frames * seconds) : 0;
  // Files that were joined have only the tag of the first: it does not speak of all.
  if (tag && !(tag.bytes && present - tag.bytes > Math.max(tag.bytes / 10, bytesPerSecond))) {
    const cut = tag.bytes !== undefined && tag.bytes - present > bytesPerSecond;
    const damage = `its header states ${tag.bytes} bytes of audio, there are ${present}`;
    return { ...audio, durationSeconds: tag.frames * seconds, ...(cut && { damage }) };
  }
  return { ...audio, durationSeconds: await sampledSeconds(reader, first, present) };
}

/** The length that the frames tell which are looked at. */
async function sampledSeconds(reader: ByteReader, first: number, present: number): Promise<number | undefined> {
  const whole = present <= SAMPLE_BYTES;
  const windowBytes = SAMPLE_BYTES / WINDOWS;
  const step = (present - windowBytes) / (WINDOWS - 1);
  const sum = { bytes: 0, seconds: 0 };
  for (let window = 0; window < (whole ? 1 : WINDOWS); window++) {
    const bytes = whole
      ? await reader.read(first, present)
      : await reader.read(first + Math.floor(window * step), windowBytes);
    let frame = firstFrame(bytes);
    while (frame) {
      if (frame.at + frame.bytes > bytes.length) break;
      sum.bytes += frame.bytes;
      sum.seconds += frame.seconds;
      const next = frame.at + frame.bytes;
      frame = frameAt(bytes, next) ?? firstFrame(bytes, next);
    }
  }
  if (whole) return sum.seconds;
  return sum.bytes > 0 ? (present / sum.bytes) * sum.seconds : undefined;
}

/** The first frame from `from` on that two more follow, as far as there is room for them. */
function firstFrame(bytes: Buffer, from = 0): Frame | undefined {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const frame = frameAt(bytes, at);
    if (frame && followed(bytes, frame, 2)) return frame;
  }
  return undefined;
}

function followed(bytes: Buffer, frame: Frame, times: number): boolean {
  const at = frame.at + frame.bytes;
  if (times === 0 || at === bytes.length) return true;
  // In a window a frame that is cut says nothing; one alone in a file is no audio.
  if (at + 4 > bytes.length) return frame.at > 0;
  const next = frameAt(bytes, at);
  return next !== undefined && next.sampleRateHz === frame.sampleRateHz && followed(bytes, next, times - 1);
}

function frameAt(bytes: Buffer, at: number): Frame | undefined {
  if (at + 4 > bytes.length) return undefined;
  const frame = mpegFrame(bytes.readUInt32BE(at));
  if (!frame) return undefined;
  const { isFirstVersion, samples, channels, sampleRateHz } = frame;
  const sideBytes = isFirstVersion ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17;
  return { ...frame, at, seconds: samples / sampleRateHz, tagAt: 4 + sideBytes };
}

/** What the first frame says of all, where it is a tag. https://www.codeproject.com/Articles/8295/MPEG-Audio-Frame-Header */
function tagOf(bytes: Buffer, frame: Frame): { frames: number; bytes: number | undefined } | undefined {
  if (/^(Xing|Info)$/.test(bytes.toString('latin1', frame.tagAt, frame.tagAt + 4))) {
    const flags = bytes.readUInt32BE(frame.tagAt + 4);
    const frames = flags & 1 ? bytes.readUInt32BE(frame.tagAt + 8) : 0;
    const stated = (flags & 3) === 3 ? bytes.readUInt32BE(frame.tagAt + 12) : 0;
    return frames > 0 ? { frames, bytes: stated || undefined } : undefined;
  }
  if (bytes.toString('latin1', 36, 40) !== 'VBRI') return undefined;
  const frames = bytes.readUInt32BE(50);
  return frames > 0 ? { frames, bytes: bytes.readUInt32BE(46) || undefined } : undefined;
}

const isAdts = (bytes: Buffer): boolean => {
  const lengthAt = (at: number) =>
    at + 6 <= bytes.length && (bytes.readUInt16BE(at) & 0xfff6) === 0xfff0
      ? (bytes.readUIntBE(at + 3, 3) >> 5) & 0x1fff
      : 0;
  const first = lengthAt(0);
  return first > 7 && lengthAt(first) > 7;
};

const layerOf = (bytes: Buffer): string | undefined => {
  const header = bytes.length >= 4 ? bytes.readUInt32BE(0) : 0;
  const known = header >>> 21 === 0x7ff && ((header >>> 12) & 15) !== 15 && ((header >>> 10) & 3) !== 3;
  return known && ((header >>> 17) & 3) > 1 ? layers[(header >>> 17) & 3] : undefined;
};
