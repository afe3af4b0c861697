import {
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { type Call, heardAudio, presignedAudio } from '../../calls/calls.ts';
import type { Clock } from '../../platform/clock.ts';
import { unlessGone } from '../../platform/errors.ts';
import { tagSet } from '../../platform/object-tags.ts';
import { objectVersions } from '../../platform/object-versions.ts';
import type { Range } from './clip.ts';
import { type Cut, cutOf, Uncuttable, WAV_HEAD_BYTES, wavLayout } from './cut-clip.ts';

/** More than S3 wants of every part but the last (5 MiB). Most clips are less. */
const PART_BYTES = 8 * 1024 * 1024;

type Tags = Readonly<Record<string, string>>;

/** An object, one of its versions where that matters. */
export interface SoundAt {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string | undefined;
}

/** What may be heard of a call by whoever may see it; undefined where there is nothing, or nothing yet. */
function heardSound({ job, recording }: Pick<Call, 'job' | 'recording'>): SoundAt | undefined {
  const audio = heardAudio(job);
  return audio === 'redacted' ? job?.outputs?.redactedAudio : audio && recording;
}

/**
 * The sound of clips and of exports, in the transcripts bucket. It is cut as it is read, by GETs of the bytes that are wanted, and
 * never held whole.
 *
 * What it may do: GetObject and GetObjectVersion of recordings and of what is redacted; below `clips/`, of whoever makes clips, PutObject,
 * PutObjectTagging, ListBucketVersions and DeleteObjectVersion; of all, GetObject.
 */
export function clipAudio(s3: S3Client, bucket: string, partBytes = PART_BYTES) {
  const versions = objectVersions(s3);

  /** Some bytes of an object, and how long it is; undefined where it is gone. */
  const bytesOf = async ({ bucket, key, versionId }: SoundAt, first: number, last: number) => {
    const asked = { Bucket: bucket, Key: key, VersionId: versionId, Range: `bytes=${first}-${last}` };
    const object = await unlessGone(s3.send(new GetObjectCommand(asked)));
    if (!object) return undefined;
    const bytes = Buffer.from((await object.Body?.transformToByteArray()) ?? []);
    const [, sizeBytes] = /\/(\d+)$/.exec(object.ContentRange ?? '') ?? [];
    // Who does not say which part it is has answered the whole: a server may (RFC 9110, section 14.2).
    return sizeBytes === undefined
      ? { bytes: bytes.subarray(first, last + 1), sizeBytes: bytes.length, versionId: object.VersionId }
      : { bytes, sizeBytes: Number(sizeBytes), versionId: object.VersionId };
  };

  /** The parts of the file of a cut, one after the other; the last is undefined where what it is cut from is gone. */
  async function* partsOf(from: SoundAt, { firstByte, lastByte, header, padding }: Cut) {
    for (let first = firstByte; first <= lastByte; first += partBytes) {
      const last = Math.min(first + partBytes - 1, lastByte);
      const read = await bytesOf(from, first, last);
      yield read &&
        Buffer.concat([
          first === firstByte ? header : Buffer.alloc(0),
          read.bytes,
          last === lastByte ? padding : Buffer.alloc(0),
        ]);
      if (!read) return;
    }
  }

  return {
    /**
     * Cuts a time range out of a WAV file, and stores it under `key`. The same cut may be made again.
     *
     * @returns false where the file is gone
     * @throws {Uncuttable} where it is no file that can be cut, or ends before the range
     */
    async cut(from: SoundAt, range: Range, key: string, tags: Tags): Promise<boolean> {
      const head = await bytesOf(from, 0, WAV_HEAD_BYTES - 1);
      if (!head) return false;
      const cut = cutOf(wavLayout(head.bytes, head.sizeBytes), range);
      const object = { Bucket: bucket, Key: key };
      const described = { ContentType: 'audio/wav', Tagging: new URLSearchParams(tags).toString() };
      // The same version: another one may be of other bytes.
      const parts = partsOf({ ...from, versionId: from.versionId ?? head.versionId }, cut);
      if (cut.lastByte - cut.firstByte < partBytes) {
        const Body = (await parts.next()).value;
        if (Body) await s3.send(new PutObjectCommand({ ...object, ...described, Body }));
        return Body !== undefined;
      }
      // What breaks off is cleared away by the bucket's lifecycle.
      const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...object, ...described }));
      const uploaded: CompletedPart[] = [];
      for await (const Body of parts) {
        if (!Body) return false;
        const PartNumber = uploaded.length + 1;
        const { ETag, ChecksumCRC32 } = await s3.send(new UploadPartCommand({ ...object, UploadId, PartNumber, Body }));
        uploaded.push({ PartNumber, ETag, ChecksumCRC32 });
      }
      await s3.send(new CompleteMultipartUploadCommand({ ...object, UploadId, MultipartUpload: { Parts: uploaded } }));
      return true;
    },

    /** Sets the object tags of the sound of a clip; nothing where it is gone. */
    async tag(key: string, tags: Tags): Promise<void> {
      const Tagging = { TagSet: tagSet(tags) };
      await unlessGone(s3.send(new PutObjectTaggingCommand({ Bucket: bucket, Key: key, Tagging })));
    },

    /** Stores a copy of a sound under another key, with tags of its own; false where it is gone. */
    async copy(from: string, to: string, tags: Tags): Promise<boolean> {
      const copied = await unlessGone(
        s3.send(
          new CopyObjectCommand({
            ...{ Bucket: bucket, Key: to, CopySource: `${bucket}/${encodeURIComponent(from)}` },
            ...{ ContentType: 'audio/wav', MetadataDirective: 'REPLACE', TaggingDirective: 'REPLACE' },
            Tagging: new URLSearchParams(tags).toString(),
          }),
        ),
      );
      return copied !== undefined;
    },

    /** Stores what is said as JSON. */
    async putText(key: string, text: unknown, tags: Tags): Promise<void> {
      const Tagging = new URLSearchParams(tags).toString();
      const Body = JSON.stringify(text);
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body, ContentType: 'application/json', Tagging }));
    },

    /** What was stored as JSON; undefined where it is gone. */
    async text(key: string): Promise<unknown> {
      const object = await unlessGone(s3.send(new GetObjectCommand({ Bucket: bucket, Key: key })));
      const text: string | undefined = await object?.Body?.transformToString('utf8');
      return text === undefined ? undefined : JSON.parse(text);
    },

    /** A presigned GET of a sound, and when it ends at the latest; undefined where it is gone. */
    async link(key: string, clock: Clock): Promise<{ url: string; expiresAt: string } | undefined> {
      const head = await unlessGone(s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key })));
      if (!head) return undefined;
      return presignedAudio(s3, { Bucket: bucket, Key: key, VersionId: head.VersionId }, 'audio/wav', clock);
    },

    /** Removes every version of some keys for good. */
    async remove(keys: readonly string[]): Promise<void> {
      for (const key of keys) for (const version of await versions.of(bucket, key)) await versions.remove(version);
    },
  };
}
export type ClipAudio = ReturnType<typeof clipAudio>;

/** What came of an attempt to cut the sound of a clip. */
export type CutResult = { readonly audioKey: string } | { readonly why: string };

/**
 * Cuts the sound of a clip out of what may be heard of its call.
 *
 * @returns the key of it; or why there is none, in words that go on "it has no sound of its own: …"
 */
export async function cutSound(
  audio: Pick<ClipAudio, 'cut'>,
  call: Pick<Call, 'job' | 'recording'>,
  range: Range,
  key: string,
  tags: Tags,
): Promise<CutResult> {
  const sound = heardSound(call);
  if (!sound) return { why: 'nothing of its call can be heard, or not yet' };
  try {
    return (await audio.cut(sound, range, key, tags)) ? { audioKey: key } : { why: 'the audio of its call is gone' };
  } catch (error) {
    if (error instanceof Uncuttable) return { why: `the audio of its call ${error.message}` };
    throw error;
  }
}
