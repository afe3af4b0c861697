import { describe, expect, test } from 'vitest';
import { parseTranscript, TranscriptError } from '../../../../lambdas/transcription/outputs/parse-transcript.ts';
import { Transcript } from '../../../../lambdas/transcription/transcript.ts';
import { expectSound } from './documents.ts';

const parse = (document: unknown) => {
  const transcript = parseTranscript(JSON.stringify(document));
  expectSound(transcript);
  return transcript;
};
const said = ({ turns }: Transcript) => turns.map((turn) => `${turn.speaker} ${turn.startMs}: ${turn.text}`);
const at = (BeginOffsetMillis: number, EndOffsetMillis: number) => ({ BeginOffsetMillis, EndOffsetMillis });
const item = (Content: string, begin: number, end: number, fields = {}) => ({
  Type: 'pronunciation',
  Content,
  Confidence: '0.9',
  ...at(begin, end),
  ...fields,
});

describe('a Call Analytics output', () => {
  const turn = (role: string, begin: number, content: string, fields = {}) => ({
    ParticipantRole: role,
    ...at(begin, begin + 500),
    Content: content,
    Items: [item(content, begin, begin + 500)],
    ...fields,
  });
  const analytics = (turns: object[], fields = {}) => parse({ LanguageCode: 'en-US', Transcript: turns, ...fields });

  test('has its turns in order of time, whoever is written first', () => {
    expect(said(analytics([turn('CUSTOMER', 3000, 'Hi'), turn('AGENT', 40, 'Hello')]))).toEqual([
      'AGENT 40: Hello',
      'CUSTOMER 3000: Hi',
    ]);
  });

  test('without the length of the call has the end of its last turn, whoever said it', () => {
    const turns = [turn('AGENT', 0, 'So', { EndOffsetMillis: 9000 }), turn('CUSTOMER', 1000, 'Hi')];
    expect(analytics(turns).durationMs).toBe(9000);
  });

  test('of a silent call has no turns, its participants, and the length of the call', () => {
    const transcript = parse({
      Transcript: [],
      Participants: [{ ParticipantRole: 'AGENT' }, { ParticipantRole: 'CUSTOMER' }],
      ConversationCharacteristics: { TotalConversationDurationMillis: 61_000 },
    });
    expect(transcript).toMatchObject({ durationMs: 61_000, turns: [], nonTalkTimes: [{ startMs: 0, endMs: 61_000 }] });
    expect(transcript.speakers.map(({ speaker, talkTimeMs }) => [speaker, talkTimeMs])).toEqual([
      ['AGENT', 0],
      ['CUSTOMER', 0],
    ]);
  });

  test('of which a turn has no items spreads its words over it by their length', () => {
    const { turns } = analytics([turn('AGENT', 0, 'Hi there, you - all.', { Items: [], EndOffsetMillis: 1500 })]);
    expect(turns[0]?.words).toEqual([
      { text: 'Hi', startMs: 0, endMs: 188 },
      { text: 'there,', startMs: 188, endMs: 750 },
      { text: 'you-', startMs: 750, endMs: 1125 },
      { text: 'all.', startMs: 1125, endMs: 1500 },
    ]);
  });

  test('of Japanese without items has the words that are written together', () => {
    const { turns } = analytics([turn('AGENT', 0, '今日は。', { Items: [] })], { LanguageCode: 'ja-JP' });
    expect(turns[0]?.text).toBe('今日は。');
    expect(turns[0]?.words.length).toBeGreaterThan(1);
  });

  test('splits a turn where the other speaks, with its sentiment and the loudness of each piece', () => {
    const long = {
      ParticipantRole: 'AGENT',
      ...at(500, 4500),
      Content: 'one two',
      Sentiment: 'POSITIVE',
      LoudnessScores: [60, 61, null, 63, 64],
      Items: [item('one', 500, 1500), item('two', 3200, 4500)],
    };
    const { turns } = analytics([long, turn('CUSTOMER', 2000, 'mhm', { Sentiment: 'NEGATIVE' })]);
    expect(turns.map(({ text, sentiment, loudness }) => ({ text, sentiment, loudness }))).toEqual([
      { text: 'one', sentiment: 'POSITIVE', loudness: [60, 61] },
      { text: 'mhm', sentiment: 'NEGATIVE', loudness: undefined },
      { text: 'two', sentiment: 'POSITIVE', loudness: [63, 64] },
    ]);
  });

  test('tells issues, outcomes and action items with the time of their words', () => {
    const words = 'Well, I would like to cancel it. Bye.'.split(' ');
    const Items = words.flatMap((text, index) => {
      const spoken = item(text.replace(/[.,]$/, ''), index * 100, index * 100 + 100);
      return /[.,]$/.test(text) ? [spoken, { Type: 'punctuation', Content: text.slice(-1) }] : [spoken];
    });
    const CharacterOffsets = { Begin: 6, End: 31 };
    const found = { speaker: 'CUSTOMER', startMs: 100, endMs: 700, text: 'I would like to cancel it' };
    const fields = { Items, EndOffsetMillis: 800 };
    const transcript = analytics([
      turn('CUSTOMER', 0, words.join(' '), {
        ...fields,
        IssuesDetected: [{ CharacterOffsets }],
        OutcomesDetected: [{ CharacterOffsets: { BeginOffsetChar: 6, EndOffsetChar: 31 } }],
        // As the guide's example counts: from 1.
        ActionItemsDetected: [{ CharacterOffsets: { Begin: 7, End: 31 } }],
      }),
    ]);
    expect(transcript).toMatchObject({ issues: [found], outcomes: [found], actionItems: [found] });
  });

  test('finds an issue that has no offsets by its text, and takes one without a text for the whole turn', () => {
    const issuesOf = (issue: object) =>
      analytics([turn('CUSTOMER', 0, 'Well, cancel it.', { Items: [], IssuesDetected: [issue] })]).issues;
    expect(issuesOf({ Text: 'cancel it' }).map(({ text }) => text)).toEqual(['cancel it']);
    expect(issuesOf({ CharacterOffsets: null }).map(({ text }) => text)).toEqual(['Well, cancel it.']);
  });

  test('has the times of a category whose name is written with a space in one of the two places', () => {
    const { categories } = analytics([turn('AGENT', 0, 'Done')], {
      Categories: { MatchedCategories: [' done'], MatchedDetails: { done: { PointsOfInterest: [at(0, 500)] } } },
    });
    expect(categories).toEqual([{ name: 'done', pointsOfInterest: [{ startMs: 0, endMs: 500 }] }]);
  });

  test('may tell what was redacted as longer than its turn, but not than the call', () => {
    const redactedUntil = (endMs: number) =>
      analytics([turn('AGENT', 0, '[PII]', { Items: [item('[PII]', 0, endMs)] }), turn('CUSTOMER', 4000, 'Hi')], {
        ConversationCharacteristics: { TotalConversationDurationMillis: 5000 },
      });
    expect(redactedUntil(3000).redactions).toEqual([{ speaker: 'AGENT', startMs: 0, endMs: 3000 }]);
    expect(() => redactedUntil(6000)).toThrow('Transcript[0].Items[0].EndOffsetMillis: is outside of its turn');
  });

  test('tells what the service says of the conversation', () => {
    const transcript = analytics([turn('AGENT', 0, 'Hi'), turn('CUSTOMER', 4000, 'Hello')], {
      Categories: {
        MatchedCategories: ['greeting', 'whole-call'],
        MatchedDetails: { greeting: { PointsOfInterest: [at(0, 500)] } },
      },
      ConversationCharacteristics: {
        TotalConversationDurationMillis: 6000,
        NonTalkTime: { Instances: [{ ...at(500, 4000), DurationMillis: 3500 }], TotalTimeMillis: 3500 },
        Interruptions: { InterruptionsByInterrupter: { CUSTOMER: [at(4000, 4500)] }, TotalCount: 1 },
        TalkSpeed: { DetailsByParticipant: { AGENT: { AverageWordsPerMinute: 150 } } },
        TalkTime: { DetailsByParticipant: { AGENT: { TotalTimeMillis: 499 } } },
        Sentiment: {
          OverallSentiment: { AGENT: 2.5 },
          SentimentByPeriod: { QUARTER: { AGENT: [{ Score: -5, ...at(0, 1500) }] } },
        },
        ContactSummary: { AutoGenerated: { OverallSummary: { Content: 'They greet.' } } },
      },
    });
    expect(transcript).toMatchObject({
      durationMs: 6000,
      summary: 'They greet.',
      nonTalkTimes: [{ startMs: 500, endMs: 4000 }],
      interruptions: [{ speaker: 'CUSTOMER', startMs: 4000, endMs: 4500 }],
      categories: [
        { name: 'greeting', pointsOfInterest: [{ startMs: 0, endMs: 500 }] },
        { name: 'whole-call', pointsOfInterest: [] },
      ],
    });
    expect(transcript.speakers).toEqual([
      {
        speaker: 'AGENT',
        label: 'AGENT',
        talkTimeMs: 499,
        wordsPerMinute: 150,
        sentiment: { overall: 2.5, byQuarter: [{ score: -5, startMs: 0, endMs: 1500 }] },
      },
      { speaker: 'CUSTOMER', label: 'CUSTOMER', talkTimeMs: 500, wordsPerMinute: 120 },
    ]);
  });

  test('has its summary also where it stands beside the conversation', () => {
    const ContactSummary = { AutoGenerated: { OverallSummary: { Content: 'They greet.' } } };
    expect(analytics([turn('AGENT', 0, 'Hi')], { ContactSummary }).summary).toBe('They greet.');
  });

  test('whose language was identified has the likeliest', () => {
    const LanguageIdentification = [
      { Code: 'en-NZ', Score: '0.07' },
      { Code: 'en-GB', Score: '0.83' },
    ];
    expect(parse({ Transcript: [turn('AGENT', 0, 'Hi')], LanguageIdentification }).language).toBe('en-GB');
  });

  test('marks filtered words, and redacted ones with their type and how sure that is', () => {
    const Items = [
      item('***', 0, 100, { VocabularyFilterMatch: true }),
      item('[PII]', 100, 200, { Confidence: undefined, Redaction: [{ Confidence: '0.98', Type: 'NAME' }] }),
    ];
    const transcript = analytics([
      turn('AGENT', 0, '*** [PII]', { Items, Redaction: { RedactedTimestamps: [at(100, 200)] } }),
    ]);
    expect(transcript.turns[0]?.words).toEqual([
      { text: '***', startMs: 0, endMs: 100, confidence: 0.9, filtered: true },
      { text: '[PII]', startMs: 100, endMs: 200, confidence: 0.98, redaction: { type: 'NAME' } },
    ]);
    expect(transcript.redactions).toEqual([{ speaker: 'AGENT', startMs: 100, endMs: 200, type: 'NAME' }]);
  });
});

describe('a Contact Lens output', () => {
  const entry = (id: string, begin: number, end: number, Content: string, fields = {}) => ({
    ParticipantId: id,
    Id: Content,
    Content,
    ...at(begin, end),
    ...fields,
  });
  const contact = (Transcript: object[], fields = {}) => ({
    Version: '1.1.0',
    Channel: 'VOICE',
    JobStatus: 'COMPLETED',
    JobDetails: { SkippedAnalysis: [{ Feature: 'CATEGORIZATION', ReasonCode: 'QUOTA_EXCEEDED' }] },
    LanguageCode: 'en-US',
    CustomerMetadata: { ContactId: 'contact', InputS3Uri: 's3://bucket/key' },
    Participants: [
      { ParticipantId: 'someone', ParticipantRole: 'CUSTOMER' },
      { ParticipantId: 'anna', ParticipantRole: 'AGENT' },
    ],
    Transcript,
    ...fields,
  });

  test('has the roles of its participants, and what is found in turns without items', () => {
    const transcript = parse(
      contact(
        [
          entry('anna', 0, 1000, 'Okay.', { LoudnessScore: [79.27, 70], Sentiment: 'NEUTRAL', IssuesDetected: null }),
          entry('someone', 1000, 3000, 'I need to cancel.', {
            IssuesDetected: [{ CharacterOffsets: { BeginOffsetChar: 0, EndOffsetChar: 16 }, Text: 'I need to cancel' }],
          }),
        ],
        { ConversationCharacteristics: { ContactSummary: { PostContactSummary: { Content: 'They cancel.' } } } },
      ),
    );
    expect(said(transcript)).toEqual(['AGENT 0: Okay.', 'CUSTOMER 1000: I need to cancel.']);
    expect(transcript.turns[0]?.loudness).toEqual([79.27, 70]);
    expect(transcript.summary).toBe('They cancel.');
    expect(transcript.issues).toEqual([{ speaker: 'CUSTOMER', startMs: 1000, endMs: 3000, text: 'I need to cancel' }]);
  });

  test.each(['RedactedTimestamps', 'RedactionTimestamps'])('has redacted words at the times of %s', (field) => {
    const { turns, redactions } = parse(
      contact([
        entry('anna', 0, 4000, 'Hello [NAME], or [PII]?', { Redaction: { [field]: [at(1500, 2000), at(3000, 4000)] } }),
      ]),
    );
    expect(turns[0]?.words).toMatchObject([
      { text: 'Hello', startMs: 0, endMs: 1500 },
      { text: '[NAME],', startMs: 1500, endMs: 2000, redaction: { type: 'NAME' } },
      { text: 'or', startMs: 2000, endMs: 3000 },
      { text: '[PII]?', startMs: 3000, endMs: 4000, redaction: {} },
    ]);
    expect(redactions).toHaveLength(2);
  });

  test('that is not redacted still tells what is to be redacted', () => {
    const { redactions } = parse(
      contact([entry('anna', 0, 4000, 'Hello Peter', { Redaction: { RedactedTimestamps: [at(3290, 3620)] } })]),
    );
    expect(redactions).toEqual([{ speaker: 'AGENT', startMs: 3290, endMs: 3620 }]);
  });

  test('of a chat is refused', () => {
    const chat = contact(
      [{ ParticipantId: 'anna', Content: 'secret', Time: { AbsoluteTime: '2024-03-14T19:39:26Z' } }],
      {
        Channel: 'CHAT',
      },
    );
    const read = () => parse(chat);
    expect(read).toThrow(TranscriptError);
    expect(read).toThrow('Channel: is no call');
  });

  const segments = [
    {
      Utterance: {
        TranscriptId: 'a',
        ParticipantId: 'CUSTOMER',
        ParticipantRole: 'CUSTOMER',
        PartialContent: 'My na',
        ...at(0, 900),
      },
    },
    { Transcript: { ParticipantRole: 'CUSTOMER', ...entry('CUSTOMER', 0, 2000, 'My name is Ann.', { Id: 'a' }) } },
    { Categories: { MatchedCategories: ['names'], MatchedDetails: { names: { PointsOfInterest: [at(0, 2000)] } } } },
    {
      Utterance: {
        TranscriptId: 'b',
        ParticipantId: 'AGENT',
        ParticipantRole: 'AGENT',
        PartialContent: 'How can',
        ...at(2100, 3000),
      },
    },
  ];

  test.each([
    ['in real time', { Channel: 'VOICE', Status: 'IN_PROGRESS', Segments: segments }],
    ['in real time, as a list of segments', segments],
    ['in real time, as events', [{ EventType: 'STARTED' }, { EventType: 'SEGMENTS', Segments: segments }]],
  ])('%s has each utterance as it was told last', (_what, document) => {
    const transcript = parse(document);
    expect(said(transcript)).toEqual(['CUSTOMER 0: My name is Ann.', 'AGENT 2100: How can']);
    expect(transcript.categories).toEqual([{ name: 'names', pointsOfInterest: [{ startMs: 0, endMs: 2000 }] }]);
  });
});

describe('the events of a stream', () => {
  const utterance = (id: string, begin: number, end: number, text: string, fields = {}) => ({
    UtteranceEvent: {
      UtteranceId: id,
      ParticipantRole: 'CUSTOMER',
      IsPartial: false,
      Transcript: text,
      ...at(begin, end),
      Items: text.split(' ').map((content) => item(content, begin, end)),
      ...fields,
    },
  });
  const complaint = {
    CategoryEvent: {
      MatchedCategories: ['network-complaint'],
      MatchedDetails: { 'network-complaint': { TimestampRanges: [at(1000, 2000)] } },
    },
  };
  const expected = ['CUSTOMER 1000: network issues'];

  test('may be one object, as the guide shows it', () => {
    const stream = {
      CallAnalyticsTranscriptResultStream: {
        BadRequestException: {},
        ...utterance('a', 1000, 2000, 'network issues', {
          IssuesDetected: [{ CharacterOffsets: { BeginOffsetChar: 0, EndOffsetChar: 14 } }],
        }),
        ...complaint,
      },
    };
    const transcript = parse(stream);
    expect(said(transcript)).toEqual(expected);
    expect(transcript.issues).toMatchObject([{ text: 'network issues', startMs: 1000 }]);
    expect(transcript.categories).toEqual([
      { name: 'network-complaint', pointsOfInterest: [{ startMs: 1000, endMs: 2000 }] },
    ]);
  });

  test('supersede what they told in part, and may be a list or lines', () => {
    const events = [
      utterance('a', 1000, 1200, 'net', { IsPartial: true }),
      utterance('a', 1000, 1800, 'network is', { IsPartial: true }),
      utterance('a', 1000, 2000, 'network issues'),
      utterance('a', 1000, 1900, 'network is', { IsPartial: true }),
      { LimitExceededException: {} },
    ];
    expect(said(parse(events))).toEqual(expected);
    const lines = events.map((event) => JSON.stringify(event)).join('\r\n');
    expect(said(parseTranscript(`${lines}\n`))).toEqual(expected);
    expect(() => parseTranscript(lines.slice(0, -9))).toThrow('truncated, as it ends in line 5');
  });

  test('that end before an utterance is told finally keep what was told of it', () => {
    const events = [utterance('a', 0, 900, 'hello'), utterance('b', 1000, 2000, 'network issues', { IsPartial: true })];
    expect(said(parse(events))).toEqual(['CUSTOMER 0: hello', ...expected]);
  });

  test('tell the type of what is redacted by entities', () => {
    const Entities = [{ Content: '[PII]', Category: 'PII', Type: 'NAME', Confidence: 0.99, ...at(0, 500) }];
    expect(parse([utterance('a', 0, 500, '[PII]', { Entities })]).redactions).toEqual([
      { speaker: 'CUSTOMER', startMs: 0, endMs: 500, type: 'NAME' },
    ]);
  });

  test('of a plain stream may have no items, and then spread their words over the result', () => {
    const result = { ResultId: 'a', ChannelId: 'ch_0', StartTime: 1, EndTime: 2, IsPartial: false };
    const alternatives = [{ Transcript: 'Hello sir.' }];
    const transcript = parse({ Transcript: { Results: [{ ...result, Alternatives: alternatives }] } });
    expect(transcript.turns.map(({ text, startMs, endMs }) => [text, startMs, endMs])).toEqual([
      ['Hello sir.', 1000, 2000],
    ]);
  });

  test('of a plain stream have their times in seconds', () => {
    const spoken = (Content: string, StartTime: number, EndTime: number, fields = {}) => ({
      Content,
      StartTime,
      EndTime,
      Type: 'pronunciation',
      ...fields,
    });
    const Items = [
      spoken('hi', 0.0299375, 0.3799375, { Speaker: '0', Confidence: 0.97 }),
      { Content: '.', StartTime: 0.38, EndTime: 0.38, Type: 'punctuation' },
      spoken('hello', 0.4, 0.9, { Speaker: '1' }),
    ];
    const result = { ResultId: 'r', IsPartial: false, StartTime: 0.0199375, EndTime: 1.02, Alternatives: [{ Items }] };
    const stream = { TranscriptResultStream: { TranscriptEvent: { Transcript: { Results: [result] } } } };
    const { turns, speakers } = parse(stream);
    expect(speakers.map(({ label }) => label)).toEqual(['spk_0', 'spk_1']);
    expect(turns.map(({ text, startMs, endMs }) => [text, startMs, endMs])).toEqual([
      ['hi.', 30, 380],
      ['hello', 400, 900],
    ]);
  });
});

test('a transcript can be read again from where it is stored', () => {
  const transcript = parse({
    Transcript: [
      { ParticipantRole: 'AGENT', ...at(0, 9), Content: 'Hi', Items: [item('Hi', 0, 9)], Sentiment: 'MIXED' },
    ],
  });
  expect(Transcript.parse(JSON.parse(JSON.stringify(transcript)))).toEqual(transcript);
});
