import { BatchDetectSentimentCommand, type ComprehendClient, type LanguageCode } from '@aws-sdk/client-comprehend';
import { Sentiment, type Speaker, type Transcript, type Turn } from './transcript.ts';

/** The sentiment of a text, as a number from -1 (negative) to 1 (positive) too. */
interface TextSentiment {
  readonly sentiment: Sentiment;
  readonly score: number;
}

/** The languages of which Comprehend tells the sentiment. Source: Amazon Comprehend Developer Guide, "Supported languages". */
const LANGUAGES: ReadonlySet<string> = new Set([
  ...['ar', 'de', 'en', 'es', 'fr', 'hi', 'it', 'ja', 'ko', 'pt', 'zh', 'zh-TW'],
]);

/** Comprehend's code of a Transcribe language; undefined where it knows no sentiment in it. */
export function comprehendLanguage(language: string | undefined): string | undefined {
  const code = language === 'zh-TW' ? language : language?.split('-')[0];
  return code !== undefined && LANGUAGES.has(code) ? code : undefined;
}

/** Comprehend takes at most 25 texts in one request. Source: Amazon Comprehend API Reference, BatchDetectSentiment. */
const BATCH = 25;

/** Comprehend reads the first 500 characters of a text: more would be paid for, and not read. Source: same. */
const MAX_CHARACTERS = 500;

/** A turn of fewer words ("mhm", "okay then") has no sentiment worth paying for. */
const MIN_WORDS = 3;

/** Comprehend is paid by units of 100 characters, 3 at least for each text. Source: Amazon Comprehend pricing. */
const UNIT_CHARACTERS = 100;
const MIN_UNITS = 3;

/** So much of a text as is sent. */
const sent = (text: string): string => text.slice(0, MAX_CHARACTERS);

/** The turns whose sentiment is asked for: those of some length that have none. */
const turnsToAsk = (turns: readonly Turn[]): Turn[] =>
  turns.filter((turn) => turn.sentiment === undefined && turn.words.length >= MIN_WORDS);

/** The units that telling the sentiment of a transcript costs. */
export const sentimentUnits = (transcript: Transcript): number =>
  turnsToAsk(transcript.turns).reduce(
    (units, turn) => units + Math.max(MIN_UNITS, Math.ceil(sent(turn.text).length / UNIT_CHARACTERS)),
    0,
  );

/** The transcript with the sentiments of turns, and of speakers as the mean of their turns by length, from -5 to 5. */
function withSentiments(transcript: Transcript, sentiments: ReadonlyMap<Turn, TextSentiment>): Transcript {
  const overall = ({ speaker }: Speaker): number | undefined => {
    const told = [...sentiments].filter(([turn]) => turn.speaker === speaker);
    const words = told.reduce((sum, [turn]) => sum + turn.words.length, 0);
    const mean = told.reduce((sum, [turn, { score }]) => sum + score * turn.words.length, 0) / words;
    return told.length > 0 ? Math.round(mean * 50) / 10 : undefined;
  };
  return {
    ...transcript,
    turns: transcript.turns.map((turn) => {
      const told = sentiments.get(turn);
      return told ? { ...turn, sentiment: told.sentiment } : turn;
    }),
    speakers: transcript.speakers.map((speaker) => {
      const mean = overall(speaker);
      return speaker.sentiment || mean === undefined
        ? speaker
        : { ...speaker, sentiment: { overall: mean, byQuarter: [] } };
    }),
  };
}

/** Tells the sentiment of what was said, where Transcribe does not: a standard job has none. */
export function sentimentDetector(comprehend: ComprehendClient) {
  return {
    /**
     * The transcript with sentiments, and the units that were paid; the same transcript, for 0 units, where Comprehend
     * does not know the language.
     */
    async detect(transcript: Transcript): Promise<{ transcript: Transcript; units: number }> {
      const language = comprehendLanguage(transcript.language);
      const turns = turnsToAsk(transcript.turns);
      if (!language || turns.length === 0) return { transcript, units: 0 };
      const sentiments = new Map<Turn, TextSentiment>();
      for (let first = 0; first < turns.length; first += BATCH) {
        const batch = turns.slice(first, first + BATCH);
        const { ResultList = [] } = await comprehend.send(
          new BatchDetectSentimentCommand({
            LanguageCode: language as LanguageCode,
            TextList: batch.map((turn) => sent(turn.text)),
          }),
        );
        for (const { Index, Sentiment: told, SentimentScore: score } of ResultList) {
          const turn = batch[Index ?? -1];
          const sentiment = Sentiment.safeParse(told).data;
          if (turn && sentiment)
            sentiments.set(turn, { sentiment, score: (score?.Positive ?? 0) - (score?.Negative ?? 0) });
        }
      }
      return { transcript: withSentiments(transcript, sentiments), units: sentimentUnits(transcript) };
    },
  };
}
export type SentimentDetector = ReturnType<typeof sentimentDetector>;
