/** Forms that the rules of spelling do not give. A word that is not here is taken to be regular. */
const IRREGULAR: Readonly<Record<string, string>> = {
  be: 'am is are was were been being',
  bring: 'brings brought bringing',
  buy: 'buys bought buying',
  come: 'comes came coming',
  cut: 'cuts cutting',
  do: 'does did done doing',
  find: 'finds found finding',
  get: 'gets got gotten getting',
  give: 'gives gave given giving',
  go: 'goes went gone going',
  have: 'has had having',
  hear: 'hears heard hearing',
  hold: 'holds held holding',
  keep: 'keeps kept keeping',
  know: 'knows knew known knowing',
  leave: 'leaves left leaving',
  lose: 'loses lost losing',
  make: 'makes made making',
  mean: 'means meant meaning',
  pay: 'pays paid paying',
  put: 'puts putting',
  read: 'reads reading',
  say: 'says said saying',
  see: 'sees saw seen seeing',
  sell: 'sells sold selling',
  send: 'sends sent sending',
  speak: 'speaks spoke spoken speaking',
  take: 'takes took taken taking',
  tell: 'tells told telling',
  think: 'thinks thought thinking',
  write: 'writes wrote written writing',
};

const VOWELS = new Set('aeiou');
const SIBILANT = /(?:s|x|z|ch|sh|o)$/;

/**
 * The forms of an English word: "refund", "refunds", "refunded", "refunding". Where spelling depends on the stress or the
 * country ("canceled", "cancelled") both are among them; a form that nobody writes does no harm.
 */
export function inflectionsOf(word: string): string[] {
  const irregular = IRREGULAR[word];
  if (irregular !== undefined) return [word, ...irregular.split(' ')];
  const last = word.at(-1) ?? '';
  const before = word.at(-2) ?? '';
  if (last === 'e')
    return [word, `${word}s`, `${word}d`, word.endsWith('ee') ? `${word}ing` : `${word.slice(0, -1)}ing`];
  if (last === 'y' && !VOWELS.has(before)) {
    return [word, `${word.slice(0, -1)}ies`, `${word.slice(0, -1)}ied`, `${word}ing`];
  }
  const plural = SIBILANT.test(word) ? `${word}es` : `${word}s`;
  const regular = [word, plural, `${word}ed`, `${word}ing`];
  const doubles = VOWELS.has(before) && !VOWELS.has(word.at(-3) ?? 'a') && !VOWELS.has(last) && !'wxy'.includes(last);
  return doubles ? [...regular, `${word}${last}ed`, `${word}${last}ing`] : regular;
}
