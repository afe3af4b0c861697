import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Word } from '../../../local/transcribe/recogniser.ts';
import { standardOutput } from '../../../local/transcribe/standard-output.ts';
import { transcribeSample, transcribeSamples } from '../../transcribe-samples.ts';
import { channelWords, fieldsOf, say } from './builders.ts';

function output(channelIdentification: boolean, ...channels: Word[][]) {
  const recognition = {
    durationMs: 0,
    sampleRateHz: 8000,
    channels: channels.map((words) => ({ words, loudness: [] })),
  };
  return standardOutput({ jobName: 'job', accountId: '000000000000', recognition, channelIdentification });
}

test.skipIf(!transcribeSamples).each([
  ['standard-channels.json', true],
  ['standard-plain.json', false],
])('the document has the fields and types of %s, and those that newer ones add', (sample, channelIdentification) => {
  const newer = /\.audio_segments\b|items\[\]\.(id|channel_label):/;
  const ours = [...fieldsOf(output(channelIdentification, say('hello there', 0), say('hi', 700)))];
  expect(ours.filter((field) => !newer.test(field)).toSorted()).toEqual(
    [...fieldsOf(JSON.parse(transcribeSample(sample)))].toSorted(),
  );
});

test('every word is an item once, in order of time, and each segment refers to its own items', () => {
  fc.assert(
    fc.property(channelWords, channelWords, fc.boolean(), (first, second, channelIdentification) => {
      const { items, audio_segments, transcripts } = output(channelIdentification, first, second).results;
      const contents = items.map((item) => item.alternatives[0]?.content);
      const expected = [...first, ...second].toSorted((a, b) => a.startMs - b.startMs);
      expect(contents.toSorted()).toEqual(expected.map((word) => word.text).toSorted());
      expect(items.map((item) => Number(item.start_time) * 1000).map(Math.round)).toEqual(
        expected.map((w) => w.startMs),
      );
      expect(transcripts).toEqual([{ transcript: contents.join(' ') }]);
      expect(audio_segments.flatMap((segment) => segment.items).toSorted((a, b) => a - b)).toEqual(
        items.map((i) => i.id),
      );
      for (const segment of audio_segments) {
        expect(segment.items.map((id) => contents[id]).join(' ')).toBe(segment.transcript);
      }
    }),
  );
});

test('with channel identification each channel has its own words; without it they are merged by time', () => {
  const [first, second] = [say('good morning', 0), say('hello', 310)];
  const apart = output(true, first, second).results;
  expect(apart.channel_labels?.channels.map((channel) => channel.items.length)).toEqual([2, 1]);
  expect(apart.transcripts[0]?.transcript).toBe('good morning hello');
  const merged = output(false, first, second).results;
  expect(merged.channel_labels).toBeUndefined();
  expect(merged.audio_segments.map((segment) => segment.transcript)).toEqual(['good morning hello']);
});

test('times and confidences are text, with a decimal where they are whole', () => {
  const [item] = output(false, [{ text: 'hi', startMs: 1000, endMs: 1250, confidence: 1 }]).results.items;
  expect(item).toMatchObject({ start_time: '1.0', end_time: '1.25', alternatives: [{ confidence: '1.0' }] });
});
