import { Arn, Aws, Duration, Stack } from 'aws-cdk-lib';
import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { type Column, namedQueries, tables } from '../lambdas/insights/insights.ts';
import { BACKSTOP_DAYS, lifecyclePlan } from '../lambdas/retention/retention.ts';
import type { VerbatimConfig } from './config.ts';
import { allowKey, allowListing, allowObjects } from './platform/grants.ts';
import type { Platform } from './platform/platform.ts';

/** What the catalog stands on. */
export interface InsightsCatalogProps {
  readonly platform: Platform;
  readonly config: VerbatimConfig;
}

/** Where Athena keeps what queries found. */
const RESULTS_PREFIX = 'results/';

/** A run is asked for its rows no longer than a day after it began: see lambdas/insights/run-store.ts. */
const RESULTS_KEPT = Duration.days(1);

/** The names of the tables, each of which has its files below a prefix of that name. */
const tableNames = Object.keys(tables);

const prefixOf = (table: string): string => `${table}/`;

/** How Glue names what reads Parquet. */
const PARQUET = {
  inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
  outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
  serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
};

/**
 * The dataset: the bucket of its files, the tables that Glue knows them by, and the work group of Athena that queries them. It can be
 * used without what writes it.
 */
export class InsightsCatalog extends Construct {
  /** Where the files of the dataset are, and what queries found. */
  readonly bucket: Bucket;
  readonly database: CfnDatabase;
  readonly workGroup: CfnWorkGroup;
  private readonly platform: Platform;

  constructor(scope: Construct, id: string, { platform, config }: InsightsCatalogProps) {
    super(scope, id);
    this.platform = platform;
    this.bucket = new Bucket(this, 'Dataset', {
      ...platform.customerBucket,
      // What is deleted is gone: nothing here is an original, and all of it can be written anew from the table of calls.
      versioned: false,
      serverAccessLogsPrefix: 'insights/',
      lifecycleRules: [
        { id: 'results', prefix: RESULTS_PREFIX, expiration: RESULTS_KEPT },
        { id: 'last-resort', expiration: Duration.days(lastResortDays(config)) },
        { id: 'clean-up', abortIncompleteMultipartUploadAfter: Duration.days(7) },
      ],
    });

    this.database = new CfnDatabase(this, 'Database', {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: {
        name: databaseName(config.stackName),
        description: 'What Verbatim knows of many calls: no customer, nothing that was said',
      },
    });
    for (const [name, columns] of Object.entries(tables)) this.addTable(name, columns);

    this.workGroup = new CfnWorkGroup(this, 'WorkGroup', {
      name: config.stackName,
      description: 'Queries of the dataset of Verbatim',
      // The history of its queries, which would keep it from being deleted, goes with it.
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: config.insights.maxScannedBytes,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: this.bucket.s3UrlForObject(RESULTS_PREFIX),
          expectedBucketOwner: Aws.ACCOUNT_ID,
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: platform.key.keyArn },
        },
      },
    });
    for (const { name, description, sql } of namedQueries(config.insights)) {
      new CfnNamedQuery(this, `Query-${name}`, {
        ...{ name, description, queryString: sql },
        database: this.database.ref,
        workGroup: this.workGroup.ref,
      });
    }
  }

  /** Lets `role` write the files of the dataset, put them together and remove them. */
  allowFiles(role: IRole): void {
    for (const table of tableNames)
      allowObjects(role, this.bucket, prefixOf(table), ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']);
    allowListing(role, this.bucket);
    allowKey(role, this.platform.key);
  }

  /**
   * Lets `role` query the dataset by the work group, and read what is found. Athena asks Glue and S3 by the rights of whoever asks it.
   *
   * @see https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html
   */
  allowQueries(role: IRole): void {
    const athena = ['StartQueryExecution', 'GetQueryExecution', 'GetQueryResults'].map((action) => `athena:${action}`);
    const workGroup = this.arnOf('athena', 'workgroup', this.workGroup.ref);
    role.addToPrincipalPolicy(new PolicyStatement({ actions: athena, resources: [workGroup] }));
    const catalog = Arn.format({ service: 'glue', resource: 'catalog' }, Stack.of(this));
    // Athena looks for the database `default`, too, whichever it is asked about.
    const databases = [this.database.ref, 'default'].map((name) => this.arnOf('glue', 'database', name));
    role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['glue:GetDatabase'], resources: [catalog, ...databases] }),
    );
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['glue:GetPartitions', 'glue:GetTable'],
        resources: [
          ...[catalog, this.arnOf('glue', 'database', this.database.ref)],
          ...tableNames.map((table) => this.arnOf('glue', 'table', `${this.database.ref}/${table}`)),
        ],
      }),
    );
    for (const table of tableNames) allowObjects(role, this.bucket, prefixOf(table), ['s3:GetObject']);
    allowObjects(role, this.bucket, RESULTS_PREFIX, [
      ...['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
    ]);
    allowListing(role, this.bucket);
    role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['s3:GetBucketLocation'], resources: [this.bucket.bucketArn] }),
    );
    allowKey(role, this.platform.key);
  }

  /**
   * A table, whose partitions are the days that a query asks about: Athena works them out, and nobody has to add them.
   *
   * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html
   */
  private addTable(name: string, columns: readonly Column[]): void {
    const location = this.bucket.s3UrlForObject(prefixOf(name));
    new CfnTable(this, `Table-${name}`, {
      catalogId: Aws.ACCOUNT_ID,
      databaseName: this.database.ref,
      tableInput: {
        name,
        tableType: 'EXTERNAL_TABLE',
        partitionKeys: [{ name: 'day', type: 'string', comment: 'The day (UTC), such as 2026-10-14' }],
        parameters: {
          EXTERNAL: 'TRUE',
          classification: 'parquet',
          'projection.enabled': 'true',
          'projection.day.type': 'date',
          'projection.day.format': 'yyyy-MM-dd',
          'projection.day.interval': '1',
          'projection.day.interval.unit': 'DAYS',
          // Calls of any time may be imported. Every query names its days: no other partition is looked for.
          'projection.day.range': '1970-01-01,NOW+1DAYS',
          'storage.location.template': `${location}day=\${day}/`,
        },
        storageDescriptor: { ...PARQUET, location, columns: [...columns] },
      },
    });
  }

  private arnOf(service: string, resource: string, resourceName: string): string {
    return Arn.format({ service, resource, resourceName }, Stack.of(this));
  }
}

/** A name that needs no quotes in a query. Stacks have letters, digits and hyphens in theirs. */
const databaseName = (stackName: string): string => stackName.toLowerCase().replaceAll('-', '_');

/**
 * When a file goes that nobody put together anew, and none of whose rows can be wanted any more: those of calls and of disputes, which are
 * kept after they were closed, and with their evidence.
 */
function lastResortDays({ retention, disputes, evidence }: VerbatimConfig): number {
  const ofDisputes = Math.max(disputes.keepDays, evidence.keepDays) + BACKSTOP_DAYS;
  return Math.max(lifecyclePlan(retention).lastResortDays, ofDisputes);
}
