import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { EVENT_SOURCE, type EventType } from '../lambdas/events/events.ts';
import type { CallTable } from './call-table.ts';
import type { Events } from './events.ts';
import { allowListing, allowObjects } from './platform/grants.ts';
import type { Platform } from './platform/platform.ts';
import { QueueWorker } from './platform/queue-worker.ts';
import type { Recordings } from './recordings.ts';
import type { Transcription } from './transcription.ts';

/** What redacting audio stands on. */
export interface RedactedAudioProps {
  readonly platform: Platform;
  readonly callTable: CallTable;
  readonly transcription: Transcription;
  readonly recordings: Recordings;
  readonly events: Events;
}

const TAGGED: EventType = 'Call Tagged';

/** The worker that redacts the audio of calls of which Transcribe redacts the transcript only: those of one channel. */
export class RedactedAudio extends Construct {
  readonly redactAudio: QueueWorker;

  constructor(scope: Construct, id: string, props: RedactedAudioProps) {
    super(scope, id);
    const { platform, callTable, transcription, recordings, events } = props;
    this.redactAudio = new QueueWorker(this, 'RedactAudio', {
      platform,
      entry: 'transcription/redact-audio.handler.ts',
      description: 'Silences in recordings of one channel what is redacted in their transcripts',
      eventBus: events.bus,
      events: { CallTagged: { source: [EVENT_SOURCE], detailType: [TAGGED] } },
      environment: {
        TABLE_NAME: callTable.table.tableName,
        TRANSCRIPTS_BUCKET: transcription.transcripts.bucketName,
      },
      // One recording at a time, and a whole processor for it, which comes with this much memory.
      batchSize: 1,
      memoryMiB: 1769,
      // Four hours of Opus, which takes the longest, were decoded in half a minute.
      timeout: Duration.minutes(5),
    });
    const { role } = this.redactAudio.worker;
    callTable.allowItems(role, ['GetItem', 'UpdateItem']);
    transcription.allowTranscripts(role, ['s3:GetObject']);
    allowObjects(role, recordings.bucket, '', ['s3:GetObjectVersion']);
    // Without it, a recording that is gone would look like one that may not be read.
    allowListing(role, recordings.bucket);
    transcription.allowStoringRedactedAudio(role);
  }
}
