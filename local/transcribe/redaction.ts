import type { TimeRange } from './audio.ts';
import type { Pii, PiiType } from './pii.ts';
import type { Word } from './recogniser.ts';

/** What stands in the place of personal data. */
const redactedText = '[PII]';

/** Words of one channel that are shown as they are, or as one `[PII]`. */
export interface Shown {
  text: string;
  startMs: number;
  endMs: number;
  /** How sure the recogniser is of the words, from 0 to 1. */
  confidence: number;
  /** What was redacted; absent for a word. */
  redacted?: PiiType;
}

/** Whether and as what a word is redacted. */
export type Redaction = ReadonlyMap<Word, Pii>;

/** What redacts nothing. */
export const noRedaction: Redaction = new Map();

/** Redacts what was found, if it is of one of the types; no types, or `ALL` among them, means every type. */
export function redactionOf(found: readonly Pii[], types: readonly string[] = []): Redaction {
  const wanted = found.filter(({ type }) => types.length === 0 || types.includes('ALL') || types.includes(type));
  return new Map(wanted.flatMap((pii) => pii.words.map((word) => [word, pii])));
}

/** When what is redacted was said, from its first to its last word each. */
export function redactedRanges(redaction: Redaction): TimeRange[] {
  return [...new Set(redaction.values())].map(({ words }) => ({
    startMs: Math.min(...words.map((word) => word.startMs)),
    endMs: Math.max(...words.map((word) => word.endMs)),
  }));
}

/**
 * The words as they are shown: what belongs to one piece of personal data becomes one `[PII]` from its first to its last
 * word. Where it reaches over several turns, each turn has its own.
 * The confidence of a redaction is the mean of the recogniser's: a rule has no other doubt than whether these were the words.
 */
export function shown(words: readonly Word[], redaction: Redaction): Shown[] {
  const groups: { pii: Pii | undefined; first: Word; words: Word[] }[] = [];
  for (const word of words) {
    const pii = redaction.get(word);
    const last = groups.at(-1);
    if (pii !== undefined && last?.pii === pii) last.words.push(word);
    else groups.push({ pii, first: word, words: [word] });
  }
  return groups.map(({ pii, first, words: own }) => {
    if (pii === undefined) return first;
    const confidence = own.reduce((total, word) => total + word.confidence, 0) / own.length;
    return {
      text: redactedText,
      startMs: first.startMs,
      endMs: Math.max(...own.map((word) => word.endMs)),
      confidence: Number(confidence.toFixed(4)),
      redacted: pii.type,
    };
  });
}
