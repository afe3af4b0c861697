import type { Transcript, Turn, Word } from '../../transcription/transcription.ts';
import { alsoFirstNames, commonWords, functionWords, oftenCapitalised } from './common-words.ts';

/** A phrase of a call, and how often it is said in it. */
export interface PhraseTimes {
  /** Two or three common words in lower case, with a space between them. */
  readonly phrase: string;
  /** From 1. */
  readonly times: number;
}

/** So many phrases are counted of one call; a customer says about as many in five minutes. */
export const MAX_PHRASES = 100;

/**
 * Whether phrases are counted of calls in a language (`en-GB`). The list of common words is English: calls in other languages have no phrases,
 * and are none of the calls in all that phrases are compared with.
 */
export const hasPhrases = (language: string): boolean => /^en\b/i.test(language);

/**
 * The phrases that the customer says in a call: those most often said first, then those said earlier, at most {@link MAX_PHRASES}.
 *
 * A phrase is two or three words of the list of common words, one after the other in a sentence of one turn. Anything else between them keeps
 * them apart: another word, a number, a comma, what was redacted or filtered, a word that is written as a name. Hesitations and words
 * said twice in a row do not. It has a word that says something, and does not begin or end in the midst ("to my
 * refund", "refund to my").
 *
 * None of a call that is told to be in another language than English; where no language is told, of one whose customer uses common English
 * words half of the time.
 */
export function phrasesOf(
  transcript: Pick<Transcript, 'turns' | 'language'> & Partial<Pick<Transcript, 'redactions'>>,
): PhraseTimes[] {
  const languageOf = (turn: Turn) => turn.language ?? transcript.language;
  const turns = transcript.turns.filter((turn) => turn.speaker === 'CUSTOMER' && hasPhrases(languageOf(turn) ?? 'en'));
  const tellsCase = turns.some(({ words }) => words.some((word) => /^\p{Ll}/u.test(word.text)));
  const redactions = transcript.redactions ?? [];
  const times = new Map<string, number>();
  let words = 0;
  let common = 0;
  for (const turn of turns) {
    if (languageOf(turn) === undefined) {
      words += turn.words.length;
      common += turn.words.filter((word) => commonWords.has(normalised(word.text))).length;
    }
    for (const run of runsOf(turn.words, tellsCase, redactions)) {
      for (const phrase of phrasesIn(run)) times.set(phrase, (times.get(phrase) ?? 0) + 1);
    }
  }
  if (2 * common < words) return [];
  return [...times]
    .map(([phrase, times]) => ({ phrase, times }))
    .sort((a, b) => b.times - a.times)
    .slice(0, MAX_PHRASES);
}

/** A word as the list has it: lower case, without the punctuation around it. */
const normalised = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');

const HESITATIONS = new Set('um umm uh uhm er erm hm hmm mm mhm ah'.split(' '));

/** What follows these is a name, although a full stop may stand between. */
const TITLES = new Set(['mr', 'mrs', 'ms', 'dr', 'prof', 'st']);

/** The common words of a turn that stand together, run by run. */
function runsOf(words: readonly Word[], tellsCase: boolean, redactions: Transcript['redactions']): string[][] {
  const runs: string[][] = [];
  let run: string[] = [];
  const end = () => {
    if (run.length > 1) runs.push(run);
    run = [];
  };
  let opensSentence = true;
  let sinceMs = words[0]?.startMs ?? 0;
  for (const word of words) {
    const { text, startMs, endMs } = word;
    const plain = normalised(text);
    const isWithheld =
      word.redaction !== undefined ||
      word.filtered === true ||
      redactions.some((span) => span.startMs < Math.max(endMs, startMs + 1) && span.endMs > sinceMs);
    sinceMs = endMs;
    if (!isWithheld && HESITATIONS.has(plain)) continue;
    const isName = tellsCase && isWrittenAsName(text, plain, opensSentence);
    if (isWithheld || isName || !isPlain(text) || !commonWords.has(plain)) end();
    else if (run.at(-1) !== plain) run.push(plain);
    if (/[^\p{L}\p{N}]$/u.test(text)) end();
    opensSentence = /[.?!…]["”’)]*$/u.test(text) && !TITLES.has(plain);
  }
  end();
  return runs;
}

/** Whether around a word is no more than a sentence puts there: around `[NAME]`, `***` and `$5` is. */
const isPlain = (text: string): boolean => !/[^\p{L}\p{N}\s.,?!;:…"“”'‘’()—–-]/u.test(text);

/** Whether a capital says that a word is a name here, not that a sentence begins, nor that it is always written so (`PIN`). */
function isWrittenAsName(text: string, plain: string, opensSentence: boolean): boolean {
  if (!/^\P{L}*\p{Lu}/u.test(text) || oftenCapitalised.has(plain)) return false;
  if (alsoFirstNames.has(plain)) return true;
  const isInCapitals = plain.length > 1 && text.toUpperCase() === text;
  return !opensSentence && !isInCapitals;
}

/** What leaves a phrase open where it is the last word. */
const OPEN_ENDED = new Set(
  [
    'a an the this that these those some any every each all both either neither no another same such',
    'my your his its our their and or but nor so yet if then than because since although though while unless until whether as',
    'of to for at by from with without into onto about per via is am are was were be been being do does did have has had',
    'can could shall should would might must may will i you he she it we they who which what when where why how',
    "i'm i've i'll i'd you're you've you'll you'd it's it'll we're we've we'll we'd they're they've they'll they'd that's there's",
    "he's he'll he'd she's she'll she'd cannot can't couldn't shouldn't wouldn't won't don't doesn't didn't isn't aren't wasn't weren't",
    "haven't hasn't hadn't very really quite too just also not",
  ].flatMap((words) => words.split(' ')),
);

/** What leaves a phrase open where it is the first word. */
const OPEN_BEFORE = new Set('and or but nor so then than because of to for at by from with a an the'.split(' '));

/** The phrases of two and three words in a run, in order of where they begin; as often as they are there. */
function phrasesIn(run: readonly string[]): string[] {
  const phrases: string[] = [];
  for (let at = 0; at < run.length; at++) {
    for (const length of [2, 3]) {
      const words = run.slice(at, at + length);
      if (words.length === length && isPhrase(words)) phrases.push(words.join(' '));
    }
  }
  return phrases;
}

const isPhrase = (words: readonly string[]): boolean =>
  !words.every((word) => functionWords.has(word)) &&
  !OPEN_BEFORE.has(words[0] ?? '') &&
  !OPEN_ENDED.has(words.at(-1) ?? '');
