import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type * as z from 'zod';
import { CallMetadata } from '../../../lambdas/calls/calls.ts';
import { type MetadataEvidence, readMetadata } from '../../../lambdas/recordings/metadata.ts';
import { SourceConfig } from '../../../lambdas/recordings/sources.ts';
import { NOW, s3Metadata } from '../builders.ts';

type SourceInput = Partial<z.input<typeof SourceConfig>>;

const read = (metadata: Record<string, string>, requiredMetadata: SourceInput['requiredMetadata'] = ['startedAt']) =>
  readFrom({ s3Metadata: metadata }, { requiredMetadata });

/** Reads the metadata of support/2026/one.wav, that has none but what is given. */
const readFrom = (evidence: Partial<MetadataEvidence>, source: SourceInput = {}) =>
  readMetadata(
    { key: 'support/2026/one.wav', s3Metadata: {}, ...evidence },
    SourceConfig.parse({ name: 'support', requiredMetadata: ['startedAt'], ...source }),
    NOW,
  );

test('the metadata of a call is read, and other headers passed over', () => {
  expect(read({ ...s3Metadata, direction: 'inbound', queue: ' billing ', recorder: 'x' })).toEqual({
    agentId: 'lee',
    customerId: 'c-1',
    startedAt: '2026-10-14T09:00:00.000Z',
    direction: 'inbound',
    queue: 'billing',
  });
});

test.each([
  ['2026-10-14T09:00:00Z', '2026-10-14T09:00:00.000Z'],
  ['2026-10-14T11:00:00+02:00', '2026-10-14T09:00:00.000Z'],
  ['2026-10-13T23:30:00.25-09:30', '2026-10-14T09:00:00.250Z'],
])('a call that began at %s began at %s, whatever the zone', (startedAt, utc) => {
  expect(read({ 'started-at': startedAt })).toMatchObject({ startedAt: utc });
});

test('metadata that is required and not there is named with its headers', () => {
  expect(read({ 'customer-id': 'c-1' }, ['agentId', 'customerId', 'startedAt'])).toEqual({
    code: 'missing-metadata',
    message:
      'agentId is missing: looked for in x-amz-meta-agent-id; ' +
      'startedAt is missing: looked for in x-amz-meta-started-at',
  });
});

test('metadata that is not required may be missing', () => {
  expect(read({ 'started-at': '2026-10-14T09:00:00Z' })).toEqual({ startedAt: '2026-10-14T09:00:00.000Z' });
});

test.each([
  ['started-at', '2026-10-14 09:00', 'such as 2026-10-14T09:12:00Z'],
  ['started-at', '2026-10-14T09:00:00', 'with a zone'],
  ['started-at', '2026-02-30T09:00:00Z', 'is not an ISO 8601 time'],
  ['started-at', '2026-10-15T12:00:01Z', 'is in the future'],
  ['direction', 'sideways', 'neither "inbound" nor "outbound"'],
  ['agent-id', '  ', 'is empty'],
  ['customer-id', 'x'.repeat(257), 'longer than 256'],
])('a malformed %s is named by its header, and not repeated: %s', (header, value, why) => {
  const answer = read({ ...s3Metadata, [header]: value });
  expect(answer).toMatchObject({ code: 'invalid-metadata' });
  const { message } = answer as { message: string };
  expect(message).toContain(`x-amz-meta-${header}`);
  expect(message).toContain(why);
});

test('every header at fault is named at once', () => {
  const { message } = read({ ...s3Metadata, direction: 'up', queue: '' }) as { message: string };
  expect(message).toContain('x-amz-meta-direction');
  expect(message).toContain('x-amz-meta-queue');
});

test('a clock that is some hours ahead is borne', () => {
  expect(read({ 'started-at': '2026-10-15T11:59:00Z' })).toEqual({ startedAt: '2026-10-15T11:59:00.000Z' });
});

test('whatever is read can be read again from where it is stored', () => {
  const digits = (from: number, to: number, width: number) =>
    fc.integer({ min: from, max: to }).map((number) => String(number).padStart(width, '0'));
  const time = fc
    .tuple(digits(0, 2026, 4), digits(1, 12, 2), digits(1, 28, 2), digits(0, 23, 2), fc.constantFrom('Z', '+14:00'))
    .map(([year, month, day, hour, zone]) => `${year}-${month}-${day}T${hour}:00:00${zone}`);
  fc.assert(
    fc.property(time, (startedAt) => {
      const metadata = read({ 'started-at': startedAt });
      if (!('code' in metadata)) expect(CallMetadata.parse(metadata)).toEqual(metadata);
    }),
    { examples: [['0000-01-01T00:00:00+14:00']] },
  );
});

test("the recorder's own id of the call is read", () => {
  expect(read({ ...s3Metadata, 'external-call-id': '0815' })).toMatchObject({ externalCallId: '0815' });
});

test('a source can name its own headers', () => {
  const metadata = [{ from: 's3-metadata' as const, names: { agentId: 'operator' } }];
  expect(readFrom({ s3Metadata: { ...s3Metadata, operator: 'kim' } }, { metadata })).toMatchObject({
    agentId: 'kim',
    customerId: 'c-1',
  });
});

test('a time before there was telephony is refused', () => {
  expect(read({ 'started-at': '0001-01-01T00:00:00Z' })).toMatchObject({ code: 'invalid-metadata' });
});

/** A source that has its metadata everywhere. */
const everywhere: SourceInput = {
  metadata: [
    { from: 's3-metadata' },
    { from: 'file-name', pattern: '^(?<queue>[^/]+)/(?<agentId>[a-z]+)?_?.*$' },
    {
      from: 'sidecar',
      fields: { agentId: 'agent.id', customerId: 'parties.0.number', direction: 'outgoing', startedAt: 'start' },
      startedAt: { format: 'epoch-seconds' },
      directions: { inbound: ['false'], outbound: ['true'] },
    },
    {
      from: 'manifest',
      file: '*.csv',
      columns: { agentId: 'Agent', startedAt: 'Begin', callId: 'Call' },
      startedAt: { format: 'dd.MM.yyyy HH:mm', zone: 'Europe/Berlin' },
    },
  ],
  requiredMetadata: ['agentId', 'customerId', 'startedAt'],
};
const sidecar = JSON.stringify({
  agent: { id: 'sidecar' },
  parties: [{ number: 4930123 }],
  outgoing: true,
  start: 1_791_968_400,
});
const manifestRow = { Agent: 'manifest', Begin: '14.10.2026 11:00', Call: ' 77 ' };

test('the first place that gives a field wins, and each place fills what the ones before it lack', () => {
  expect(readFrom({ key: 'support/billing/file_1.wav', sidecar, manifestRow }, everywhere)).toEqual({
    externalCallId: '77',
    agentId: 'file',
    customerId: '4930123',
    startedAt: '2026-10-14T09:00:00.000Z',
    direction: 'outbound',
    queue: 'billing',
  });
});

test('what is empty in a file name, a sidecar or a manifest is looked for in the next place', () => {
  const empty = JSON.stringify({ agent: { id: '' }, parties: [{ number: 'c-1' }], start: null });
  const key = 'support/billing/_1.wav';
  expect(readFrom({ key, sidecar: empty, manifestRow }, everywhere)).toMatchObject({
    agentId: 'manifest',
    startedAt: '2026-10-14T09:00:00.000Z',
  });
});

test('every place where a missing field was looked for is told', () => {
  const answer = readFrom({ key: 'support/1.wav' }, everywhere);
  expect(answer).toMatchObject({ code: 'missing-metadata' });
  const { message } = answer as { message: string };
  const places =
    'the sidecar support/1.wav.json, which is not there, a manifest *.csv, where the recording is not listed';
  expect(message.split('; ')).toEqual([
    `agentId is missing: looked for in x-amz-meta-agent-id, the file name, which the pattern does not match, ${places}`,
    'customerId is missing: looked for in x-amz-meta-customer-id, the sidecar support/1.wav.json, which is not there',
    `startedAt is missing: looked for in x-amz-meta-started-at, ${places}`,
  ]);
});

test.each([
  ['{"agent": ', 'the sidecar support/1.wav.json is not JSON'],
  ['{"agent": {"id": ["a"]}}', '"agent.id" in the sidecar support/1.wav.json is a list or an object'],
  ['{"start": "yesterday"}', '"start" in the sidecar support/1.wav.json is not a time of the format "epoch-seconds"'],
])('a sidecar that says %s is at fault, by name', (text, problem) => {
  const answer = readFrom({ key: 'support/1.wav', sidecar: text }, { ...everywhere, requiredMetadata: ['startedAt'] });
  const required = readFrom(
    { key: 'support/1.wav', sidecar: text, s3Metadata: { 'started-at': NOW } },
    { ...everywhere, requiredMetadata: ['startedAt'] },
  );
  expect([answer, required].map((one) => ('message' in one ? one.message : '')).join()).toContain(problem);
});

test('consent is read in our words, or in those of the recorder', () => {
  expect(read({ ...s3Metadata, consent: 'withdrawn' })).toMatchObject({ consent: 'withdrawn' });
  expect(read({ ...s3Metadata, consent: 'yes' })).toMatchObject({
    code: 'invalid-metadata',
    message: expect.stringContaining('x-amz-meta-consent is neither "given"'),
  });
  const inItsWords = (consent: string) =>
    readFrom(
      { s3Metadata: { ...s3Metadata, consent } },
      { metadata: [{ from: 's3-metadata', consents: { given: ['Y'], refused: ['N', 'n'] } }] },
    );
  expect(inItsWords('Y')).toMatchObject({ consent: 'given' });
  expect(inItsWords('n')).toMatchObject({ consent: 'refused' });
  expect(inItsWords('?')).not.toHaveProperty('consent');
});

test('a direction in no list of the convention counts as none', () => {
  const transferred = JSON.stringify({ start: 1_791_968_400, outgoing: 'transfer' });
  const metadata = readFrom({ sidecar: transferred }, { ...everywhere, requiredMetadata: ['startedAt'] });
  expect(metadata).not.toHaveProperty('code');
  expect(metadata).not.toHaveProperty('direction');
  expect(
    readFrom({ sidecar: transferred }, { ...everywhere, requiredMetadata: ['startedAt', 'direction'] }),
  ).toMatchObject({ code: 'missing-metadata', message: expect.stringContaining('which is neither direction') });
});

test('a pattern that takes forever on a key makes its metadata invalid, and holds nothing up', () => {
  const metadata = [{ from: 'file-name' as const, pattern: '^(?<agentId>.*.*.*.*.*)(?<startedAt>x)$' }];
  expect(readFrom({ key: `support/${'a'.repeat(1000)}` }, { metadata })).toEqual({
    code: 'invalid-metadata',
    message: 'the file name takes the pattern too long: simplify it',
  });
});

test('any key, and anything that is said of it, is read or refused, and never crashes', () => {
  const key = fc.string({ unit: 'binary', maxLength: 1000 }).map((rest) => `support/${rest}`);
  const names = fc.constantFrom('agent-id', 'started-at', 'constructor', '__proto__', 'Agent', 'Begin');
  const record = fc.dictionary(names, fc.string({ unit: 'binary' }));
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc.record({ agent: fc.jsonValue(), start: fc.jsonValue() }).map((one) => JSON.stringify(one)),
  );
  fc.assert(
    fc.property(
      key,
      record,
      fc.option(text, { nil: undefined }),
      fc.option(record, { nil: undefined }),
      (key, s3, sidecar, row) => {
        const answer = readFrom({ key, s3Metadata: s3, sidecar, manifestRow: row }, everywhere);
        if ('code' in answer) expect(answer.message).not.toContain('undefined is');
        else expect(CallMetadata.parse(answer)).toEqual(answer);
      },
    ),
  );
});
