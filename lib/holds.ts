import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { CallTable } from './call-table.ts';
import type { VerbatimConfig } from './config.ts';
import { allowObjects } from './platform/grants.ts';
import type { Platform } from './platform/platform.ts';
import { QueueWorker } from './platform/queue-worker.ts';
import { SignedUrl } from './platform/signed-url.ts';
import { VerbatimFunction } from './platform/verbatim-function.ts';
import type { Recordings } from './recordings.ts';
import type { Transcription } from './transcription.ts';

/** What legal holds stand on. */
export interface HoldsProps {
  readonly platform: Platform;
  readonly config: VerbatimConfig;
  readonly callTable: CallTable;
  readonly transcription: Transcription;
  readonly recordings: Recordings;
  /** The workers that take up calls which arrive: they ask whether a hold waits for them. */
  readonly arrivals: readonly QueueWorker[];
}

/** Few enough at once that those who work on one hold seldom meet. */
const CONCURRENCY = 5;

/** Legal holds: the worker that reaches the calls of a hold, and the holds URL, by which they are placed and released. */
export class Holds extends Construct {
  readonly holdCalls: QueueWorker;
  /** The holds URL. Its callers may place and release holds: it is apart from all others so that few may. */
  readonly signedUrl: SignedUrl;

  constructor(scope: Construct, id: string, props: HoldsProps) {
    super(scope, id);
    const { platform, config, callTable, transcription, recordings, arrivals } = props;
    const TABLE_NAME = callTable.table.tableName;
    this.holdCalls = new QueueWorker(this, 'HoldCalls', {
      platform,
      entry: 'retention/holds/holds.handler.ts',
      description: 'Reaches the calls of legal holds: holds them, and lets them go',
      environment: { TABLE_NAME, ...transcription.copyEnvironment },
      // What was held is known as long as what was deleted.
      config: { sources: config.sources, holds: { recordKeepDays: config.retention.receipts.keepDays } },
      schedule: Schedule.rate(Duration.days(1)),
      maxConcurrency: CONCURRENCY,
    });
    const { worker } = this.holdCalls;
    this.holdCalls.allowSendingFrom(worker, 'HOLDS_QUEUE_URL');
    callTable.allowItems(worker.role, ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem']);
    callTable.allowIndexes(worker.role);
    recordings.allowTaggingCopies(worker.role);
    // To take a delete marker away is to delete its version. Held versions are locked: this cannot delete them.
    const uncovering = 's3:DeleteObjectVersion';
    allowObjects(worker.role, recordings.bucket, '', [uncovering, 's3:PutObjectLegalHold']);
    transcription.allowCopies(worker.role, [uncovering]);

    for (const arrival of arrivals) {
      callTable.allowItems(arrival.worker.role, ['Query']);
      this.holdCalls.allowSendingFrom(arrival.worker, 'HOLDS_QUEUE_URL');
    }

    const api = new VerbatimFunction(this, 'Api', {
      platform,
      entry: 'retention/holds/holds-api.handler.ts',
      description: 'Places and releases legal holds, and answers what they hold',
      environment: { TABLE_NAME },
    });
    callTable.allowItems(api.role, ['GetItem', 'PutItem', 'Query', 'UpdateItem']);
    callTable.allowIndexes(api.role);
    this.holdCalls.allowSendingFrom(api, 'HOLDS_QUEUE_URL');
    this.signedUrl = new SignedUrl(this, 'Url', {
      ...{ platform, callTable, api },
      name: 'holds',
      description: 'Lets its callers place, release and see legal holds through the holds URL',
    });
  }
}
