import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findDeployment, type UrlName, withDeploymentOptions } from '../../bin/deployment.ts';
import { findRecordingsBucket } from '../../bin/recordings-bucket.ts';
import type { VerbatimClientOptions } from '../../client/verbatim-client.ts';

const NAMES = ['CALLS', 'RECORDINGS', 'TAGGING', 'RETENTION', 'HOLDS', 'ERASURE', 'DISPUTES'];
const calls = 'https://abc.lambda-url.eu-central-1.on.aws/';
const holds = 'https://def.lambda-url.eu-central-1.on.aws/';
const local = {
  ...{ endpoint: 'http://127.0.0.1:4566', region: 'us-east-1', startedAt: '2026-11-24T09:00:00Z' },
  buckets: { recordings: 'local-recordings' },
  urls: Object.fromEntries(NAMES.map((name) => [name.toLowerCase(), `http://127.0.0.1:4566/${name}`])),
  qualityUrls: { supervisor: 'http://127.0.0.1:4566/s/', agent: 'http://127.0.0.1:4566/a/' },
};

const before = process.cwd();
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'deployment-'));
  process.chdir(directory);
  for (const name of [...NAMES, 'QUALITY']) vi.stubEnv(`VERBATIM_${name}_URL`, undefined);
  vi.stubEnv('VERBATIM_IDENTITY', undefined);
  vi.stubEnv('VERBATIM_ROLE', undefined);
  vi.stubEnv('VERBATIM_RECORDINGS_BUCKET', undefined);
  vi.stubEnv('AWS_REGION', undefined);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIA');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  process.chdir(before);
  await rm(directory, { recursive: true });
});

async function localStackRuns(): Promise<void> {
  await mkdir('.local');
  await writeFile('.local/outputs.json', JSON.stringify(local));
}

/** The options of a command below a command, as these arguments and the environment tell them. */
async function optionsOf(...given: string[]) {
  const program = withDeploymentOptions(new Command('verbatim'));
  let options = {};
  const show = (_: unknown, command: Command) => {
    options = command.optsWithGlobals();
  };
  program.command('hold').command('show').action(show);
  await program.parseAsync(given, { from: 'user' });
  return options;
}

/** The deployment that a command asks at this URL. */
const deploymentOf = async (needed: UrlName, ...given: string[]): Promise<VerbatimClientOptions> =>
  findDeployment(await optionsOf(...given), needed);

test('a deployment of which only another URL is named is never the local stack: what is missing is told', async () => {
  await localStackRuns();
  vi.stubEnv('VERBATIM_CALLS_URL', calls);
  await expect(deploymentOf('holds', 'hold', 'show')).rejects.toThrow(
    'the holds URL is not given: set VERBATIM_HOLDS_URL, or pass --holds-url: the output HoldsUrl of the stack',
  );
  vi.stubEnv('VERBATIM_CALLS_URL', undefined);
  await expect(deploymentOf('calls', 'hold', 'show', '--erasure-url', holds)).rejects.toThrow(
    'set VERBATIM_CALLS_URL, or pass --url: the output CallsUrl of the stack',
  );
});

test('nor is one whose variable is empty, or of which only the bucket is named', async () => {
  await localStackRuns();
  vi.stubEnv('VERBATIM_HOLDS_URL', '');
  await expect(deploymentOf('holds', 'hold', 'show')).rejects.toThrow('set VERBATIM_HOLDS_URL');
  vi.stubEnv('VERBATIM_HOLDS_URL', undefined);
  vi.stubEnv('VERBATIM_RECORDINGS_BUCKET', 'recordings');
  await expect(deploymentOf('holds', 'hold', 'show')).rejects.toThrow('set VERBATIM_HOLDS_URL');
});

test('nor is the bucket that of the local stack where a URL of a deployment is named', async () => {
  await localStackRuns();
  vi.stubEnv('VERBATIM_CALLS_URL', calls);
  await expect(findRecordingsBucket(await optionsOf('hold', 'show'), 1)).rejects.toThrow(
    'set VERBATIM_RECORDINGS_BUCKET to the output RecordingsBucketName of the stack',
  );
});

test('URLs are given by the environment, or by an option before a command or behind it, which comes first', async () => {
  vi.stubEnv('VERBATIM_CALLS_URL', calls);
  vi.stubEnv('VERBATIM_HOLDS_URL', 'https://other.lambda-url.us-west-2.on.aws/');
  const found = { urls: { calls, holds }, region: 'eu-central-1' };
  const deployment = await deploymentOf('holds', 'hold', 'show', '--holds-url', holds);
  expect(deployment).toMatchObject(found);
  const { credentials } = deployment;
  expect(typeof credentials === 'function' && (await credentials())).toMatchObject({ accessKeyId: 'AKIA' });
  expect(await deploymentOf('holds', '--holds-url', holds, 'hold', 'show')).toMatchObject(found);
  expect(await deploymentOf('holds', 'hold', 'show', '--holds-url', holds, '--region', 'eu-west-1')).toMatchObject({
    region: 'eu-west-1',
  });
});

test('where a URL does not tell the region, it must be named', async () => {
  const given = ['hold', 'show', '--url', 'https://calls.example.com/'];
  await expect(deploymentOf('calls', ...given)).rejects.toThrow('pass --region or set AWS_REGION');
  vi.stubEnv('AWS_REGION', 'eu-north-1');
  expect(await deploymentOf('calls', ...given)).toMatchObject({ region: 'eu-north-1' });
});

test('where none is named it is the local stack, and where none runs it is told how to name one', async () => {
  await expect(deploymentOf('holds', 'hold', 'show')).rejects.toThrow(
    'no deployment is named: set VERBATIM_CALLS_URL, VERBATIM_RECORDINGS_URL, VERBATIM_TAGGING_URL, VERBATIM_RETENTION_URL, VERBATIM_HOLDS_URL, VERBATIM_ERASURE_URL, VERBATIM_DISPUTES_URL, VERBATIM_INSIGHTS_URL and VERBATIM_QUALITY_URL to the outputs CallsUrl, RecordingsUrl, TaggingUrl, RetentionUrl, HoldsUrl, ErasureUrl, DisputesUrl, InsightsUrl and QualityReviewerUrl of the stack, or run npm start for a local one',
  );
  await localStackRuns();
  expect(await deploymentOf('holds', 'hold', 'show')).toEqual({
    ...{ urls: { ...local.urls, quality: local.qualityUrls.supervisor }, region: 'us-east-1' },
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});

test('who asks is told by a token, and by the URL of which role the local stack is asked', async () => {
  await localStackRuns();
  vi.stubEnv('VERBATIM_IDENTITY', 'a.token.of-lee');
  expect(await deploymentOf('quality', 'hold', 'show', '--role', 'agent')).toMatchObject({
    urls: { quality: local.qualityUrls.agent },
    identityToken: 'a.token.of-lee',
  });
  const url = 'https://abc.lambda-url.eu-central-1.on.aws/';
  expect(await deploymentOf('quality', 'hold', 'show', '--quality-url', url, '--identity', 'another')).toMatchObject({
    urls: { quality: url },
    identityToken: 'another',
  });
});
