import * as z from 'zod';

/** An offset in the recording, in milliseconds. */
const OffsetMs = z.number().int().nonnegative();

/** A stretch of the recording; the end is not before the start. */
export const Span = z.object({ startMs: OffsetMs, endMs: OffsetMs });
export type Span = z.infer<typeof Span>;

/** The speaker of a turn that nothing in the output tells. */
export const UNKNOWN_SPEAKER = 'UNKNOWN';

/** `AGENT` or `CUSTOMER` where that is known or inferred; else the output's own label (`spk_2`, `ch_1`), or `UNKNOWN`. */
const SpeakerName = z.string();

/** A word as it was said, with the punctuation that follows it. */
export const Word = Span.extend({
  text: z.string(),
  /** How sure the recogniser was, from 0 to 1; of a redacted word, that it had to be redacted. None where the output tells none. */
  confidence: z.number().min(0).max(1).optional(),
  /** There where the word stands for what was redacted; `type` is Transcribe's, such as `CREDIT_DEBIT_NUMBER`, where it is told. */
  redaction: z.object({ type: z.string().optional() }).optional(),
  /** There where a vocabulary filter masked, removed or marked the word. */
  filtered: z.literal(true).optional(),
});
export type Word = z.infer<typeof Word>;

export const Sentiment = z.enum(['POSITIVE', 'NEGATIVE', 'NEUTRAL', 'MIXED']);
export type Sentiment = z.infer<typeof Sentiment>;

/** What one speaker says until another speaks or a pause falls. Every turn has at least one word. */
export const Turn = Span.extend({
  speaker: SpeakerName,
  text: z.string(),
  words: z.array(Word),
  sentiment: Sentiment.optional(),
  /** Loudness by second, from 0 to 100, as Call Analytics tells it; `null` for a second of silence. */
  loudness: z.array(z.number().nullable()).optional(),
  /** The language of the turn, where it is told and the call has several. */
  language: z.string().optional(),
});
export type Turn = z.infer<typeof Turn>;

/** A sentiment as a number, from -5 (negative) to 5 (positive), as Call Analytics tells it. */
const SentimentScore = z.number().min(-5).max(5);

/** Somebody who speaks in the call. */
export const Speaker = z.object({
  speaker: SpeakerName,
  /** The output's own name: `spk_0`, `ch_1`, a participant's role. */
  label: z.string(),
  /** Why the speaker counts as agent or customer, where the output does not say; none where it does. */
  inferredFrom: z.string().optional(),
  /** How long they speak. */
  talkTimeMs: z.number().int().nonnegative(),
  wordsPerMinute: z.number().nonnegative().optional(),
  sentiment: z
    .object({ overall: SentimentScore.optional(), byQuarter: z.array(Span.extend({ score: SentimentScore })) })
    .optional(),
});
export type Speaker = z.infer<typeof Speaker>;

/** A stretch of the call with its words, such as an issue that Call Analytics found. */
export const Passage = Span.extend({ speaker: SpeakerName, text: z.string() });
export type Passage = z.infer<typeof Passage>;

/**
 * What was said in a call, whichever Transcribe output it comes from. Read from the first turn to the last, the words are
 * in order of time: a turn ends where another's words begin between its own.
 */
export const Transcript = z.object({
  /** Transcribe's language code, where the output tells it: of several languages, the one spoken most. */
  language: z.string().optional(),
  /** Every language of the call, where the output tells several. */
  languages: z
    .array(z.object({ language: z.string(), durationMs: z.number().int().nonnegative().optional() }))
    .default([]),
  /** The length of the conversation; the end of the last word where the output does not tell it. */
  durationMs: OffsetMs,
  /** In order of their first word; whoever says nothing, last. */
  speakers: z.array(Speaker).default([]),
  turns: z.array(Turn),
  /** Where somebody speaks into another's turn: who, and from when to when. */
  interruptions: z.array(Span.extend({ speaker: SpeakerName })).default([]),
  /** Where nobody speaks for longer. */
  nonTalkTimes: z.array(Span).default([]),
  /** What was redacted, and when. */
  redactions: z.array(Span.extend({ speaker: SpeakerName, type: z.string().optional() })).default([]),
  issues: z.array(Passage).default([]),
  outcomes: z.array(Passage).default([]),
  actionItems: z.array(Passage).default([]),
  /** The categories of Call Analytics that the call matches, with where; a category may match the call as a whole. */
  categories: z.array(z.object({ name: z.string(), pointsOfInterest: z.array(Span) })).default([]),
  /** The generative summary of the call. */
  summary: z.string().optional(),
});
export type Transcript = z.infer<typeof Transcript>;

/** Languages that write no spaces between words. */
const UNSPACED = new Set(['zh', 'ja', 'th']);

/** The text of `words`, as one would write it in `language`; a word that a vocabulary filter removed leaves no gap. */
export function textOf(words: readonly Word[], language?: string): string {
  const space = UNSPACED.has(language?.split('-')[0] ?? '') ? '' : ' ';
  let text = '';
  for (const word of words) if (word.text !== '') text += text === '' ? word.text : space + word.text;
  return text;
}
