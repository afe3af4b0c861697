import type { Span, Transcript } from '../../transcription/transcription.ts';
import type { CallNumbers } from './automatic-answers.ts';

/**
 * The numbers of a conversation, as far as its transcript tells them. What is of the agent or of the customer is not known where nobody
 * is known to be them. Nobody speaks in what is silent, at its begin and its end, too.
 *
 * @param durationMs the length of the recording. @default that of the transcript
 */
export function callNumbers(transcript: Transcript, durationMs: number = transcript.durationMs): CallNumbers {
  const { speakers, turns, interruptions } = transcript;
  const silences = silencesOf(turns, durationMs);
  const percentOfCall = (ms: number): number | undefined =>
    durationMs > 0 ? round(Math.min(100, (100 * ms) / durationMs)) : undefined;
  const of = (name: 'AGENT' | 'CUSTOMER') => {
    const those = speakers.filter(({ speaker }) => speaker === name);
    const [first] = those;
    if (!first) return undefined;
    const talkTimeMs = sum(those.map((one) => one.talkTimeMs));
    const words = sum(turns.filter(({ speaker }) => speaker === name).map((turn) => turn.words.length));
    const wordsPerMinute = first.wordsPerMinute ?? (talkTimeMs > 0 ? (60_000 * words) / talkTimeMs : undefined);
    return {
      talkPercent: percentOfCall(talkTimeMs),
      wordsPerMinute: wordsPerMinute === undefined ? undefined : round(wordsPerMinute),
      interruptions: interruptions.filter(({ speaker }) => speaker === name).length,
      sentiment: first.sentiment?.overall,
    };
  };
  const agent = of('AGENT');
  const customer = of('CUSTOMER');
  const told: Record<keyof CallNumbers, number | undefined> = {
    durationSeconds: round(durationMs / 1000),
    agentTalkPercent: agent?.talkPercent,
    customerTalkPercent: customer?.talkPercent,
    silencePercent: percentOfCall(sum(silences)),
    longestSilenceSeconds: round(Math.max(0, ...silences) / 1000),
    agentInterruptions: agent?.interruptions,
    agentWordsPerMinute: agent?.wordsPerMinute,
    agentSentiment: agent?.sentiment,
    customerSentiment: customer?.sentiment,
  };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)) as CallNumbers;
}

/** How long nobody speaks in a recording of `durationMs`, in milliseconds, time after time. */
export function silencesOf(turns: readonly Span[], durationMs: number): number[] {
  const silences: number[] = [];
  let spokenTo = 0;
  for (const { startMs, endMs } of turns.toSorted((a, b) => a.startMs - b.startMs)) {
    if (startMs > spokenTo) silences.push(startMs - spokenTo);
    spokenTo = Math.max(spokenTo, endMs);
  }
  return durationMs > spokenTo ? [...silences, durationMs - spokenTo] : silences;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

const round = (number: number): number => Math.round(number * 10) / 10;
