import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSound, silence } from '../../../local/transcribe/audio.ts';
import { wavOf } from './builders.ts';

let folder: string;
let wavFile: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audio-'));
  wavFile = join(folder, 'audio.wav');
});
afterEach(() => rm(folder, { recursive: true }));

test('ranges of time are silent on every channel, with a little around them, and the rest is as it was', async () => {
  const loud = Array<number>(1000).fill(1000);
  await writeFile(wavFile, wavOf([loud, loud.map((value) => -value)], 1000));
  const before = await readFile(wavFile);
  await silence(wavFile, [
    { startMs: 300, endMs: 400 },
    { startMs: 990, endMs: 2000 },
  ]);
  const after = await readFile(wavFile);
  expect(after.length).toBe(before.length);
  expect(after.subarray(0, 44)).toEqual(before.subarray(0, 44));
  const sampleAt = (ms: number, channel: number) => after.readInt16LE(44 + 2 * (2 * ms + channel));
  const silentMs = Array.from({ length: 1000 }, (_, ms) => ms).filter((ms) => sampleAt(ms, 0) === 0);
  expect(silentMs).toEqual([
    ...Array.from({ length: 300 }, (_, i) => 200 + i),
    ...Array.from({ length: 110 }, (_, i) => 890 + i),
  ]);
  for (let ms = 0; ms < 1000; ms += 1) expect(sampleAt(ms, 1) === 0).toBe(sampleAt(ms, 0) === 0);
});

test('the channels of a WAV file are mixed to one', async () => {
  await writeFile(
    wavFile,
    wavOf(
      [
        [16384, 0],
        [0, -16384],
      ],
      8000,
    ),
  );
  expect(await readSound(wavFile)).toEqual({ sampleRateHz: 8000, samples: Float32Array.from([0.25, -0.25]) });
});

test('what is not a WAV file of 16 bit samples is refused', async () => {
  await writeFile(wavFile, 'RIFF....WAVE');
  await expect(readSound(wavFile)).rejects.toThrow('no samples');
});
