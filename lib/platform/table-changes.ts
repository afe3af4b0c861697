import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Platform } from './platform.ts';
import type { VerbatimFunction } from './verbatim-function.ts';

/** What follows the changes of a table, and what is said where it does not. */
export interface TableChangesProps {
  readonly platform: Platform;
  readonly table: ITable;
  readonly worker: VerbatimFunction;
  /** Patterns of the changes that are followed, any of them. */
  readonly changes: readonly Record<string, unknown>[];
  /** Where it is told which changes failed for good. */
  readonly deadLetterQueue: IQueue;
  /** What is wrong where changes failed for good, and where it says what to do. */
  readonly whenFailed: string;
  /** What is wrong where changes are followed half an hour late. */
  readonly whenLate: string;
}

/**
 * A batch that fails so often is put aside: often enough to sit out minutes of trouble, few enough that one change that
 * cannot be worked on does not hold up those of its shard for hours.
 */
const RETRIES = 30;

/** Gives a function the changes of a table, from the first one on, in their order, with alarms where it falls behind. */
export function followTable(scope: Construct, props: TableChangesProps): void {
  const { platform, table, worker, changes, deadLetterQueue, whenFailed, whenLate } = props;
  worker.function.addEventSource(
    new DynamoEventSource(table, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: changes.map((change) => FilterCriteria.filter(change)),
      batchSize: 100,
      bisectBatchOnError: true,
      retryAttempts: RETRIES,
      reportBatchItemFailures: true,
      onFailure: new SqsDlq(deadLetterQueue),
    }),
  );
  acknowledge(
    worker.role,
    'AwsSolutions-IAM5[Resource::*]',
    'ListStreams, which Lambda needs, cannot be bound to a table.',
  );
  platform.alarm(scope, 'DeadLettersAlarm', {
    metric: deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1) }),
    atLeast: 1,
    description: whenFailed,
  });
  platform.alarm(scope, 'LagAlarm', {
    metric: worker.function.metric('IteratorAge', { period: Duration.minutes(5), statistic: 'Maximum' }),
    atLeast: Duration.minutes(30).toMilliseconds(),
    description: whenLate,
  });
}
