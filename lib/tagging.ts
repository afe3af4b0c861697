import { Match } from 'aws-cdk-lib/aws-events';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { RULEBOOK_PREFIX } from '../lambdas/tagging/tagging.ts';
import type { CallTable } from './calls.ts';
import type { VerbatimConfig } from './config.ts';
import { allowObjects, allowSending } from './platform/grants.ts';
import type { Platform } from './platform/platform.ts';
import { QueueWorker } from './platform/queue-worker.ts';
import { SignedUrl } from './platform/signed-url.ts';
import { VerbatimFunction } from './platform/verbatim-function.ts';
import type { Recordings } from './recordings.ts';
import { allowTaggingCopies } from './retention.ts';
import type { Transcription } from './transcription.ts';

/** What tagging stands on. */
export interface TaggingProps {
  readonly platform: Platform;
  readonly config: VerbatimConfig;
  readonly callTable: CallTable;
  readonly transcription: Transcription;
  readonly recordings: Recordings;
}

/**
 * So many instances of the function tag calls anew at once, ten calls each: far from what the table and the account's other
 * functions could miss.
 */
const RETAG_CONCURRENCY = 10;

/**
 * The worker that reads what Transcribe wrote and tags the call; the one that tags stored calls anew, and the tagging URL
 * by which it is asked to.
 */
export class Tagging extends Construct {
  readonly tagCall: QueueWorker;
  readonly retag: QueueWorker;
  /** The tagging URL. */
  readonly signedUrl: SignedUrl;

  private readonly props: TaggingProps;

  constructor(scope: Construct, id: string, props: TaggingProps) {
    super(scope, id);
    this.props = props;
    const { platform, config, callTable, transcription } = props;
    const ended = ['COMPLETED', 'FAILED'];
    const ours = Match.prefix(transcription.jobNamePrefix);
    this.tagCall = new QueueWorker(this, 'TagCall', {
      platform,
      entry: 'tagging/tag-call.handler.ts',
      description: 'Reads what Transcribe wrote and tags the call by the rulebook',
      events: {
        TranscriptionEnded: {
          source: ['aws.transcribe'],
          detailType: ['Transcribe Job State Change'],
          detail: { TranscriptionJobStatus: ended, TranscriptionJobName: ours },
        },
        CallAnalyticsEnded: {
          source: ['aws.transcribe'],
          detailType: ['Call Analytics Job State Change'],
          detail: { JobStatus: ended, JobName: ours },
        },
      },
      environment: {
        TABLE_NAME: callTable.table.tableName,
        TRANSCRIPTS_BUCKET: transcription.transcripts.bucketName,
        JOB_NAME_PREFIX: transcription.jobNamePrefix,
      },
      config: {
        ...{ tagging: config.tagging, transcription: config.transcription },
        ...{ retention: config.retention, sources: config.sources },
      },
    });
    this.allowTagging(this.tagCall.worker.role);

    const environment = {
      TABLE_NAME: callTable.table.tableName,
      TRANSCRIPTS_BUCKET: transcription.transcripts.bucketName,
    };
    this.retag = new QueueWorker(this, 'Retag', {
      platform,
      entry: 'tagging/retag/retag.handler.ts',
      description: 'Tags stored calls anew by another rulebook, or finds out what would change',
      environment: { ...environment, JOB_NAME_PREFIX: transcription.jobNamePrefix },
      config: { retention: config.retention, sources: config.sources },
      maxConcurrency: RETAG_CONCURRENCY,
    });
    const { queue, worker } = this.retag;
    worker.function.addEnvironment('RETAG_QUEUE_URL', queue.queueUrl);
    this.allowRetagging(worker.role);
    allowSending(worker.role, queue);

    const api = new VerbatimFunction(this, 'Api', {
      platform,
      entry: 'tagging/retag/retag-api.handler.ts',
      description: 'Begins to tag stored calls anew, and answers how far that is',
      environment: { ...environment, RETAG_QUEUE_URL: queue.queueUrl },
      config: { tagging: config.tagging },
    });
    callTable.allowItems(api.role, ['BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'].map(ofTable));
    allowObjects(api.role, transcription.transcripts, RULEBOOK_PREFIX, ['s3:PutObject']);
    allowSending(api.role, queue);
    this.signedUrl = new SignedUrl(this, 'Url', {
      api,
      description: 'Lets an operator tag stored calls anew, and see what changes by it, through the tagging URL',
    });
  }

  /** Lets `role` do what tagging a call anew takes. */
  private allowRetagging(role: IRole): void {
    const { callTable, transcription, recordings } = this.props;
    const actions = ['ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'];
    callTable.allowItems(role, actions.map(ofTable));
    callTable.allowIndexes(role);
    transcription.allowTranscripts(role, ['s3:GetObject']);
    allowObjects(role, transcription.transcripts, RULEBOOK_PREFIX, ['s3:GetObject']);
    allowTaggingCopies(role, recordings.bucket, transcription.transcripts);
    recordings.allowLocking(role);
  }

  /** Lets `role` do what tagging a call takes. */
  allowTagging(role: IRole): void {
    const { callTable, config, transcription, recordings } = this.props;
    callTable.allowItems(role, ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem']);
    transcription.allowAsking(role);
    transcription.allowReadingOutputs(role);
    transcription.allowOutputs(role, ['s3:PutObjectTagging']);
    if (config.transcription.sentimentOfStandardJobs === 'comprehend') transcription.allowSentiments(role);
    recordings.allowLocking(role);
    transcription.allowTranscripts(role, ['s3:PutObject', 's3:PutObjectTagging']);
    allowObjects(role, recordings.bucket, '', ['s3:PutObjectTagging', 's3:PutObjectVersionTagging']);
  }
}

const ofTable = (action: string): string => `dynamodb:${action}`;
