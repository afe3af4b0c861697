import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { DISPUTE_SUBJECTS } from '../lambdas/disputes/disputes.ts';
import type { CallTable } from './call-table.ts';
import type { VerbatimConfig } from './config.ts';
import type { Evidence } from './evidence.ts';
import { allowListing, allowObjects } from './platform/grants.ts';
import type { Platform } from './platform/platform.ts';
import { QueueWorker } from './platform/queue-worker.ts';
import { SignedUrl } from './platform/signed-url.ts';
import { VerbatimFunction } from './platform/verbatim-function.ts';
import type { Recordings } from './recordings.ts';
import type { Transcription } from './transcription.ts';

/** What disputes stand on. */
export interface DisputesProps {
  readonly platform: Platform;
  readonly config: VerbatimConfig;
  readonly callTable: CallTable;
  readonly transcription: Transcription;
  readonly recordings: Recordings;
  readonly evidence: Evidence;
  /** The worker that lets S3 hold what the table says is held. */
  readonly holdCalls: QueueWorker;
}

/** Changing a dispute: its items, the holds and the custody of its calls. Nothing is deleted but of disputes. */
function allowChanging(callTable: CallTable, role: IRole): void {
  callTable.allowItems(role, ['BatchGetItem', 'ConditionCheckItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem']);
  callTable.allowItems(role, ['DeleteItem'], DISPUTE_SUBJECTS);
  callTable.allowIndexes(role);
}

/** Disputes: the disputes URL, and the worker that ends what broke off and deletes what has served its time. */
export class Disputes extends Construct {
  readonly tendDisputes: QueueWorker;
  /** The disputes URL. Its callers may hear and read originals of calls of their disputes: few may. */
  readonly signedUrl: SignedUrl;

  constructor(scope: Construct, id: string, props: DisputesProps) {
    super(scope, id);
    const { platform, config, callTable, transcription, recordings, evidence, holdCalls } = props;
    const TABLE_NAME = callTable.table.tableName;
    const choices = { disputes: config.disputes, policies: config.policies };

    this.tendDisputes = new QueueWorker(this, 'TendDisputes', {
      platform,
      entry: 'disputes/tend-disputes.handler.ts',
      description: 'Ends changes of disputes that broke off, and deletes disputes that have served their time',
      environment: { TABLE_NAME },
      config: choices,
      schedule: Schedule.rate(Duration.minutes(15)),
    });
    const { worker } = this.tendDisputes;
    this.tendDisputes.allowSendingFrom(worker, 'DISPUTES_QUEUE_URL');
    holdCalls.allowSendingFrom(worker, 'HOLDS_QUEUE_URL');
    allowChanging(callTable, worker.role);

    const api = new VerbatimFunction(this, 'Api', {
      platform,
      entry: 'disputes/disputes.handler.ts',
      description: 'Opens, looks into, decides and closes disputes',
      environment: {
        TABLE_NAME,
        TRANSCRIPTS_BUCKET: transcription.transcripts.bucketName,
      },
      config: choices,
      // The candidates of one dispute may be some hundred calls, each of whose transcripts is read.
      memoryMiB: 1024,
      timeout: Duration.minutes(2),
    });
    allowChanging(callTable, api.role);
    holdCalls.allowSendingFrom(api, 'HOLDS_QUEUE_URL');
    // Redacted and not: what Transcribe wrote of what was said, and the recordings as they are.
    transcription.allowTranscripts(api.role, ['s3:GetObject']);
    transcription.allowCopies(api.role, ['s3:GetObject', 's3:GetObjectVersion']);
    allowObjects(api.role, recordings.bucket, '', ['s3:GetObject', 's3:GetObjectVersion']);
    allowListing(api.role, recordings.bucket);
    evidence.allowApi(api);
    this.signedUrl = new SignedUrl(this, 'Url', {
      ...{ platform, callTable, api },
      name: 'disputes',
      description: 'Lets its callers look into disputes, and hear originals of their calls, through the disputes URL',
    });
  }
}
