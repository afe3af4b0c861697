import * as z from 'zod';
import { groupsOf, problemOfPattern } from './file-name.ts';
import { StartTime } from './start-time.ts';

/** The metadata of a call that a source can be made to deliver. `callId` is the recorder's own id of the call. */
export const MetadataField = z.enum(['callId', 'agentId', 'customerId', 'startedAt', 'direction', 'queue', 'consent']);
export type MetadataField = z.infer<typeof MetadataField>;

/** The groups that a pattern may have: `date` and `time` together are `startedAt`, joined by a space. */
const GROUPS = [...MetadataField.options, 'date', 'time'];

/** For each field a name: of a header, of a column, or a path. */
const namesOf = <S extends z.ZodType<string>>(name: S) =>
  z.strictObject({
    callId: name.optional(),
    agentId: name.optional(),
    customerId: name.optional(),
    startedAt: name.optional(),
    direction: name.optional(),
    queue: name.optional(),
    consent: name.optional(),
  });
const someNames = <S extends z.ZodType<string>>(name: S) =>
  namesOf(name).refine((names) => Object.keys(names).length > 0, 'name at least one field, such as agentId');

const values = {
  /** How the time at which a call began is written. @default ISO 8601 with a zone */
  startedAt: StartTime.optional(),
  /**
   * What is written for each direction, such as `{ inbound: ['in', 'I'], outbound: ['out', 'O'] }`; anything else that is
   * written counts as nothing. @default the words inbound and outbound, and anything else is an error
   */
  directions: z.strictObject({ inbound: z.array(z.string()), outbound: z.array(z.string()) }).optional(),
  /**
   * What is written for each consent, such as `{ given: ['Y'], refused: ['N'] }`; anything else that is written counts as
   * nothing. @default the words given, refused, withdrawn and unknown, and anything else is an error
   */
  consents: z
    .strictObject({
      given: z.array(z.string()).default([]),
      refused: z.array(z.string()).default([]),
      withdrawn: z.array(z.string()).default([]),
    })
    .optional(),
};

/** Metadata in the S3 object metadata of the recording itself. */
export const S3MetadataConvention = z.strictObject({
  from: z.literal('s3-metadata'),
  /**
   * The headers, without `x-amz-meta-`.
   * @default external-call-id, agent-id, customer-id, started-at, direction, queue and consent
   */
  names: namesOf(
    z.string().regex(/^(?!x-amz-meta-)[a-z0-9_.-]+$/, 'write the header in lower case and without x-amz-meta-'),
  ).optional(),
  ...values,
});
export type S3MetadataConvention = z.infer<typeof S3MetadataConvention>;

/** Metadata in the recording's key. */
export const FileNameConvention = z.strictObject({
  from: z.literal('file-name'),
  /**
   * A regular expression (JavaScript's, with the flag `u`) that finds the metadata in the key below the source's prefix,
   * with groups named callId, agentId, customerId, startedAt (or date and time), direction, queue, consent. It may match
   * anywhere: `^` and `$` say where it must begin and end. A group that is empty says nothing.
   *
   * A group that is itself of varying length must not be repeated, and a match that takes more than a second counts as
   * invalid metadata: no key can hold the queue up.
   */
  pattern: z.string().superRefine((pattern, context) => {
    const message = problemOfPattern(pattern, GROUPS);
    if (message) context.addIssue({ code: 'custom', message });
  }),
  ...values,
});
export type FileNameConvention = z.infer<typeof FileNameConvention>;

/** Metadata in a JSON object beside each recording, that may arrive before or after it. */
export const SidecarConvention = z.strictObject({
  from: z.literal('sidecar'),
  /** What a sidecar's key ends in. @default .json */
  suffix: z
    .string()
    .regex(/^[^/]+$/, 'use an ending such as ".json", without "/"')
    .default('.json'),
  /** Whether the suffix stands instead of the recording's extension: `one.json`, not `one.wav.json`. @default false */
  replacesExtension: z.boolean().default(false),
  /** Where the fields are in the JSON: names joined by dots, and places in lists from 0, such as `participants.0.id`. */
  fields: someNames(z.string().min(1, 'is empty')),
  ...values,
});
export type SidecarConvention = z.infer<typeof SidecarConvention>;

/** Metadata in CSV files, each of which lists many recordings. */
export const ManifestConvention = z.strictObject({
  from: z.literal('manifest'),
  /** The name of a manifest, in whatever folder below the prefix; one `*` stands for anything, as in `calls-*.csv`. */
  file: z
    .string()
    .regex(/^[^/*]*\*?[^/*]*$/, 'use a file name without "/", and with one "*" at most')
    .min(2, 'is too short'),
  /** The column that names the recording. @default file */
  keyColumn: z.string().min(1, 'is empty').default('file'),
  /** What the names in it are relative to: the manifest's own folder, or the source's prefix. @default manifest */
  relativeTo: z.enum(['manifest', 'prefix']).default('manifest'),
  /** What stands between columns. @default a comma */
  delimiter: z.enum([',', ';', '\t', '|']).default(','),
  /** The columns of the fields, by their names in the first line. */
  columns: someNames(z.string().min(1, 'is empty')),
  ...values,
});
export type ManifestConvention = z.infer<typeof ManifestConvention>;

/** One place where a source's metadata is. */
export const Convention = z.discriminatedUnion(
  'from',
  [S3MetadataConvention, FileNameConvention, SidecarConvention, ManifestConvention],
  { error: 'say from where: "s3-metadata", "file-name", "sidecar" or "manifest"' },
);
export type Convention = z.infer<typeof Convention>;

/** The header of each field in S3 object metadata, where a source does not say otherwise. */
export const metadataHeader: Readonly<Record<MetadataField, string>> = {
  callId: 'external-call-id',
  agentId: 'agent-id',
  customerId: 'customer-id',
  startedAt: 'started-at',
  direction: 'direction',
  queue: 'queue',
  consent: 'consent',
};

/** The S3 metadata under which a recording carries the SHA-256 of its bytes, in hex. */
export const SHA256_METADATA = 'sha256';

/** The fields that a convention can give. */
export function fieldsOf(convention: Convention): MetadataField[] {
  if (convention.from === 's3-metadata') return MetadataField.options;
  if (convention.from === 'sidecar') return MetadataField.options.filter((field) => convention.fields[field]);
  if (convention.from === 'manifest') return MetadataField.options.filter((field) => convention.columns[field]);
  const groups = groupsOf(convention.pattern);
  return MetadataField.options.filter(
    (field) => groups.includes(field) || (field === 'startedAt' && groups.includes('date')),
  );
}
