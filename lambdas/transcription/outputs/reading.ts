import type { Passage, Sentiment, Span, Speaker, Transcript, Word } from '../transcript.ts';

/** What one speaker says in one go, as an output writes it; others may speak meanwhile. */
export interface Utterance {
  /** The output's own name of the speaker. */
  readonly label: string;
  /** At least one, in order of time. */
  readonly words: readonly Word[];
  /** Where the output lets it begin. */
  readonly startMs: number;
  readonly sentiment?: Sentiment | undefined;
  /** One score for each second of the call that it touches. */
  readonly loudness?: readonly (number | null)[] | undefined;
  readonly language?: string | undefined;
}

/** A part of a transcript whose speakers still have the output's names. */
type Told<Part extends keyof Transcript> = Transcript[Part];

/** What an output tells, whatever its shape. What it does not tell is measured from the words. */
export interface Reading {
  readonly utterances: Utterance[];
  /** Everybody whom the output names, also who says nothing. */
  readonly labels: Set<string>;
  language?: string | undefined;
  languages: Told<'languages'>;
  /** The length of the call, where the output tells it. */
  durationMs?: number | undefined;
  /** The end of the last turn. */
  endMs: number;
  /** By label. */
  readonly details: Map<string, Partial<Pick<Speaker, 'talkTimeMs' | 'wordsPerMinute' | 'sentiment'>>>;
  interruptions?: Told<'interruptions'> | undefined;
  nonTalkTimes?: Span[] | undefined;
  /** Beside those of the words. */
  readonly redactions: Told<'redactions'>;
  readonly issues: Passage[];
  readonly outcomes: Passage[];
  readonly actionItems: Passage[];
  readonly categories: Told<'categories'>;
  summary?: string | undefined;
}

/** A reading of nothing, to be filled. */
export const emptyReading = (): Reading => ({
  utterances: [],
  labels: new Set(),
  languages: [],
  endMs: 0,
  details: new Map(),
  redactions: [],
  issues: [],
  outcomes: [],
  actionItems: [],
  categories: [],
});
