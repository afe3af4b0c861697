import * as z from 'zod';
import type { JobSettings } from './job.ts';

/** The environment variables of a function that starts jobs. */
export const jobEnvironment = {
  TRANSCRIPTS_BUCKET: z.string().min(1),
  DATA_ACCESS_ROLE_ARN: z.string().min(1),
  OUTPUT_KEY_ARN: z.string().min(1),
  JOB_NAME_PREFIX: z.string().min(1),
};

/** What they say. */
export const jobSettings = (
  environment: z.infer<z.ZodObject<typeof jobEnvironment>>,
): JobSettings & { readonly jobNamePrefix: string } => ({
  jobNamePrefix: environment.JOB_NAME_PREFIX,
  transcriptsBucket: environment.TRANSCRIPTS_BUCKET,
  dataAccessRoleArn: environment.DATA_ACCESS_ROLE_ARN,
  outputKeyArn: environment.OUTPUT_KEY_ARN,
});
