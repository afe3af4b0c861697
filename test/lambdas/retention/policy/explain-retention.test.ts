import { expect, test } from 'vitest';
import { explainRetention } from '../../../../lambdas/retention/policy/explain-retention.ts';
import { RetentionConfig } from '../../../../lambdas/retention/policy/retention-config.ts';

const countedFrom = '2026-01-01T00:00:00.000Z';
const config = RetentionConfig.parse({
  classes: [
    {
      name: 'kept',
      keepDays: 365,
      transitions: [{ storageClass: 'GLACIER_IR', afterDays: 90 }],
      objectLock: { mode: 'compliance', days: 200 },
    },
  ],
  defaultClass: 'kept',
});
const nextAt = (at: string, uploadedAt?: string) =>
  explainRetention({ countedFrom }, config, { at: new Date(at), uploadedAt }).next;

test('what happens next is the next move, then the end of the lock, then the deletion, then the sweep', () => {
  expect(nextAt('2026-01-02')).toEqual({ what: 'the recording moves to GLACIER_IR', when: '2026-04-01T00:00:00.000Z' });
  expect(nextAt('2026-04-02')).toEqual({
    what: 'the compliance lock of the recording ends',
    when: '2026-07-20T00:00:00.000Z',
  });
  const when = '2027-01-01T00:00:00.000Z';
  expect(nextAt('2026-12-31')).toEqual({ what: 'the call and every copy of it is deleted', when });
  expect(nextAt('2027-01-02')).toEqual({ what: 'the next daily sweep deletes the call: it is due', when });
});

test('moves count from the upload, and one that would come after the end does not come', () => {
  expect(nextAt('2026-04-02', '2026-05-01T00:00:00.000Z').when).toBe('2026-07-20T00:00:00.000Z');
  expect(nextAt('2026-07-21', '2026-05-01T00:00:00.000Z').when).toBe('2026-07-30T00:00:00.000Z');
  expect(nextAt('2026-07-21', '2026-11-01T00:00:00.000Z').what).toBe('the call and every copy of it is deleted');
});

test('it tells what lifecycle would do, and until when the recording is locked', () => {
  expect(explainRetention({ countedFrom }, config, { at: new Date(countedFrom) })).toMatchObject({
    retentionClass: 'kept',
    rule: 'default',
    countedFrom,
    expiresAt: '2027-01-01T00:00:00.000Z',
    lifecycle: {
      tags: { 'retention-class': 'kept', 'retention-days': '365' },
      transitions: [{ storageClass: 'GLACIER_IR', afterDays: 90 }],
      expirationDays: 367,
    },
    locked: { mode: 'compliance', until: '2026-07-20T00:00:00.000Z' },
  });
});
