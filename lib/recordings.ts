import { AccountPrincipal, ArnPrincipal, CompositePrincipal, type IRole, Role } from 'aws-cdk-lib/aws-iam';
import { Bucket, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { prefixOf, type SourceConfig } from '../lambdas/recordings/recordings.ts';
import type { CallTable } from './call-table.ts';
import type { VerbatimConfig } from './config.ts';
import { allowKey, allowListing, allowObjects } from './platform/grants.ts';
import type { Platform } from './platform/platform.ts';
import { QueueWorker } from './platform/queue-worker.ts';
import { SignedUrl } from './platform/signed-url.ts';
import { VerbatimFunction } from './platform/verbatim-function.ts';
import { lifecycleRules } from './retention.ts';
import type { Transcription } from './transcription.ts';

/** What receiving recordings stands on. */
export interface RecordingsProps {
  readonly platform: Platform;
  readonly config: VerbatimConfig;
  readonly callTable: CallTable;
  readonly transcription: Transcription;
}

/** The bucket that teams upload to, and the worker that takes up what they upload. */
export class Recordings extends Construct {
  readonly bucket: Bucket;
  readonly receiveRecording: QueueWorker;
  /** The recordings URL. */
  readonly signedUrl: SignedUrl;

  /** The roles in which sources upload, by the source's name in Pascal case. */
  readonly writerRoles = new Map<string, Role>();
  private readonly props: RecordingsProps;

  constructor(scope: Construct, id: string, props: RecordingsProps) {
    super(scope, id);
    this.props = props;
    const { platform, config, callTable, transcription } = props;
    this.bucket = new Bucket(this, 'Recordings', {
      ...platform.customerBucket,
      objectLockEnabled: true,
      serverAccessLogsPrefix: 'recordings/',
      lifecycleRules: lifecycleRules(config.retention),
    });
    // The L2 property would add a custom resource with a function of its own to do the same.
    (this.bucket.node.defaultChild as CfnBucket).addPropertyOverride(
      'NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled',
      true,
    );
    transcription.allowReading(this.bucket);

    this.receiveRecording = new QueueWorker(this, 'ReceiveRecording', {
      platform,
      entry: 'recordings/receive-recording.handler.ts',
      description: 'Takes up recordings that were uploaded, and starts their transcription',
      events: {
        ObjectCreated: {
          source: ['aws.s3'],
          detailType: ['Object Created'],
          detail: { bucket: { name: [this.bucket.bucketName] } },
        },
      },
      environment: { TABLE_NAME: callTable.table.tableName, ...transcription.jobEnvironment },
      config: { sources: config.sources, retention: config.retention },
    });
    const { worker } = this.receiveRecording;
    this.receiveRecording.allowSendingFrom(worker, 'RECEIVE_QUEUE_URL');
    callTable.allowItems(worker.role, ['BatchWriteItem']);
    allowObjects(worker.role, this.bucket, '', ['s3:GetObjectVersionTagging']);
    this.allowReceiving(worker.role);

    const api = new VerbatimFunction(this, 'Api', {
      platform,
      entry: 'recordings/recordings-api.handler.ts',
      description: 'Answers what became of recordings, and tries them again',
      environment: { TABLE_NAME: callTable.table.tableName },
    });
    callTable.allowItems(api.role, ['GetItem', 'UpdateItem']);
    callTable.allowIndexes(api.role);
    allowListing(api.role, this.bucket, 's3:ListBucketVersions');
    this.receiveRecording.allowSendingFrom(api, 'RECEIVE_QUEUE_URL');
    for (const source of config.sources) this.addWriterRole(source);

    this.signedUrl = new SignedUrl(this, 'Url', {
      ...{ platform, callTable, api },
      name: 'recordings',
      description: 'Lets an operator see what became of recordings, and try them again, through the recordings URL',
    });
  }

  /** Lets `role` do what receiving a recording takes. */
  allowReceiving(role: IRole): void {
    const { callTable, transcription } = this.props;
    const actions = ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObjectTagging', 's3:PutObjectVersionTagging'];
    allowObjects(role, this.bucket, '', actions);
    this.allowLocking(role);
    allowListing(role, this.bucket);
    callTable.allowItems(role, ['ConditionCheckItem', 'GetItem', 'PutItem', 'UpdateItem']);
    transcription.allowStarting(role);
  }

  /** Lets `role` set the tags of every copy of a call that is an object. */
  allowTaggingCopies(role: IRole): void {
    const { transcription } = this.props;
    const actions = ['GetObjectTagging', 'GetObjectVersionTagging', 'PutObjectTagging', 'PutObjectVersionTagging'].map(
      (action) => `s3:${action}`,
    );
    allowObjects(role, this.bucket, '', actions);
    transcription.allowCopies(role, actions);
    for (const bucket of [this.bucket, transcription.transcripts]) allowListing(role, bucket, 's3:ListBucketVersions');
  }

  /** Lets `role` lock recordings, where a class asks for that: until a later time than they are locked, and no sooner. */
  allowLocking(role: IRole): void {
    const { classes } = this.props.config.retention;
    if (!classes.some((one) => one.objectLock !== undefined)) return;
    allowObjects(role, this.bucket, '', ['s3:GetObjectRetention', 's3:PutObjectRetention']);
  }

  /** A role in which the writers of a source may upload below its prefix, and do nothing else: not even read or list. */
  private addWriterRole(source: SourceConfig): void {
    if (source.writers.length === 0) return;
    const id = pascalCase(source.name);
    const role = new Role(this, `${id}Writer`, {
      description: `Uploads recordings of the source "${source.name}"`,
      assumedBy: new CompositePrincipal(
        ...source.writers.map((writer) =>
          writer.startsWith('arn:') ? new ArnPrincipal(writer) : new AccountPrincipal(writer),
        ),
      ),
    });
    allowObjects(role, this.bucket, prefixOf(source), ['s3:PutObject', 's3:AbortMultipartUpload']);
    // An upload in parts decrypts the parts that it puts together.
    allowKey(role, this.props.platform.key);
    this.writerRoles.set(id, role);
  }
}

/** `name` (in lower case with hyphens) as construct ids are written. */
const pascalCase = (name: string): string =>
  name.replace(/(^|-)([a-z0-9])/g, (_match, _hyphen, letter: string) => letter.toUpperCase());
