import { expect, test } from 'vitest';
import { examineRecording } from '../../../lambdas/recordings/examine-recording.ts';
import { SourceConfig } from '../../../lambdas/recordings/sources.ts';
import { NOW, s3Metadata, stereo, support } from '../builders.ts';

const evidence = { key: 'support/one.wav', sizeBytes: 1000, s3Metadata, header: stereo };
const examine = (
  changes: Partial<typeof evidence> | { header: undefined },
  source: SourceConfig | undefined = support,
) => examineRecording({ ...evidence, ...changes }, source, [support], NOW);

test('a recording in order is taken up with all that it tells', () => {
  const german = SourceConfig.parse({ name: 'support', language: 'de-DE' });
  expect(examine({}, german)).toEqual({
    accepted: true,
    source: german,
    facts: {
      agentId: 'lee',
      customerId: 'c-1',
      startedAt: '2026-10-14T09:00:00.000Z',
      audio: { format: 'wav', channels: 2, sampleRateHz: 8000 },
      durationMs: 90_000,
      language: 'de-DE',
    },
  });
});

test('a recording of no source is rejected, and the prefixes that there are are told', () => {
  const sales = SourceConfig.parse({ name: 'sales', prefix: 'teams/sales/' });
  const examination = examineRecording(evidence, undefined, [support, sales], NOW);
  expect(examination).toMatchObject({ accepted: false, rejection: { code: 'unknown-source' } });
  expect(examination).toHaveProperty('rejection.message', expect.stringContaining('"support/", "teams/sales/"'));
});

test('a recording without its metadata is rejected with what its audio tells', () => {
  expect(examine({ s3Metadata: { ...s3Metadata, 'started-at': 'yesterday' } })).toMatchObject({
    accepted: false,
    rejection: { code: 'invalid-metadata' },
    facts: { durationMs: 90_000 },
  });
});

test('a recording that is no audio is rejected with what its metadata tells: its agent finds it', () => {
  expect(examine({ header: undefined })).toMatchObject({
    accepted: false,
    rejection: { code: 'unreadable-audio' },
    facts: { agentId: 'lee', startedAt: '2026-10-14T09:00:00.000Z' },
  });
});

test('a recording with one channel is rejected where its source needs two', () => {
  const stereoOnly = SourceConfig.parse({ name: 'support', channels: 2 });
  const rejected = examine({ header: { ...stereo, channels: 1 } }, stereoOnly);
  expect(rejected).toMatchObject({ accepted: false, rejection: { code: 'unsupported-audio' } });
  expect(examine({ header: { ...stereo, channels: 1 } })).toMatchObject({ accepted: true });
});
