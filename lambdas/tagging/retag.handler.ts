import * as z from 'zod';
import { callStore } from '../calls/calls.ts';
import { clients } from '../platform/clients.ts';
import { systemClock } from '../platform/clock.ts';
import { parseEnvironment } from '../platform/environment.ts';
import { logger } from '../platform/logger.ts';
import { queueHandler } from '../platform/queue.ts';
import { sendAll } from '../platform/send-all.ts';
import { recordingStore } from '../recordings/recordings.ts';
import { transcriptStore } from '../transcription/transcription.ts';
import { RetagMessage } from './retag.ts';
import { retagCall } from './retag-call.ts';
import { retagPage } from './retag-page.ts';
import { rulebookStore } from './retag-rulebooks.ts';
import { retagStore } from './retag-store.ts';
import { taggers } from './retag-taggers.ts';

const environment = parseEnvironment({
  TABLE_NAME: z.string().min(1),
  TRANSCRIPTS_BUCKET: z.string().min(1),
  RETAG_QUEUE_URL: z.url(),
});

const rulebooks = rulebookStore(clients.s3(), environment.TRANSCRIPTS_BUCKET);
const needs = {
  retags: retagStore(clients.dynamodb(), environment.TABLE_NAME),
  calls: callStore(clients.dynamodb(), environment.TABLE_NAME),
  transcripts: transcriptStore(clients.s3(), environment.TRANSCRIPTS_BUCKET),
  recordings: recordingStore(clients.s3()),
  taggerOf: taggers((sha256) => rulebooks.get(sha256)),
  send: (messages: readonly RetagMessage[]) => sendAll(clients.sqs(), environment.RETAG_QUEUE_URL, messages),
  clock: systemClock,
};

export const handler = queueHandler(RetagMessage, async (message) => {
  const { retagId, chain, page } = message;
  if (message.kind === 'page') {
    logger.info('page of a retag', { retagId, chain, page, calls: await retagPage(message, needs) });
  } else {
    logger.info('call of a retag', { retagId, callId: message.callId, outcome: await retagCall(message, needs) });
  }
});
