import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findPii } from '../../../local/transcribe/pii.ts';
import type { Word } from '../../../local/transcribe/recogniser.ts';
import { redactionOf } from '../../../local/transcribe/redaction.ts';
import { type StandardInput, standardOutput } from '../../../local/transcribe/standard-output.ts';
import { transcribeSample, transcribeSamples } from '../../transcribe-samples.ts';
import { channelWords, fieldsOf, say } from './builders.ts';

function output(channelIdentification: boolean, ...channels: Word[][]) {
  return outputWith({ channelIdentification }, ...channels);
}

function outputWith(changes: Partial<StandardInput>, ...channels: Word[][]) {
  const recognition = {
    durationMs: 0,
    sampleRateHz: 8000,
    channels: channels.map((words) => ({ words, loudness: [] })),
  };
  return standardOutput({
    jobName: 'job',
    accountId: '000000000000',
    recognition,
    channelIdentification: false,
    ...changes,
  });
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

/** A talk of two on one channel, and who says what. */
function talk() {
  const [first, second, third] = [say('what is your name', 0), say('my name is anna lee', 1800), say('thanks', 4000)];
  const speakers = new Map([
    ...[...first, ...third].map((word) => [word, 0] as const),
    ...second.map((word) => [word, 1] as const),
  ]);
  return { words: [...first, ...second, ...third], speakers };
}

test('speakers that are told apart have a segment for each turn, and label every item', () => {
  const { words, speakers } = talk();
  const { speaker_labels, items, audio_segments } = outputWith({ speakers }, words).results;
  expect(speaker_labels?.speakers).toBe(2);
  expect(speaker_labels?.segments.map(({ speaker_label, start_time }) => [speaker_label, start_time])).toEqual([
    ['spk_0', '0.0'],
    ['spk_1', '1.8'],
    ['spk_0', '4.0'],
  ]);
  expect(speaker_labels?.segments[1]?.items[0]).toEqual({
    start_time: '1.8',
    end_time: '2.1',
    speaker_label: 'spk_1',
  });
  expect(items.map((item) => item.speaker_label)).toEqual(words.map((word) => `spk_${speakers.get(word)}`));
  expect(audio_segments.map((segment) => [segment.speaker_label, segment.transcript])).toEqual([
    ['spk_0', 'what is your name'],
    ['spk_1', 'my name is anna lee'],
    ['spk_0', 'thanks'],
  ]);
});

test.skipIf(!transcribeSamples)('speaker labels have the fields and types of a real document', () => {
  const { words, speakers } = talk();
  const newer = /\.audio_segments\b|items\[\]\.(id|speaker_label):|\.speaker_labels\.channel_label:/;
  const fields = (document: unknown) => [...fieldsOf(document)].filter((field) => !newer.test(field)).toSorted();
  expect(fields(outputWith({ speakers }, words))).toEqual(
    fields(JSON.parse(transcribeSample('standard-speakers.json'))),
  );
});

test('what is redacted is one item that tells its type, in every part of the document', () => {
  const { words, speakers } = talk();
  const redaction = redactionOf(findPii([words]));
  const document = outputWith({ speakers, redaction, isRedacted: true }, words);
  expect(document.isRedacted).toBe(true);
  expect(document.results.items[7]).toMatchObject({
    start_time: '2.7',
    end_time: '3.3',
    alternatives: [{ content: '[PII]', redactions: [{ confidence: '0.9', type: 'NAME', category: 'PII' }] }],
    type: 'pronunciation',
  });
  expect(document.results.transcripts[0]?.transcript).toBe('what is your name my name is [PII] thanks');
  expect(document.results.audio_segments[1]?.transcript).toBe('my name is [PII]');
  expect(document.results.speaker_labels?.segments[1]?.items).toHaveLength(4);
  expect(JSON.stringify(document)).not.toMatch(/anna|lee/);
});

test('only what is asked for is redacted', () => {
  const words = say('my name is anna my phone is five five five oh one nine nine', 0);
  const transcript = (types: string[]) => {
    const redaction = redactionOf(findPii([words]), types);
    return outputWith({ redaction, isRedacted: true }, words).results.transcripts[0]?.transcript;
  };
  expect(transcript(['NAME', 'SSN'])).toBe('my name is [PII] my phone is five five five oh one nine nine');
  expect(transcript(['PHONE'])).toBe('my name is anna my phone is [PII]');
  expect(transcript(['ALL'])).toBe('my name is [PII] my phone is [PII]');
  expect(transcript([])).toBe('my name is [PII] my phone is [PII]');
});
