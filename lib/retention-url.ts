import { Construct } from 'constructs';
import type { CallTable } from './call-table.ts';
import type { VerbatimConfig } from './config.ts';
import { allowListing } from './platform/grants.ts';
import type { Platform } from './platform/platform.ts';
import { QueueWorker } from './platform/queue-worker.ts';
import { SignedUrl } from './platform/signed-url.ts';
import { VerbatimFunction } from './platform/verbatim-function.ts';
import type { Recordings } from './recordings.ts';
import type { Transcription } from './transcription.ts';

/** What the retention URL stands on. */
export interface RetentionUrlProps {
  readonly platform: Platform;
  readonly config: VerbatimConfig;
  readonly callTable: CallTable;
  readonly transcription: Transcription;
  readonly recordings: Recordings;
}

/**
 * So many instances of the function decide calls anew at once, ten calls each: far from what the table and the account's
 * other functions could miss.
 */
const APPLY_CONCURRENCY = 10;

/** The retention URL, and the worker that decides anew how long stored calls are kept, or finds out what would change. */
export class RetentionUrl extends Construct {
  readonly apply: QueueWorker;
  readonly signedUrl: SignedUrl;

  constructor(scope: Construct, id: string, props: RetentionUrlProps) {
    super(scope, id);
    const { platform, config, callTable, transcription, recordings } = props;
    const TABLE_NAME = callTable.table.tableName;
    const choices = { retention: config.retention, sources: config.sources };
    this.apply = new QueueWorker(this, 'Apply', {
      platform,
      entry: 'retention/apply/apply.handler.ts',
      description: 'Decides anew how long stored calls are kept, or finds out what would change',
      environment: { TABLE_NAME, ...transcription.copyEnvironment },
      config: choices,
      maxConcurrency: APPLY_CONCURRENCY,
    });
    const { worker } = this.apply;
    this.apply.allowSendingFrom(worker, 'APPLY_QUEUE_URL');
    callTable.allowItems(worker.role, ['GetItem', 'PutItem', 'UpdateItem']);
    callTable.allowIndexes(worker.role);
    recordings.allowTaggingCopies(worker.role);
    recordings.allowLocking(worker.role);

    const api = new VerbatimFunction(this, 'Api', {
      platform,
      entry: 'retention/retention-api.handler.ts',
      description: 'Answers how long calls are kept and why, and begins to decide all of them anew',
      environment: {
        TABLE_NAME,
        RECORDINGS_BUCKET: recordings.bucket.bucketName,
        ...transcription.copyEnvironment,
      },
      config: choices,
    });
    callTable.allowItems(api.role, ['BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem']);
    callTable.allowIndexes(api.role);
    for (const bucket of [recordings.bucket, transcription.transcripts])
      allowListing(api.role, bucket, 's3:ListBucketVersions');
    this.apply.allowSendingFrom(api, 'APPLY_QUEUE_URL');
    this.signedUrl = new SignedUrl(this, 'Url', {
      ...{ platform, callTable, api },
      name: 'retention',
      description: 'Lets an operator see how long calls are kept, and decide that anew, through the retention URL',
    });
  }
}
