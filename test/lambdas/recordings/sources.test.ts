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
    language: 'en-US',
    agentChannel: 0,
    requiredMetadata: ['agentId', 'customerId', 'startedAt'],
  });
});

test.each([
  [{ name: 'Support Team' }, 'name', 'such as "support"'],
  [{ name: 'support', prefix: 'support' }, 'prefix', 'ends in "/"'],
  [{ name: 'support', prefix: '/support/' }, 'prefix', 'does not begin with it'],
  [{ name: 'support', language: 'English' }, 'language', 'such as "en-US"'],
  [{ name: 'support', requiredMetadata: ['agentId'] }, 'requiredMetadata', 'must include "startedAt"'],
])('the source %j is refused: the field and the fix are named', (source, field, fix) => {
  const issues = SourceConfig.safeParse(source).error?.issues ?? [];
  expect(issues.map((issue) => issue.path.join('.'))).toEqual([field]);
  expect(issues[0]?.message).toContain(fix);
});
