import { type Audio, MediaFormat } from '../calls/calls.ts';
import { HOUR_MS } from '../platform/clock.ts';
import type { Rejection } from './recording.ts';

/** What a header reader found; any part can be lacking. */
export interface AudioHeader {
  readonly container?: string;
  readonly codec?: string;
  readonly channels?: number;
  readonly sampleRateHz?: number;
  readonly durationSeconds?: number;
  readonly hasVideo?: boolean;
  /** What is not as the header says, such as "it ends within a page". */
  readonly damage?: string;
  /** What the object is instead of audio, such as "a zip archive". */
  readonly looksLike?: string;
}

/**
 * Transcribe's limits on one media file: 4 hours, 500 ms, 2 GB (Call Analytics 500 MB), 2 channels, 8 to 48 kHz.
 *
 * @see https://docs.aws.amazon.com/transcribe/latest/dg/limits-guidelines.html
 * @see https://docs.aws.amazon.com/transcribe/latest/dg/how-input.html (channels, sample rates)
 */
export const LIMITS = {
  maxDurationMs: 4 * HOUR_MS,
  minDurationMs: 500,
  maxChannels: 2,
  minSampleRateHz: 8000,
  maxSampleRateHz: 48_000,
  maxBytes: { standard: 2 * 1024 ** 3, callAnalytics: 500 * 1024 ** 2 },
};

const formatOfContainer: readonly (readonly [RegExp, MediaFormat])[] = [
  [/^WAVE/i, 'wav'],
  [/^MPEG/i, 'mp3'],
  [/^M4[AB]/i, 'm4a'],
  [/^(iso\w|mp4|dash|M4V|MSNV|3gp|avc1)/i, 'mp4'],
  [/^FLAC/i, 'flac'],
  [/^Ogg/i, 'ogg'],
  [/^EBML\/webm/i, 'webm'],
  [/^AMR/, 'amr'],
];

/**
 * What is taken in each format. For AMR Transcribe documents narrow and wide band, for Ogg and WebM Opus; for the others it
 * names the format only. Of those, what is common is here (that Vorbis works is reported); an older codec in WAV (ADPCM, GSM)
 * is not documented, and is refused with what to convert it to rather than left to fail.
 *
 * @see https://docs.aws.amazon.com/transcribe/latest/dg/how-input.html
 */
const codecsOf: Readonly<Record<MediaFormat, readonly string[]>> = {
  wav: ['PCM', 'IEEE float', 'A-law', 'µ-law'],
  mp3: ['MPEG Layer III'],
  mp4: ['MPEG-4/AAC', 'ALAC', 'MPEG-1 layer 3'],
  m4a: ['MPEG-4/AAC', 'ALAC', 'MPEG-1 layer 3'],
  flac: ['FLAC'],
  ogg: ['Opus', 'Vorbis', 'FLAC'],
  webm: ['Opus', 'Vorbis'],
  amr: ['AMR-NB', 'AMR-WB'],
};

/** What inspecting audio may depend on. */
export interface AudioNeeds {
  /** How many channels there must be at least, where the source says so. */
  readonly channels?: 1 | 2;
}

/**
 * Decides whether Transcribe would take this audio. The first thing at fault is told, with what mends it.
 *
 * @param header what the file's own bytes say, or undefined where they say nothing that is known
 * @returns the audio with its length, or why the recording is rejected
 */
export function inspectAudio(
  header: AudioHeader | undefined,
  sizeBytes: number,
  needs: AudioNeeds = {},
): { audio: Audio; durationMs: number } | Rejection {
  if (sizeBytes === 0) return unreadable('the object is empty: upload the recording again');
  if (header?.looksLike)
    return unreadable(`the object is not audio but ${header.looksLike}: upload the recording itself`);
  if (!header?.container) {
    return unreadable(`the object is not audio of a known format: upload one of ${MediaFormat.options.join(', ')}`);
  }

  const { container, codec, channels, sampleRateHz, durationSeconds, damage } = header;
  const format = formatOfContainer.find(([pattern]) => pattern.test(container))?.[1];
  if (!format)
    return unsupported(`the container is ${container}: convert it to one of ${MediaFormat.options.join(', ')}`);
  if (damage) return unreadable(`the ${format} audio is cut off or damaged, ${damage}: upload it again`);
  if (header.hasVideo && !channels) return unsupported(`the ${format} file is a video without audio`);
  if (codec !== undefined && !codecsOf[format].includes(codec)) {
    return unsupported(`the ${format} audio is ${codec}: convert it to ${codecsOf[format].join(' or ')}`);
  }
  if (!channels || !sampleRateHz || durationSeconds === undefined) {
    return unreadable(`the ${format} audio does not tell its channels, sample rate and length: write it again`);
  }
  if (channels > LIMITS.maxChannels) {
    return unsupported(`the audio has ${channels} channels: at most 2 can be told apart, mix them down to 2`);
  }
  if (channels < (needs.channels ?? 1)) {
    return unsupported('the audio has one channel, its source has two: record the agent and the customer on one each');
  }
  if (sampleRateHz < LIMITS.minSampleRateHz || sampleRateHz > LIMITS.maxSampleRateHz) {
    return unsupported(`the sample rate is ${sampleRateHz} Hz: convert it to one from 8000 to 48000 Hz`);
  }
  const durationMs = Math.round(durationSeconds * 1000);
  if (durationMs > LIMITS.maxDurationMs) return unsupported('the audio is longer than 4 hours: split it');
  if (durationMs < LIMITS.minDurationMs) return unsupported('the audio is shorter than half a second');
  const maxBytes = channels === 2 ? LIMITS.maxBytes.callAnalytics : LIMITS.maxBytes.standard;
  if (sizeBytes > maxBytes) {
    return unsupported(`the object has ${sizeBytes} bytes, more than ${maxBytes}: compress it, as FLAC or MP3`);
  }
  return { audio: { format, channels, sampleRateHz }, durationMs };
}

const unreadable = (message: string): Rejection => ({ code: 'unreadable-audio', message });
const unsupported = (message: string): Rejection => ({ code: 'unsupported-audio', message });
