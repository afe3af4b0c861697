import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Recording, S3Location } from '../../calls/calls.ts';
import { unlessGone } from '../../platform/errors.ts';
import type { EvidenceConfig } from './evidence-config.ts';

/** A version of an object, and how large it is. */
export interface SourceObject extends Recording {
  readonly sizeBytes: number;
}

/** Where a package was stored. */
export interface StoredPackage {
  readonly versionId: string;
  readonly sizeBytes: number;
  /** In hex. */
  readonly sha256: string;
}

/** So large are the parts of an upload: 78 GiB fit in the 10,000 that S3 takes, four of them are in memory at once. */
const PART_BYTES = 8 * 1024 * 1024;
const PARTS_AT_ONCE = 4;

/** A connection that breaks off is taken up again so often without one more byte. */
const MAX_BREAKS = 3;

/** The link of a package is good for so long. */
const LINK_SECONDS = 300;

const MODES = { governance: 'GOVERNANCE', compliance: 'COMPLIANCE' } as const;

/** What packages are made of, and where they are kept: objects in S3, none of which is ever held whole. */
export function evidenceObjects(s3: S3Client, bucket: string) {
  const at = ({ bucket: Bucket, key: Key, versionId: VersionId }: Recording) => ({ Bucket, Key, VersionId });

  async function bodyOf(object: SourceObject, fromByte: number): Promise<Readable> {
    const Range = fromByte === 0 ? undefined : `bytes=${fromByte}-${object.sizeBytes - 1}`;
    const { Body } = await s3.send(new GetObjectCommand({ ...at(object), Range }));
    if (Body instanceof Readable) return Body;
    throw new Error('the object has no content');
  }

  return {
    /** The version of an object, or the one that is current where none is named; undefined where it is gone. */
    async find(location: S3Location & { readonly versionId?: string }): Promise<SourceObject | undefined> {
      const { bucket, key } = location;
      const asked = new HeadObjectCommand({ Bucket: bucket, Key: key, VersionId: location.versionId });
      const head = await unlessGone(s3.send(asked));
      const versionId = location.versionId ?? head?.VersionId;
      if (!head || versionId === undefined) return undefined;
      return { bucket, key, versionId, sizeBytes: head.ContentLength ?? 0 };
    },

    /** The bytes of a version as they come; where the connection breaks off, the rest is asked for again. */
    async *content(object: SourceObject): AsyncGenerator<Uint8Array> {
      let read = 0;
      for (let breaks = 0; read < object.sizeBytes; ) {
        try {
          for await (const chunk of await bodyOf(object, read)) {
            read += chunk.length;
            breaks = 0;
            yield chunk;
          }
          if (read < object.sizeBytes) throw new Error(`${object.sizeBytes - read} bytes of an object did not come`);
        } catch (error) {
          if (++breaks > MAX_BREAKS) throw error;
        }
      }
    },

    /**
     * Stores a package as it is written, in parts, locked by Object Lock; nothing is there until all is.
     *
     * @param lock until when it is locked, and how strictly
     * @param signal gives it up
     */
    async store(
      key: string,
      content: AsyncIterable<Uint8Array>,
      lock: { readonly mode: EvidenceConfig['mode']; readonly until: string },
      signal: AbortSignal,
    ): Promise<StoredPackage> {
      const hash = createHash('sha256');
      let sizeBytes = 0;
      async function* hashed() {
        for await (const chunk of content) {
          hash.update(chunk);
          sizeBytes += chunk.length;
          yield chunk;
        }
      }
      const upload = new Upload({
        client: s3,
        partSize: PART_BYTES,
        queueSize: PARTS_AT_ONCE,
        params: {
          Bucket: bucket,
          Key: key,
          Body: Readable.from(hashed(), { objectMode: false }),
          ContentType: 'application/zip',
          // S3 takes what Object Lock locks, and each part of it, with a checksum alone, whatever the SDK does by default.
          // Source: Amazon S3 API Reference, PutObject and UploadPart.
          ChecksumAlgorithm: 'CRC32',
          ObjectLockMode: MODES[lock.mode],
          ObjectLockRetainUntilDate: new Date(lock.until),
        },
      });
      const abort = () => void upload.abort();
      signal.addEventListener('abort', abort, { once: true });
      try {
        const { VersionId } = await upload.done();
        if (VersionId === undefined) throw new Error('the evidence bucket keeps no versions');
        return { versionId: VersionId, sizeBytes, sha256: hash.digest('hex') };
      } finally {
        signal.removeEventListener('abort', abort);
      }
    },

    /** A link by which a package can be downloaded for five minutes, under a name. */
    async link(key: string, versionId: string, fileName: string): Promise<{ url: string; expiresInSeconds: number }> {
      const asked = new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        VersionId: versionId,
        ResponseContentDisposition: `attachment; filename="${fileName}"`,
      });
      return { url: await getSignedUrl(s3, asked, { expiresIn: LINK_SECONDS }), expiresInSeconds: LINK_SECONDS };
    },
  };
}
export type EvidenceObjects = ReturnType<typeof evidenceObjects>;
