import * as z from 'zod';
import { callStore, type Recording } from '../calls/calls.ts';
import { clients } from '../platform/clients.ts';
import { DAY_MS, MINUTE_MS, plusMs } from '../platform/clock.ts';
import { json, parseEnvironment } from '../platform/environment.ts';
import { logger } from '../platform/logger.ts';
import { queueHandler } from '../platform/queue.ts';
import { sendAll } from '../platform/send-all.ts';
import type { ManifestMessage } from '../retention/retention.ts';
import { findMissed, type Stretch } from './find-missed.ts';
import { kindOfKey } from './objects.ts';
import { createdMessage } from './recording.ts';
import { recordingStore } from './recording-store.ts';
import { SourceConfig } from './sources.ts';

const environment = parseEnvironment({
  TABLE_NAME: z.string().min(1),
  RECORDINGS_BUCKET: z.string().min(1),
  RECEIVE_QUEUE_URL: z.url(),
  FIND_MISSED_QUEUE_URL: z.url(),
  EXPIRY_QUEUE_URL: z.url(),
  VERBATIM_CONFIG: json(z.object({ sources: z.array(SourceConfig) })),
});

const needs = {
  bucket: environment.RECORDINGS_BUCKET,
  recordings: recordingStore(clients.s3()),
  calls: callStore(clients.dynamodb(), environment.TABLE_NAME),
  receive: (recordings: Parameters<typeof createdMessage>[0][]) =>
    sendAll(clients.sqs(), environment.RECEIVE_QUEUE_URL, recordings.map(createdMessage)),
  kindOf: (key: string) => kindOfKey(key, environment.VERBATIM_CONFIG.sources),
  expireManifests: (manifests: Recording[]) =>
    sendAll(
      clients.sqs(),
      environment.EXPIRY_QUEUE_URL,
      manifests.map((manifest): ManifestMessage => ({ kind: 'manifest', ...manifest })),
    ),
  lookThrough: (stretches: Stretch[]) => sendAll(clients.sqs(), environment.FIND_MISSED_QUEUE_URL, stretches),
};

/** An event that is younger may still come by itself. */
const GRACE_MS = 15 * MINUTE_MS;

/** A recording is looked for so long after its upload: longer than a fault of the daily look goes unseen. */
const LOOK_BACK_MS = 8 * DAY_MS;

const Time = z.iso.datetime().transform((time) => new Date(time).toISOString());

/** A scheduled event begins at the root of the bucket; a stretch goes on from there. */
const Message = z.union([
  z.object({
    prefix: z.string(),
    keyMarker: z.string().optional(),
    versionIdMarker: z.string().optional(),
    from: Time,
    to: Time,
  }),
  z
    .object({ time: Time })
    .transform(({ time }): Stretch => ({ prefix: '', from: plusMs(time, -LOOK_BACK_MS), to: plusMs(time, -GRACE_MS) })),
]);

export const handler = queueHandler(Message, async (stretch) => {
  const missed = await findMissed(stretch, needs);
  if (missed > 0) logger.warn('recordings whose event never came', { missed });
});
