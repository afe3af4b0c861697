import * as z from 'zod';
import { callStore } from '../calls/calls.ts';
import { clients } from '../platform/clients.ts';
import { systemClock } from '../platform/clock.ts';
import { json, parseEnvironment } from '../platform/environment.ts';
import { logger } from '../platform/logger.ts';
import { queueHandler } from '../platform/queue.ts';
import { sendAll } from '../platform/send-all.ts';
import { customerHolds, type EraseCallMessage, erasureArrivals, type HoldMessage } from '../retention/retention.ts';
import { tagCallNeeds, taggingChoices, taggingEnvironment } from '../tagging/tagging.ts';
import { gate, jobEnvironment, jobSettings, jobStarter } from '../transcription/transcription.ts';
import { manifestStore } from './manifest-store.ts';
import { reconcileCall } from './reconcile-call.ts';
import { recordingStore } from './recording-store.ts';
import { SourceConfig } from './sources.ts';

const environment = parseEnvironment({
  ...taggingEnvironment,
  ...jobEnvironment,
  HOLDS_QUEUE_URL: z.url(),
  ERASURE_QUEUE_URL: z.url(),
  VERBATIM_CONFIG: json(z.object({ ...taggingChoices, sources: z.array(SourceConfig) })),
});

const { sources, retention } = environment.VERBATIM_CONFIG;
const needs = {
  receiving: {
    calls: callStore(clients.dynamodb(), environment.TABLE_NAME),
    recordings: recordingStore(clients.s3()),
    clock: systemClock,
    sources,
    retention,
    manifests: manifestStore(clients.dynamodb(), environment.TABLE_NAME),
    holds: customerHolds(clients.dynamodb(), environment.TABLE_NAME),
    sendHolds: (messages: readonly HoldMessage[]) => sendAll(clients.sqs(), environment.HOLDS_QUEUE_URL, messages),
    erasures: erasureArrivals(clients.dynamodb(), environment.TABLE_NAME),
    sendErasures: (messages: readonly EraseCallMessage[]) =>
      sendAll(clients.sqs(), environment.ERASURE_QUEUE_URL, messages),
    jobs: jobStarter(clients.transcribe(), jobSettings(environment)),
    gate: gate(clients.dynamodb(), environment.TABLE_NAME),
  },
  tagging: tagCallNeeds(environment, environment.VERBATIM_CONFIG),
};

const Overdue = z.object({ callId: z.string(), asOf: z.iso.datetime() });

export const handler = queueHandler(Overdue, async ({ callId, asOf }) => {
  logger.info('overdue call reconciled', { ...(await reconcileCall(callId, asOf, needs)) });
});
