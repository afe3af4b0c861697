import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import {
  decideRetention,
  explainRetention,
  RetentionConfig,
  retentionTags,
} from '../../lambdas/retention/retention.ts';
import { standardClasses } from '../../lib/config.ts';
import { lifecycleRules } from '../../lib/retention.ts';
import { call, daysUntil, policy } from '../lambdas/retention/policy/policies.ts';

const Rule = z.object({
  Id: z.string(),
  Status: z.literal('Enabled'),
  TagFilters: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
  ExpirationInDays: z.number().optional(),
  NoncurrentVersionExpiration: z.object({ NoncurrentDays: z.number() }).optional(),
  Transitions: z.array(z.object({ StorageClass: z.string(), TransitionInDays: z.number() })).default([]),
});
type Rule = z.infer<typeof Rule>;

/** The lifecycle rules of a config, as they stand in the template. */
function rulesOf(config: RetentionConfig): Rule[] {
  const stack = new Stack();
  new Bucket(stack, 'Calls', { versioned: true, lifecycleRules: lifecycleRules(config) });
  const [bucket] = Object.values(Template.fromStack(stack).findResources('AWS::S3::Bucket'));
  return z.array(Rule).parse(bucket?.Properties.LifecycleConfiguration.Rules);
}

/** What S3 would do with an object that has these tags: of rules that contradict each other, what comes first. */
function lifecycleOf(rules: readonly Rule[], tags: Readonly<Record<string, string>>) {
  const matching = rules.filter((rule) => rule.TagFilters.every(({ Key, Value }) => tags[Key] === Value));
  const noncurrent = matching.flatMap((rule) => rule.NoncurrentVersionExpiration?.NoncurrentDays ?? []);
  return {
    expirationDays: Math.min(...matching.flatMap((rule) => rule.ExpirationInDays ?? [])),
    noncurrentDays: Math.min(...noncurrent),
    transitions: matching
      .flatMap((rule) => rule.Transitions)
      .map(({ StorageClass, TransitionInDays }) => ({ storageClass: StorageClass, afterDays: TransitionInDays })),
  };
}

test('whatever the policy and the call, lifecycle deletes its objects shortly behind the due day, and never before', () => {
  fc.assert(
    fc.property(policy, call, (policies, one) => {
      const retention = decideRetention(one, policies);
      const { expirationDays, noncurrentDays } = lifecycleOf(rulesOf(policies), retentionTags(retention));
      expect(expirationDays).toBe(daysUntil(one, retention.expiresAt) + 2);
      expect(noncurrentDays).toBe(expirationDays);
    }),
  );
});

test('what is explained of lifecycle is what the template has', () => {
  fc.assert(
    fc.property(policy, call, (policies, one) => {
      const { tags, expirationDays, transitions } = explainRetention(one, policies, { at: new Date() }).lifecycle;
      const deployed = lifecycleOf(rulesOf(policies), tags);
      expect(deployed.expirationDays).toBe(expirationDays);
      // A floor above a ceiling is refused before it is deployed: for it alone there is no rule that moves.
      if (policies.floors.length === 0) expect(deployed.transitions).toEqual(transitions);
    }),
  );
});

test('a config that changes deletes nothing earlier than the one before it has decided', () => {
  fc.assert(
    fc.property(policy, policy, call, (before, after, one) => {
      const retention = decideRetention(one, before);
      const { expirationDays } = lifecycleOf(rulesOf(after), retentionTags(retention));
      expect(expirationDays).toBeGreaterThan(daysUntil(one, retention.expiresAt));
    }),
  );
});

test('what has no tags goes last of all, ten years after its upload at the earliest', () => {
  const longest = (keepDays: number) =>
    lifecycleOf(rulesOf(RetentionConfig.parse({ classes: [{ name: 'one', keepDays }], defaultClass: 'one' })), {})
      .expirationDays;
  expect(longest(30)).toBe(3653 + 90);
  expect(longest(7300)).toBe(7300 + 90);
});

test('a class moves its objects to cheaper storage, as far as the days that they are kept pay for it', () => {
  const because = 'a rule of the company';
  const config = RetentionConfig.parse({
    classes: standardClasses,
    rules: [{ name: 'all', retentionClass: '5-years' }],
    floors: [{ name: 'law', keepDays: 2500, because }],
    ceilings: [{ name: 'privacy', deleteByDays: 100, because }],
  });
  const moved = (keepDays: number) =>
    lifecycleOf(rulesOf(config), { 'retention-class': '5-years', 'retention-days': String(keepDays) }).transitions;
  expect(moved(1826)).toEqual([{ storageClass: 'GLACIER_IR', afterDays: 90 }]);
  expect(moved(2500)).toEqual([{ storageClass: 'GLACIER_IR', afterDays: 90 }]);
  expect(moved(100)).toEqual([]);
});

test('uploads that were never completed and markers of what is gone are cleaned up', () => {
  const rules = lifecycleRules(RetentionConfig.parse({}));
  expect(rules.at(-1)).toMatchObject({ id: 'clean-up', expiredObjectDeleteMarker: true });
  expect(rules.at(-1)?.abortIncompleteMultipartUploadAfter?.toDays()).toBe(7);
});
