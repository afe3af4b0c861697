import type { Moment } from '../calls/calls.ts';
import { VerbatimError } from '../platform/errors.ts';
import type { Transcript } from '../transcription/transcription.ts';
import type { Finding } from './dispute.ts';

/** A place in a call: a begin, and an end where one is given. Offsets are milliseconds in the recording. */
export interface Place {
  readonly startMs?: number | undefined;
  readonly endMs?: number | undefined;
}

/** What is said at a place. */
export type Said = Pick<Finding, 'startMs' | 'endMs' | 'speaker' | 'tag' | 'quote'>;

/** Offsets are shown to so many milliseconds: what begins within as many may be meant. */
const SHOWN_MS = 100;

/** So long a quote is at most: it is of a moment, and not the transcript. */
const MAX_QUOTE = 2000;

/**
 * What is said at a place of a call, in the words of the transcript. Of a begin alone it is the moment that is tagged there, or
 * else what its speaker says from there to the end of the turn, as far as a quote goes; of a call as a whole, nothing is quoted.
 *
 * @throws {VerbatimError} bad-request, where more is said until a given end than a quote holds
 */
export function saidAt(
  { startMs, endMs }: Place,
  moments: readonly Moment[],
  transcript: Transcript | undefined,
): Said {
  if (startMs === undefined) return {};
  const tagged = moments
    .filter((one) =>
      endMs === undefined ? one.startMs - SHOWN_MS < startMs && startMs <= one.endMs : isAt(one, startMs, endMs),
    )
    .toSorted((a, b) => b.startMs - a.startMs || Number(b.amount !== undefined) - Number(a.amount !== undefined))[0];
  if (tagged) {
    const { speaker, tag, quote } = tagged;
    return { startMs: tagged.startMs, endMs: tagged.endMs, speaker, tag, ...(quote !== '' && { quote }) };
  }
  const turns = transcript?.turns ?? [];
  const turn = turns.find((one) => one.endMs > startMs);
  const until = endMs ?? (turn && turn.startMs <= startMs ? turn.endMs : undefined) ?? startMs;
  const words = turns
    .flatMap(({ speaker, words: all }) => all.map((word) => ({ ...word, speaker })))
    .filter((word) => word.endMs > startMs && word.startMs < until)
    .toSorted((a, b) => a.startMs - b.startMs);
  const quoted = fitting(words);
  const isCut = quoted.length < words.length;
  if (isCut && endMs !== undefined)
    throw new VerbatimError(
      'bad-request',
      `endMs: more than ${MAX_QUOTE} characters are said until then: name a shorter part`,
    );
  const quote = quoted.map(({ text }) => text).join(' ');
  const speakers = new Set(quoted.map(({ speaker }) => speaker));
  const [speaker] = speakers.size === 1 ? speakers : [];
  return {
    startMs,
    endMs: isCut ? (quoted.at(-1)?.endMs ?? until) : until,
    ...(speaker !== undefined && { speaker }),
    ...(quote !== '' && { quote }),
  };
}

/** The first of the words, as many as a quote holds. */
function fitting<W extends { readonly text: string }>(words: readonly W[]): readonly W[] {
  let length = -1;
  const tooMany = words.findIndex(({ text }) => {
    length += text.length + 1;
    return length > MAX_QUOTE;
  });
  return tooMany < 0 ? words : words.slice(0, tooMany);
}

const isAt = (moment: Moment, startMs: number, endMs: number): boolean =>
  moment.startMs === startMs && moment.endMs === endMs;
