import type { Speakers } from './diarisation.ts';
import type { Recognition, Word } from './recogniser.ts';
import { noRedaction, type Redaction, type Shown, shown } from './redaction.ts';
import { type Turn, turnsOf } from './turns.ts';

/** What the document of a standard job is made of. */
export interface StandardInput {
  jobName: string;
  accountId: string;
  recognition: Recognition;
  /** Whether the channels are told apart; if not, their words are merged by time. */
  channelIdentification: boolean;
  /** Who said each word, where speakers are told apart; never with `channelIdentification`. */
  speakers?: Speakers | undefined;
  /** What is redacted; nothing without it. */
  redaction?: Redaction | undefined;
  /** What the document says of itself, in a job that redacts; it says nothing in others. */
  isRedacted?: boolean | undefined;
}

/**
 * The document that a standard job writes: times in seconds and confidences as text, numbered items, and audio segments
 * that refer to the items by number.
 * @see https://docs.aws.amazon.com/transcribe/latest/dg/channel-id-output-batch.html
 * @see https://docs.aws.amazon.com/transcribe/latest/dg/diarization-output-batch.html
 * @see https://docs.aws.amazon.com/transcribe/latest/dg/pii-redaction-output.html
 */
export function standardOutput(input: StandardInput) {
  const { recognition, channelIdentification, speakers, redaction = noRedaction, isRedacted } = input;
  const channels = recognition.channels.map((channel) => channel.words);
  const turns = turnsOf(voices(channels, channelIdentification, speakers));
  const label = ({ channel }: Pick<Turn, 'channel'>) => ({
    ...(channelIdentification && { channel_label: `ch_${channel}` }),
    ...(speakers && { speaker_label: `spk_${channel}` }),
  });

  const spoken = turns
    .flatMap((turn) => shown(turn.words, redaction).map((word) => ({ turn, word })))
    .sort((a, b) => a.word.startMs - b.word.startMs);
  const items = spoken.map(({ turn, word }, id) => ({
    id,
    ...label(turn),
    ...times(word),
    alternatives: [alternative(word)],
    type: 'pronunciation',
  }));
  const idsByTurn = new Map<Turn, number[]>(turns.map((turn) => [turn, []]));
  for (const [id, { turn }] of spoken.entries()) idsByTurn.get(turn)?.push(id);
  const idsOf = (turn: Turn) => idsByTurn.get(turn) ?? [];
  const textOf = (ids: readonly number[]) => ids.map((id) => spoken[id]?.word.text).join(' ');

  return {
    jobName: input.jobName,
    accountId: input.accountId,
    ...(isRedacted !== undefined && { isRedacted }),
    results: {
      transcripts: [{ transcript: textOf([...items.keys()]) }],
      ...(channelIdentification && {
        channel_labels: {
          channels: channels.map((_, channel) => ({
            channel_label: `ch_${channel}`,
            items: items.filter((_, id) => spoken[id]?.turn.channel === channel),
          })),
          number_of_channels: channels.length,
        },
      }),
      ...(speakers && {
        speaker_labels: {
          channel_label: 'ch_0',
          speakers: new Set(turns.map((turn) => turn.channel)).size,
          segments: turns.map((turn) => ({
            ...times(turn),
            ...label(turn),
            items: idsOf(turn).flatMap((id) => {
              const word = spoken[id]?.word;
              return word === undefined ? [] : [{ ...times(word), ...label(turn) }];
            }),
          })),
        },
      }),
      items,
      audio_segments: turns.map((turn, id) => ({
        id,
        ...label(turn),
        transcript: textOf(idsOf(turn)),
        ...times(turn),
        items: idsOf(turn),
      })),
    },
    status: 'COMPLETED',
  };
}

/** The words of each voice that is told apart, in order of time. */
function voices(
  channels: readonly (readonly Word[])[],
  channelIdentification: boolean,
  speakers: Speakers | undefined,
): readonly (readonly Word[])[] {
  if (channelIdentification) return channels;
  const words = channels.flat().sort((a, b) => a.startMs - b.startMs);
  if (speakers === undefined) return [words];
  const speakerOf = (word: Word) => speakers.get(word) ?? 0;
  const count = Math.max(0, ...words.map(speakerOf)) + 1;
  return Array.from({ length: count }, (_, speaker) => words.filter((word) => speakerOf(word) === speaker));
}

function alternative({ text, confidence, redacted }: Shown) {
  return redacted === undefined
    ? { confidence: decimal(confidence), content: text }
    : { content: text, redactions: [{ confidence: decimal(confidence), type: redacted, category: 'PII' }] };
}

const times = ({ startMs, endMs }: { startMs: number; endMs: number }) => ({
  start_time: seconds(startMs),
  end_time: seconds(endMs),
});

const seconds = (ms: number) => decimal(ms / 1000);

/** Transcribe writes whole numbers with one decimal: `1.0`. */
function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
