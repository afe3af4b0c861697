import type { Moment } from '../calls/calls.ts';
import { type Transcript, UNKNOWN_SPEAKER } from '../transcription/transcription.ts';
import { type Amount, findAmounts } from './amounts.ts';
import { findPhrase, type Match, parsePhrase } from './phrases.ts';
import type { Rulebook, TaggingRule } from './rulebook.ts';
import { type Utterance, utterancesOf } from './tokens.ts';

/** Words that, shortly before an offer or within it, make it none. */
const NEGATIONS = [
  ...['not', 'no', 'never', 'cannot', "can't", "won't", "don't", "couldn't", "wouldn't", "isn't", "didn't", "doesn't"],
  ...['unable', 'without', 'refuse', 'deny'],
];

/** So many words before a phrase a negation still bears on it. */
const NEGATION_WORDS = 5;

/** So many words before or behind a phrase an amount still belongs to it. */
const AMOUNT_WORDS = 12;

/**
 * Finds the moments that the rulebook's rules give in a transcript, in order of their start. The same transcript and
 * rulebook give the same moments.
 */
export function applyRulebook(transcript: Transcript, rulebook: Rulebook): Moment[] {
  const utterances = utterancesOf(transcript).map((utterance) => ({
    ...utterance,
    words: utterance.tokens.map((token) => token.text),
  }));
  return rulebook.rules
    .flatMap((rule) =>
      momentsOf(rule, utterances, transcript).map((moment) => ({ ...moment, rulebookVersion: rulebook.version })),
    )
    .toSorted((a, b) => a.startMs - b.startMs || a.endMs - b.endMs || a.tag.localeCompare(b.tag, 'en'));
}

type ReadUtterance = Utterance & { readonly words: readonly string[] };
type Finding = Omit<Moment, 'rulebookVersion'>;

function momentsOf(rule: TaggingRule, utterances: readonly ReadUtterance[], transcript: Transcript): Finding[] {
  const withinMs = rule.firstSeconds === undefined ? Number.POSITIVE_INFINITY : rule.firstSeconds * 1000;
  const found = utterances
    .filter(({ speaker }) => !rule.speaker || speaker === rule.speaker || !isKnown(speaker))
    .flatMap((utterance) => findingsIn(utterance, rule))
    .filter(({ startMs }) => startMs < withinMs);
  if (!rule.absent) return found;
  if (found.length > 0) return [];
  // What is missing is missing from the whole stretch in which it had to be said.
  const endMs = Math.min(withinMs, transcript.durationMs);
  return [{ tag: rule.tag, ruleId: rule.id, startMs: 0, endMs, speaker: rule.speaker ?? UNKNOWN_SPEAKER, quote: '' }];
}

const isKnown = (speaker: string): boolean => speaker === 'AGENT' || speaker === 'CUSTOMER';

function findingsIn(utterance: ReadUtterance, rule: TaggingRule): Finding[] {
  const { words } = utterance;
  const matches = withoutOverlaps(rule.phrases.flatMap((phrase) => findPhrase(words, parsePhrase(phrase))));
  const negations = new Set(rule.negations ?? NEGATIONS);
  const affirmed = matches.filter(
    ({ first, last }) => !words.slice(reachOfNegation(utterance, first), last + 1).some((word) => negations.has(word)),
  );
  if (!rule.amount) return affirmed.map((match) => finding(rule, utterance, match));
  const { over = Number.NEGATIVE_INFINITY } = rule.amount;
  const amounts = findAmounts(words);
  const spans = affirmed.flatMap((match) => {
    const amount = nearest(match, amounts);
    if (!amount || amount.value <= over) return [];
    return [{ first: Math.min(match.first, amount.first), last: Math.max(match.last, amount.last), amount }];
  });
  // Two phrases of one offer reach for the same amount: together they are one moment.
  return withoutOverlaps(spans).map(({ amount: { value, currency }, ...span }) => ({
    ...finding(rule, utterance, span),
    amount: { value, currency },
  }));
}

const SENTENCE_END = /[.?!]$/;

/** The first word before `first` at which a negation still bears on it: a few words back, and in the same sentence. */
function reachOfNegation({ tokens }: Utterance, first: number): number {
  let from = first;
  while (from > Math.max(0, first - NEGATION_WORDS) && !SENTENCE_END.test(tokens[from - 1]?.word.text ?? '')) from--;
  return from;
}

/** The matches from left to right, each clear of the one before: two phrases that find the same words find one moment. */
function withoutOverlaps<M extends Match>(matches: readonly M[]): M[] {
  const kept: M[] = [];
  for (const match of matches.toSorted((a, b) => a.first - b.first || b.last - a.last)) {
    const before = kept.at(-1);
    if (!before || match.first > before.last) kept.push(match);
  }
  return kept;
}

const distance = (match: Match, amount: Amount): number =>
  Math.max(0, match.first - amount.last, amount.first - match.last);

const nearest = (match: Match, amounts: readonly Amount[]): Amount | undefined =>
  amounts
    .filter((amount) => distance(match, amount) <= AMOUNT_WORDS)
    .toSorted((a, b) => distance(match, a) - distance(match, b))[0];

function finding(rule: TaggingRule, { speaker, tokens }: Utterance, { first, last }: Match): Finding {
  const said = tokens.slice(first, last + 1).map((token) => token.word);
  return {
    tag: rule.tag,
    ruleId: rule.id,
    speaker,
    startMs: said[0]?.startMs ?? 0,
    endMs: said.at(-1)?.endMs ?? 0,
    quote: said.map((word) => word.text).join(' '),
  };
}
