import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { Recording, S3Location } from '../calls/calls.ts';
import { unlessGone } from '../platform/errors.ts';
import { tagSet } from '../platform/object-tags.ts';
import { redactedAudioKey } from './redacted-audio-key.ts';
import type { FileInParts } from './wav-file.ts';

/** More than S3 wants of every part but the last (5 MiB), and enough for 78 GiB in the 10,000 that it takes. */
const PART_BYTES = 8 * 1024 * 1024;

/** Reads recordings from S3, and writes redacted audio there, without holding either whole. */
export function redactedAudioStore(s3: S3Client, bucket: string, partBytes = PART_BYTES) {
  return {
    /** The bytes of a recording as they come, to be closed by who reads them; or undefined where it is gone. */
    async open({ bucket, key, versionId }: Recording): Promise<Readable | undefined> {
      const asked = new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId });
      const object = await unlessGone(s3.send(asked));
      if (!object) return undefined;
      if (object.Body instanceof Readable) return object.Body;
      throw new Error('the recording has no content');
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
      const key = redactedAudioKey(callId);
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

    /** Sets the object tags of a call's redacted audio; nothing where it is gone. */
    async tag(callId: string, tags: Readonly<Record<string, string>>): Promise<void> {
      const object = { Bucket: bucket, Key: redactedAudioKey(callId) };
      await unlessGone(s3.send(new PutObjectTaggingCommand({ ...object, Tagging: { TagSet: tagSet(tags) } })));
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
