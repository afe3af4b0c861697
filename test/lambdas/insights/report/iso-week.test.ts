import { describe, expect, it } from 'vitest';
import { lastWholeWeek, weekBefore, weekNamed, weekOf } from '../../../../lambdas/insights/report/iso-week.ts';

describe('weeks of ISO 8601', () => {
  it.each([
    ['2026-10-12', { name: '2026-W42', from: '2026-10-12', to: '2026-10-18' }],
    ['2026-10-18', { name: '2026-W42', from: '2026-10-12', to: '2026-10-18' }],
    ['2027-01-01', { name: '2026-W53', from: '2026-12-28', to: '2027-01-03' }],
    ['2024-12-30', { name: '2025-W01', from: '2024-12-30', to: '2025-01-05' }],
  ])('%s is of its week', (day, week) => {
    expect(weekOf(day)).toEqual(week);
    expect(weekNamed(week.name)).toEqual(week);
  });

  it('go on over the end of a year', () => {
    expect(weekBefore(weekNamed('2027-W01')).name).toBe('2026-W53');
  });

  it('refuses what is no week, and a week that the year has not', () => {
    expect(() => weekNamed('2026-42')).toThrow('week: 2026-42 is no week of ISO 8601, such as 2026-W42');
    expect(() => weekNamed('2025-W53')).toThrow('week: the year 2025 has no week 53');
    expect(() => weekNamed('2025-W00')).toThrow('has no week 00');
  });

  it('is over on Monday, UTC', () => {
    expect(lastWholeWeek(new Date('2026-10-18T23:59:59.999Z')).name).toBe('2026-W41');
    expect(lastWholeWeek(new Date('2026-10-19T00:00:00.000Z')).name).toBe('2026-W42');
  });
});
