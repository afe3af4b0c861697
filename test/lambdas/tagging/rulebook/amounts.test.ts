import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findAmounts } from '../../../../lambdas/tagging/rulebook/amounts.ts';

const amountsIn = (said: string) =>
  findAmounts(said.split(' ')).map(({ value, first, last }) => [
    value,
    said
      .split(' ')
      .slice(first, last + 1)
      .join(' '),
  ]);

test.each([
  ['forty dollars', 40],
  ['twenty five dollars', 25],
  ['twenty-five dollars', 25],
  ['one hundred and twenty dollars', 120],
  ['one hundred twenty dollars', 120],
  ['a hundred dollars', 100],
  ['a thousand dollars', 1000],
  ['two thousand and fifty dollars', 2050],
  ['one thousand two hundred and fifty dollars', 1250],
  ['$40', 40],
  ['$40.00', 40],
  ['$1,250.50', 1250.5],
  ['40 dollars', 40],
  ['40.50 dollars', 40.5],
  ['1,250 dollars', 1250],
  ['five dollars and fifty cents', 5.5],
  ['five dollars fifty cents', 5.5],
  ['5 dollars and 50 cents', 5.5],
  ['forty bucks', 40],
  ['one dollar', 1],
  ['forty dollar', 40],
  ['twenty five hundred dollars', 2500],
  ['forty-dollar', 40],
  ['twenty-five-dollar', 25],
  ['40-dollar', 40],
  ['usd 40', 40],
  ['us$40', 40],
  ['forty u.s dollars', 40],
  ['40 us dollars', 40],
  ['$40 and 50 cents', 40.5],
])('"%s" is an amount', (said, value) => {
  expect(amountsIn(`about ${said} on your bill`)).toEqual([[value, said]]);
});

test.each([
  'forty minutes',
  'forty',
  '40',
  '40 percent',
  'dollars',
  'a dollar',
  'and dollars',
  'fifty cents',
  'hundred and',
  '40,00 dollars',
  'fifteen percent',
  '$4.0.0',
  '$40$',
  '$',
])('"%s" is none', (said) => {
  expect(amountsIn(said)).toEqual([]);
});

test.each([
  ['forty euros', 40, 'EUR'],
  ['€40.50', 40.5, 'EUR'],
  ['40€', 40, 'EUR'],
  ['£1,200', 1200, 'GBP'],
  ['twenty pounds', 20, 'GBP'],
  ['five pounds fifty pence', 5.5, 'GBP'],
  ['forty bucks', 40, 'USD'],
])('"%s" is an amount of its currency', (said, value, currency) => {
  expect(findAmounts(`about ${said} or so`.split(' '))).toMatchObject([{ value, currency, first: 1 }]);
});

test('each of several amounts is found', () => {
  expect(amountsIn('not $40 but twenty five dollars and ten minutes or five dollars and six dollars')).toEqual([
    [40, '$40'],
    [25, 'twenty five dollars'],
    [5, 'five dollars'],
    [6, 'six dollars'],
  ]);
});

const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** A number as it is said in English, with or without the "and" of some countries. */
function spoken(value: number, and: string): string {
  const rest = (below: number, joint = ' ') => (value % below === 0 ? '' : joint + spoken(value % below, and));
  if (value >= 1000) {
    return `${spoken(Math.floor(value / 1000), and)} thousand${rest(1000, value % 1000 < 100 ? and : ' ')}`;
  }
  if (value >= 100) return `${UNITS[Math.floor(value / 100)]} hundred${rest(100, and)}`;
  if (value >= 20) return `${TENS[Math.floor(value / 10)]}${rest(10)}`;
  return UNITS[value] ?? '';
}

test.each([' ', ' and '])('any number of dollars that is said in words is found, joined by "%s"', (and) => {
  fc.assert(
    fc.property(fc.oneof(fc.nat(99), fc.integer({ min: 1, max: 999_999 })), (value) => {
      const said = `${spoken(value, and)} dollars`;
      expect(amountsIn(`of ${said}`)).toEqual([[value, said]]);
    }),
  );
});

test('any number of dollars that is written is found', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), (cents) => {
      const written = (cents / 100).toLocaleString('en-US', { style: 'currency', currency: 'USD' });
      expect(amountsIn(`of ${written}`)).toEqual([[cents / 100, written]]);
    }),
  );
});
