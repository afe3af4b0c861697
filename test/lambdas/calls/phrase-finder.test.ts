import { expect, test } from 'vitest';
import { phraseFinder } from '../../../lambdas/calls/phrase-finder.ts';
import { says, transcriptOf } from '../builders.ts';

const call = transcriptOf(
  says('AGENT', 'We will send a new card.', 1000),
  says('CUSTOMER', 'You said you would send me a new card.', 5000),
  says('spk_2', 'Send the new card, please.', 9000),
);

test('a phrase is found wherever it was said, with who said it, when, and in which words', () => {
  expect(phraseFinder('send ... new card')(call)).toEqual([
    { speaker: 'AGENT', startMs: 1600, endMs: 2800, quote: 'send a new card.' },
    { speaker: 'CUSTOMER', startMs: 6200, endMs: 7700, quote: 'send me a new card.' },
    { speaker: 'spk_2', startMs: 9000, endMs: 10_200, quote: 'Send the new card,' },
  ]);
});

test('of one speaker, the words of whoever is neither agent nor customer count too', () => {
  const speakers = (speaker: 'AGENT' | 'CUSTOMER') =>
    phraseFinder('new card', speaker)(call).map((match) => match.speaker);
  expect(speakers('AGENT')).toEqual(['AGENT', 'spk_2']);
  expect(speakers('CUSTOMER')).toEqual(['CUSTOMER', 'spk_2']);
});

test('words are those of the phrase, in its order, whatever their case and punctuation, quoted or not', () => {
  for (const phrase of ['NEW card', '"new card"', 'new|old card']) expect(phraseFinder(phrase)(call)).toHaveLength(3);
  for (const phrase of ['card new', 'send card', 'new car']) expect(phraseFinder(phrase)(call)).toEqual([]);
});

test('what was redacted cannot be found, nor the mark in its place', () => {
  const [turn] = call.turns;
  const redacted = turn && {
    ...turn,
    words: turn.words.map((word, i) => (i === 5 ? { ...word, text: '[PII]', redaction: {} } : word)),
  };
  expect(phraseFinder('new pii')(transcriptOf(...(redacted ? [redacted] : [])))).toEqual([]);
});

test.each(['', '   ', '... card', 'card ...', 'new | card'])('"%s" is no phrase', (phrase) => {
  expect(() => phraseFinder(phrase)).toThrow(TypeError);
});
