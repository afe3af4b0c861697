import { DeleteObjectCommand, HeadObjectCommand, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';

/** A version of an object, or a delete marker. */
interface Version {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly deleteMarker?: boolean;
  readonly sha256?: string;
  /** What Object Lock says of it. */
  readonly lock?: { readonly until?: string };
}

const refusal = (name: string): Error => Object.assign(new Error(name), { name });

/** Versions of objects as S3 lists and removes them, held in memory, and only that. A page holds three. */
export function memoryS3(...stored: Version[]) {
  let versions: Version[] = [...stored];
  const PAGE = 3;
  const find = ({ Bucket, Key, VersionId }: { Bucket?: string; Key?: string; VersionId?: string }) =>
    versions.find((one) => one.bucket === Bucket && one.key === Key && one.versionId === VersionId);

  const list = ({ Bucket, Prefix = '', KeyMarker, VersionIdMarker }: ListObjectVersionsCommand['input']) => {
    const id = (one: Pick<Version, 'key' | 'versionId'>) => `${one.key}\u0000${one.versionId}`;
    const all = versions
      .filter((one) => one.bucket === Bucket && one.key.startsWith(Prefix))
      .toSorted((a, b) => (id(a) < id(b) ? -1 : 1));
    const behind = KeyMarker === undefined ? '' : id({ key: KeyMarker, versionId: VersionIdMarker ?? '' });
    const rest = all.filter((one) => behind === '' || id(one) > behind);
    const page = rest.slice(0, PAGE);
    const last = page.at(-1);
    const told = ({ key, versionId }: Version) => ({ Key: key, VersionId: versionId, IsLatest: false });
    return {
      Versions: page.filter((one) => !one.deleteMarker).map((one) => ({ ...told(one), Size: 100, ETag: '"etag"' })),
      DeleteMarkers: page.filter((one) => one.deleteMarker).map(told),
      IsTruncated: rest.length > PAGE,
      ...(rest.length > PAGE && last && { NextKeyMarker: last.key, NextVersionIdMarker: last.versionId }),
    };
  };

  const send = async (command: unknown): Promise<unknown> => {
    if (command instanceof ListObjectVersionsCommand) return list(command.input);
    if (command instanceof HeadObjectCommand) {
      const found = find(command.input);
      if (!found) throw refusal('NotFound');
      const { lock, sha256 } = found;
      return {
        ...(sha256 && { Metadata: { sha256 } }),
        ...(lock?.until && { ObjectLockRetainUntilDate: new Date(lock.until) }),
        ...(lock && !lock.until && { ObjectLockLegalHoldStatus: 'ON' }),
      };
    }
    if (command instanceof DeleteObjectCommand) {
      const found = find(command.input);
      if (found?.lock) throw refusal('AccessDenied');
      versions = versions.filter((one) => one !== found);
      return {};
    }
    throw new Error(`${command?.constructor.name} is not part of this test`);
  };
  return {
    client: { send } as unknown as S3Client,
    put: (...more: Version[]) => versions.push(...more),
    /** Takes what Object Lock says of a key away. */
    unlock: (key: string) => {
      versions = versions.map((one) => (one.key === key ? { ...one, lock: undefined } : one)) as Version[];
    },
    /** Removes a version as lifecycle, or somebody, does. */
    lose: (key: string) => {
      versions = versions.filter((one) => one.key !== key);
    },
    keys: () => versions.map((one) => one.key).toSorted(),
  };
}
