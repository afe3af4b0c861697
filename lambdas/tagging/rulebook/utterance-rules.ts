import type { Span } from '../../transcription/transcription.ts';
import { type Amount, findAmounts } from './amounts.ts';
import { countsFor, type Finding, findingOf } from './finding.ts';
import { clauseBeginsBetween, isNegated, isNegatedBy, isTakenBack } from './negation.ts';
import { findIndexed, type IndexedPhrase, indexPhrases, type PhraseIndex } from './phrase-index.ts';
import { type Match, type Phrase, parsePhrase } from './phrases.ts';
import type { Rulebook, TaggingRule } from './rulebook.ts';
import type { Utterance } from './tokens.ts';

/** A rule whose phrases are read. */
export interface CompiledRule {
  readonly rule: TaggingRule;
  /** The languages that it is written in; none where it is for all. */
  readonly languages: readonly string[] | undefined;
  readonly negations: ReadonlySet<string> | undefined;
  /** The phrases that bear on a match, looked for only where there is one. */
  readonly not: PhraseIndex<void> | undefined;
  readonly near: PhraseIndex<void> | undefined;
}

/** What a phrase is looked for everywhere for: as what a rule finds, or as what it needs near it in time. */
export interface Use {
  readonly compiled: CompiledRule;
  readonly as: 'match' | 'reply';
  /** The words that the phrase asks for. */
  readonly own: ReadonlySet<string>;
}

/** Reads the phrases of a rule. */
export function compileRule(rule: TaggingRule, rulebook: Rulebook): CompiledRule {
  const indexed = (phrases: readonly string[] | undefined) =>
    phrases && indexPhrases(phrases.map((text) => ({ phrase: parsePhrase(text), uses: [] })));
  return {
    rule,
    languages: rule.languages ?? rulebook.languages,
    negations: rule.negations && new Set(rule.negations),
    not: indexed(rule.not?.phrases),
    near: rule.near?.withinWords === undefined ? undefined : indexed(rule.near.phrases),
  };
}

/** One index of all phrases that rules look for, each once, with all that it is for. */
export function indexRules(rules: readonly CompiledRule[]): PhraseIndex<Use> {
  const phrases = new Map<string, IndexedPhrase<Use>>();
  const add = (compiled: CompiledRule, as: Use['as'], texts: readonly string[] = []) => {
    for (const text of texts) {
      const indexed = phrases.get(text) ?? { phrase: parsePhrase(text), uses: [] };
      phrases.set(text, indexed);
      indexed.uses.push({ compiled, as, own: wordsOf(indexed.phrase) });
    }
  };
  for (const compiled of rules) {
    const { phrases: own, near } = compiled.rule;
    add(compiled, 'match', own);
    if (near?.withinSeconds !== undefined) add(compiled, 'reply', near.phrases);
  }
  return indexPhrases(phrases.values());
}

const wordsOf = ({ variants }: Phrase): ReadonlySet<string> =>
  new Set(variants.flatMap((steps) => steps.flatMap((step) => [...step.words])));

/** What rules find in the words of a call. */
export interface Said {
  readonly found: Map<CompiledRule, Finding[]>;
  readonly replies: Map<CompiledRule, Span[]>;
}

interface OwnMatch extends Match {
  readonly own: ReadonlySet<string>;
}

/** Notes in `said`, by rule, what is found in an utterance. */
export function readUtterance(utterance: Utterance, index: PhraseIndex<Use>, said: Said): void {
  const matchesOf = new Map<CompiledRule, OwnMatch[]>();
  for (const { first, last, uses } of findIndexed(utterance.texts, index)) {
    for (const { compiled, as, own } of uses) {
      if (!speaks(utterance.language, compiled.languages)) continue;
      if (as === 'match') {
        if (countsFor(compiled.rule, utterance.speaker)) append(matchesOf, compiled, { first, last, own });
      } else if (countsFor(compiled.rule.near ?? {}, utterance.speaker)) {
        append(said.replies, compiled, stretchOf(utterance, first, last));
      }
    }
  }
  let amounts: readonly Amount[] | undefined;
  const amountsHere = () => {
    amounts ??= findAmounts(utterance.texts);
    return amounts;
  };
  for (const [compiled, matches] of matchesOf) {
    for (const finding of findingsIn(utterance, compiled, matches, amountsHere)) append(said.found, compiled, finding);
  }
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function findingsIn(
  utterance: Utterance,
  compiled: CompiledRule,
  matches: readonly OwnMatch[],
  amountsHere: () => readonly Amount[],
): Finding[] {
  const { rule, negations } = compiled;
  const { near, not, sentiment } = rule;
  const denies = compiled.not && isNearOne(utterance.texts, compiled.not);
  const isNeeded = compiled.near && isNearOne(utterance.texts, compiled.near);
  const isAffirmed = (match: OwnMatch) => {
    if (denies?.(match, not?.withinWords ?? 0)) return false;
    if (isNeeded && !isNeeded(match, near?.withinWords ?? 0)) return false;
    if (sentiment && utterance.turns[match.first]?.sentiment !== sentiment) return false;
    return negations ? !isNegatedBy(negations, utterance, match, match.own) : !isNegated(utterance, match, match.own);
  };
  // "I can't get that waived, so I'll credit you $20": what one phrase finds is denied, and goes on into another clause.
  let denied: OwnMatch | undefined;
  const affirmed = withoutOverlaps(matches, (match) => {
    if (denied && match.first <= denied.last && !clauseBeginsBetween(utterance, denied.first, match.first))
      return false;
    if (isAffirmed(match)) return true;
    if (!denied || match.last > denied.last) denied = match;
    return false;
  });
  const { amount: limits } = rule;
  if (!limits) return affirmed.map((match) => saidAt(rule, utterance, match));
  if (affirmed.length === 0) return [];
  const spans = withAmounts(affirmed, amountsHere()).filter(
    (span) => isWithin(limits, span.amount) && (negations !== undefined || !isTakenBack(utterance, span)),
  );
  // Two phrases of one offer reach for the same amount: together they are one moment.
  return withoutOverlaps(spans).map(({ amount: { value, currency }, ...span }) => ({
    ...saidAt(rule, utterance, span),
    amount: { value, currency },
  }));
}

/** Tells whether a match is at most so many words from a place where one of some phrases stands. */
function isNearOne(texts: readonly string[], phrases: PhraseIndex<void>): (match: Match, words: number) => boolean {
  const others = findIndexed(texts, phrases);
  if (others.length === 0) return () => false;
  const begun = new Int32Array(texts.length + 1);
  for (const { first, last } of others) {
    begun[first] = (begun[first] ?? 0) + 1;
    begun[last + 1] = (begun[last + 1] ?? 0) - 1;
  }
  // How many of the words before each are in one of the phrases: so that each match asks twice, however many they are.
  const covered = new Int32Array(texts.length + 1);
  let open = 0;
  for (let i = 0; i < texts.length; i++) {
    open += begun[i] ?? 0;
    covered[i + 1] = (covered[i] ?? 0) + (open > 0 ? 1 : 0);
  }
  return ({ first, last }, words) => {
    const from = Math.max(0, first - words);
    const to = Math.min(texts.length, last + words + 1);
    return (covered[to] ?? 0) > (covered[from] ?? 0);
  };
}

/**
 * The matches that count, from left to right, each clear of the one before: two phrases that find the same words find one
 * moment.
 */
function withoutOverlaps<M extends Match>(matches: readonly M[], counts: (match: M) => boolean = () => true): M[] {
  const kept: M[] = [];
  for (const match of matches.toSorted((a, b) => a.first - b.first || b.last - a.last)) {
    const before = kept.at(-1);
    if ((!before || match.first > before.last) && counts(match)) kept.push(match);
  }
  return kept;
}

const distance = (a: Match, b: Match): number => Math.max(0, a.first - b.last, b.first - a.last);

/** So many words before or behind a phrase an amount still belongs to it. */
const AMOUNT_WORDS = 12;

/** Each match that has an amount near it, together with the nearest. Both are given, and looked through, in order. */
function withAmounts(matches: readonly Match[], amounts: readonly Amount[]): (Match & { readonly amount: Amount })[] {
  let passed = 0;
  return matches.flatMap((match) => {
    while (passed < amounts.length && (amounts[passed]?.last ?? 0) < match.first - AMOUNT_WORDS) passed++;
    let nearest: Amount | undefined;
    for (let i = passed; i < amounts.length; i++) {
      const amount = amounts[i];
      if (!amount || amount.first > match.last + AMOUNT_WORDS) break;
      if (!nearest || distance(match, amount) < distance(match, nearest)) nearest = amount;
    }
    if (!nearest) return [];
    return [{ first: Math.min(match.first, nearest.first), last: Math.max(match.last, nearest.last), amount: nearest }];
  });
}

function isWithin(
  { over, atLeast, under, atMost, currency: wanted }: NonNullable<TaggingRule['amount']>,
  { value, currency }: Amount,
): boolean {
  if (wanted !== undefined && currency !== wanted) return false;
  return (
    value > (over ?? Number.NEGATIVE_INFINITY) &&
    value >= (atLeast ?? Number.NEGATIVE_INFINITY) &&
    value < (under ?? Number.POSITIVE_INFINITY) &&
    value <= (atMost ?? Number.POSITIVE_INFINITY)
  );
}

/** From the begin of the words to their end; where one speaker is several people, words may overlap. */
function stretchOf({ words }: Utterance, first: number, last: number): Span {
  let startMs = Number.POSITIVE_INFINITY;
  let endMs = 0;
  for (let i = first; i <= last; i++) {
    const word = words[i];
    if (!word) continue;
    startMs = Math.min(startMs, word.startMs);
    endMs = Math.max(endMs, word.endMs);
  }
  return { startMs, endMs };
}

const saidAt = (rule: TaggingRule, utterance: Utterance, { first, last }: Match): Finding =>
  findingOf(rule, utterance.speaker, stretchOf(utterance, first, last), utterance.words.slice(first, last + 1));

/** Whether `language` is one of `wanted`; one that is not told may be. `en` is every English. */
export const speaks = (language: string | undefined, wanted: readonly string[] | undefined): boolean =>
  language === undefined ||
  wanted === undefined ||
  wanted.some((each) => {
    const [given, asked] = [language.toLowerCase(), each.toLowerCase()];
    return given === asked || given.startsWith(`${asked}-`);
  });
