import { type Passage, type Span, textOf, type Word } from '../transcript.ts';
import { isPlaceholder, WordList } from './word-list.ts';

/** Whether something is said by a text, or it is punctuation only. */
const SPOKEN = /[\p{L}\p{N}\p{M}\p{S}[*]/u;

const WORDS_BY_LANGUAGE = new Map<string, Intl.Segmenter>();

/**
 * The words of a turn of which an output tells only the text. They share the time of the turn by their length; those
 * that stand for what was redacted have the times of `redacted`, one after the other, where there is one for each.
 */
export function wordsOfContent(
  content: string,
  turn: Span,
  redacted: readonly Span[],
  language: string | undefined,
): Word[] {
  const tokens = content.split(/\s/u).filter((token) => token !== '');
  const times = tokens.filter(isPlaceholder).length === redacted.length ? redacted.values() : undefined;
  const words = new WordList();
  for (const token of tokens) {
    const time = isPlaceholder(token) ? times?.next().value : undefined;
    const parts = isPlaceholder(token) || isSpaced(language) ? [token] : segmentsOf(token, language);
    for (const part of parts) {
      if (SPOKEN.test(part)) words.say(part, time?.startMs, time?.endMs, undefined);
      else words.punctuate(part);
    }
  }
  return words.finish(turn);
}

const SAMPLE: Word[] = ['a', 'b'].map((text) => ({ text, startMs: 0, endMs: 0 }));

const isSpaced = (language: string | undefined): boolean => textOf(SAMPLE, language) === 'a b';

function segmentsOf(text: string, language = 'en'): string[] {
  let segmenter = WORDS_BY_LANGUAGE.get(language);
  if (!segmenter) {
    segmenter = new Intl.Segmenter(language, { granularity: 'word' });
    WORDS_BY_LANGUAGE.set(language, segmenter);
  }
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** The words of a turn that the characters from `begin` to before `end` of its content touch, as a passage. */
export function passageOf(
  content: string,
  words: readonly Word[],
  begin: number,
  end: number,
  speaker: string,
): Passage | undefined {
  // The guide's examples count the begin from 1, its service from 0: the former then points at a space.
  const from = content[begin] === ' ' && begin > 0 ? begin - 1 : begin;
  let cursor = 0;
  let startMs: number | undefined;
  let endMs = 0;
  for (const word of words) {
    const found = content.indexOf(word.text, cursor);
    const position = found < 0 ? cursor : found;
    cursor = position + word.text.length;
    if (cursor <= from || position >= end) continue;
    startMs ??= word.startMs;
    endMs = Math.max(endMs, word.endMs);
  }
  if (startMs === undefined) return undefined;
  return { speaker, startMs, endMs, text: content.slice(from, end).trim() };
}
