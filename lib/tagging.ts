import { Match } from 'aws-cdk-lib/aws-events';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { CallTable } from './calls.ts';
import type { VerbatimConfig } from './config.ts';
import { allowObjects } from './platform/grants.ts';
import type { Platform } from './platform/platform.ts';
import { QueueWorker } from './platform/queue-worker.ts';
import type { Recordings } from './recordings.ts';
import type { Transcription } from './transcription.ts';

/** What tagging stands on. */
export interface TaggingProps {
  readonly platform: Platform;
  readonly config: VerbatimConfig;
  readonly callTable: CallTable;
  readonly transcription: Transcription;
  readonly recordings: Recordings;
}

/** The worker that reads what Transcribe wrote and tags the call. */
export class Tagging extends Construct {
  readonly tagCall: QueueWorker;

  private readonly props: TaggingProps;

  constructor(scope: Construct, id: string, props: TaggingProps) {
    super(scope, id);
    this.props = props;
    const { platform, config, callTable, transcription } = props;
    const ended = ['COMPLETED', 'FAILED'];
    const ours = Match.prefix(transcription.jobNamePrefix);
    this.tagCall = new QueueWorker(this, 'TagCall', {
      platform,
      entry: 'tagging/tag-call.handler.ts',
      description: 'Reads what Transcribe wrote and tags the call by the rulebook',
      events: {
        TranscriptionEnded: {
          source: ['aws.transcribe'],
          detailType: ['Transcribe Job State Change'],
          detail: { TranscriptionJobStatus: ended, TranscriptionJobName: ours },
        },
        CallAnalyticsEnded: {
          source: ['aws.transcribe'],
          detailType: ['Call Analytics Job State Change'],
          detail: { JobStatus: ended, JobName: ours },
        },
      },
      environment: {
        TABLE_NAME: callTable.table.tableName,
        TRANSCRIPTS_BUCKET: transcription.transcripts.bucketName,
        JOB_NAME_PREFIX: transcription.jobNamePrefix,
      },
      config: { tagging: config.tagging },
    });
    this.allowTagging(this.tagCall.worker.role);
  }

  /** Lets `role` do what tagging a call takes. */
  allowTagging(role: IRole): void {
    const { callTable, transcription, recordings } = this.props;
    callTable.allowItems(role, ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem']);
    transcription.allowAsking(role);
    transcription.allowOutputs(role, ['s3:GetObject', 's3:PutObjectTagging']);
    transcription.allowTranscripts(role, ['s3:PutObject', 's3:PutObjectTagging']);
    allowObjects(role, recordings.bucket, '', ['s3:PutObjectTagging', 's3:PutObjectVersionTagging']);
  }
}
