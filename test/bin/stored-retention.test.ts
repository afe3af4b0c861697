import { describe, expect, it } from 'vitest';
import { applyText, storedText } from '../../bin/stored-retention.ts';
import type { ApplyReport } from '../../lambdas/retention/apply/apply-report.ts';

const GB = 2 ** 30;
const report: ApplyReport = {
  ...{ applyId: '20261124T120000-1', dryRun: true, configSha256: 'a', deployedConfigSha256: 'b' },
  ...{ startedAt: '2026-11-24T12:00:00.000Z', state: 'done' },
  calls: {
    ...{ found: 12, allFound: true, changed: 10, applied: 0, unchanged: 1 },
    ...{ held: 2, skipped: 1, sizeUnknown: 3 },
  },
  changes: [
    {
      effect: 'shortened',
      from: { retentionClass: '1-year', rule: 'default' },
      to: { retentionClass: '30-days', rule: 'short', floor: 'mifid-2' },
      ...{ calls: 10, bytes: 5 * GB },
    },
  ],
  dueAtOnce: { calls: 4, bytes: 2 * GB, held: { calls: 1, bytes: 0 } },
  goes: [{ retentionClass: '30-days', month: '2026-12', calls: 6, bytes: 3 * GB, before: { calls: 0, bytes: 0 } }],
  keeps: [{ by: 'floor', name: 'mifid-2', calls: 3, bytes: GB }],
  costs: {
    prices: { region: 'us-east-1', asOf: '2026-11-24', source: 'https://aws.amazon.com/s3/pricing/' },
    months: [{ month: '2026-11', beforeUsd: 12.5, afterUsd: 10 }],
    untilGone: { beforeUsd: 150, afterUsd: 20 },
  },
  samples: { 'due-at-once': ['call1', 'call2'] },
};

describe('a plan', () => {
  const text = applyText(report);

  it.each([
    ['that nothing is changed', /^plan +20261124T120000-1, done: nothing is changed\n/],
    [
      'what is due at once, what of it is held, and which calls',
      /4 calls, 2\.0 GB, would be due .*; 1 of them are held\ndue at once, such as call1, call2/,
    ],
    ['which rule changes what', /shortened +│ 1-year, by default +│ 30-days, by short, floor mifid-2 +│ 10 +│ 5\.0 GB/],
    ['what goes when', /2026-12 +│ 30-days +│ 6 +│ 3\.0 GB +│ 0 calls/],
    ['what a floor keeps', /floor +│ mifid-2 +│ 3 calls/],
    ['what it saves', /until gone +│ \$150\.00 +│ \$20\.00 +│ -\$130\.00/],
    ['by which prices', /us-east-1 of 2026-11-24: https:\/\/aws\.amazon\.com/],
    ['what it does not know', /no size +3: /],
  ])('tells %s', (_what, expected) => {
    expect(text).toMatch(expected);
  });
});

describe('an apply', () => {
  it('tells what was changed, and when another config was deployed meanwhile', () => {
    const text = applyText({ ...report, dryRun: false, calls: { ...report.calls, applied: 10 } });
    expect(text).toMatch(/^apply .*done\n/);
    expect(text).toMatch(/changed +10\n/);
    expect(text).toMatch(/Another config was deployed since it began/);
    expect(applyText({ ...report, dryRun: false, deployedConfigSha256: 'a' })).not.toMatch(/Another config/);
  });
});

it('a stored call tells its class, why, what is next, and what it would be', () => {
  const text = storedText({
    ...{ callId: 'call1', state: 'tagged', retentionClass: '1-year', rule: 'default', holds: ['hold1'] },
    ...{ expiresAt: '2027-11-24T12:00:00.000Z', dueAt: '2027-11-24T12:00:00.000Z' },
    lifecycle: { tags: {}, transitions: [] },
    next: { what: 'nothing until its hold is released' },
    because: ['for this reason'],
    wouldBe: { retentionClass: '30-days', rule: 'short', expiresAt: '2026-12-24T12:00:00.000Z', because: ['for that'] },
  });
  expect(text).toMatch(/class +1-year, by default/);
  expect(text).toMatch(/held +hold1\nnext +nothing until its hold is released\n {2}for this reason/);
  expect(text).toMatch(/would be +30-days, by short, until 2026-12-24.*\n {2}for that/);
});
