import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parseTranscript, TranscriptError } from '../../../lambdas/transcription/parse-transcript.ts';
import { Transcript } from '../../../lambdas/transcription/transcript.ts';

const word = (content: string, start: number, end: number, labels = {}) => ({
  type: 'pronunciation',
  start_time: String(start),
  end_time: String(end),
  alternatives: [{ confidence: '0.9', content }],
  ...labels,
});
const mark = (content: string) => ({ type: 'punctuation', alternatives: [{ confidence: '0.0', content }] });
const standard = (results: object) => parseTranscript(JSON.stringify({ status: 'COMPLETED', results }));
const analytics = (...turns: object[]) => parseTranscript(JSON.stringify({ LanguageCode: 'en-US', Transcript: turns }));
const spoken = ({ turns }: Transcript) => turns.map((turn) => `${turn.speaker} ${turn.startMs}: ${turn.text}`);

describe('a standard output', () => {
  const hello = [word('Hello', 0.04, 0.3), mark(','), word('you', 0.3, 0.512), mark('.')];

  test('without labels is one unknown speaker; punctuation stands behind its word', () => {
    expect(standard({ language_code: 'de-DE', items: hello })).toEqual({
      language: 'de-DE',
      durationMs: 512,
      turns: [
        {
          speaker: 'UNKNOWN',
          startMs: 40,
          endMs: 512,
          text: 'Hello, you.',
          words: [
            { text: 'Hello,', startMs: 40, endMs: 300, confidence: 0.9 },
            { text: 'you.', startMs: 300, endMs: 512, confidence: 0.9 },
          ],
        },
      ],
    });
  });

  test('is one turn until a longer pause falls', () => {
    const items = [word('one', 0, 0.5), word('two', 2, 2.5), word('three', 4.001, 4.5)];
    expect(spoken(standard({ items }))).toEqual(['UNKNOWN 0: one two', 'UNKNOWN 4001: three']);
  });

  test('with channels has a speaker for each, in order of time; a silent channel says nothing', () => {
    const channels = [
      { channel_label: 'ch_0', items: [word('Yes', 2, 2.4), mark('?'), word('Bye', 5, 5.3)] },
      { channel_label: 'ch_1', items: hello },
      { channel_label: 'ch_2', items: [] },
    ];
    const transcript = standard({ items: [], channel_labels: { channels, number_of_channels: 3 } });
    expect(spoken(transcript)).toEqual(['ch_1 40: Hello, you.', 'ch_0 2000: Yes?', 'ch_0 5000: Bye']);
    expect(transcript.durationMs).toBe(5300);
  });

  test('with channels of which both speak at once keeps every word of both', () => {
    const channels = [
      { channel_label: 'ch_0', items: [word('one', 0, 1), word('two', 1, 2)] },
      { channel_label: 'ch_1', items: [word('uno', 0.5, 1.5), word('due', 1.5, 2.5)] },
    ];
    expect(spoken(standard({ items: [], channel_labels: { channels } }))).toEqual([
      'ch_0 0: one two',
      'ch_1 500: uno due',
    ]);
  });

  const segments = [
    { items: [{ start_time: '0.0', end_time: '0.5', speaker_label: 'spk_0' }] },
    { items: [{ start_time: '0.5', end_time: '1.0', speaker_label: 'spk_1' }] },
  ];

  test('with speaker labels in segments has a turn for each speaker', () => {
    const items = [word('Hi', 0, 0.5), mark('.'), word('Hello', 0.5, 1), mark('!')];
    expect(spoken(standard({ items, speaker_labels: { speakers: 2, segments } }))).toEqual([
      'spk_0 0: Hi.',
      'spk_1 500: Hello!',
    ]);
  });

  test('with speaker labels at the items needs no segments', () => {
    const items = [
      word('Hi', 0, 0.5, { speaker_label: 'spk_0' }),
      mark('.'),
      word('Hello', 0.5, 1, { speaker_label: 'spk_1' }),
    ];
    expect(spoken(standard({ items }))).toEqual(['spk_0 0: Hi.', 'spk_1 500: Hello']);
  });

  test('with channel labels at the items alone has the channels as speakers', () => {
    const items = [word('Hi', 0, 0.5, { channel_label: 'ch_0' }), word('Hello', 0.5, 1, { channel_label: 'ch_1' })];
    expect(spoken(standard({ items }))).toEqual(['ch_0 0: Hi', 'ch_1 500: Hello']);
  });

  test('with audio_segments and parts that are not known is read as without them', () => {
    const audio_segments = [
      { id: 0, transcript: 'Hello, you.', start_time: '0.04', end_time: '0.512', items: [0, 1, 2, 3] },
    ];
    expect(standard({ items: hello, audio_segments, something_new: [1] })).toEqual(standard({ items: hello }));
  });

  test('with alternatives says the first, which is the likeliest', () => {
    const alternatives = [
      { confidence: '0.8', content: 'forty' },
      { confidence: '0.2', content: 'fourteen' },
    ];
    expect(spoken(standard({ items: [{ ...word('', 0, 1), alternatives }] }))).toEqual(['UNKNOWN 0: forty']);
  });

  test('that is redacted says so in place of the word', () => {
    const alternatives = [{ redactions: [{ confidence: '0.99', type: 'NAME' }], content: '[PII]' }];
    expect(spoken(standard({ items: [{ ...word('', 0, 1), alternatives }] }))).toEqual(['UNKNOWN 0: [PII]']);
  });

  test('of a silent call has no turns', () => {
    expect(standard({ transcripts: [{ transcript: '' }], items: [] })).toEqual({ durationMs: 0, turns: [] });
  });
});

describe('a Call Analytics output', () => {
  const turn = (role: string, begin: number, content: string) => ({
    ParticipantRole: role,
    BeginOffsetMillis: begin,
    EndOffsetMillis: begin + 500,
    Content: content,
    Items: [
      {
        Type: 'pronunciation',
        Content: content,
        Confidence: '0.9',
        BeginOffsetMillis: begin,
        EndOffsetMillis: begin + 500,
      },
    ],
  });

  test('has its turns in order of time, whoever is written first', () => {
    expect(spoken(analytics(turn('CUSTOMER', 3000, 'Hi'), turn('AGENT', 40, 'Hello')))).toEqual([
      'AGENT 40: Hello',
      'CUSTOMER 3000: Hi',
    ]);
  });

  test('without the length of the call has the end of its last turn, whoever said it', () => {
    expect(
      analytics({ ...turn('AGENT', 0, 'So'), EndOffsetMillis: 9000 }, turn('CUSTOMER', 1000, 'Hi')).durationMs,
    ).toBe(9000);
  });

  test('of a silent call has no turns, and the length of the call', () => {
    const silent = { Transcript: [], ConversationCharacteristics: { TotalConversationDurationMillis: 61_000 } };
    expect(parseTranscript(JSON.stringify(silent))).toEqual({ durationMs: 61_000, turns: [] });
  });

  test('of which a turn has no items keeps what it says', () => {
    const { Items: _, ...bare } = turn('AGENT', 0, 'Hello there.');
    expect(spoken(analytics(bare))).toEqual(['AGENT 0: Hello there.']);
  });

  test('can be read again from where it is stored', () => {
    const transcript = analytics({ ...turn('AGENT', 0, 'Hello'), Sentiment: 'MIXED' });
    expect(Transcript.parse(JSON.parse(JSON.stringify(transcript)))).toEqual(transcript);
  });
});

describe('a file that cannot be read', () => {
  const SECRET = 'my card number';
  const failureOf = (text: string): Error => {
    try {
      parseTranscript(text);
    } catch (error) {
      if (error instanceof TranscriptError) return error;
      throw error;
    }
    throw new Error('the file was read');
  };

  test.each([
    [
      'a truncated file',
      `{"results":{"items":[{"type":"pronunciation","alternatives":[{"content":"${SECRET}`,
      'not JSON',
    ],
    ['an empty file', '', 'not JSON'],
    ['a text', SECRET, 'not JSON'],
    ['no object', `["${SECRET}"]`, 'neither "Transcript" nor "results"'],
    ['null', 'null', 'neither "Transcript" nor "results"'],
    ['another document', `{"transcript":"${SECRET}"}`, 'neither "Transcript" nor "results"'],
    ['results without items', `{"results":{"transcripts":"${SECRET}"}}`, 'results.items: '],
    [
      'an item of an unknown type',
      `{"results":{"items":[{"type":"${SECRET}","alternatives":[{"content":"${SECRET}"}]}]}}`,
      'results.items.0.type: ',
    ],
    [
      'a time that is no number',
      `{"results":{"items":[{"type":"pronunciation","start_time":"${SECRET}","alternatives":[{"content":"x"}]}]}}`,
      'results.items.0.start_time: ',
    ],
    [
      'an item without alternatives',
      '{"results":{"items":[{"type":"pronunciation","alternatives":[]}]}}',
      'results.items.0.alternatives: ',
    ],
    [
      'a turn without its begin',
      `{"Transcript":[{"ParticipantRole":"AGENT","Content":"${SECRET}","EndOffsetMillis":1}]}`,
      'Transcript.0.BeginOffsetMillis: ',
    ],
    ['a transcript that is a text', `{"Transcript":"${SECRET}"}`, 'Transcript: '],
  ])('%s says where it goes wrong, never what was said', (_what, text, where) => {
    const { message } = failureOf(text);
    expect(message).toContain(where);
    expect(message).not.toContain(SECRET);
  });

  test('does not take what was said along to a log, which writes causes too', () => {
    expect(inspect(failureOf('PIN 4111'))).not.toContain('4111');
  });
});
