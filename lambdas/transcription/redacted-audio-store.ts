import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { Recording, S3Location } from '../calls/calls.ts';
import { isAwsError } from '../platform/errors.ts';
import { REDACTED_AUDIO_PREFIX } from './redacted-audio-key.ts';
import type { FileInParts } from './wav-file.ts';

/** More than S3 wants of every part but the last (5 MiB), and enough for 78 GiB in the 10,000 that it takes. */
const PART_BYTES = 8 * 1024 * 1024;

/** Reads recordings from S3, and writes redacted audio there, without holding either whole. */
export function redactedAudioStore(s3: S3Client, bucket: string, partBytes = PART_BYTES) {
  return {
    /** The bytes of a recording as they come, to be closed by who reads them; or undefined where it is gone. */
    async open({ bucket, key, versionId }: Recording): Promise<Readable | undefined> {
      try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
        if (Body instanceof Readable) return Body;
        throw new Error('the recording has no content');
      } catch (error) {
        // A delete marker answers MethodNotAllowed to those who ask for it by its version.
        if (isAwsError(error, 'NoSuchKey', 'NoSuchVersion', 'MethodNotAllowed')) return undefined;
        throw error;
      }
    },

    /**
     * Stores a call's redacted audio under its key; the same audio may be stored again. Nothing is there until all is.
     * The first part is sent last: the header in it is known then.
     */
    async put(
      callId: string,
      { body, header }: FileInParts,
      tags: Readonly<Record<string, string>>,
    ): Promise<S3Location> {
      const key = `${REDACTED_AUDIO_PREFIX}${callId}.wav`;
      const object = { Bucket: bucket, Key: key };
      const description = { ContentType: 'audio/wav', Tagging: new URLSearchParams(tags).toString() };
      const parts = inParts(body, partBytes);
      const first = await parts.next();
      const begin = () => Buffer.concat([header(), ...(first.value ? [first.value] : [])]);
      let next = await parts.next();
      if (next.done) {
        await s3.send(new PutObjectCommand({ ...object, ...description, Body: begin() }));
        return { bucket, key };
      }
      const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...object, ...description }));
      const upload = async (PartNumber: number, Body: Buffer): Promise<CompletedPart> => {
        const { ETag, ChecksumCRC32 } = await s3.send(new UploadPartCommand({ ...object, UploadId, PartNumber, Body }));
        return { PartNumber, ETag, ChecksumCRC32 };
      };
      try {
        const later: CompletedPart[] = [];
        for (; !next.done; next = await parts.next()) later.push(await upload(later.length + 2, next.value));
        const Parts = [await upload(1, begin()), ...later];
        await s3.send(new CompleteMultipartUploadCommand({ ...object, UploadId, MultipartUpload: { Parts } }));
      } catch (error) {
        // Where this fails too, the bucket's lifecycle clears the parts away.
        await s3.send(new AbortMultipartUploadCommand({ ...object, UploadId })).catch(() => undefined);
        throw error;
      }
      return { bucket, key };
    },
  };
}
export type RedactedAudioStore = ReturnType<typeof redactedAudioStore>;

/** The bytes of `chunks` in parts of `partBytes` or somewhat more; the last one may be shorter. */
async function* inParts(chunks: AsyncIterable<Buffer>, partBytes: number): AsyncGenerator<Buffer, undefined> {
  let held: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    held.push(chunk);
    bytes += chunk.length;
    if (bytes < partBytes) continue;
    yield Buffer.concat(held);
    held = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(held);
}
