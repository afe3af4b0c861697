import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { CallTable } from './call-table.ts';
import type { VerbatimConfig } from './config.ts';
import { allowListing, allowObjects } from './platform/grants.ts';
import type { Platform } from './platform/platform.ts';
import { QueueWorker } from './platform/queue-worker.ts';
import { VerbatimFunction } from './platform/verbatim-function.ts';
import type { Recordings } from './recordings.ts';
import type { Tagging } from './tagging.ts';
import type { Transcription } from './transcription.ts';

/** What reconciling stands on. */
export interface ReconciliationProps {
  readonly platform: Platform;
  readonly config: VerbatimConfig;
  readonly callTable: CallTable;
  readonly transcription: Transcription;
  readonly recordings: Recordings;
  readonly tagging: Tagging;
  /** The worker that takes up deletions which broke off. */
  readonly expireCalls: QueueWorker;
}

/**
 * Sees to it that no recording is lost and no call is stuck: starts what waits for Transcribe, takes up calls whose
 * deadline is over, and finds recordings whose event never came.
 */
export class Reconciliation extends Construct {
  readonly reconcileCall: QueueWorker;

  constructor(scope: Construct, id: string, props: ReconciliationProps) {
    super(scope, id);
    const { platform, config, callTable, transcription, recordings, tagging, expireCalls } = props;
    const TABLE_NAME = callTable.table.tableName;

    const startQueued = new VerbatimFunction(this, 'StartQueued', {
      platform,
      entry: 'transcription/start-queued.handler.ts',
      description: 'Starts the transcription of calls that wait for Transcribe, in order of arrival',
      environment: { TABLE_NAME, ...transcription.jobEnvironment },
      // Shorter than its schedule: two of them seldom run at once, and do no harm where they do.
      timeout: Duration.seconds(55),
    });
    callTable.allowItems(startQueued.role, ['GetItem', 'PutItem', 'UpdateItem']);
    callTable.allowIndexes(startQueued.role);
    transcription.allowStarting(startQueued.role);
    this.schedule('EveryMinute', Duration.minutes(1), startQueued);

    this.reconcileCall = new QueueWorker(this, 'ReconcileCall', {
      platform,
      entry: 'recordings/reconcile-call.handler.ts',
      description: 'Takes up calls whose deadline is over',
      environment: { TABLE_NAME, ...transcription.jobEnvironment },
      config: {
        sources: config.sources,
        retention: config.retention,
        tagging: config.tagging,
        transcription: config.transcription,
      },
    });
    const { reconcileCall } = this;
    recordings.allowReceiving(reconcileCall.worker.role);
    tagging.allowTagging(reconcileCall.worker.role);

    const findOverdue = new VerbatimFunction(this, 'FindOverdue', {
      platform,
      entry: 'recordings/find-overdue.handler.ts',
      description: 'Finds calls whose deadline is over',
      environment: { TABLE_NAME },
      timeout: Duration.minutes(5),
    });
    callTable.allowIndexes(findOverdue.role);
    reconcileCall.allowSendingFrom(findOverdue, 'RECONCILE_QUEUE_URL');
    expireCalls.allowSendingFrom(findOverdue, 'EXPIRY_QUEUE_URL');
    this.schedule('EveryFiveMinutes', Duration.minutes(5), findOverdue);

    const findMissed = new QueueWorker(this, 'FindMissed', {
      platform,
      entry: 'recordings/find-missed.handler.ts',
      description: 'Finds recordings whose event never came, and manifests that have served their time',
      schedule: Schedule.rate(Duration.days(1)),
      environment: { TABLE_NAME, RECORDINGS_BUCKET: recordings.bucket.bucketName },
      config: { sources: config.sources },
    });
    const { worker } = findMissed;
    findMissed.allowSendingFrom(worker, 'FIND_MISSED_QUEUE_URL');
    recordings.receiveRecording.allowSendingFrom(worker, 'RECEIVE_QUEUE_URL');
    expireCalls.allowSendingFrom(worker, 'EXPIRY_QUEUE_URL');
    allowListing(worker.role, recordings.bucket, 's3:ListBucketVersions');
    allowObjects(worker.role, recordings.bucket, '', ['s3:GetObjectVersionTagging']);
    callTable.allowItems(worker.role, ['BatchGetItem']);
  }

  /** Runs a function again and again; the next run makes good for one that fails. */
  private schedule(id: string, every: Duration, { function: target }: VerbatimFunction): void {
    new Rule(this, id, { schedule: Schedule.rate(every), targets: [new LambdaFunction(target, { retryAttempts: 0 })] });
  }
}
