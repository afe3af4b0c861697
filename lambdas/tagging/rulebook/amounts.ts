/** The currencies that amounts are read in. */
export const CURRENCIES = ['USD', 'EUR', 'GBP'] as const;
type Currency = (typeof CURRENCIES)[number];

/** An amount of money that is said or written, at words `first` to `last` (included). */
export interface Amount {
  readonly value: number;
  readonly currency: Currency;
  readonly first: number;
  readonly last: number;
}

const UNITS = words(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
  (i) => i,
);
const TENS = words('twenty thirty forty fifty sixty seventy eighty ninety', (i) => 20 + 10 * i);
const NAMES = new Map<string, Currency>([
  ...['dollar', 'dollars', 'bucks', 'buck', 'usd'].map((name) => [name, 'USD'] as const),
  ...['euro', 'euros', 'eur'].map((name) => [name, 'EUR'] as const),
  ...['pound', 'pounds', 'quid', 'gbp'].map((name) => [name, 'GBP'] as const),
]);
/** Between a number and its currency: "forty U.S. dollars". */
const OF_COUNTRY = new Set(['us', 'u.s', 'american']);
const SIGNS = new Map<string, Currency>([
  ['$', 'USD'],
  ['€', 'EUR'],
  ['£', 'GBP'],
]);
/** What is written before a number: "USD 40". */
const CODES = new Map<string, Currency>([
  ['usd', 'USD'],
  ['eur', 'EUR'],
  ['gbp', 'GBP'],
]);
const CENTS = new Set(['cent', 'cents', 'pence', 'p']);

function words(list: string, valueAt: (i: number) => number): ReadonlyMap<string, number> {
  return new Map(list.split(' ').map((word, i) => [word, valueAt(i)]));
}

/** The amounts of money in `words` (normalised), said ("forty dollars") or written ("$40.00", "40 dollars"). */
export function findAmounts(words: readonly string[]): Amount[] {
  const amounts: Amount[] = [];
  for (let first = 0; first < words.length; first++) {
    const joined = joinedAmount(words[first] ?? '');
    if (joined) {
      amounts.push({ ...joined, first, last: first });
      continue;
    }
    const number = numberAt(words, first);
    if (!number) continue;
    const { next } = number;
    const name = OF_COUNTRY.has(words[next] ?? '') ? next + 1 : next;
    const named = number.sign ? undefined : NAMES.get(words[name] ?? '');
    const code = number.sign || named ? undefined : CODES.get(words[first - 1] ?? '');
    const currency = number.sign ?? named ?? code;
    const end = named ? name + 1 : next;
    const cents = currency && centsAt(words, end);
    const last = (cents?.next ?? end) - 1;
    if (currency) {
      const value = number.value + (cents?.value ?? 0) / 100;
      amounts.push({ value, currency, first: code ? first - 1 : first, last });
    }
    first = last;
  }
  return amounts;
}

/** An amount that is written as one word: "forty-dollar", "40-dollar". */
function joinedAmount(word: string): Pick<Amount, 'value' | 'currency'> | undefined {
  const hyphen = word.lastIndexOf('-');
  const currency = hyphen > 0 ? NAMES.get(word.slice(hyphen + 1)) : undefined;
  const number = currency && numberAt([word.slice(0, hyphen)], 0);
  return number && currency && !number.sign ? { value: number.value, currency } : undefined;
}

interface Spoken {
  readonly value: number;
  /** The index behind the number's last word. */
  readonly next: number;
  readonly sign?: Currency | undefined;
}

function centsAt(words: readonly string[], from: number): Spoken | undefined {
  const start = words[from] === 'and' ? from + 1 : from;
  const number = numberAt(words, start);
  if (!number || !CENTS.has(words[number.next] ?? '')) return undefined;
  return { value: number.value, next: number.next + 1 };
}

/** The number that begins at `from`: digits, or number words up to the hundred thousands. */
function numberAt(words: readonly string[], from: number): Spoken | undefined {
  const written = writtenNumber(words[from] ?? '');
  if (written) return { ...written, next: from + 1 };
  let number: Partial | undefined;
  let next = from;
  for (; next < words.length; next++) {
    const longer = extended(number, words[next] ?? '', words[next + 1] ?? '');
    if (!longer) break;
    number = longer;
  }
  return number && { value: number.thousands + number.rest, next };
}

/** A number in digits, with or without a sign of money before or behind it: "40", "$1,250.50", "40€". */
function writtenNumber(text: string): Omit<Spoken, 'next'> | undefined {
  const word = text.startsWith('us$') ? text.slice(2) : text;
  const signBefore = SIGNS.get(word[0] ?? '');
  const signBehind = SIGNS.get(word.at(-1) ?? '');
  if (signBefore && signBehind) return undefined;
  const number = word.slice(signBefore ? 1 : 0, signBehind ? -1 : undefined);
  const [whole = '', fraction, ...more] = number.split('.');
  const [head = '', ...groups] = whole.split(',');
  if (more.length > 0 || !isDigits(head) || (fraction !== undefined && !isDigits(fraction))) return undefined;
  if (groups.length > 0 && head.length > 3) return undefined;
  if (!groups.every((group) => group.length === 3 && isDigits(group))) return undefined;
  return { value: Number(number.replaceAll(',', '')), sign: signBefore ?? signBehind };
}

function isDigits(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return text !== '';
}

/** A number of which some words were heard. */
interface Partial {
  readonly thousands: number;
  readonly rest: number;
  /** What may still be added is below this: one word after "twenty", two digits after "hundred". */
  readonly room: number;
}

const NOTHING: Partial = { thousands: 0, rest: 0, room: Number.POSITIVE_INFINITY };

/** `number` with one more word; undefined where the word does not go on with it by the rules of counting. */
function extended(number: Partial | undefined, word: string, nextWord: string): Partial | undefined {
  // "twenty-five" is written as one word.
  if (word.includes('-'))
    return word
      .split('-')
      .reduce<Partial | undefined>((sum, part, i) => (i > 0 && !sum ? sum : extended(sum, part, '')), number);
  const { thousands, rest, room } = number ?? NOTHING;
  const unit = UNITS.get(word);
  if (unit !== undefined) return unit < room ? { thousands, rest: rest + unit, room: 0 } : undefined;
  const ten = TENS.get(word);
  if (ten !== undefined) return ten < room ? { thousands, rest: rest + ten, room: 10 } : undefined;
  if (word === 'a') return !number && MAGNITUDES.has(nextWord) ? { thousands, rest: 1, room: 0 } : undefined;
  if (word === 'and') return (room === 100 || room === 1000) && isNumberWord(nextWord) ? number : undefined;
  // "Twenty five hundred" is said for 2,500.
  if (word === 'hundred')
    return rest < 100 && (thousands === 0 || rest < 10)
      ? { thousands, rest: Math.max(rest, 1) * 100, room: 100 }
      : undefined;
  if (word === 'thousand')
    return thousands === 0 ? { thousands: Math.max(rest, 1) * 1000, rest: 0, room: 1000 } : undefined;
  return undefined;
}

const MAGNITUDES = new Set(['hundred', 'thousand']);

/** Whether `word` (normalised) is a number or the part of one, as it is said digit by digit too. */
export const isSpokenNumber = (word: string): boolean => isNumberWord(word) || word === 'oh' || MAGNITUDES.has(word);

const isNumberWord = (word: string): boolean => {
  const [first = ''] = word.split('-');
  return UNITS.has(first) || TENS.has(first);
};
