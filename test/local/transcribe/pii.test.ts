import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findPii } from '../../../local/transcribe/pii.ts';
import { channelWords, say } from './builders.ts';

/** What is found in a text that one person says, as `TYPE: words`. */
const found = (text: string) =>
  findPii([say(text, 0)]).map(({ type, words }) => `${type}: ${words.map((word) => word.text).join(' ')}`);

test.each([
  [
    'my card is four one one one one one one one one one one one one one one one thank you',
    'CREDIT_DEBIT_NUMBER: four one one one one one one one one one one one one one one one',
  ],
  [
    'it is forty one eleven eleven eleven double one triple one one eleven please',
    'CREDIT_DEBIT_NUMBER: forty one eleven eleven eleven double one triple one one eleven',
  ],
  ['my social is one two three four five six seven eight nine', 'SSN: one two three four five six seven eight nine'],
  ['five five five oh one nine nine is my line', 'PHONE: five five five oh one nine nine'],
  [
    'call me at eight hundred five five five dash oh one two three',
    'PHONE: eight hundred five five five dash oh one two three',
  ],
  [
    'the routing number is one two three four five six seven eight nine',
    'BANK_ROUTING: one two three four five six seven eight nine',
  ],
  [
    'my number is one two three four five six seven eight',
    'BANK_ACCOUNT_NUMBER: one two three four five six seven eight',
  ],
  ['the security code is one two three', 'CREDIT_DEBIT_CVV: one two three'],
  ['my pin is four four two two okay', 'PIN: four four two two'],
  ['it expires oh four twenty seven', 'CREDIT_DEBIT_EXPIRY: oh four twenty seven'],
  ['the expiration date is march twenty twenty nine', 'CREDIT_DEBIT_EXPIRY: march twenty twenty nine'],
  ['my email is anna dot lee at example dot com yes', 'EMAIL: anna dot lee at example dot com'],
  ['i can write to j smith seven at my mail dot org', 'EMAIL: j smith seven at my mail dot org'],
  ['it is twenty seven park street on the second floor', 'ADDRESS: twenty seven park street'],
  ['one hundred north main avenue apartment nine please', 'ADDRESS: one hundred north main avenue apartment nine'],
  ['my zip code is nine oh two one oh', 'ADDRESS: nine oh two one oh'],
  ['my name is daniel and i am calling from united energy', 'NAME: daniel'],
  ['hello my name is maria lopez', 'NAME: maria lopez'],
  ['this is daniel brown calling about my bill', 'NAME: daniel brown'],
  ['thank you mister jones', 'NAME: jones'],
])('in "%s" it finds %s', (text, expected) => {
  expect(found(text)).toEqual([expected]);
});

test.each([
  'i will give you a credit of forty dollars on your next bill',
  'one thousand two hundred thirty four dollars and fifty six cents',
  'the security code costs one hundred twenty dollars',
  'nine nine nine nine nine nine dollars',
  'this is the fourth time that i am calling you',
  'good morning this is united energy this call may be recorded',
  'it says five six one eight two good',
  'we have had no power for three days and two nights',
  'the power should be back before nine this evening',
  'who am i speaking with today',
  'people are working in your street',
  'we can meet at the office and not at home dot',
])('in "%s" there is nothing to redact', (text) => {
  expect(found(text)).toEqual([]);
});

test('digits that sound like other words, or one that was misheard, do not leave a number open', () => {
  expect(found('four one one one for two two two two three three three three four four four')).toEqual([
    'CREDIT_DEBIT_NUMBER: four one one one for two two two two three three three three four four four',
  ]);
  expect(found('four one one one tree two two two two three three three three four four four')).toEqual([
    'CREDIT_DEBIT_NUMBER: four one one one tree two two two two three three three three four four four',
  ]);
});

test('where a part of a long number was misheard, all between its digits is redacted, but no amount', () => {
  expect(found('it is for one one one two two two two three three three three four four four four')).toEqual([
    'CREDIT_DEBIT_NUMBER: for one one one two two two two three three three three four four four four',
  ]);
  expect(found('it is one line to you to take you three three three three for four four four')).toEqual([
    'BANK_ACCOUNT_NUMBER: one line to you to take you three three three three for four four four',
  ]);
  expect(found('one charge of forty dollars then call five five five oh one nine nine')).toEqual([
    'PHONE: five five five oh one nine nine',
  ]);
});

test('an amount after a number is not part of it', () => {
  expect(found('my phone is five five five oh one nine nine forty dollars please')).toEqual([
    'PHONE: five five five oh one nine nine',
  ]);
});

test('the other side may have asked for the number', () => {
  const agent = say('what is the security code on the back', 0);
  expect(findPii([agent, say('seven seven seven', 3000)])).toMatchObject([{ type: 'CREDIT_DEBIT_CVV', channel: 1 }]);
  expect(findPii([agent, say('seven seven seven', 30_000)])).toEqual([]);
});

test('a number that is read out in groups is one, until a long pause', () => {
  const groups = (pauseMs: number) => [...say('five five five', 0), ...say('oh one nine nine', 900 + pauseMs)];
  expect(findPii([groups(2000)]).map(({ words }) => words.length)).toEqual([7]);
  expect(findPii([groups(8000)])).toEqual([]);
});

test('amounts of money are never redacted, whatever numbers are around them', () => {
  const amount = fc.constantFrom('forty dollars', 'one hundred twenty dollars', 'nine dollars', 'fifty five cents');
  const other = fc.constantFrom(...'one two four forty my card number is for to three'.split(' '));
  fc.assert(
    fc.property(fc.array(other, { maxLength: 20 }), amount, fc.array(other, { maxLength: 20 }), (first, sum, last) => {
      const words = say([...first, 'of', ...sum.split(' '), 'please', ...last].join(' '), 0);
      const from = first.length + 1;
      const spared = words.slice(from, from + sum.split(' ').length);
      const redacted = findPii([words]).flatMap((pii) => pii.words);
      for (const word of spared) expect(redacted).not.toContain(word);
    }),
    { numRuns: 500 },
  );
});

test('what is found are neighbouring words of one channel, without overlap', () => {
  const talk = fc
    .array(
      fc.constantFrom(...'my name is anna four one oh at dot com street dollars forty pin mister double'.split(' ')),
      {
        maxLength: 40,
      },
    )
    .map((words) => (words.length === 0 ? [] : say(words.join(' '), 0)));
  fc.assert(
    fc.property(fc.oneof(talk, channelWords), talk, (first, second) => {
      const channels = [first, second];
      const seen = new Set<unknown>();
      for (const { channel, words } of findPii(channels)) {
        const at = channels[channel]?.findIndex((word) => word.startMs === words[0]?.startMs) ?? -1;
        expect(words.length).toBeGreaterThan(0);
        expect(channels[channel]?.slice(at, at + words.length)).toEqual(words);
        for (const word of words) expect(seen.has(word)).toBe(false);
        for (const word of words) seen.add(word);
      }
    }),
  );
});
