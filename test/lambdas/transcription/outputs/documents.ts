import fc from 'fast-check';
import { expect } from 'vitest';
import { Transcript, textOf } from '../../../../lambdas/transcription/transcript.ts';

/** A word of a generated call, in milliseconds. */
export interface SaidWord {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  /** The punctuation that follows it. */
  readonly mark?: string | undefined;
}

/** What one says in one go. */
export interface Said {
  readonly speaker: 0 | 1;
  readonly words: readonly SaidWord[];
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyzäñ'];
const wordArbitrary = fc.record({
  text: fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: 8 }),
  gapMs: fc.integer({ min: 0, max: 900 }),
  lengthMs: fc.integer({ min: 0, max: 700 }),
  mark: fc.option(fc.constantFrom('.', ',', '?'), { nil: undefined }),
});

/** Calls in which both may speak at once; one never speaks over their own words. */
export const callArbitrary: fc.Arbitrary<Said[]> = fc
  .array(
    fc.record({
      speaker: fc.constantFrom<0 | 1>(0, 1),
      pauseMs: fc.integer({ min: 0, max: 4000 }),
      words: fc.array(wordArbitrary, { minLength: 1, maxLength: 6 }),
    }),
    { maxLength: 8 },
  )
  .map((utterances) => {
    const now = [0, 0];
    return utterances.map(({ speaker, pauseMs, words }) => {
      let at = (now[speaker] ?? 0) + pauseMs;
      const said = words.map(({ text, gapMs, lengthMs, mark }) => {
        const startMs = at + gapMs;
        at = startMs + lengthMs;
        return { text, startMs, endMs: at, mark };
      });
      now[speaker] = at;
      return { speaker, words: said };
    });
  });

const ROLES = ['AGENT', 'CUSTOMER'] as const;
const contentOf = ({ words }: Said) => words.map(({ text, mark }) => text + (mark ?? '')).join(' ');
const boundsOf = ({ words }: Said) => ({
  BeginOffsetMillis: words[0]?.startMs ?? 0,
  EndOffsetMillis: words.at(-1)?.endMs ?? 0,
});
const secondsOf = (ms: number) => String(ms / 1000);

const callItems = ({ words }: Said) =>
  words.flatMap(({ text, startMs, endMs, mark }) => [
    { Type: 'pronunciation', Content: text, Confidence: 0.9, BeginOffsetMillis: startMs, EndOffsetMillis: endMs },
    ...(mark ? [{ Type: 'punctuation', Content: mark }] : []),
  ]);

/** What a Call Analytics job writes of a call. */
export const callAnalyticsOf = (call: readonly Said[]) => ({
  JobStatus: 'COMPLETED',
  LanguageCode: 'en-US',
  Channel: 'VOICE',
  Participants: ROLES.map((ParticipantRole) => ({ ParticipantRole })),
  Transcript: call.map((said, index) => ({
    Id: `turn-${index}`,
    ParticipantRole: ROLES[said.speaker],
    Content: contentOf(said),
    Sentiment: 'NEUTRAL',
    LoudnessScores: [70.1, null],
    Items: callItems(said),
    ...boundsOf(said),
  })),
  Categories: { MatchedCategories: [], MatchedDetails: {} },
});

/** What Contact Lens writes of it: no items. */
export const contactLensOf = (call: readonly Said[]) => ({
  Version: '1.1.0',
  Channel: 'VOICE',
  JobStatus: 'COMPLETED',
  LanguageCode: 'en-US',
  Participants: ROLES.map((ParticipantRole, id) => ({ ParticipantId: `participant-${id}`, ParticipantRole })),
  Transcript: call.map((said) => ({
    ParticipantId: `participant-${said.speaker}`,
    Content: contentOf(said),
    LoudnessScore: [70.1],
    ...boundsOf(said),
  })),
});

/** The events of real-time Call Analytics: each utterance is told in part before it is told whole. */
export const utteranceEventsOf = (call: readonly Said[]) =>
  call.flatMap((said, index) =>
    [true, false].map((IsPartial) => ({
      UtteranceEvent: {
        UtteranceId: `utterance-${index}`,
        ParticipantRole: ROLES[said.speaker],
        IsPartial,
        Transcript: contentOf(said),
        Items: IsPartial ? callItems(said).slice(0, 1) : callItems(said),
        ...boundsOf(said),
      },
    })),
  );

/** The events of a plain stream of two channels. */
export const transcriptEventsOf = (call: readonly Said[]) =>
  call.map((said, index) => ({
    TranscriptEvent: {
      Transcript: {
        Results: [
          {
            ResultId: `result-${index}`,
            ChannelId: `ch_${said.speaker}`,
            IsPartial: false,
            StartTime: (said.words[0]?.startMs ?? 0) / 1000,
            EndTime: (said.words.at(-1)?.endMs ?? 0) / 1000,
            Alternatives: [
              {
                Transcript: contentOf(said),
                Items: said.words.flatMap(({ text, startMs, endMs, mark }) => [
                  { Type: 'pronunciation', Content: text, StartTime: startMs / 1000, EndTime: endMs / 1000 },
                  ...(mark
                    ? [{ Type: 'punctuation', Content: mark, StartTime: endMs / 1000, EndTime: endMs / 1000 }]
                    : []),
                ]),
              },
            ],
          },
        ],
      },
    },
  }));

/** A spoken word of a standard job; `labels` are further fields. */
export const word = (content: string, start: number | string, end: number | string, labels = {}) => ({
  type: 'pronunciation',
  start_time: String(start),
  end_time: String(end),
  alternatives: [{ confidence: '0.9', content }],
  ...labels,
});

/** A punctuation mark of a standard job. */
export const mark = (content: string, labels = {}) => ({
  type: 'punctuation',
  alternatives: [{ confidence: '0.0', content }],
  ...labels,
});

const standardItems = (said: Said, labels: object) =>
  said.words.flatMap(({ text, startMs, endMs, mark: punctuation }) => [
    word(text, secondsOf(startMs), secondsOf(endMs), labels),
    ...(punctuation ? [mark(punctuation, labels)] : []),
  ]);

/** What a standard job with channels writes of a call: each item by channel, and once more in all. */
export const channelsOf = (call: readonly Said[]) => ({
  status: 'COMPLETED',
  results: {
    transcripts: [{ transcript: call.map(contentOf).join(' ') }],
    channel_labels: {
      number_of_channels: 2,
      channels: [0, 1].map((speaker) => ({
        channel_label: `ch_${speaker}`,
        items: call.filter((said) => said.speaker === speaker).flatMap((said) => standardItems(said, {})),
      })),
    },
    items: call.flatMap((said) => standardItems(said, {})),
  },
});

/** What a standard job with speakers writes of a call: labels at items, and audio segments that refer to them. */
export const speakersOf = (call: readonly Said[]) => {
  const items = call
    .flatMap((said) => standardItems(said, { speaker_label: `spk_${said.speaker}` }))
    .map((item, id) => ({ id, ...item }));
  let next = 0;
  const audio_segments = call.map((said, id) => ({
    id,
    transcript: contentOf(said),
    start_time: secondsOf(said.words[0]?.startMs ?? 0),
    end_time: secondsOf(said.words.at(-1)?.endMs ?? 0),
    speaker_label: `spk_${said.speaker}`,
    items: standardItems(said, {}).map(() => next++),
  }));
  return { status: 'COMPLETED', results: { items, audio_segments } };
};

/** The same without labels at the items: only the segments tell who speaks. */
export const audioSegmentsOf = (call: readonly Said[]) => {
  const { results } = speakersOf(call);
  const items = results.items.map((item) => ({ ...item, speaker_label: undefined }));
  return { status: 'COMPLETED', results: { ...results, items } };
};

/** Expects what every transcript keeps. */
export function expectSound(transcript: Transcript): void {
  expect(Transcript.parse(JSON.parse(JSON.stringify(transcript)))).toEqual(JSON.parse(JSON.stringify(transcript)));
  const { turns, durationMs } = transcript;
  const inOrder = (times: number[]) => expect(times).toEqual(times.toSorted((a, b) => a - b));
  inOrder(turns.flatMap(({ words }) => words.map(({ startMs }) => startMs)));
  inOrder(turns.map(({ startMs }) => startMs));
  const speakers = transcript.speakers.map(({ speaker }) => speaker);
  for (const turn of turns) {
    expect(turn.words.length).toBeGreaterThan(0);
    expect(speakers).toContain(turn.speaker);
    expect(turn.text).toBe(textOf(turn.words, turn.language ?? transcript.language));
    expect(turn.startMs).toBe(turn.words[0]?.startMs);
    for (const { startMs, endMs } of turn.words) {
      expect(endMs).toBeGreaterThanOrEqual(startMs);
      expect(endMs).toBeLessThanOrEqual(turn.endMs);
      expect(endMs).toBeLessThanOrEqual(durationMs);
    }
  }
}
