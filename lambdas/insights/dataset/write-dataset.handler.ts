import { randomUUID } from 'node:crypto';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { callStore } from '../../calls/calls.ts';
import { disputeStore } from '../../disputes/disputes.ts';
import { clients } from '../../platform/clients.ts';
import { MINUTE_MS, systemClock } from '../../platform/clock.ts';
import { parseEnvironment } from '../../platform/environment.ts';
import { sendAll } from '../../platform/send-all.ts';
import { rosterStore, scoresOfCalls } from '../../quality/quality.ts';
import { transcriptStore } from '../../transcription/transcription.ts';
import { phrasesOf } from '../phrases/phrases-of.ts';
import { datasetFiles } from './dataset-files.ts';
import type { DatasetRequest } from './dataset-messages.ts';
import { insightsStore } from './insights-store.ts';
import { takeMessages } from './take-messages.ts';

const environment = parseEnvironment({
  TABLE_NAME: z.string().min(1),
  TRANSCRIPTS_BUCKET: z.string().min(1),
  INSIGHTS_BUCKET: z.string().min(1),
  INSIGHTS_QUEUE_URL: z.url(),
});
const { TABLE_NAME: tableName, TRANSCRIPTS_BUCKET, INSIGHTS_BUCKET, INSIGHTS_QUEUE_URL } = environment;

/** A day that is begun with less time left than this might not be compacted to its end. */
const MARGIN_MS = 2 * MINUTE_MS;

const dynamodb = clients.dynamodb();
const calls = callStore(dynamodb, tableName);
const disputes = disputeStore(dynamodb, tableName);
const writing = {
  store: insightsStore(dynamodb, tableName),
  files: datasetFiles(clients.s3(), INSIGHTS_BUCKET),
  clock: systemClock,
  newId: randomUUID,
};
const sources = {
  ...{ calls, disputes, phrasesOf },
  transcripts: transcriptStore(clients.s3(), TRANSCRIPTS_BUCKET),
  scoresOf: scoresOfCalls(dynamodb, tableName),
  roster: rosterStore(dynamodb, tableName),
};
const send = (messages: readonly DatasetRequest[]) => sendAll(clients.sqs(), INSIGHTS_QUEUE_URL, messages);

export const handler = ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  takeMessages(Records, {
    write: { ...writing, sources, send },
    compact: writing,
    fanOut: { calls, disputes, send },
    mayGoOn: () => context.getRemainingTimeInMillis() > MARGIN_MS,
  });
