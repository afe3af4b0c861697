import * as z from 'zod';
import { REDACTED_LANGUAGES, RedactionConfig } from '../transcription/transcription.ts';
import { Convention, fieldsOf, MetadataField } from './conventions.ts';

/** An uploading team or recorder: where its recordings are, who may write them, and how they are to be read. */
export const SourceConfig = z
  .strictObject({
    /** The source's name, in lower case with hyphens: it appears on every call, and in logs and reports. */
    name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case letters, digits and hyphens, such as "support"'),
    /** The keys below which the source uploads, ending in `/`. @default the name followed by `/` */
    prefix: z
      .string()
      .regex(/^[^/].*\/$/, 'a prefix ends in "/" and does not begin with it, such as "support/"')
      .optional(),
    /**
     * Who may take the source's role, which can write below its prefix and nothing else: ARNs of IAM roles, or ids of
     * accounts. @default nobody
     */
    writers: z
      .array(
        z
          .string()
          .regex(
            /^(\d{12}|arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+)$/,
            'use the ARN of an IAM role, such as "arn:aws:iam::111122223333:role/recorder", or a 12-digit account id',
          ),
      )
      .default([]),
    /** The line of business that the calls belong to, in lower case with hyphens, such as `retail-banking`. */
    lineOfBusiness: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case letters, digits and hyphens, such as "retail-banking"')
      .optional(),
    /** Whose law applies to the calls: an ISO 3166 code, such as `US`, `US-CA` or `DE`, or `EU`. */
    jurisdiction: z
      .string()
      .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'use an ISO 3166 code, such as "US", "US-CA" or "DE", or "EU"')
      .optional(),
    /** The language that is spoken, as a Transcribe language code. @default en-US */
    language: z
      .string()
      .regex(/^[a-z]{2}-[A-Z]{2}$/, 'use a Transcribe language code, such as "en-US"')
      .default('en-US'),
    /**
     * What is redacted, in the transcripts and in the audio. @default everything personal that Transcribe finds. In a
     * language in which Transcribe does not redact, a reason must be told to leave it.
     */
    redaction: z.prefault(RedactionConfig, {}),
    /** The channel (counted from 0) on which the agent speaks in two-channel recordings. @default 0 */
    agentChannel: z.union([z.literal(0), z.literal(1)]).default(0),
    /** How many channels every recording has: one with fewer is rejected. @default one or two, as it comes */
    channels: z.union([z.literal(1), z.literal(2)]).optional(),
    /**
     * The metadata without which a recording is rejected. `startedAt` is always among it: retention counts from when the
     * call happened. @default agentId, customerId and startedAt
     */
    requiredMetadata: z
      .array(MetadataField)
      .default(['agentId', 'customerId', 'startedAt'])
      .refine((fields) => fields.includes('startedAt'), 'must include "startedAt": retention counts from it'),
    /**
     * Where metadata is looked for, in this order: for each field the first that gives it wins. `recorders` has what known
     * recorders need. @default the recording's S3 object metadata
     */
    metadata: z
      .array(Convention)
      .min(1, 'name at least one place, such as { from: "s3-metadata" }')
      .default([{ from: 's3-metadata' }]),
  })
  .superRefine(({ metadata, requiredMetadata, language, redaction }, context) => {
    if (context.issues.length > 0) return;
    const complain = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    for (const from of ['sidecar', 'manifest']) {
      if (metadata.filter((convention) => convention.from === from).length > 1) {
        complain('metadata', `has two conventions from "${from}": a source has one at most`);
      }
    }
    if (!('offBecause' in redaction) && !REDACTED_LANGUAGES.includes(language)) {
      const languages = REDACTED_LANGUAGES.join(', ');
      const fix = 'use { offBecause: "the reason" }';
      complain('redaction', `Transcribe does not redact ${language}, only ${languages}: ${fix}`);
    }
    const given = metadata.flatMap(fieldsOf);
    for (const field of requiredMetadata.filter((required) => !given.includes(required))) {
      complain('requiredMetadata', `nothing in metadata gives "${field}": say there where it is, or leave it out here`);
    }
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
