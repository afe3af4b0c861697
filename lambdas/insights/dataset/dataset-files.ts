import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { iso } from '../../platform/clock.ts';
import { isGone } from '../../platform/errors.ts';
import { dayPrefix, type TableName } from './tables.ts';

/** S3 deletes at most so many objects in one request. Source: S3 API Reference, DeleteObjects. */
const MAX_DELETED = 1000;

/**
 * What a file is: `rows` that a batch wrote, or that compaction put together; or `gone`, which holds nothing but what tells of calls
 * that they are deleted. Those are kept apart, as they are, until no file of before can come any more.
 */
export type FileKind = 'rows' | 'gone';

/** The name of a new file: what it is, when it was begun, and an id that no other has. */
export const fileName = (kind: FileKind, now: Date, id: string): string =>
  `${kind}-${iso(now).replaceAll(/[-:.]/g, '')}-${id}.parquet`;

/** When a file of `gone` was written, in ISO 8601; undefined of any other file. */
export function goneSince(key: string): string | undefined {
  const parts = /\/gone-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-[^/]*$/.exec(key);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second, ms] = parts;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`;
}

/** The files of the dataset in its bucket, by table and day. */
export function datasetFiles(s3: S3Client, bucket: string) {
  return {
    /** The keys of a table's files of a day. */
    async list(table: TableName, day: string): Promise<string[]> {
      const keys: string[] = [];
      let ContinuationToken: string | undefined;
      do {
        const page = await s3.send(
          new ListObjectsV2Command({ Bucket: bucket, Prefix: dayPrefix(table, day), ContinuationToken }),
        );
        keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
        ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined;
      } while (ContinuationToken);
      return keys;
    },

    /** A file; undefined where it is gone. */
    async get(key: string): Promise<Uint8Array | undefined> {
      try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return await Body?.transformToByteArray();
      } catch (error) {
        if (isGone(error)) return undefined;
        throw error;
      }
    },

    /** Writes a file of a table and a day. */
    async put(table: TableName, day: string, name: string, file: Uint8Array): Promise<void> {
      const Key = `${dayPrefix(table, day)}${name}`;
      await s3.send(
        new PutObjectCommand({ Bucket: bucket, Key, Body: file, ContentType: 'application/vnd.apache.parquet' }),
      );
    },

    /**
     * Removes files; those that are gone are no error.
     *
     * @throws Error where S3 did not remove one of them
     */
    async remove(keys: readonly string[]): Promise<void> {
      for (let first = 0; first < keys.length; first += MAX_DELETED) {
        const Objects = keys.slice(first, first + MAX_DELETED).map((Key) => ({ Key }));
        const { Errors = [] } = await s3.send(
          new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
        );
        if (Errors.length > 0) throw new Error(`S3 did not remove ${Errors.length} files: ${Errors[0]?.Code}`);
      }
    },
  };
}
export type DatasetFiles = ReturnType<typeof datasetFiles>;
