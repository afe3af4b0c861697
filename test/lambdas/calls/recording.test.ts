import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { callIdOf } from '../../../lambdas/calls/calls.ts';

const recording = { bucket: 'recordings', key: 'support/a/b.wav', versionId: 'v1' };

test('the id of a recording never changes: calls are stored by it', () => {
  expect(callIdOf(recording)).toBe('tkpp703eav5ah3knw7v1ygaj2j');
});

test.each([
  ['support/a/b.wav', 'support/a-b.wav'],
  ['a b.wav', 'a+b.wav'],
  ['a+b.wav', 'a%2Bb.wav'],
  ['+1555.wav', '1555.wav'],
  ['Call.wav', 'call.wav'],
  ['grüße.wav', 'grusse.wav'],
  ['caf\u00e9.wav', 'cafe\u0301.wav'],
  ['a.wav', 'a.wav '],
])('the keys %j and %j are two calls', (one, other) => {
  expect(callIdOf({ ...recording, key: one })).not.toBe(callIdOf({ ...recording, key: other }));
});

test('the same key in another bucket or version is another call', () => {
  const ids = [
    recording,
    { ...recording, versionId: 'v2' },
    { ...recording, bucket: 'other' },
    // The parts are told apart, wherever one ends.
    { bucket: 'recordings', key: 'support/a', versionId: '/b.wavv1' },
  ].map(callIdOf);
  expect(new Set(ids).size).toBe(4);
});

test('any key gives an id that is safe in a job name and a URL', () => {
  const part = fc.string({ minLength: 1, maxLength: 1024, unit: 'grapheme' });
  fc.assert(
    fc.property(part, part, part, (bucket, key, versionId) => {
      expect(callIdOf({ bucket, key, versionId })).toMatch(/^[0-9a-hjkmnp-tv-z]{26}$/);
    }),
  );
});

test('recordings that differ have ids that differ', () => {
  const recordings = fc.record({ bucket: fc.string(), key: fc.string(), versionId: fc.string() });
  fc.assert(
    fc.property(recordings, recordings, (one, other) => {
      fc.pre(JSON.stringify(one) !== JSON.stringify(other));
      expect(callIdOf(one)).not.toBe(callIdOf(other));
    }),
  );
});
