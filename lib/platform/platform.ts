import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { VerbatimConfig } from '../config.ts';

/** When an alarm is raised, and what it tells: what is wrong, and where it says what to do. */
export interface AlarmOptions {
  readonly metric: IMetric;
  readonly atLeast: number;
  readonly description: string;
}

/** What every capability stands on: the key, the bucket of access logs, the alarm topic, and what they agree on. */
export class Platform extends Construct {
  /** Encrypts everything of the customers. */
  readonly key: Key;
  /** Makes what the cursors of lists are sealed with. */
  readonly cursorKey: Key;
  /** What every Function URL does at its edge: its limits, and who vouches for persons. */
  readonly httpConfig: Pick<VerbatimConfig, 'identity'> & VerbatimConfig['http'];
  /** Where the other buckets' access logs are. */
  readonly accessLogs: Bucket;
  /** Where alarms are sent. */
  readonly alarmTopic: Topic;
  /** What becomes of data when the stack is deleted. */
  readonly removalPolicy: RemovalPolicy;
  readonly logRetention: RetentionDays;

  constructor(scope: Construct, id: string, props: { readonly config: VerbatimConfig }) {
    super(scope, id);
    const { statefulResources, alarms, logRetentionDays, http, identity } = props.config;
    this.removalPolicy = statefulResources === 'keep' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    this.logRetention = logRetentionDays;

    this.key = new Key(this, 'Key', {
      description: 'Encrypts recordings, transcripts and the table of Verbatim',
      enableKeyRotation: true,
      removalPolicy: this.removalPolicy,
    });
    this.cursorKey = new Key(this, 'CursorKey', {
      description: 'Seals the cursors of Verbatim',
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
      // Who lists something while the stack is deleted begins anew.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.httpConfig = { ...http, ...(identity && { identity }) };
    this.accessLogs = new Bucket(this, 'AccessLogs', {
      ...this.privateBucket,
      // S3 delivers access logs to no bucket that is encrypted with a KMS key.
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ id: 'expire', expiration: Duration.days(90) }],
    });
    this.alarmTopic = new Topic(this, 'AlarmTopic', { enforceSSL: true });
    if (alarms.email) this.alarmTopic.addSubscription(new EmailSubscription(alarms.email));
  }

  /** What all buckets have in common: nothing public, TLS only, no ACLs, and data that stays unless it was said not to. */
  get privateBucket(): BucketProps {
    return {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: this.removalPolicy,
      autoDeleteObjects: this.removalPolicy === RemovalPolicy.DESTROY,
    };
  }

  /** What all buckets of customers' data have in common. */
  get customerBucket(): BucketProps {
    return {
      ...this.privateBucket,
      versioned: true,
      encryption: BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: true,
      serverAccessLogsBucket: this.accessLogs,
    };
  }

  /** An alarm, sent to the alarm topic, when a metric reaches a value. No data means no alarm. */
  alarm(scope: Construct, id: string, { metric, atLeast, description }: AlarmOptions): void {
    const alarm = new Alarm(scope, id, {
      metric,
      threshold: atLeast,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: description,
    });
    alarm.addAlarmAction(new SnsAction(this.alarmTopic));
  }
}
