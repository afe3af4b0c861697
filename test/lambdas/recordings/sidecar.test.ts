import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { kindOfObject } from '../../../lambdas/recordings/objects.ts';
import { readSidecar, sidecarKeyOf, sidecarOf } from '../../../lambdas/recordings/sidecar.ts';
import { SourceConfig } from '../../../lambdas/recordings/sources.ts';
import { support } from '../builders.ts';

const withSidecars = (convention: { suffix?: string; replacesExtension?: boolean } = {}) =>
  SourceConfig.parse({
    name: 'support',
    requiredMetadata: ['startedAt'],
    metadata: [{ from: 'sidecar', fields: { startedAt: 'start' }, ...convention }],
  });
const beside = withSidecars();
const instead = withSidecars({ suffix: '_metadata.json', replacesExtension: true });

test.each([
  ['support/a/one.wav', 'support/a/one.wav.json', 'support/a/one_metadata.json'],
  ['support/a.b/one', 'support/a.b/one.json', 'support/a.b/one_metadata.json'],
  ['support/one.2026.wav', 'support/one.2026.wav.json', 'support/one.2026_metadata.json'],
  ['support/.wav', 'support/.wav.json', 'support/.wav_metadata.json'],
])('the recording %s has the sidecar %s, or %s where that replaces the extension', (key, added, replaced) => {
  expect(sidecarKeyOf(key, beside)).toBe(added);
  expect(sidecarKeyOf(key, instead)).toBe(replaced);
});

test('a sidecar tells which recording it describes', () => {
  expect(sidecarOf('support/a/one.wav.json', beside)).toEqual({ audioKey: 'support/a/one.wav' });
  expect(sidecarOf('support/a/one_metadata.json', instead)).toEqual({
    audioKey: 'support/a/one',
    audioPrefix: 'support/a/one.',
  });
});

test.each(['support/a/one.wav', 'support/.json', 'support/a/.json', 'other/one.wav.json', 'support/one.JSON'])(
  '%s is no sidecar',
  (key) => {
    expect(sidecarOf(key, beside)).toBeUndefined();
    expect(kindOfObject(key, beside)).toBe('audio');
  },
);

test('where a source has no sidecars, nothing is one', () => {
  expect(sidecarKeyOf('support/one.wav', support)).toBeUndefined();
  expect(kindOfObject('support/one.wav.json', support)).toBe('audio');
});

test('whatever its key, a recording and its sidecar find each other', () => {
  const audioKey = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 1000 })
    .filter((rest) => !rest.endsWith('/'))
    .map((rest) => `support/${rest}`);
  fc.assert(
    fc.property(audioKey, (key) => {
      expect(sidecarOf(sidecarKeyOf(key, beside) ?? '', beside)).toEqual({ audioKey: key });
      const target = sidecarOf(sidecarKeyOf(key, instead) ?? '', instead);
      expect(target?.audioPrefix !== undefined && (key === target.audioKey || key.startsWith(target.audioPrefix))).toBe(
        true,
      );
    }),
  );
});

test.each([
  ['agent.id', { value: 'lee' }],
  ['calls.1.id', { value: '7' }],
  ['held', { value: 'false' }],
  ['calls.2.id', {}],
  ['agent.name', {}],
  ['agent.id.first', {}],
  ['agent.constructor', {}],
  ['gone', {}],
])('at %s a sidecar says %j', (path, value) => {
  const text = '\uFEFF{"agent":{"id":"lee"},"calls":[{"id":6},{"id":7}],"held":false,"gone":null}';
  expect(readSidecar(text)?.(path)).toEqual(value);
});
