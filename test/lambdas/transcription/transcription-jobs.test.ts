import { TranscribeClient } from '@aws-sdk/client-transcribe';
import { expect, test, vi } from 'vitest';
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
  ['COMPLETED', { status: 'completed', outputUri: 's3://t/o.json' }],
  ['FAILED', { status: 'failed', reason: 'no speech' }],
])('a job that is %s is so, of either kind', async (status, outcome) => {
  const told = { Transcript: { TranscriptFileUri: 's3://t/o.json' }, FailureReason: 'no speech' };
  const ofStandard = transcribeThat({ TranscriptionJob: { ...told, TranscriptionJobStatus: status } });
  const ofAnalytics = transcribeThat({ CallAnalyticsJob: { ...told, CallAnalyticsJobStatus: status } });
  expect(await jobOutcomes(ofStandard.client).outcomeOf(standard)).toEqual(outcome);
  expect(await jobOutcomes(ofAnalytics.client).outcomeOf(analytics)).toEqual(outcome);
});

test('a job that Transcribe does not have is unknown; that it does not answer says nothing', async () => {
  const gone = jobOutcomes(transcribeThat(awsError('NotFoundException')).client);
  expect(await gone.outcomeOf(standard)).toEqual({ status: 'unknown' });
  const silent = jobOutcomes(transcribeThat(awsError('InternalFailureException', 'later')).client);
  await expect(silent.outcomeOf(analytics)).rejects.toThrow('later');
});
