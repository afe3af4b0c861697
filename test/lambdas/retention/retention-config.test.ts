import { expect, test } from 'vitest';
import { decideRetention, Retention } from '../../../lambdas/retention/decide-retention.ts';
import { RetentionConfig } from '../../../lambdas/retention/retention-config.ts';

const problemsOf = (config: unknown): string[] =>
  (RetentionConfig.safeParse(config).error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`);

test('without any choice there are the usual classes, and calls are kept a year', () => {
  const config = RetentionConfig.parse({});
  expect(config.classes.map((one) => one.name)).toEqual(['30-days', '6-months', '1-year', '5-years', '7-years']);
  expect(config.defaultClass).toBe('1-year');
});

test.each([
  [{ defaultClass: '2-years' }, 'defaultClass', 'the classes are 30-days, 6-months, 1-year'],
  [{ rules: [{ name: 'a', retentionClass: 'long' }] }, 'rules.0.retentionClass', 'there is no class "long"'],
  [{ classes: [{ name: 'short', keepDays: 7 }] }, 'defaultClass', 'there is no class "1-year": the classes are short'],
  [
    {
      classes: [
        { name: '1-year', keepDays: 365 },
        { name: '1-year', keepDays: 366 },
      ],
    },
    'classes.1.name',
    'there twice',
  ],
  [
    {
      classes: [{ name: '1-year', keepDays: 365, transitions: [{ storageClass: 'GLACIER', afterDays: 365 }] }],
    },
    'classes.0.transitions.0.afterDays',
    'must be less than keepDays (365)',
  ],
  [{ classes: [{ name: 'One Year', keepDays: 365 }], defaultClass: '1-year' }, 'classes.0.name', 'such as "1-year"'],
])('%j is refused: the field and the fix are named', (config, field, fix) => {
  expect(problemsOf(config)).toContainEqual(expect.stringMatching(new RegExp(`^${field}: `)));
  expect(problemsOf(config).join()).toContain(fix);
});

test.each([0, -1, 1.5])('a class that keeps calls for %d days is refused', (keepDays) => {
  expect(problemsOf({ classes: [{ name: '1-year', keepDays }] })).toContainEqual(
    expect.stringContaining('classes.0.keepDays: '),
  );
});

test('a field that is not known is refused: a rule with a typing error would match every call', () => {
  expect(problemsOf({ rules: [{ name: 'a', source: ['loans'], retentionClass: '1-year' }] })).toContainEqual(
    expect.stringContaining('source'),
  );
});

test.each([3_000_000, 200_000_000])(
  'a class whose end cannot be written as a time (%d days) is refused before it is deployed',
  (keepDays) => {
    const config = RetentionConfig.safeParse({ classes: [{ name: 'forever', keepDays }], defaultClass: 'forever' });
    const expire = () =>
      config.data && Retention.parse(decideRetention({ countedFrom: '2026-10-14T12:00:00.000Z' }, config.data));
    expect(expire).not.toThrow();
  },
);
