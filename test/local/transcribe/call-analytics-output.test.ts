import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { callAnalyticsOutput } from '../../../local/transcribe/call-analytics-output.ts';
import { findPii } from '../../../local/transcribe/pii.ts';
import type { Recognition, Word } from '../../../local/transcribe/recogniser.ts';
import { redactionOf } from '../../../local/transcribe/redaction.ts';
import { transcribeSample, transcribeSamples } from '../../transcribe-samples.ts';
import { channelWords, fieldsOf, say } from './builders.ts';

const input = { jobName: 'job', accountId: '000000000000', languageCode: 'en-US' };

function analyse(agent: Word[], customer: Word[], loudness: (number | null)[] = [], redacts = false) {
  const channels = [agent, customer].map((words) => ({ words, loudness }));
  const recognition: Recognition = { durationMs: 0, sampleRateHz: 8000, channels };
  const redaction = redacts ? redactionOf(findPii([agent, customer])) : undefined;
  return callAnalyticsOutput({ ...input, roles: ['AGENT', 'CUSTOMER'], recognition, redaction });
}

/** The words of one side of a real document. */
function realWords(role: string): Word[] {
  return JSON.parse(transcribeSample('call-analytics.json'))
    .Transcript.filter((turn: { ParticipantRole: string }) => turn.ParticipantRole === role)
    .flatMap((turn: { Items: Record<string, unknown>[] }) => turn.Items)
    .filter((item: Record<string, unknown>) => item.Type === 'pronunciation')
    .map((item: Record<string, unknown>) => ({
      text: item.Content,
      startMs: item.BeginOffsetMillis,
      endMs: item.EndOffsetMillis,
      confidence: item.Confidence ?? 1,
    }));
}

test.skipIf(!transcribeSamples)(
  'the redacted document has the fields and types of a real one, less what categories and issues add',
  () => {
    const real = JSON.parse(transcribeSample('call-analytics.json'));
    const extra =
      /\.(IssuesDetected|ActionItemsDetected|OutcomesDetected|No_Closing_Remark|MatchedCategories\[\])(?!\w)/;
    const ofReal = [...fieldsOf(real)].filter((field) => !extra.test(field));
    const loudness = Array(200).fill(-20).with(5, null);
    const agent = [...realWords('AGENT'), ...say('sorry to interrupt you here', 184_000)];
    const customer = [...realWords('CUSTOMER'), ...say('what i want to say is my name is anna', 183_500)];
    const ours = [...fieldsOf(analyse(agent, customer, loudness, true))];
    expect(ours.filter((field) => !extra.test(field)).toSorted()).toEqual(ofReal.toSorted());
  },
);

test.skipIf(!transcribeSamples)(
  'the words of a real call give the silences and periods that Transcribe reported',
  () => {
    const real = JSON.parse(transcribeSample('call-analytics.json')).ConversationCharacteristics;
    const ours = analyse(realWords('AGENT'), realWords('CUSTOMER')).ConversationCharacteristics;
    expect(ours.NonTalkTime).toEqual(real.NonTalkTime);
    expect(ours.TotalConversationDurationMillis).toBe(real.TotalConversationDurationMillis);
    const offsets = (quarters: { BeginOffsetMillis: number; EndOffsetMillis: number }[] = []) =>
      quarters.map((quarter) => [quarter.BeginOffsetMillis, quarter.EndOffsetMillis]);
    const { QUARTER } = ours.Sentiment.SentimentByPeriod;
    expect(offsets(QUARTER.AGENT)).toEqual(offsets(real.Sentiment.SentimentByPeriod.QUARTER.AGENT));
    expect(offsets(QUARTER.CUSTOMER)).toEqual(offsets(real.Sentiment.SentimentByPeriod.QUARTER.CUSTOMER));
  },
);

test('every word is in the transcript once, in order, and nothing else is', () => {
  fc.assert(
    fc.property(channelWords, channelWords, (agent, customer) => {
      const { Transcript } = analyse(agent, customer);
      for (const [role, words] of [['AGENT', agent] as const, ['CUSTOMER', customer] as const]) {
        const turns = Transcript.filter((turn) => turn.ParticipantRole === role);
        const texts = words.map((word) => word.text);
        expect(turns.flatMap((turn) => turn.Items.map((item) => item.Content))).toEqual(texts);
        expect(turns.map((turn) => turn.Content).join(' ')).toBe(texts.join(' '));
        for (const turn of turns) {
          const seconds = Math.floor(turn.EndOffsetMillis / 1000) - Math.floor(turn.BeginOffsetMillis / 1000) + 1;
          expect(turn.LoudnessScores).toHaveLength(seconds);
        }
      }
    }),
  );
});

test('sentiment tells a pleased customer from an angry one', () => {
  const sentiments = (text: string) => {
    const { Transcript, ConversationCharacteristics } = analyse([], say(text, 0));
    return { turn: Transcript[0]?.Sentiment, overall: ConversationCharacteristics.Sentiment.OverallSentiment.CUSTOMER };
  };
  const pleased = sentiments('thank you so much that is wonderful');
  const angry = sentiments('this is a terrible horrible service');
  expect([pleased.turn, angry.turn]).toEqual(['POSITIVE', 'NEGATIVE']);
  expect(pleased.overall).toBeGreaterThan(0);
  expect(angry.overall).toBeLessThan(0);
  expect(sentiments('it is on the table').turn).toBe('NEUTRAL');
});

test('loudness is 100 at full scale, less by a point a decibel, and null in silence', () => {
  const { Transcript } = analyse(
    say('one two three four five six seven eight nine', 500),
    [],
    [0, -14.256, null, -120],
  );
  expect(Transcript[0]?.LoudnessScores).toEqual([100, 85.74, null, 0]);
});

test('speaking into the turn of the other is an interruption, a short mhm is not', () => {
  const customer = say('what i would like to know is the price', 0);
  const { Interruptions } = analyse(
    [...say('mhm', 300), ...say('let me tell you', 1500)],
    customer,
  ).ConversationCharacteristics;
  expect(Interruptions).toEqual({
    TotalCount: 1,
    TotalTimeMillis: 1200,
    InterruptionsByInterrupter: {
      AGENT: [{ BeginOffsetMillis: 1500, DurationMillis: 1200, EndOffsetMillis: 2700 }],
    },
  });
});

test('long silence of both sides is non-talk time', () => {
  const { NonTalkTime } = analyse(say('hold on', 0), say('still there', 8000)).ConversationCharacteristics;
  expect(NonTalkTime).toEqual({
    Instances: [{ BeginOffsetMillis: 600, DurationMillis: 7400, EndOffsetMillis: 8000 }],
    TotalTimeMillis: 7400,
  });
});

test('a call in which nobody speaks has an empty transcript and no scores', () => {
  const { Transcript, Participants, ConversationCharacteristics } = analyse([], []);
  expect(Transcript).toEqual([]);
  expect(Participants).toHaveLength(2);
  expect(ConversationCharacteristics.Sentiment.OverallSentiment).toEqual({});
  expect(ConversationCharacteristics.TotalConversationDurationMillis).toBe(0);
});

test('what is redacted is one item with its time, and the rest is as in the original', () => {
  const agent = say('may i have your name and number', 0);
  const customer = say('my name is anna lee it is five five five oh one nine nine thank you', 3000);
  const [raw, redacted] = [analyse(agent, customer), analyse(agent, customer, [], true)];
  const turn = redacted.Transcript[1];
  expect(turn?.Content).toBe('my name is [PII] it is [PII] thank you');
  expect(turn?.Items[3]).toEqual({
    Type: 'pronunciation',
    Content: '[PII]',
    Redaction: [{ Confidence: 0.9 }],
    BeginOffsetMillis: 3900,
    EndOffsetMillis: 4500,
  });
  expect(turn?.Redaction?.RedactedTimestamps).toEqual([
    { BeginOffsetMillis: 3900, EndOffsetMillis: 4500 },
    { BeginOffsetMillis: 5100, EndOffsetMillis: 7200 },
  ]);
  expect(redacted.Transcript[0]).toEqual({ ...raw.Transcript[0], Id: redacted.Transcript[0]?.Id });
  expect(redacted.ConversationCharacteristics).toEqual(raw.ConversationCharacteristics);
  expect([raw.ContentMetadata, redacted.ContentMetadata]).toEqual([
    { Output: 'Raw' },
    { Output: 'Redacted', RedactionTypes: ['PII'] },
  ]);
  expect(JSON.stringify(redacted)).not.toMatch(/anna|lee|five/);
});

test('a number that is read out over two turns is redacted in each', () => {
  const customer = [...say('it is four one one one', 0), ...say('two two two two three', 3000)];
  const { Transcript } = analyse(say('okay', 2000), customer, [], true);
  expect(Transcript.map((turn) => turn.Content)).toEqual(['it is [PII]', 'okay', '[PII]']);
});
