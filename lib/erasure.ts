import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { OVERDUE_METRIC } from '../lambdas/retention/retention.ts';
import type { CallTable } from './calls.ts';
import type { VerbatimConfig } from './config.ts';
import type { Events } from './events.ts';
import { allowSending } from './platform/grants.ts';
import type { Platform } from './platform/platform.ts';
import { QueueWorker } from './platform/queue-worker.ts';
import { SignedUrl } from './platform/signed-url.ts';
import { VerbatimFunction } from './platform/verbatim-function.ts';

/** What erasures stand on. */
export interface ErasureProps {
  readonly platform: Platform;
  readonly config: VerbatimConfig;
  readonly callTable: CallTable;
  /** Where it is told that a call was deleted. */
  readonly events: Events;
  /** The worker that deletes calls that are due. */
  readonly expireCalls: QueueWorker;
  /** The workers that take up calls which arrive: they ask whether an erasure waits for them. */
  readonly arrivals: readonly QueueWorker[];
}

/** Few enough at once that those who count the calls of one erasure seldom meet. */
const CONCURRENCY = 5;

/** Erasures of customers: the worker that makes their calls due, and the erasure URL, by which they are opened and seen. */
export class Erasure extends Construct {
  readonly worker: QueueWorker;
  /** The erasure URL. Its callers may delete all calls of any customer: it is apart from all others so that few may. */
  readonly signedUrl: SignedUrl;

  constructor(scope: Construct, id: string, props: ErasureProps) {
    super(scope, id);
    const { platform, config, callTable, events, expireCalls, arrivals } = props;
    const TABLE_NAME = callTable.table.tableName;
    this.worker = new QueueWorker(this, 'Worker', {
      platform,
      entry: 'retention/erasure/erasure.handler.ts',
      description: 'Erases customers: finds their calls, makes them due, and notes what became of them',
      environment: { TABLE_NAME, EXPIRY_QUEUE_URL: expireCalls.queue.queueUrl },
      config: { retention: config.retention },
      eventBus: events.bus,
      events: { CallErased: { source: ['verbatim'], detailType: ['Call Deleted'], detail: { reason: ['erased'] } } },
      schedule: Schedule.rate(Duration.days(1)),
      maxConcurrency: CONCURRENCY,
    });
    const { queue, worker } = this.worker;
    worker.function.addEnvironment('ERASURE_QUEUE_URL', queue.queueUrl);
    const actions = ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'];
    callTable.allowItems(worker.role, actions.map(ofTable));
    callTable.allowIndexes(worker.role);
    allowSending(worker.role, queue);
    allowSending(worker.role, expireCalls.queue);
    const { namespace, metricName, dimension } = OVERDUE_METRIC;
    platform.alarm(this, 'OverdueAlarm', {
      metric: new Metric({
        namespace,
        metricName,
        dimensionsMap: { [dimension]: worker.function.functionName },
        period: Duration.days(1),
        statistic: 'Maximum',
      }),
      atLeast: 1,
      description: 'An erasure is not done by its deadline. See docs/retention.md, "Erasure".',
    });

    for (const arrival of arrivals) {
      arrival.worker.function.addEnvironment('ERASURE_QUEUE_URL', queue.queueUrl);
      allowSending(arrival.worker.role, queue);
    }

    const api = new VerbatimFunction(this, 'Api', {
      platform,
      entry: 'retention/erasure/erasure-api.handler.ts',
      description: 'Opens erasures of customers, and answers how far they are',
      environment: { TABLE_NAME, ERASURE_QUEUE_URL: queue.queueUrl },
      config: { retention: config.retention, sources: config.sources },
    });
    callTable.allowItems(api.role, ['GetItem', 'PutItem', 'Query'].map(ofTable));
    callTable.allowIndexes(api.role);
    allowSending(api.role, queue);
    this.signedUrl = new SignedUrl(this, 'Url', {
      api,
      description: 'Lets its callers erase customers, and see erasures, through the erasure URL',
    });
  }
}

const ofTable = (action: string): string => `dynamodb:${action}`;
