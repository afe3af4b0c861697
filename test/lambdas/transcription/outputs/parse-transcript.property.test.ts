import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTranscript, TranscriptError } from '../../../../lambdas/transcription/outputs/parse-transcript.ts';
import type { Transcript } from '../../../../lambdas/transcription/transcript.ts';
import {
  audioSegmentsOf,
  callAnalyticsOf,
  callArbitrary,
  channelsOf,
  contactLensOf,
  expectSound,
  type Said,
  speakersOf,
  transcriptEventsOf,
  utteranceEventsOf,
} from './documents.ts';

const lines = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).join('\n');

/** Shapes in which words have times. */
const timed: [string, (call: readonly Said[]) => string][] = [
  ['Call Analytics', (call) => JSON.stringify(callAnalyticsOf(call))],
  ['events of real-time Call Analytics', (call) => JSON.stringify(utteranceEventsOf(call))],
  ['events of real-time Call Analytics, one a line', (call) => lines(utteranceEventsOf(call))],
  ['events of a plain stream', (call) => JSON.stringify(transcriptEventsOf(call))],
  ['a standard job with channels', (call) => JSON.stringify(channelsOf(call))],
  ['a standard job with speakers', (call) => JSON.stringify(speakersOf(call))],
  ['a standard job with speakers in audio segments only', (call) => JSON.stringify(audioSegmentsOf(call))],
];
const shapes: typeof timed = [...timed, ['Contact Lens', (call) => JSON.stringify(contactLensOf(call))]];

const saidIn = (call: readonly Said[]) =>
  call
    .flatMap(({ speaker, words }) =>
      words.map((word) => [speaker, word.startMs, word.endMs, word.text + (word.mark ?? '')]),
    )
    .map(String)
    .toSorted();
const readIn = ({ turns, speakers }: Transcript) => {
  const indexOf = new Map(speakers.map(({ speaker, label }) => [speaker, /0|AGENT/.test(label) ? 0 : 1]));
  return turns
    .flatMap(({ speaker, words }) => words.map((word) => [indexOf.get(speaker), word.startMs, word.endMs, word.text]))
    .map(String)
    .toSorted();
};
// A list of no events is no output.
const spokenCall = callArbitrary.filter((call) => call.length > 0);

describe.each(timed)('%s', (_name, write) => {
  test('has every word once, whose it is, at its time', () => {
    fc.assert(
      fc.property(spokenCall, (call) => {
        const transcript = parseTranscript(write(call));
        expectSound(transcript);
        expect(readIn(transcript)).toEqual(saidIn(call));
      }),
    );
  });
});

test('Contact Lens has every word once, within its turn', () => {
  fc.assert(
    fc.property(spokenCall, (call) => {
      const transcript = parseTranscript(JSON.stringify(contactLensOf(call)));
      expectSound(transcript);
      const texts = ({ turns }: Transcript) => turns.flatMap(({ words }) => words.map(({ text }) => text)).toSorted();
      const said = call.flatMap(({ words }) => words.map(({ text, mark = '' }) => text + mark));
      expect(texts(transcript)).toEqual(said.toSorted());
    }),
  );
});

/** Replaces a value somewhere in a document. */
function mutate(document: unknown, path: readonly number[], value: unknown): unknown {
  if (typeof document !== 'object' || document === null) return value;
  const keys = Object.keys(document);
  const [first = 0, ...rest] = path;
  const key = keys[first % Math.max(keys.length, 1)];
  if (path.length === 0 || key === undefined) return value;
  const copy: Record<string, unknown> = Array.isArray(document)
    ? (Object.assign([], document) as unknown as Record<string, unknown>)
    : { ...document };
  copy[key] = mutate(copy[key], rest, value);
  return copy;
}

/** Reads a transcript, which is sound, or fails as it must. */
function readOrRefuse(text: string): void {
  let transcript: Transcript;
  try {
    transcript = parseTranscript(text);
  } catch (error) {
    expect(error).toBeInstanceOf(TranscriptError);
    return;
  }
  expectSound(transcript);
}

const oddValue = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(null, -1, '-0.5', '', 'NaN', '1e3', 1e18, 1.5, '[PII]', '***', [], {}, [null], true),
);

describe.each(shapes)('%s, damaged,', (_name, write) => {
  test('is an error where it is cut off', () => {
    fc.assert(
      fc.property(spokenCall, fc.nat(), (call, seed) => {
        const text = write(call);
        const cut = text.slice(0, seed % (text.length - 1));
        // Lines that are whole are a whole file.
        if (!text.includes('\n')) expect(() => parseTranscript(cut)).toThrow(TranscriptError);
        else readOrRefuse(cut);
      }),
    );
  });

  test('is an error or a sound transcript where a value is another', () => {
    fc.assert(
      fc.property(spokenCall, fc.array(fc.nat(50), { minLength: 1, maxLength: 9 }), oddValue, (call, path, value) => {
        const text = write(call);
        if (text.includes('\n')) return;
        readOrRefuse(JSON.stringify(mutate(JSON.parse(text), path, value)));
      }),
      { numRuns: 300 },
    );
  });
});

test('any text is an error or a sound transcript', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), readOrRefuse));
});
