import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutOf, type Uncuttable, wavLayout } from '../../../../lambdas/quality/library/cut-clip.ts';
import { readWav } from '../../../../lambdas/transcription/wav-file.ts';
import { counting, wav } from './wav.ts';

/** The file of a cut, as it is put together. */
function cut(file: Buffer, startMs: number, endMs: number): Buffer {
  const { header, firstByte, lastByte, padding, sizeBytes } = cutOf(wavLayout(file, file.length), { startMs, endMs });
  const made = Buffer.concat([header, file.subarray(firstByte, lastByte + 1), padding]);
  expect(made.length).toBe(sizeBytes);
  expect(made.readUInt32LE(4)).toBe(sizeBytes - 8);
  return made;
}

async function samplesOf(file: Buffer): Promise<Buffer> {
  const { samples } = await readWav(
    (async function* () {
      yield file;
    })(),
  );
  return Buffer.concat(await Array.fromAsync(samples));
}

describe('the cut of a clip', () => {
  it('has the samples of its time range, and no other', async () => {
    const samples = counting(2 * 2 * 8000);
    const made = cut(wav({ channels: 2, samples }), 250, 500);
    expect(await samplesOf(made)).toEqual(samples.subarray(8000, 16_000));
  });

  it('joins with its neighbours without a gap and without an overlap, wherever it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          { encoding: 1, bits: 16 },
          { encoding: 1, bits: 8 },
          { encoding: 1, bits: 24 },
          { encoding: 3, bits: 32 },
          { encoding: 6, bits: 8 },
          { encoding: 7, bits: 8 },
        ),
        fc.constantFrom(1, 2),
        fc.constantFrom(8000, 11_025, 44_100),
        fc.uniqueArray(fc.integer({ min: 0, max: 120 }), { minLength: 3, maxLength: 3 }),
        async (format, channels, sampleRateHz, ends) => {
          const [a = 0, b = 0, c = 0] = ends.toSorted((x, y) => x - y);
          const samples = counting(Math.ceil(0.12 * sampleRateHz) * channels * (format.bits / 8));
          const file = wav({ ...format, channels, sampleRateHz, samples });
          const [first, second, both] = await Promise.all(
            [cut(file, a, b), cut(file, b, c), cut(file, a, c)].map(samplesOf),
          );
          expect(Buffer.concat([first ?? Buffer.alloc(0), second ?? Buffer.alloc(0)])).toEqual(both);
          expect((both ?? samples).length % ((channels * format.bits) / 8)).toBe(0);
        },
      ),
    );
  });

  it('passes over what recorders write before the samples', async () => {
    const list = Buffer.concat([Buffer.from('LIST'), Buffer.from([5, 0, 0, 0]), Buffer.from('abcde\0')]);
    const samples = counting(16_000);
    expect(await samplesOf(cut(wav({ samples, between: list }), 0, 500))).toEqual(samples.subarray(0, 8000));
  });

  it.each([0, 0xffff_ffff, 0x7fff_f000])(
    'goes by the length of the file where its own was never written: %i',
    async (statedBytes) => {
      const samples = counting(16_000);
      expect(await samplesOf(cut(wav({ samples, statedBytes }), 900, 2000))).toEqual(samples.subarray(14_400));
    },
  );

  it('ends where the audio does', () => {
    const file = wav({ samples: counting(16_000) });
    expect(cutOf(wavLayout(file, file.length), { startMs: 500, endMs: 60_000 }).durationMs).toBe(500);
    expect(() => cut(file, 1000, 2000)).toThrow('ends before 1000 ms');
  });

  it.each<[string, Buffer]>([
    ['is no WAV file', Buffer.from('ID3 and so on')],
    ['is WAV of format 0x11', wav({ encoding: 0x11, bits: 4, channels: 2, samples: counting(100) })],
    ['has no samples near its beginning', wav({ samples: Buffer.alloc(0) }).subarray(0, 36)],
  ])('is refused, and told why, of a file that %s', (why, file) => {
    expect(() => wavLayout(file, file.length)).toThrowError(
      expect.objectContaining({ name: 'Uncuttable', message: expect.stringContaining(why) }) as Uncuttable,
    );
  });
});
