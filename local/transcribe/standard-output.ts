import type { Recognition, Word } from './recogniser.ts';
import { type Turn, textOf, turnsOf } from './turns.ts';

/** What the document of a standard job is made of. */
export interface StandardInput {
  jobName: string;
  accountId: string;
  recognition: Recognition;
  /** Whether the channels are told apart; if not, their words are merged by time. */
  channelIdentification: boolean;
}

/**
 * The document that a standard job writes: times in seconds and confidences as text, numbered items, and audio segments
 * that refer to the items by number.
 * @see https://docs.aws.amazon.com/transcribe/latest/dg/channel-id-output-batch.html
 */
export function standardOutput({ jobName, accountId, recognition, channelIdentification }: StandardInput) {
  const channels = recognition.channels.map((channel) => channel.words);
  const turns = turnsOf(channelIdentification ? channels : [byTime(channels.flat())]);
  const label = (channel: number) => (channelIdentification ? { channel_label: `ch_${channel}` } : {});

  const spoken = turns
    .flatMap((turn) => turn.words.map((word) => ({ turn, word })))
    .sort((a, b) => a.word.startMs - b.word.startMs);
  const items = spoken.map(({ turn, word }, id) => ({
    id,
    ...label(turn.channel),
    start_time: seconds(word.startMs),
    end_time: seconds(word.endMs),
    alternatives: [{ confidence: decimal(word.confidence), content: word.text }],
    type: 'pronunciation',
  }));
  const idsByTurn = new Map<Turn, number[]>(turns.map((turn) => [turn, []]));
  for (const [id, { turn }] of spoken.entries()) idsByTurn.get(turn)?.push(id);

  return {
    jobName,
    accountId,
    results: {
      transcripts: [{ transcript: spoken.map(({ word }) => word.text).join(' ') }],
      ...(channelIdentification && {
        channel_labels: {
          channels: channels.map((_, channel) => ({
            ...label(channel),
            items: items.filter((_, id) => spoken[id]?.turn.channel === channel),
          })),
          number_of_channels: channels.length,
        },
      }),
      items,
      audio_segments: turns.map((turn, id) => ({
        id,
        ...label(turn.channel),
        transcript: textOf(turn),
        start_time: seconds(turn.startMs),
        end_time: seconds(turn.endMs),
        items: idsByTurn.get(turn) ?? [],
      })),
    },
    status: 'COMPLETED',
  };
}

function byTime(words: readonly Word[]): Word[] {
  return words.toSorted((a, b) => a.startMs - b.startMs);
}

const seconds = (ms: number) => decimal(ms / 1000);

/** Transcribe writes whole numbers with one decimal: `1.0`. */
function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
