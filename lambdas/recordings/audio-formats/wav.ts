import {
  MAX_WAV_CHUNKS,
  MAX_WAV_FORMAT_BYTES,
  WAV_PLACEHOLDER_FROM,
  wavFormat,
} from '../../transcription/transcription.ts';
import type { AudioHeader } from '../audio.ts';
import type { ByteReader } from './byte-reader.ts';

/** @see https://www.rfc-editor.org/rfc/rfc2361 (the registered WAVE formats) */
const codecs: Readonly<Record<number, string>> = {
  1: 'PCM',
  2: 'Microsoft ADPCM',
  3: 'IEEE float',
  6: 'A-law',
  7: 'µ-law',
  17: 'IMA ADPCM',
  20: 'G.723 ADPCM',
  49: 'GSM 6.10',
  64: 'G.721 ADPCM',
  65: 'G.728',
  69: 'G.726 ADPCM',
  80: 'MPEG Layer II',
  85: 'MP3',
  131: 'G.729',
  255: 'AAC',
};
/** One block of these is one sample of every channel. */
const sampleWise = ['PCM', 'IEEE float', 'A-law', 'µ-law'];

export const isWav = (head: Buffer): boolean =>
  /^(RIFF|RF64|BW64)$/.test(head.toString('latin1', 0, 4)) && head.toString('latin1', 8, 12) === 'WAVE';

/**
 * Reads a WAV file's header, chunk by chunk; RF64 and BW64 too. Where the length of the audio is a placeholder, or 0 in a
 * file that was not finished, the audio goes to the end of the file, as decoders take it; in RF64 they do not.
 *
 * @see https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html
 * @see https://tech.ebu.ch/docs/tech/tech3306.pdf (RF64)
 */
export async function wavHeader(reader: ByteReader): Promise<AudioHeader> {
  const riffBytes = (await reader.read(0, 12)).readUInt32LE(4);
  let format: Format | undefined;
  let longDataBytes: number | undefined;
  let position = 12;
  for (let chunk = 0; chunk < MAX_WAV_CHUNKS; chunk++) {
    const header = await reader.read(position, 8);
    if (header.length < 8) break;
    const id = header.toString('latin1', 0, 4);
    const bytes = header.readUInt32LE(4);
    const body = position + 8;
    if (id === 'fmt ') {
      const fmt = await reader.read(body, Math.min(bytes, MAX_WAV_FORMAT_BYTES));
      if (fmt.length < bytes && fmt.length < MAX_WAV_FORMAT_BYTES) break;
      format = formatOf(fmt);
    }
    if (id === 'ds64') longDataBytes = Number((await reader.read(body + 8, 8)).readBigUInt64LE());
    if (id === 'data') {
      const present = reader.sizeBytes - body;
      if (longDataBytes === 0) return { container: 'WAVE', ...format?.audio, damage: 'its length was never written' };
      const stated = bytes === 0xffff_ffff ? (longDataBytes ?? bytes) : bytes;
      const unfinished = stated === 0 && riffBytes + 8 !== reader.sizeBytes;
      const placeholder = unfinished || (stated >= WAV_PLACEHOLDER_FROM && stated !== longDataBytes);
      return { container: 'WAVE', ...described(format, placeholder ? present : stated, present) };
    }
    position = body + bytes + (bytes % 2);
  }
  return { container: 'WAVE', ...format?.audio, damage: 'it ends before its audio begins' };
}

interface Format {
  readonly audio: { readonly codec: string; readonly channels: number; readonly sampleRateHz: number };
  readonly bytesPerSecond: number;
}

function formatOf(fmt: Buffer): Format {
  const { encoding, channels, sampleRateHz, blockBytes } = wavFormat(fmt);
  const codec = codecs[encoding] ?? `format 0x${encoding.toString(16)}`;
  // The bytes a second that a writer states are often wrong: what they are made of is not.
  const bytesPerSecond = sampleWise.includes(codec) ? blockBytes * sampleRateHz : fmt.readUInt32LE(8);
  return { audio: { codec, channels, sampleRateHz }, bytesPerSecond };
}

function described(format: Format | undefined, bytes: number, present: number): AudioHeader {
  if (!format) return {};
  const { audio, bytesPerSecond } = format;
  const durationSeconds = bytesPerSecond > 0 ? Math.min(bytes, present) / bytesPerSecond : undefined;
  // Less than a second too few is a writer's slip (its header counted in, say), not a part of the call.
  const cut = bytes - present > bytesPerSecond;
  const damage = `its header states ${bytes} bytes of audio, there are ${present}`;
  return { ...audio, durationSeconds, ...(cut && { damage }) };
}
