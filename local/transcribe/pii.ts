import type { Word } from './recogniser.ts';

/** What personal data can be told from words here, by the names that Transcribe gives it. */
export type PiiType =
  | 'ADDRESS'
  | 'BANK_ACCOUNT_NUMBER'
  | 'BANK_ROUTING'
  | 'CREDIT_DEBIT_CVV'
  | 'CREDIT_DEBIT_EXPIRY'
  | 'CREDIT_DEBIT_NUMBER'
  | 'EMAIL'
  | 'NAME'
  | 'PHONE'
  | 'PIN'
  | 'SSN';

/** One piece of personal data: neighbouring words of one channel, at least one. */
export interface Pii {
  type: PiiType;
  /** Index of the audio channel, from 0. */
  channel: number;
  words: readonly Word[];
}

/** Words by index, up to but without `to`. */
interface Span {
  from: number;
  to: number;
}

/** A number that was read out, and how many digits it has. */
interface DigitRun extends Span {
  digits: number;
}

interface Found extends Span {
  type: PiiType;
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const digitWords = set('zero oh o one two three four five six seven eight nine');
const teenWords = set('ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen');
const tensWords = set('twenty thirty forty fifty sixty seventy eighty ninety');
const repeats = new Map([
  ['double', 2],
  ['triple', 3],
]);

/** What the recogniser hears for a digit within a number: "four" sounds like "for". */
const homophones = set('to too for fore won ate');

/** What people say between the groups of a number. */
const separators = set('dash hyphen space then uh um');

/** What is counted or measured: a number before one of these is an amount. */
const units = set(
  'dollar dollars buck bucks cent cents euro euros pound pounds percent hundred thousand million billion point ' +
    'second seconds minute minutes hour hours day days night nights week weeks month months year years ' +
    "times o'clock am pm a.m. p.m. degrees miles kilowatt kilowatts gigabytes megabytes people customers",
);

const monthWords = set('january february march april may june july august september october november december');

const streetWords = set('street avenue road lane boulevard drive court square terrace highway');
const roomWords = set('apartment suite unit');
const topLevelDomains = set('com org net edu gov info co io us uk ca de');
const mailSigns = set('dot underscore dash hyphen');
const honorifics = set('mister mr mr. missus mrs mrs. ms ms.');

/** Words that are no names, and do not belong to one: an address, an e-mail address or a name ends at them. */
const commonWords = set(
  "a about account actually address afternoon again agent all also am an and angry any are aren't as at back be " +
    'because been before bill billing but by call called calling can card changed come contact could customer did do ' +
    'does email evening everyone exactly fine first for fourth from get glad going good great had happy have hello ' +
    "help here hi his her how i i'd i'll i'm i've if in is isn't it it's its just know last let like look looking " +
    'mail manager may me might monday more morning my name need new next no not now number of okay on one only or our ' +
    'ours out over phone please problem really regarding representative ridiculous right second service she he ' +
    'should so somebody someone sorry speaking speak spoke still supervisor team technician terrible thank thanks ' +
    "that that's the their them then there they third this time to today tomorrow tonight under united uh um until " +
    "up us very want was we we're well were what when where which who why will wish with would yeah yes yesterday " +
    'you your yours',
);

/** How long the pause within one number may be: groups of digits are often read with the other side's "okay" between. */
const maxDigitPauseMs = 5000;

/** A number of so many digits is personal, whatever it is called: the shortest is a phone number. */
const longDigits = 7;

/** Digits with so many other words between, at most, may be one number of which a part was misheard. */
const neighbourWords = 7;

/** How long the time between such digits may be. */
const neighbourMs = 3500;

/** How long before a number it may be said, by whoever, what the number is. */
const cueMs = 12_000;

/** What a number is called, and how many digits it then has. The words closest before a number count. */
const cues: { type: PiiType; digits: readonly number[]; phrases: readonly string[] }[] = [
  {
    type: 'CREDIT_DEBIT_CVV',
    digits: [3, 4],
    phrases: ['security code', 'c v v', 'c v c', 'cvv', 'cvc', 'verification code', 'card code', 'back of the card'],
  },
  { type: 'PIN', digits: [4, 5, 6], phrases: ['pin', 'pin number', 'pin code', 'p i n'] },
  {
    type: 'CREDIT_DEBIT_EXPIRY',
    digits: [2, 3, 4, 6],
    phrases: ['expires', 'expire', 'expiry', 'expiration', 'expiring', 'valid until', 'valid through', 'good through'],
  },
  { type: 'ADDRESS', digits: [5, 9], phrases: ['zip code', 'zip', 'postal code'] },
  { type: 'SSN', digits: [4, 9], phrases: ['social security', 'social security number', 'social'] },
  { type: 'BANK_ROUTING', digits: [4, 9], phrases: ['routing', 'routing number'] },
  { type: 'BANK_ACCOUNT_NUMBER', digits: [7, 8, 9, 10, 11, 12], phrases: ['bank account', 'account number'] },
  { type: 'PHONE', digits: [7, 10, 11], phrases: ['phone', 'phone number', 'cell', 'mobile', 'reach you', 'call you'] },
  {
    type: 'CREDIT_DEBIT_NUMBER',
    digits: [4],
    phrases: ['ending in', 'ends in', 'ending with', 'last four', 'last four digits'],
  },
];

/**
 * Finds personal data in what was recognised, in English: numbers that are read out (by their length, or by what they
 * are called just before), e-mail and street addresses, and names where somebody introduces themselves. These are
 * rules, no learned model: what they do not describe is not found, and amounts of money never are.
 * The words of each channel must be in order of time. What is found is in order of channel and time, without overlap.
 */
export function findPii(channels: readonly (readonly Word[])[]): Pii[] {
  const everything = channels.flat().sort((a, b) => a.startMs - b.startMs);
  return channels.flatMap((words, channel) => {
    const said = words.map((word) => word.text.toLowerCase());
    const runs = digitRuns(words, said);
    const found = [...emails(said), ...streets(said, runs), ...numbers(words, said, runs, everything), ...names(said)];
    return withoutOverlap(found).map(({ type, from, to }) => ({ type, channel, words: words.slice(from, to) }));
  });
}

/** The earlier in the list wins over what overlaps it. */
function withoutOverlap(found: readonly Found[]): Found[] {
  const kept: Found[] = [];
  for (const span of found) {
    if (span.from < span.to && !kept.some((other) => span.from < other.to && other.from < span.to)) kept.push(span);
  }
  return kept.sort((a, b) => a.from - b.from);
}

/** The digits that one or two words from `at` stand for; undefined where they are no number. */
function digitsAt(said: readonly string[], at: number): DigitRun | undefined {
  const word = said[at] ?? '';
  const next = said[at + 1] ?? '';
  const repeated = repeats.get(word);
  if (repeated !== undefined && digitWords.has(next)) return { from: at, to: at + 2, digits: repeated };
  if (tensWords.has(word))
    return { from: at, to: digitWords.has(next) && !/^(zero|oh?)$/.test(next) ? at + 2 : at + 1, digits: 2 };
  if (teenWords.has(word)) return { from: at, to: at + 1, digits: 2 };
  if (!digitWords.has(word)) return undefined;
  return next === 'hundred' ? { from: at, to: at + 2, digits: 3 } : { from: at, to: at + 1, digits: 1 };
}

/** All numbers that are read out, without those that count something. */
function digitRuns(words: readonly Word[], said: readonly string[]): DigitRun[] {
  const runs: DigitRun[] = [];
  const continues = (run: DigitRun, at: number) =>
    (words[at]?.startMs ?? 0) - (words[run.to - 1]?.endMs ?? 0) <= maxDigitPauseMs;
  for (let at = 0; at < said.length; ) {
    const run = runs.at(-1);
    const heard = run?.to === at && homophones.has(said[at] ?? '') && digitsAt(said, at + 1) !== undefined;
    const part = heard ? { from: at, to: at + 1, digits: 1 } : digitsAt(said, at);
    if (part === undefined) {
      at += 1;
      continue;
    }
    const counted = units.has(said[part.to] ?? '');
    const joins =
      run !== undefined && said.slice(run.to, at).every((word) => separators.has(word)) && continues(run, at);
    // In "one hundred twenty dollars" all is amount; after seven digits only the last part can be.
    if (counted && joins && run.digits < 7) runs.pop();
    else if (!counted && joins) Object.assign(run, { to: part.to, digits: run.digits + part.digits });
    else if (!counted) runs.push({ ...part });
    at = part.to;
  }
  return bridged(runs, said, continues);
}

/** Joins what one misheard word tore apart: two numbers of at least three digits with a single word between. */
function bridged(
  runs: readonly DigitRun[],
  said: readonly string[],
  continues: (run: DigitRun, at: number) => boolean,
): DigitRun[] {
  const joined: DigitRun[] = [];
  for (const run of runs) {
    const before = joined.at(-1);
    const between = said[before?.to ?? 0] ?? '';
    const torn = before !== undefined && run.from - before.to === 1 && before.digits >= 3 && run.digits >= 3;
    if (torn && between !== 'and' && between !== 'or' && !units.has(between) && continues(before, run.from)) {
      Object.assign(before, { to: run.to, digits: before.digits + run.digits });
    } else {
      joined.push({ ...run });
    }
  }
  return joined;
}

function numbers(
  words: readonly Word[],
  said: readonly string[],
  runs: readonly DigitRun[],
  everything: readonly Word[],
): Found[] {
  const types = runs.map((run) => typeOf(run, words, said, everything));
  return runs.flatMap((run, at): Found[] => {
    const type = types[at];
    if (type === undefined) return [];
    if (run.digits >= longDigits) return [{ type, ...withNeighbours(at, runs, types, words, said) }];
    const dated = type === 'CREDIT_DEBIT_EXPIRY' && monthWords.has(said[run.from - 1] ?? '');
    return [{ type, from: dated ? run.from - 1 : run.from, to: run.to }];
  });
}

/**
 * A long number, with what of it was misheard: other digits close by that tell nothing by themselves, all between them, and a
 * word before it that sounds like a digit.
 */
function withNeighbours(
  at: number,
  runs: readonly DigitRun[],
  types: readonly (PiiType | undefined)[],
  words: readonly Word[],
  said: readonly string[],
): Span {
  const isClose = (from: number, to: number) =>
    to - from <= neighbourWords &&
    !said.slice(from, to).some((word) => units.has(word)) &&
    (words[to]?.startMs ?? 0) - (words[from - 1]?.endMs ?? 0) < neighbourMs;
  let { from = 0, to = 0 } = runs[at] ?? {};
  for (let before = at - 1; before >= 0 && types[before] === undefined; before -= 1) {
    const run = runs[before];
    if (run === undefined || !isClose(run.to, from)) break;
    from = run.from;
  }
  for (let after = at + 1; after < runs.length && types[after] === undefined; after += 1) {
    const run = runs[after];
    if (run === undefined || !isClose(to, run.from)) break;
    to = run.to;
  }
  return { from: homophones.has(said[from - 1] ?? '') ? from - 1 : from, to };
}

function typeOf(
  run: DigitRun,
  words: readonly Word[],
  said: readonly string[],
  everything: readonly Word[],
): PiiType | undefined {
  const named = cueBefore(run, words[run.from]?.startMs ?? 0, everything);
  // Two digits alone tell nothing: they are an expiry date only after a month.
  if (named === 'CREDIT_DEBIT_EXPIRY' && run.digits === 2 && !monthWords.has(said[run.from - 1] ?? ''))
    return undefined;
  return named ?? typeByLength(run.digits);
}

function typeByLength(digits: number): PiiType | undefined {
  if (digits < longDigits) return undefined;
  if (digits >= 13 && digits <= 19) return 'CREDIT_DEBIT_NUMBER';
  if (digits === 9) return 'SSN';
  return digits === 7 || digits === 10 || digits === 11 ? 'PHONE' : 'BANK_ACCOUNT_NUMBER';
}

/** What the number was called last, on either channel, among the names that fit its length. */
function cueBefore(run: DigitRun, startMs: number, everything: readonly Word[]): PiiType | undefined {
  const before = everything.filter((word) => word.startMs < startMs && word.startMs >= startMs - cueMs);
  const text = ` ${before.map((word) => word.text.toLowerCase()).join(' ')} `;
  const [nearest] = cues
    .filter((cue) => cue.digits.includes(run.digits))
    .map(({ type, phrases }) => ({ type, at: Math.max(...phrases.map((phrase) => text.lastIndexOf(` ${phrase} `))) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => b.at - a.at);
  return nearest?.type;
}

/** "… at … dot com", back to the last word that does not belong to it. */
function emails(said: readonly string[]): Found[] {
  return said.flatMap((word, at): Found[] => {
    if (word !== 'at') return [];
    const end = said.findIndex((sign, i) => i > at && sign === 'dot' && topLevelDomains.has(said[i + 1] ?? ''));
    if (end < 0 || end - at > 5 || end === at + 1) return [];
    let from = at;
    while (from > 0 && at - from < 12 && belongsToMail(said, from - 1)) from -= 1;
    return from === at ? [] : [{ type: 'EMAIL', from, to: end + 2 }];
  });
}

/** Names are spelt, so a single letter belongs to it; "i" and "a" do only beside another letter, a digit or a sign. */
function belongsToMail(said: readonly string[], at: number): boolean {
  const word = said[at] ?? '';
  const isSpelt = (other = '') => /^[a-z]\.?$/.test(other) || digitWords.has(other) || mailSigns.has(other);
  if (word === 'i' || word === 'a') return isSpelt(said[at - 1]) || isSpelt(said[at + 1]);
  return isSpelt(word) || digitsAt(said, at) !== undefined || !commonWords.has(word);
}

/** "twenty seven park street", and the apartment after it. */
function streets(said: readonly string[], runs: readonly DigitRun[]): Found[] {
  return runs.flatMap((run): Found[] => {
    if (run.digits > 6) return [];
    for (let at = run.to + 1; at <= run.to + 3; at += 1) {
      if (commonWords.has(said[at - 1] ?? '')) return [];
      if (!streetWords.has(said[at] ?? '')) continue;
      const room = roomWords.has(said[at + 1] ?? '') ? runs.find((other) => other.from === at + 2) : undefined;
      return [{ type: 'ADDRESS', from: run.from, to: room?.to ?? at + 1 }];
    }
    return [];
  });
}

/** Who introduces themselves, is asked for, or is addressed as "mister …". */
function names(said: readonly string[]): Found[] {
  return said.flatMap((word, at): Found[] => {
    const two = `${word} ${said[at + 1]}`;
    const name = (from: number, most: number): Found[] => [{ type: 'NAME', from, to: nameEnd(said, from, most) }];
    if (two === 'name is' || two === 'speaking with' || two === 'speaking to') {
      return honorifics.has(said[at + 2] ?? '') ? [] : name(at + 2, 2);
    }
    if (two === 'this is') {
      const end = nameEnd(said, at + 2, 2);
      return ['calling', 'from', 'speaking', 'with'].includes(said[end] ?? '') ? name(at + 2, 2) : [];
    }
    return honorifics.has(word) ? name(at + 1, 2) : [];
  });
}

function nameEnd(said: readonly string[], from: number, most: number): number {
  let to = from;
  while (to < from + most && to < said.length && !commonWords.has(said[to] ?? '') && digitsAt(said, to) === undefined) {
    to += 1;
  }
  return to;
}
