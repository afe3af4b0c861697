import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matches } from '../../../../lambdas/retention/policy/call-match.ts';
import { findContradictions } from '../../../../lambdas/retention/policy/contradictions.ts';
import { decideRetention } from '../../../../lambdas/retention/policy/decide-retention.ts';
import { RetentionConfig, standardClasses } from '../../../../lambdas/retention/policy/retention-config.ts';
import { call, daysUntil, everyKindOfCall, policy, sources, tags } from './policies.ts';

const because = 'a rule of the company';

/** What is wrong with a config, as `field: message`. */
const problemsOf = (config: unknown): string[] =>
  findContradictions(RetentionConfig.parse(config), { sources, tags }).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );

describe('refused, with the field and the fix', () => {
  test.each<[string, unknown, RegExp]>([
    [
      'a source that is not there',
      { rules: [{ name: 'a', sources: ['sales'], retentionClass: '30-days' }] },
      /^rules\.0\.sources: there is no source "sales": the sources are support, loans, broker$/,
    ],
    [
      'a jurisdiction that no source is in',
      { floors: [{ name: 'a', jurisdictions: ['GB'], keepDays: 9, because }] },
      /^floors\.0\.jurisdictions: no source is of the jurisdiction "GB": there is US-CA, DE$/,
    ],
    [
      'a line of business that no source is of',
      { ceilings: [{ name: 'a', linesOfBusiness: ['insurance'], deleteByDays: 9, because }] },
      /^ceilings\.0\.linesOfBusiness: no source is of the line of business "insurance": there is banking$/,
    ],
    [
      'a tag that no rule of the rulebook gives',
      { rules: [{ name: 'a', tags: ['credits'], retentionClass: '30-days' }] },
      /^rules\.0\.tags: no rule of the rulebook gives the tag "credits": its tags are credit, escalation$/,
    ],
    [
      'a source that is not where the rule wants it',
      { rules: [{ name: 'a', sources: ['loans'], jurisdictions: ['EU'], retentionClass: '30-days' }] },
      /^rules\.0\.sources: no source has what "a" asks for together: change its sources/,
    ],
    [
      'a rule that an earlier one leaves nothing',
      {
        rules: [
          { name: 'banking', linesOfBusiness: ['banking'], retentionClass: '7-years' },
          { name: 'german brokers', sources: ['broker'], jurisdictions: ['DE'], retentionClass: '30-days' },
        ],
      },
      /^rules\.1\.name: the rule "german brokers" is never reached: .* taken by "banking" before it; put it first/,
    ],
    [
      'a rule that several earlier ones together leave nothing',
      {
        rules: [
          { name: 'in', sources: ['support'], directions: ['inbound'], retentionClass: '30-days' },
          { name: 'out', directions: ['outbound'], retentionClass: '30-days' },
          { name: 'both', sources: ['support'], directions: ['inbound', 'outbound'], retentionClass: '1-year' },
        ],
      },
      /^rules\.2\.name: .* taken by "in" and "out" before it/,
    ],
    [
      'a floor above a ceiling',
      {
        floors: [{ name: 'law', linesOfBusiness: ['banking'], keepDays: 400, because }],
        ceilings: [{ name: 'privacy', jurisdictions: ['EU'], deleteByDays: 90, because }],
      },
      /^floors\.0\.keepDays: the floor "law" keeps a call of the source "broker" for 400 days, and the ceiling "privacy" deletes it by 90: raise deleteByDays to 400, or narrow one of them$/,
    ],
    [
      'a lock that outlasts a ceiling',
      {
        classes: [...standardClasses, { name: 'worm', keepDays: 400, objectLock: { mode: 'compliance', days: 400 } }],
        rules: [{ name: 'loans', sources: ['loans'], retentionClass: 'worm' }],
        ceilings: [{ name: 'privacy', jurisdictions: ['US'], deleteByDays: 90, because }],
      },
      /^classes\.5\.objectLock\.days: the class "worm" locks a call of the source "loans" for 400 days, and the ceiling "privacy" deletes it by 90: lock for 90 days at most/,
    ],
    [
      'a lock of the default class that outlasts a ceiling',
      {
        classes: [{ name: 'worm', keepDays: 400, objectLock: { mode: 'governance', days: 91 } }],
        defaultClass: 'worm',
        ceilings: [{ name: 'privacy', tags: ['credit'], consent: ['withdrawn'], deleteByDays: 90, because }],
      },
      /^classes\.0\.objectLock\.days: the class "worm" locks a call of the source "support", tagged credit, with consent withdrawn for 91 days/,
    ],
  ])('%s', (_, config, problem) => {
    const problems = problemsOf(config);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  });
});

describe('taken', () => {
  test.each<[string, unknown]>([
    ['no choice at all', {}],
    [
      'a floor above a ceiling that no call can have both of, as their sources tell',
      {
        floors: [{ name: 'law', linesOfBusiness: ['banking'], keepDays: 400, because }],
        ceilings: [{ name: 'privacy', sources: ['support'], deleteByDays: 90, because }],
      },
    ],
    [
      'a class that is shorter than a floor, which raises it',
      { defaultClass: '30-days', floors: [{ name: 'law', jurisdictions: ['EU'], keepDays: 1827, because }] },
    ],
    [
      'a rule of which an earlier one takes only the calls with a tag',
      {
        rules: [
          { name: 'credits', tags: ['credit'], retentionClass: '7-years' },
          { name: 'loans', sources: ['loans'], retentionClass: '30-days' },
        ],
      },
    ],
    [
      'a rule for any of two tags, of which an earlier one has one',
      {
        rules: [
          { name: 'credits', tags: ['credit'], retentionClass: '7-years' },
          { name: 'any', tags: ['credit', 'escalation'], retentionClass: '30-days' },
        ],
      },
    ],
    [
      'a locked class that no call of the ceiling gets',
      {
        classes: [...standardClasses, { name: 'worm', keepDays: 400, objectLock: { mode: 'compliance', days: 400 } }],
        rules: [
          { name: 'privately', directions: ['inbound'], retentionClass: '30-days' },
          { name: 'loans', sources: ['loans'], retentionClass: 'worm' },
        ],
        ceilings: [{ name: 'privacy', directions: ['inbound'], deleteByDays: 90, because }],
      },
    ],
  ])('%s', (_, config) => {
    expect(problemsOf(config)).toEqual([]);
  });
});

describe('whatever the policy', () => {
  const found = (policies: RetentionConfig) => findContradictions(policies, { sources, tags });

  test('a rule is said to be never reached where no call gets it, and only there', () => {
    fc.assert(
      fc.property(policy, (policies) => {
        const told = found(policies).filter(({ message }) => message.includes('is never reached'));
        const reached = new Set(everyKindOfCall.map((kind) => policies.rules.findIndex((rule) => matches(rule, kind))));
        const possible = policies.rules.map((rule) => everyKindOfCall.some((kind) => matches(rule, kind)));
        const unreached = policies.rules.flatMap((_, i) => (possible[i] && !reached.has(i) ? [i] : []));
        expect(told.map(({ path }) => path[1])).toEqual(unreached);
      }),
    );
  });

  test('one that is taken can keep every floor and every ceiling of every call', () => {
    fc.assert(
      fc.property(policy, call, (policies, one) => {
        if (found(policies).some(({ path }) => path[0] === 'floors' && path[2] === 'keepDays')) return;
        const { expiresAt, floor, ceiling } = decideRetention(one, policies);
        if (floor) expect(expiresAt >= floor.until).toBe(true);
        if (ceiling) expect(expiresAt <= ceiling.by).toBe(true);
      }),
    );
  });

  test('and no lock keeps a call beyond its ceiling', () => {
    fc.assert(
      fc.property(policy, call, (policies, one) => {
        if (found(policies).some(({ path }) => path.includes('objectLock'))) return;
        const { retentionClass, ceiling } = decideRetention(one, policies);
        const lock = policies.classes.find((each) => each.name === retentionClass)?.objectLock;
        if (lock && ceiling) expect(lock.days).toBeLessThanOrEqual(daysUntil(one, ceiling.by));
      }),
      { numRuns: 1000 },
    );
  });

  test('every problem leads to a field that is there', () => {
    fc.assert(
      fc.property(policy, (policies) => {
        for (const { path } of found(policies)) {
          expect(
            path.reduce<unknown>((at, step) => Object(at)[step], policies),
            path.join('.'),
          ).toBeDefined();
        }
      }),
    );
  });
});
