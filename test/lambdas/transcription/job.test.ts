import { expect, test } from 'vitest';
import { callIdOf } from '../../../lambdas/calls/calls.ts';
import { callAnalyticsInput, callIdOfJob, jobOf, standardInput } from '../../../lambdas/transcription/job.ts';

const settings = { transcriptsBucket: 'transcripts', dataAccessRoleArn: 'arn:role', outputKeyArn: 'arn:key' };
const media = {
  recording: { bucket: 'recordings', key: 'support/+1555 a/ü.wav', versionId: 'v1' },
  language: 'de-DE',
  format: 'wav',
} as const;
const request = { callId: 'call1', attempt: 1, channels: 2, agentChannel: 0 } as const;
const twoChannels = jobOf(request, 'v-');
const oneChannel = jobOf({ ...request, channels: 1 }, 'v-');

test('two channels are a Call Analytics job, one is a standard one; both are named by the call', () => {
  expect(twoChannels).toMatchObject({ kind: 'call-analytics', name: 'v-call1' });
  expect(oneChannel).toMatchObject({ kind: 'standard', name: 'v-call1' });
});

test('a call that is tried again has a job of a new name: Transcribe would take the old one for the same', () => {
  const names = [1, 2, 3].map((attempt) => jobOf({ ...request, attempt }, 'v-').name);
  expect(new Set(names).size).toBe(3);
});

test("a job's call is told from its name, whichever attempt it is; another stack's job has none", () => {
  const callId = callIdOf({ bucket: 'recordings', key: 'support/a-b.wav', versionId: 'v1' });
  for (const attempt of [1, 2, 12]) {
    expect(callIdOfJob(jobOf({ ...request, callId, attempt }, 'my-stack-').name, 'my-stack-')).toBe(callId);
  }
  expect(callIdOfJob('payroll-call1', 'my-stack-')).toBeUndefined();
});

test.each([
  [0, ['AGENT', 'CUSTOMER']],
  [1, ['CUSTOMER', 'AGENT']],
] as const)('an agent on channel %i is the agent of the transcript', (agentChannel, roles) => {
  const { ChannelDefinitions } = callAnalyticsInput(jobOf({ ...request, agentChannel }, 'v-'), media, settings);
  const roleOf = (channel: number) => ChannelDefinitions?.find((one) => one.ChannelId === channel)?.ParticipantRole;
  expect([roleOf(0), roleOf(1)]).toEqual(roles);
});

test('a job reads the recording under its own key, whatever is in it, and writes below the output prefix, encrypted', () => {
  const analytics = callAnalyticsInput(twoChannels, media, settings);
  const standard = standardInput(oneChannel, media, settings);
  for (const input of [analytics, standard]) {
    expect(input.Media?.MediaFileUri).toBe('s3://recordings/support/+1555 a/ü.wav');
    expect(input.OutputEncryptionKMSKeyId).toBe('arn:key');
  }
  expect(analytics.OutputLocation).toBe('s3://transcripts/transcribe-output/');
  expect(standard).toMatchObject({ OutputBucketName: 'transcripts', OutputKey: 'transcribe-output/' });
});

test("a standard job is told the source's language and the format that was found", () => {
  expect(standardInput(oneChannel, { ...media, format: 'flac' }, settings)).toMatchObject({
    TranscriptionJobName: 'v-call1',
    LanguageCode: 'de-DE',
    MediaFormat: 'flac',
  });
});

test('a job redacts what it is told to, of either kind; without types everything, and without an original beside it', () => {
  const redaction = { keepOriginalTranscript: false };
  const analytics = callAnalyticsInput(jobOf({ ...request, redaction }, 'v-'), media, settings);
  expect(analytics.Settings?.ContentRedaction).toEqual({ RedactionType: 'PII', RedactionOutput: 'redacted' });
  const some = { piiEntityTypes: ['CREDIT_DEBIT_NUMBER'], keepOriginalTranscript: true };
  const standard = standardInput(jobOf({ ...request, channels: 1, redaction: some }, 'v-'), media, settings);
  expect(standard.ContentRedaction).toEqual({
    RedactionType: 'PII',
    RedactionOutput: 'redacted_and_unredacted',
    PiiEntityTypes: ['CREDIT_DEBIT_NUMBER'],
  });
  expect(callAnalyticsInput(twoChannels, media, settings).Settings).not.toHaveProperty('ContentRedaction');
  expect(standardInput(oneChannel, media, settings)).not.toHaveProperty('ContentRedaction');
});

test('a Call Analytics job has one language to choose from: redaction does not go with identifying it', () => {
  expect(callAnalyticsInput(twoChannels, media, settings).Settings?.LanguageOptions).toEqual(['de-DE']);
});

test('the speakers of one channel are told apart', () => {
  expect(standardInput(oneChannel, media, settings).Settings).toEqual({ ShowSpeakerLabels: true, MaxSpeakerLabels: 2 });
});

test('a standard job over the limit of jobs at once waits its turn', () => {
  expect(standardInput(oneChannel, media, settings).JobExecutionSettings).toEqual({
    AllowDeferredExecution: true,
    DataAccessRoleArn: 'arn:role',
  });
});
