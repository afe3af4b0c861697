import * as z from 'zod';
import { callStore } from '../calls/calls.ts';
import { clients } from '../platform/clients.ts';
import { systemClock } from '../platform/clock.ts';
import { json, parseEnvironment } from '../platform/environment.ts';
import { logger } from '../platform/logger.ts';
import { queueHandler } from '../platform/queue.ts';
import { RetentionConfig } from '../retention/retention.ts';
import { gate, jobEnvironment, jobSettings, jobStarter } from '../transcription/transcription.ts';
import { receiveRecording } from './receive-recording.ts';
import { recordingStore } from './recording-store.ts';
import { SourceConfig } from './sources.ts';

const environment = parseEnvironment({
  TABLE_NAME: z.string().min(1),
  ...jobEnvironment,
  VERBATIM_CONFIG: json(z.object({ sources: z.array(SourceConfig), retention: RetentionConfig })),
});

/** An `Object Created` event, as S3 sends it to EventBridge: the key is not URL-encoded. */
const ObjectCreated = z.object({
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({ key: z.string(), 'version-id': z.string().optional() }),
  }),
});

const needs = {
  ...environment.VERBATIM_CONFIG,
  calls: callStore(clients.dynamodb(), environment.TABLE_NAME),
  recordings: recordingStore(clients.s3()),
  jobs: jobStarter(clients.transcribe(), jobSettings(environment)),
  gate: gate(clients.dynamodb(), environment.TABLE_NAME),
  clock: systemClock,
};

export const handler = queueHandler(ObjectCreated, async ({ detail: { bucket, object } }) => {
  // An event that does not tell the version means the current one.
  const versionId = object['version-id'] ?? (await needs.recordings.currentVersion(bucket.name, object.key));
  if (versionId === undefined) return logger.warn('the object of an event is gone');
  const recording = { bucket: bucket.name, key: object.key, versionId };
  logger.info('recording received', { ...(await receiveRecording(recording, needs)) });
});
