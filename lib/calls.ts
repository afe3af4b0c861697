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
import { CUSTODY_ACTIONS } from './custody.ts';
import { acknowledge, arnInFinding } from './platform/acknowledge.ts';
import { allowKey, allowListing, allowObjects } from './platform/grants.ts';
import type { Platform } from './platform/platform.ts';
import { SignedUrl } from './platform/signed-url.ts';
import { VerbatimFunction } from './platform/verbatim-function.ts';
import type { Recordings } from './recordings.ts';
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

/** What the calls URL stands on. */
export interface CallsProps {
  readonly platform: Platform;
  readonly callTable: CallTable;
  readonly transcription: Transcription;
  readonly recordings: Recordings;
}

/** The calls URL: signed look-ups of calls, moments, transcripts and sound. */
export class Calls extends Construct {
  readonly signedUrl: SignedUrl;

  constructor(scope: Construct, id: string, { platform, callTable, transcription, recordings }: CallsProps) {
    super(scope, id);
    const api = new VerbatimFunction(this, 'Api', {
      platform,
      entry: 'calls/calls.handler.ts',
      description: 'Answers look-ups of calls, moments, transcripts and sound',
      // A search reads 25 transcripts for one answer; with more memory comes the CPU to do so in time.
      memoryMiB: 1024,
      environment: {
        TABLE_NAME: callTable.table.tableName,
        TRANSCRIPTS_BUCKET: transcription.transcripts.bucketName,
      },
    });
    callTable.allowItems(api.role, ['BatchGetItem', ...CUSTODY_ACTIONS]);
    callTable.allowIndexes(api.role);
    transcription.allowTranscripts(api.role, ['s3:GetObject']);
    // Who has a link of its may do what this role may: read one version.
    transcription.allowRedactedAudio(api.role, ['s3:GetObject', 's3:GetObjectVersion']);
    allowObjects(api.role, recordings.bucket, '', ['s3:GetObjectVersion']);
    // Without it, a recording that is gone would look like one that may not be read.
    allowListing(api.role, recordings.bucket);

    this.signedUrl = new SignedUrl(this, 'Url', {
      ...{ platform, callTable, api },
      name: 'calls',
      description: 'Lets an app look up, read and hear calls through the calls URL of Verbatim',
    });
  }
}
