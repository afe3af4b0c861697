import { TranscribeClient } from '@aws-sdk/client-transcribe';
import { describe, expect, test, vi } from 'vitest';
import { jobOutcomes, jobStarter } from '../../../lambdas/transcription/transcription-jobs.ts';
import { recordingAt } from '../builders.ts';

const media = { recording: recordingAt('a.wav'), language: 'en-US', format: 'wav' } as const;
const standard = { kind: 'standard', name: 'v-1', agentChannel: 0 } as const;
const analytics = { ...standard, kind: 'call-analytics' } as const;
const settings = { transcriptsBucket: 't', dataAccessRoleArn: 'r', outputKeyArn: 'k', jobNamePrefix: 'v-' };

/** A Transcribe that answers each request with `answer`, or throws it. */
function transcribeThat(answer: object) {
  const client = new TranscribeClient({});
  const send = vi.spyOn(client, 'send').mockImplementation(async () => {
    if (answer instanceof Error) throw answer;
    return answer;
  });
  return { client, send };
}
const awsError = (name: string, message = '') => Object.assign(new Error(message), { name });

test('the job that is started is of the kind that was decided', async () => {
  const { client, send } = transcribeThat({});
  const jobs = jobStarter(client, settings);
  const request = { callId: 'call1', attempt: 1, agentChannel: 0 } as const;
  expect(await jobs.start(jobs.jobOf({ ...request, channels: 2 }), media)).toEqual({ status: 'taken' });
  expect(await jobs.start(jobs.jobOf({ ...request, channels: 1 }), media)).toEqual({ status: 'taken' });
  expect(send.mock.calls.map(([command]) => command.input)).toMatchObject([
    { CallAnalyticsJobName: 'v-call1' },
    { TranscriptionJobName: 'v-call1' },
  ]);
});

test('a job that is there already is the same job', async () => {
  const { client } = transcribeThat(awsError('ConflictException'));
  expect(await jobStarter(client, settings).start(standard, media)).toEqual({ status: 'taken' });
});

test('a job that Transcribe will never take is refused with what it says', async () => {
  const { client } = transcribeThat(awsError('BadRequestException', 'the language is not supported'));
  expect(await jobStarter(client, settings).start(standard, media)).toEqual({
    status: 'refused',
    reason: 'the language is not supported',
  });
});

test.each(['LimitExceededException', 'ThrottlingException'])('a job that met %s waits', async (name) => {
  const { client } = transcribeThat(awsError(name));
  expect(await jobStarter(client, settings).start(standard, media)).toEqual({ status: 'busy' });
});

test.each(['InternalFailureException', 'TimeoutError', 'AccessDeniedException'])(
  'a job that met %s is asked for again',
  async (name) => {
    const { client } = transcribeThat(awsError(name));
    await expect(jobStarter(client, settings).start(standard, media)).rejects.toThrow();
  },
);

test.each([
  ['QUEUED', { status: 'running' }],
  ['IN_PROGRESS', { status: 'running' }],
  ['COMPLETED', { status: 'completed', outputs: { transcript: { bucket: 't', key: 'o.json' } } }],
  ['FAILED', { status: 'failed', reason: 'no speech' }],
])('a job that is %s is so, of either kind', async (status, outcome) => {
  const told = { Transcript: { TranscriptFileUri: 's3://t/o.json' }, FailureReason: 'no speech' };
  const ofStandard = transcribeThat({ TranscriptionJob: { ...told, TranscriptionJobStatus: status } });
  const ofAnalytics = transcribeThat({ CallAnalyticsJob: { ...told, CallAnalyticsJobStatus: status } });
  expect(await jobOutcomes(ofStandard.client).outcomeOf(standard)).toEqual(outcome);
  expect(await jobOutcomes(ofAnalytics.client).outcomeOf(analytics)).toEqual(outcome);
});

describe('a job that redacts', () => {
  const redaction = { keepOriginalTranscript: true };
  const asked = async (job: object, kind: 'standard' | 'call-analytics') => {
    const of = { CallAnalyticsJob: { ...job, CallAnalyticsJobStatus: 'COMPLETED' } };
    const ofStandard = { TranscriptionJob: { ...job, TranscriptionJobStatus: 'COMPLETED' } };
    const { client } = transcribeThat(kind === 'standard' ? ofStandard : of);
    return jobOutcomes(client).outcomeOf({ ...standard, kind, redaction });
  };
  const Transcript = { TranscriptFileUri: 's3://t/o.json', RedactedTranscriptFileUri: 's3://t/redacted-o.json' };
  const transcripts = {
    transcript: { bucket: 't', key: 'redacted-o.json' },
    originalTranscript: { bucket: 't', key: 'o.json' },
  };

  test('has a redacted transcript, and the original only beside it', async () => {
    expect(await asked({ Transcript }, 'standard')).toEqual({ status: 'completed', outputs: transcripts });
  });

  test('of two channels has redacted audio too', async () => {
    const Media = { MediaFileUri: 's3://r/a.wav', RedactedMediaFileUri: 's3://t/redacted-analytics/o.wav' };
    expect(await asked({ Transcript, Media }, 'call-analytics')).toEqual({
      status: 'completed',
      outputs: { ...transcripts, redactedAudio: { bucket: 't', key: 'redacted-analytics/o.wav' } },
    });
  });

  test.each(['standard', 'call-analytics'] as const)(
    'and tells of no redacted transcript has failed: the original is never read in its place (%s)',
    async (kind) => {
      const job = { Transcript: { TranscriptFileUri: 's3://t/o.json' } };
      expect(await asked(job, kind)).toMatchObject({ status: 'failed' });
    },
  );
});

test('a job that Transcribe does not have is unknown; that it does not answer says nothing', async () => {
  const gone = jobOutcomes(transcribeThat(awsError('NotFoundException')).client);
  expect(await gone.outcomeOf(standard)).toEqual({ status: 'unknown' });
  const silent = jobOutcomes(transcribeThat(awsError('InternalFailureException', 'later')).client);
  await expect(silent.outcomeOf(analytics)).rejects.toThrow('later');
});
