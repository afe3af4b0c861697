import {
  GetCallAnalyticsJobCommand,
  GetTranscriptionJobCommand,
  StartCallAnalyticsJobCommand,
  StartTranscriptionJobCommand,
  type TranscribeClient,
} from '@aws-sdk/client-transcribe';
import { isAwsError } from '../platform/errors.ts';
import {
  callAnalyticsInput,
  type JobMedia,
  type JobSettings,
  jobOf,
  standardInput,
  type TranscriptionJob,
} from './job.ts';

/** How a job stands, as Transcribe tells it when asked; events are only hints to ask. */
export type JobOutcome =
  | { readonly status: 'running' }
  | { readonly status: 'completed'; readonly outputUri: string }
  | { readonly status: 'failed'; readonly reason: string };

/** Starts this stack's jobs. */
export function jobStarter(transcribe: TranscribeClient, settings: JobSettings & { readonly jobNamePrefix: string }) {
  return {
    /** The job of a call with so many channels. */
    jobOf: (callId: string, channels: number): TranscriptionJob => jobOf(callId, channels, settings.jobNamePrefix),

    /**
     * Starts a job; one of that name that exists already is the same job.
     *
     * @returns why Transcribe refuses it, where asking again would not help
     */
    async start(job: TranscriptionJob, media: JobMedia): Promise<string | undefined> {
      try {
        if (job.kind === 'standard') {
          await transcribe.send(new StartTranscriptionJobCommand(standardInput(job, media, settings)));
        } else {
          await transcribe.send(new StartCallAnalyticsJobCommand(callAnalyticsInput(job, media, settings)));
        }
      } catch (error) {
        if (isAwsError(error, 'BadRequestException')) return (error as Error).message;
        if (!isAwsError(error, 'ConflictException')) throw error;
      }
      return undefined;
    },
  };
}
export type JobStarter = ReturnType<typeof jobStarter>;

/** Asks Transcribe how jobs stand. */
export function jobOutcomes(transcribe: TranscribeClient) {
  return {
    /** How a job stands now. */
    async outcomeOf({ kind, name }: TranscriptionJob): Promise<JobOutcome> {
      if (kind === 'call-analytics') {
        const { CallAnalyticsJob: job } = await transcribe.send(
          new GetCallAnalyticsJobCommand({ CallAnalyticsJobName: name }),
        );
        return readOutcome(job?.CallAnalyticsJobStatus, job?.Transcript?.TranscriptFileUri, job?.FailureReason);
      }
      const { TranscriptionJob: job } = await transcribe.send(
        new GetTranscriptionJobCommand({ TranscriptionJobName: name }),
      );
      return readOutcome(job?.TranscriptionJobStatus, job?.Transcript?.TranscriptFileUri, job?.FailureReason);
    },
  };
}
export type JobOutcomes = ReturnType<typeof jobOutcomes>;

function readOutcome(
  status: string | undefined,
  outputUri: string | undefined,
  reason: string | undefined,
): JobOutcome {
  if (status === 'COMPLETED' && outputUri) return { status: 'completed', outputUri };
  if (status === 'FAILED') return { status: 'failed', reason: reason ?? 'Transcribe gave no reason' };
  return { status: 'running' };
}
