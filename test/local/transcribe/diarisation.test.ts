import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readSound, type Sound } from '../../../local/transcribe/audio.ts';
import { speakersOf } from '../../../local/transcribe/diarisation.ts';
import type { Word } from '../../../local/transcribe/recogniser.ts';

interface SpokenTurn {
  speaker: string;
  words: Word[];
}

/** A sample with both voices on its one channel, and who says what in it when. */
let sound: Sound;
let turns: SpokenTurn[];

beforeAll(async () => {
  sound = await readSound(join(import.meta.dirname, '../../../samples/mono-outage.wav'));
  const spoken: { speaker: string; words: [string, number, number][] }[] = JSON.parse(
    await readFile(join(import.meta.dirname, 'mono-outage.words.json'), 'utf8'),
  );
  turns = spoken.map(({ speaker, words }) => ({
    speaker,
    words: words.map(([text, startMs, endMs]) => ({ text, startMs, endMs, confidence: 1 })),
  }));
});

const wordsOf = (spoken: readonly SpokenTurn[]) => spoken.flatMap((turn) => turn.words);

/** The speakers of each turn, as they were told apart. */
async function told(most: number, spoken = turns, heard = sound) {
  const speakers = await speakersOf(heard, wordsOf(spoken), most);
  return spoken.map(({ words }) => [...new Set(words.map((word) => speakers.get(word)))]);
}

test('two voices on one channel are told apart, numbered by who speaks first', async () => {
  expect(await told(2)).toEqual([[0], [1], [0], [1], [0]]);
  expect(await told(5)).toEqual([[0], [1], [0], [1], [0]]);
});

test.each(['AGENT', 'CUSTOMER'])('one voice stays one speaker, however many there may be (%s)', async (speaker) => {
  const own = turns.filter((turn) => turn.speaker === speaker);
  expect(new Set((await told(5, own)).flat())).toEqual(new Set([0]));
});

/** The call, and after it all that one side said once more, as a higher voice. */
function withThirdVoice(): { heard: Sound; spoken: SpokenTurn[] } {
  const faster = 1.4;
  const { samples, sampleRateHz } = sound;
  const copy = Float32Array.from(
    { length: Math.floor(samples.length / faster) },
    (_, i) => samples[Math.floor(i * faster)] ?? 0,
  );
  const both = new Float32Array(samples.length + copy.length);
  both.set(samples);
  both.set(copy, samples.length);
  const offsetMs = (samples.length * 1000) / sampleRateHz;
  const moved = (ms: number) => Math.round(offsetMs + ms / faster);
  const third = turns
    .filter((turn) => turn.speaker === 'AGENT')
    .map(({ words }) => ({
      speaker: 'OTHER',
      words: words.map((word) => ({ ...word, startMs: moved(word.startMs), endMs: moved(word.endMs) })),
    }));
  return { heard: { samples: both, sampleRateHz }, spoken: [...turns, ...third] };
}

test('a third voice is a third speaker, if there may be so many', async () => {
  const { heard, spoken } = withThirdVoice();
  expect(await told(3, spoken, heard)).toEqual([[0], [1], [0], [1], [0], [2], [2], [2]]);
  expect(new Set((await told(2, spoken, heard)).flat())).toEqual(new Set([0, 1]));
});

test('each word has a speaker, also where nothing can be heard', async () => {
  const silent = { ...sound, samples: new Float32Array(sound.samples.length) };
  expect(new Set((await told(2, turns, silent)).flat())).toEqual(new Set([0]));
  expect((await speakersOf(silent, [], 2)).size).toBe(0);
});
