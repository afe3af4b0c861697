import { HeadObjectCommand, PutObjectCommand, type PutObjectCommandInput, type S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { isAwsError } from '../../lambdas/platform/errors.ts';
import { SHA256_METADATA } from '../../lambdas/recordings/recordings.ts';
import { type Content, MULTIPART_BYTES, PART_BYTES } from './content.ts';

/** A file, where it is to be, and what is to be told of it there. */
export interface ToUpload {
  readonly key: string;
  readonly sizeBytes: number;
  readonly contentType: string;
  /** The call's metadata, by the names that it has in S3. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Where a file came to be; `versionId` is undefined in a bucket without versions. */
export interface Uploaded {
  readonly kind: 'uploaded' | 'replaced' | 'already-there';
  readonly versionId: string | undefined;
}

interface Current {
  readonly etag: string | undefined;
  readonly versionId: string | undefined;
  readonly sizeBytes: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/** How often a key is looked at again that others keep writing to. */
const MAX_LOOKS = 5;

/** Parts of one file that are in memory at once. */
const PARTS_AT_ONCE = 2;

/**
 * Uploads recordings so that doing it again changes nothing: what is there with the same bytes and metadata stays as it
 * is, and every write holds only if the key is still as it was seen (a conditional write), so that two imports at
 * once make one version. S3 checks the bytes against the file's SHA-256, and what it answers is compared with it.
 */
export function uploader(s3: S3Client, bucket: string) {
  // Asking before each upload would double the requests of a first import, and only writing would send again what a
  // lost journal forgot: what the last file met is what the next one expects.
  let expectPresent = false;

  async function head(key: string): Promise<Current | undefined> {
    try {
      const found = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
      return {
        etag: found.ETag,
        versionId: found.VersionId,
        sizeBytes: found.ContentLength ?? 0,
        metadata: found.Metadata ?? {},
      };
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }

  /** Who may not list the bucket is not told whether a key is free; the conditional write finds out. */
  const peek = (key: string) =>
    head(key).catch((error: unknown) => {
      if (statusOf(error) === 403) return undefined;
      throw error;
    });

  async function write(to: ToUpload, content: Content, current: Current | undefined): Promise<string | undefined> {
    const input: PutObjectCommandInput = {
      Bucket: bucket,
      Key: to.key,
      Body: content.body(),
      ContentType: to.contentType,
      Metadata: { ...to.metadata, [SHA256_METADATA]: content.sha256 },
      ChecksumAlgorithm: 'SHA256',
      ...(current === undefined ? { IfNoneMatch: '*' } : { IfMatch: current.etag }),
    };
    const written =
      to.sizeBytes < MULTIPART_BYTES
        ? await s3.send(
            new PutObjectCommand({ ...input, ContentLength: to.sizeBytes, ChecksumSHA256: content.checksum }),
          )
        : await new Upload({ client: s3, params: input, partSize: PART_BYTES, queueSize: PARTS_AT_ONCE }).done();
    // S3 refuses bytes that do not have the checksum they came with; not every store that speaks its API answers it.
    if (written.ChecksumSHA256 !== undefined && written.ChecksumSHA256 !== content.checksum) {
      throw new Error(
        `s3 has another checksum than the file: ${written.ChecksumSHA256} instead of ${content.checksum}`,
      );
    }
    return written.VersionId;
  }

  async function send(to: ToUpload, content: Content): Promise<Uploaded> {
    // A large file is not sent for nothing: its condition is only checked once all of its parts are there.
    let current = expectPresent || to.sizeBytes >= MULTIPART_BYTES ? await peek(to.key) : undefined;
    for (let looks = 0; looks < MAX_LOOKS; looks++) {
      if (current && isSame(current, to, content)) return { kind: 'already-there', versionId: current.versionId };
      try {
        const versionId = await write(to, content, current);
        return { kind: current ? 'replaced' : 'uploaded', versionId };
      } catch (error) {
        if (!isOutdated(error, current)) throw error;
        current = await head(to.key).catch(explainForbidden);
      }
    }
    throw new Error('others keep writing to the key');
  }

  return {
    /**
     * Uploads a file, unless it is there already.
     *
     * @throws Error of S3, or of the file
     */
    async send(to: ToUpload, content: Content): Promise<Uploaded> {
      const sent = await send(to, content);
      expectPresent = sent.kind !== 'uploaded';
      return sent;
    },

    /** What {@link send} would do. The file is read only where its size is that of what is there. */
    async plan(to: ToUpload, content: () => Promise<Content>): Promise<Uploaded> {
      const current = await peek(to.key);
      if (current === undefined) return { kind: 'uploaded', versionId: undefined };
      const same = current.sizeBytes === to.sizeBytes && isSame(current, to, await content());
      return { kind: same ? 'already-there' : 'replaced', versionId: current.versionId };
    },
  };
}

/** Where files go to. */
export type Uploader = ReturnType<typeof uploader>;

/** The same bytes, and everything that is to be told of them; metadata beyond that does no harm. */
const isSame = (current: Current, to: ToUpload, content: Content): boolean =>
  current.sizeBytes === to.sizeBytes &&
  current.metadata[SHA256_METADATA] === content.sha256 &&
  Object.entries(to.metadata).every(([name, value]) => current.metadata[name] === value);

/**
 * Whether a write was refused because the key is no longer as it was seen.
 * Source: Amazon S3 User Guide, "Add preconditions to S3 operations with conditional requests": 412, 409 when another
 * write came between, and 404 for `If-Match` when the object was deleted.
 */
const isOutdated = (error: unknown, current: Current | undefined): boolean =>
  isAwsError(error, 'PreconditionFailed', 'ConditionalRequestConflict') ||
  (current !== undefined && isAwsError(error, 'NoSuchKey', 'NotFound'));

function explainForbidden(error: unknown): never {
  if (statusOf(error) !== 403) throw error;
  throw new Error('something is there already that may not be looked at: use a role that may read it', {
    cause: error,
  });
}

const statusOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
