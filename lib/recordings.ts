import { Bucket, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { CallTable } from './calls.ts';
import type { VerbatimConfig } from './config.ts';
import { allowListing, allowObjects } from './platform/grants.ts';
import type { Platform } from './platform/platform.ts';
import { QueueWorker } from './platform/queue-worker.ts';
import { lifecycleRules } from './retention.ts';
import type { Transcription } from './transcription.ts';

/** What receiving recordings stands on. */
export interface RecordingsProps {
  readonly platform: Platform;
  readonly config: VerbatimConfig;
  readonly callTable: CallTable;
  readonly transcription: Transcription;
}

/** The bucket that teams upload to, and the worker that takes up what they upload. */
export class Recordings extends Construct {
  readonly bucket: Bucket;
  readonly receiveRecording: QueueWorker;

  constructor(scope: Construct, id: string, { platform, config, callTable, transcription }: RecordingsProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Recordings', {
      ...platform.customerBucket,
      objectLockEnabled: true,
      serverAccessLogsPrefix: 'recordings/',
      lifecycleRules: lifecycleRules(config.retention),
    });
    // The L2 property would add a custom resource with a function of its own to do the same.
    (this.bucket.node.defaultChild as CfnBucket).addPropertyOverride(
      'NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled',
      true,
    );
    transcription.allowReading(this.bucket);

    this.receiveRecording = new QueueWorker(this, 'ReceiveRecording', {
      platform,
      entry: 'recordings/receive-recording.handler.ts',
      description: 'Takes up recordings that were uploaded, and starts their transcription',
      events: {
        ObjectCreated: {
          source: ['aws.s3'],
          detailType: ['Object Created'],
          detail: { bucket: { name: [this.bucket.bucketName] } },
        },
      },
      environment: {
        TABLE_NAME: callTable.table.tableName,
        TRANSCRIPTS_BUCKET: transcription.transcripts.bucketName,
        DATA_ACCESS_ROLE_ARN: transcription.dataAccessRole.roleArn,
        OUTPUT_KEY_ARN: platform.key.keyArn,
        JOB_NAME_PREFIX: transcription.jobNamePrefix,
      },
      config: { sources: config.sources, retention: config.retention },
    });
    const { role } = this.receiveRecording.worker;
    allowObjects(role, this.bucket, '', [
      's3:GetObject',
      's3:GetObjectVersion',
      's3:PutObjectTagging',
      's3:PutObjectVersionTagging',
    ]);
    allowListing(role, this.bucket);
    callTable.allowItems(role, ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem']);
    transcription.allowStarting(role);
  }
}
