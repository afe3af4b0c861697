import { parseBuffer } from 'music-metadata';
import type { AudioHeader } from '../audio.ts';
import type { ByteReader } from './byte-reader.ts';

/** A description that is longer is none of a call. */
const MAX_DESCRIPTION_BYTES = 32 * 1024 * 1024;
const MAX_BOXES = 100_000;

interface Box {
  readonly type: string;
  readonly at: number;
  readonly bytes: number;
}

export const isMp4 = (head: Buffer): boolean =>
  ['ftyp', 'moov', 'mdat', 'moof', 'styp'].includes(head.toString('latin1', 4, 8));

/**
 * Reads an MP4 or M4A file by what describes it (`ftyp`, `moov`, and each `moof` where it is fragmented), wherever that
 * stands; its audio is not read. A fragmented file that was cut off between two fragments cannot be told from one that
 * ended there.
 *
 * @see https://developer.apple.com/documentation/quicktime-file-format (boxes, which Apple calls atoms)
 */
export async function mp4Header(reader: ByteReader): Promise<AudioHeader> {
  const { boxes, missing } = await topBoxes(reader);
  if (missing) return { container: 'mp4', damage: missing };
  if (!boxes.some(({ type }) => type === 'moov')) {
    return { container: 'mp4', damage: 'it has no "moov" box, which is written when a recording ends' };
  }
  const described = await describe(reader, boxes, ['ftyp', 'moov']);
  return described.durationSeconds ? described : describe(reader, boxes, ['ftyp', 'moov', 'moof']);
}

/** The boxes that the file is made of, as far as it gets. */
async function topBoxes(reader: ByteReader): Promise<{ boxes: Box[]; missing?: string }> {
  const boxes: Box[] = [];
  let at = 0;
  while (at + 8 <= reader.sizeBytes && boxes.length < MAX_BOXES) {
    const header = await reader.read(at, 16);
    const type = header.toString('latin1', 4, 8);
    const short = header.readUInt32BE(0);
    const long = short === 1 && header.length === 16 ? Number(header.readBigUInt64BE(8)) : short;
    const bytes = short === 0 ? reader.sizeBytes - at : long;
    // What follows is no box: decoders stop here too.
    if (bytes < 8 || !/^[ -~©]{4}$/.test(type)) break;
    if (at + bytes > reader.sizeBytes) {
      return { boxes, missing: `its "${type}" box states ${bytes} bytes, there are ${reader.sizeBytes - at}` };
    }
    boxes.push({ type, at, bytes });
    at += bytes;
  }
  return { boxes };
}

async function describe(reader: ByteReader, boxes: readonly Box[], types: readonly string[]): Promise<AudioHeader> {
  const wanted = boxes.filter(({ type }) => types.includes(type));
  if (wanted.reduce((sum, { bytes }) => sum + bytes, 0) > MAX_DESCRIPTION_BYTES) return { container: 'mp4' };
  const parts: Buffer[] = [];
  for (const { at, bytes } of wanted) parts.push(await reader.read(at, bytes));
  const description = Buffer.concat(parts);
  const { format } = await parseBuffer(description, { mimeType: 'audio/mp4' }, { skipCovers: true });
  const track = format.trackInfo.find(({ audio }) => audio);
  const channels = aacChannels(description) ?? format.numberOfChannels;
  return {
    container: format.container ?? 'mp4',
    codec: track?.codecName,
    ...(track && { channels, sampleRateHz: format.sampleRate, durationSeconds: format.duration }),
    hasVideo: format.hasVideo ?? false,
  };
}

/**
 * The channels of AAC by its own configuration: writers may give 2 in the sample entry whatever they are.
 * @see https://wiki.multimedia.cx/index.php/MPEG-4_Audio
 */
function aacChannels(description: Buffer): number | undefined {
  const at = description.indexOf('esds');
  if (at < 0) return undefined;
  const esds = description.subarray(at + 8, at + 8 + 128);
  const body = (from: number) => {
    let next = from + 1;
    while ((esds[next] ?? 0) & 0x80) next++;
    return next + 1;
  };
  if (esds[0] !== 3) return undefined;
  const flags = esds[body(0) + 2] ?? 0;
  const decoder = body(0) + 3;
  // The descriptors of streams that depend on another, or are elsewhere, do not occur in files.
  if (flags & 0xe0 || esds[decoder] !== 4) return undefined;
  const specific = body(decoder) + 13;
  if (esds[specific] !== 5) return undefined;
  const [first = 0, second = 0] = esds.subarray(body(specific));
  const objectType = first >> 3;
  const rateIndex = ((first & 7) << 1) | (second >> 7);
  const channels = (second >> 3) & 15;
  // Other object types (5 is high efficiency) and rates are written at length; 0 says that the channels are elsewhere.
  return [2, 5].includes(objectType) && rateIndex !== 15 && channels >= 1 && channels <= 6 ? channels : undefined;
}
