import * as z from 'zod';

/** The metadata of a call that a source can be made to deliver. */
export const MetadataField = z.enum(['agentId', 'customerId', 'startedAt', 'direction', 'queue']);
export type MetadataField = z.infer<typeof MetadataField>;

/** An uploading team or recorder: where its recordings are, and how they are to be read. */
export const SourceConfig = z.strictObject({
  /** The source's name, in lower case with hyphens: it appears on every call, and in logs and reports. */
  name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case letters, digits and hyphens, such as "support"'),
  /** The keys below which the source uploads, ending in `/`. @default the name followed by `/` */
  prefix: z
    .string()
    .regex(/^[^/].*\/$/, 'a prefix ends in "/" and does not begin with it, such as "support/"')
    .optional(),
  /** The language that is spoken, as a Transcribe language code. @default en-US */
  language: z
    .string()
    .regex(/^[a-z]{2}-[A-Z]{2}$/, 'use a Transcribe language code, such as "en-US"')
    .default('en-US'),
  /** The channel (counted from 0) on which the agent speaks in two-channel recordings. @default 0 */
  agentChannel: z.union([z.literal(0), z.literal(1)]).default(0),
  /**
   * The metadata without which a recording is rejected. `startedAt` is always among it: retention counts from when the
   * call happened. @default agentId, customerId and startedAt
   */
  requiredMetadata: z
    .array(MetadataField)
    .default(['agentId', 'customerId', 'startedAt'])
    .refine((fields) => fields.includes('startedAt'), 'must include "startedAt": retention counts from it'),
});
export type SourceConfig = z.infer<typeof SourceConfig>;

/** The keys below which `source` uploads. */
export const prefixOf = (source: Pick<SourceConfig, 'name' | 'prefix'>): string => source.prefix ?? `${source.name}/`;

/** The source that uploads to `key`: the one with the longest matching prefix, or none. */
export function identifySource(key: string, sources: readonly SourceConfig[]): SourceConfig | undefined {
  return sources
    .filter((source) => key.startsWith(prefixOf(source)))
    .toSorted((a, b) => prefixOf(b).length - prefixOf(a).length)[0];
}
