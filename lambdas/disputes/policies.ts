import * as z from 'zod';
import type { PolicyInForce } from './dispute.ts';

const Name = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case letters, digits and hyphens, such as "credits"');

const InForceFrom = z
  .union(
    [z.iso.datetime({ offset: true }), z.iso.date()],
    'is neither a day (2026-01-01, which begins at 00:00 UTC) nor an ISO 8601 time with a zone',
  )
  .transform((time) => new Date(time).toISOString());

const PolicyVersion = z
  .strictObject({
    version: z.string().min(1),
    /** Since when it is in force: until the next version is. */
    inForceFrom: InForceFrom,
    /** What it says; or a `summary`, and a `url` where it is whole. */
    text: z.string().min(1).optional(),
    summary: z.string().min(1).optional(),
    url: z.url().optional(),
  })
  .superRefine(({ text, summary, url }, context) => {
    const whole = text !== undefined && summary === undefined && url === undefined;
    const abridged = text === undefined && summary !== undefined && url !== undefined;
    if (!whole && !abridged)
      context.addIssue({ code: 'custom', path: ['text'], message: 'give the text, or a summary together with a url' });
  });

/** A policy of the company, with all its versions: the one that was in force when a call took place is told by its time. */
export const Policy = z
  .strictObject({ name: Name, versions: z.array(PolicyVersion).min(1, 'name at least one version') })
  .superRefine(({ versions }, context) => {
    versions.forEach(({ version, inForceFrom }, i) => {
      const before = versions[i - 1];
      const complain = (field: string, message: string) =>
        context.addIssue({ code: 'custom', path: ['versions', i, field], message });
      if (before && inForceFrom <= before.inForceFrom)
        complain(
          'inForceFrom',
          `is not after that of version "${before.version}", ${before.inForceFrom}: put the versions in order`,
        );
      if (versions.findIndex((one) => one.version === version) < i)
        complain('version', `the version "${version}" is there twice`);
    });
  });
export type Policy = z.infer<typeof Policy>;

/** Policies, each name once. */
export const Policies = z.array(Policy).superRefine((policies, context) => {
  policies.forEach(({ name }, i) => {
    if (policies.findIndex((one) => one.name === name) < i)
      context.addIssue({ code: 'custom', path: [i, 'name'], message: `the policy "${name}" is there twice` });
  });
});
export type Policies = z.infer<typeof Policies>;

/** The version of a policy that was in force when a call began; none where it began before the first, or that is not known. */
export function policyInForce(
  { name, versions }: Policy,
  { callId, startedAt }: { readonly callId: string; readonly startedAt?: string | undefined },
): PolicyInForce {
  const found = versions.findLast(({ inForceFrom }) => startedAt !== undefined && inForceFrom <= startedAt);
  return {
    callId,
    ...(startedAt !== undefined && { startedAt }),
    policy: name,
    ...(found && { version: found.version, inForceFrom: found.inForceFrom }),
  };
}
