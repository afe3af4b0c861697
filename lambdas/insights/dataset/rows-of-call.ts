import type { Call, Moment } from '../../calls/calls.ts';
import { callStartOf, type ScoreOfCall, silencesOf } from '../../quality/quality.ts';
import type { Transcript } from '../../transcription/transcription.ts';
import type { PhraseTimes } from '../phrases/phrases-of.ts';
import type { CallRows, Row } from './tables.ts';

/** What is known of a call when its rows are written. */
export interface KnownCall {
  readonly call: Call;
  /** By its present tagging. */
  readonly moments: readonly Moment[];
  /** None where there is no transcript of it. */
  readonly transcript?: Transcript | undefined;
  readonly scores: readonly ScoreOfCall[];
  /** The team of its agent now. */
  readonly team?: string | undefined;
  readonly phrases: readonly PhraseTimes[];
}

/** The tables that a call has rows in. */
export type TableOfCalls = Exclude<keyof CallRows, 'disputes'>;

/** The rows of a call, by table. */
export type RowsOfCall = Pick<CallRows, TableOfCalls>;

/** The day (UTC) of a time: `2026-10-14`. */
export const dayOf = (time: string): string => time.slice(0, 10);

/** The day in whose folders the rows of a call are: that on which it began. */
export const dayOfCall = (call: Pick<Call, 'startedAt' | 'receivedAt'>): string => dayOf(callStartOf(call));

/** What the rows of a call are grouped and filtered by; `team` is that of its agent. */
export const dimensionsOf = (
  call: Pick<Call, 'startedAt' | 'receivedAt' | 'agentId' | 'queue' | 'source'>,
  team: string | undefined,
) => ({
  started_at: callStartOf(call),
  agent_id: call.agentId,
  team,
  queue: call.queue,
  source: call.source,
});

/**
 * The rows of a call: what takes the place of all rows that it had. There is no customer in them, no key, and of what was said nothing
 * but `phrases`.
 *
 * @param revision which these rows are: the highest one of a call holds
 */
export function rowsOfCall(
  { call, moments, transcript, scores, team, phrases }: KnownCall,
  revision: number,
): RowsOfCall {
  const begin = { call_id: call.callId, revision, deleted: false, ...dimensionsOf(call, team) };
  return {
    calls: [
      {
        ...begin,
        direction: call.direction,
        language: call.language ?? transcript?.language,
        duration_seconds: secondsOf(call.durationMs ?? transcript?.durationMs),
        ...(transcript && numbersOf(transcript, call.durationMs)),
        rulebook_version: call.rulebookVersion,
      },
    ],
    moments: moments.map(({ tag, startMs, endMs, speaker, amount }) => ({
      ...{ ...begin, tag, speaker },
      ...{ start_ms: startMs, end_ms: endMs, amount: amount?.value, currency: amount?.currency },
    })),
    scores: scores.flatMap((score) => rowsOfScore(score).map((row) => ({ ...begin, ...row }))),
    phrases: phrases.map(({ phrase, times }) => ({ ...begin, phrase, times })),
  };
}

/** What tells that there is nothing of a call any more, or nothing in this day. */
export const tombstoneOfCall = (callId: string, revision: number): RowsOfCall => ({
  calls: [{ call_id: callId, revision, deleted: true }],
  ...{ moments: [], scores: [], phrases: [] },
});

const secondsOf = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : ms / 1000);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** What is of the agent or of the customer is not known where nobody is known to be them. */
function numbersOf(transcript: Transcript, durationMs = transcript.durationMs): Partial<Row<'calls'>> {
  const silences = silencesOf(transcript.turns, durationMs);
  const of = (name: 'AGENT' | 'CUSTOMER') => {
    const those = transcript.speakers.filter(({ speaker }) => speaker === name);
    if (those.length === 0) return {};
    return {
      talkSeconds: sum(those.map(({ talkTimeMs }) => talkTimeMs)) / 1000,
      interruptions: transcript.interruptions.filter(({ speaker }) => speaker === name).length,
      sentiment: those[0]?.sentiment?.overall,
    };
  };
  const [agent, customer] = [of('AGENT'), of('CUSTOMER')];
  return {
    agent_talk_seconds: agent.talkSeconds,
    customer_talk_seconds: customer.talkSeconds,
    silence_seconds: sum(silences) / 1000,
    longest_silence_seconds: Math.max(0, ...silences) / 1000,
    agent_interruptions: agent.interruptions,
    customer_interruptions: customer.interruptions,
    agent_sentiment: agent.sentiment,
    customer_sentiment: customer.sentiment,
  };
}

/** A row of the whole form, and one of each criterion that is scored. */
function rowsOfScore(score: ScoreOfCall): Partial<Row<'scores'>>[] {
  const { by, reviewId, reviewState, scorecard, scorecardVersion, percent, passed, failed, shares } = score;
  const form = {
    ...{
      scored_by: by,
      review_id: reviewId,
      review_state: reviewState,
      scorecard,
      scorecard_version: scorecardVersion,
    },
    ...{ percent, passed, failed },
  };
  return [form, ...Object.entries(shares).map(([criterion, share]) => ({ ...form, criterion, share }))];
}
