import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysOfYears, regulations } from '../../../../lambdas/retention/policy/regulations.ts';
import { RetentionConfig } from '../../../../lambdas/retention/retention.ts';

const { gdprStorageLimitation, ...floors } = regulations;

test('every preset is a floor that names its source, for calls under its law', () => {
  const config = RetentionConfig.parse({ floors: Object.values(floors).map((floor) => floor()) });
  for (const { name, because, jurisdictions } of config.floors) {
    expect(because, name).toMatch(/https:\/\//);
    expect(jurisdictions, name).toHaveLength(1);
  }
});

test('a preset takes the calls that it is for', () => {
  const calls = { sources: ['broker'], jurisdictions: ['DE'] };
  expect(regulations.mifid2(calls)).toMatchObject({ name: 'mifid-2', keepDays: 1827, ...calls });
});

test('the ceiling of storage limitation has the days and the purpose of whoever sets it', () => {
  const ceiling = gdprStorageLimitation({ deleteByDays: 90, purpose: 'quality assurance', sources: ['support'] });
  const { ceilings } = RetentionConfig.parse({ ceilings: [ceiling] });
  expect(ceilings).toMatchObject([{ deleteByDays: 90, sources: ['support'], jurisdictions: ['EU'] }]);
  expect(ceilings[0]?.because).toContain('article 5(1)(e): kept no longer than necessary, here for quality assurance');
});

test('a floor of so many years is never short of them, whenever the call was, and at most two days over', () => {
  const start = fc.date({ min: new Date('1950-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(start, fc.integer({ min: 1, max: 10 }), (began, years) => {
      const end = new Date(began);
      end.setUTCFullYear(began.getUTCFullYear() + years);
      const needed = (end.getTime() - began.getTime()) / 86_400_000;
      expect(daysOfYears(years)).toBeGreaterThanOrEqual(needed);
      expect(daysOfYears(years)).toBeLessThanOrEqual(needed + 2);
    }),
  );
});
