import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { parseTranscript } from '../../../../lambdas/transcription/outputs/parse-transcript.ts';
import type { Transcript } from '../../../../lambdas/transcription/transcript.ts';
import { transcribeSample, transcribeSamples } from '../../../transcribe-samples.ts';

const byStart = (a: readonly [number, string], b: readonly [number, string]) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1);

/** The words of a transcript with their starts, without the punctuation that was put behind them. */
const wordsOf = (transcript: Transcript) =>
  transcript.turns
    .flatMap((turn) => turn.words.map((word) => [word.startMs, bare(word.text)] as const))
    .toSorted(byStart);

const bare = (text: string) => text.replace(/[.,?!]+$/, '');

const StandardItem = z.object({
  type: z.string(),
  start_time: z.coerce.number().optional(),
  alternatives: z.array(z.object({ content: z.string() })),
});
const Standard = z.object({
  results: z.object({ transcripts: z.array(z.object({ transcript: z.string() })), items: z.array(StandardItem) }),
});
const Analytics = z.object({
  Transcript: z.array(
    z.object({
      Content: z.string(),
      ParticipantRole: z.string(),
      Items: z.array(z.object({ Type: z.string(), Content: z.string(), BeginOffsetMillis: z.number().optional() })),
    }),
  ),
});

function expectOrder({ turns, durationMs }: Transcript) {
  const ordered = (times: number[]) => expect(times).toEqual(times.toSorted((a, b) => a - b));
  ordered(turns.map((turn) => turn.startMs));
  for (const turn of turns) {
    ordered(turn.words.map((word) => word.startMs));
    for (const word of turn.words) {
      expect(word.endMs).toBeGreaterThanOrEqual(word.startMs);
      expect(word.endMs).toBeLessThanOrEqual(durationMs);
      expect(Number.isInteger(word.startMs) && Number.isInteger(word.endMs)).toBe(true);
    }
  }
}

describe.skipIf(!transcribeSamples)('real outputs', () => {
  describe.each(['standard-plain.json', 'standard-speakers.json', 'standard-channels.json'])('%s', (name) => {
    test('has every spoken word once, at its time in milliseconds, in order', () => {
      const text = transcribeSample(name);
      const spoken = Standard.parse(JSON.parse(text))
        .results.items.filter((item) => item.type === 'pronunciation')
        .map(
          (item) =>
            [Math.round((item.start_time ?? Number.NaN) * 1000), bare(item.alternatives[0]?.content ?? '')] as const,
        );
      const transcript = parseTranscript(text);
      expect(spoken.length).toBeGreaterThan(300);
      expect(wordsOf(transcript)).toEqual(spoken.toSorted(byStart));
      expectOrder(transcript);
    });
  });

  test('standard-plain.json reads as Transcribe writes it out, by one speaker who is not known', () => {
    const text = transcribeSample('standard-plain.json');
    const { turns } = parseTranscript(text);
    expect(turns.map((turn) => turn.text).join(' ')).toBe(
      Standard.parse(JSON.parse(text)).results.transcripts[0]?.transcript,
    );
    expect(new Set(turns.map((turn) => turn.speaker))).toEqual(new Set(['UNKNOWN']));
  });

  test('standard-speakers.json has its three speakers, each with the words of their label', () => {
    const text = transcribeSample('standard-speakers.json');
    const Labels = z.object({
      results: z.object({
        speaker_labels: z.object({
          segments: z.array(
            z.object({ items: z.array(z.object({ start_time: z.coerce.number(), speaker_label: z.string() })) }),
          ),
        }),
      }),
    });
    const labelled = Labels.parse(JSON.parse(text)).results.speaker_labels.segments.flatMap((segment) =>
      segment.items.map((item) => [Math.round(item.start_time * 1000), item.speaker_label] as const),
    );
    const { turns, speakers } = parseTranscript(text);
    const labels = new Map(speakers.map(({ speaker, label }) => [speaker, label]));
    const found = turns.flatMap(({ speaker, words }) =>
      words.map((word) => [word.startMs, labels.get(speaker) ?? ''] as const),
    );
    expect(speakers.map(({ speaker }) => speaker)).toEqual(['AGENT', 'CUSTOMER', 'spk_2']);
    expect(found.toSorted(byStart)).toEqual(labelled.toSorted(byStart));
  });

  test('standard-channels.json has its two channels as speakers, of which a hint tells the agent', () => {
    const { turns, speakers } = parseTranscript(transcribeSample('standard-channels.json'), { agentChannel: 0 });
    const count = (speaker: string) =>
      turns.filter((turn) => turn.speaker === speaker).flatMap((turn) => turn.words).length;
    expect(speakers).toMatchObject([
      { speaker: 'CUSTOMER', label: 'ch_1' },
      { speaker: 'AGENT', label: 'ch_0' },
    ]);
    expect(speakers.map(({ inferredFrom }) => inferredFrom)).toEqual([undefined, undefined]);
    expect([count('AGENT'), count('CUSTOMER')]).toEqual([149, 205]);
  });

  test('call-analytics.json has every word once, by agent and customer, with sentiment and language', () => {
    const text = transcribeSample('call-analytics.json');
    const written = Analytics.parse(JSON.parse(text)).Transcript;
    const spoken = written
      .flatMap((turn) => turn.Items)
      .filter((item) => item.Type === 'pronunciation')
      .map((item) => [item.BeginOffsetMillis ?? Number.NaN, bare(item.Content)] as const);
    const transcript = parseTranscript(text);
    expect(spoken.length).toBeGreaterThan(400);
    expect(wordsOf(transcript)).toEqual(spoken.toSorted(byStart));
    expectOrder(transcript);
    expect(transcript).toMatchObject({ language: 'en-US', durationMs: 182_890 });
    for (const role of ['AGENT', 'CUSTOMER']) {
      const said = transcript.turns.filter(({ speaker }) => speaker === role).map((turn) => turn.text);
      const contents = written.filter((turn) => turn.ParticipantRole === role).map((turn) => turn.Content);
      expect(said.join(' ')).toBe(contents.join(' '));
    }
    expect(new Set(transcript.turns.map((turn) => turn.sentiment))).toEqual(
      new Set(['POSITIVE', 'NEUTRAL', 'NEGATIVE']),
    );
  });

  test('call-analytics.json tells what Call Analytics found', () => {
    const transcript = parseTranscript(transcribeSample('call-analytics.json'));
    expect(transcript.issues).toEqual([
      {
        speaker: 'CUSTOMER',
        startMs: 11_040,
        endMs: 20_860,
        text: "I'm trying to dock up my ship and my card fell into the water so I'm hoping to get it replaced.",
      },
    ]);
    expect(transcript.outcomes.map(({ speaker }) => speaker)).toEqual(['AGENT']);
    expect(transcript.actionItems.map(({ text }) => text)).toEqual(['I will email you a confirmation is [PII].']);
    expect(transcript.redactions).toHaveLength(12);
    expect(transcript.interruptions).toHaveLength(2);
    expect(transcript.categories).toEqual([{ name: 'No_Closing_Remark', pointsOfInterest: [] }]);
    expect(transcript.speakers).toMatchObject([
      { speaker: 'AGENT', talkTimeMs: 104_349, wordsPerMinute: 193, sentiment: { overall: 2.4 } },
      { speaker: 'CUSTOMER', talkTimeMs: 63_790, wordsPerMinute: 135, sentiment: { overall: 1.8 } },
    ]);
    for (const { startMs, endMs, loudness } of transcript.turns) {
      expect(loudness).toHaveLength(Math.floor(endMs / 1000) - Math.floor(startMs / 1000) + 1);
    }
  });
});
