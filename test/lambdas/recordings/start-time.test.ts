import { expect, test } from 'vitest';
import { readStartTime, StartTime } from '../../../lambdas/recordings/start-time.ts';

const NEW_YORK = 'America/New_York';

test.each([
  ['2026-10-14T09:12:34Z', { format: 'iso', zone: NEW_YORK }, '2026-10-14T09:12:34.000Z'],
  ['2026-10-14T09:12:34.5+0200', { format: 'iso', zone: NEW_YORK }, '2026-10-14T07:12:34.500Z'],
  ['2026-10-14T09:12:34', { format: 'iso', zone: NEW_YORK }, '2026-10-14T13:12:34.000Z'],
  ['1791969154', { format: 'epoch-seconds' }, '2026-10-14T09:12:34.000Z'],
  ['1791969154123', { format: 'epoch-milliseconds' }, '2026-10-14T09:12:34.123Z'],
  ['20261014_091234', { format: 'yyyyMMdd_HHmmss', zone: 'UTC' }, '2026-10-14T09:12:34.000Z'],
  ['10/14/26 9:12 PM', { format: 'M/d/yy h:mm a', zone: NEW_YORK }, '2026-10-15T01:12:00.000Z'],
  ['14 Oct 2026 09:12 +02:00', { format: 'dd LLL yyyy HH:mm ZZ' }, '2026-10-14T07:12:00.000Z'],
  ['at 2026-10-14', { format: "'at 'yyyy-MM-dd", zone: 'Asia/Tokyo' }, '2026-10-13T15:00:00.000Z'],
])('%s, as %j, is %s', (text, startTime, time) => {
  expect(readStartTime(text, StartTime.parse(startTime))).toBe(time);
});

test.each([
  ['an ordinary time of summer', '2026-07-01 01:30', '2026-07-01T05:30:00.000Z'],
  ['an ordinary time of winter', '2026-12-01 01:30', '2026-12-01T06:30:00.000Z'],
  ['an hour that comes twice is its first', '2026-11-01 01:30', '2026-11-01T05:30:00.000Z'],
  ['an hour that is left out is an hour later', '2026-03-08 02:30', '2026-03-08T07:30:00.000Z'],
])('%s', (_, text, time) => {
  expect(readStartTime(text, { format: 'yyyy-MM-dd HH:mm', zone: NEW_YORK })).toBe(time);
});

test.each([
  ['yesterday', { format: 'iso', zone: 'UTC' }],
  ['2026-02-30', { format: 'yyyy-MM-dd', zone: 'UTC' }],
  ['2026-10-14 x', { format: 'yyyy-MM-dd', zone: 'UTC' }],
  ['soon', { format: 'epoch-seconds' }],
  ['-1', { format: 'epoch-milliseconds' }],
  ['999999999999999', { format: 'epoch-seconds' }],
  ['', { format: 'epoch-seconds' }],
])('%j is not a time of the format %j', (text, startTime) => {
  expect(readStartTime(text, StartTime.parse(startTime))).toBeUndefined();
});

test.each([
  [{ format: 'yyyyMMdd' }, 'zone', 'such as "America/New_York" or "UTC"'],
  [{ format: 'iso' }, 'zone', 'say in which time zone'],
  [{ format: 'iso', zone: 'Eastern' }, 'zone', 'use an IANA time zone'],
  [{ format: 'iso', zone: 'local' }, 'zone', 'use an IANA time zone'],
  [{ format: 'YYYY-MM-DD', zone: 'UTC' }, 'format', 'write years as yyyy and days as dd'],
  [{ format: 'HH:mm', zone: 'UTC' }, 'format', 'tells no day'],
])('%j is refused: the field and the fix are named', (startTime, field, fix) => {
  const issues = StartTime.safeParse(startTime).error?.issues ?? [];
  expect(issues.map((issue) => issue.path.join('.'))).toEqual([field]);
  expect(issues[0]?.message).toContain(fix);
});
