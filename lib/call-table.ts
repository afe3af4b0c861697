import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { indexes, tableKey } from '../lambdas/calls/calls.ts';
import { RATE_PREFIX } from '../lambdas/platform/platform.ts';
import { acknowledge, arnInFinding } from './platform/acknowledge.ts';
import { allowKey } from './platform/grants.ts';
import type { Platform } from './platform/platform.ts';

const string = (name: string) => ({ name, type: AttributeType.STRING });

/** What can be done with items; a transaction takes the actions of its parts. */
export type ItemAction =
  | 'BatchGetItem'
  | 'BatchWriteItem'
  | 'ConditionCheckItem'
  | 'DeleteItem'
  | 'GetItem'
  | 'PutItem'
  | 'Query'
  | 'UpdateItem';

/** The table of calls: one partition for everything of a call, and an index for every question. */
export class CallTable extends Construct {
  readonly table: Table;
  private readonly platform: Platform;

  constructor(scope: Construct, id: string, { platform }: { readonly platform: Platform }) {
    super(scope, id);
    this.platform = platform;
    this.table = new Table(this, 'Table', {
      partitionKey: string(tableKey.partitionKey),
      sortKey: string(tableKey.sortKey),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: platform.key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: platform.removalPolicy === RemovalPolicy.RETAIN,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'ttl',
      removalPolicy: platform.removalPolicy,
    });
    for (const [indexName, { partitionKey, sortKey }] of Object.entries(indexes)) {
      this.table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: string(partitionKey),
        sortKey: string(sortKey),
        projectionType: ProjectionType.ALL,
      });
    }
  }

  /**
   * Lets `role` do `actions` of DynamoDB with the items of the table.
   *
   * @param subjects what the subjects of those items begin with. @default all items
   */
  allowItems(role: IRole, actions: readonly ItemAction[], subjects?: readonly string[]): void {
    const keys = subjects?.map((subject) => `${subject}*`);
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: actions.map((action) => `dynamodb:${action}`),
        resources: [this.table.tableArn],
        ...(keys && { conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys } } }),
      }),
    );
    allowKey(role, this.platform.key);
  }

  /** Lets `role` count requests, and write nothing else by that. */
  allowCounting(role: IRole): void {
    this.allowItems(role, ['UpdateItem'], [RATE_PREFIX]);
  }

  /** Lets `role` query every index. */
  allowIndexes(role: IRole): void {
    role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['dynamodb:Query'], resources: [`${this.table.tableArn}/index/*`] }),
    );
    allowKey(role, this.platform.key);
    acknowledge(
      role,
      `AwsSolutions-IAM5[Resource::${arnInFinding(this.table)}/index/*]`,
      'Each index of this one table answers a look-up of this URL.',
    );
  }
}
