import { Duration } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterRule } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { tableKey } from '../lambdas/calls/calls.ts';
import type { CallTable } from './call-table.ts';
import { acknowledge } from './platform/acknowledge.ts';
import { allowKey } from './platform/grants.ts';
import type { Platform } from './platform/platform.ts';
import { followTable } from './platform/table-changes.ts';
import { VerbatimFunction } from './platform/verbatim-function.ts';

/** What domain events stand on. */
export interface EventsProps {
  readonly platform: Platform;
  readonly callTable: CallTable;
}

/** The changes of items whose keys are so. */
const itemsOf = (keys: { readonly [K in (typeof tableKey)[keyof typeof tableKey]]?: unknown }) => ({
  dynamodb: { Keys: Object.fromEntries(Object.entries(keys).map(([name, rule]) => [name, { S: rule }])) },
});

/** The bus of domain events, and what publishes on it every change of a call's state, from the table's stream. */
export class Events extends Construct {
  /** Anyone of the account may subscribe to it by a rule. */
  readonly bus: EventBus;
  readonly publishEvents: VerbatimFunction;
  /** Where it is told which changes were not published, and what the bus could not encrypt. */
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, { platform, callTable }: EventsProps) {
    super(scope, id);
    this.deadLetterQueue = new Queue(this, 'DeadLetterQueue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(this.deadLetterQueue, 'AwsSolutions-SQS3', 'This is the dead-letter queue: of a stream and of a bus.');
    this.bus = new EventBus(this, 'Bus', {
      description: 'What happens to calls: see docs/events',
      kmsKey: platform.key,
      deadLetterQueue: this.deadLetterQueue,
    });
    this.deadLetterQueue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.deadLetterQueue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': this.bus.eventBusArn } },
      }),
    );

    this.publishEvents = new VerbatimFunction(this, 'PublishEvents', {
      platform,
      entry: 'events/publish-events.handler.ts',
      description: 'Publishes what happens to calls on the event bus',
      environment: { EVENT_BUS_NAME: this.bus.eventBusName },
      timeout: Duration.minutes(1),
    });
    const { role } = this.publishEvents;
    role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['events:PutEvents'], resources: [this.bus.eventBusArn] }),
    );
    allowKey(role, platform.key);
    followTable(this, {
      ...{ platform, table: callTable.table, worker: this.publishEvents, deadLetterQueue: this.deadLetterQueue },
      // Moments, notes and the like are in the same table: their changes are no events.
      changes: [
        itemsOf({ part: FilterRule.isEqual('call') }),
        itemsOf({ subject: FilterRule.beginsWith('call#'), part: FilterRule.beginsWith('score#') }),
        itemsOf({ subject: FilterRule.beginsWith('call#'), part: FilterRule.beginsWith('review#') }),
        itemsOf({ part: FilterRule.isEqual('dispute') }),
      ],
      whenFailed: 'Events of calls were not published. See docs/events/README.md, "Events that were not published".',
      whenLate: 'Events of calls are published half an hour late. See the log of publish-events.',
    });
  }
}
