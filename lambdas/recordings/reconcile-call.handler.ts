import * as z from 'zod';
import { callStore } from '../calls/calls.ts';
import { clients } from '../platform/clients.ts';
import { systemClock } from '../platform/clock.ts';
import { json, parseEnvironment } from '../platform/environment.ts';
import { logger } from '../platform/logger.ts';
import { queueHandler } from '../platform/queue.ts';
import { RetentionConfig } from '../retention/retention.ts';
import { Rulebook } from '../tagging/tagging.ts';
import {
  gate,
  jobEnvironment,
  jobOutcomes,
  jobSettings,
  jobStarter,
  transcriptStore,
} from '../transcription/transcription.ts';
import { manifestStore } from './manifest-store.ts';
import { reconcileCall } from './reconcile-call.ts';
import { recordingStore } from './recording-store.ts';
import { SourceConfig } from './sources.ts';

const environment = parseEnvironment({
  TABLE_NAME: z.string().min(1),
  ...jobEnvironment,
  VERBATIM_CONFIG: json(
    z.object({
      sources: z.array(SourceConfig),
      retention: RetentionConfig,
      tagging: z.object({ rulebook: Rulebook }),
    }),
  ),
});

const { sources, retention, tagging } = environment.VERBATIM_CONFIG;
const common = {
  calls: callStore(clients.dynamodb(), environment.TABLE_NAME),
  recordings: recordingStore(clients.s3()),
  clock: systemClock,
};
const needs = {
  receiving: {
    ...common,
    sources,
    retention,
    manifests: manifestStore(clients.dynamodb(), environment.TABLE_NAME),
    jobs: jobStarter(clients.transcribe(), jobSettings(environment)),
    gate: gate(clients.dynamodb(), environment.TABLE_NAME),
  },
  tagging: {
    ...common,
    rulebook: tagging.rulebook,
    jobNamePrefix: environment.JOB_NAME_PREFIX,
    transcripts: transcriptStore(clients.s3(), environment.TRANSCRIPTS_BUCKET),
    jobs: jobOutcomes(clients.transcribe()),
  },
};

const Overdue = z.object({ callId: z.string(), asOf: z.iso.datetime() });

export const handler = queueHandler(Overdue, async ({ callId, asOf }) => {
  logger.info('overdue call reconciled', { ...(await reconcileCall(callId, asOf, needs)) });
});
