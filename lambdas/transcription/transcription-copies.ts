import {
  DeleteCallAnalyticsJobCommand,
  DeleteTranscriptionJobCommand,
  type TranscribeClient,
} from '@aws-sdk/client-transcribe';
import type { Call } from '../calls/calls.ts';
import type { ObjectVersions } from '../platform/object-versions.ts';
import { type Copy, type CopyStore, objectCopyStore } from '../retention/retention.ts';
import { jobNameOf, OUTPUT_PREFIX } from './job.ts';
import { REDACTED_AUDIO_PREFIX, redactedAudioKey } from './redacted-audio-key.ts';
import { TRANSCRIPT_PREFIX, transcriptKey } from './transcript-store.ts';
import { askJob, isUnknownJob } from './transcription-jobs.ts';

/** What the copies of transcription are found by. */
interface TranscriptionCopiesNeeds {
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
    const name = jobNameOf(call.callId, 1, jobNamePrefix);
    const prefixes = BEFORE_NAMES.map((before) => `${OUTPUT_PREFIX}${before}${name}`);
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
        find: ({ callId }) => versions.of(bucket, transcriptKey(callId)),
      },
      versions,
    ),
    objectCopyStore(
      {
        name: 'redacted-audio',
        where: { bucket: 'transcripts', prefix: REDACTED_AUDIO_PREFIX },
        findsByCallId,
        find: ({ callId }) => versions.of(bucket, redactedAudioKey(callId)),
      },
      versions,
    ),
    jobRecords(needs),
  ];
}

/** Transcribe's records of a call's jobs: they tell where the recording was, by its key. */
function jobRecords({ transcribe, jobNamePrefix }: TranscriptionCopiesNeeds): CopyStore {
  const kindOf = (call: Call) => call.job?.kind ?? 'call-analytics';
  const statusOf = async (call: Call, name: string): Promise<string | undefined> =>
    (await askJob(transcribe, { kind: kindOf(call), name }))?.status;

  return {
    name: 'transcription-job',
    where: { service: 'transcribe' },
    findsByCallId: true,
    async find(call) {
      const { callId, job } = call;
      if (!job) return [];
      const found: Copy[] = [];
      for (let attempt = 1; attempt <= call.attempt; attempt++) {
        const name = jobNameOf(callId, attempt, jobNamePrefix);
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
        if (kindOf(call) === 'standard')
          await transcribe.send(new DeleteTranscriptionJobCommand({ TranscriptionJobName: copy.name }));
        else await transcribe.send(new DeleteCallAnalyticsJobCommand({ CallAnalyticsJobName: copy.name }));
      } catch (error) {
        if (!isUnknownJob(error)) throw error;
      }
      return { outcome: 'removed' };
    },
  };
}
