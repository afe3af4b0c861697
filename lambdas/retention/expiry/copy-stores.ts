import type { S3Client } from '@aws-sdk/client-s3';
import type { TranscribeClient } from '@aws-sdk/client-transcribe';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { callCopies } from '../../calls/calls.ts';
import { objectVersions } from '../../platform/object-versions.ts';
import { qualityCopies } from '../../quality/quality.ts';
import { recordingCopies, SourceConfig } from '../../recordings/recordings.ts';
import { transcriptionCopies } from '../../transcription/transcription.ts';
import type { CopyStore } from './copies.ts';

/** The environment variables of a function that finds every copy of a call. */
export const copyEnvironment = {
  TABLE_NAME: z.string().min(1),
  TRANSCRIPTS_BUCKET: z.string().min(1),
  JOB_NAME_PREFIX: z.string().min(1),
};

/** The part of the config that finding copies goes by. */
export const copyChoices = { sources: z.array(SourceConfig) };

/** What the copies of calls are found by. */
export interface CopyStoresNeeds {
  readonly s3: S3Client;
  readonly dynamodb: DynamoDBDocumentClient;
  readonly transcribe: TranscribeClient;
  readonly environment: z.infer<z.ZodObject<typeof copyEnvironment>>;
  readonly sources: readonly SourceConfig[];
}

/**
 * Every place in which something of a call is kept, in the order in which it is deleted: the recording first, which Object
 * Lock may keep, and with it everything else. The call's own item is not among them: it is what they are found by.
 *
 * Only handlers may import this: the rooms that it puts together import the facade of retention.
 */
export function copyStores({ s3, dynamodb, transcribe, environment, sources }: CopyStoresNeeds): CopyStore[] {
  const versions = objectVersions(s3);
  const tableName = environment.TABLE_NAME;
  return [
    ...recordingCopies({ versions, dynamodb, tableName, sources }),
    ...transcriptionCopies({
      versions,
      transcribe,
      transcriptsBucket: environment.TRANSCRIPTS_BUCKET,
      jobNamePrefix: environment.JOB_NAME_PREFIX,
    }),
    ...qualityCopies({ versions, dynamodb, tableName, transcriptsBucket: environment.TRANSCRIPTS_BUCKET }),
    ...callCopies({ dynamodb, tableName }),
  ];
}
