import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Transcript, Turn, type Word } from '../../../lambdas/transcription/transcript.ts';
import {
  offsetText,
  renderTranscript,
  transcriptSrt,
  transcriptText,
  transcriptVtt,
} from '../../../lambdas/transcription/transcript-formats.ts';
import { says, transcriptOf } from '../builders.ts';

interface Cue {
  readonly startMs: number;
  readonly endMs: number;
  readonly lines: readonly string[];
}

/** Milliseconds of `hh:mm:ss.mmm`, to the letter. */
function msOf(time: string, separator: string): number {
  const [, h, m, s, ms] = /^(\d{2,}):([0-5]\d):([0-5]\d)[.,](\d{3})$/.exec(time) ?? [];
  expect(time).toContain(separator);
  expect(ms, `"${time}" is no time`).toBeDefined();
  return ((Number(h) * 60 + Number(m)) * 60 + Number(s)) * 1000 + Number(ms);
}

function timesOf(line: string | undefined, separator: string) {
  const [start = '', end = '', ...more] = (line ?? '').split(' --> ');
  expect(more).toEqual([]);
  return { startMs: msOf(start, separator), endMs: msOf(end, separator) };
}

/** A reader of WebVTT that knows what these files use of it: comments, cues without settings, one voice in each. */
function readVtt(file: string): (Cue & { voice: string })[] {
  const [header, ...blocks] = file.replace(/\n$/, '').split('\n\n');
  expect(header).toBe('WEBVTT');
  return blocks
    .filter((block) => !/^NOTE($|\s)/.test(block))
    .map((block) => {
      const [times, ...text] = block.split('\n');
      const [, voice = '', said = ''] = /^<v ([^>]+)>(.*)$/s.exec(text.join('\n')) ?? [];
      expect(said).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
      const unescaped = (written: string) =>
        written.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
      return { ...timesOf(times, '.'), voice: unescaped(voice), lines: unescaped(said).split('\n') };
    });
}

/** A reader of SubRip. */
function readSrt(file: string): Cue[] {
  if (file === '') return [];
  return file
    .replace(/\n$/, '')
    .split('\n\n')
    .map((block, i) => {
      const [number, times, ...lines] = block.split('\n');
      expect(number).toBe(String(i + 1));
      expect(lines.length).toBeGreaterThan(0);
      return { ...timesOf(times, ','), lines };
    });
}

const SPEAKERS = ['AGENT', 'CUSTOMER', 'spk_2'];

const text = fc.oneof(
  fc.constantFrom(
    'I',
    'understand.',
    '&',
    '<b>',
    '-->',
    'R&D',
    'a\n\nb',
    'WEBVTT',
    '1',
    'NOTE',
    '&lt;',
    '你好',
    '\u001b[2J',
  ),
  fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }),
);

/** A conversation as the model has it: words in order of time, with pauses, and with some that take no time. */
const conversation = fc
  .record({
    language: fc.constantFrom('en-US', 'zh-CN', undefined),
    said: fc.array(
      fc.record({
        speaker: fc.constantFrom(...SPEAKERS),
        words: fc.array(
          fc.record({
            text,
            pauseMs: fc.constantFrom(0, 0, 10, 4000),
            lengthMs: fc.constantFrom(0, 1, 250, 900, 9000),
          }),
          { minLength: 1, maxLength: 30 },
        ),
      }),
      { maxLength: 8 },
    ),
    beginMs: fc.constantFrom(0, 3_599_000, 360_000_000),
    // Who interrupts begins before the other has ended.
    overlapMs: fc.constantFrom(0, 400),
  })
  .map(({ language, said, beginMs, overlapMs }) => {
    let atMs = beginMs;
    const turns = said.map(({ speaker, words: given }) => {
      const words = given.map(({ text: word, pauseMs, lengthMs }): Word => {
        const startMs = atMs + pauseMs;
        atMs = startMs + Math.max(0, lengthMs - overlapMs);
        return { text: word, startMs, endMs: startMs + lengthMs };
      });
      const startMs = words[0]?.startMs ?? 0;
      return Turn.parse({ speaker, text: '', words, startMs, endMs: Math.max(...words.map((word) => word.endMs)) });
    });
    return Transcript.parse({ language, turns, durationMs: atMs });
  });

/** What is left of words when nothing but their characters counts. */
const charactersOf = (texts: readonly string[]): string => texts.join('').replace(/[\s\p{Cc}]/gu, '');
const saidIn = ({ turns }: Transcript): string =>
  charactersOf(turns.flatMap((turn) => turn.words.map((word) => word.text)));

function expectCuesInOrder(cues: readonly Cue[], { turns }: Transcript) {
  const words = turns.flatMap((turn) => turn.words);
  const longestMs = Math.max(0, ...words.map((word) => word.endMs - word.startMs));
  const alone = new Set(
    words.map((word) =>
      word.text
        .replace(/[\s\p{Cc}]+/gu, ' ')
        .trim()
        .replaceAll('-->', '→'),
    ),
  );
  let overMs = 0;
  for (const { startMs, endMs, lines } of cues) {
    expect(startMs).toBeGreaterThanOrEqual(overMs);
    expect(endMs).toBeGreaterThan(startMs);
    expect(endMs - startMs).toBeLessThanOrEqual(Math.max(7000, longestMs));
    expect(lines.length).toBeLessThanOrEqual(2);
    for (const line of lines) {
      expect(line.trim()).not.toBe('');
      if (line.length > 42) expect(alone).toContain(line.replace(/^(AGENT|CUSTOMER|spk_2): /, ''));
    }
    overMs = endMs;
  }
}

describe('any transcript', () => {
  test('has every word in WebVTT once, in order, in cues that follow each other', () => {
    fc.assert(
      fc.property(conversation, (transcript) => {
        const cues = readVtt(transcriptVtt(transcript));
        expect(charactersOf(cues.flatMap((cue) => cue.lines))).toBe(saidIn(transcript));
        for (const { voice } of cues) expect(SPEAKERS).toContain(voice);
        expectCuesInOrder(cues, transcript);
      }),
    );
  });

  test('has every word in SubRip once, in order, in numbered cues that follow each other', () => {
    fc.assert(
      fc.property(conversation, (transcript) => {
        const cues = readSrt(transcriptSrt(transcript));
        const said = cues.map((cue) => cue.lines.join('\n').replace(/^(AGENT|CUSTOMER|spk_2): /, ''));
        expect(charactersOf(said)).toBe(saidIn(transcript).replaceAll('-->', '→'));
        expectCuesInOrder(cues, transcript);
      }),
    );
  });

  test('has every word in text once, in order', () => {
    fc.assert(
      fc.property(conversation, (transcript) => {
        const [, ...paragraphs] = transcriptText(transcript).split('\n\n');
        const said = paragraphs
          .join('\n')
          .split('\n')
          .map((line) => line.replace(/^\S+ (AGENT|CUSTOMER|spk_2): /, ''));
        expect(charactersOf(said)).toBe(saidIn(transcript));
      }),
    );
  });

  test('is the same as JSON', () => {
    fc.assert(
      fc.property(conversation, (transcript) => {
        expect(Transcript.parse(JSON.parse(renderTranscript(transcript, 'json')))).toEqual(transcript);
      }),
    );
  });
});

const call = Transcript.parse({
  ...transcriptOf(
    says('AGENT', 'Thank you for calling. This call may be recorded, for training & quality. How can I help?', 400),
    says('CUSTOMER', 'My bill is <far> too high.', 9_000),
  ),
  language: 'en-US',
  durationMs: 12_345,
  speakers: [
    { speaker: 'AGENT', label: 'spk_1', inferredFrom: 'greets first', talkTimeMs: 5000 },
    { speaker: 'CUSTOMER', label: 'spk_0', inferredFrom: 'is not the agent', talkTimeMs: 3000 },
  ],
  redactions: [{ startMs: 1, endMs: 2, speaker: 'CUSTOMER', type: 'NAME' }],
});

test('text begins with what is known of the call, and has a paragraph for each turn', () => {
  expect(transcriptText(call)).toBe(
    [
      'language  en-US',
      'length    0:12.3',
      'speaker   AGENT (inferred: greets first)',
      'speaker   CUSTOMER (inferred: is not the agent)',
      'redacted  1 (NAME)',
      '',
      '0:00.4 AGENT: Thank you for calling. This call may be recorded, for training & quality. How can I',
      '        help?',
      '0:09.0 CUSTOMER: My bill is <far> too high.',
      '',
    ].join('\n'),
  );
});

test('WebVTT has a voice for each speaker, and escapes what it would read as its own', () => {
  expect(transcriptVtt(call)).toBe(`WEBVTT

NOTE
language  en-US
length    0:12.3
speaker   AGENT (inferred: greets first)
speaker   CUSTOMER (inferred: is not the agent)
redacted  1 (NAME)

00:00:00.400 --> 00:00:04.900
<v AGENT>Thank you for calling. This call may be
recorded, for training &amp; quality. How can

00:00:04.900 --> 00:00:05.500
<v AGENT>I help?

00:00:09.000 --> 00:00:10.800
<v CUSTOMER>My bill is &lt;far&gt; too high.
`);
});

test('SubRip names the speaker where a turn begins', () => {
  expect(transcriptSrt(call)).toBe(`1
00:00:00,400 --> 00:00:04,300
AGENT: Thank you for calling. This call
may be recorded, for training & quality.

2
00:00:04,300 --> 00:00:05,500
How can I help?

3
00:00:09,000 --> 00:00:10,800
CUSTOMER: My bill is <far> too high.
`);
});

test('a speaker who is interrupted leaves the screen to who interrupts', () => {
  const cues = readVtt(transcriptVtt(transcriptOf(says('AGENT', 'As I said'), says('CUSTOMER', 'No!', 600))));
  expect(cues).toMatchObject([
    { voice: 'AGENT', startMs: 0, endMs: 600 },
    { voice: 'CUSTOMER', startMs: 600, endMs: 900 },
  ]);
});

test('a call in which nobody speaks is a file without cues', () => {
  const silent = Transcript.parse({ durationMs: 4000, turns: [] });
  expect(readVtt(transcriptVtt(silent))).toEqual([]);
  expect(transcriptSrt(silent)).toBe('');
  expect(transcriptText(silent)).toBe('language  not known\nlength    0:04.0\n');
});

test('what the output tells cannot steer a terminal, nor end a comment', () => {
  const summary = '\u001b]0;owned\u0007\n\n00:00.000 --> 00:01.000\nno cue';
  const transcript = Transcript.parse({ durationMs: 0, turns: [], summary });
  for (const file of [transcriptText(transcript), transcriptVtt(transcript)]) {
    expect(file).not.toMatch(/\p{Cc}(?<!\n)/u);
  }
  expect(readVtt(transcriptVtt(transcript))).toEqual([]);
});

test.each([
  [0, '0:00.0'],
  [12_345, '0:12.3'],
  [59_990, '0:59.9'],
  [3_599_999, '59:59.9'],
  [3_723_400, '1:02:03.4'],
])('%i ms is written as %s', (ms, written) => {
  expect(offsetText(ms)).toBe(written);
});
