import * as z from 'zod';
import { callStore } from '../calls/calls.ts';
import { clients } from '../platform/clients.ts';
import { systemClock } from '../platform/clock.ts';
import { json, parseEnvironment } from '../platform/environment.ts';
import { logger } from '../platform/logger.ts';
import { queueHandler } from '../platform/queue.ts';
import { RetentionConfig } from '../retention/retention.ts';
import { tagCallNeeds, taggingChoices, taggingEnvironment } from '../tagging/tagging.ts';
import { gate, jobEnvironment, jobSettings, jobStarter } from '../transcription/transcription.ts';
import { manifestStore } from './manifest-store.ts';
import { reconcileCall } from './reconcile-call.ts';
import { recordingStore } from './recording-store.ts';
import { SourceConfig } from './sources.ts';

const environment = parseEnvironment({
  ...taggingEnvironment,
  ...jobEnvironment,
  VERBATIM_CONFIG: json(z.object({ sources: z.array(SourceConfig), retention: RetentionConfig, ...taggingChoices })),
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
    jobs: jobStarter(clients.transcribe(), jobSettings(environment)),
    gate: gate(clients.dynamodb(), environment.TABLE_NAME),
  },
  tagging: tagCallNeeds(environment, environment.VERBATIM_CONFIG),
};

const Overdue = z.object({ callId: z.string(), asOf: z.iso.datetime() });

export const handler = queueHandler(Overdue, async ({ callId, asOf }) => {
  logger.info('overdue call reconciled', { ...(await reconcileCall(callId, asOf, needs)) });
});
