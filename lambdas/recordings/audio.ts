import { type Audio, MediaFormat } from '../calls/calls.ts';
import { HOUR_MS } from '../platform/clock.ts';
import type { Rejection } from './recording.ts';

/** What a header reader found; any part can be lacking. */
export interface AudioHeader {
  readonly container?: string;
  readonly channels?: number;
  readonly sampleRateHz?: number;
  readonly durationSeconds?: number;
}

/**
 * Transcribe's limits on one media file.
 * Source: Amazon Transcribe Developer Guide, "Guidelines and quotas": 4 hours, 500 ms, 2 GB (Call Analytics 500 MB), 2 channels.
 */
const LIMITS = {
  maxDurationMs: 4 * HOUR_MS,
  minDurationMs: 500,
  maxChannels: 2,
  maxBytes: { standard: 2 * 1024 ** 3, callAnalytics: 500 * 1024 ** 2 },
};

const formatOfContainer: readonly (readonly [RegExp, MediaFormat])[] = [
  [/^WAVE/i, 'wav'],
  [/^MPEG/i, 'mp3'],
  [/^(M4A|isom|mp4)/i, 'mp4'],
  [/^FLAC/i, 'flac'],
  [/^Ogg/i, 'ogg'],
  [/^(EBML|matroska|webm)/i, 'webm'],
];

/**
 * Decides whether Transcribe would take this audio.
 *
 * @param header what the file's own bytes say, or undefined where they say nothing that is audio
 * @returns the audio with its length, or why the recording is rejected
 */
export function inspectAudio(
  header: AudioHeader | undefined,
  sizeBytes: number,
): { audio: Audio; durationMs: number } | Rejection {
  if (sizeBytes === 0) return { code: 'unreadable-audio', message: 'the object is empty' };
  if (!header?.container) return { code: 'unreadable-audio', message: 'the object is not audio of a known format' };
  const { container, channels, sampleRateHz, durationSeconds } = header;
  const format = formatOfContainer.find(([pattern]) => pattern.test(container))?.[1];
  if (!format) return unsupported(`the container is ${container}: Transcribe takes ${MediaFormat.options.join(', ')}`);
  if (!channels || !sampleRateHz || !durationSeconds) {
    return {
      code: 'unreadable-audio',
      message: `the ${format} audio does not tell its channels, sample rate and length`,
    };
  }
  const durationMs = Math.round(durationSeconds * 1000);
  if (channels > LIMITS.maxChannels)
    return unsupported(`the audio has ${channels} channels: at most 2 can be told apart`);
  if (durationMs > LIMITS.maxDurationMs) return unsupported('the audio is longer than 4 hours');
  if (durationMs < LIMITS.minDurationMs) return unsupported('the audio is shorter than half a second');
  const maxBytes = channels === 2 ? LIMITS.maxBytes.callAnalytics : LIMITS.maxBytes.standard;
  if (sizeBytes > maxBytes) return unsupported(`the object has ${sizeBytes} bytes, more than ${maxBytes}`);
  return { audio: { format, channels, sampleRateHz }, durationMs };
}

const unsupported = (message: string): Rejection => ({ code: 'unsupported-audio', message });
