import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { EVENT_SOURCE, type EventType } from '../lambdas/events/events.ts';
import { INSIGHTS_SUBJECTS, REPORTS_PREFIX, RUN_SUBJECTS } from '../lambdas/insights/insights.ts';
import type { CallTable } from './call-table.ts';
import type { VerbatimConfig } from './config.ts';
import type { Events } from './events.ts';
import { InsightsCatalog } from './insights-catalog.ts';
import { allowObjects } from './platform/grants.ts';
import type { Platform } from './platform/platform.ts';
import { QueueWorker } from './platform/queue-worker.ts';
import { SignedUrl } from './platform/signed-url.ts';
import { VerbatimFunction } from './platform/verbatim-function.ts';
import type { Transcription } from './transcription.ts';

/** What insights stand on. */
export interface InsightsProps {
  readonly platform: Platform;
  readonly config: VerbatimConfig;
  readonly callTable: CallTable;
  readonly transcription: Transcription;
  readonly events: Events;
}

/** What changes the rows of a call, or of a dispute. */
const CHANGING: readonly EventType[] = [
  ...(['Call Tagged', 'Call Retagged', 'Call Deleted', 'Call Scored', 'Review Changed', 'Dispute Changed'] as const),
];

/** Insights: the worker that writes the dataset, what has it compacted, and the URL that answers a fixed set of questions. */
export class Insights extends Construct {
  readonly catalog: InsightsCatalog;
  readonly writeDataset: QueueWorker;
  /** The insights URL. */
  readonly signedUrl: SignedUrl;

  constructor(scope: Construct, id: string, props: InsightsProps) {
    super(scope, id);
    const { platform, config, callTable, transcription, events } = props;
    const TABLE_NAME = callTable.table.tableName;
    this.catalog = new InsightsCatalog(this, 'Catalog', { platform, config });
    const { catalog } = this;

    this.writeDataset = new QueueWorker(this, 'WriteDataset', {
      platform,
      entry: 'insights/dataset/write-dataset.handler.ts',
      description: 'Writes rows of calls and disputes as they are now into the dataset, and compacts its days',
      eventBus: events.bus,
      events: { Changed: { source: [EVENT_SOURCE], detailType: [...CHANGING] } },
      environment: {
        TABLE_NAME,
        TRANSCRIPTS_BUCKET: transcription.transcripts.bucketName,
        INSIGHTS_BUCKET: catalog.bucket.bucketName,
      },
      // A file for all that changes in a minute, not for each call: what is queried is few files, and a minute behind.
      batchSize: 500,
      batchingWindow: Duration.minutes(1),
      maxConcurrency: 4,
      // A whole processor, and room for a day that is put together.
      memoryMiB: 1769,
      // Days that a batch asks to compact are done one after the other; what failed comes again within half an hour.
      timeout: Duration.minutes(5),
    });
    const { worker } = this.writeDataset;
    this.writeDataset.allowSendingFrom(worker, 'INSIGHTS_QUEUE_URL');
    callTable.allowItems(worker.role, ['GetItem', 'Query']);
    callTable.allowItems(worker.role, ['UpdateItem'], INSIGHTS_SUBJECTS);
    callTable.allowIndexes(worker.role);
    transcription.allowTranscripts(worker.role, ['s3:GetObject']);
    catalog.allowFiles(worker.role);

    const compactDataset = new VerbatimFunction(this, 'CompactDataset', {
      platform,
      entry: 'insights/dataset/compact-dataset.handler.ts',
      description: 'Asks for the days of the dataset to be compacted that wait for it',
      environment: { TABLE_NAME },
    });
    this.writeDataset.allowSendingFrom(compactDataset, 'INSIGHTS_QUEUE_URL');
    callTable.allowItems(compactDataset.role, ['Query'], INSIGHTS_SUBJECTS);
    new Rule(this, 'CompactSchedule', {
      // What was deleted is to be out of the files within the hour; all else waits for a day.
      schedule: Schedule.rate(Duration.minutes(30)),
      targets: [new LambdaFunction(compactDataset.function, { retryAttempts: 0 })],
    });

    const api = new VerbatimFunction(this, 'Api', {
      platform,
      entry: 'insights/insights.handler.ts',
      description: 'Answers a fixed set of questions about many calls',
      environment: this.queryEnvironment(callTable),
      config: { insights: config.insights },
      // Ten thousand groups, each with its measures, are shaped and told by pages.
      memoryMiB: 1024,
    });
    callTable.allowItems(api.role, ['GetItem', 'PutItem', 'UpdateItem'], RUN_SUBJECTS);
    catalog.allowQueries(api.role);
    if (config.insights.weeklyReport) this.writeReports(props);
    this.signedUrl = new SignedUrl(this, 'Url', {
      ...{ platform, callTable, api },
      name: 'insights',
      description: 'Lets an app ask the fixed questions of the insights URL, and nothing of single calls',
    });
  }

  /** Has a report of each week written when it is over. */
  private writeReports({ platform, config, callTable }: InsightsProps): void {
    const { catalog } = this;
    const { worker } = new QueueWorker(this, 'WriteReport', {
      platform,
      entry: 'insights/report/write-report.handler.ts',
      description: 'Writes a report of the week before',
      schedule: Schedule.cron({ weekDay: 'MON', hour: '6', minute: '0' }),
      environment: { ...this.queryEnvironment(callTable), INSIGHTS_BUCKET: catalog.bucket.bucketName },
      config: { insights: config.insights },
      batchSize: 1,
      timeout: Duration.minutes(5),
    });
    callTable.allowItems(worker.role, ['GetItem', 'PutItem', 'UpdateItem'], RUN_SUBJECTS);
    catalog.allowQueries(worker.role);
    allowObjects(worker.role, catalog.bucket, REPORTS_PREFIX, ['s3:PutObject']);
  }

  private queryEnvironment(callTable: CallTable) {
    return {
      TABLE_NAME: callTable.table.tableName,
      ATHENA_WORK_GROUP: this.catalog.workGroup.ref,
      GLUE_DATABASE: this.catalog.database.ref,
    };
  }

  /** What the stack tells of insights. */
  get outputs(): Readonly<Record<string, readonly [string, string]>> {
    const { bucket, database, workGroup } = this.catalog;
    const { url, callerPolicy } = this.signedUrl;
    return {
      InsightsUrl: [url, 'The insights URL (signed like the calls URL)'],
      InsightsReaderPolicyArn: [callerPolicy.managedPolicyArn, 'Attach it to roles that may ask about many calls'],
      InsightsBucketName: [bucket.bucketName, 'Where the dataset is'],
      InsightsDatabaseName: [database.ref, 'The database of Glue that has the tables of the dataset'],
      InsightsWorkGroupName: [workGroup.ref, 'The work group of Athena that queries the dataset'],
      InsightsQueueUrl: [this.writeDataset.queue.queueUrl, 'Asks for rows to be written: see docs/insights.md'],
    };
  }
}
