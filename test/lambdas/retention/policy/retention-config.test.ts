import { expect, test } from 'vitest';
import { decideRetention, Retention } from '../../../../lambdas/retention/policy/decide-retention.ts';
import { RetentionConfig } from '../../../../lambdas/retention/policy/retention-config.ts';

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

const because = 'a rule of the company';
const class90 = (rest: object) => ({ classes: [{ name: 'kept', keepDays: 90, ...rest }], defaultClass: 'kept' });
const moves = (...transitions: [string, number][]) => ({
  transitions: transitions.map(([storageClass, afterDays]) => ({ storageClass, afterDays })),
});

test.each<[string, unknown, string]>([
  [
    'two rules of one name',
    {
      rules: [
        { name: 'a', sources: ['x'], retentionClass: '1-year' },
        { name: 'a', retentionClass: '1-year' },
      ],
    },
    'rules.1.name: the rule "a" is there twice: name one of them anew',
  ],
  [
    'a rule of the name that stands for none',
    { rules: [{ name: 'default', retentionClass: '1-year' }] },
    'rules.0.name: "default" is told where no rule matches: give the rule another name',
  ],
  [
    'a list that matches no call',
    { rules: [{ name: 'a', directions: [], retentionClass: '1-year' }] },
    'rules.0.directions: is empty: leave it out to match every call',
  ],
  [
    'a jurisdiction that is no code',
    { floors: [{ name: 'a', jurisdictions: ['Germany'], keepDays: 1, because }] },
    'floors.0.jurisdictions.0: use an ISO 3166 code, such as "US", "US-CA" or "DE", or "EU"',
  ],
  [
    'a floor without its reason',
    { floors: [{ name: 'a', keepDays: 1, because: '' }] },
    'floors.0.because: say why, with the source: it is shown wherever it decides',
  ],
  [
    'a class that no rule gives',
    {
      classes: [
        { name: '1-year', keepDays: 365 },
        { name: '90-days', keepDays: 90 },
      ],
    },
    'classes.1.name: no rule gives the class "90-days": add a rule with retentionClass "90-days", or leave the class out',
  ],
  [
    'a transition that comes before the one before it',
    class90(moves(['STANDARD_IA', 40], ['GLACIER_IR', 40])),
    'classes.0.transitions.1.afterDays: must be more than that of the transition before it (40)',
  ],
  [
    'a transition to a warmer class',
    { classes: [{ name: '1-year', keepDays: 365, ...moves(['GLACIER', 30], ['GLACIER_IR', 200]) }] },
    'classes.0.transitions.1.storageClass: S3 moves nothing from GLACIER to GLACIER_IR: put the warmer class first',
  ],
  [
    'a transition to STANDARD_IA too soon',
    class90(moves(['STANDARD_IA', 29])),
    'classes.0.transitions.0.afterDays: must be 30 or more: S3 moves nothing to STANDARD_IA sooner',
  ],
  [
    'a stay that is paid for longer than it is',
    class90(moves(['STANDARD_IA', 61])),
    'classes.0.transitions.0.afterDays: leaves 29 days in STANDARD_IA until the end, and S3 charges for 30: move earlier, keep longer, or leave the transition out',
  ],
  [
    'a stay before the next move that is paid for longer than it is',
    { classes: [{ name: '1-year', keepDays: 365, ...moves(['GLACIER_IR', 30], ['DEEP_ARCHIVE', 119]) }] },
    'classes.0.transitions.0.afterDays: leaves 89 days in GLACIER_IR until the move to DEEP_ARCHIVE, and S3 charges for 90: move earlier, keep longer, or leave the transition out',
  ],
  [
    'a lock that is longer than the class',
    class90({ objectLock: { mode: 'governance', days: 91 } }),
    'classes.0.objectLock.days: must be no more than keepDays (90): the calls could not be deleted when they are due',
  ],
])('%s is refused', (_, config, problem) => {
  expect(problemsOf(config)).toEqual([problem]);
});

test.each([
  ['DEEP_ARCHIVE', 185],
  ['GLACIER', 275],
  ['GLACIER_IR', 275],
  ['STANDARD_IA', 335],
  ['INTELLIGENT_TIERING', 364],
] as const)('a move to %s pays for itself up to day %d of a year, and no day later', (storageClass, afterDays) => {
  const problems = (days: number) =>
    problemsOf({ classes: [{ name: '1-year', keepDays: 365, ...moves([storageClass, days]) }] });
  expect(problems(afterDays)).toEqual([]);
  expect(problems(afterDays + 1)).not.toEqual([]);
});

test('more lifecycle rules than a bucket takes are refused', () => {
  const floors = Array.from({ length: 998 }, (_, i) => ({ name: `${i}`, keepDays: 3000 + i, because }));
  expect(problemsOf({ floors: floors.slice(0, 100) })).toEqual([]);
  expect(problemsOf({ floors })).toContainEqual(
    expect.stringMatching(/^classes: need \d+ lifecycle rules .* takes 1000/),
  );
});

test('receipts of deletions are kept 7 years, unless it is said otherwise', () => {
  expect(RetentionConfig.parse({}).receipts).toEqual({ keepDays: 2557 });
  expect(RetentionConfig.parse({ receipts: { keepDays: 3653 } }).receipts).toEqual({ keepDays: 3653 });
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
