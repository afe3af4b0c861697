import { Match } from 'aws-cdk-lib/aws-events';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { RULEBOOK_PREFIX } from '../lambdas/tagging/tagging.ts';
import type { CallTable } from './call-table.ts';
import type { VerbatimConfig } from './config.ts';
import { allowObjects } from './platform/grants.ts';
import type { Platform } from './platform/platform.ts';
import { QueueWorker } from './platform/queue-worker.ts';
import { SignedUrl } from './platform/signed-url.ts';
import { VerbatimFunction } from './platform/verbatim-function.ts';
import type { Recordings } from './recordings.ts';
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
    const TABLE_NAME = callTable.table.tableName;
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
      environment: { TABLE_NAME, ...transcription.copyEnvironment },
      config: {
        ...{ tagging: config.tagging, transcription: config.transcription },
        ...{ retention: config.retention, sources: config.sources },
      },
    });
    this.allowTagging(this.tagCall.worker.role);

    this.retag = new QueueWorker(this, 'Retag', {
      platform,
      entry: 'tagging/retag/retag.handler.ts',
      description: 'Tags stored calls anew by another rulebook, or finds out what would change',
      environment: { TABLE_NAME, ...transcription.copyEnvironment },
      config: { retention: config.retention, sources: config.sources },
      maxConcurrency: RETAG_CONCURRENCY,
    });
    const { worker } = this.retag;
    this.retag.allowSendingFrom(worker, 'RETAG_QUEUE_URL');
    this.allowRetagging(worker.role);

    const api = new VerbatimFunction(this, 'Api', {
      platform,
      entry: 'tagging/retag/retag-api.handler.ts',
      description: 'Begins to tag stored calls anew, and answers how far that is',
      environment: { TABLE_NAME, TRANSCRIPTS_BUCKET: transcription.transcripts.bucketName },
      config: { tagging: config.tagging },
    });
    callTable.allowItems(api.role, ['BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem']);
    allowObjects(api.role, transcription.transcripts, RULEBOOK_PREFIX, ['s3:PutObject']);
    this.retag.allowSendingFrom(api, 'RETAG_QUEUE_URL');
    this.signedUrl = new SignedUrl(this, 'Url', {
      ...{ platform, callTable, api },
      name: 'tagging',
      description: 'Lets an operator tag stored calls anew, and see what changes by it, through the tagging URL',
    });
  }

  /** Lets `role` do what tagging a call anew takes. */
  private allowRetagging(role: IRole): void {
    const { callTable, transcription, recordings } = this.props;
    callTable.allowItems(role, ['ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem']);
    callTable.allowIndexes(role);
    transcription.allowTranscripts(role, ['s3:GetObject']);
    allowObjects(role, transcription.transcripts, RULEBOOK_PREFIX, ['s3:GetObject']);
    recordings.allowTaggingCopies(role);
    recordings.allowLocking(role);
  }

  /** Lets `role` do what tagging a call takes. */
  allowTagging(role: IRole): void {
    const { callTable, config, transcription, recordings } = this.props;
    callTable.allowItems(role, ['GetItem', 'PutItem', 'UpdateItem']);
    transcription.allowAsking(role);
    transcription.allowReadingOutputs(role);
    transcription.allowOutputs(role, ['s3:PutObjectTagging']);
    if (config.transcription.sentimentOfStandardJobs === 'comprehend') transcription.allowSentiments(role);
    recordings.allowLocking(role);
    transcription.allowTranscripts(role, ['s3:PutObject', 's3:PutObjectTagging']);
    allowObjects(role, transcription.transcripts, RULEBOOK_PREFIX, ['s3:PutObject']);
    allowObjects(role, recordings.bucket, '', ['s3:PutObjectTagging', 's3:PutObjectVersionTagging']);
  }
}
