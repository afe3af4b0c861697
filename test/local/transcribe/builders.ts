import * as fc from 'fast-check';
import type { Word } from '../../../local/transcribe/recogniser.ts';

/** Every place in a document that has a value, and the JSON type of the value, as `$.results.items[].type: string`. */
export function fieldsOf(value: unknown, path = '$'): Set<string> {
  if (Array.isArray(value))
    return new Set([`${path}: array`, ...value.flatMap((item) => [...fieldsOf(item, `${path}[]`)])]);
  if (typeof value !== 'object' || value === null)
    return new Set([`${path}: ${value === null ? 'null' : typeof value}`]);
  const members = Object.entries(value).flatMap(([key, member]) => [...fieldsOf(member, `${path}.${key}`)]);
  return new Set([`${path}: object`, ...members]);
}

/** Words of one channel, one after the other. */
export const channelWords: fc.Arbitrary<Word[]> = fc
  .array(
    fc.record({
      text: fc.stringMatching(/^[a-z']{1,8}$/),
      pauseMs: fc.oneof(fc.constant(0), fc.nat(400), fc.nat(5000)),
      lengthMs: fc.integer({ min: 10, max: 900 }),
      confidence: fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000),
    }),
    { maxLength: 40 },
  )
  .map((words) => {
    let nowMs = 0;
    return words.map(({ text, pauseMs, lengthMs, confidence }) => {
      const startMs = nowMs + pauseMs;
      nowMs = startMs + lengthMs;
      return { text, startMs, endMs: nowMs, confidence };
    });
  });

/** A text as words that begin at a time, each 300 ms long and with no pause between them. */
export function say(text: string, fromMs: number): Word[] {
  return text.split(' ').map((word, index) => {
    const startMs = fromMs + index * 300;
    return { text: word, startMs, endMs: startMs + 300, confidence: 0.9 };
  });
}

/** A WAV file of 16 bit samples, given by channel. */
export function wavOf(channels: readonly (readonly number[])[], sampleRateHz: number): Buffer {
  const length = channels[0]?.length ?? 0;
  const head = Buffer.alloc(44);
  const dataLength = 2 * length * channels.length;
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + dataLength, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(channels.length, 22);
  head.writeUInt32LE(sampleRateHz, 24);
  head.writeUInt32LE(2 * sampleRateHz * channels.length, 28);
  head.writeUInt16LE(2 * channels.length, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(dataLength, 40);
  const data = Buffer.alloc(dataLength);
  for (let at = 0; at < length; at += 1) {
    for (const [channel, samples] of channels.entries())
      data.writeInt16LE(samples[at] ?? 0, 2 * (at * channels.length + channel));
  }
  return Buffer.concat([head, data]);
}
