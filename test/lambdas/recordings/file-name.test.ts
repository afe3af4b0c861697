import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchFileName, problemOfPattern } from '../../../lambdas/recordings/file-name.ts';

const KNOWN = ['callId', 'agentId', 'startedAt', 'date', 'time'];

test.each([
  ['(?<agentId>', 'is no regular expression'],
  ['(?<agent>.+)', 'the group "agent" is none of callId, agentId'],
  ['^.*$', 'names no metadata'],
  ['(?<date>.)', 'write both'],
  ['(?<date>.)(?<time>.)(?<startedAt>.)', 'leave one out'],
  ['(?<agentId>a+)+', 'can take forever'],
  ['(?<agentId>x)(?:[a-z]+_?)*$', 'can take forever'],
  ['(?<agentId>x)(a|aa)+$', 'can take forever'],
  ['(?<agentId>x)((?:ab?)c){2,9}$', 'can take forever'],
])('the pattern %s is refused: %s', (pattern, why) => {
  expect(problemOfPattern(pattern, KNOWN)).toContain(why);
});

test.each([
  '(?<agentId>[^/]+)/(?<callId>[0-9a-f]{8}(?:-[0-9a-f]{4}){3})',
  '(?<agentId>a|b)?',
  String.raw`(?<agentId>\(+)[(+)]*(?<!x)(?=y)\p{L}+`,
  '(?<date>.{8})(?<time>.{4})',
  '(?:(?<agentId>a)|(?<callId>b))',
  '(?:(?<agentId>a)1|(?<agentId>b)2)',
])('the pattern %s can be used', (pattern) => {
  expect(problemOfPattern(pattern, KNOWN)).toBeUndefined();
});

test('characters outside the basic plane count as one', () => {
  expect(matchFileName('^(?<agentId>.)-', '🎧-1.wav')).toEqual(new Map([['agentId', '🎧']]));
});

test('a pattern that is accepted matches any key in the time that it has', () => {
  const key = fc.string({ unit: fc.constantFrom('a', 'b', '_', '/', '(', '🎧'), maxLength: 1024, size: 'max' });
  fc.assert(
    fc.property(key, (text) => {
      expect(matchFileName('^(?<agentId>[^_]+)_(?<callId>.+?)_[^/]+$', text)).not.toBe('timeout');
    }),
  );
});
