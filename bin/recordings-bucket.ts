import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { BUCKET_VARIABLE, type DeploymentOptions, isDeploymentNamed } from './deployment.ts';
import { localCredentials, readLocalOutputs } from './local-outputs.ts';

/** The bucket that recordings are uploaded to, and a client that reaches it. */
export interface RecordingsBucket {
  readonly bucket: string;
  readonly s3: S3Client;
  /** Tells this bucket from every other one, also from one of that name in an emulator that was started anew. */
  readonly identity: string;
}

/**
 * Finds the recordings bucket: the one that was named, or, where no deployment is named by its URLs either, that of the
 * local stack that runs here. A bucket in AWS is reached with the credentials and settings of the usual chain, the local
 * one with the emulator's.
 *
 * @param connections how many requests are made at once
 * @throws Error saying how to name a bucket, where none is found
 */
export async function findRecordingsBucket(
  options: DeploymentOptions & { readonly bucket?: string },
  connections: number,
): Promise<RecordingsBucket> {
  const { bucket, region } = options;
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
  const noBucket = `no bucket is named: pass --bucket or set ${BUCKET_VARIABLE} to the output RecordingsBucketName of the stack`;
  if (isDeploymentNamed(options)) throw new Error(noBucket);
  const { endpoint, region: localRegion, buckets, startedAt } = await readLocalOutputs(noBucket);
  return {
    bucket: buckets.recordings,
    s3: client({ endpoint, region: localRegion, credentials: localCredentials, forcePathStyle: true }),
    identity: JSON.stringify([buckets.recordings, endpoint, startedAt]),
  };
}
