import { findIndexed, indexPhrases } from './phrase-index.ts';
import { type Match, parsePhrase } from './phrases.ts';
import type { Utterance } from './tokens.ts';

/** So many words before a phrase a negation still bears on it. */
const NEGATION_WORDS = 5;

/** Words that, shortly before a phrase or within it, make it none. */
const NEGATIONS = new Set([
  ...['not', 'no', 'never', 'cannot', 'nothing', 'nobody', 'none', 'neither', 'nor', 'without', 'impossible'],
  ...['unable', 'refuse', 'refused', 'refusing', 'deny', 'denied', 'denying', 'wish', 'wished', 'doubt'],
  ...["can't", "won't", "don't", "couldn't", "wouldn't", "isn't", "didn't", "doesn't", "shouldn't", "aren't", "ain't"],
  ...["wasn't", "weren't", "haven't", "hasn't", "hadn't", "mustn't"],
  ...['cant', 'dont', 'couldnt', 'wouldnt', 'isnt', 'didnt', 'doesnt', 'wont'],
]);

/** Phrases with a negation in them that negate nothing: that of a polite answer, or of a question that proposes. */
const AFFIRMING = indexPhrases(
  [
    'no|any problem|problems|worries|worry|trouble|doubt|sweat|rush|fee|fees|cost|charge|question|matter',
    "no sir|madam|ma'am|miss|actually|sorry|wait|really|honestly|okay",
    'not a problem|worry|bother',
    'not at all',
    'not to worry',
    'not only|just|least',
    "why don't|dont|not|wouldn't|shouldn't|can't|won't|didn't",
    "can't|couldn't|won't|wouldn't you",
    'no|any reason not',
    "don't|dont|can't|cannot|couldn't|not see [any|a] [reason] why [i|we|you] not|can't|cannot|couldn't|shouldn't|wouldn't",
    "no|any reason [why] [that] i|we|you not|can't|cannot|couldn't|shouldn't|wouldn't",
    "don't|dont|not|never worry|mind|forget|hesitate|doubt",
    "can't|cannot|couldn't [not] wait",
    "can't|cannot not",
    'no longer than',
    'nothing|no|not more than',
    'wish|wished to',
  ].map((text) => ({ phrase: parsePhrase(text), uses: [] })),
);

/** No phrase that affirms has more words. */
const AFFIRMING_WORDS = 8;

/** Behind a negation, these begin a clause that it does not bear on. */
const CONJUNCTIONS = new Set([
  ...['but', 'however', 'so', 'please', 'because', 'then', 'although', 'though', 'anyway', 'anyways', 'otherwise'],
  // Not one itself, but it ends what is denied: "I don't want it anymore cancel it".
  'anymore',
]);

/** A clause of its own begins with these, too. */
const SUBJECTS = new Set([
  ...['i', "i'll", "i'd", "i've", "i'm", 'we', "we'll", "we'd", "we've", "we're", "you'll", 'let', "let's"],
]);

/** Words whose clause is negated with them: "I don't think I can". */
const BEARS_ON_NEXT_CLAUSE = new Set([
  ...['think', 'thinking', 'believe', 'know', 'guess', 'suppose', 'see', 'say', 'saying', 'said', 'sure', 'certain'],
  ...[
    'mean',
    'means',
    'promise',
    'promised',
    'guarantee',
    'way',
    'like',
    'if',
    'that',
    'how',
    'agree',
    'wish',
    'wished',
    'doubt',
  ],
]);

const TAKEN_BACK = new Set([
  ...["isn't", "won't", "can't", 'cannot', "wouldn't", "couldn't", "wasn't", 'not', 'never', 'unfortunately'],
]);
const AUXILIARIES = new Set(['is', 'was', 'will', 'would', 'can', 'could', 'are', 'it', 'that', 'this']);
const POSSIBILITIES = new Set([
  ...['be', 'possible', 'available', 'allowed', 'permitted', 'something', 'going', 'happening', 'an', 'in', 'within'],
  ...['happen', 'our', 'policy'],
]);
const REFUSALS = new Set(['impossible', 'denied', 'refused', 'rejected', 'declined', 'unavailable']);

/** "I would give you a credit, but I can't": what is only wished for. */
const HYPOTHETICAL = new Set(['would', "i'd", "we'd", 'could', 'wish', 'love']);
const BUT_WORDS = 4;

/**
 * Whether the words at `match` are said not to be so. English: a negation counts in the same sentence, up to 5 words
 * before the match or within it, unless a new clause begins between them or it is part of a phrase that affirms; and so
 * does what takes the match back behind it. Words that the phrase itself asks for (`own`) are none.
 */
export function isNegated(utterance: Utterance, match: Match, own: ReadonlySet<string>): boolean {
  const { texts } = utterance;
  let affirming: readonly Match[] | undefined;
  for (let i = reachOf(utterance, match.first); i <= match.last; i++) {
    const text = texts[i] ?? '';
    if (!NEGATIONS.has(text)) continue;
    if (i >= match.first && own.has(text)) continue;
    // "No problem" affirms what follows; a rule that looks for "problem" finds none in it.
    const affirms = (other: Match) => other.last < match.first || other.first >= match.first;
    affirming ??= affirmingNear(texts, match);
    if (affirming.some((other) => other.first <= i && i <= other.last && affirms(other))) continue;
    if (text === 'no' && isFollowedByComma(utterance, i)) continue;
    if (!clauseBeginsBetween(utterance, i, match.first)) return true;
  }
  return isTakenBack(utterance, match);
}

/** The affirming phrases about a match. */
function affirmingNear(texts: readonly string[], { first, last }: Match): Match[] {
  const from = Math.max(0, first - NEGATION_WORDS - AFFIRMING_WORDS);
  const found = findIndexed(texts.slice(from, last + 1 + AFFIRMING_WORDS), AFFIRMING);
  return found.map((match) => ({ first: from + match.first, last: from + match.last }));
}

/** Whether one of `negations` is in the same sentence up to 5 words before the match, or within it. */
export function isNegatedBy(
  negations: ReadonlySet<string>,
  utterance: Utterance,
  match: Match,
  own: ReadonlySet<string>,
): boolean {
  for (let i = reachOf(utterance, match.first); i <= match.last; i++) {
    const text = utterance.texts[i] ?? '';
    if (negations.has(text) && !(i >= match.first && own.has(text))) return true;
  }
  return false;
}

/** The first word before `first` at which a negation still bears on it: a few words back, and in the same sentence. */
function reachOf(utterance: Utterance, first: number): number {
  let from = first;
  while (from > Math.max(0, first - NEGATION_WORDS) && !endsSentence(utterance, from - 1)) from--;
  return from;
}

/**
 * Whether a clause begins behind the word at `negation`, and not behind that at `first`: one that a negation there does
 * not bear on.
 */
export function clauseBeginsBetween(utterance: Utterance, negation: number, first: number): boolean {
  const { texts } = utterance;
  let bears = BEARS_ON_NEXT_CLAUSE.has(texts[negation] ?? '');
  for (let i = negation + 1; i <= first; i++) {
    const text = texts[i] ?? '';
    const comma = isFollowedByComma(utterance, i - 1);
    if (i > negation + 1 && CONJUNCTIONS.has(text)) return true;
    // "It won't let me give you a credit" is one clause.
    if (text === 'let' && i === negation + 1) continue;
    if (SUBJECTS.has(text) && (comma || !(bears || isAboutNothing(texts, negation, i)))) return true;
    bears ||= BEARS_ON_NEXT_CLAUSE.has(text);
  }
  return false;
}

/** Whether a clause that begins at `subject` tells of nothing: "nothing I can give", "no credit that we offer". */
function isAboutNothing(texts: readonly string[], negation: number, subject: number): boolean {
  const between = subject - negation - 1;
  if (texts[negation] === 'no') return between === 1 || between === 2;
  return (texts[negation] === 'nothing' || texts[negation] === 'none') && between <= 1;
}

/** Whether what comes right behind a match takes it back: "a credit of $40 is not possible". */
export function isTakenBack(utterance: Utterance, { first, last }: Match): boolean {
  const { texts } = utterance;
  if (endsSentence(utterance, last)) return false;
  let next = last + 1;
  if (AUXILIARIES.has(texts[next] ?? '')) next++;
  if (REFUSALS.has(texts[next] ?? '')) return true;
  if (TAKEN_BACK.has(texts[next] ?? '') && POSSIBILITIES.has(texts[next + 1] ?? '')) return true;
  const isHypothetical = texts.slice(reachOf(utterance, first), first).some((text) => HYPOTHETICAL.has(text));
  return isHypothetical && butNot(utterance, last);
}

/** Whether "but", and soon a negation, follow in the sentence. */
function butNot(utterance: Utterance, last: number): boolean {
  let but: number | undefined;
  for (let i = last + 1; i < utterance.texts.length && i <= (but ?? last + 8) + BUT_WORDS; i++) {
    const text = utterance.texts[i] ?? '';
    if (but !== undefined && NEGATIONS.has(text)) return true;
    if (text === 'but') but ??= i;
    if (endsSentence(utterance, i)) return false;
  }
  return false;
}

function endsSentence({ words }: Utterance, i: number): boolean {
  const end = words[i]?.text.at(-1);
  return end === '.' || end === '?' || end === '!';
}

const isFollowedByComma = ({ words }: Utterance, i: number): boolean => words[i]?.text.endsWith(',') ?? false;
