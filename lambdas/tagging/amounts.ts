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
  let total = 0;
  let group = 0;
  let next = from;
  // "one twenty five" is 125 to a speaker, but so is it three numbers: only what adds up by the rules is joined.
  let room = Number.POSITIVE_INFINITY;
  for (; next < words.length; next++) {
    const word = words[next] ?? '';
    const unit = UNITS.get(word);
    const ten = TENS.get(word);
    if (unit !== undefined && unit < room) {
      group += unit;
      room = 0;
    } else if (ten !== undefined && ten < room) {
      group += ten;
      room = 10;
    } else if (word === 'hundred' && next > from) {
      group *= 100;
      room = 100;
    } else if (word === 'hundred' || (word === 'a' && words[next + 1] === 'hundred')) {
      if (next > from) break;
      if (word === 'a') next++;
      group = 100;
      room = 100;
    } else if (word === 'thousand' && next > from) {
      total += group * 1000;
      group = 0;
      room = 1000;
    } else if (word !== 'and' || room !== 100 || !isNumberWord(words[next + 1])) {
      break;
    }
  }
  return next === from ? undefined : { value: total + group, next };
}

const isNumberWord = (word: string | undefined): boolean => word !== undefined && (UNITS.has(word) || TENS.has(word));
