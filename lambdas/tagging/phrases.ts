import { normalise } from './tokens.ts';

/** A step of a phrase: one of some words, at most `gap` other words behind the step before. */
interface Step {
  readonly words: ReadonlySet<string>;
  readonly gap: number;
}

/** A phrase, ready to be looked for. */
export interface Phrase {
  readonly steps: readonly Step[];
}

/** So many words may stand where a phrase has `...`. */
const GAP_WORDS = 6;

/**
 * Reads a phrase: words in order, `|` between alternatives, `...` where up to 6 other words may stand.
 *
 * @example parsePhrase('call|line may|will|is ... recorded')
 * @throws {TypeError} where the phrase has no words, or a gap at its begin or end
 */
export function parsePhrase(text: string): Phrase {
  const parts = text.trim().toLowerCase().split(/\s+/);
  if (parts[0] === '' || parts[0] === '...' || parts.at(-1) === '...') {
    throw new TypeError(`the phrase "${text}" must begin and end with a word`);
  }
  const steps: Step[] = [];
  let gap = 0;
  for (const part of parts) {
    if (part === '...') {
      gap = GAP_WORDS;
      continue;
    }
    const words = part.split('|').map(normalise);
    if (words.includes('')) throw new TypeError(`the phrase "${text}" has "${part}", in which a word is missing`);
    steps.push({ words: new Set(words), gap });
    gap = 0;
  }
  return { steps };
}

/** Where a phrase stands: the first and the last of its words, both included. */
export interface Match {
  readonly first: number;
  readonly last: number;
}

/** Every place at which `phrase` stands in `words`, from left to right, none overlapping. */
export function findPhrase(words: readonly string[], phrase: Phrase): Match[] {
  const matches: Match[] = [];
  for (let first = 0; first < words.length; first++) {
    const last = endOf(words, phrase.steps, first);
    if (last === undefined) continue;
    matches.push({ first, last });
    first = last;
  }
  return matches;
}

/**
 * The last word of the shortest match that begins at `first`. Taking each step at its nearest place is right here only
 * without a step that is bound to the one before (gap 0): so the places that a step can be at are all followed.
 */
function endOf(words: readonly string[], steps: readonly Step[], first: number): number | undefined {
  let reached = [first - 1];
  for (const { words: wanted, gap } of steps) {
    const next = new Set<number>();
    for (const at of reached) {
      for (let i = at + 1; i <= at + 1 + gap && i < words.length; i++) {
        if (wanted.has(words[i] ?? '')) next.add(i);
      }
    }
    if (next.size === 0) return undefined;
    reached = [...next];
  }
  return Math.min(...reached);
}
