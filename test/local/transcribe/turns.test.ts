import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { textOf, turnsOf } from '../../../local/transcribe/turns.ts';
import { channelWords, say } from './builders.ts';

test('every word is in one turn of its channel, and turns and words are in order of time', () => {
  fc.assert(
    fc.property(fc.array(channelWords, { minLength: 1, maxLength: 3 }), (channels) => {
      const turns = turnsOf(channels);
      for (const [channel, words] of channels.entries()) {
        expect(turns.filter((turn) => turn.channel === channel).flatMap((turn) => turn.words)).toEqual(words);
      }
      expect(turns.map((turn) => turn.startMs)).toEqual(turns.map((turn) => turn.startMs).toSorted((a, b) => a - b));
      for (const turn of turns) {
        expect(turn.startMs).toBe(turn.words[0]?.startMs);
        expect(turn.endMs).toBe(turn.words.at(-1)?.endMs);
      }
    }),
  );
});

test('a short pause stays within a turn, and ends it where the other side begins to speak', () => {
  const agent = [...say('one moment', 0), ...say('please hold', 1000)];
  expect(turnsOf([agent, []]).map(textOf)).toEqual(['one moment please hold']);
  expect(turnsOf([agent, say('sure', 700)]).map(textOf)).toEqual(['one moment', 'sure', 'please hold']);
});

test('a long pause ends a turn even if nobody else speaks', () => {
  expect(turnsOf([[...say('hello', 0), ...say('hello there', 1300)], []]).map(textOf)).toEqual([
    'hello',
    'hello there',
  ]);
});
