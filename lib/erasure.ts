import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { EVENT_SOURCE, type EventType } from '../lambdas/events/events.ts';
import { OVERDUE_METRIC } from '../lambdas/retention/retention.ts';
import type { CallTable } from './call-table.ts';
import type { VerbatimConfig } from './config.ts';
import type { Events } from './events.ts';
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

const DELETED: EventType = 'Call Deleted';

/** Few enough at once that those who count the calls of one erasure seldom meet. */
const CONCURRENCY = 5;

/** Erasures of customers: the worker that makes their calls due, and the erasure URL, by which they are opened and seen. */
export class Erasure extends Construct {
  readonly eraseCalls: QueueWorker;
  /** The erasure URL. Its callers may delete all calls of any customer: it is apart from all others so that few may. */
  readonly signedUrl: SignedUrl;

  constructor(scope: Construct, id: string, props: ErasureProps) {
    super(scope, id);
    const { platform, config, callTable, events, expireCalls, arrivals } = props;
    const TABLE_NAME = callTable.table.tableName;
    this.eraseCalls = new QueueWorker(this, 'EraseCalls', {
      platform,
      entry: 'retention/erasure/erasure.handler.ts',
      description: 'Erases customers: finds their calls, makes them due, and notes what became of them',
      environment: { TABLE_NAME },
      config: { retention: config.retention },
      eventBus: events.bus,
      events: { CallErased: { source: [EVENT_SOURCE], detailType: [DELETED], detail: { reason: ['erased'] } } },
      schedule: Schedule.rate(Duration.days(1)),
      maxConcurrency: CONCURRENCY,
    });
    const { worker } = this.eraseCalls;
    this.eraseCalls.allowSendingFrom(worker, 'ERASURE_QUEUE_URL');
    expireCalls.allowSendingFrom(worker, 'EXPIRY_QUEUE_URL');
    callTable.allowItems(worker.role, ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem']);
    callTable.allowIndexes(worker.role);
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

    for (const { worker: arrival } of arrivals) this.eraseCalls.allowSendingFrom(arrival, 'ERASURE_QUEUE_URL');

    const api = new VerbatimFunction(this, 'Api', {
      platform,
      entry: 'retention/erasure/erasure-api.handler.ts',
      description: 'Opens erasures of customers, and answers how far they are',
      environment: { TABLE_NAME },
      config: { retention: config.retention, sources: config.sources },
    });
    callTable.allowItems(api.role, ['BatchGetItem', 'GetItem', 'PutItem', 'Query']);
    callTable.allowIndexes(api.role);
    this.eraseCalls.allowSendingFrom(api, 'ERASURE_QUEUE_URL');
    this.signedUrl = new SignedUrl(this, 'Url', {
      ...{ platform, callTable, api },
      name: 'erasure',
      description: 'Lets its callers erase customers, and see erasures, through the erasure URL',
    });
  }
}
