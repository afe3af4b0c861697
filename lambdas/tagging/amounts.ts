/** An amount of money that is said or written, at words `first` to `last` (included). */
export interface Amount {
  readonly value: number;
  readonly currency: 'USD';
  readonly first: number;
  readonly last: number;
}

const UNITS = words(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
  (i) => i,
);
const TENS = words('twenty thirty forty fifty sixty seventy eighty ninety', (i) => 20 + 10 * i);
const DOLLARS = new Set(['dollar', 'dollars', 'bucks', 'buck', 'usd']);
const CENTS = new Set(['cent', 'cents']);
const WRITTEN = /^(\$?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?$/;

function words(list: string, valueAt: (i: number) => number): ReadonlyMap<string, number> {
  return new Map(list.split(' ').map((word, i) => [word, valueAt(i)]));
}

/** The amounts of dollars in `words` (normalised), said ("forty dollars") or written ("$40.00", "40 dollars"). */
export function findAmounts(words: readonly string[]): Amount[] {
  const amounts: Amount[] = [];
  for (let first = 0; first < words.length; first++) {
    const number = numberAt(words, first);
    if (!number) continue;
    const { value, next } = number;
    if (number.dollarSign) {
      amounts.push({ value, currency: 'USD', first, last: next - 1 });
      first = next - 1;
    } else if (DOLLARS.has(words[next] ?? '')) {
      const cents = centsAt(words, next + 1);
      amounts.push({
        value: value + (cents?.value ?? 0) / 100,
        currency: 'USD',
        first,
        last: (cents?.next ?? next + 1) - 1,
      });
      first = (cents?.next ?? next + 1) - 1;
    } else {
      first = next - 1;
    }
  }
  return amounts;
}

interface Spoken {
  readonly value: number;
  /** The index behind the number's last word. */
  readonly next: number;
  readonly dollarSign?: boolean;
}

function centsAt(words: readonly string[], from: number): Spoken | undefined {
  const start = words[from] === 'and' ? from + 1 : from;
  const number = numberAt(words, start);
  if (!number || !CENTS.has(words[number.next] ?? '')) return undefined;
  return { value: number.value, next: number.next + 1 };
}

/** The number that begins at `from`: digits, or number words up to the hundred thousands. */
function numberAt(words: readonly string[], from: number): Spoken | undefined {
  const written = WRITTEN.exec(words[from] ?? '');
  if (written) {
    const value = Number(`${written[2]?.replaceAll(',', '')}${written[3] ?? ''}`);
    return { value, next: from + 1, dollarSign: written[1] === '$' };
  }
  let number: Partial | undefined;
  let next = from;
  for (; next < words.length; next++) {
    const longer = extended(number, words[next] ?? '', words[next + 1] ?? '');
    if (!longer) break;
    number = longer;
  }
  return number && { value: number.thousands + number.rest, next };
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
  if (word === 'hundred') return rest < 20 ? { thousands, rest: Math.max(rest, 1) * 100, room: 100 } : undefined;
  if (word === 'thousand')
    return thousands === 0 ? { thousands: Math.max(rest, 1) * 1000, rest: 0, room: 1000 } : undefined;
  return undefined;
}

const MAGNITUDES = new Set(['hundred', 'thousand']);

const isNumberWord = (word: string): boolean => {
  const [first = ''] = word.split('-');
  return UNITS.has(first) || TENS.has(first);
};
