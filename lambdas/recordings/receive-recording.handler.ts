import * as z from 'zod';
import type { Recording } from '../calls/calls.ts';
import { clients } from '../platform/clients.ts';
import { json, parseEnvironment } from '../platform/environment.ts';
import { logger } from '../platform/logger.ts';
import { queueHandler } from '../platform/queue.ts';
import { sendAll } from '../platform/send-all.ts';
import { type DescribedObject, metadataArrived } from './metadata-arrived.ts';
import { receiveObject } from './receive-object.ts';
import { receivingChoices, receivingEnvironment, receivingNeeds } from './receiving-needs.ts';
import { createdMessage } from './recording.ts';

const environment = parseEnvironment({
  ...receivingEnvironment,
  RECEIVE_QUEUE_URL: z.url(),
  VERBATIM_CONFIG: json(z.object(receivingChoices)),
});

const send = (bodies: unknown[], delaySeconds?: number) =>
  sendAll(clients.sqs(), environment.RECEIVE_QUEUE_URL, bodies, delaySeconds);

/** A look at a recording whose metadata has arrived. */
const metadataMessage = ({ bucket, key }: DescribedObject) => ({ metadataArrived: { bucket, key } });

/** A recording that is being received is looked at again after so long. */
const LATER_SECONDS = 20;

const needs = {
  ...receivingNeeds(environment, environment.VERBATIM_CONFIG),
  lookAt: (described: DescribedObject[]) => send(described.map(metadataMessage)),
  lookAgainLater: (described: DescribedObject) => send([metadataMessage(described)], LATER_SECONDS),
  receiveAgain: (recording: Recording) => send([createdMessage(recording)]),
};

/** An `Object Created` event, as S3 sends it to EventBridge (the key is not URL-encoded), or a message of our own. */
const Message = z.union([
  z.object({ metadataArrived: z.object({ bucket: z.string(), key: z.string() }) }),
  z.object({
    detail: z.object({
      bucket: z.object({ name: z.string() }),
      object: z.object({ key: z.string(), 'version-id': z.string().optional() }),
    }),
  }),
]);

export const handler = queueHandler(Message, async (message) => {
  if ('metadataArrived' in message) {
    logger.info('metadata arrived', { outcome: await metadataArrived(message.metadataArrived, needs) });
    return;
  }
  const { bucket, object } = message.detail;
  // An event that does not tell the version means the current one.
  const versionId = object['version-id'] ?? (await needs.recordings.currentVersion(bucket.name, object.key));
  if (versionId === undefined) return logger.warn('the object of an event is gone');
  logger.info('object received', {
    ...(await receiveObject({ bucket: bucket.name, key: object.key, versionId }, needs)),
  });
});
