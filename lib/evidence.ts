import { Aws, Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { EVIDENCE_PREFIX, FAILED_METRIC } from '../lambdas/disputes/disputes.ts';
import { RULEBOOK_PREFIX } from '../lambdas/tagging/tagging.ts';
import type { CallTable } from './call-table.ts';
import type { VerbatimConfig } from './config.ts';
import { allowKey, allowListing, allowObjects } from './platform/grants.ts';
import type { Platform } from './platform/platform.ts';
import { QueueWorker } from './platform/queue-worker.ts';
import type { VerbatimFunction } from './platform/verbatim-function.ts';
import type { Recordings } from './recordings.ts';
import type { Transcription } from './transcription.ts';

/** What evidence packages stand on. */
export interface EvidenceProps {
  readonly platform: Platform;
  readonly config: VerbatimConfig;
  readonly callTable: CallTable;
  readonly transcription: Transcription;
  readonly recordings: Recordings;
}

/** As long as Lambda lets a function run. */
const TIMEOUT = Duration.minutes(15);

/** Evidence packages: where they are kept, the key that they are signed with, and the worker that builds them. */
export class Evidence extends Construct {
  readonly bucket: Bucket;
  readonly signingKey: Key;
  readonly buildEvidence: QueueWorker;
  private readonly platform: Platform;

  constructor(scope: Construct, id: string, props: EvidenceProps) {
    super(scope, id);
    const { platform, config, callTable, transcription, recordings } = props;
    this.platform = platform;
    const { keepDays } = config.evidence;
    this.bucket = new Bucket(this, 'Packages', {
      ...platform.customerBucket,
      objectLockEnabled: true,
      serverAccessLogsPrefix: 'evidence/',
      lifecycleRules: [
        {
          id: 'expire',
          expiration: Duration.days(keepDays),
          // Locked until then; what is replaced before, which a package never is, stays as long.
          noncurrentVersionExpiration: Duration.days(1),
        },
        {
          id: 'clean-up',
          abortIncompleteMultipartUploadAfter: Duration.days(7),
          expiredObjectDeleteMarker: true,
        },
      ],
    });
    this.signingKey = new Key(this, 'SigningKey', {
      description: 'Signs the evidence packages of Verbatim',
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: platform.removalPolicy,
    });

    this.buildEvidence = new QueueWorker(this, 'BuildEvidence', {
      platform,
      entry: 'disputes/evidence/evidence.handler.ts',
      description: 'Builds evidence packages, signs them and stores them locked',
      environment: {
        TABLE_NAME: callTable.table.tableName,
        TRANSCRIPTS_BUCKET: transcription.transcripts.bucketName,
        EVIDENCE_BUCKET: this.bucket.bucketName,
        EVIDENCE_KEY_ARN: this.signingKey.keyArn,
        STACK: `${Aws.STACK_NAME} in ${Aws.ACCOUNT_ID}, ${Aws.REGION}`,
      },
      config: { evidence: config.evidence, policies: config.policies },
      schedule: Schedule.rate(Duration.hours(1)),
      // One package at a time, and a whole processor for it, which comes with this much memory: a tenth of it is used.
      batchSize: 1,
      maxConcurrency: 4,
      memoryMiB: 1769,
      timeout: TIMEOUT,
    });
    const { worker } = this.buildEvidence;
    const { role } = worker;
    this.buildEvidence.allowSendingFrom(worker, 'EVIDENCE_QUEUE_URL');
    callTable.allowItems(role, ['ConditionCheckItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem']);
    callTable.allowIndexes(role);
    allowObjects(role, recordings.bucket, '', ['s3:GetObjectVersion']);
    transcription.allowCopies(role, ['s3:GetObject', 's3:GetObjectVersion']);
    allowObjects(role, transcription.transcripts, RULEBOOK_PREFIX, ['s3:GetObject']);
    for (const bucket of [recordings.bucket, transcription.transcripts]) allowListing(role, bucket);
    allowObjects(role, this.bucket, EVIDENCE_PREFIX, [
      's3:PutObject',
      's3:PutObjectRetention',
      's3:AbortMultipartUpload',
    ]);
    allowKey(role, platform.key);
    role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['kms:GetPublicKey', 'kms:Sign'], resources: [this.signingKey.keyArn] }),
    );
    // Whoever may administer keys may not sign with this one: what it signed, the worker built.
    this.signingKey.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['kms:Sign'],
        resources: ['*'],
        conditions: { ArnNotEquals: { 'aws:PrincipalArn': role.roleArn } },
      }),
    );

    const { namespace, metricName, dimension } = FAILED_METRIC;
    platform.alarm(this, 'FailedAlarm', {
      metric: new Metric({
        namespace,
        metricName,
        dimensionsMap: { [dimension]: worker.function.functionName },
        period: Duration.minutes(5),
        statistic: 'Sum',
      }),
      atLeast: 1,
      description: 'An evidence package failed. See docs/evidence.md, "A package that failed".',
    });
  }

  /** Lets a function ask for packages, hand them out, and tell the key that they are signed with. */
  allowApi(api: VerbatimFunction): void {
    api.function.addEnvironment('EVIDENCE_BUCKET', this.bucket.bucketName);
    api.function.addEnvironment('EVIDENCE_KEY_ARN', this.signingKey.keyArn);
    this.buildEvidence.allowSendingFrom(api, 'EVIDENCE_QUEUE_URL');
    allowObjects(api.role, this.bucket, EVIDENCE_PREFIX, ['s3:GetObjectVersion']);
    allowKey(api.role, this.platform.key);
    api.role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['kms:GetPublicKey'], resources: [this.signingKey.keyArn] }),
    );
  }
}
