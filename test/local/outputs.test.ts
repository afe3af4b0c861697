import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type LocalOutputs, readOutputs, removeOutputs, writeOutputs } from '../../local/outputs.ts';

const outputs: LocalOutputs = {
  endpoint: 'http://127.0.0.1:4566',
  region: 'us-east-1',
  accountId: '000000000000',
  transcribeEndpoint: 'http://127.0.0.1:4999',
  stackName: 'Verbatim',
  buckets: { recordings: 'recordings', transcripts: 'transcripts', evidence: 'evidence' },
  table: 'calls',
  urls: {
    calls: 'http://127.0.0.1:4566/_aws/lambda-url/abc/',
    recordings: 'http://127.0.0.1:4566/_aws/lambda-url/def/',
    uploads: 'http://127.0.0.1:4566/_aws/lambda-url/ghi/',
    tagging: 'http://127.0.0.1:4566/_aws/lambda-url/jkl/',
    retention: 'http://127.0.0.1:4566/_aws/lambda-url/pqr/',
    holds: 'http://127.0.0.1:4566/_aws/lambda-url/mno/',
    erasure: 'http://127.0.0.1:4566/_aws/lambda-url/stu/',
    disputes: 'http://127.0.0.1:4566/_aws/lambda-url/vwx/',
    insights: 'http://127.0.0.1:4566/_aws/lambda-url/ins/',
  },
  qualityUrls: {
    reviewer: 'http://127.0.0.1:4566/_aws/lambda-url/qre/',
    supervisor: 'http://127.0.0.1:4566/_aws/lambda-url/qsu/',
    agent: 'http://127.0.0.1:4566/_aws/lambda-url/qag/',
    trainer: 'http://127.0.0.1:4566/_aws/lambda-url/qtr/',
  },
  insights: {
    bucket: 'insights',
    database: 'verbatim',
    workGroup: 'Verbatim',
    queueUrl: 'http://127.0.0.1:4566/000000000000/dataset',
  },
  identityIssuer: 'http://127.0.0.1:5000',
  processId: 1,
  startedAt: '2026-11-24T08:00:00.000Z',
};

test('a running stack is found by its outputs, and one that ended is not', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'outputs-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  await writeOutputs(directory, outputs);
  expect(await readOutputs(directory)).toEqual(outputs);
  await removeOutputs(directory);
  await expect(readOutputs(directory)).rejects.toThrow('no local stack runs, start it with npm start');
});
