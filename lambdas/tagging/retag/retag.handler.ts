import * as z from 'zod';
import { type Call, callStore } from '../../calls/calls.ts';
import { clients } from '../../platform/clients.ts';
import { systemClock } from '../../platform/clock.ts';
import { json, parseEnvironment } from '../../platform/environment.ts';
import { logger } from '../../platform/logger.ts';
import { objectVersions } from '../../platform/object-versions.ts';
import { queueHandler } from '../../platform/queue.ts';
import { sendAll } from '../../platform/send-all.ts';
import { recordingCopies, recordingStore, SourceConfig } from '../../recordings/recordings.ts';
import { RetentionConfig, tagCopies } from '../../retention/retention.ts';
import { transcriptionCopies, transcriptStore } from '../../transcription/transcription.ts';
import { RetagMessage } from './retag.ts';
import { retagCall } from './retag-call.ts';
import { retagPage } from './retag-page.ts';
import { rulebookStore } from './retag-rulebooks.ts';
import { retagStore } from './retag-store.ts';
import { taggers } from './retag-taggers.ts';

const environment = parseEnvironment({
  TABLE_NAME: z.string().min(1),
  TRANSCRIPTS_BUCKET: z.string().min(1),
  JOB_NAME_PREFIX: z.string().min(1),
  RETAG_QUEUE_URL: z.url(),
  VERBATIM_CONFIG: json(z.object({ retention: RetentionConfig, sources: z.array(SourceConfig) })),
});

const { retention, sources } = environment.VERBATIM_CONFIG;
const versions = objectVersions(clients.s3());
const copies = [
  ...recordingCopies({ versions, dynamodb: clients.dynamodb(), tableName: environment.TABLE_NAME, sources }),
  ...transcriptionCopies({
    versions,
    transcribe: clients.transcribe(),
    transcriptsBucket: environment.TRANSCRIPTS_BUCKET,
    jobNamePrefix: environment.JOB_NAME_PREFIX,
  }),
];

const rulebooks = rulebookStore(clients.s3(), environment.TRANSCRIPTS_BUCKET);
const needs = {
  retags: retagStore(clients.dynamodb(), environment.TABLE_NAME),
  calls: callStore(clients.dynamodb(), environment.TABLE_NAME),
  transcripts: transcriptStore(clients.s3(), environment.TRANSCRIPTS_BUCKET),
  recordings: recordingStore(clients.s3()),
  tagCopies: (call: Call, tags: Readonly<Record<string, string>>) => tagCopies(copies, call, tags),
  ...{ retention, sources },
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
