import * as z from 'zod';
import { json, parseEnvironment } from '../platform/environment.ts';
import { logger } from '../platform/logger.ts';
import { queueHandler } from '../platform/queue.ts';
import { tagCall } from './tag-call.ts';
import { tagCallNeeds, taggingChoices, taggingEnvironment } from './tag-call-needs.ts';

const environment = parseEnvironment({ ...taggingEnvironment, VERBATIM_CONFIG: json(z.object(taggingChoices)) });

/** What Transcribe tells EventBridge when a job of either kind is over. */
const JobStateChange = z.union([
  z
    .object({ detail: z.object({ TranscriptionJobName: z.string() }) })
    .transform((event) => event.detail.TranscriptionJobName),
  z.object({ detail: z.object({ JobName: z.string() }) }).transform((event) => event.detail.JobName),
]);

const needs = tagCallNeeds(environment, environment.VERBATIM_CONFIG);

export const handler = queueHandler(JobStateChange, async (jobName) => {
  logger.info('transcription ended', { ...(await tagCall(jobName, needs)) });
});
