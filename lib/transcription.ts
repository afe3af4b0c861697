import { Aws } from 'aws-cdk-lib';
import { Effect, type IRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CLIP_AUDIO_PREFIX } from '../lambdas/quality/quality.ts';
import {
  ORIGINAL_ANALYTICS_PREFIX,
  OUTPUT_PREFIX,
  REDACTED_ANALYTICS_PREFIX,
  REDACTED_AUDIO_PREFIX,
  TRANSCRIPT_PREFIX,
} from '../lambdas/transcription/transcription.ts';
import type { VerbatimConfig } from './config.ts';
import { acknowledge, arnInFinding } from './platform/acknowledge.ts';
import { allowKey, allowListing, allowObjects } from './platform/grants.ts';
import type { Platform } from './platform/platform.ts';
import { lifecycleRules } from './retention.ts';

/** The bucket of transcripts, the role by which Transcribe works, and what others need to work with both. */
export class Transcription extends Construct {
  /** What Transcribe writes, and our reading of it. */
  readonly transcripts: Bucket;
  /** Transcribe reads recordings and writes outputs in this role. */
  readonly dataAccessRole: Role;
  /** What the stack's job names begin with. A stack's name has no dot: no other stack's prefix begins alike. */
  readonly jobNamePrefix = `${Aws.STACK_NAME}.`;
  private readonly platform: Platform;
  private readonly redactsAll: boolean;

  constructor(
    scope: Construct,
    id: string,
    { platform, config }: { readonly platform: Platform; readonly config: VerbatimConfig },
  ) {
    super(scope, id);
    this.platform = platform;
    this.redactsAll = config.sources.every(({ redaction }) => !('offBecause' in redaction));
    this.transcripts = new Bucket(this, 'Transcripts', {
      ...platform.customerBucket,
      serverAccessLogsPrefix: 'transcripts/',
      lifecycleRules: lifecycleRules(config.retention),
    });
    this.dataAccessRole = new Role(this, 'DataAccessRole', {
      description: 'Transcribe reads recordings and writes its outputs in this role',
      assumedBy: new ServicePrincipal('transcribe.amazonaws.com', {
        // Only for jobs of this account: the service works for others too.
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    allowObjects(this.dataAccessRole, this.transcripts, OUTPUT_PREFIX, ['s3:PutObject']);
    allowKey(this.dataAccessRole, platform.key);
  }

  /** The environment variables of a function that starts jobs. */
  get jobEnvironment(): Record<string, string> {
    return {
      TRANSCRIPTS_BUCKET: this.transcripts.bucketName,
      DATA_ACCESS_ROLE_ARN: this.dataAccessRole.roleArn,
      OUTPUT_KEY_ARN: this.platform.key.keyArn,
      JOB_NAME_PREFIX: this.jobNamePrefix,
    };
  }

  /** Lets Transcribe read `bucket`. */
  allowReading(bucket: Bucket): void {
    allowObjects(this.dataAccessRole, bucket, '', ['s3:GetObject']);
  }

  /** Lets `role` read what Transcribe wrote; where every source is redacted, not what two channels originally said. */
  allowReadingOutputs(role: IRole): void {
    this.allowOutputs(role, ['s3:GetObject']);
    if (!this.redactsAll) return;
    role.addToPrincipalPolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        actions: ['s3:GetObject'],
        resources: [this.transcripts.arnForObjects(`${ORIGINAL_ANALYTICS_PREFIX}*`)],
      }),
    );
    acknowledge(
      role,
      `AwsSolutions-IAM5[Resource::${arnInFinding(this.transcripts)}/${ORIGINAL_ANALYTICS_PREFIX}*]`,
      'It denies: whatever is below the prefix.',
    );
  }

  /** Lets `role` ask Comprehend for sentiments. */
  allowSentiments(role: IRole): void {
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['comprehend:BatchDetectSentiment'], resources: ['*'] }));
    acknowledge(
      role,
      'AwsSolutions-IAM5[Resource::*]',
      'Telling sentiments has no resource to name (Service Authorization Reference).',
    );
  }

  /** Lets `role` work with what Transcribe wrote. */
  allowOutputs(role: IRole, actions: readonly string[]): void {
    allowObjects(role, this.transcripts, OUTPUT_PREFIX, actions);
    allowKey(role, this.platform.key);
  }

  /** Lets `role` work with the transcripts that we made of it. */
  allowTranscripts(role: IRole, actions: readonly string[]): void {
    allowObjects(role, this.transcripts, TRANSCRIPT_PREFIX, actions);
    if (actions.includes('s3:GetObject')) allowListing(role, this.transcripts);
    allowKey(role, this.platform.key);
  }

  /** Lets `role` work with redacted audio: that of Call Analytics jobs, and that which we make ourselves. */
  allowRedactedAudio(role: IRole, actions: readonly string[]): void {
    for (const prefix of [REDACTED_ANALYTICS_PREFIX, REDACTED_AUDIO_PREFIX])
      allowObjects(role, this.transcripts, prefix, actions);
    allowKey(role, this.platform.key);
  }

  /** Lets `role` store redacted audio, in parts too. */
  allowStoringRedactedAudio(role: IRole): void {
    const actions = ['s3:PutObject', 's3:PutObjectTagging', 's3:AbortMultipartUpload'];
    allowObjects(role, this.transcripts, REDACTED_AUDIO_PREFIX, actions);
    allowKey(role, this.platform.key);
  }

  /** Lets `role` do `actions` with every object that is kept of calls in the transcripts bucket. */
  allowCopies(role: IRole, actions: readonly string[]): void {
    for (const prefix of [OUTPUT_PREFIX, TRANSCRIPT_PREFIX, REDACTED_AUDIO_PREFIX, CLIP_AUDIO_PREFIX])
      allowObjects(role, this.transcripts, prefix, actions);
  }

  /** The environment variables by which a function finds the copies of a call here. */
  get copyEnvironment(): Record<string, string> {
    return { TRANSCRIPTS_BUCKET: this.transcripts.bucketName, JOB_NAME_PREFIX: this.jobNamePrefix };
  }

  /** Lets `role` start jobs that write to the transcripts bucket, in the data access role. */
  allowStarting(role: IRole): void {
    const { bucketName } = this.transcripts;
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['transcribe:StartTranscriptionJob'],
        resources: ['*'],
        conditions: { StringEquals: { 'transcribe:OutputBucketName': bucketName } },
      }),
    );
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['transcribe:StartCallAnalyticsJob'],
        resources: ['*'],
        conditions: { StringEquals: { 'transcribe:OutputLocation': `s3://${bucketName}/${OUTPUT_PREFIX}` } },
      }),
    );
    acknowledge(
      role,
      'AwsSolutions-IAM5[Resource::*]',
      'Starting a Transcribe job has no resource to name (Service Authorization Reference); where it writes is bound by a condition.',
    );
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [this.dataAccessRole.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'transcribe.amazonaws.com' } },
      }),
    );
    allowKey(role, this.platform.key);
  }

  /** Lets `role` ask how this stack's jobs stand. */
  allowAsking(role: IRole): void {
    this.allowJobs(role, 'Get');
    for (const type of ['transcription-job', 'analytics']) {
      acknowledge(
        role,
        `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:transcribe:<AWS::Region>:<AWS::AccountId>:${type}/<AWS::StackName>.*]`,
        "The jobs of this stack are named by its calls; other stacks' jobs have another prefix.",
      );
    }
  }

  /** Lets `role` remove the records of this stack's jobs, and ask how they stand. */
  allowRemovingJobs(role: IRole): void {
    this.allowAsking(role);
    this.allowJobs(role, 'Delete');
  }

  private allowJobs(role: IRole, verb: 'Get' | 'Delete'): void {
    const jobs = (type: string) =>
      `arn:${Aws.PARTITION}:transcribe:${Aws.REGION}:${Aws.ACCOUNT_ID}:${type}/${this.jobNamePrefix}*`;
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: [`transcribe:${verb}TranscriptionJob`],
        resources: [jobs('transcription-job')],
      }),
    );
    role.addToPrincipalPolicy(
      new PolicyStatement({ actions: [`transcribe:${verb}CallAnalyticsJob`], resources: [jobs('analytics')] }),
    );
  }
}
