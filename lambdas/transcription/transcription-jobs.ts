import {
  GetCallAnalyticsJobCommand,
  GetTranscriptionJobCommand,
  type Transcript as OutputUris,
  StartCallAnalyticsJobCommand,
  StartTranscriptionJobCommand,
  type TranscribeClient,
} from '@aws-sdk/client-transcribe';
import type { JobOutputs, TranscriptionJob } from '../calls/calls.ts';
import { isAwsError } from '../platform/errors.ts';
import { callAnalyticsInput, type JobMedia, type JobRequest, type JobSettings, jobOf, standardInput } from './job.ts';
import { s3LocationOf } from './output-uri.ts';

/** How a job stands, as Transcribe tells it when asked; events are only hints to ask. */
export type JobOutcome =
  | { readonly status: 'running' }
  | { readonly status: 'completed'; readonly outputs: JobOutputs }
  | { readonly status: 'failed'; readonly reason: string }
  | { readonly status: 'unknown' };

/** What Transcribe says to a job: it has it, has no room for it now, or will never take it. */
export type JobAnswer =
  | { readonly status: 'taken' }
  | { readonly status: 'busy' }
  | { readonly status: 'refused'; readonly reason: string };

/** Transcribe's queue is full, or it is asked too often: both pass. */
const BUSY = ['LimitExceededException', 'ThrottlingException', 'TooManyRequestsException', 'ServiceUnavailable'];

/** Starts this stack's jobs. */
export function jobStarter(transcribe: TranscribeClient, settings: JobSettings & { readonly jobNamePrefix: string }) {
  return {
    /** The job of a call. */
    jobOf: (request: JobRequest): TranscriptionJob => jobOf(request, settings.jobNamePrefix),

    /** Asks for a job; one of that name that exists already is the same job. */
    async start(job: TranscriptionJob, media: JobMedia): Promise<JobAnswer> {
      try {
        if (job.kind === 'standard') {
          await transcribe.send(new StartTranscriptionJobCommand(standardInput(job, media, settings)));
        } else {
          await transcribe.send(new StartCallAnalyticsJobCommand(callAnalyticsInput(job, media, settings)));
        }
      } catch (error) {
        if (isAwsError(error, ...BUSY)) return { status: 'busy' };
        if (isAwsError(error, 'BadRequestException')) return { status: 'refused', reason: (error as Error).message };
        if (!isAwsError(error, 'ConflictException')) throw error;
      }
      return { status: 'taken' };
    },
  };
}
export type JobStarter = ReturnType<typeof jobStarter>;

/** Asks Transcribe how jobs stand. */
export function jobOutcomes(transcribe: TranscribeClient) {
  return {
    /** How a job stands now. */
    async outcomeOf(job: TranscriptionJob): Promise<JobOutcome> {
      const told = await askJob(transcribe, job);
      return told ? readOutcome(told, job.redaction !== undefined) : { status: 'unknown' };
    },
  };
}
export type JobOutcomes = ReturnType<typeof jobOutcomes>;

/** What Transcribe tells of a job, whichever kind it is of. */
export interface JobRecord {
  readonly status: string | undefined;
  readonly uris: OutputUris & { readonly audio?: string | undefined };
  readonly reason: string | undefined;
}

/** What Transcribe tells of a job, or undefined where it has none of that name. */
export async function askJob(
  transcribe: TranscribeClient,
  { kind, name }: Pick<TranscriptionJob, 'kind' | 'name'>,
): Promise<JobRecord | undefined> {
  try {
    if (kind === 'call-analytics') {
      const asked = new GetCallAnalyticsJobCommand({ CallAnalyticsJobName: name });
      const { CallAnalyticsJob: job } = await transcribe.send(asked);
      const uris = { ...job?.Transcript, audio: job?.Media?.RedactedMediaFileUri };
      return { status: job?.CallAnalyticsJobStatus, uris, reason: job?.FailureReason };
    }
    const asked = new GetTranscriptionJobCommand({ TranscriptionJobName: name });
    const { TranscriptionJob: job } = await transcribe.send(asked);
    return { status: job?.TranscriptionJobStatus, uris: { ...job?.Transcript }, reason: job?.FailureReason };
  } catch (error) {
    if (isUnknownJob(error)) return undefined;
    throw error;
  }
}

/** Of a job that is not there it is documented to answer NotFoundException, and seen to answer BadRequestException. */
export const isUnknownJob = (error: unknown): boolean => isAwsError(error, 'NotFoundException', 'BadRequestException');

function readOutcome({ status, uris, reason }: JobRecord, redacts: boolean): JobOutcome {
  if (status === 'FAILED') return { status: 'failed', reason: reason ?? 'Transcribe gave no reason' };
  if (status !== 'COMPLETED') return { status: 'running' };
  const { TranscriptFileUri: original, RedactedTranscriptFileUri: redacted, audio } = uris;
  const transcript = redacts ? redacted : original;
  // The original is never read in place of a redacted one.
  if (!transcript)
    return { status: 'failed', reason: `Transcribe tells of no ${redacts ? 'redacted ' : ''}transcript` };
  return {
    status: 'completed',
    outputs: {
      transcript: s3LocationOf(transcript),
      ...(redacts && original && { originalTranscript: s3LocationOf(original) }),
      ...(redacts && audio && { redactedAudio: s3LocationOf(audio) }),
    },
  };
}
