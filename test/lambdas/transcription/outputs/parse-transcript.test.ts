import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parseTranscript, TranscriptError } from '../../../../lambdas/transcription/outputs/parse-transcript.ts';
import type { Transcript } from '../../../../lambdas/transcription/transcript.ts';
import { callAnalyticsOf, mark, word } from './documents.ts';

const standard = (results: object) => parseTranscript(JSON.stringify({ status: 'COMPLETED', results }));
const spoken = ({ turns }: Transcript) => turns.map((turn) => `${turn.speaker} ${turn.startMs}: ${turn.text}`);
/** Who says what by the output's own names. */
const labelled = ({ turns, speakers }: Transcript) =>
  turns.map(
    (turn) => `${speakers.find(({ speaker }) => speaker === turn.speaker)?.label} ${turn.startMs}: ${turn.text}`,
  );
const wordsIn = ({ turns }: Transcript) => turns.flatMap(({ words }) => words);

describe('a standard output', () => {
  const hello = [word('Hello', 0.04, 0.3), mark(','), word('you', 0.3, 0.512), mark('.')];

  test('without labels is one unknown speaker; punctuation stands behind its word', () => {
    expect(standard({ language_code: 'de-DE', items: hello })).toEqual({
      language: 'de-DE',
      languages: [],
      durationMs: 512,
      speakers: [{ speaker: 'UNKNOWN', label: 'UNKNOWN', talkTimeMs: 472, wordsPerMinute: 254 }],
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
      interruptions: [],
      nonTalkTimes: [],
      redactions: [],
      issues: [],
      outcomes: [],
      actionItems: [],
      categories: [],
    });
  });

  test('has times in milliseconds that are rounded from what is written', () => {
    const items = [word('a', '0.0004', '1.0005'), word('b', '2.6745', '2.675')];
    expect(wordsIn(standard({ items })).map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 1001],
      [2675, 2675],
    ]);
  });

  test('may write times and confidences as numbers, or leave confidences out', () => {
    const number = {
      type: 'pronunciation',
      start_time: 0.5,
      end_time: 1,
      alternatives: [{ confidence: 1, content: 'a' }],
    };
    const without = { type: 'pronunciation', start_time: 1, end_time: 2, alternatives: [{ content: 'b' }] };
    expect(wordsIn(standard({ items: [number, without] }))).toEqual([
      { text: 'a', startMs: 500, endMs: 1000, confidence: 1 },
      { text: 'b', startMs: 1000, endMs: 2000 },
    ]);
  });

  test('is one turn until a longer pause falls', () => {
    const items = [word('one', 0, 0.5), word('two', 2, 2.5), word('three', 4.001, 4.5)];
    expect(spoken(standard({ items }))).toEqual(['UNKNOWN 0: one two', 'UNKNOWN 4001: three']);
  });

  test('of which items are in no order has them in order of time', () => {
    const items = [word('two', 1, 2), mark('.'), word('one', 0, 1), mark(',')];
    expect(spoken(standard({ items }))).toEqual(['UNKNOWN 0: one, two.']);
  });

  test('keeps words without times between their neighbours, and words of no length', () => {
    const untimed = { type: 'pronunciation', alternatives: [{ content: 'um' }] };
    const items = [word('a', 0, 1), untimed, word('b', 2, 2)];
    expect(wordsIn(standard({ items })).map(({ text, startMs, endMs }) => [text, startMs, endMs])).toEqual([
      ['a', 0, 1000],
      ['um', 1000, 2000],
      ['b', 2000, 2000],
    ]);
    expect(wordsIn(standard({ items: [untimed] }))).toMatchObject([{ text: 'um', startMs: 0, endMs: 0 }]);
  });

  test('of which punctuation comes before any word has it before the first', () => {
    expect(spoken(standard({ items: [mark('¿'), word('qué', 0, 1), mark('?')] }))).toEqual(['UNKNOWN 0: ¿qué?']);
  });

  test('keeps punctuation before the first word of a channel out of the other', () => {
    const channels = [
      { channel_label: 'ch_0', items: [word('Sí', 0, 1)] },
      { channel_label: 'ch_1', items: [mark('¿'), word('qué', 1, 2), mark('?')] },
    ];
    expect(labelled(standard({ channel_labels: { channels } }))).toEqual(['ch_0 0: Sí', 'ch_1 1000: ¿qué?']);
  });

  test('of a language that writes no spaces has none', () => {
    const items = [word('今日', 0, 1), word('は', 1, 1.2), mark('。')];
    expect(standard({ language_code: 'ja-JP', items }).turns[0]?.text).toBe('今日は。');
  });

  test('with channels has a speaker for each, in order of time; a silent channel says nothing', () => {
    const channels = [
      { channel_label: 'ch_0', items: [word('Yes', 2, 2.4), mark('?'), word('Bye', 5, 5.3)] },
      { channel_label: 'ch_1', items: hello },
      { channel_label: 'ch_2', items: [] },
    ];
    const transcript = standard({ items: [], channel_labels: { channels, number_of_channels: 3 } });
    expect(labelled(transcript)).toEqual(['ch_1 40: Hello, you.', 'ch_0 2000: Yes?', 'ch_0 5000: Bye']);
    expect(transcript.durationMs).toBe(5300);
    expect(transcript.speakers.map(({ label, talkTimeMs }) => [label, talkTimeMs])).toEqual([
      ['ch_1', 472],
      ['ch_0', 700],
      ['ch_2', 0],
    ]);
  });

  test('with channels that are written once more in all has each word once', () => {
    const channels = [
      { channel_label: 'ch_0', items: hello },
      { channel_label: 'ch_1', items: [] },
    ];
    expect(labelled(standard({ items: hello, channel_labels: { channels } }))).toEqual(['ch_0 40: Hello, you.']);
  });

  test('splits a turn where words of another begin between its own', () => {
    const channels = [
      { channel_label: 'ch_0', items: [word('one', 0, 1), word('two', 1, 2), word('three', 2, 3)] },
      { channel_label: 'ch_1', items: [word('uno', 0.5, 1.5), mark('!')] },
    ];
    expect(labelled(standard({ items: [], channel_labels: { channels } }))).toEqual([
      'ch_0 0: one',
      'ch_1 500: uno!',
      'ch_0 1000: two three',
    ]);
  });

  test('without numbers of the conversation has interruptions and silences measured from the words', () => {
    const channels = [
      { channel_label: 'ch_0', items: [word('one', 0, 2), word('two', 2, 4), word('bye', 9, 9.5)] },
      { channel_label: 'ch_1', items: [word('but', 2.5, 4.8)] },
    ];
    const transcript = standard({ items: [], channel_labels: { channels } });
    expect(transcript.interruptions).toEqual([{ speaker: 'CUSTOMER', startMs: 2500, endMs: 4000 }]);
    expect(transcript.nonTalkTimes).toEqual([{ startMs: 4800, endMs: 9000 }]);
  });

  const segments = [
    {
      start_time: '0.0',
      end_time: '0.5',
      speaker_label: 'spk_0',
      items: [{ start_time: '0.0', end_time: '0.5', speaker_label: 'spk_0' }],
    },
    {
      start_time: '0.5',
      end_time: '1.0',
      speaker_label: 'spk_1',
      items: [{ start_time: '0.5', end_time: '1.0', speaker_label: 'spk_1' }],
    },
  ];
  const exchange = [word('Hi', 0, 0.5), mark('.'), word('Hello', 0.5, 1), mark('!')];

  test.each([
    ['items of segments', segments],
    ['segments alone', segments.map(({ items: _, ...segment }) => segment)],
  ])('with speaker labels in %s has a turn for each speaker', (_what, segments) => {
    const transcript = standard({ items: exchange, speaker_labels: { speakers: 2, segments } });
    expect(labelled(transcript)).toEqual(['spk_0 0: Hi.', 'spk_1 500: Hello!']);
  });

  test('with speaker labels at the items needs no segments', () => {
    const items = [
      word('Hi', 0, 0.5, { speaker_label: 'spk_0' }),
      mark('.'),
      word('Hello', 0.5, 1, { speaker_label: 'spk_1' }),
    ];
    expect(labelled(standard({ items }))).toEqual(['spk_0 0: Hi.', 'spk_1 500: Hello']);
  });

  test('with channel labels at the items alone has the channels as speakers', () => {
    const items = [word('Hi', 0, 0.5, { channel_label: 'ch_0' }), word('Hello', 0.5, 1, { channel_label: 'ch_1' })];
    expect(labelled(standard({ items }))).toEqual(['ch_0 0: Hi', 'ch_1 500: Hello']);
  });

  test('with speaker labels on one channel has the speakers, on two the channels', () => {
    const by = (channel: string, speaker: string) => ({ channel_label: channel, speaker_label: speaker });
    const one = [word('Hi', 0, 0.5, by('ch_0', 'spk_0')), word('Hello', 0.5, 1, by('ch_0', 'spk_1'))];
    expect(labelled(standard({ items: one }))).toEqual(['spk_0 0: Hi', 'spk_1 500: Hello']);
    const two = [word('Hi', 0, 0.5, by('ch_0', 'spk_0')), word('Hello', 0.5, 1, by('ch_1', 'spk_0'))];
    expect(labelled(standard({ items: two }))).toEqual(['ch_0 0: Hi', 'ch_1 500: Hello']);
  });

  test('with audio_segments has their speakers where nothing else tells any', () => {
    const audio_segments = [
      { id: 0, transcript: 'Hi.', start_time: '0.0', end_time: '0.5', speaker_label: 'spk_0', items: [0, 1] },
      { id: 1, transcript: 'Hello!', start_time: '0.5', end_time: '1.0', speaker_label: 'spk_1', items: [2, 3] },
    ];
    const items = exchange.map((item, id) => ({ id, ...item }));
    expect(labelled(standard({ items, audio_segments }))).toEqual(['spk_0 0: Hi.', 'spk_1 500: Hello!']);
    expect(labelled(standard({ audio_segments }))).toEqual(['spk_0 0: Hi.', 'spk_1 500: Hello!']);
  });

  test('with audio_segments and parts that are not known is read as without them', () => {
    const audio_segments = [
      { id: 0, transcript: 'Hello, you.', start_time: '0.04', end_time: '0.512', items: [0, 1, 2, 3] },
    ];
    expect(standard({ items: hello, audio_segments, toxicity_detection: [1] })).toEqual(standard({ items: hello }));
  });

  test('with alternatives says the first, which is the likeliest', () => {
    const alternatives = [
      { confidence: '0.8', content: 'forty' },
      { confidence: '0.2', content: 'fourteen' },
    ];
    expect(spoken(standard({ items: [{ ...word('', 0, 1), alternatives }] }))).toEqual(['UNKNOWN 0: forty']);
  });

  test('with alternatives of segments only says the first of each', () => {
    const item = (content: string) => ({ type: 'pronunciation', start_time: '0.0', end_time: '0.5', content });
    const segments = [{ alternatives: ['forty', 'fourteen'].map((content) => ({ items: [item(content)] })) }];
    expect(spoken(standard({ segments }))).toEqual(['UNKNOWN 0: forty']);
  });

  test('that is redacted says so in place of the word, with the type where it is told', () => {
    const redacted = (content: string, redaction: object) => ({
      ...word('', 0, 1),
      alternatives: [{ redactions: [{ confidence: '0.99', ...redaction }], content }],
    });
    const transcript = standard({
      items: [redacted('[PII]', {}), redacted('[PII]', { type: 'SSN', category: 'PII' }), redacted('[NAME]', {})],
    });
    expect(wordsIn(transcript)).toMatchObject([
      { text: '[PII]', confidence: 0.99, redaction: {} },
      { text: '[PII]', redaction: { type: 'SSN' } },
      { text: '[NAME]', redaction: { type: 'NAME' } },
    ]);
    expect(transcript.redactions).toEqual([
      { speaker: 'UNKNOWN', startMs: 0, endMs: 1000 },
      { speaker: 'UNKNOWN', startMs: 0, endMs: 1000, type: 'SSN' },
      { speaker: 'UNKNOWN', startMs: 0, endMs: 1000, type: 'NAME' },
    ]);
  });

  test('marks what a vocabulary filter masked, removed or tagged', () => {
    const items = [
      word('you', 0, 1),
      word('***', 1, 2),
      word('', 2, 3),
      word('fool', 3, 4, { vocabularyFilterMatch: true }),
      word('there', 4, 5, { vocabularyFilterMatch: false }),
    ];
    const transcript = standard({ items });
    expect(wordsIn(transcript).map(({ filtered }) => filtered)).toEqual([undefined, true, true, true, undefined]);
    expect(transcript.turns[0]?.text).toBe('you *** fool there');
  });

  test('in several languages tells them, the one of each turn, and as its own the one spoken most', () => {
    const transcript = standard({
      language_codes: [
        { language_code: 'en-US', duration_in_seconds: 1.5 },
        { language_code: 'es-US', duration_in_seconds: '9.0' },
      ],
      items: [
        word('hello', 0, 0.4, { language_code: 'en-US' }),
        word('hola', 0.4, 0.8, { language_code: 'es-US' }),
        mark('.', { language_code: 'es-US' }),
      ],
    });
    expect(transcript).toMatchObject({
      language: 'es-US',
      languages: [
        { language: 'en-US', durationMs: 1500 },
        { language: 'es-US', durationMs: 9000 },
      ],
    });
    expect(transcript.turns.map(({ text, language }) => [text, language])).toEqual([
      ['hello', 'en-US'],
      ['hola.', 'es-US'],
    ]);
  });

  test('whose language was identified has the likeliest', () => {
    const language_identification = [
      { code: 'de-DE', score: '0.2' },
      { code: 'nl-NL', score: '0.8' },
    ];
    expect(standard({ items: hello, language_identification }).language).toBe('nl-NL');
  });

  test('of a silent call has no turns', () => {
    expect(standard({ transcripts: [{ transcript: '' }], items: [] })).toMatchObject({
      durationMs: 0,
      turns: [],
      speakers: [],
    });
  });
});

test.each([
  { transcripts: [{ transcript: '' }] },
  { transcripts: [{ transcript: '' }], items: null },
  { transcripts: [], items: [], speaker_labels: { speakers: 0, segments: [] }, audio_segments: [] },
])('a standard output that says nothing may leave its items out: %j', (results) => {
  expect(standard(results)).toMatchObject({ durationMs: 0, turns: [] });
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
      'it is truncated, as it ends in line 1 (character 87)',
    ],
    ['an empty file', ' ', 'the file is empty'],
    ['a text', SECRET, 'line 1, column 1 (character 0)'],
    ['a slip', `{"results":\n {"items": oops "${SECRET}"}}`, 'line 2, column 12 (character 23)'],
    ['a list', `["${SECRET}"]`, 'none of events of a call'],
    ['null', 'null', 'no object'],
    ['a job that failed', '{"status":"FAILED","results":{"items":[]}}', 'the job failed'],
    ['the description of a job that failed', '{"TranscriptionJob":{"TranscriptionJobStatus":"FAILED"}}', 'failed'],
    ['the description of a job', '{"CallAnalyticsJob":{"CallAnalyticsJobStatus":"COMPLETED"}}', 'TranscriptFileUri'],
    ['another document', `{"transcript":"${SECRET}"}`, 'neither "Transcript" nor "results"'],
    ['results without items', `{"results":{"transcripts":[{"transcript":"${SECRET}"}]}}`, 'results.items: '],
    ['results without anything', '{"results":{}}', 'results.items: is missing'],
    [
      'a transcript of no items',
      `{"results":{"items":[],"transcripts":[{"transcript":"${SECRET}"}]}}`,
      'results.items: ',
    ],
    ['an item that is none', `{"results":{"items":[null],"audio_segments":[{"items":[0]}]}}`, 'results.items[0]: '],
    [
      'an item of an unknown type',
      `{"results":{"items":[{"type":"${SECRET}","alternatives":[{"content":"${SECRET}"}]}]}}`,
      'results.items[0].type: ',
    ],
    [
      'a time that is no number',
      `{"results":{"items":[{"type":"pronunciation","start_time":"${SECRET}","alternatives":[{"content":"x"}]}]}}`,
      'results.items[0].start_time: ',
    ],
    [
      'an item without alternatives',
      '{"results":{"items":[{"type":"pronunciation","alternatives":[]}]}}',
      'results.items[0].alternatives: ',
    ],
    [
      'a turn without its begin',
      `{"Transcript":[{"ParticipantRole":"AGENT","Content":"${SECRET}","EndOffsetMillis":1}]}`,
      'Transcript[0].BeginOffsetMillis: ',
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

  const call = callAnalyticsOf([
    { speaker: 0, words: [{ text: 'hello', startMs: 1000, endMs: 2000 }] },
    {
      speaker: 1,
      words: [
        { text: 'yes', startMs: 3000, endMs: 3500 },
        { text: 'please', startMs: 3500, endMs: 4000 },
      ],
    },
  ]);
  const damaged = (damage: (document: typeof call) => void) => {
    const document = structuredClone(call);
    damage(document);
    return failureOf(JSON.stringify(document)).message;
  };
  const item = (document: typeof call) => Object(document.Transcript[1]?.Items[1]);

  test.each<[string, (document: typeof call) => void, string]>([
    [
      'a negative time',
      (call) => Object.assign(item(call), { BeginOffsetMillis: -1 }),
      'BeginOffsetMillis: is negative',
    ],
    [
      'an end before the begin',
      (call) => Object.assign(item(call), { EndOffsetMillis: 3400 }),
      'EndOffsetMillis: is before',
    ],
    [
      'a word outside of its turn',
      (call) => Object.assign(item(call), { EndOffsetMillis: 4501 }),
      'is outside of its turn',
    ],
    [
      'a time that is none',
      (call) => Object.assign(item(call), { EndOffsetMillis: 'soon' }),
      'EndOffsetMillis: is no number',
    ],
    ['a time beyond all', (call) => Object.assign(item(call), { EndOffsetMillis: 1e300 }), 'is too large for a time'],
    ['a confidence of 7', (call) => Object.assign(item(call), { Confidence: 7 }), 'Confidence: is not from 0 to 1'],
    ['a word without content', (call) => Object.assign(item(call), { Content: undefined }), 'Content: is missing'],
  ])('%s is told with its place', (_what, damage, problem) => {
    const message = damaged(damage);
    expect(message).toContain('Transcript[1].Items[1].');
    expect(message).toContain(problem);
  });

  test('of a turn after the end of the call is told', () => {
    expect(
      damaged((call) => {
        Object.assign(call, { ConversationCharacteristics: { TotalConversationDurationMillis: 3000 } });
      }),
    ).toBe('Transcript[1].EndOffsetMillis: is after the end of the call, which is 3000 ms long');
  });

  test('a little slack is allowed', () => {
    const document = structuredClone(call);
    Object.assign(item(document), { EndOffsetMillis: 4400 });
    expect(parseTranscript(JSON.stringify(document)).durationMs).toBe(4400);
  });

  test('items that are written by channel are also checked where they are written in all', () => {
    const channels = [{ channel_label: 'ch_0', items: [word('a', 0, 1)] }];
    const document = { results: { channel_labels: { channels }, items: [word('a', '-1', 1)] } };
    expect(failureOf(JSON.stringify(document)).message).toBe('results.items[0].start_time: is negative');
  });

  const segment = { start_time: '0.0', end_time: '1.0', speaker_label: 'spk_0', items: [] };

  test.each([
    ['of two minutes', { items: [word('a', 0, 120)] }, 'results.items[0].end_time: is more than a minute after'],
    [
      'with a speaker of its own, but after all that is said',
      {
        items: [word('a', 0, 1), word('b', 900, 901, { speaker_label: 'spk_0' })],
        speaker_labels: { segments: [segment] },
      },
      'results.items[1].start_time: is after all segments of speakers',
    ],
    [
      'after all that is said',
      { items: [word('a', 0, 1), word('b', 900, 901)], speaker_labels: { segments: [segment] } },
      'results.items[1].start_time: is after all segments of speakers',
    ],
  ])('a word %s is told', (_what, results, problem) => {
    expect(failureOf(JSON.stringify({ results })).message).toContain(problem);
  });

  test('what is found after the end of the call is told', () => {
    expect(
      damaged((call) => {
        const MatchedDetails = { a: { PointsOfInterest: [{ BeginOffsetMillis: 0, EndOffsetMillis: 9999 }] } };
        Object.assign(call, {
          Categories: { MatchedCategories: ['a'], MatchedDetails },
          ConversationCharacteristics: { TotalConversationDurationMillis: 4000 },
        });
      }),
    ).toContain('Categories.MatchedDetails.a.PointsOfInterest[0].EndOffsetMillis: is after the end of the call');
  });

  test('an audio segment that refers to no item is told', () => {
    const audio_segments = [{ id: 0, transcript: '', start_time: '0', end_time: '1', items: [0, 7] }];
    const items = [{ id: 0, ...word('a', 0, 1) }];
    expect(failureOf(JSON.stringify({ results: { items, audio_segments } })).message).toBe(
      'results.audio_segments[0].items[1]: refers to item 7, which is not there',
    );
  });

  test('a word outside of the segment that refers to it is told', () => {
    const audio_segments = [{ id: 0, transcript: '', start_time: '0', end_time: '1', items: [0] }];
    const items = [{ id: 0, ...word('a', 5, 6) }];
    expect(failureOf(JSON.stringify({ results: { items, audio_segments } })).message).toBe(
      'results.audio_segments[0].items[0]: refers to an item outside of its segment',
    );
  });
});
