import {
  DeleteObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutObjectTaggingCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { isAwsError, unlessGone } from './errors.ts';
import { tagSet } from './object-tags.ts';

/** One version of an object, or one delete marker, as a listing tells it. */
export interface ListedVersion {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly deleteMarker: boolean;
  readonly sizeBytes?: number | undefined;
  readonly etag?: string | undefined;
  /** ISO 8601. */
  readonly uploadedAt?: string | undefined;
}

/** Where a listing of versions goes on. */
export interface VersionMarker {
  readonly keyMarker: string;
  readonly versionIdMarker?: string | undefined;
}

/** One version of an object. */
export type VersionOfObject = Pick<ListedVersion, 'bucket' | 'key' | 'versionId'>;

/**
 * What became of a version that was to be removed: `removed`, also where it was gone before; or `locked`, where Object
 * Lock lets nobody remove it: until `until`, or until its legal hold is released.
 */
export type RemovedVersion = { readonly outcome: 'removed' } | { readonly outcome: 'locked'; readonly until?: string };

/** The name, in an object's metadata, of the SHA-256 of its bytes that who uploaded it computed. */
const SHA256_METADATA = 'sha256';

const compare = (a = '', b = ''): number => (a < b ? -1 : a > b ? 1 : 0);

/** Versions of objects and their delete markers: found, removed for good, and tagged. */
export function objectVersions(s3: S3Client) {
  const at = ({ bucket, key, versionId }: VersionOfObject) => ({ Bucket: bucket, Key: key, VersionId: versionId });

  /** One page of the versions and markers below a prefix, behind `after`, and where it goes on; nothing at its end. */
  async function page(
    bucket: string,
    prefix: string,
    after?: VersionMarker,
  ): Promise<{ versions: ListedVersion[]; next: VersionMarker | undefined }> {
    const found: ListObjectVersionsCommandOutput = await s3.send(
      new ListObjectVersionsCommand({
        Bucket: bucket,
        Prefix: prefix,
        KeyMarker: after?.keyMarker,
        VersionIdMarker: after?.versionIdMarker,
      }),
    );
    const listed = [
      ...(found.Versions ?? []).map((one) => ({ ...one, deleteMarker: false })),
      ...(found.DeleteMarkers ?? []).map((one) => ({ ...one, Size: undefined, ETag: undefined, deleteMarker: true })),
    ];
    // S3 lists the two apart; both are in order of key and time, and a page holds the same stretch of both.
    const inOrder = listed.toSorted(
      (a, b) =>
        compare(a.Key, b.Key) ||
        compare(b.LastModified?.toISOString(), a.LastModified?.toISOString()) ||
        Number(b.IsLatest) - Number(a.IsLatest),
    );
    const versions = inOrder.flatMap(({ Key: key, VersionId: versionId, Size, ETag, LastModified, deleteMarker }) => {
      if (key === undefined || versionId === undefined) return [];
      const uploadedAt = LastModified?.toISOString();
      return [{ bucket, key, versionId, deleteMarker, sizeBytes: Size, etag: ETag?.replaceAll('"', ''), uploadedAt }];
    });
    const goesOn = found.IsTruncated && found.NextKeyMarker !== undefined;
    const next = goesOn
      ? { keyMarker: found.NextKeyMarker ?? '', versionIdMarker: found.NextVersionIdMarker }
      : undefined;
    return { versions, next };
  }

  /** The versions and markers below a prefix, in order of their keys, each key's newest first. */
  async function* below(bucket: string, prefix: string): AsyncGenerator<ListedVersion[]> {
    let after: VersionMarker | undefined;
    do {
      const { versions, next } = await page(bucket, prefix, after);
      yield versions;
      after = next;
    } while (after !== undefined);
  }

  const lockOf = async (version: VersionOfObject): Promise<{ until?: string } | undefined> => {
    const head = await s3.send(new HeadObjectCommand(at(version)));
    if (head.ObjectLockLegalHoldStatus === 'ON') return {};
    const until = head.ObjectLockRetainUntilDate;
    return until && { until: until.toISOString() };
  };

  return {
    page,

    /** All versions and markers below a prefix. */
    async allBelow(bucket: string, prefix: string): Promise<ListedVersion[]> {
      return (await Array.fromAsync(below(bucket, prefix))).flat();
    },

    /** All versions and markers of exactly one key. */
    async of(bucket: string, key: string): Promise<ListedVersion[]> {
      const found: ListedVersion[] = [];
      for await (const page of below(bucket, key)) {
        found.push(...page.filter((one) => one.key === key));
        // The key itself is the first of those that begin with it.
        if (page.some((one) => one.key !== key)) break;
      }
      return found;
    },

    /** Removes a version, or a marker, for good. */
    async remove(version: VersionOfObject): Promise<RemovedVersion> {
      try {
        await s3.send(new DeleteObjectCommand(at(version)));
        return { outcome: 'removed' };
      } catch (error) {
        if (isAwsError(error, 'NoSuchKey', 'NoSuchVersion')) return { outcome: 'removed' };
        if (!isAwsError(error, 'AccessDenied')) throw error;
        const lock = await lockOf(version);
        // Without a lock it is the policy that denies: a fault, which must not look like one.
        if (!lock) throw error;
        return { outcome: 'locked', ...lock };
      }
    },

    /** The SHA-256 of a version's bytes in hex, where S3 or who uploaded it has told it; undefined also where it is gone. */
    async sha256Of(version: VersionOfObject): Promise<string | undefined> {
      const head = await unlessGone(s3.send(new HeadObjectCommand({ ...at(version), ChecksumMode: 'ENABLED' })));
      const { ChecksumSHA256: checksum, ChecksumType: type, Metadata } = head ?? {};
      // That of an object in parts is one of the parts' checksums, and says so.
      if (checksum && type !== 'COMPOSITE' && !checksum.includes('-'))
        return Buffer.from(checksum, 'base64').toString('hex');
      const told = Metadata?.[SHA256_METADATA];
      return told !== undefined && /^[0-9a-f]{64}$/.test(told) ? told : undefined;
    },

    /** Puts `tags` in the place of those tags of a version that `replaces` names; the others stay. One that is gone is passed over. */
    async retag(
      version: VersionOfObject,
      replaces: readonly string[],
      tags: Readonly<Record<string, string>>,
    ): Promise<void> {
      const tagged = await unlessGone(s3.send(new GetObjectTaggingCommand(at(version))));
      if (!tagged) return;
      const kept = (tagged.TagSet ?? []).filter(({ Key = '' }) => !replaces.includes(Key) && !(Key in tags));
      const Tagging = { TagSet: [...kept, ...tagSet(tags)] };
      await unlessGone(s3.send(new PutObjectTaggingCommand({ ...at(version), Tagging })));
    },
  };
}
export type ObjectVersions = ReturnType<typeof objectVersions>;
