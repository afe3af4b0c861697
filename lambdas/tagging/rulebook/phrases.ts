import { inflectionsOf } from './inflections.ts';
import { normalise } from './tokens.ts';

/** A step of a phrase: one of some words, at most `gap` other words behind the step before. */
export interface Step {
  readonly words: ReadonlySet<string>;
  /** What words may begin with instead. */
  readonly prefixes: readonly string[];
  readonly gap: number;
}

/** A phrase, ready to be looked for: with each of its optional words and without. All variants begin alike. */
export interface Phrase {
  readonly variants: readonly (readonly Step[])[];
}

/** So many words may stand where a phrase has `...`. */
const GAP_WORDS = 6;

/** More words than these between two others belong to something else. */
const MAX_GAP_WORDS = 20;

/** Each optional word doubles what is looked for. */
const MAX_OPTIONAL = 4;

/**
 * Reads a phrase: words in order, `|` between alternatives, `...` where up to 6 other words may stand (`...3`: up to 3),
 * `cancel*` for what begins so, `~refund` for the forms of a word, `[the]` for a word that may be left out, `#` for a number
 * in digits (`#4`: of four).
 *
 * @example parsePhrase('call|line may|will|is ... [also] ~record')
 * @throws {TypeError} where the phrase does not begin and end with a word, or a word is missing in it
 */
export function parsePhrase(text: string): Phrase {
  const parts = text.trim().toLowerCase().split(/\s/).filter(Boolean);
  const isWord = (part: string | undefined) => part !== undefined && !part.startsWith('...') && !part.startsWith('[');
  if (!isWord(parts[0]) || !isWord(parts.at(-1))) {
    throw new TypeError(`the phrase "${text}" must begin and end with a word`);
  }
  let variants: Step[][] = [[]];
  let gap = 0;
  let optionals = 0;
  for (const part of parts) {
    if (part.startsWith('...')) {
      gap = gapOf(part, text);
      continue;
    }
    const optional = part.startsWith('[') && part.endsWith(']');
    const step = { ...stepOf(optional ? part.slice(1, -1) : part, text), gap };
    variants = variants.flatMap((steps) => {
      const longer = [...steps, widened(step, steps)];
      return optional ? [longer, [...steps, SKIPPED(gap)]] : [longer];
    });
    if (optional && ++optionals > MAX_OPTIONAL) {
      throw new TypeError(`the phrase "${text}" has more than ${MAX_OPTIONAL} words in [ ]: make two phrases of it`);
    }
    gap = 0;
  }
  return { variants: variants.map((steps) => steps.filter((step) => !isSkipped(step))) };
}

/** Holds the place, and the gap before it, of a word that is left out. */
const SKIPPED = (gap: number): Step => ({ words: new Set(), prefixes: [], gap });
const isSkipped = ({ words, prefixes }: Step): boolean => words.size === 0 && prefixes.length === 0;

/** `step` behind words that were left out: the gaps before them are open to it too. */
function widened(step: Step, before: readonly Step[]): Step {
  let gap = step.gap;
  for (let i = before.length - 1; i >= 0; i--) {
    const skipped = before[i];
    if (!skipped || !isSkipped(skipped)) break;
    gap = Math.max(gap, skipped.gap);
  }
  return { ...step, gap };
}

function gapOf(part: string, text: string): number {
  if (part === '...') return GAP_WORDS;
  const words = Number(part.slice(3));
  if (Number.isInteger(words) && words >= 1 && words <= MAX_GAP_WORDS) return words;
  throw new TypeError(`the phrase "${text}" has "${part}": write ... or ...N, with N from 1 to ${MAX_GAP_WORDS}`);
}

function stepOf(part: string, text: string): Omit<Step, 'gap'> {
  const words = new Set<string>();
  const prefixes: string[] = [];
  for (const alternative of part.split('|')) {
    if (isDigitClass(alternative)) {
      words.add(alternative);
      continue;
    }
    const word = normalise(alternative);
    if (word === '') throw new TypeError(`the phrase "${text}" has "${part}", in which a word is missing`);
    if (alternative.endsWith('*')) prefixes.push(word);
    else if (alternative.startsWith('~')) for (const form of inflectionsOf(word)) words.add(form);
    else words.add(word);
  }
  return { words, prefixes };
}

/** Where a phrase stands: the first and the last of its words, both included. */
export interface Match {
  readonly first: number;
  readonly last: number;
}

/** Whether `word` is one that `step` asks for. */
export function fits({ words, prefixes }: Step, word: string): boolean {
  if (words.has(word)) return true;
  for (const prefix of prefixes) if (word.startsWith(prefix)) return true;
  const digits = digitsOf(word);
  return digits > 0 && (words.has('#') || words.has(`#${digits}`));
}

/** `#` or `#4`: any number in digits, or one of so many. */
const isDigitClass = (part: string): boolean =>
  part.startsWith('#') && (part.length === 1 || (part.length <= 3 && Number(part.slice(1)) >= 1));

/** How many digits a number has that is written in digits, with or without hyphens between them; 0 for any other word. */
export function digitsOf(word: string): number {
  if (word.charCodeAt(0) > 57) return 0;
  let digits = 0;
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    if (code >= 48 && code <= 57) digits++;
    else if (code !== 45) return 0;
  }
  return digits;
}

/** Every place at which `phrase` stands in `words`, from left to right, none overlapping. */
export function findPhrase(words: readonly string[], phrase: Phrase): Match[] {
  const matches: Match[] = [];
  for (let first = 0; first < words.length; first++) {
    const last = endOf(words, phrase, first);
    if (last === undefined) continue;
    matches.push({ first, last });
    first = last;
  }
  return matches;
}

/** The last word of the shortest match of `phrase` that begins at `first`; undefined where there is none. */
export function endOf(words: readonly string[], { variants }: Phrase, first: number): number | undefined {
  let end: number | undefined;
  for (const steps of variants) {
    const [start, second] = steps;
    if (!start || !fits(start, words[first] ?? '')) return undefined;
    // Most phrases that begin at a word do not go on: that is seen before anything else is done.
    if (second && !goesOn(words, second, first)) continue;
    const last = second ? endOfVariant(words, steps, first) : first;
    if (last !== undefined && (end === undefined || last < end)) end = last;
  }
  return end;
}

function goesOn(words: readonly string[], step: Step, at: number): boolean {
  const to = Math.min(at + 1 + step.gap, words.length - 1);
  for (let i = at + 1; i <= to; i++) if (fits(step, words[i] ?? '')) return true;
  return false;
}

/**
 * Taking each step at its nearest place is right only without a step that is bound to the one before (gap 0): so the
 * places that a step can be at are all followed, of which there are never more than the gaps are wide.
 */
function endOfVariant(words: readonly string[], steps: readonly Step[], first: number): number | undefined {
  let reached = [first - 1];
  for (const step of steps) {
    const next: number[] = [];
    // The places are in order, so each is looked at once.
    let from = first;
    for (const at of reached) {
      const to = Math.min(at + 1 + step.gap, words.length - 1);
      for (let i = Math.max(at + 1, from); i <= to; i++) if (fits(step, words[i] ?? '')) next.push(i);
      from = Math.max(from, to + 1);
    }
    if (next.length === 0) return undefined;
    reached = next;
  }
  return reached[0];
}
