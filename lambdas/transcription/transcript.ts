import * as z from 'zod';

/** How sure the recogniser was of a word, from 0 to 1. */
const Confidence = z.number().min(0).max(1);

/** Offsets in the recording, in milliseconds; the end is not before the start. */
const Span = z.object({ startMs: z.number().int().nonnegative(), endMs: z.number().int().nonnegative() });

/** A word as it was said, with the punctuation that follows it. */
export const Word = Span.extend({ text: z.string(), confidence: Confidence });
export type Word = z.infer<typeof Word>;

export const Sentiment = z.enum(['POSITIVE', 'NEGATIVE', 'NEUTRAL', 'MIXED']);
export type Sentiment = z.infer<typeof Sentiment>;

/** The speaker of a turn that nothing in the output tells. */
export const UNKNOWN_SPEAKER = 'UNKNOWN';

/** What one speaker says until another speaks or a pause falls. */
export const Turn = Span.extend({
  /** `AGENT` or `CUSTOMER` where that is known; else the output's own label (`spk_0`, `ch_1`), or `UNKNOWN`. */
  speaker: z.string(),
  text: z.string(),
  words: z.array(Word),
  sentiment: Sentiment.optional(),
});
export type Turn = z.infer<typeof Turn>;

/** What was said in a call: turns in order of their start, whichever Transcribe job they come from. */
export const Transcript = z.object({
  /** Transcribe's language code, where the output tells it. */
  language: z.string().optional(),
  /** The length of the conversation; the end of the last word where the output does not tell it. */
  durationMs: z.number().int().nonnegative(),
  turns: z.array(Turn),
});
export type Transcript = z.infer<typeof Transcript>;

/** The text of `words`, as one would write it. */
export const textOf = (words: readonly Word[]): string => words.map((word) => word.text).join(' ');
