import * as z from 'zod';
import { Sentiment, type Transcript, type Word } from './transcript.ts';

/**
 * The parts that we read of what a post-call Call Analytics job writes.
 * Source: Amazon Transcribe Developer Guide, "Post-call analytics output".
 */
export const CallAnalyticsOutput = z.object({
  LanguageCode: z.string().optional(),
  Transcript: z.array(
    z.object({
      ParticipantRole: z.string(),
      BeginOffsetMillis: z.number().int().nonnegative(),
      EndOffsetMillis: z.number().int().nonnegative(),
      Content: z.string(),
      Sentiment: Sentiment.optional(),
      Items: z
        .array(
          z.object({
            Type: z.enum(['pronunciation', 'punctuation']),
            Content: z.string(),
            Confidence: z.coerce.number().optional(),
            BeginOffsetMillis: z.number().int().nonnegative().optional(),
            EndOffsetMillis: z.number().int().nonnegative().optional(),
          }),
        )
        .default([]),
    }),
  ),
  ConversationCharacteristics: z
    .object({ TotalConversationDurationMillis: z.number().int().nonnegative().optional() })
    .default({}),
});

/** The transcript in a Call Analytics output; its speakers are the participants' roles. */
export function readCallAnalytics(output: z.infer<typeof CallAnalyticsOutput>): Transcript {
  const turns = output.Transcript.map((turn) => {
    const words: Word[] = [];
    for (const item of turn.Items) {
      const last = words.at(-1);
      if (item.Type === 'punctuation') {
        if (last) last.text += item.Content;
        continue;
      }
      const startMs = item.BeginOffsetMillis ?? last?.endMs ?? turn.BeginOffsetMillis;
      words.push({
        text: item.Content,
        startMs,
        endMs: item.EndOffsetMillis ?? startMs,
        confidence: item.Confidence ?? 0,
      });
    }
    return {
      speaker: turn.ParticipantRole,
      startMs: turn.BeginOffsetMillis,
      endMs: turn.EndOffsetMillis,
      text: turn.Content,
      sentiment: turn.Sentiment,
      words,
    };
  }).toSorted((a, b) => a.startMs - b.startMs);
  return {
    language: output.LanguageCode,
    durationMs:
      output.ConversationCharacteristics.TotalConversationDurationMillis ??
      Math.max(0, ...turns.map((turn) => turn.endMs)),
    turns,
  };
}
