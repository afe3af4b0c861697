import type {
  ContentRedaction,
  LanguageCode,
  PiiEntityType,
  StartCallAnalyticsJobCommandInput,
  StartTranscriptionJobCommandInput,
} from '@aws-sdk/client-transcribe';
import type { MediaFormat, Recording, TranscriptionJob } from '../calls/calls.ts';

/** Where a stack's jobs write, and in whose name they read and write. */
export interface JobSettings {
  readonly transcriptsBucket: string;
  /** The role by which Transcribe reads recordings and writes outputs. */
  readonly dataAccessRoleArn: string;
  /** The key with which outputs are encrypted. */
  readonly outputKeyArn: string;
}

/** What a job is decided by. */
export interface JobRequest {
  readonly callId: string;
  /** Counted from 1: a call that is tried again needs a job of a new name. */
  readonly attempt: number;
  readonly channels: number;
  readonly agentChannel: 0 | 1;
  /** None where nothing is redacted. */
  readonly redaction?: TranscriptionJob['redaction'];
}

/** The name of a call's job; those of later attempts begin with that of the first one. */
export const jobNameOf = (callId: string, attempt: number, prefix: string): string =>
  attempt === 1 ? `${prefix}${callId}` : `${prefix}${callId}-${attempt}`;

/** The job of a call: Call Analytics wants two channels. */
export const jobOf = (
  { callId, attempt, channels, agentChannel, redaction }: JobRequest,
  prefix: string,
): TranscriptionJob => ({
  kind: channels === 2 ? 'call-analytics' : 'standard',
  name: jobNameOf(callId, attempt, prefix),
  agentChannel,
  ...(redaction && { redaction }),
});

/** The call of a job, or undefined where the job is not this stack's. */
export const callIdOfJob = (jobName: string, prefix: string): string | undefined =>
  jobName.startsWith(prefix) ? jobName.slice(prefix.length).split('-')[0] : undefined;

/** What a job transcribes. */
export interface JobMedia {
  readonly recording: Recording;
  readonly language: string;
  readonly format: MediaFormat;
}

/** The keys of the transcripts bucket below which Transcribe writes. */
export const OUTPUT_PREFIX = 'transcribe-output/';

/**
 * Below which Call Analytics writes transcripts as they were said. Source: seen in outputs; the API Reference tells URIs only.
 * Where standard jobs write theirs is not documented.
 */
export const ORIGINAL_ANALYTICS_PREFIX = `${OUTPUT_PREFIX}analytics/`;

/** Below which Call Analytics writes redacted transcripts, and redacted audio. Source: as above. */
export const REDACTED_ANALYTICS_PREFIX = `${OUTPUT_PREFIX}redacted-analytics/`;

/** So many speakers are told apart in one channel: the agent and the customer. */
const MAX_SPEAKERS = 2;

const contentRedaction = ({ redaction }: TranscriptionJob): { ContentRedaction?: ContentRedaction } =>
  redaction
    ? {
        ContentRedaction: {
          RedactionType: 'PII',
          RedactionOutput: redaction.keepOriginalTranscript ? 'redacted_and_unredacted' : 'redacted',
          ...(redaction.piiEntityTypes && { PiiEntityTypes: redaction.piiEntityTypes as PiiEntityType[] }),
        },
      }
    : {};

const mediaOf = ({ bucket, key }: Recording) => ({ MediaFileUri: `s3://${bucket}/${key}` });

/**
 * What StartCallAnalyticsJob is asked. This kind of job takes no language but options to identify it among: given one,
 * there is nothing to identify, which redaction would not go with.
 */
export function callAnalyticsInput(
  job: TranscriptionJob,
  media: JobMedia,
  settings: JobSettings,
): StartCallAnalyticsJobCommandInput {
  return {
    CallAnalyticsJobName: job.name,
    Media: mediaOf(media.recording),
    DataAccessRoleArn: settings.dataAccessRoleArn,
    OutputLocation: `s3://${settings.transcriptsBucket}/${OUTPUT_PREFIX}`,
    OutputEncryptionKMSKeyId: settings.outputKeyArn,
    ChannelDefinitions: [
      { ChannelId: job.agentChannel, ParticipantRole: 'AGENT' },
      { ChannelId: 1 - job.agentChannel, ParticipantRole: 'CUSTOMER' },
    ],
    Settings: { LanguageOptions: [media.language as LanguageCode], ...contentRedaction(job) },
  };
}

/** What StartTranscriptionJob is asked. */
export function standardInput(
  job: TranscriptionJob,
  media: JobMedia,
  settings: JobSettings,
): StartTranscriptionJobCommandInput {
  return {
    TranscriptionJobName: job.name,
    Media: mediaOf(media.recording),
    MediaFormat: media.format,
    LanguageCode: media.language as LanguageCode,
    OutputBucketName: settings.transcriptsBucket,
    OutputKey: OUTPUT_PREFIX,
    OutputEncryptionKMSKeyId: settings.outputKeyArn,
    Settings: { ShowSpeakerLabels: true, MaxSpeakerLabels: MAX_SPEAKERS },
    ...contentRedaction(job),
    // Without it a job over the limit of jobs at once would be refused; this kind does not queue by itself.
    JobExecutionSettings: { AllowDeferredExecution: true, DataAccessRoleArn: settings.dataAccessRoleArn },
  };
}
