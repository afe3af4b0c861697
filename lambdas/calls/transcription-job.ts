import * as z from 'zod';

/** The two kinds of Transcribe job: Call Analytics for two channels, standard for one. */
export const JobKind = z.enum(['call-analytics', 'standard']);
export type JobKind = z.infer<typeof JobKind>;

/** Where an object is. */
export const S3Location = z.object({ bucket: z.string(), key: z.string() });
export type S3Location = z.infer<typeof S3Location>;

/** What a job wrote. */
export const JobOutputs = z.object({
  /** What is read of it: the redacted transcript, of a job that redacts. */
  transcript: S3Location,
  /** The transcript as it was said, where one was kept beside the redacted one: for disputes alone. */
  originalTranscript: S3Location.optional(),
  /** The audio in which what is redacted cannot be heard: written by Call Analytics jobs, made by us of standard jobs. */
  redactedAudio: S3Location.optional(),
});
export type JobOutputs = z.infer<typeof JobOutputs>;

/**
 * Why there is no redacted audio: nothing is redacted in the transcript, so that the recording is what anybody may hear; or what
 * is cannot be redacted in the recording, as its format is not decoded, or it is damaged.
 */
export const RedactedAudioMissing = z.enum(['nothing-redacted', 'format-not-decoded', 'audio-damaged']);
export type RedactedAudioMissing = z.infer<typeof RedactedAudioMissing>;

/** A job, as its call keeps it. */
export const TranscriptionJob = z.object({
  kind: JobKind,
  /** The call's id behind the stack's prefix, so that a job that is asked for twice is one job. */
  name: z.string(),
  /** The channel on which the agent speaks, where there are two. */
  agentChannel: z.union([z.literal(0), z.literal(1)]).default(0),
  /** What is redacted; without types, everything personal. None where the source's calls are not redacted. */
  redaction: z
    .object({ piiEntityTypes: z.array(z.string()).optional(), keepOriginalTranscript: z.boolean() })
    .optional(),
  /** There once the job is done. */
  outputs: JobOutputs.optional(),
  /** There where the transcript of a standard job was looked through for redactions, and there is no redacted audio. */
  redactedAudioMissing: RedactedAudioMissing.optional(),
});
export type TranscriptionJob = z.infer<typeof TranscriptionJob>;
