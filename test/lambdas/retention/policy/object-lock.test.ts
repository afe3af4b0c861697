import { describe, expect, it } from 'vitest';
import { extendedLock, objectLockOf, RetentionConfig } from '../../../../lambdas/retention/retention.ts';

const config = RetentionConfig.parse({
  classes: [
    { name: 'worm', keepDays: 2000, objectLock: { mode: 'compliance', days: 1827 } },
    { name: 'plain', keepDays: 30 },
  ],
  rules: [{ name: 'the plain ones', sources: ['support'], retentionClass: 'plain' }],
  defaultClass: 'worm',
});
const retention = {
  ...{ retentionClass: 'worm', rule: 'default', countedFrom: '2026-10-14T09:00:00.000Z' },
  expiresAt: '2032-04-05T09:00:00.000Z',
};
const now = '2026-10-14T12:00:00.000Z';

describe('the lock of a class', () => {
  it('ends so many days after the call began', () => {
    expect(objectLockOf(retention, config, now)).toEqual({ mode: 'compliance', until: '2031-10-15T09:00:00.000Z' });
  });

  it('is none where the class asks for none, or its end is over: an old call that was imported', () => {
    expect(objectLockOf({ ...retention, retentionClass: 'plain' }, config, now)).toBeUndefined();
    expect(objectLockOf({ ...retention, countedFrom: '2020-01-01T00:00:00.000Z' }, config, now)).toBeUndefined();
    expect(objectLockOf({ ...retention, countedFrom: undefined }, config, now)).toBeUndefined();
  });
});

describe('a lock that is there', () => {
  const there = { mode: 'governance', until: '2030-01-01T00:00:00.000Z' } as const;

  it('ends later where that is asked for, and stays as strict as it is', () => {
    expect(extendedLock(undefined, there)).toEqual(there);
    const later = { mode: 'compliance', until: '2031-01-01T00:00:00.000Z' } as const;
    expect(extendedLock(there, later)).toEqual({ ...there, until: later.until });
    expect(extendedLock(later, { ...there, until: '2032-01-01T00:00:00.000Z' })).toMatchObject({ mode: 'compliance' });
  });

  it('never ends sooner', () => {
    expect(extendedLock(there, { ...there, until: '2029-12-31T00:00:00.000Z' })).toBeUndefined();
    expect(extendedLock(there, there)).toBeUndefined();
  });
});
