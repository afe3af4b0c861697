import type { Transcript, Turn, Word } from '../../transcription/transcription.ts';

/** What one speaker says without a longer pause; phrases are looked for within it, across turns. */
export interface Utterance {
  readonly speaker: string;
  /** The language it is in, where that is told. */
  readonly language: string | undefined;
  /** Its words as rules compare them, see {@link normalise}. One that was redacted is {@link REDACTED}. */
  readonly texts: readonly string[];
  /** The same words as they stand in the transcript. */
  readonly words: readonly Word[];
  /** The turn of each word. */
  readonly turns: readonly Turn[];
}

/** A word that was redacted, as rules see it: what no phrase can ask for. */
const REDACTED = '[redacted]';

/** A pause that separates what a speaker says; shorter ones are breath. */
const UTTERANCE_PAUSE_MS = 2000;

interface OpenUtterance extends Utterance {
  readonly texts: string[];
  readonly words: Word[];
  readonly turns: Turn[];
}

/** The utterances of a call, in order of their start. */
export function utterancesOf(transcript: Transcript): Utterance[] {
  const openOf = new Map<string, OpenUtterance>();
  const utterances: OpenUtterance[] = [];
  for (const turn of transcript.turns) {
    const { speaker } = turn;
    const language = turn.language ?? transcript.language;
    let open = openOf.get(speaker);
    for (const word of turn.words) {
      const text = word.redaction ? REDACTED : normalise(word.text);
      if (text === '') continue;
      const last = open?.words[open.words.length - 1];
      if (!open || !last || word.startMs - last.endMs > UTTERANCE_PAUSE_MS || open.language !== language) {
        open = { speaker, language, texts: [], words: [], turns: [] };
        openOf.set(speaker, open);
        utterances.push(open);
      }
      open.texts.push(text);
      open.words.push(word);
      open.turns.push(turn);
    }
  }
  return utterances;
}

/** `text` as rules compare it: lower case, without the punctuation around it; empty where it is punctuation alone. */
export function normalise(text: string): string {
  let plain = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) return normaliseUnicode(text);
    if (code < 97 || code > 122) plain = false;
  }
  // Most words are of lower-case letters alone, and stay as they are.
  if (plain) return text;
  let from = 0;
  while (from < text.length && !isKept(text.charCodeAt(from)) && text[from] !== '$') from++;
  let to = text.length;
  while (to > from && !isKept(text.charCodeAt(to - 1)) && text[to - 1] !== '%' && text[to - 1] !== '$') to--;
  const word = text.slice(from, to).toLowerCase();
  return word === '$' ? '' : word;
}

/** Whether an ASCII character is a letter or a digit. */
const isKept = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);

/** The same for words that are not of ASCII alone. */
function normaliseUnicode(text: string): string {
  const characters = Array.from(text.toLowerCase().normalize('NFC').replaceAll('’', "'"));
  let from = 0;
  while (from < characters.length && !opens(characters[from] ?? '')) from++;
  let to = characters.length;
  while (to > from && !closes(characters[to - 1] ?? '')) to--;
  // A sign of money alone is no word.
  const isWord = characters.slice(from, to).some(isLetterOrDigit);
  return isWord ? characters.slice(from, to).join('') : '';
}

const LETTER_OR_DIGIT = /^[\p{L}\p{M}\p{N}]$/u;
const isLetterOrDigit = (character: string): boolean => LETTER_OR_DIGIT.test(character);
const CURRENCY_SIGNS = new Set(['$', '€', '£']);
const opens = (character: string): boolean => isLetterOrDigit(character) || CURRENCY_SIGNS.has(character);
const closes = (character: string): boolean => opens(character) || character === '%';
