import type { S3Client } from '@aws-sdk/client-s3';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AudioLinks, CallStore, CustodyStore } from '../calls/calls.ts';
import type { Clock } from '../platform/clock.ts';
import type { HttpEdge } from '../platform/http.ts';
import type { RetentionConfig } from '../retention/retention.ts';
import type { TranscriptStore } from '../transcription/transcription.ts';
import type { Role } from './access.ts';
import type { QualityConfig } from './quality-config.ts';
import type { Scorecard } from './scoring/scorecard.ts';

/** The choices of a deployment by which quality goes: the scorecards are there, of the config or the starter's. */
export type QualityChoices = QualityConfig & { readonly scorecards: readonly Scorecard[] };

/** What the quality URLs need. Each capability makes its own store of `dynamodb` and `tableName`. */
export interface QualityNeeds {
  readonly role: Role;
  readonly edge: HttpEdge;
  readonly clock: Clock;
  /** A text that no other request has. */
  readonly randomId: () => string;
  readonly quality: QualityChoices;
  readonly retention: Pick<RetentionConfig, 'classes'>;
  readonly dynamodb: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly calls: Pick<CallStore, 'get' | 'momentsOf' | 'listByAgent'>;
  readonly custody: Pick<CustodyStore, 'append'>;
  readonly transcripts: Pick<TranscriptStore, 'get'>;
  readonly audio: AudioLinks;
  readonly s3: S3Client;
  readonly transcriptsBucket: string;
  /** Asks the worker that scores calls. */
  readonly sendScores: (messages: readonly unknown[]) => Promise<void>;
  /** Asks the worker that draws samples. */
  readonly sendDraws: (messages: readonly unknown[]) => Promise<void>;
}
