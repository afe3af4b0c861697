import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideRetention, retentionTags } from '../../../lambdas/retention/decide-retention.ts';
import { RetentionConfig } from '../../../lambdas/retention/retention-config.ts';

const countedFrom = '2026-01-31T10:00:00.000Z';
const config = RetentionConfig.parse({
  rules: [
    { name: 'loans by law', sources: ['loans', 'mortgages'], retentionClass: '7-years' },
    { name: 'loans cheaply', sources: ['loans', 'sales'], retentionClass: '30-days' },
  ],
});

test.each([
  ['loans', 'loans by law', '7-years'],
  ['sales', 'loans cheaply', '30-days'],
  ['support', 'default', '1-year'],
  [undefined, 'default', '1-year'],
])('a call of %s is kept by the first rule that matches: %s', (source, rule, retentionClass) => {
  expect(decideRetention({ source, countedFrom }, config)).toMatchObject({ rule, retentionClass });
});

test('a rule without sources takes every call', () => {
  const everything = RetentionConfig.parse({ rules: [{ name: 'all', retentionClass: '5-years' }] });
  expect(decideRetention({ countedFrom }, everything).rule).toBe('all');
});

test('days are counted from the call, over months and leap days', () => {
  expect(decideRetention({ source: 'sales', countedFrom }, config).expiresAt).toBe('2026-03-02T10:00:00.000Z');
  expect(decideRetention({ source: 'sales', countedFrom: '2028-02-01T00:00:00.000Z' }, config).expiresAt).toBe(
    '2028-03-02T00:00:00.000Z',
  );
});

test('no call is due before its class says, nor a day after', () => {
  const start = fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(start, fc.integer({ min: 1, max: 20_000 }), (began, keepDays) => {
      const kept = RetentionConfig.parse({ classes: [{ name: 'kept', keepDays }], defaultClass: 'kept' });
      const { expiresAt } = decideRetention({ countedFrom: began.toISOString() }, kept);
      expect((Date.parse(expiresAt) - began.getTime()) / 86_400_000).toBe(keepDays);
    }),
  );
});

test('every copy of a call is tagged with its class, which lifecycle rules filter on', () => {
  expect(retentionTags(decideRetention({ source: 'loans', countedFrom }, config))).toEqual({
    'retention-class': '7-years',
  });
});
