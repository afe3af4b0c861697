import { Aws, Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { OUTPUT_PREFIX, REDACTED_AUDIO_PREFIX, TRANSCRIPT_PREFIX } from '../lambdas/transcription/transcription.ts';
import type { CallTable } from './calls.ts';
import type { VerbatimConfig } from './config.ts';
import { allowListing, allowObjects, allowSending } from './platform/grants.ts';
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
      environment: {
        TABLE_NAME: callTable.table.tableName,
        TRANSCRIPTS_BUCKET: transcripts.bucketName,
        JOB_NAME_PREFIX: transcription.jobNamePrefix,
      },
      config: { retention: config.retention, sources: config.sources },
    });
    const { queue, worker } = this.expireCalls;
    worker.function.addEnvironment('EXPIRY_QUEUE_URL', queue.queueUrl);
    allowSending(worker.role, queue);
    callTable.allowItems(
      worker.role,
      ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'].map((action) => `dynamodb:${action}`),
    );
    callTable.allowIndexes(worker.role);
    const removing = ['s3:DeleteObjectVersion', 's3:GetObjectVersion'];
    // What Object Lock says of a version that cannot be removed.
    allowObjects(worker.role, recordings.bucket, '', [...removing, 's3:GetObjectLegalHold', 's3:GetObjectRetention']);
    for (const prefix of [OUTPUT_PREFIX, TRANSCRIPT_PREFIX, REDACTED_AUDIO_PREFIX])
      allowObjects(worker.role, transcripts, prefix, removing);
    for (const bucket of [recordings.bucket, transcripts]) allowListing(worker.role, bucket, 's3:ListBucketVersions');
    transcription.allowAsking(worker.role);
    const jobs = (type: string) =>
      `arn:${Aws.PARTITION}:transcribe:${Aws.REGION}:${Aws.ACCOUNT_ID}:${type}/${transcription.jobNamePrefix}*`;
    worker.role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['transcribe:DeleteTranscriptionJob'], resources: [jobs('transcription-job')] }),
    );
    worker.role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['transcribe:DeleteCallAnalyticsJob'], resources: [jobs('analytics')] }),
    );
  }
}
