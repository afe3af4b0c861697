import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterRule } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { CHANGED_BY_HAND_METRIC, CUSTODY, CUSTODY_ENTRY, tableKey } from '../lambdas/calls/calls.ts';
import type { CallTable, ItemAction } from './call-table.ts';
import { acknowledge } from './platform/acknowledge.ts';
import type { Platform } from './platform/platform.ts';
import { followTable } from './platform/table-changes.ts';
import { VerbatimFunction } from './platform/verbatim-function.ts';

/** What noting in the custody of calls needs, of whatever function does it. */
export const CUSTODY_ACTIONS = [
  'ConditionCheckItem',
  'GetItem',
  'PutItem',
  'Query',
  'UpdateItem',
] as const satisfies readonly ItemAction[];

/** What custody stands on. */
export interface CustodyProps {
  readonly platform: Platform;
  readonly callTable: CallTable;
}

/** What notes in the custody of calls every change of theirs, from the table's stream. */
export class Custody extends Construct {
  readonly noteChanges: VerbatimFunction;
  /** Where it is told which changes were not noted. */
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, { platform, callTable }: CustodyProps) {
    super(scope, id);
    this.deadLetterQueue = new Queue(this, 'DeadLetterQueue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(this.deadLetterQueue, 'AwsSolutions-SQS3', 'This is the dead-letter queue of a stream.');
    this.noteChanges = new VerbatimFunction(this, 'NoteChanges', {
      platform,
      entry: 'calls/custody/note-changes.handler.ts',
      description: 'Notes in the custody of calls what is done with them',
      environment: { TABLE_NAME: callTable.table.tableName },
      timeout: Duration.minutes(1),
    });
    callTable.allowItems(this.noteChanges.role, CUSTODY_ACTIONS);

    const part = (rule: unknown) => ({ dynamodb: { Keys: { [tableKey.sortKey]: { S: rule } } } });
    followTable(this, {
      ...{ platform, table: callTable.table, worker: this.noteChanges, deadLetterQueue: this.deadLetterQueue },
      changes: [
        part(FilterRule.isEqual('call')),
        // Entries are added and never changed: whoever does that writes into the table past all of this.
        { eventName: FilterRule.or('MODIFY', 'REMOVE'), ...part(FilterRule.beginsWith(CUSTODY_ENTRY)) },
        { eventName: FilterRule.isEqual('REMOVE'), ...part(FilterRule.isEqual(CUSTODY)) },
      ],
      whenFailed: 'What was done with calls was not noted. See docs/custody.md, "Changes that were not noted".',
      whenLate: 'What is done with calls is noted half an hour late. See the log of note-changes.',
    });
    const { namespace, metricName, dimension } = CHANGED_BY_HAND_METRIC;
    platform.alarm(this, 'ChangedByHandAlarm', {
      metric: new Metric({
        namespace,
        metricName,
        dimensionsMap: { [dimension]: this.noteChanges.function.functionName },
        period: Duration.minutes(5),
        statistic: 'Sum',
      }),
      atLeast: 1,
      description: 'Somebody changed a call, or its custody, in the table. See docs/custody.md, "Changed by hand".',
    });
  }
}
