import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commonWords, functionWords } from '../../../../lambdas/insights/phrases/common-words.ts';
import { hasPhrases, MAX_PHRASES, phrasesOf } from '../../../../lambdas/insights/phrases/phrases-of.ts';
import type { Turn, Word } from '../../../../lambdas/transcription/transcription.ts';
import { says, transcriptOf } from '../../builders.ts';

const phrases = (...turns: Turn[]): string[] => phrasesOf(transcriptOf(...turns)).map(({ phrase }) => phrase);
const ofCustomer = (text: string): string[] => phrases(says('CUSTOMER', text));
const change = (turn: Turn, at: number, changes: Partial<Word>): Turn => ({
  ...turn,
  words: turn.words.map((word, i) => (i === at ? { ...word, ...changes } : word)),
});

test('what the customer says is counted in phrases of two and three words', () => {
  expect(ofCustomer('I want to cancel my order.')).toEqual(['want to cancel', 'cancel my order', 'my order']);
});

test('a phrase is counted as often as it is said, and the most frequent comes first', () => {
  const call = transcriptOf(
    says('CUSTOMER', 'The late fee is wrong.'),
    says('AGENT', 'The late fee?'),
    says('CUSTOMER', 'Yes. Late fee!'),
  );
  expect(phrasesOf(call)[0]).toEqual({ phrase: 'late fee', times: 2 });
});

test('what the agent, or nobody who is known, says is not counted', () => {
  expect(phrases(says('AGENT', 'cancel the order'), says('spk_1', 'cancel the order'))).toEqual([]);
});

test('case, punctuation, the form of the apostrophe and hesitations make no difference', () => {
  const plain = ofCustomer("i can't cancel my order");
  expect(ofCustomer('“I can’t cancel uh my order…”')).toEqual(plain);
  expect(ofCustomer("I CAN'T CANCEL MY ORDER!")).toEqual(plain);
  expect(ofCustomer("i can't cancel my my order")).toEqual(plain);
});

test('function words alone make no phrase, and no phrase ends in the midst', () => {
  expect(ofCustomer('i would like to have it')).toEqual([]);
  expect(ofCustomer('to refund to my')).toEqual([]);
  expect(ofCustomer('i am locked out')).toEqual(['i am locked', 'am locked', 'am locked out', 'locked out']);
});

test.each([
  ['another word', 'cancel zyxwv order'],
  ['a number', 'cancel 2 order'],
  ['a spelled number', 'cancel two order'],
  ['an amount', 'cancel $40 order'],
  ['a comma', 'cancel, order'],
  ['the end of a sentence', 'cancel. Order'],
  ['a placeholder', 'cancel [NAME] order'],
  ['what is masked', 'cancel *** order'],
  ['a name', 'cancel Price order'],
  ['a name in two words', 'cancel Black-White order'],
])('%s keeps the words on both sides apart', (_, text) => {
  expect(ofCustomer(text)).toEqual([]);
});

test('what is redacted or filtered is in no phrase and keeps apart what is around it, whatever stands there', () => {
  const turn = says('CUSTOMER', 'my password is blue house today');
  expect(phrases(turn)).toContain('blue house');
  expect(phrases(change(turn, 3, { redaction: {} }))).toEqual(['my password', 'house today']);
  expect(phrases(change(turn, 3, { filtered: true, text: '' }))).toEqual(['my password', 'house today']);
});

test('a redaction that no word stands for keeps apart what is around it', () => {
  const turn = change(says('CUSTOMER', 'cancel order'), 1, { startMs: 900, endMs: 1200 });
  const call = transcriptOf(turn);
  expect(phrasesOf(call)).toEqual([{ phrase: 'cancel order', times: 1 }]);
  expect(phrasesOf({ ...call, redactions: [{ speaker: 'CUSTOMER', startMs: 400, endMs: 800 }] })).toEqual([]);
});

test('names that are words do not count where they are written as names', () => {
  expect(ofCustomer('Bill called about my bill.')).toEqual(['about my bill', 'my bill']);
  expect(ofCustomer('this is Bill Price calling')).toEqual([]);
  expect(ofCustomer('Mr. Price called me')).toEqual(['called me']);
  expect(ofCustomer('Price went up again')).toContain('price went up');
});

test.each([
  'mark',
  'grace',
  'john',
  'maria',
  'smith',
  'garcia',
  'london',
  'texas',
  'monday',
  'march',
  'seven',
  'third',
  'amazon',
  'north',
])('%s is no common word', (word) => {
  expect(commonWords.has(word)).toBe(false);
});

test('what is always written with a capital counts', () => {
  expect(ofCustomer('the Internet is down')).toEqual(['internet is down']);
  expect(ofCustomer('reset my PIN today')).toContain('reset my pin');
});

test('calls in other languages have no phrases; turns in another language neither', () => {
  const call = transcriptOf(says('CUSTOMER', 'cancel order'));
  expect(phrasesOf({ ...call, language: 'de-DE' })).toEqual([]);
  expect(phrasesOf({ ...call, language: 'en-GB' })).toHaveLength(1);
  expect(
    phrasesOf({ ...transcriptOf({ ...says('CUSTOMER', 'cancel order'), language: 'es-US' }), language: 'en-US' }),
  ).toEqual([]);
  expect(['en-US', 'en', 'EN-au'].every(hasPhrases)).toBe(true);
  expect(hasPhrases('enm')).toBe(false);
});

test('where no language is told, a call that is hardly of English words has none', () => {
  expect(ofCustomer('ich habe da leider noch eine rate problem gehabt')).toEqual([]);
});

test('however much is said, phrases are bounded, of common words, and never of function words alone', () => {
  const word = fc.oneof(
    fc.constantFrom(...commonWords),
    fc.constantFrom('Smith', '42', '[PII]', 'um', 'O’Hara', 'naïve', '...', 'four', "Bill's"),
    fc.string(),
  );
  const turn = fc
    .array(
      word.filter((text) => !/\s/.test(text)),
      { minLength: 1, maxLength: 300 },
    )
    .map((words) => says('CUSTOMER', words.join(' ')));
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 5 }), (turns) => {
      const found = phrasesOf(transcriptOf(...turns));
      expect(found.length).toBeLessThanOrEqual(MAX_PHRASES);
      expect(new Set(found.map(({ phrase }) => phrase)).size).toBe(found.length);
      for (const { phrase, times } of found) {
        const words = phrase.split(' ');
        expect([2, 3]).toContain(words.length);
        expect(words.every((word) => commonWords.has(word))).toBe(true);
        expect(words.every((word) => functionWords.has(word))).toBe(false);
        expect(times).toBeGreaterThan(0);
      }
    }),
    { numRuns: 50 },
  );
});
