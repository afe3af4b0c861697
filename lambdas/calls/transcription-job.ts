import * as z from 'zod';

/** The two kinds of Transcribe job: Call Analytics for two channels, standard for one. */
export const JobKind = z.enum(['call-analytics', 'standard']);
export type JobKind = z.infer<typeof JobKind>;

/** A job, as its call keeps it. */
export const TranscriptionJob = z.object({
  kind: JobKind,
  /** The call's id behind the stack's prefix, so that a job that is asked for twice is one job. */
  name: z.string(),
  /** The channel on which the agent speaks, where there are two. */
  agentChannel: z.union([z.literal(0), z.literal(1)]).default(0),
});
export type TranscriptionJob = z.infer<typeof TranscriptionJob>;
