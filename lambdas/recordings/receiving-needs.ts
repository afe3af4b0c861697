import * as z from 'zod';
import { callStore } from '../calls/calls.ts';
import { clients } from '../platform/clients.ts';
import { systemClock } from '../platform/clock.ts';
import { sendAll } from '../platform/send-all.ts';
import { customerHolds, erasureArrivals, RetentionConfig } from '../retention/retention.ts';
import { gate, jobEnvironment, jobSettings, jobStarter } from '../transcription/transcription.ts';
import { manifestStore } from './manifest-store.ts';
import type { ReceiveRecordingNeeds } from './receive-recording.ts';
import { recordingStore } from './recording-store.ts';
import { SourceConfig } from './sources.ts';

/** The environment variables of a function that receives recordings. */
export const receivingEnvironment = {
  TABLE_NAME: z.string().min(1),
  ...jobEnvironment,
  HOLDS_QUEUE_URL: z.url(),
  ERASURE_QUEUE_URL: z.url(),
};

/** The parts of the config that receiving a recording goes by. */
export const receivingChoices = { sources: z.array(SourceConfig), retention: RetentionConfig };

/** What receiving a recording needs, of a function's environment and config. */
export function receivingNeeds(
  environment: z.infer<z.ZodObject<typeof receivingEnvironment>>,
  { sources, retention }: z.infer<z.ZodObject<typeof receivingChoices>>,
): ReceiveRecordingNeeds {
  const { TABLE_NAME, HOLDS_QUEUE_URL, ERASURE_QUEUE_URL } = environment;
  const dynamodb = clients.dynamodb();
  return {
    ...{ sources, retention },
    calls: callStore(dynamodb, TABLE_NAME),
    recordings: recordingStore(clients.s3()),
    manifests: manifestStore(dynamodb, TABLE_NAME),
    holds: customerHolds(dynamodb, TABLE_NAME),
    sendHolds: (messages) => sendAll(clients.sqs(), HOLDS_QUEUE_URL, messages),
    erasures: erasureArrivals(dynamodb, TABLE_NAME),
    sendErasures: (messages) => sendAll(clients.sqs(), ERASURE_QUEUE_URL, messages),
    jobs: jobStarter(clients.transcribe(), jobSettings(environment)),
    gate: gate(dynamodb, TABLE_NAME),
    clock: systemClock,
  };
}
