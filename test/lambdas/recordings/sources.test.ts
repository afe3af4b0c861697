import { expect, test } from 'vitest';
import { identifySource, SourceConfig } from '../../../lambdas/recordings/sources.ts';

const sources = [
  { name: 'support' },
  { name: 'support-germany', prefix: 'support/de/' },
  { name: 'sales', prefix: 'teams/sales/' },
].map((source) => SourceConfig.parse(source));

test.each([
  ['support/2026/one.wav', 'support'],
  ['support/de/one.wav', 'support-germany'],
  ['support/de.wav', 'support'],
  ['teams/sales/one.wav', 'sales'],
  ['support-germany/one.wav', undefined],
  ['supporters/one.wav', undefined],
  ['sales/one.wav', undefined],
  ['Support/one.wav', undefined],
  ['one.wav', undefined],
])('the recording %j comes from %s', (key, name) => {
  expect(identifySource(key, sources)?.name).toBe(name);
});

test('the order of the sources does not matter', () => {
  expect(identifySource('support/de/one.wav', sources.toReversed())?.name).toBe('support-germany');
});

test('a source says by itself all that its recordings need', () => {
  expect(SourceConfig.parse({ name: 'support' })).toEqual({
    name: 'support',
    writers: [],
    language: 'en-US',
    agentChannel: 0,
    redaction: { keepOriginalTranscript: false },
    requiredMetadata: ['agentId', 'customerId', 'startedAt'],
    metadata: [{ from: 's3-metadata' }],
  });
});

const twice = <T>(one: T): T[] => [one, one];

test.each([
  [{ name: 'Support Team' }, 'name', 'such as "support"'],
  [{ name: 'support', prefix: 'support' }, 'prefix', 'ends in "/"'],
  [{ name: 'support', prefix: '/support/' }, 'prefix', 'does not begin with it'],
  [{ name: 'support', language: 'English' }, 'language', 'such as "en-US"'],
  [{ name: 'support', requiredMetadata: ['agentId'] }, 'requiredMetadata', 'must include "startedAt"'],
  [{ name: 'support', writers: ['recorder'] }, 'writers.0', 'such as "arn:aws:iam::111122223333:role/recorder"'],
  [{ name: 'support', writers: ['arn:aws:iam::111122223333:user/kim'] }, 'writers.0', 'the ARN of an IAM role'],
  [{ name: 'support', lineOfBusiness: 'Retail Banking' }, 'lineOfBusiness', 'such as "retail-banking"'],
  [{ name: 'support', jurisdiction: 'California' }, 'jurisdiction', 'such as "US", "US-CA"'],
  [{ name: 'support', metadata: [] }, 'metadata', 'name at least one place'],
  [{ name: 'support', metadata: [{ from: 'ftp' }] }, 'metadata.0.from', 'say from where: "s3-metadata"'],
  [
    { name: 'support', metadata: [{ from: 's3-metadata', names: { agentId: 'x-amz-meta-agent' } }] },
    'metadata.0.names.agentId',
    'without x-amz-meta-',
  ],
  [{ name: 'support', metadata: [{ from: 'sidecar', fields: {} }] }, 'metadata.0.fields', 'name at least one field'],
  [
    { name: 'support', metadata: [{ from: 'manifest', file: 'a/b.csv', columns: { agentId: 'A' } }] },
    'metadata.0.file',
    'without "/"',
  ],
  [
    { name: 'support', metadata: [{ from: 's3-metadata' }, ...twice({ from: 'sidecar', fields: { queue: 'q' } })] },
    'metadata',
    'has two conventions from "sidecar"',
  ],
  [
    { name: 'support', metadata: [{ from: 'file-name', pattern: '(?<agentId>a)(?<startedAt>b)' }] },
    'requiredMetadata',
    'nothing in metadata gives "customerId"',
  ],
])('the source %j is refused: the field and the fix are named', (source, field, fix) => {
  const issues = SourceConfig.safeParse(source).error?.issues ?? [];
  expect(issues.map((issue) => issue.path.join('.'))).toEqual([field]);
  expect(issues[0]?.message).toContain(fix);
});

test.each([
  ['arn:aws:iam::111122223333:role/recorders/genesys'],
  ['arn:aws-us-gov:iam::111122223333:role/recorder'],
  ['111122223333'],
])('%s can be a writer', (writer) => {
  expect(SourceConfig.parse({ name: 'support', writers: [writer] }).writers).toEqual([writer]);
});

test('a source is the same when it is read again from JSON, as functions get it', () => {
  const source = SourceConfig.parse({
    name: 'support',
    metadata: [{ from: 'sidecar', fields: { agentId: 'a', customerId: 'c', startedAt: 's' } }],
  });
  expect(SourceConfig.parse(JSON.parse(JSON.stringify(source)))).toEqual(source);
});
