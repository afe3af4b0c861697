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
