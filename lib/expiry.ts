import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { EXPORT_PREFIX } from '../lambdas/quality/quality.ts';
import type { CallTable } from './call-table.ts';
import type { VerbatimConfig } from './config.ts';
import { allowListing, allowObjects } from './platform/grants.ts';
import type { Platform } from './platform/platform.ts';
import { QueueWorker } from './platform/queue-worker.ts';
import type { Recordings } from './recordings.ts';
import type { Transcription } from './transcription.ts';

/** What expiry stands on. */
export interface ExpiryProps {
  readonly platform: Platform;
  readonly config: VerbatimConfig;
  readonly callTable: CallTable;
  readonly transcription: Transcription;
  readonly recordings: Recordings;
}

/** The worker that deletes calls with every copy of them: those that are due, and those whose recording is gone. */
export class Expiry extends Construct {
  readonly expireCalls: QueueWorker;

  constructor(scope: Construct, id: string, props: ExpiryProps) {
    super(scope, id);
    const { platform, config, callTable, transcription, recordings } = props;
    const { transcripts } = transcription;
    this.expireCalls = new QueueWorker(this, 'ExpireCalls', {
      platform,
      entry: 'retention/expiry/expire.handler.ts',
      description: 'Deletes calls that are due, or whose recording is gone, with every copy of them',
      schedule: Schedule.rate(Duration.days(1)),
      events: {
        ObjectDeleted: {
          source: ['aws.s3'],
          detailType: ['Object Deleted'],
          detail: { bucket: { name: [recordings.bucket.bucketName] } },
        },
      },
      environment: { TABLE_NAME: callTable.table.tableName, ...transcription.copyEnvironment },
      config: { retention: config.retention, sources: config.sources },
    });
    const { worker } = this.expireCalls;
    this.expireCalls.allowSendingFrom(worker, 'EXPIRY_QUEUE_URL');
    callTable.allowItems(worker.role, ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem']);
    callTable.allowIndexes(worker.role);
    const removing = ['s3:DeleteObjectVersion', 's3:GetObjectVersion'];
    // What Object Lock says of a version that cannot be removed.
    allowObjects(worker.role, recordings.bucket, '', [...removing, 's3:GetObjectLegalHold', 's3:GetObjectRetention']);
    transcription.allowCopies(worker.role, removing);
    // Of customers who are erased.
    allowObjects(worker.role, transcripts, EXPORT_PREFIX, removing);
    for (const bucket of [recordings.bucket, transcripts]) allowListing(worker.role, bucket, 's3:ListBucketVersions');
    transcription.allowRemovingJobs(worker.role);
  }
}
