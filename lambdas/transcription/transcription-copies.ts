import {
  DeleteCallAnalyticsJobCommand,
  DeleteTranscriptionJobCommand,
  GetCallAnalyticsJobCommand,
  GetTranscriptionJobCommand,
  type TranscribeClient,
} from '@aws-sdk/client-transcribe';
import type { Call } from '../calls/calls.ts';
import { isAwsError } from '../platform/errors.ts';
import type { ObjectVersions } from '../platform/object-versions.ts';
import { type Copy, type CopyStore, objectCopyStore } from '../retention/retention.ts';
import { jobOf, OUTPUT_PREFIX } from './job.ts';
import { REDACTED_AUDIO_PREFIX } from './redacted-audio-key.ts';
import { TRANSCRIPT_PREFIX } from './transcript-store.ts';

/** What the copies of transcription are found by. */
export interface TranscriptionCopiesNeeds {
  readonly versions: ObjectVersions;
  readonly transcribe: TranscribeClient;
  readonly transcriptsBucket: string;
  readonly jobNamePrefix: string;
}

/** What stands before a job's name in the keys that Transcribe gives its outputs, of either kind, redacted or not. */
const BEFORE_NAMES = ['', 'redacted-', 'analytics/', 'redacted-analytics/'];

/**
 * What is kept of a call where it was transcribed: what Transcribe wrote in each attempt, our reading of it, the audio that
 * we redacted, and Transcribe's records of the jobs.
 */
export function transcriptionCopies(needs: TranscriptionCopiesNeeds): CopyStore[] {
  const { versions, transcriptsBucket: bucket, jobNamePrefix } = needs;

  const outputs = async (call: Call) => {
    // A call's id is as long as any other: no other call's names begin so.
    const prefixes = BEFORE_NAMES.map((before) => `${OUTPUT_PREFIX}${before}${jobNamePrefix}${call.callId}`);
    const noted = Object.values(call.job?.outputs ?? {}).filter(
      (output) => !prefixes.some((prefix) => output.bucket === bucket && output.key.startsWith(prefix)),
    );
    const found = await Promise.all([
      ...prefixes.map((prefix) => versions.allBelow(bucket, prefix)),
      ...noted.map((output) => versions.of(output.bucket, output.key)),
    ]);
    return found.flat();
  };

  const findsByCallId = true;
  return [
    objectCopyStore(
      {
        name: 'transcribe-output',
        where: { bucket: 'transcripts', prefix: OUTPUT_PREFIX },
        findsByCallId,
        find: outputs,
      },
      versions,
    ),
    objectCopyStore(
      {
        name: 'transcript',
        where: { bucket: 'transcripts', prefix: TRANSCRIPT_PREFIX },
        findsByCallId,
        find: ({ callId }) => versions.of(bucket, `${TRANSCRIPT_PREFIX}${callId}.json`),
      },
      versions,
    ),
    objectCopyStore(
      {
        name: 'redacted-audio',
        where: { bucket: 'transcripts', prefix: REDACTED_AUDIO_PREFIX },
        findsByCallId,
        find: ({ callId }) => versions.of(bucket, `${REDACTED_AUDIO_PREFIX}${callId}.wav`),
      },
      versions,
    ),
    jobRecords(needs),
  ];
}

/** Transcribe's records of a call's jobs: they tell where the recording was, by its key. */
function jobRecords({ transcribe, jobNamePrefix }: TranscriptionCopiesNeeds): CopyStore {
  const isStandard = (call: Call) => call.job?.kind === 'standard';

  const statusOf = async (call: Call, name: string): Promise<string | undefined> => {
    try {
      if (isStandard(call)) {
        const asked = new GetTranscriptionJobCommand({ TranscriptionJobName: name });
        return (await transcribe.send(asked)).TranscriptionJob?.TranscriptionJobStatus;
      }
      const asked = new GetCallAnalyticsJobCommand({ CallAnalyticsJobName: name });
      return (await transcribe.send(asked)).CallAnalyticsJob?.CallAnalyticsJobStatus;
    } catch (error) {
      if (isUnknown(error)) return undefined;
      throw error;
    }
  };

  return {
    name: 'transcription-job',
    where: { service: 'transcribe' },
    findsByCallId: true,
    async find(call) {
      const { callId, job } = call;
      if (!job) return [];
      const found: Copy[] = [];
      for (let attempt = 1; attempt <= call.attempt; attempt++) {
        const { name } = jobOf({ callId, attempt, channels: 1, agentChannel: 0 }, jobNamePrefix);
        const status = await statusOf(call, name);
        if (status !== undefined) found.push({ of: 'record', kind: 'transcription-job', service: 'transcribe', name });
      }
      return found;
    },
    async remove(copy, call) {
      if (copy.of !== 'record') throw new TypeError(`transcription-job: ${copy.of} is no job`);
      const status = await statusOf(call, copy.name);
      // What a job writes when it ends would be left behind.
      if (status === 'IN_PROGRESS' || status === 'QUEUED')
        throw new Error(`the job ${copy.name} still runs: the call is deleted when it has ended`);
      try {
        if (isStandard(call))
          await transcribe.send(new DeleteTranscriptionJobCommand({ TranscriptionJobName: copy.name }));
        else await transcribe.send(new DeleteCallAnalyticsJobCommand({ CallAnalyticsJobName: copy.name }));
      } catch (error) {
        if (!isUnknown(error)) throw error;
      }
      return { outcome: 'removed' };
    },
  };
}

/** Of a job that is not there it is documented to answer NotFoundException, and seen to answer BadRequestException. */
const isUnknown = (error: unknown): boolean => isAwsError(error, 'NotFoundException', 'BadRequestException');
