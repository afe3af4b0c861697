import type { Span, Word } from '../transcript.ts';

/** The start of a word whose time is not known yet. */
const UNTIMED = -1;

/** The words of one speaker as they are read, item by item. */
export class WordList {
  readonly words: Word[] = [];
  #before = '';
  #lastStartMs = 0;
  #untimed = false;
  #ordered = true;

  /** Adds a word. One without times gets them by `finish`; one with only a begin or an end has no length. */
  say(text: string, startMs: number | undefined, endMs: number | undefined, confidence: number | undefined): Word {
    const start = startMs ?? endMs ?? UNTIMED;
    const word: Word = { text, startMs: start, endMs: endMs ?? start, confidence };
    if (text === '' || text.startsWith('***')) word.filtered = true;
    else if (text.charCodeAt(0) === 91) markRedaction(word);
    if (this.#before !== '') {
      word.text = this.#before + text;
      this.#before = '';
    }
    if (start === UNTIMED) this.#untimed = true;
    else if (start < this.#lastStartMs) this.#ordered = false;
    else this.#lastStartMs = start;
    this.words.push(word);
    return word;
  }

  /** Adds a punctuation mark to the word before it; before any word, to the first one. */
  punctuate(mark: string): void {
    const last = this.words.at(-1);
    if (last) last.text += mark;
    else this.#before += mark;
  }

  /**
   * The words in order of time. Those without times share the time between their neighbours, or that to the bounds of the
   * turn, by their length.
   */
  finish(bounds?: Span): Word[] {
    if (this.#untimed) placeUntimed(this.words, bounds);
    // Stable: words that start at once stay as they were written.
    if (!this.#ordered) this.words.sort((a, b) => a.startMs - b.startMs);
    return this.words;
  }
}

/** What Transcribe writes for a redacted word: `[PII]`, or its type, `[NAME]`. */
const PLACEHOLDER = /^\[([A-Z_]+)\]/;

/** Whether a word stands for what was redacted. */
export const isPlaceholder = (text: string): boolean => PLACEHOLDER.test(text);

function markRedaction(word: Word): void {
  const type = PLACEHOLDER.exec(word.text)?.[1];
  if (type) word.redaction = type === 'PII' ? {} : { type };
}

function placeUntimed(words: readonly Word[], bounds: Span | undefined): void {
  for (let from = 0; from < words.length; from++) {
    if (words[from]?.startMs !== UNTIMED) continue;
    let to = from;
    while (words[to]?.startMs === UNTIMED) to++;
    const next = words[to]?.startMs;
    const earliest = words[from - 1]?.endMs ?? bounds?.startMs ?? next ?? 0;
    const latest = next ?? Math.max(bounds?.endMs ?? earliest, earliest);
    spread(words.slice(from, to), Math.min(earliest, latest), latest);
    from = to;
  }
}

function spread(words: readonly Word[], startMs: number, endMs: number): void {
  const lengthOf = (word: Word) => Math.max(word.text.length, 1);
  const total = words.reduce((sum, word) => sum + lengthOf(word), 0);
  let before = 0;
  const timeAt = (length: number) => startMs + Math.round(((endMs - startMs) * length) / total);
  for (const word of words) {
    word.startMs = timeAt(before);
    before += lengthOf(word);
    word.endMs = timeAt(before);
  }
}
