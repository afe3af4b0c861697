import * as z from 'zod';
import { type Transcript, type Turn, textOf, UNKNOWN_SPEAKER, type Word } from './transcript.ts';

/** Seconds as Transcribe writes them, `"12.345"`, read as whole milliseconds. */
const Seconds = z.coerce
  .number()
  .nonnegative()
  .transform((seconds) => Math.round(seconds * 1000));

const Item = z.object({
  type: z.enum(['pronunciation', 'punctuation']),
  start_time: Seconds.optional(),
  end_time: Seconds.optional(),
  speaker_label: z.string().optional(),
  channel_label: z.string().optional(),
  alternatives: z.array(z.object({ content: z.string(), confidence: z.coerce.number().optional() })).min(1),
});
type Item = z.infer<typeof Item>;

/**
 * The parts that we read of what a standard transcription job writes.
 * Source: Amazon Transcribe Developer Guide, "Data input and output".
 */
export const StandardOutput = z.object({
  results: z.object({
    language_code: z.string().optional(),
    items: z.array(Item),
    channel_labels: z
      .object({ channels: z.array(z.object({ channel_label: z.string(), items: z.array(Item) })) })
      .optional(),
    speaker_labels: z
      .object({
        segments: z.array(
          z.object({
            items: z.array(z.object({ start_time: Seconds, end_time: Seconds, speaker_label: z.string() })),
          }),
        ),
      })
      .optional(),
  }),
});
type Results = z.infer<typeof StandardOutput>['results'];

/** A longer pause ends a turn where nothing else does. */
const TURN_PAUSE_MS = 1500;

/** The transcript in a standard output: its speakers are channels, speaker labels, or unknown. */
export function readStandard({ results }: z.infer<typeof StandardOutput>): Transcript {
  const turns = streamsOf(results)
    .flatMap(turnsOf)
    .toSorted((a, b) => a.startMs - b.startMs);
  return { language: results.language_code, durationMs: Math.max(0, ...turns.map((turn) => turn.endMs)), turns };
}

type Labelled = readonly (readonly [speaker: string, item: Item])[];

/** The items of each stream in which words follow each other: one per channel, or one for all. */
function streamsOf(results: Results): Labelled[] {
  if (results.channel_labels) {
    return results.channel_labels.channels.map((channel) => channel.items.map((item) => [channel.channel_label, item]));
  }
  const speakerAt = new Map<string, string>(
    results.speaker_labels?.segments.flatMap((segment) =>
      segment.items.map((item) => [`${item.start_time}-${item.end_time}`, item.speaker_label] as const),
    ),
  );
  let speaker = UNKNOWN_SPEAKER;
  return [
    results.items.map((item) => {
      // A punctuation mark has no time: it belongs to whoever spoke before it.
      if (item.type === 'pronunciation') {
        speaker =
          item.speaker_label ??
          item.channel_label ??
          speakerAt.get(`${item.start_time}-${item.end_time}`) ??
          UNKNOWN_SPEAKER;
      }
      return [speaker, item];
    }),
  ];
}

function turnsOf(stream: Labelled): Turn[] {
  const turns: { speaker: string; words: Word[] }[] = [];
  for (const [speaker, item] of stream) {
    const turn = turns.at(-1);
    const last = turn?.words.at(-1);
    const best = item.alternatives[0];
    if (!best) continue;
    if (item.type === 'punctuation') {
      if (last) last.text += best.content;
      continue;
    }
    const startMs = item.start_time ?? last?.endMs ?? 0;
    const word = { text: best.content, startMs, endMs: item.end_time ?? startMs, confidence: best.confidence ?? 0 };
    if (turn && last && turn.speaker === speaker && startMs - last.endMs <= TURN_PAUSE_MS) turn.words.push(word);
    else turns.push({ speaker, words: [word] });
  }
  return turns.map(({ speaker, words }) => ({
    speaker,
    startMs: words[0]?.startMs ?? 0,
    endMs: words.at(-1)?.endMs ?? 0,
    text: textOf(words),
    words,
  }));
}
