import { describe, expect, it } from 'vitest';
import type { CohortEnd } from '../../../../lambdas/retention/apply/apply-counts.ts';
import { S3_PRICES } from '../../../../lambdas/retention/apply/s3-prices.ts';
import { monthlyCosts } from '../../../../lambdas/retention/apply/storage-costs.ts';
import { RetentionClass } from '../../../../lambdas/retention/retention.ts';

const GB = 2 ** 30;
const classes = [
  { name: 'short', keepDays: 90 },
  { name: 'long', keepDays: 730, transitions: [{ storageClass: 'GLACIER_IR', afterDays: 90 }] },
  { name: 'deep', keepDays: 730, transitions: [{ storageClass: 'DEEP_ARCHIVE', afterDays: 30 }] },
].map((one) => RetentionClass.parse(one));

const short: CohortEnd = { retentionClass: 'short', keepDays: 90, due: '2026-04' };
const long: CohortEnd = { retentionClass: 'long', keepDays: 730, due: '2028-01' };
const deep: CohortEnd = { retentionClass: 'deep', keepDays: 730, due: '2028-01' };

const costs = (before: CohortEnd, after: CohortEnd, now: string, amount = { calls: 1000, bytes: 1000 * GB }) =>
  monthlyCosts([{ uploaded: '2026-01', before, after, ...amount }], { before: classes, after: classes, now });
const of = (months: ReturnType<typeof costs>, wanted: string) => months.find(({ month }) => month === wanted);
const { STANDARD, GLACIER_IR, DEEP_ARCHIVE } = S3_PRICES.classes;

describe('what storing recordings costs', () => {
  it('is charged to the month in which they are due, and no longer', () => {
    const months = costs(short, long, '2026-01');
    expect(of(months, '2026-04')?.beforeUsd).toBeCloseTo(1000 * STANDARD.gbMonthUsd);
    expect(of(months, '2026-05')?.beforeUsd).toBe(0);
    expect(months.at(-1)?.month).toBe('2028-01');
  });

  it('falls once they move to cheaper storage, and moving them costs', () => {
    const months = costs(short, long, '2026-01');
    expect(of(months, '2026-03')?.afterUsd).toBeCloseTo(1000 * STANDARD.gbMonthUsd);
    expect(of(months, '2026-04')?.afterUsd).toBeCloseTo(1000 * GLACIER_IR.gbMonthUsd + GLACIER_IR.transitionsUsd);
    expect(of(months, '2026-05')?.afterUsd).toBeCloseTo(1000 * GLACIER_IR.gbMonthUsd);
  });

  it('is that of the class in which they are: S3 moves nothing back', () => {
    const months = costs(long, { ...short, due: '2026-12' }, '2026-09');
    expect(of(months, '2026-09')).toMatchObject({ beforeUsd: 4, afterUsd: 4 });
  });

  it('has the rest of the minimum in it, where they leave a class before', () => {
    const months = costs(deep, { ...short, due: '2026-04' }, '2026-03');
    const usdMonth = 1000 * DEEP_ARCHIVE.gbMonthUsd;
    // From day 30 to the end of April are 92 days of 180.
    const expected = usdMonth + (usdMonth * (180 - (4 * 365.25) / 12 + 30)) / (365.25 / 12);
    expect(of(months, '2026-04')?.afterUsd).toBeCloseTo(expected, 1);
    expect(of(months, '2026-04')?.beforeUsd).toBeCloseTo(usdMonth, 1);
  });

  it('counts small recordings as large as the class does', () => {
    const months = costs(long, long, '2026-09', { calls: 2 ** 13, bytes: 2 ** 13 });
    // 8192 of 128 KiB are a GB, and 2^13 bytes are nothing.
    expect(of(months, '2026-10')?.beforeUsd).toBeCloseTo(GLACIER_IR.gbMonthUsd);
  });

  it('of what is overdue is that of the present month', () => {
    expect(costs(short, short, '2026-09').map(({ month }) => month)).toEqual(['2026-09']);
  });
});
