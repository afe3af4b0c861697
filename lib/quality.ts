import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { EVENT_SOURCE, type EventType } from '../lambdas/events/events.ts';
import { CLIP_AUDIO_PREFIX, EXPORT_PREFIX, type Role } from '../lambdas/quality/quality.ts';
import type { CallTable } from './call-table.ts';
import type { VerbatimConfig } from './config.ts';
import { CUSTODY_ACTIONS } from './custody.ts';
import type { Events } from './events.ts';
import { allowListing, allowObjects } from './platform/grants.ts';
import type { Platform } from './platform/platform.ts';
import { QueueWorker } from './platform/queue-worker.ts';
import { SignedUrl } from './platform/signed-url.ts';
import { VerbatimFunction } from './platform/verbatim-function.ts';
import { OF_CALLS, type RoleRights, roleRights } from './quality-rights.ts';
import type { Recordings } from './recordings.ts';
import type { Transcription } from './transcription.ts';

/** What quality stands on. */
export interface QualityProps {
  readonly platform: Platform;
  readonly config: VerbatimConfig;
  readonly callTable: CallTable;
  readonly transcription: Transcription;
  readonly recordings: Recordings;
  readonly events: Events;
}

const HEARING = ['s3:GetObject', 's3:GetObjectVersion'];
const STORING = ['s3:PutObject', 's3:PutObjectTagging', 's3:DeleteObjectVersion'];

const TAGGED: readonly EventType[] = ['Call Tagged', 'Call Retagged'];

/** Quality: a URL for each role, the worker that scores every call, and the one that draws those that people review. */
export class Quality extends Construct {
  readonly scoreCalls: QueueWorker;
  readonly drawSamples: QueueWorker;
  /** The quality URLs, by the roles of their callers. */
  readonly signedUrls: ReadonlyMap<Role, SignedUrl>;
  private readonly props: QualityProps;

  constructor(scope: Construct, id: string, props: QualityProps) {
    super(scope, id);
    this.props = props;
    const { platform, callTable, transcription, events } = props;
    const TABLE_NAME = callTable.table.tableName;

    this.scoreCalls = new QueueWorker(this, 'ScoreCalls', {
      platform,
      entry: 'quality/scoring/score-call.handler.ts',
      description: 'Scores every call by the scorecards that are for it',
      eventBus: events.bus,
      events: { CallTagged: { source: [EVENT_SOURCE], detailType: [...TAGGED] } },
      environment: { TABLE_NAME, TRANSCRIPTS_BUCKET: transcription.transcripts.bucketName },
      config: this.choices,
    });
    this.scoreCalls.allowSendingFrom(this.scoreCalls.worker, 'SCORES_QUEUE_URL');
    const scoring = this.scoreCalls.worker.role;
    callTable.allowItems(scoring, ['ConditionCheckItem', 'GetItem', 'Query']);
    callTable.allowItems(scoring, ['PutItem', 'UpdateItem'], [...OF_CALLS, 'agents', 'scorecard#']);
    // A score by a scorecard that is not for the call any more, and the row that it left.
    callTable.allowItems(scoring, ['DeleteItem'], OF_CALLS);
    callTable.allowIndexes(scoring);
    transcription.allowTranscripts(scoring, ['s3:GetObject']);

    this.drawSamples = new QueueWorker(this, 'DrawSamples', {
      platform,
      entry: 'quality/sampling/draw-sample.handler.ts',
      description: 'Draws the calls that people review, as the plans say',
      schedule: Schedule.rate(Duration.days(1)),
      environment: { TABLE_NAME },
      config: this.choices,
    });
    this.drawSamples.allowSendingFrom(this.drawSamples.worker, 'DRAWS_QUEUE_URL');
    const drawing = this.drawSamples.worker.role;
    callTable.allowItems(drawing, ['ConditionCheckItem', 'GetItem', 'Query']);
    callTable.allowItems(drawing, ['PutItem', 'UpdateItem'], ['call#', 'draw#', 'scorecard#']);
    callTable.allowIndexes(drawing);

    this.signedUrls = new Map(roleRights.map((rights) => [rights.role, this.signedUrl(rights)]));
  }

  /** What the stack tells of its quality URLs. */
  get outputs(): Readonly<Record<string, readonly [string, string]>> {
    return Object.fromEntries(
      roleRights.flatMap(({ role, callers }) => {
        const url = this.signedUrls.get(role);
        if (!url) return [];
        return [
          [`Quality${capitalized(role)}Url`, [url.url, `The quality URL of ${role}s (signed like the calls URL)`]],
          [
            `Quality${capitalized(role)}PolicyArn`,
            [url.callerPolicy.managedPolicyArn, `Attach it to roles of apps whose persons ${callers}`],
          ],
        ] as const;
      }),
    );
  }

  private get choices() {
    const { quality, retention } = this.props.config;
    return { quality, retention: { classes: retention.classes } };
  }

  private signedUrl({ role, callers, writes, deletes, makesClips, asksWorkers }: RoleRights): SignedUrl {
    const { platform, callTable, transcription, recordings } = this.props;
    const { transcripts } = transcription;
    const name = capitalized(role);
    const api = new VerbatimFunction(this, `${name}Api`, {
      platform,
      entry: 'quality/quality.handler.ts',
      description: `Answers what ${role}s ask of quality`,
      environment: { ROLE: role, TABLE_NAME: callTable.table.tableName, TRANSCRIPTS_BUCKET: transcripts.bucketName },
      config: this.choices,
      // A team's month, and five years of an agent, are of thousands of items.
      memoryMiB: 1024,
    });
    callTable.allowItems(api.role, ['BatchGetItem', 'ConditionCheckItem', 'GetItem', 'Query']);
    callTable.allowItems(
      api.role,
      CUSTODY_ACTIONS.filter((action) => action === 'PutItem' || action === 'UpdateItem'),
      writes,
    );
    if (deletes.length > 0) callTable.allowItems(api.role, ['DeleteItem'], deletes);
    callTable.allowIndexes(api.role);
    transcription.allowTranscripts(api.role, ['s3:GetObject']);
    // Redacted words and sound alone: what is original is for disputes.
    transcription.allowRedactedAudio(api.role, HEARING);
    // Recordings of sources that are not redacted: the calls URL hands out the same.
    allowObjects(api.role, recordings.bucket, '', ['s3:GetObjectVersion']);
    allowListing(api.role, recordings.bucket);
    for (const prefix of [CLIP_AUDIO_PREFIX, EXPORT_PREFIX])
      allowObjects(api.role, transcripts, prefix, makesClips ? [...HEARING, ...STORING] : HEARING);
    if (makesClips) allowListing(api.role, transcripts, 's3:ListBucketVersions');
    if (asksWorkers) {
      this.scoreCalls.allowSendingFrom(api, 'SCORES_QUEUE_URL');
      this.drawSamples.allowSendingFrom(api, 'DRAWS_QUEUE_URL');
    }
    return new SignedUrl(this, `${name}Url`, {
      ...{ platform, callTable, api },
      name: `quality-${role}`,
      description: `Lets an app whose persons ${callers} ask the quality URL of ${role}s`,
    });
  }
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
