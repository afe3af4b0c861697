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
import { acknowledge, arnInFinding } from './platform/acknowledge.ts';
import { allowKey } from './platform/grants.ts';
import type { Platform } from './platform/platform.ts';
import { SignedUrl } from './platform/signed-url.ts';
import { VerbatimFunction } from './platform/verbatim-function.ts';
import type { Transcription } from './transcription.ts';

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

  /** Lets `role` do `actions` of DynamoDB with the items of the table. */
  allowItems(role: IRole, actions: readonly ItemAction[]): void {
    const allowed = actions.map((action) => `dynamodb:${action}`);
    role.addToPrincipalPolicy(new PolicyStatement({ actions: allowed, resources: [this.table.tableArn] }));
    allowKey(role, this.platform.key);
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

/** What the calls URL stands on. */
export interface CallsProps {
  readonly platform: Platform;
  readonly callTable: CallTable;
  readonly transcription: Transcription;
}

/** The calls URL: signed look-ups of calls, moments and transcripts. */
export class Calls extends Construct {
  readonly signedUrl: SignedUrl;

  constructor(scope: Construct, id: string, { platform, callTable, transcription }: CallsProps) {
    super(scope, id);
    const api = new VerbatimFunction(this, 'Api', {
      platform,
      entry: 'calls/calls.handler.ts',
      description: 'Answers look-ups of calls, moments and transcripts',
      // A search reads 25 transcripts for one answer; with more memory comes the CPU to do so in time.
      memoryMiB: 1024,
      environment: {
        TABLE_NAME: callTable.table.tableName,
        TRANSCRIPTS_BUCKET: transcription.transcripts.bucketName,
      },
    });
    callTable.allowItems(api.role, ['GetItem', 'Query']);
    callTable.allowIndexes(api.role);
    transcription.allowTranscripts(api.role, ['s3:GetObject']);

    this.signedUrl = new SignedUrl(this, 'Url', {
      api,
      description: 'Lets an app read calls, moments and transcripts through the calls URL of Verbatim',
    });
  }
}
