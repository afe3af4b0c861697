import * as fc from 'fast-check';
import {
  Consent,
  type RetentionConfig,
  type RetentionSubject,
  type SourceOfCalls,
} from '../../../../lambdas/retention/retention.ts';

/** The sources that random policies and calls are about. */
export const sources: readonly SourceOfCalls[] = [
  { name: 'support' },
  { name: 'loans', lineOfBusiness: 'banking', jurisdiction: 'US-CA' },
  { name: 'broker', lineOfBusiness: 'banking', jurisdiction: 'DE' },
];

/** The tags that random policies and calls are about. */
export const tags = ['credit', 'escalation'];

const some = <T>(values: readonly T[]) => fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined });

const match = fc.record({
  sources: some(sources.map((source) => source.name)),
  linesOfBusiness: some(['banking']),
  jurisdictions: some(['US', 'US-CA', 'EU', 'DE']),
  directions: some(['inbound', 'outbound'] as const),
  tags: some(tags),
  consent: some(Consent.options),
});

const days = fc.integer({ min: 1, max: 3653 });

const transitions = fc.constantFrom<RetentionConfig['classes'][number]['transitions']>(
  [],
  [{ storageClass: 'GLACIER_IR', afterDays: 90 }],
  [
    { storageClass: 'STANDARD_IA', afterDays: 30 },
    { storageClass: 'GLACIER', afterDays: 60 },
    { storageClass: 'DEEP_ARCHIVE', afterDays: 200 },
  ],
);

const objectLock = fc.option(fc.record({ mode: fc.constantFrom('governance' as const, 'compliance' as const), days }), {
  nil: undefined,
});

/** Random policies, also such as contradict themselves. */
export const policy: fc.Arbitrary<RetentionConfig> = fc
  .record({
    classes: fc.array(fc.record({ keepDays: days, transitions, objectLock }), { minLength: 1, maxLength: 3 }),
    rules: fc.array(fc.record({ match, retentionClass: fc.nat() }), { maxLength: 4 }),
    defaultClass: fc.nat(),
    floors: fc.array(fc.record({ match, keepDays: days }), { maxLength: 3 }),
    ceilings: fc.array(fc.record({ match, deleteByDays: days }), { maxLength: 3 }),
  })
  .map(({ classes, rules, defaultClass, floors, ceilings }) => {
    const named = (index: number) => `class-${index % classes.length}`;
    return {
      classes: classes.map((one, i) => ({ ...one, name: named(i) })),
      rules: rules.map((rule, i) => ({ ...rule.match, name: `rule ${i}`, retentionClass: named(rule.retentionClass) })),
      defaultClass: named(defaultClass),
      floors: floors.map((one, i) => ({ ...one.match, name: `floor ${i}`, keepDays: one.keepDays, because: 'a law' })),
      ceilings: ceilings.map((one, i) => ({
        ...one.match,
        name: `ceiling ${i}`,
        deleteByDays: one.deleteByDays,
        because: 'privacy',
      })),
      receipts: { keepDays: 2557 },
    };
  });

/** Every kind of call that policies tell apart. */
export const everyKindOfCall: readonly Omit<RetentionSubject, 'countedFrom'>[] = [...sources, undefined].flatMap(
  (source) =>
    [undefined, 'inbound' as const, 'outbound' as const].flatMap((direction) =>
      [undefined, ...Consent.options].flatMap((consent) =>
        [[], ['credit'], ['escalation'], tags].map((of) => ({
          source: source?.name,
          lineOfBusiness: source?.lineOfBusiness,
          jurisdiction: source?.jurisdiction,
          direction,
          consent,
          tags: of,
        })),
      ),
    ),
);

/** Random calls. */
export const call: fc.Arbitrary<RetentionSubject> = fc
  .record({
    kind: fc.constantFrom(...everyKindOfCall),
    began: fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
  })
  .map(({ kind, began }) => ({ ...kind, countedFrom: began.toISOString() }));

/** Days from when a call counts to `time`. */
export const daysUntil = ({ countedFrom }: RetentionSubject, time: string): number =>
  (Date.parse(time) - Date.parse(countedFrom)) / 86_400_000;
