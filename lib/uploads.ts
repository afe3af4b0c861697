import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { prefixOf } from '../lambdas/recordings/recordings.ts';
import type { CallTable } from './call-table.ts';
import type { VerbatimConfig } from './config.ts';
import { allowKey, allowObjects } from './platform/grants.ts';
import type { Platform } from './platform/platform.ts';
import { SignedUrl } from './platform/signed-url.ts';
import { VerbatimFunction } from './platform/verbatim-function.ts';
import type { Recordings } from './recordings.ts';

/** What the uploads URL stands on. */
export interface UploadsProps {
  readonly platform: Platform;
  readonly config: VerbatimConfig;
  readonly callTable: CallTable;
  readonly recordings: Recordings;
}

/** The uploads URL: apps ask it for presigned requests that upload one recording each. */
export class Uploads extends Construct {
  readonly signedUrl: SignedUrl;

  constructor(scope: Construct, id: string, { platform, config, callTable, recordings }: UploadsProps) {
    super(scope, id);
    const api = new VerbatimFunction(this, 'Api', {
      platform,
      entry: 'recordings/uploads.handler.ts',
      description: 'Signs uploads of recordings, and completes those in parts',
      environment: { RECORDINGS_BUCKET: recordings.bucket.bucketName },
      config: { sources: config.sources },
      // S3 can take its time to put a large recording together.
      timeout: Duration.minutes(2),
    });
    // A presigned request may do what the role may that signed it: write below the prefixes, and read nothing.
    const actions = ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'];
    for (const source of config.sources) allowObjects(api.role, recordings.bucket, prefixOf(source), actions);
    allowKey(api.role, platform.key);

    this.signedUrl = new SignedUrl(this, 'Url', {
      ...{ platform, callTable, api },
      name: 'uploads',
      description: 'Lets an app upload recordings of any source through the uploads URL of Verbatim',
    });
  }
}
