import * as z from 'zod';
import { callStore } from '../calls/calls.ts';
import { clients } from '../platform/clients.ts';
import { parseEnvironment } from '../platform/environment.ts';
import { logger } from '../platform/logger.ts';
import { queueHandler } from '../platform/queue.ts';
import { redactAudio } from './redact-audio.ts';
import { redactedAudioStore } from './redacted-audio-store.ts';
import { transcriptStore } from './transcript-store.ts';

const environment = parseEnvironment({ TABLE_NAME: z.string().min(1), TRANSCRIPTS_BUCKET: z.string().min(1) });

const CallTagged = z.object({ detail: z.object({ callId: z.string() }) }).transform((event) => event.detail.callId);

const needs = {
  calls: callStore(clients.dynamodb(), environment.TABLE_NAME),
  transcripts: transcriptStore(clients.s3(), environment.TRANSCRIPTS_BUCKET),
  audio: redactedAudioStore(clients.s3(), environment.TRANSCRIPTS_BUCKET),
};

export const handler = queueHandler(CallTagged, async (callId) => {
  const redacted = await redactAudio(callId, needs);
  if (redacted.outcome === 'missing') logger.warn('audio cannot be redacted', { ...redacted });
  else if (redacted.outcome !== 'not-needed') logger.info('audio redacted', { ...redacted });
});
