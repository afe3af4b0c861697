import { digitsOf, endOf, type Match, type Phrase, type Step } from './phrases.ts';

/** A phrase of the index, and what it was put there for. */
export interface IndexedPhrase<Use> {
  readonly phrase: Phrase;
  readonly uses: Use[];
}

/** Where an indexed phrase stands. */
interface IndexedMatch<Use> extends Match {
  readonly uses: readonly Use[];
}

/** Phrases by what they begin with: at each word, only those that may begin there are looked at. */
export interface PhraseIndex<Use> {
  /** By their first two words, where one directly follows the other: many rules begin with "I" or "the". */
  readonly byPair: ReadonlyMap<string, ReadonlyMap<string, readonly IndexedPhrase<Use>[]>>;
  readonly byWord: ReadonlyMap<string, readonly IndexedPhrase<Use>[]>;
  /** By the code of the prefix's first character, then by its length, then by the prefix. */
  readonly byPrefix: ReadonlyMap<number, ReadonlyMap<number, ReadonlyMap<string, readonly IndexedPhrase<Use>[]>>>;
}

/** Puts phrases into an index. */
export function indexPhrases<Use>(phrases: Iterable<IndexedPhrase<Use>>): PhraseIndex<Use> {
  const byPair = new Map<string, Map<string, IndexedPhrase<Use>[]>>();
  const byWord = new Map<string, IndexedPhrase<Use>[]>();
  const byPrefix = new Map<number, Map<number, Map<string, IndexedPhrase<Use>[]>>>();
  for (const indexed of phrases) {
    const pairs = pairsOf(indexed.phrase);
    if (pairs) {
      for (const [word, seconds] of pairs) {
        const bySecond = byPair.get(word) ?? new Map<string, IndexedPhrase<Use>[]>();
        byPair.set(word, bySecond);
        for (const second of seconds) listAt(bySecond, second).push(indexed);
      }
      continue;
    }
    const first = indexed.phrase.variants[0]?.[0];
    for (const word of first?.words ?? []) listAt(byWord, word).push(indexed);
    for (const prefix of first?.prefixes ?? []) {
      const begin = prefix.charCodeAt(0);
      const ofBegin = byPrefix.get(begin) ?? new Map<number, Map<string, IndexedPhrase<Use>[]>>();
      byPrefix.set(begin, ofBegin);
      const ofLength = ofBegin.get(prefix.length) ?? new Map<string, IndexedPhrase<Use>[]>();
      ofBegin.set(prefix.length, ofLength);
      listAt(ofLength, prefix).push(indexed);
    }
  }
  return { byPair, byWord, byPrefix };
}

/** A phrase of more alternatives than this is indexed by its first word alone. */
const MAX_PAIRS = 256;

/** The two words with which a phrase can begin; undefined where it can begin otherwise. */
function pairsOf({ variants }: Phrase): Map<string, Set<string>> | undefined {
  const pairs = new Map<string, Set<string>>();
  let count = 0;
  for (const [first, second] of variants) {
    if (!first || !second || second.gap > 0 || !isWordsAlone(first) || !isWordsAlone(second)) return undefined;
    count += first.words.size * second.words.size;
    if (count > MAX_PAIRS) return undefined;
    for (const word of first.words) {
      const seconds = pairs.get(word) ?? new Set();
      pairs.set(word, seconds);
      for (const other of second.words) seconds.add(other);
    }
  }
  return pairs;
}

const isWordsAlone = ({ words, prefixes }: Step): boolean =>
  prefixes.length === 0 && ![...words].some((word) => word.startsWith('#'));

function listAt<V>(lists: Map<string, V[]>, key: string): V[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

/**
 * Every place at which a phrase of the index stands in `words`, from left to right: the same as if each were looked for by
 * itself.
 */
export function findIndexed<Use>(
  words: readonly string[],
  { byPair, byWord, byPrefix }: PhraseIndex<Use>,
): IndexedMatch<Use>[] {
  const matches: IndexedMatch<Use>[] = [];
  const lastOf = new Map<IndexedPhrase<Use>, number>();
  const look = (first: number, candidates: readonly IndexedPhrase<Use>[] | undefined) => {
    if (!candidates) return;
    for (const indexed of candidates) {
      const last = endOf(words, indexed.phrase, first);
      if (last === undefined || first <= (lastOf.get(indexed) ?? -1)) continue;
      lastOf.set(indexed, last);
      matches.push({ first, last, uses: indexed.uses });
    }
  };
  for (let first = 0; first < words.length; first++) {
    const word = words[first] ?? '';
    look(first, byPair.get(word)?.get(words[first + 1] ?? ''));
    look(first, byWord.get(word));
    const digits = digitsOf(word);
    if (digits > 0) {
      look(first, byWord.get('#'));
      look(first, byWord.get(`#${digits}`));
    }
    const prefixes = byPrefix.get(word.charCodeAt(0));
    if (!prefixes) continue;
    for (const [length, ofLength] of prefixes) {
      if (word.length >= length) look(first, ofLength.get(word.slice(0, length)));
    }
  }
  return matches;
}
