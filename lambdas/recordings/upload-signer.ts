import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Recording } from '../calls/calls.ts';
import { iso } from '../platform/clock.ts';
import { isAwsError, VerbatimError } from '../platform/errors.ts';
import {
  type PlannedPart,
  type PlannedUpload,
  partHeaders,
  type UploadCompletion,
  type UploadHeaders,
  uploadHeaders,
} from './upload-request.ts';

/** A request that whoever has it may make until `expiresAt`, with exactly these headers. */
export interface SignedRequest {
  readonly method: 'PUT';
  readonly url: string;
  readonly headers: UploadHeaders;
}

/** The requests of an upload: one, or one for each part. */
export type SignedUpload = { readonly key: string; readonly expiresAt: string } & (
  | { readonly upload: SignedRequest }
  | { readonly uploadId: string; readonly parts: readonly (PlannedPart & SignedRequest)[] }
);

/** How long requests are valid, and from when. */
interface Validity {
  readonly signingDate: Date;
  readonly expiresIn: number;
}

/**
 * How all headers are signed, and no others: by itself the presigner moves those of S3 into the URL, where S3 does not
 * check a checksum, and leaves the content type out.
 */
const signing = (headers: UploadHeaders, validity: Validity) => ({
  ...validity,
  unhoistableHeaders: new Set(Object.keys(headers)),
  signableHeaders: new Set(Object.keys(headers)),
});

/** Signs uploads to a bucket, in the name of the role that the client has. */
export function uploadSigner(s3: S3Client, bucket: string) {
  async function signAtOnce(planned: PlannedUpload, validity: Validity): Promise<SignedRequest> {
    const headers = uploadHeaders(planned);
    const command = new PutObjectCommand({
      Bucket: bucket,
      Key: planned.key,
      ContentLength: planned.sizeBytes,
      ContentType: planned.contentType,
      ChecksumSHA256: planned.sha256,
      Metadata: planned.metadata,
      ...(!planned.replace && { IfNoneMatch: '*' }),
    });
    return { method: 'PUT', url: await getSignedUrl(s3, command, signing(headers, validity)), headers };
  }

  async function beginParts({ key, contentType, metadata }: PlannedUpload): Promise<string> {
    const { UploadId } = await s3.send(
      new CreateMultipartUploadCommand({
        Bucket: bucket,
        Key: key,
        ContentType: contentType,
        Metadata: metadata,
        ChecksumAlgorithm: 'SHA256',
      }),
    );
    if (!UploadId) throw new Error('S3 began an upload and did not tell its id');
    return UploadId;
  }

  async function signPart(
    key: string,
    uploadId: string,
    part: PlannedPart,
    validity: Validity,
  ): Promise<PlannedPart & SignedRequest> {
    const headers = partHeaders(part);
    const command = new UploadPartCommand({
      Bucket: bucket,
      Key: key,
      UploadId: uploadId,
      PartNumber: part.partNumber,
      ContentLength: part.endByte - part.startByte,
      ChecksumSHA256: part.sha256,
    });
    return { ...part, method: 'PUT', url: await getSignedUrl(s3, command, signing(headers, validity)), headers };
  }

  /** The ETags of the parts, once they are there with the content that they were begun for. */
  async function etagsOf(uploadId: string, { key, partSha256 }: UploadCompletion): Promise<(string | undefined)[]> {
    // As many as there can be are one page.
    const { Parts = [] } = await s3.send(new ListPartsCommand({ Bucket: bucket, Key: key, UploadId: uploadId }));
    const found = new Map(Parts.map((part) => [part.PartNumber, part]));
    const missing = partSha256.flatMap((sha256, i) => (found.get(i + 1)?.ChecksumSHA256 === sha256 ? [] : [i + 1]));
    if (missing.length > 0) {
      throw new VerbatimError('conflict', `parts are not uploaded yet, or with another SHA-256: ${missing.join(', ')}`);
    }
    if (found.size > partSha256.length) {
      throw new VerbatimError(
        'conflict',
        `partSha256: has ${partSha256.length} hashes, and the upload ${found.size} parts`,
      );
    }
    return partSha256.map((_, i) => found.get(i + 1)?.ETag);
  }

  return {
    /** Signs the requests of an upload; one in parts is begun with it. */
    async sign(planned: PlannedUpload, now: Date): Promise<SignedUpload> {
      const validity = { signingDate: now, expiresIn: planned.expiresInSeconds };
      const { key, parts } = planned;
      const expiresAt = iso(new Date(now.getTime() + planned.expiresInSeconds * 1000));
      if (parts.length === 0) return { key, expiresAt, upload: await signAtOnce(planned, validity) };
      const uploadId = await beginParts(planned);
      const signed = await Promise.all(parts.map((part) => signPart(key, uploadId, part, validity)));
      return { key, expiresAt, uploadId, parts: signed };
    },

    /**
     * Makes the recording out of its parts, if each is there with its SHA-256.
     *
     * @throws {VerbatimError} not-found, or conflict where a part is not there or the key is taken
     */
    async complete(uploadId: string, completion: UploadCompletion): Promise<Recording> {
      const { key, partSha256, replace } = completion;
      try {
        const etags = await etagsOf(uploadId, completion);
        const { VersionId = '' } = await s3.send(
          new CompleteMultipartUploadCommand({
            Bucket: bucket,
            Key: key,
            UploadId: uploadId,
            MultipartUpload: {
              Parts: partSha256.map((sha256, i) => ({ PartNumber: i + 1, ETag: etags[i], ChecksumSHA256: sha256 })),
            },
            ...(!replace && { IfNoneMatch: '*' }),
          }),
        );
        return { bucket, key, versionId: VersionId };
      } catch (error) {
        throw told(error);
      }
    },

    /**
     * Ends an upload in parts without a recording, and removes the parts.
     *
     * @throws {VerbatimError} not-found
     */
    async abort(uploadId: string, key: string): Promise<void> {
      try {
        await s3.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: uploadId }));
      } catch (error) {
        throw told(error);
      }
    },
  };
}
export type UploadSigner = ReturnType<typeof uploadSigner>;

/** What S3 says of an upload, as a caller is told it. */
function told(error: unknown): unknown {
  if (isAwsError(error, 'NoSuchUpload')) {
    const message = 'there is no such upload of this key: it was completed or aborted, or never begun';
    return new VerbatimError('not-found', message, { cause: error });
  }
  if (isAwsError(error, 'PreconditionFailed')) {
    const message = 'there is a recording under this key: abort the upload, or complete it with replace';
    return new VerbatimError('conflict', message, { cause: error });
  }
  if (isAwsError(error, 'ConditionalRequestConflict')) {
    const message = 'something else happens to this key at the moment: complete the upload again';
    return new VerbatimError('conflict', message, { cause: error });
  }
  return error;
}
