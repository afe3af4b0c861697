import * as z from 'zod';
import {
  contradictionsOfTopics,
  DisputesConfig,
  EvidenceConfig,
  Policies,
  starterTopicsOf,
} from '../lambdas/disputes/disputes.ts';
import { InsightsConfig } from '../lambdas/insights/insights.ts';
import { HttpConfig, IdentityConfig } from '../lambdas/platform/platform.ts';
import { contradictionsOfScorecards, QualityConfig, starterScorecards } from '../lambdas/quality/quality.ts';
import { prefixOf, SourceConfig } from '../lambdas/recordings/recordings.ts';
import { findContradictions, RetentionConfig } from '../lambdas/retention/retention.ts';
import { Rulebook, starterRulebook } from '../lambdas/tagging/tagging.ts';
import { TranscriptionConfig } from '../lambdas/transcription/transcription.ts';

export { starterScorecards } from '../lambdas/quality/quality.ts';
export { recorders } from '../lambdas/recordings/recordings.ts';
export { regulations, standardClasses } from '../lambdas/retention/retention.ts';
export { starterRulebook } from '../lambdas/tagging/tagging.ts';
export { localIdentity } from './local-identity.ts';

/** A choice in the config that cannot be deployed; names each field at fault and the fix. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** What happens to data when the stack is deleted. */
export const StatefulResources = z.union([
  /** Buckets, table and key stay. */
  z.literal('keep'),
  /** They go with the stack, data and all: for stacks that are thrown away. The reason must be told. */
  z.strictObject({ deleteWithStackBecause: z.string().min(10, 'say why data may be lost with the stack') }),
]);
export type StatefulResources = z.infer<typeof StatefulResources>;

/** Everything that may be chosen about a deployment. */
export const VerbatimConfig = z
  .strictObject({
    /** The name of the CloudFormation stack; two stacks of one account need two names. @default Verbatim */
    stackName: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9-]{0,100}$/, 'use letters, digits and hyphens, beginning with a letter')
      .default('Verbatim'),
    /** The uploading teams and recorders. */
    sources: z.array(SourceConfig).min(1, 'name at least one source: nothing else may upload'),
    /** How long calls are kept. @default every call 1 year, counted from the call */
    retention: z.prefault(RetentionConfig, {}),
    /** How calls are transcribed. @default without sentiments of one-channel calls */
    transcription: z.prefault(TranscriptionConfig, {}),
    /** How calls are tagged. @default the starter rulebook, with a credit limit of 25 dollars */
    tagging: z
      .strictObject({ rulebook: Rulebook })
      .prefault(() => ({ rulebook: starterRulebook({ creditLimitDollars: 25 }) })),
    /** The company's policies, with their versions: a dispute is decided by the one that was in force. @default none */
    policies: Policies.default([]),
    /** How disputes are looked into, and how long they are kept. @default the topic `credit`, 7 years */
    disputes: z.prefault(DisputesConfig, {}),
    /** How long evidence packages are kept, and how strictly. @default a year, under Object Lock in governance mode */
    evidence: z.prefault(EvidenceConfig, {}),
    /** How calls are scored and reviewed. @default the starter scorecard, no plan; scores are kept for 5 years */
    quality: z.prefault(QualityConfig, {}),
    /** What insights tell, and what a question may cost. @default nothing of fewer than 5 calls, and 1 GiB for a question */
    insights: z.prefault(InsightsConfig, {}),
    /** How much may be asked of the Function URLs. @default 6000 requests of a principal in a minute, bodies of 1 MiB */
    http: z.prefault(HttpConfig, {}),
    /** Who vouches for the persons behind the apps: an OpenID Connect provider. @default nobody: principals are known alone */
    identity: IdentityConfig.optional(),
    /** Who hears of alarms. @default nobody: the alarms are in CloudWatch, and their topic in the stack's outputs */
    alarms: z.strictObject({ email: z.email().optional() }).default({}),
    /** How long functions' logs are kept, in days, as CloudWatch Logs offers it. @default 30 */
    logRetentionDays: z
      .union([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 731].map((days) => z.literal(days)))
      .default(30),
    /** What happens to data when the stack is deleted. @default keep */
    statefulResources: StatefulResources.default('keep'),
  })
  .superRefine((config, context) => {
    const names = config.sources.map((source) => source.name);
    const prefixes = config.sources.map(prefixOf);
    config.sources.forEach((source, i) => {
      const complain = (field: string, message: string) =>
        context.addIssue({ code: 'custom', path: ['sources', i, field], message });
      if (names.indexOf(source.name) < i) complain('name', `the source "${source.name}" is there twice`);
      if (prefixes.indexOf(prefixes[i] ?? '') < i) complain('prefix', `"${prefixes[i]}" is another source's prefix`);
    });
    const tags = new Set(config.tagging.rulebook.rules.map((rule) => rule.tag));
    for (const { path, message } of findContradictions(config.retention, {
      sources: config.sources,
      tags: [...tags],
    })) {
      context.addIssue({ code: 'custom', path: ['retention', ...path], message });
    }
    const { policies } = config;
    for (const { path, message } of contradictionsOfTopics(config.disputes, { tags: [...tags], policies })) {
      context.addIssue({ code: 'custom', path: ['disputes', ...path], message });
    }
    const quality = withScorecards(config.quality, [...tags]);
    for (const { path, message } of contradictionsOfScorecards(quality, { tags: [...tags], sources: config.sources })) {
      context.addIssue({ code: 'custom', path: ['quality', ...path], message });
    }
  })
  .transform((config) => {
    const tags = [...new Set(config.tagging.rulebook.rules.map(({ tag }) => tag))];
    const topics = config.disputes.topics ?? starterTopicsOf(tags);
    return { ...config, disputes: { ...config.disputes, topics }, quality: withScorecards(config.quality, tags) };
  });
export type VerbatimConfig = z.infer<typeof VerbatimConfig>;

/** Quality as it is deployed: with the scorecards of the config, or the starter's. */
const withScorecards = (quality: QualityConfig, tags: readonly string[]) => ({
  ...quality,
  scorecards: quality.scorecards ?? starterScorecards(tags),
});

/** What is written in `verbatim.config.ts`: every field that has a default may be left out. */
export type VerbatimConfigInput = z.input<typeof VerbatimConfig>;

/**
 * Validates a config and fills in its defaults.
 *
 * @throws {ConfigError} naming every field at fault
 */
export function defineConfig(input: VerbatimConfigInput): VerbatimConfig {
  const parsed = VerbatimConfig.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.') || 'config'}: ${issue.message}`);
  throw new ConfigError(`verbatim.config.ts cannot be deployed:\n${problems.join('\n')}`, { cause: parsed.error });
}
