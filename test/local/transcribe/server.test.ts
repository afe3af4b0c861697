import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteCallAnalyticsJobCommand,
  DeleteTranscriptionJobCommand,
  GetCallAnalyticsJobCommand,
  GetTranscriptionJobCommand,
  type LanguageCode,
  ListTranscriptionJobsCommand,
  StartCallAnalyticsJobCommand,
  type StartCallAnalyticsJobCommandInput,
  StartTranscriptionJobCommand,
  type StartTranscriptionJobCommandInput,
  TranscribeClient,
} from '@aws-sdk/client-transcribe';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { JobFailure } from '../../../local/transcribe/errors.ts';
import type { Recogniser, Recognition } from '../../../local/transcribe/recogniser.ts';
import { type LocalTranscribe, startLocalTranscribe } from '../../../local/transcribe/server.ts';
import { type AwsReceiver, startAwsReceiver } from './aws-receiver.ts';
import { say, wavOf } from './builders.ts';

const wav = Buffer.from('RIFF....WAVEfmt ');
const roleArn = 'arn:aws:iam::000000000000:role/transcribe';
const twoChannels: Recognition = {
  durationMs: 3000,
  sampleRateHz: 8000,
  channels: [say('thank you for calling', 0), say('hello', 1400)].map((words) => ({ words, loudness: [-20] })),
};

/** Both say something loud for 4 s. */
const decoded = wavOf([Array(4000).fill(9000), Array(4000).fill(9000)], 1000);

let aws: AwsReceiver;
let cacheDir: string;
let server: LocalTranscribe;
let client: TranscribeClient;
let recogniser: Recogniser;

beforeEach(async () => {
  recogniser = async () => twoChannels;
  aws = await startAwsReceiver();
  for (const bucket of ['calls', 'out']) aws.buckets.add(bucket);
  aws.objects.set('calls/team/a.wav', wav);
  cacheDir = await mkdtemp(join(tmpdir(), 'transcribe-test-'));
  server = await startLocalTranscribe({
    awsEndpoint: aws.endpoint,
    cacheDir,
    python: 'python3',
    recogniser: (file, signal) => recogniser(file, signal),
    decoder: (_, wavFile) => writeFile(wavFile, decoded),
  });
  client = new TranscribeClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});

afterEach(async () => {
  client.destroy();
  await server.close();
  await aws.close();
  await rm(cacheDir, { recursive: true });
});

const startStandard = (changes: Partial<StartTranscriptionJobCommandInput> = {}) =>
  client.send(
    new StartTranscriptionJobCommand({
      TranscriptionJobName: 'job',
      LanguageCode: 'en-US',
      Media: { MediaFileUri: 's3://calls/team/a.wav' },
      OutputBucketName: 'out',
      ...changes,
    }),
  );

const startAnalytics = (changes: Partial<StartCallAnalyticsJobCommandInput> = {}) =>
  client.send(
    new StartCallAnalyticsJobCommand({
      CallAnalyticsJobName: 'job',
      Media: { MediaFileUri: 's3://calls/team/a.wav' },
      OutputLocation: 's3://out/transcripts/',
      DataAccessRoleArn: roleArn,
      ChannelDefinitions: [
        { ChannelId: 0, ParticipantRole: 'CUSTOMER' },
        { ChannelId: 1, ParticipantRole: 'AGENT' },
      ],
      ...changes,
    }),
  );

const getStandard = async (name = 'job') =>
  (await client.send(new GetTranscriptionJobCommand({ TranscriptionJobName: name }))).TranscriptionJob;
const getAnalytics = async () =>
  (await client.send(new GetCallAnalyticsJobCommand({ CallAnalyticsJobName: 'job' }))).CallAnalyticsJob;
const written = (path: string) => JSON.parse(aws.objects.get(path)?.toString() ?? 'null');

async function faults(method: string, settings?: unknown): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${server.url}/faults`, { method, body: JSON.stringify(settings) });
  return { status: response.status, body: await response.json() };
}

/** A recogniser that waits until it is let go, or stopped. */
function heldRecogniser() {
  const { promise, resolve } = Promise.withResolvers<void>();
  let started = 0;
  recogniser = async (_file, signal) => {
    started += 1;
    const stopped = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    await Promise.race([promise, stopped]);
    return twoChannels;
  };
  return { release: resolve, started: () => started };
}

test('a standard job writes its document, describes itself and sends its event', async () => {
  const { TranscriptionJob: queued } = await startStandard({ Settings: { ChannelIdentification: true } });
  expect(queued).toMatchObject({ TranscriptionJobStatus: 'QUEUED', Settings: { ChannelIdentification: true } });

  expect(await aws.eventCount(1)).toEqual([
    {
      source: 'aws.transcribe',
      detailType: 'Transcribe Job State Change',
      detail: { TranscriptionJobName: 'job', TranscriptionJobStatus: 'COMPLETED' },
    },
  ]);
  const job = await getStandard();
  expect(job).toMatchObject({
    TranscriptionJobStatus: 'COMPLETED',
    MediaFormat: 'wav',
    MediaSampleRateHertz: 8000,
    LanguageCode: 'en-US',
    Transcript: { TranscriptFileUri: 'https://s3.us-east-1.amazonaws.com/out/job.json' },
  });
  const times = [job?.CreationTime, job?.StartTime, job?.CompletionTime].map((time) => time?.getTime() ?? 0);
  expect(times).toEqual(times.toSorted());
  expect(Math.abs(Date.now() - (times[0] ?? 0))).toBeLessThan(60_000);
  expect(written('out/job.json').results.channel_labels.number_of_channels).toBe(2);
});

test.each([
  ['aws.transcribe', 1],
  ['aws.s3', 0],
])('where the bus refuses events of AWS services, the queue of a rule for %s gets %i', async (source, count) => {
  aws.rulePattern = { source: [source] };
  await startAnalytics();
  await expect.poll(async () => (await getAnalytics())?.CallAnalyticsJobStatus).toBe('COMPLETED');
  aws.rulePattern = { source: ['aws.transcribe'] };
  await startStandard();
  const events = await aws.eventCount(count + 1);
  expect(events.at(-1)).toEqual({
    source: 'aws.transcribe',
    detailType: 'Transcribe Job State Change',
    detail: { TranscriptionJobName: 'job', TranscriptionJobStatus: 'COMPLETED' },
  });
  expect(events).toHaveLength(count + 1);
});

test('a Call Analytics job writes to the analytics folder, with the roles of its channels', async () => {
  await startAnalytics();
  expect(await aws.eventCount(1)).toMatchObject([
    { detailType: 'Call Analytics Job State Change', detail: { JobName: 'job', JobStatus: 'COMPLETED' } },
  ]);
  const turns = written('out/transcripts/analytics/job.json').Transcript;
  expect(turns.map((turn: Record<string, unknown>) => [turn.ParticipantRole, turn.Content])).toEqual([
    ['CUSTOMER', 'thank you for calling'],
    ['AGENT', 'hello'],
  ]);
  expect((await getAnalytics())?.Transcript?.TranscriptFileUri).toBe(
    'https://s3.us-east-1.amazonaws.com/out/transcripts/analytics/job.json',
  );
});

test.each([
  ['reports/x.json', 'out/reports/x.json'],
  ['reports/', 'out/reports/job.json'],
  ['reports', 'out/reports/job.json'],
])('OutputKey %s writes to %s', async (OutputKey, path) => {
  await startStandard({ OutputKey });
  await aws.eventCount(1);
  expect(written(path).jobName).toBe('job');
});

test.each([
  ['s3://out', 'out/analytics/job.json'],
  ['s3://out/a b/é', 'out/a b/é/analytics/job.json'],
  ['s3://out/x/my.json', 'out/x/my.json'],
])('OutputLocation %s writes to %s', async (OutputLocation, path) => {
  await startAnalytics({ OutputLocation });
  await aws.eventCount(1);
  expect(written(path).JobName).toBe('job');
  const uri = (await getAnalytics())?.Transcript?.TranscriptFileUri ?? '';
  expect(decodeURIComponent(new URL(uri).pathname.slice(1))).toBe(path);
});

/** The customer says a name, from 600 ms to 900 ms. */
const withName = () => {
  const channels = [say('mister jones', 300), say('hello', 1400)].map((words) => ({ words, loudness: [-20] }));
  recogniser = async () => ({ ...twoChannels, channels });
};
const redacted = { RedactionType: 'PII', RedactionOutput: 'redacted' } as const;
const redactedAndUnredacted = { RedactionType: 'PII', RedactionOutput: 'redacted_and_unredacted' } as const;
const out = 'https://s3.us-east-1.amazonaws.com/out';

test.each([
  [redacted, false],
  [redactedAndUnredacted, true],
])('a Call Analytics job with %j writes a redacted transcript and audio, and tells where', async (asked, keeps) => {
  withName();
  await startAnalytics({ Settings: { ContentRedaction: asked } });
  await aws.eventCount(1);
  const contents = (path: string) =>
    written(path)
      ?.Transcript.map((turn: Record<string, unknown>) => turn.Content)
      .join(' / ');
  expect(contents('out/transcripts/redacted-analytics/job.json')).toBe('mister [PII] / hello');
  expect(contents('out/transcripts/analytics/job.json')).toBe(keeps ? 'mister jones / hello' : undefined);

  const audio = aws.objects.get('out/transcripts/redacted-analytics/job.wav') ?? Buffer.alloc(0);
  expect(audio.length).toBe(decoded.length);
  const sampleAt = (ms: number) => audio.readInt16LE(44 + 2 * 2 * ms);
  expect([450, 600, 899, 1050].map(sampleAt)).toEqual([9000, 0, 0, 9000]);

  const job = await getAnalytics();
  expect(job?.Settings?.ContentRedaction).toEqual(asked);
  expect(job?.Media).toEqual({
    MediaFileUri: 's3://calls/team/a.wav',
    RedactedMediaFileUri: `${out}/transcripts/redacted-analytics/job.wav`,
  });
  expect(job?.Transcript).toEqual({
    RedactedTranscriptFileUri: `${out}/transcripts/redacted-analytics/job.json`,
    ...(keeps && { TranscriptFileUri: `${out}/transcripts/analytics/job.json` }),
  });
});

test.each([
  [redacted, false],
  [redactedAndUnredacted, true],
])('a standard job with %j writes a redacted transcript beside the other, and no audio', async (asked, keeps) => {
  withName();
  await startStandard({ OutputKey: 'reports/', ContentRedaction: asked });
  await aws.eventCount(1);
  expect(written('out/reports/redacted-job.json')).toMatchObject({
    isRedacted: true,
    results: { transcripts: [{ transcript: 'mister [PII] hello' }] },
  });
  expect(written('out/reports/job.json')?.isRedacted).toBe(keeps ? false : undefined);
  expect([...aws.objects.keys()].filter((key) => key.endsWith('.wav'))).toEqual(['calls/team/a.wav']);
  const job = await getStandard();
  expect(job?.Media).toEqual({ MediaFileUri: 's3://calls/team/a.wav' });
  expect(job?.Transcript).toEqual({
    RedactedTranscriptFileUri: `${out}/reports/redacted-job.json`,
    ...(keeps && { TranscriptFileUri: `${out}/reports/job.json` }),
  });
});

test.each([
  ['s3://out', 'redacted-analytics/job'],
  ['s3://out/x/my.json', 'x/redacted-analytics/my'],
])('OutputLocation %s has redacted transcript and audio at %s', async (OutputLocation, path) => {
  await startAnalytics({ OutputLocation, Settings: { ContentRedaction: redacted } });
  await aws.eventCount(1);
  expect([...aws.objects.keys()].filter((key) => key.startsWith('out/')).toSorted()).toEqual([
    `out/${path}.json`,
    `out/${path}.wav`,
  ]);
});

test('a standard job labels the speakers of one channel', async () => {
  recogniser = async () => ({ ...twoChannels, channels: twoChannels.channels.slice(0, 1) });
  await startStandard({ Settings: { ShowSpeakerLabels: true, MaxSpeakerLabels: 2 } });
  await aws.eventCount(1);
  expect(written('out/job.json').results.speaker_labels).toMatchObject({
    speakers: 1,
    segments: [{ speaker_label: 'spk_0', start_time: '0.0', end_time: '1.2' }],
  });
});

test('a key may hold any character', async () => {
  const key = 'a/b c+%20?#é"\n.wav';
  aws.objects.set(`calls/${key}`, wav);
  let heard = '';
  recogniser = async (file) => {
    heard = await readFile(file, 'latin1');
    return twoChannels;
  };
  await startStandard({ Media: { MediaFileUri: `s3://calls/${key}` } });
  expect((await aws.eventCount(1))[0]?.detail.TranscriptionJobStatus).toBe('COMPLETED');
  expect(heard).toBe(wav.toString());
});

test.each<[string, Partial<StartTranscriptionJobCommandInput>, RegExp]>([
  ['a name with a space', { TranscriptionJobName: 'a b' }, /Value 'a b' at 'transcriptionJobName' failed to satisfy/],
  ['a long name', { TranscriptionJobName: 'a'.repeat(201) }, /length less than or equal to 200/],
  ['no media', { Media: undefined }, /Value null at 'media' .* must not be null/],
  ['media elsewhere', { Media: { MediaFileUri: 'https://a.b/c' } }, /at 'media.mediaFileUri'/],
  ['a bucket without a key', { Media: { MediaFileUri: 's3://calls' } }, /must name an object/],
  ['missing media', { Media: { MediaFileUri: 's3://calls/none' } }, /S3 URI that you provided can't be accessed/],
  ['a missing output bucket', { OutputBucketName: 'nowhere' }, /S3 bucket can't be accessed/],
  ['no language', { LanguageCode: undefined }, /exactly one of LanguageCode/],
  ['an unknown language', { LanguageCode: 'xx-XX' as LanguageCode }, /enum value set/],
  ['an output key it cannot take', { OutputKey: 'a b' }, /at 'outputKey'/],
  [
    'both ways of speakers',
    { Settings: { ChannelIdentification: true, ShowSpeakerLabels: true, MaxSpeakerLabels: 2 } },
    /cannot be used together/,
  ],
  ['speakers without a number', { Settings: { ShowSpeakerLabels: true } }, /given together/],
  ['deferral without a role', { JobExecutionSettings: { AllowDeferredExecution: true } }, /needs .*DataAccessRoleArn/],
  [
    'language identification',
    { LanguageCode: undefined, IdentifyLanguage: true },
    /does not support language identification/,
  ],
  [
    'redaction of what it does not know',
    { ContentRedaction: { RedactionType: 'PII', RedactionOutput: 'redacted', PiiEntityTypes: ['SHOE_SIZE' as 'ALL'] } },
    /at 'contentRedaction.piiEntityTypes.0'/,
  ],
  ['a vocabulary', { Settings: { VocabularyName: 'v' } }, /does not support Settings.VocabularyName/],
  ['no output bucket', { OutputBucketName: undefined }, /does not support a service-managed bucket/],
])('StartTranscriptionJob with %s is refused', async (_, changes, message) => {
  await expect(startStandard(changes)).rejects.toMatchObject({
    name: 'BadRequestException',
    message: expect.stringMatching(message),
  });
});

test.each<[string, Partial<StartCallAnalyticsJobCommandInput>, RegExp]>([
  ['no role', { DataAccessRoleArn: undefined }, /at 'dataAccessRoleArn'/],
  ['one channel', { ChannelDefinitions: [{ ChannelId: 0, ParticipantRole: 'AGENT' }] }, /length equal to 2/],
  [
    'two agents',
    {
      ChannelDefinitions: [
        { ChannelId: 0, ParticipantRole: 'AGENT' },
        { ChannelId: 1, ParticipantRole: 'AGENT' },
      ],
    },
    /channels 0 and 1/,
  ],
  ['output elsewhere', { OutputLocation: 'out/folder' }, /at 'outputLocation'/],
  [
    'a summary',
    { Settings: { Summarization: { GenerateAbstractiveSummary: true } } },
    /does not support Settings.Summarization/,
  ],
])('StartCallAnalyticsJob with %s is refused', async (_, changes, message) => {
  await expect(startAnalytics(changes)).rejects.toMatchObject({
    name: 'BadRequestException',
    message: expect.stringMatching(message),
  });
});

test('a name is taken once for each kind of job, and free again when the job is deleted', async () => {
  await startStandard();
  await expect(startStandard()).rejects.toMatchObject({ name: 'ConflictException' });
  await startAnalytics();
  await aws.eventCount(2);
  await client.send(new DeleteTranscriptionJobCommand({ TranscriptionJobName: 'job' }));
  await expect(getStandard()).rejects.toMatchObject({ name: 'NotFoundException' });
  await client.send(new DeleteCallAnalyticsJobCommand({ CallAnalyticsJobName: 'job' }));
  await expect(getAnalytics()).rejects.toMatchObject({ name: 'NotFoundException' });
  await startStandard();
});

test('a job that is not finished, or not there, cannot be deleted', async () => {
  const { release } = heldRecogniser();
  await startStandard();
  const remove = () => client.send(new DeleteTranscriptionJobCommand({ TranscriptionJobName: 'job' }));
  await expect(remove()).rejects.toMatchObject({ name: 'BadRequestException' });
  release();
  await aws.eventCount(1);
  await remove();
  await expect(remove()).rejects.toMatchObject({ name: 'BadRequestException' });
});

test.each<[string, () => Promise<unknown>, RegExp]>([
  [
    'one channel given to Call Analytics',
    () => startAnalytics(),
    /number of channels: Call Analytics needs 2, .* has 1/,
  ],
  [
    'channel identification on one channel',
    () => startStandard({ Settings: { ChannelIdentification: true } }),
    /number of channels/,
  ],
  ['another language', () => startStandard({ LanguageCode: 'de-DE' }), /recognises en-US only, not de-DE/],
  ['another format than it says', () => startStandard({ MediaFormat: 'mp3' }), /media format provided does not match/],
  [
    'another sample rate than it says',
    () => startStandard({ MediaSampleRateHertz: 16000 }),
    /sample rate provided does not match/,
  ],
])('%s fails the job with the reason, in its description and its event', async (_, start, reason) => {
  recogniser = async () => ({ ...twoChannels, channels: twoChannels.channels.slice(0, 1) });
  await start();
  const [event] = await aws.eventCount(1);
  expect(event?.detail).toMatchObject({ FailureReason: expect.stringMatching(reason) });
  const job = event?.detailType.startsWith('Call') ? await getAnalytics() : await getStandard();
  expect(job).toMatchObject({ FailureReason: event?.detail.FailureReason });
  expect(job).not.toHaveProperty('Transcript');
});

test('audio that cannot be decoded fails the job with what the recogniser says', async () => {
  recogniser = () => Promise.reject(new JobFailure('not audio: no stream'));
  await startStandard();
  expect((await aws.eventCount(1))[0]?.detail).toMatchObject({
    TranscriptionJobStatus: 'FAILED',
    FailureReason: 'not audio: no stream',
  });
});

test('two jobs run at once, the others wait in order', async () => {
  const { release, started } = heldRecogniser();
  for (const name of ['a', 'b', 'c', 'd']) await startStandard({ TranscriptionJobName: name });
  await expect.poll(started).toBe(2);
  const statuses = await Promise.all(
    ['a', 'b', 'c', 'd'].map(async (n) => (await getStandard(n))?.TranscriptionJobStatus),
  );
  expect(statuses).toEqual(['IN_PROGRESS', 'IN_PROGRESS', 'QUEUED', 'QUEUED']);
  release();
  await aws.eventCount(4);
  const starts = await Promise.all(['a', 'b', 'c', 'd'].map(async (n) => (await getStandard(n))?.StartTime?.getTime()));
  expect(starts).toEqual(starts.toSorted());
});

test('a list is complete page by page, newest first, also when jobs are added meanwhile', async () => {
  const names = ['call-1', 'call-2', 'other', 'call-3', 'call-4'];
  for (const name of names) await startStandard({ TranscriptionJobName: name });
  await aws.eventCount(names.length);
  const listed: (string | undefined)[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new ListTranscriptionJobsCommand({ JobNameContains: 'CALL', Status: 'COMPLETED', MaxResults: 2, NextToken }),
    );
    listed.push(...(page.TranscriptionJobSummaries ?? []).map((job) => job.TranscriptionJobName));
    NextToken = page.NextToken;
    await startStandard({ TranscriptionJobName: `call-later-${listed.length}` });
  } while (NextToken !== undefined);
  expect(listed).toEqual(['call-4', 'call-3', 'call-2', 'call-1']);
});

test('closing stops what is being recognised, and sends no event for it', async () => {
  const { started } = heldRecogniser();
  await startStandard();
  await expect.poll(started).toBe(1);
  await server.close();
  expect(aws.events).toEqual([]);
});

test('a job fails on purpose with the reason of the fault', async () => {
  await faults('PUT', { fail: { jobName: 'unlucky', reason: 'on purpose', times: 1 } });
  await startStandard({ TranscriptionJobName: 'unlucky-call' });
  expect((await aws.eventCount(1))[0]?.detail.FailureReason).toBe('on purpose');
  await startStandard({ TranscriptionJobName: 'unlucky-again' });
  expect((await aws.eventCount(2))[1]?.detail.TranscriptionJobStatus).toBe('COMPLETED');
});

test('start requests are throttled on purpose', async () => {
  await faults('PUT', { throttle: { times: 1 } });
  await expect(startStandard()).rejects.toMatchObject({ name: 'LimitExceededException' });
  await startStandard();
});

test('events are lost and doubled on purpose; the jobs are done all the same', async () => {
  await faults('PUT', { loseEvents: { times: 1 }, duplicateEvents: { times: 1 } });
  await startStandard({ TranscriptionJobName: 'lost' });
  await expect.poll(async () => (await getStandard('lost'))?.TranscriptionJobStatus).toBe('COMPLETED');
  await startStandard({ TranscriptionJobName: 'doubled' });
  const events = await aws.eventCount(2);
  expect(events.map((event) => event.detail.TranscriptionJobName)).toEqual(['doubled', 'doubled']);
});

test('faults are read, replaced and taken back over HTTP, and unknown ones are refused by name', async () => {
  expect(await faults('PUT', { delayMs: 5, fail: { reason: 'x' } })).toMatchObject({ status: 200 });
  expect(await faults('PUT', { delaySeconds: 5 })).toEqual({
    status: 400,
    body: { message: 'unknown field delaySeconds' },
  });
  expect((await faults('GET')).body).toEqual({ delayMs: 5, fail: { reason: 'x' } });
  await faults('DELETE');
  expect((await faults('GET')).body).toEqual({});
});

test('an operation it does not have is refused', async () => {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'x-amz-target': 'Transcribe.CreateVocabulary' },
    body: '{}',
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ __type: 'UnknownOperationException' });
});
