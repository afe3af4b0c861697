import { Readable } from 'node:stream';
import {
  GetObjectCommand,
  GetObjectRetentionCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  type ObjectVersion,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  PutObjectTaggingCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Recording } from '../calls/calls.ts';
import { isAwsError, unlessGone } from '../platform/errors.ts';
import { tagSet } from '../platform/object-tags.ts';
import { extendedLock, type ObjectLock } from '../retention/retention.ts';
import type { AudioHeader } from './audio.ts';
import { readAudioHeader } from './audio-header.ts';

/** A recording as it stands in its bucket. */
export interface StoredRecording {
  readonly sizeBytes: number;
  /** The object's user metadata, keyed without `x-amz-meta-`, in lower case. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** A version of an object, as a listing tells it. */
export interface StoredVersion {
  readonly recording: Recording;
  readonly uploadedAt: string;
  readonly current: boolean;
}

/** A page of versions, the folders beside them, and where the next page begins. */
export interface VersionPage {
  readonly versions: StoredVersion[];
  readonly folders: string[];
  readonly next: { readonly keyMarker?: string; readonly versionIdMarker?: string } | undefined;
}

function storedVersion(bucket: string, { Key, VersionId, LastModified, IsLatest }: ObjectVersion): StoredVersion[] {
  if (!Key || !VersionId || !LastModified) return [];
  const recording = { bucket, key: Key, versionId: VersionId };
  return [{ recording, uploadedAt: LastModified.toISOString(), current: IsLatest === true }];
}

/** A sidecar describes one call: one that is longer is none. */
const MAX_TEXT_BYTES = 1024 * 1024;

/** Recordings in S3: every call names bucket, key and version, so that an upload in between changes nothing. */
export function recordingStore(s3: S3Client) {
  const at = ({ bucket, key, versionId }: Recording) => ({ Bucket: bucket, Key: key, VersionId: versionId });
  const lockOf = async (recording: Recording): Promise<ObjectLock | undefined> => {
    try {
      const { Retention } = await s3.send(new GetObjectRetentionCommand(at(recording)));
      const { Mode, RetainUntilDate: until } = Retention ?? {};
      return until && { mode: Mode === 'COMPLIANCE' ? 'compliance' : 'governance', until: until.toISOString() };
    } catch (error) {
      if (isAwsError(error, 'NoSuchObjectLockConfiguration')) return undefined;
      throw error;
    }
  };

  return {
    /** The version that is current under a key, or undefined where there is none. */
    async currentVersion(bucket: string, key: string): Promise<string | undefined> {
      const head = await unlessGone(s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key })));
      return head?.VersionId;
    },

    /** The size and metadata of a recording, or undefined where that version is gone. */
    async head(recording: Recording): Promise<StoredRecording | undefined> {
      const head = await unlessGone(s3.send(new HeadObjectCommand(at(recording))));
      return head && { sizeBytes: head.ContentLength ?? 0, metadata: head.Metadata ?? {} };
    },

    /**
     * What the audio's own bytes say, by ranged reads of what is needed of it.
     * @see readAudioHeader
     */
    async audioHeader(recording: Recording, sizeBytes: number): Promise<AudioHeader | undefined> {
      return readAudioHeader(async (first, last) => {
        const part = await s3.send(new GetObjectCommand({ ...at(recording), Range: `bytes=${first}-${last}` }));
        const bytes = (await part.Body?.transformToByteArray()) ?? new Uint8Array();
        // Who serves a range says so; without that it is the whole object, as HTTP allows (RFC 9110, section 14.2).
        return part.ContentRange === undefined ? bytes.subarray(first, last + 1) : bytes;
      }, sizeBytes);
    },

    /** The text of the object that is current under a key, if there is one and it is not too long to be read whole. */
    async text(bucket: string, key: string): Promise<string | undefined> {
      const object = await unlessGone(s3.send(new GetObjectCommand({ Bucket: bucket, Key: key })));
      if (object?.Body && (object.ContentLength ?? 0) <= MAX_TEXT_BYTES) return object.Body.transformToString('utf8');
      // What is not read is not left open either.
      if (object?.Body instanceof Readable) object.Body.destroy();
      return undefined;
    },

    /** The content of an object, part by part. */
    async stream(object: Recording): Promise<AsyncIterable<Uint8Array>> {
      const { Body } = await s3.send(new GetObjectCommand(at(object)));
      if (Body instanceof Readable) return Body;
      throw new Error('the object has no content');
    },

    /** The keys that begin with `prefix`, a thousand at the most. */
    async keysBelow(bucket: string, prefix: string): Promise<string[]> {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
      return Contents.flatMap(({ Key }) => Key ?? []);
    },

    /** The versions under one key, the newest first, without delete markers. */
    async versionsOf(bucket: string, key: string): Promise<StoredVersion[]> {
      const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key }));
      return Versions.filter((version) => version.Key === key).flatMap((version) => storedVersion(bucket, version));
    },

    /** One page of the versions below a prefix, without its folders, which are told by their prefixes. */
    async listVersions(
      bucket: string,
      { prefix, keyMarker, versionIdMarker }: { prefix: string; keyMarker?: string; versionIdMarker?: string },
    ): Promise<VersionPage> {
      const page = await s3.send(
        new ListObjectVersionsCommand({
          Bucket: bucket,
          Prefix: prefix,
          Delimiter: '/',
          KeyMarker: keyMarker,
          VersionIdMarker: versionIdMarker,
        }),
      );
      return {
        versions: (page.Versions ?? []).flatMap((version) => storedVersion(bucket, version)),
        folders: (page.CommonPrefixes ?? []).flatMap(({ Prefix }) => Prefix ?? []),
        next: page.IsTruncated
          ? { keyMarker: page.NextKeyMarker, versionIdMarker: page.NextVersionIdMarker }
          : undefined,
      };
    },

    /**
     * Sets or lifts the Object Lock legal hold of a recording: while it is on, S3 lets nobody remove the version. Nothing
     * where the version is gone.
     */
    async setLegalHold(recording: Recording, on: boolean): Promise<void> {
      const LegalHold = { Status: on ? 'ON' : 'OFF' } as const;
      await unlessGone(s3.send(new PutObjectLegalHoldCommand({ ...at(recording), LegalHold })));
    },

    /** Lets S3 keep anybody from removing a recording until a time. A lock that is there ends later by it, never sooner. */
    async lock(recording: Recording, asked: ObjectLock): Promise<void> {
      const lock = extendedLock(await lockOf(recording), asked);
      if (!lock) return;
      const Mode = lock.mode === 'compliance' ? 'COMPLIANCE' : 'GOVERNANCE';
      const Retention = { Mode, RetainUntilDate: new Date(lock.until) } as const;
      await s3.send(new PutObjectRetentionCommand({ ...at(recording), Retention }));
    },

    /** The object tags of a version; undefined where it is gone. */
    async tagsOf(object: Recording): Promise<Record<string, string> | undefined> {
      const found = await unlessGone(s3.send(new GetObjectTaggingCommand(at(object))));
      return found && Object.fromEntries((found.TagSet ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
    },

    /** Sets the recording's object tags; the tags that it had are replaced. */
    async tag(recording: Recording, tags: Readonly<Record<string, string>>): Promise<void> {
      await s3.send(new PutObjectTaggingCommand({ ...at(recording), Tagging: { TagSet: tagSet(tags) } }));
    },
  };
}
export type RecordingStore = ReturnType<typeof recordingStore>;
