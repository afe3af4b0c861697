import type { RedactedAudioMissing } from '../calls/calls.ts';
import type { Span } from './transcript.ts';

/** Audio as samples, with what a WAV file says of them. */
export interface Sound {
  /** The body of the WAV file's `fmt ` chunk. */
  readonly format: Buffer;
  readonly sampleRateHz: number;
  /** One sample of every channel. */
  readonly blockBytes: number;
  /** The byte of which silence is made in this encoding. */
  readonly silentByte: number;
  /** The samples in order, in chunks that may end anywhere. */
  readonly samples: AsyncIterable<Buffer>;
}

/** Why audio cannot be redacted. */
export type Unredactable = Exclude<RedactedAudioMissing, 'nothing-redacted'>;

/** The audio cannot be redacted, now or later. */
export class UnredactableAudio extends Error {
  override readonly name = 'UnredactableAudio';
  readonly reason: Unredactable;

  constructor(reason: Unredactable, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/**
 * The samples of `sound` with silence in the place of each span, widened by `marginMs` at both ends; all others as they
 * are.
 *
 * @throws {UnredactableAudio} at the end, where a span lies behind it: what was transcribed is not this audio
 */
export async function* silenced(
  { samples, sampleRateHz, blockBytes, silentByte }: Omit<Sound, 'format'>,
  spans: readonly Span[],
  marginMs: number,
): AsyncGenerator<Buffer> {
  const bytesAt = (ms: number, round: (blocks: number) => number) => round((ms * sampleRateHz) / 1000) * blockBytes;
  const ranges = spans.map(({ startMs, endMs }) => ({
    from: bytesAt(Math.max(0, startMs - marginMs), Math.floor),
    to: bytesAt(endMs + marginMs, Math.ceil),
  }));
  let position = 0;
  for await (const chunk of samples) {
    const start = position;
    position += chunk.length;
    const within = ranges.filter(({ from, to }) => from < position && to > start);
    if (within.length === 0) {
      yield chunk;
      continue;
    }
    const silent = Buffer.from(chunk);
    for (const { from, to } of within) silent.subarray(Math.max(0, from - start), to - start).fill(silentByte);
    yield silent;
  }
  if (ranges.some(({ from }) => from >= position)) {
    throw new UnredactableAudio('audio-damaged', 'the audio ends before what is to be redacted in it');
  }
}
