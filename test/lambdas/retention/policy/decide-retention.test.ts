import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matches } from '../../../../lambdas/retention/policy/call-match.ts';
import {
  decideRetention,
  decideWithReasons,
  Retention,
  retentionSubject,
  retentionTags,
} from '../../../../lambdas/retention/policy/decide-retention.ts';
import { RetentionConfig } from '../../../../lambdas/retention/policy/retention-config.ts';
import { call, daysUntil, policy } from './policies.ts';

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

test('a rule without lists takes every call', () => {
  const everything = RetentionConfig.parse({ rules: [{ name: 'all', retentionClass: '5-years' }] });
  expect(decideRetention({ countedFrom }, everything).rule).toBe('all');
});

test('days are counted from the call, over months and leap days', () => {
  expect(decideRetention({ source: 'sales', countedFrom }, config).expiresAt).toBe('2026-03-02T10:00:00.000Z');
  expect(decideRetention({ source: 'sales', countedFrom: '2028-02-01T00:00:00.000Z' }, config).expiresAt).toBe(
    '2028-03-02T00:00:00.000Z',
  );
});

describe('floors and ceilings', () => {
  const because = 'a rule of the company';
  const floors = [
    { name: 'short', keepDays: 10, because },
    { name: 'long', keepDays: 400, because },
  ];
  const ceilings = [
    { name: 'late', deleteByDays: 900, because },
    { name: 'early', deleteByDays: 100, because },
  ];
  const decide = (policies: object) => decideWithReasons({ countedFrom }, RetentionConfig.parse(policies));

  test('the latest floor raises what the class says', () => {
    const { retention, keepDays, because: reasons } = decide({ floors });
    expect(keepDays).toBe(400);
    expect(retention).toMatchObject({ retentionClass: '1-year', floor: { name: 'long', until: retention.expiresAt } });
    expect(reasons.join('\n')).toMatch(
      /"long" forbids deletion before .*: it raises .*, because: a rule of the company/,
    );
  });

  test('the earliest ceiling cuts it', () => {
    const { retention, keepDays, because: reasons } = decide({ ceilings });
    expect(keepDays).toBe(100);
    expect(retention.ceiling).toEqual({ name: 'early', by: retention.expiresAt });
    expect(reasons.join('\n')).toMatch(/"early" demands deletion by .*: it cuts/);
  });

  test('those within which the class is are told, and leave it', () => {
    const { retention, keepDays } = decide({ floors: floors.slice(0, 1), ceilings: ceilings.slice(0, 1) });
    expect(keepDays).toBe(365);
    expect(retention).toMatchObject({ floor: { name: 'short' }, ceiling: { name: 'late' } });
  });

  test('a floor that is later than a ceiling wins, and says so', () => {
    const { keepDays, because: reasons } = decide({ floors, ceilings });
    expect(keepDays).toBe(400);
    expect(reasons.join('\n')).toContain('the floor is later, and wins');
  });

  test('they are only for the calls that they match', () => {
    const { retention } = decide({ floors: [{ ...floors[1], sources: ['loans'] }] });
    expect(retention).not.toHaveProperty('floor');
  });
});

test('a call that has not been tagged says what its tags can change, and is decided by them later', () => {
  const byTag = RetentionConfig.parse({
    rules: [
      { name: 'credits', tags: ['credit-offered'], retentionClass: '7-years' },
      { name: 'all', retentionClass: '30-days' },
      { name: 'too late', tags: ['escalation'], retentionClass: '5-years' },
    ],
  });
  const untagged = decideWithReasons({ countedFrom }, byTag);
  expect(untagged.retention.rule).toBe('all');
  expect(untagged.because).toContainEqual(expect.stringMatching(/decided again when it is, since .* for "credits"$/));
  const tagged = decideWithReasons({ countedFrom, tags: ['credit-offered'] }, byTag);
  expect(tagged.retention.rule).toBe('credits');
  expect(tagged.because.join()).not.toContain('decided again');
});

test('the source tells line of business and jurisdiction, and a call without a start counts from its arrival', () => {
  const sources = [{ name: 'loans', lineOfBusiness: 'banking', jurisdiction: 'US-CA' }];
  const known = { source: 'loans', receivedAt: '2026-02-02T00:00:00.000Z' };
  expect(retentionSubject({ ...known, startedAt: countedFrom, consent: 'given' }, sources)).toMatchObject({
    lineOfBusiness: 'banking',
    jurisdiction: 'US-CA',
    consent: 'given',
    countedFrom,
  });
  expect(retentionSubject(known, sources).countedFrom).toBe(known.receivedAt);
  expect(retentionSubject({ ...known, source: 'other' }, sources).jurisdiction).toBeUndefined();
});

describe('whatever the policy and the call', () => {
  test('no floor is broken, and no ceiling but by a floor', () => {
    fc.assert(
      fc.property(policy, call, (policies, one) => {
        const kept = daysUntil(one, decideRetention(one, policies).expiresAt);
        const floors = policies.floors.filter((floor) => matches(floor, one)).map((floor) => floor.keepDays);
        const ceilings = policies.ceilings.filter((ceiling) => matches(ceiling, one)).map((each) => each.deleteByDays);
        for (const floor of floors) expect(kept).toBeGreaterThanOrEqual(floor);
        for (const ceiling of ceilings) expect(kept).toBeLessThanOrEqual(Math.max(ceiling, ...floors));
      }),
    );
  });

  test('it is kept as long as its class says, unless a floor or a ceiling says otherwise', () => {
    fc.assert(
      fc.property(policy, call, (policies, one) => {
        const { retentionClass, rule, floor, ceiling, expiresAt } = decideRetention(one, policies);
        const first = policies.rules.find((each) => matches(each, one));
        expect(rule).toBe(first?.name ?? 'default');
        expect(retentionClass).toBe(first?.retentionClass ?? policies.defaultClass);
        const classDays = policies.classes.find((each) => each.name === retentionClass)?.keepDays;
        expect([classDays, floor && daysUntil(one, floor.until), ceiling && daysUntil(one, ceiling.by)]).toContain(
          daysUntil(one, expiresAt),
        );
        if (!floor && !ceiling) expect(daysUntil(one, expiresAt)).toBe(classDays);
      }),
    );
  });

  test('the same call gets the same, after it has begun, and it can be stored', () => {
    fc.assert(
      fc.property(policy, call, (policies, one) => {
        const retention = decideRetention(one, policies);
        expect(decideRetention(structuredClone(one), structuredClone(policies))).toEqual(retention);
        expect(retention.expiresAt > one.countedFrom).toBe(true);
        expect(Retention.parse(JSON.parse(JSON.stringify(retention)))).toEqual(retention);
      }),
    );
  });
});

test('every copy of a call is tagged with its class, and with the days that lifecycle rules filter on', () => {
  expect(retentionTags(decideRetention({ source: 'loans', countedFrom }, config))).toEqual({
    'retention-class': '7-years',
    'retention-days': '2557',
  });
});

test('a retention that does not tell from when it counts is left to the last resort', () => {
  const retention = { retentionClass: '1-year', rule: 'default', expiresAt: countedFrom };
  expect(retentionTags(retention)).toEqual({ 'retention-class': '1-year' });
});
