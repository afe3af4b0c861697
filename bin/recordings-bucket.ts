import { readFile } from 'node:fs/promises';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import * as z from 'zod';

/** What the local stack writes about itself, as far as uploading needs it. */
const LocalOutputs = z.object({
  endpoint: z.url(),
  region: z.string(),
  buckets: z.object({ recordings: z.string() }),
  startedAt: z.string(),
});

const LOCAL_OUTPUTS = '.local/outputs.json';

/** The bucket that recordings are uploaded to, and a client that reaches it. */
export interface RecordingsBucket {
  readonly bucket: string;
  readonly s3: S3Client;
  /** Tells this bucket from every other one, also from one of that name in an emulator that was started anew. */
  readonly identity: string;
}

/**
 * Finds the recordings bucket: the one that was named, or that of the local stack that runs here. A bucket in AWS is
 * reached with the credentials and settings of the usual chain, the local one with the emulator's.
 *
 * @param connections how many requests are made at once
 * @throws Error saying how to name a bucket, where none is found
 */
export async function findRecordingsBucket(
  { bucket, region }: { readonly bucket?: string | undefined; readonly region?: string | undefined },
  connections: number,
): Promise<RecordingsBucket> {
  const client = (config: S3ClientConfig) =>
    new S3Client({
      // Slows down by itself where S3 asks to.
      retryMode: 'adaptive',
      maxAttempts: 5,
      followRegionRedirects: true,
      requestHandler: { httpAgent: { maxSockets: connections }, httpsAgent: { maxSockets: connections } },
      ...config,
    });
  if (bucket !== undefined) {
    const endpoint = process.env.AWS_ENDPOINT_URL_S3 || process.env.AWS_ENDPOINT_URL || '';
    const s3 = client({ ...(region !== undefined && { region }), forcePathStyle: endpoint !== '' });
    return { bucket, s3, identity: JSON.stringify([bucket, endpoint]) };
  }
  let text: string;
  try {
    text = await readFile(LOCAL_OUTPUTS, 'utf8');
  } catch (cause) {
    throw new Error(
      'no bucket is named: pass --bucket or set VERBATIM_RECORDINGS_BUCKET to the output RecordingsBucketName of the stack, or run npm start for a local one',
      { cause },
    );
  }
  const local = LocalOutputs.parse(JSON.parse(text));
  const { endpoint, buckets, startedAt } = local;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return {
    bucket: buckets.recordings,
    s3: client({ endpoint, region: local.region, credentials, forcePathStyle: true }),
    identity: JSON.stringify([buckets.recordings, endpoint, startedAt]),
  };
}
