import { expect, test } from 'vitest';
import { matches } from '../../../../lambdas/retention/policy/call-match.ts';

test.each([
  ['US', 'US', true],
  ['US', 'US-CA', true],
  ['US-CA', 'US', false],
  ['US-CA', 'US-NY', false],
  ['EU', 'EU', true],
  ['EU', 'DE', true],
  ['EU', 'DE-BY', true],
  ['EU', 'GB', false],
  ['EU', 'CH', false],
  ['DE', 'EU', false],
])('law of %s for a call under the law of %s: %s', (wide, jurisdiction, covered) => {
  expect(matches({ jurisdictions: [wide] }, { jurisdiction })).toBe(covered);
});

test('every list must match, and what is not known matches no list', () => {
  const match = { sources: ['loans'], directions: ['inbound' as const], linesOfBusiness: ['banking'] };
  const call = { source: 'loans', direction: 'inbound' as const, lineOfBusiness: 'banking' };
  expect(matches(match, call)).toBe(true);
  for (const unknown of ['source', 'direction', 'lineOfBusiness']) {
    expect(matches(match, { ...call, [unknown]: undefined }), unknown).toBe(false);
  }
  expect(matches({ jurisdictions: ['US'] }, call)).toBe(false);
  expect(matches({}, {})).toBe(true);
});

test('one tag of several is enough, and a call that was not tagged has none', () => {
  expect(matches({ tags: ['credit', 'escalation'] }, { tags: ['escalation', 'other'] })).toBe(true);
  expect(matches({ tags: ['credit'] }, { tags: ['other'] })).toBe(false);
  expect(matches({ tags: ['credit'] }, {})).toBe(false);
});

test('consent of which nothing was said is unknown', () => {
  expect(matches({ consent: ['unknown'] }, {})).toBe(true);
  expect(matches({ consent: ['given'] }, {})).toBe(false);
  expect(matches({ consent: ['refused', 'withdrawn'] }, { consent: 'withdrawn' })).toBe(true);
});
