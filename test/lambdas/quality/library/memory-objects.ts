import { Readable } from 'node:stream';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';

interface StoredObject {
  readonly bytes: Buffer;
  readonly tags: string;
}

const refusal = (name: string): Error => Object.assign(new Error(name), { name });

async function bytesOf(body: unknown): Promise<Buffer> {
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Readable) return Buffer.concat(await Array.fromAsync(body));
  return Buffer.from(body as Uint8Array);
}

/** Objects of S3 held in memory, by `bucket/key`, of one version each. Links to them are signed as ever. */
export function memoryObjects(given: Readonly<Record<string, Buffer>> = {}) {
  const objects = new Map<string, StoredObject>(Object.entries(given).map(([at, bytes]) => [at, { bytes, tags: '' }]));
  /** How many bytes were read, GET by GET. */
  const read: number[] = [];
  const at = ({ Bucket, Key }: { Bucket?: string | undefined; Key?: string | undefined }) => `${Bucket}/${Key}`;
  const found = (input: { Bucket?: string | undefined; Key?: string | undefined }): StoredObject => {
    const object = objects.get(at(input));
    if (!object) throw refusal('NoSuchKey');
    return object;
  };

  /** What is uploaded in parts, before it is complete. */
  const uploads = new Map<string, { tags: string; parts: Buffer[] }>();
  /** What is done before an object is copied. */
  const before: { copy?: () => Promise<void> } = {};
  const send = async (command: unknown): Promise<unknown> => {
    if (command instanceof GetObjectCommand) {
      const { bytes } = found(command.input);
      const [, first = '0', last = String(bytes.length)] = /^bytes=(\d+)-(\d+)$/.exec(command.input.Range ?? '') ?? [];
      const part = bytes.subarray(Number(first), Number(last) + 1);
      read.push(part.length);
      const Body = Object.assign(Readable.from([part]), {
        transformToString: async () => part.toString('utf8'),
        transformToByteArray: async () => part,
      });
      return { Body, ContentRange: `bytes ${first}-${last}/${bytes.length}`, VersionId: 'v1' };
    }
    if (command instanceof PutObjectCommand) {
      const { Body, ContentLength, Tagging = '' } = command.input;
      const bytes = await bytesOf(Body);
      if (ContentLength !== undefined && ContentLength !== bytes.length) throw refusal('IncompleteBody');
      objects.set(at(command.input), { bytes, tags: Tagging });
      return {};
    }
    if (command instanceof CreateMultipartUploadCommand) {
      uploads.set('u', { tags: command.input.Tagging ?? '', parts: [] });
      return { UploadId: 'u' };
    }
    if (command instanceof UploadPartCommand) {
      uploads.get('u')?.parts.push(await bytesOf(command.input.Body));
      return { ETag: 'e' };
    }
    if (command instanceof CompleteMultipartUploadCommand) {
      const { tags = '', parts = [] } = uploads.get('u') ?? {};
      objects.set(at(command.input), { bytes: Buffer.concat(parts), tags });
      return {};
    }
    if (command instanceof CopyObjectCommand) {
      await before.copy?.();
      const { CopySource = '', Tagging = '' } = command.input;
      const object = objects.get(decodeURIComponent(CopySource));
      if (!object) throw refusal('NoSuchKey');
      objects.set(at(command.input), { ...object, tags: Tagging });
      return {};
    }
    if (command instanceof PutObjectTaggingCommand) {
      const { TagSet = [] } = command.input.Tagging ?? {};
      const entries = TagSet.map(({ Key = '', Value = '' }) => [Key, Value] as const);
      const tags = new URLSearchParams(Object.fromEntries(entries)).toString();
      objects.set(at(command.input), { ...found(command.input), tags });
      return {};
    }
    if (command instanceof GetObjectTaggingCommand)
      return { TagSet: [...new URLSearchParams(found(command.input).tags)].map(([Key, Value]) => ({ Key, Value })) };
    if (command instanceof HeadObjectCommand) {
      found(command.input);
      return { VersionId: 'v1' };
    }
    if (command instanceof ListObjectVersionsCommand) {
      const { Bucket, Prefix = '' } = command.input;
      const keys = [...objects.keys()].filter((one) => one.startsWith(`${Bucket}/${Prefix}`));
      return { Versions: keys.map((one) => ({ Key: one.slice(`${Bucket}/`.length), VersionId: 'v1' })) };
    }
    if (command instanceof DeleteObjectCommand) {
      objects.delete(at(command.input));
      return {};
    }
    throw new Error(`${command?.constructor.name} is not part of this test`);
  };
  const client = new S3Client({ region: 'us-east-1', credentials: { accessKeyId: 'id', secretAccessKey: 'secret' } });
  client.send = send as unknown as S3Client['send'];
  return {
    client,
    before,
    read,
    keys: () => [...objects.keys()].toSorted(),
    bytes: (key: string) => objects.get(key)?.bytes,
    tags: (key: string) => Object.fromEntries(new URLSearchParams(objects.get(key)?.tags ?? '')),
  };
}
