import { GetObjectCommand, PutObjectCommand, PutObjectTaggingCommand, type S3Client } from '@aws-sdk/client-s3';
import type { S3Location } from '../calls/calls.ts';
import { isAwsError } from '../platform/errors.ts';
import { parseJson } from '../platform/json.ts';
import { tagSet } from '../platform/object-tags.ts';
import { Transcript } from './transcript.ts';

/** The keys of the transcripts bucket below which transcripts are. */
export const TRANSCRIPT_PREFIX = 'transcripts/';

/** The key of a call's transcript there. */
export const transcriptKey = (callId: string): string => `${TRANSCRIPT_PREFIX}${callId}.json`;

/** Where a call's transcript is. */
export const transcriptLocation = (bucket: string, callId: string): S3Location => ({
  bucket,
  key: transcriptKey(callId),
});

/** Transcripts in S3: what Transcribe wrote, and our reading of it. */
export function transcriptStore(s3: S3Client, bucket: string) {
  return {
    /** The text of what Transcribe wrote at `location`. */
    async readOutput({ bucket, key }: S3Location): Promise<string> {
      const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return (await object.Body?.transformToString('utf8')) ?? '';
    },

    /** Sets the object tags of what Transcribe wrote: it writes without any. */
    async tagOutput({ bucket, key }: S3Location, tags: Readonly<Record<string, string>>): Promise<void> {
      await s3.send(new PutObjectTaggingCommand({ Bucket: bucket, Key: key, Tagging: { TagSet: tagSet(tags) } }));
    },

    /** Stores a call's transcript under its key; the same transcript may be stored again. */
    async put(callId: string, transcript: Transcript, tags: Readonly<Record<string, string>>): Promise<void> {
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: transcriptKey(callId),
          Body: JSON.stringify(transcript),
          ContentType: 'application/json',
          Tagging: new URLSearchParams(tags).toString(),
        }),
      );
    },

    /** Sets the object tags of a call's transcript. */
    async tag(callId: string, tags: Readonly<Record<string, string>>): Promise<void> {
      await s3.send(
        new PutObjectTaggingCommand({ Bucket: bucket, Key: transcriptKey(callId), Tagging: { TagSet: tagSet(tags) } }),
      );
    },

    /** A call's transcript, or undefined where it has none. */
    async get(callId: string): Promise<Transcript | undefined> {
      try {
        const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: transcriptKey(callId) }));
        return Transcript.parse(parseJson((await object.Body?.transformToString('utf8')) ?? ''));
      } catch (error) {
        if (isAwsError(error, 'NoSuchKey')) return undefined;
        throw error;
      }
    },
  };
}
export type TranscriptStore = ReturnType<typeof transcriptStore>;
