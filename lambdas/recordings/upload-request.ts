import * as z from 'zod';
import { VerbatimError } from '../platform/errors.ts';
import { MetadataField, metadataHeader, SHA256_METADATA } from './conventions.ts';
import { readMetadata } from './metadata.ts';
import { kindOfObject } from './objects.ts';
import { identifySource, prefixOf, type SourceConfig } from './sources.ts';

const MIB = 1024 ** 2;

/** Transcribe takes no larger media file. Source: Amazon Transcribe Developer Guide, "Guidelines and quotas". */
const MAX_BYTES = 2048 * MIB;

/** Up to this size a recording is uploaded at once; a larger one in parts, each of which can be tried again by itself. */
export const AT_ONCE_BYTES = 64 * MIB;

/** The size of a part, but for the last one, which is what remains. */
export const PART_BYTES = 32 * MIB;

const MAX_PARTS = MAX_BYTES / PART_BYTES;

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const MAX_KEY_BYTES = 1024;

/** A SHA-256 in hex or base 64; read, it is in base 64, as S3 writes it. */
const Sha256 = z
  .string('is missing: give the SHA-256, in hex or base 64')
  .regex(/^([0-9a-f]{64}|[0-9a-z+/]{43}=)$/i, 'is no SHA-256 in hex or base 64')
  .transform((text) => Buffer.from(text, text.length === 64 ? 'hex' : 'base64').toString('base64'));

const Value = z
  .string()
  .trim()
  .min(1, 'is empty')
  .max(256, 'is longer than 256 characters')
  .regex(/^[\x20-\x7e]*$/, 'has characters other than those of ASCII, which S3 metadata cannot hold')
  .optional();

const SIZE = `is not a whole number of bytes from 1 to ${MAX_BYTES} (2 GiB, the most that Transcribe takes)`;
const SECONDS = 'is not a whole number of seconds from 60 to 43200 (12 hours)';
const PARTS = `is not a list of 1 to ${MAX_PARTS} hashes, one for each part`;

/** What an app says of a recording that is to be uploaded. */
export const UploadRequest = z.strictObject({
  /** The source's name. */
  source: z.string('is missing: name the source'),
  /** The recording's key below the source's prefix; it may have folders. */
  fileName: z
    .string('is missing: name the recording, such as "2026/11/24/call.mp3"')
    .min(1, 'is empty')
    .refine((name) => name.isWellFormed(), 'is no Unicode text')
    .refine((name) => !name.startsWith('/') && !name.endsWith('/'), 'begins or ends with "/"')
    .refine((name) => !/(^|\/)\.\.?(\/|$)/.test(name), 'has a folder "." or "..", which URLs cannot hold'),
  /** The recording's size. */
  sizeBytes: z.number(SIZE).int(SIZE).min(1, SIZE).max(MAX_BYTES, SIZE),
  /** The SHA-256 of the whole recording. */
  sha256: Sha256,
  /** Of a recording that is uploaded in parts, the SHA-256 of each part, in order. */
  partSha256: z.array(Sha256, PARTS).min(1, PARTS).max(MAX_PARTS, PARTS).optional(),
  contentType: z
    .string()
    .regex(/^[a-z]+\/[a-z0-9.+-]+$/, 'is no media type, such as "audio/mpeg"')
    .default('application/octet-stream'),
  /** The call's metadata, written as the source has it in S3 object metadata. */
  metadata: z
    .strictObject({
      agentId: Value,
      customerId: Value,
      startedAt: Value,
      direction: Value,
      queue: Value,
      consent: Value,
      callId: Value,
    } satisfies Record<MetadataField, z.ZodType>)
    .default({}),
  /** Whether the upload may take the place of a recording that is there under the same key. */
  replace: z.boolean().default(false),
  /** How long the URLs are valid. */
  expiresInSeconds: z.number(SECONDS).int(SECONDS).min(60, SECONDS).max(43_200, SECONDS).default(900),
});
export type UploadRequest = z.infer<typeof UploadRequest>;

/** What completes an upload in parts: the answer that began it has it. */
export const UploadCompletion = z.strictObject({
  key: z.string('is missing: give the key that the upload was begun with'),
  partSha256: z.array(Sha256, PARTS).min(1, PARTS).max(MAX_PARTS, PARTS),
  replace: z.boolean().default(false),
});
export type UploadCompletion = z.infer<typeof UploadCompletion>;

/** Headers by their names, in lower case. */
export type UploadHeaders = Readonly<Record<string, string>>;

/** A part of a recording: the bytes from `startByte` to before `endByte`. */
export interface PlannedPart {
  readonly partNumber: number;
  readonly startByte: number;
  readonly endByte: number;
  readonly sha256: string;
}

/** An upload that may be signed. Hashes are in base 64. */
export interface PlannedUpload {
  readonly key: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly contentType: string;
  /** S3 object metadata, without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly replace: boolean;
  readonly expiresInSeconds: number;
  /** None where the recording is uploaded at once. */
  readonly parts: readonly PlannedPart[];
}

/**
 * Decides how a recording is to be uploaded. What is planned is taken up on arrival, as far as key and metadata go: they
 * are read here as they are read there.
 *
 * @param now the present time, ISO 8601
 * @throws {VerbatimError} bad-request, naming the field and never what is written in the metadata
 */
export function planUpload(request: UploadRequest, sources: readonly SourceConfig[], now: string): PlannedUpload {
  const source = sources.find(({ name }) => name === request.source);
  if (!source) throw badRequest(`source: there is no such source: name one of ${namesOf(sources)}`);
  const key = `${prefixOf(source)}${request.fileName}`;
  checkKey(key, source, sources);
  return {
    key,
    sizeBytes: request.sizeBytes,
    sha256: request.sha256,
    contentType: request.contentType,
    metadata: {
      [SHA256_METADATA]: Buffer.from(request.sha256, 'base64').toString('hex'),
      ...s3MetadataOf(request.metadata, key, source, now),
    },
    replace: request.replace,
    expiresInSeconds: request.expiresInSeconds,
    parts: partsOf(request),
  };
}

/**
 * Checks that `key` is below the prefix of a source.
 *
 * @throws {VerbatimError} bad-request
 */
export function checkSource(key: string, sources: readonly SourceConfig[]): void {
  if (!identifySource(key, sources)) throw badRequest('key: is below the prefix of no source');
}

/** The headers of an upload at once: what is uploaded is bound to them. */
export const uploadHeaders = ({ sizeBytes, sha256, contentType, metadata, replace }: PlannedUpload): UploadHeaders => ({
  'content-length': String(sizeBytes),
  'content-type': contentType,
  ...(!replace && { 'if-none-match': '*' }),
  'x-amz-checksum-sha256': sha256,
  ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
});

/** The headers of a part. Metadata is none of its: the upload has it since it was begun. */
export const partHeaders = ({ startByte, endByte, sha256 }: PlannedPart): UploadHeaders => ({
  'content-length': String(endByte - startByte),
  'x-amz-checksum-sha256': sha256,
});

const badRequest = (message: string) => new VerbatimError('bad-request', message);
const namesOf = (sources: readonly SourceConfig[]) => sources.map(({ name }) => name).join(', ');

function checkKey(key: string, source: SourceConfig, sources: readonly SourceConfig[]): void {
  const keyBytes = Buffer.byteLength(key);
  if (keyBytes > MAX_KEY_BYTES)
    throw badRequest(`fileName: makes a key of ${keyBytes} bytes: S3 takes ${MAX_KEY_BYTES}`);
  const owner = identifySource(key, sources);
  if (owner?.name !== source.name)
    throw badRequest(`fileName: is below the prefix of another source, "${owner?.name}"`);
  const kind = kindOfObject(key, source);
  if (kind !== 'audio') throw badRequest(`fileName: is that of a ${kind}, not of a recording, to this source`);
}

/** The S3 metadata that makes the source's recordings tell `metadata`. */
function s3MetadataOf(
  metadata: UploadRequest['metadata'],
  key: string,
  source: SourceConfig,
  now: string,
): Record<string, string> {
  const convention = source.metadata.find(({ from }) => from === 's3-metadata');
  if (!convention && Object.keys(metadata).length > 0) {
    throw badRequest(
      `metadata: the source "${source.name}" reads none from the recording's own S3 metadata: leave it out`,
    );
  }
  const names = { ...metadataHeader, ...(convention?.from === 's3-metadata' && convention.names) };
  const s3Metadata = Object.fromEntries(
    MetadataField.options.flatMap((field) => {
      const value = metadata[field];
      return value === undefined ? [] : [[names[field], value]];
    }),
  );
  const read = readMetadata({ key, s3Metadata }, source, now);
  if ('code' in read) {
    const fieldOf = new Map(MetadataField.options.map((field) => [`x-amz-meta-${names[field]}`, field]));
    const inOurWords = (header: string) => (fieldOf.has(header) ? `metadata.${fieldOf.get(header)}` : header);
    throw badRequest(`metadata: ${read.message.replace(/x-amz-meta-[a-z0-9_.-]+/g, inOurWords)}`);
  }
  return s3Metadata;
}

function partsOf({ sizeBytes, partSha256 = [] }: UploadRequest): PlannedPart[] {
  if (sizeBytes <= AT_ONCE_BYTES) return [];
  const parts = Math.ceil(sizeBytes / PART_BYTES);
  if (partSha256.length !== parts) {
    throw badRequest(
      `partSha256: has ${partSha256.length} hashes: ${sizeBytes} bytes are uploaded in ${parts} parts of ${PART_BYTES} bytes, the last of what remains: give the SHA-256 of each`,
    );
  }
  return partSha256.map((sha256, i) => ({
    partNumber: i + 1,
    startByte: i * PART_BYTES,
    endByte: Math.min((i + 1) * PART_BYTES, sizeBytes),
    sha256,
  }));
}
