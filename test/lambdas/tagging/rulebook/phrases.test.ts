import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findPhrase, type Match, parsePhrase } from '../../../../lambdas/tagging/rulebook/phrases.ts';

const find = (phrase: string, said: string) => findPhrase(said.split(' '), parsePhrase(phrase));

test.each<[string, string, Match[]]>([
  ['credit of', 'a credit of forty', [{ first: 1, last: 2 }]],
  ['credit of', 'a credit off', []],
  ['of credit', 'a credit of', []],
  ['call|line is|was', 'the line was busy', [{ first: 1, last: 2 }]],
  ['give ... credit', 'give credit', [{ first: 0, last: 1 }]],
  ['give ... credit', 'give 1 2 3 4 5 6 credit', [{ first: 0, last: 7 }]],
  ['give ... credit', 'give 1 2 3 4 5 6 7 credit', []],
  [
    'a',
    'a b a',
    [
      { first: 0, last: 0 },
      { first: 2, last: 2 },
    ],
  ],
  ['a b a', 'a b a b a', [{ first: 0, last: 2 }]],
  ['A ... B', 'a b b', [{ first: 0, last: 1 }]],
  ['cancel*', 'a cancellation', [{ first: 1, last: 1 }]],
  ['cancel*', 'cance', []],
  ['~refund now', 'refunding now', [{ first: 0, last: 1 }]],
  ['~cancel', 'cancelling', [{ first: 0, last: 0 }]],
  ['~cancel', 'canceled', [{ first: 0, last: 0 }]],
  ['~give|~try', 'tried', [{ first: 0, last: 0 }]],
  ['~give|~try', 'gave', [{ first: 0, last: 0 }]],
  ['~refund', 'refundable', []],
  ['a ...2 b', 'a 1 2 b', [{ first: 0, last: 3 }]],
  ['a ...2 b', 'a 1 2 3 b', []],
  ['end [my|the] contract', 'end my contract', [{ first: 0, last: 2 }]],
  ['end [my|the] contract', 'end contract', [{ first: 0, last: 1 }]],
  ['end [my|the] contract', 'end a contract', []],
  ['a [b] [c] d', 'a c d', [{ first: 0, last: 2 }]],
  ['a ...1 [b] c', 'a x c', [{ first: 0, last: 2 }]],
  ['a [b] ...1 c', 'a b x c', [{ first: 0, last: 3 }]],
  ['#4 #4', '4111 1111', [{ first: 0, last: 1 }]],
  ['#4', '41111', []],
  ['#16', '4111-1111-1111-1111', [{ first: 0, last: 0 }]],
  ['number #', 'number 7', [{ first: 0, last: 1 }]],
  ['number #', 'number $7', []],
  // The nearest "b" is not followed by "c"; the next one is.
  ['a ... b c', 'a b x b c', [{ first: 0, last: 4 }]],
])('the phrase %j in %j', (phrase, said, matches) => {
  expect(find(phrase, said)).toEqual(matches);
});

test.each(['', '  ', '...', '... credit', 'credit ...', 'credit| now', '| credit', 'credit , now'])(
  '%j is no phrase',
  (phrase) => {
    expect(() => parsePhrase(phrase)).toThrow(
      /^the phrase ".*" (must begin and end with a word|has ".*", in which a word is missing)$/,
    );
  },
);

test.each([
  ['[the] contract', 'must begin and end with a word'],
  ['the [contract]', 'must begin and end with a word'],
  ['a ...0 b', 'write ... or ...N'],
  ['a ...99 b', 'write ... or ...N'],
  ['a ...b c', 'write ... or ...N'],
  ['a [b] [c] [d] [e] [f] g', 'more than 4 words in [ ]'],
  ['* a', 'a word is missing'],
])('%j is refused, and what to write is told', (phrase, fix) => {
  expect(() => parsePhrase(phrase)).toThrow(fix);
});

/** Where `parts` end, said as the notation says it: each part here, or, behind a gap, up to six words on. */
function endsOf(words: readonly string[], [part, ...rest]: readonly string[], at: number): number[] {
  if (part === undefined) return [at - 1];
  if (part === '...') return [0, 1, 2, 3, 4, 5, 6].flatMap((skipped) => endsOf(words, rest, at + skipped));
  return part.split('|').includes(words[at] ?? '') ? endsOf(words, rest, at + 1) : [];
}

function naiveFind(words: readonly string[], phrase: string, from = 0): Match[] {
  if (from >= words.length) return [];
  const ends = endsOf(words, phrase.split(' '), from);
  if (ends.length === 0) return naiveFind(words, phrase, from + 1);
  const last = Math.min(...ends);
  return [{ first: from, last }, ...naiveFind(words, phrase, last + 1)];
}

test('any phrase is found where, read word for word, it stands', () => {
  const word = fc.constantFrom('a', 'b', 'c', 'd');
  const step = fc.array(word, { minLength: 1, maxLength: 2 }).map((alternatives) => alternatives.join('|'));
  const phrase = fc
    .tuple(step, fc.array(fc.tuple(fc.boolean(), step), { maxLength: 3 }))
    .map(([first, more]) => [first, ...more.map(([gap, next]) => (gap ? `... ${next}` : next))].join(' '));
  const said = fc.array(fc.oneof(word, fc.constant('x')), { maxLength: 24 });
  fc.assert(
    fc.property(phrase, said, (text, words) => {
      expect(findPhrase(words, parsePhrase(text))).toEqual(naiveFind(words, text));
    }),
    { numRuns: 500 },
  );
});

test('a phrase may be written as one writes: upper case, punctuation and curly apostrophes make no difference', () => {
  expect(findPhrase(['i', "don't", 'know'], parsePhrase('Don’t know!'))).toEqual([{ first: 1, last: 2 }]);
});
