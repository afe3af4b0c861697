import * as z from 'zod';
import { callStore } from '../calls/calls.ts';
import { clients } from '../platform/clients.ts';
import { systemClock } from '../platform/clock.ts';
import { json, parseEnvironment } from '../platform/environment.ts';
import { logger } from '../platform/logger.ts';
import { queueHandler } from '../platform/queue.ts';
import { recordingStore } from '../recordings/recordings.ts';
import { jobOutcomes, transcriptStore } from '../transcription/transcription.ts';
import { Rulebook } from './rulebook.ts';
import { tagCall } from './tag-call.ts';

const environment = parseEnvironment({
  TABLE_NAME: z.string().min(1),
  TRANSCRIPTS_BUCKET: z.string().min(1),
  JOB_NAME_PREFIX: z.string().min(1),
  VERBATIM_CONFIG: json(z.object({ tagging: z.object({ rulebook: Rulebook }) })),
});

/** What Transcribe tells EventBridge when a job of either kind is over. */
const JobStateChange = z.union([
  z
    .object({ detail: z.object({ TranscriptionJobName: z.string() }) })
    .transform((event) => event.detail.TranscriptionJobName),
  z.object({ detail: z.object({ JobName: z.string() }) }).transform((event) => event.detail.JobName),
]);

const needs = {
  rulebook: environment.VERBATIM_CONFIG.tagging.rulebook,
  jobNamePrefix: environment.JOB_NAME_PREFIX,
  calls: callStore(clients.dynamodb(), environment.TABLE_NAME),
  recordings: recordingStore(clients.s3()),
  transcripts: transcriptStore(clients.s3(), environment.TRANSCRIPTS_BUCKET),
  jobs: jobOutcomes(clients.transcribe()),
  clock: systemClock,
};

export const handler = queueHandler(JobStateChange, async (jobName) => {
  logger.info('transcription ended', { ...(await tagCall(jobName, needs)) });
});
