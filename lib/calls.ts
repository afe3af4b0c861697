import { Construct } from 'constructs';
import type { CallTable } from './call-table.ts';
import { CUSTODY_ACTIONS } from './custody.ts';
import { allowListing, allowObjects } from './platform/grants.ts';
import type { Platform } from './platform/platform.ts';
import { SignedUrl } from './platform/signed-url.ts';
import { VerbatimFunction } from './platform/verbatim-function.ts';
import type { Recordings } from './recordings.ts';
import type { Transcription } from './transcription.ts';

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
