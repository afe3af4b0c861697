import * as z from 'zod';
import { DAY_MS } from '../platform/clock.ts';
import type { Rejection } from './recording.ts';
import type { MetadataField } from './sources.ts';

const Identifier = z.string().trim().min(1, 'is empty').max(256, 'is longer than 256 characters');

const fields = {
  agentId: Identifier.optional(),
  customerId: Identifier.optional(),
  startedAt: z.iso
    .datetime({ offset: true, message: 'is not an ISO 8601 time with a zone, such as 2026-10-14T09:12:00Z' })
    .transform((time) => new Date(time).toISOString())
    .optional(),
  direction: z.enum(['inbound', 'outbound'], 'is neither "inbound" nor "outbound"').optional(),
  queue: Identifier.optional(),
};

/** What is known of a call besides its audio: who spoke, when it began (UTC), which way and through which queue. */
export const CallMetadata = z.object(fields);
export type CallMetadata = z.infer<typeof CallMetadata>;

/** The name under which each field is found in an object's S3 metadata (`x-amz-meta-agent-id` …). */
export const metadataHeader: Record<MetadataField, string> = {
  agentId: 'agent-id',
  customerId: 'customer-id',
  startedAt: 'started-at',
  direction: 'direction',
  queue: 'queue',
};

/**
 * Reads a call's metadata from the S3 metadata of its recording.
 *
 * @param now the present time (ISO 8601): a call cannot begin more than a day after it, whatever the recorder's clock
 * @returns the metadata, or why the recording is rejected, naming every field at fault
 */
export function readMetadata(
  s3Metadata: Readonly<Record<string, string>>,
  required: readonly MetadataField[],
  now: string,
): CallMetadata | Rejection {
  const names = Object.keys(fields) as MetadataField[];
  const found = Object.fromEntries(names.map((name) => [name, s3Metadata[metadataHeader[name]]]));
  const missing = required.filter((name) => found[name] === undefined);
  if (missing.length > 0) {
    return {
      code: 'missing-metadata',
      message: `the object has no ${missing.map((name) => `x-amz-meta-${metadataHeader[name]}`).join(', ')}`,
    };
  }
  const parsed = CallMetadata.safeParse(found);
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => `${headerAt(issue.path)} ${issue.message}`);
  if (parsed.data?.startedAt && Date.parse(parsed.data.startedAt) > Date.parse(now) + DAY_MS) {
    problems.push('x-amz-meta-started-at is in the future');
  }
  if (!parsed.success || problems.length > 0) return { code: 'invalid-metadata', message: problems.join('; ') };
  return parsed.data;
}

const headerAt = (path: readonly PropertyKey[]): string => `x-amz-meta-${metadataHeader[path[0] as MetadataField]}`;
