import { ComprehendClient } from '@aws-sdk/client-comprehend';
import { describe, expect, test, vi } from 'vitest';
import { comprehendLanguage, sentimentDetector, sentimentUnits } from '../../../lambdas/transcription/sentiment.ts';
import { Transcript } from '../../../lambdas/transcription/transcript.ts';
import { says } from '../builders.ts';

const transcript = (texts: readonly string[], language = 'en-US') =>
  Transcript.parse({
    language,
    durationMs: 60_000,
    speakers: [{ speaker: 'CUSTOMER', label: 'spk_1', talkTimeMs: 1 }],
    turns: texts.map((text, i) => says('CUSTOMER', text, 10_000 * i)),
  });

/** A Comprehend for which what has "bad" in it is negative; keeps what it was asked. */
function comprehend() {
  const client = new ComprehendClient({});
  const asked: { LanguageCode?: string; TextList?: string[] }[] = [];
  vi.spyOn(client, 'send').mockImplementation(async (command: { input: object }) => {
    const input: { LanguageCode?: string; TextList?: string[] } = command.input;
    asked.push(input);
    return {
      ResultList: input.TextList?.map((text, Index) =>
        text.includes('bad')
          ? { Index, Sentiment: 'NEGATIVE', SentimentScore: { Positive: 0, Negative: 0.8 } }
          : { Index, Sentiment: 'POSITIVE', SentimentScore: { Positive: 1, Negative: 0 } },
      ),
      ErrorList: [],
    };
  });
  return { detector: sentimentDetector(client), asked };
}

describe('sentiments that Transcribe does not tell', () => {
  test('are asked for in batches of 25 turns, and each turn gets its own', async () => {
    const { detector, asked } = comprehend();
    const texts = Array.from({ length: 60 }, (_, i) => (i % 7 === 0 ? 'this is bad' : 'this is good'));
    const told = await detector.detect(transcript(texts));
    expect(asked.map((request) => request.TextList?.length)).toEqual([25, 25, 10]);
    expect(asked[0]?.LanguageCode).toBe('en');
    expect(told.transcript.turns.map((turn) => turn.sentiment)).toEqual(
      texts.map((text) => (text.includes('bad') ? 'NEGATIVE' : 'POSITIVE')),
    );
  });

  test('of a speaker are the mean of the turns, the longer ones counting more', async () => {
    const { detector } = comprehend();
    const told = await detector.detect(transcript(['this is bad', 'this is good and I agree']));
    // 3 words at -0.8 and 6 words at 1.0, on a scale of 5.
    expect(told.transcript.speakers[0]?.sentiment?.overall).toBe(2);
  });

  test('cost 3 units for a short turn, one for each 100 characters of a long one, and nothing beyond 500', async () => {
    const long = 'word '.repeat(70).trim();
    const endless = 'word '.repeat(500).trim();
    expect(sentimentUnits(transcript(['this is good']))).toBe(3);
    expect(sentimentUnits(transcript([long]))).toBe(4);
    expect(sentimentUnits(transcript([endless]))).toBe(5);
    const { detector, asked } = comprehend();
    expect((await detector.detect(transcript([endless]))).units).toBe(5);
    expect(asked[0]?.TextList?.[0]?.length).toBe(500);
  });

  test('are not asked for where a turn has one, or says next to nothing', async () => {
    const { detector, asked } = comprehend();
    const given = transcript(['mhm', 'I am fine with that']);
    const turns = given.turns.map((turn) => ({ ...turn, sentiment: 'MIXED' as const }));
    expect(await detector.detect({ ...given, turns })).toEqual({ transcript: { ...given, turns }, units: 0 });
    await detector.detect(given);
    expect(asked.map((request) => request.TextList)).toEqual([['I am fine with that']]);
  });

  test('are not asked for in a language that Comprehend does not know', async () => {
    const { detector, asked } = comprehend();
    const given = transcript(['goedemorgen dit is goed'], 'nl-NL');
    expect(await detector.detect(given)).toEqual({ transcript: given, units: 0 });
    expect(asked).toEqual([]);
  });

  test.each([
    ['en-US', 'en'],
    ['zh-CN', 'zh'],
    ['zh-TW', 'zh-TW'],
    ['nl-NL', undefined],
    [undefined, undefined],
  ])('%s is %s to Comprehend', (language, code) => {
    expect(comprehendLanguage(language)).toBe(code);
  });
});
