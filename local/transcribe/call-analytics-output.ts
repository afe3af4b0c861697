import { randomUUID } from 'node:crypto';
import type { Recognition } from './recogniser.ts';
import { noRedaction, type Redaction, shown } from './redaction.ts';
import { sentimentLabel, sentimentScore } from './sentiment.ts';
import { type Turn, textOf, turnsOf } from './turns.ts';

/** Who speaks on a channel of a call. */
export type Role = 'AGENT' | 'CUSTOMER';

/** What a Call Analytics document is made of. */
export interface CallAnalyticsInput {
  jobName: string;
  accountId: string;
  languageCode: string;
  /** The role on channel 0 and on channel 1. */
  roles: readonly [Role, Role];
  /** Must have two channels. */
  recognition: Recognition;
  /** What is redacted; the document is raw without it. */
  redaction?: Redaction | undefined;
  /** Names each turn. @default a random UUID, as Transcribe gives */
  turnId?: () => string;
}

interface AnalysedTurn extends Turn {
  role: Role;
  /** From -1 to 1. */
  sentiment: number;
}

/**
 * Speaking into the other's turn for less than this is a backchannel ("mhm"), not an interruption. Transcribe does not
 * document its own rule; it finds more, as its turns follow sentences, which the local recogniser does not give.
 */
const interruptionMs = 1000;

/** Silence of both sides longer than this is non-talk time. Transcribe does not document its own limit; this fits its real outputs. */
const nonTalkMs = 3000;

/**
 * The document that a Call Analytics job writes.
 * Sentiment is by the VADER lexicon, scaled to Transcribe's -5 to 5; a quarter in which someone is silent scores 0.
 * Loudness is one score for each second the turn touches: 100 at digital full scale, less 1 for each dB below it, null
 * where the second is silent. Somebody who says nothing is a participant, but has no sentiment, speed or talk time.
 * What is redacted is shown as in Transcribe's own redacted documents, which, unlike those of standard jobs, tell no types.
 * @see https://docs.aws.amazon.com/transcribe/latest/dg/tca-output-batch.html
 */
export function callAnalyticsOutput(input: CallAnalyticsInput) {
  const { recognition, roles, redaction, turnId = randomUUID } = input;
  const turns = turnsOf(recognition.channels.map((channel) => channel.words)).map((turn): AnalysedTurn => {
    return { ...turn, role: turn.channel === 0 ? roles[0] : roles[1], sentiment: sentimentScore(textOf(turn)) };
  });
  return {
    JobStatus: 'COMPLETED',
    LanguageCode: input.languageCode,
    Transcript: turns.map((turn) => ({
      LoudnessScores: loudnessScores(turn, recognition.channels[turn.channel]?.loudness ?? []),
      ...content(turn, redaction ?? noRedaction),
      Id: turnId(),
      BeginOffsetMillis: turn.startMs,
      EndOffsetMillis: turn.endMs,
      Sentiment: sentimentLabel(turn.sentiment),
      ParticipantRole: turn.role,
    })),
    AccountId: input.accountId,
    Categories: { MatchedDetails: {}, MatchedCategories: [] },
    Channel: 'VOICE',
    JobName: input.jobName,
    Participants: roles.map((role) => ({ ParticipantRole: role })),
    ConversationCharacteristics: characteristics(turns),
    ContentMetadata: redaction ? { Output: 'Redacted', RedactionTypes: ['PII'] } : { Output: 'Raw' },
  };
}

function content(turn: Turn, redaction: Redaction) {
  const items = shown(turn.words, redaction);
  const redacted = items.filter((item) => item.redacted !== undefined);
  const times = ({ startMs, endMs }: { startMs: number; endMs: number }) => ({
    BeginOffsetMillis: startMs,
    EndOffsetMillis: endMs,
  });
  return {
    Content: items.map((item) => item.text).join(' '),
    ...(redacted.length > 0 && { Redaction: { RedactedTimestamps: redacted.map(times) } }),
    Items: items.map((item) => ({
      Type: 'pronunciation',
      ...(item.redacted === undefined
        ? { Confidence: item.confidence, Content: item.text }
        : { Content: item.text, Redaction: [{ Confidence: item.confidence }] }),
      ...times(item),
    })),
  };
}

function loudnessScores(turn: Turn, loudnessDb: readonly (number | null)[]): (number | null)[] {
  const firstSecond = Math.floor(turn.startMs / 1000);
  const lastSecond = Math.floor(turn.endMs / 1000);
  return Array.from({ length: lastSecond - firstSecond + 1 }, (_, index) => {
    const db = loudnessDb[firstSecond + index] ?? null;
    return db === null ? null : round(Math.min(100, Math.max(0, 100 + db)), 2);
  });
}

function characteristics(turns: readonly AnalysedTurn[]) {
  const byRole = Map.groupBy(turns, (turn) => turn.role);
  const forEachRole = <T>(measure: (turns: AnalysedTurn[]) => T): Partial<Record<Role, T>> =>
    Object.fromEntries([...byRole].map(([role, own]) => [role, measure(own)]));
  const nonTalk = nonTalkTimes(turns);
  const interruptions = turns.flatMap((turn) => interruptionBy(turn, turns));
  return {
    NonTalkTime: { Instances: nonTalk, TotalTimeMillis: sum(nonTalk.map((instance) => instance.DurationMillis)) },
    Interruptions: {
      TotalCount: interruptions.length,
      TotalTimeMillis: sum(interruptions.map(({ instance }) => instance.DurationMillis)),
      InterruptionsByInterrupter: Object.fromEntries(
        [...Map.groupBy(interruptions, ({ by }) => by)].map(([by, own]) => [by, own.map(({ instance }) => instance)]),
      ),
    },
    TotalConversationDurationMillis: endOf(turns),
    Sentiment: {
      OverallSentiment: forEachRole(meanSentiment),
      SentimentByPeriod: { QUARTER: forEachRole(sentimentByQuarter) },
    },
    TalkSpeed: {
      DetailsByParticipant: forEachRole((own) => ({
        AverageWordsPerMinute: Math.round(sum(own.map((turn) => turn.words.length)) / (talkMs(own) / 60_000)),
      })),
    },
    TalkTime: {
      DetailsByParticipant: forEachRole((own) => ({ TotalTimeMillis: talkMs(own) })),
      TotalTimeMillis: talkMs(turns),
    },
  };
}

function interruptionBy(turn: AnalysedTurn, turns: readonly AnalysedTurn[]) {
  const interrupted = turns.find(
    (other) =>
      other.channel !== turn.channel &&
      other.startMs < turn.startMs &&
      Math.min(other.endMs, turn.endMs) - turn.startMs >= interruptionMs,
  );
  if (interrupted === undefined) return [];
  return [{ by: turn.role, instance: span(turn.startMs, Math.min(interrupted.endMs, turn.endMs)) }];
}

function nonTalkTimes(turns: readonly Turn[]) {
  let heardToMs = turns[0]?.startMs ?? 0;
  return turns.flatMap((turn) => {
    const silence = span(heardToMs, turn.startMs);
    heardToMs = Math.max(heardToMs, turn.endMs);
    return silence.DurationMillis > nonTalkMs ? [silence] : [];
  });
}

function sentimentByQuarter(own: readonly AnalysedTurn[]) {
  const endMs = endOf(own);
  return [0, 1, 2, 3].map((quarter) => {
    const fromMs = Math.floor((endMs * quarter) / 4);
    const toMs = Math.floor((endMs * (quarter + 1)) / 4);
    const turns = own.filter((turn) => turn.startMs >= fromMs && turn.startMs < toMs);
    return { Score: meanSentiment(turns), BeginOffsetMillis: fromMs, EndOffsetMillis: toMs };
  });
}

function meanSentiment(turns: readonly AnalysedTurn[]): number {
  return turns.length === 0 ? 0 : round((5 * sum(turns.map((turn) => turn.sentiment))) / turns.length, 1);
}

const span = (fromMs: number, toMs: number) => ({
  BeginOffsetMillis: fromMs,
  DurationMillis: toMs - fromMs,
  EndOffsetMillis: toMs,
});
const talkMs = (turns: readonly Turn[]) => sum(turns.map((turn) => turn.endMs - turn.startMs));
const endOf = (turns: readonly Turn[]) => Math.max(0, ...turns.map((turn) => turn.endMs));
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const round = (value: number, digits: number) => Number(value.toFixed(digits));
