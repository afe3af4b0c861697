import { randomBytes } from 'node:crypto';
import { handle } from 'hono/aws-lambda';
import * as z from 'zod';
import { audioLinks, callStore, custodyStore } from '../calls/calls.ts';
import { clients } from '../platform/clients.ts';
import { systemClock } from '../platform/clock.ts';
import { json, parseEnvironment } from '../platform/environment.ts';
import { edgeEnvironment, httpEdge } from '../platform/http-edge.ts';
import { sendAll } from '../platform/send-all.ts';
import { RetentionClass } from '../retention/retention.ts';
import { transcriptStore } from '../transcription/transcription.ts';
import { Role } from './access.ts';
import { qualityApi } from './quality-api.ts';
import { QualityConfig } from './quality-config.ts';

const environment = parseEnvironment({
  ...edgeEnvironment,
  ROLE: Role,
  TABLE_NAME: z.string().min(1),
  TRANSCRIPTS_BUCKET: z.string().min(1),
  SCORES_QUEUE_URL: z.url().optional(),
  DRAWS_QUEUE_URL: z.url().optional(),
  VERBATIM_CONFIG: json(
    z.object({
      quality: QualityConfig.required({ scorecards: true }),
      retention: z.object({ classes: z.array(RetentionClass) }),
    }),
  ),
});
const { ROLE, TABLE_NAME, TRANSCRIPTS_BUCKET, SCORES_QUEUE_URL, DRAWS_QUEUE_URL, VERBATIM_CONFIG } = environment;

/** Sends to a worker's queue, which only the URLs of those have that may ask the worker. */
const sendTo = (queueUrl: string | undefined) => async (messages: readonly unknown[]) => {
  if (queueUrl === undefined) throw new Error(`the URL of the role ${ROLE} asks no worker`);
  await sendAll(clients.sqs(), queueUrl, messages);
};

export const handler = handle(
  qualityApi({
    role: ROLE,
    edge: httpEdge(environment),
    clock: systemClock,
    randomId: () => randomBytes(10).toString('hex'),
    ...VERBATIM_CONFIG,
    dynamodb: clients.dynamodb(),
    tableName: TABLE_NAME,
    calls: callStore(clients.dynamodb(), TABLE_NAME),
    custody: custodyStore(clients.dynamodb(), TABLE_NAME),
    transcripts: transcriptStore(clients.s3(), TRANSCRIPTS_BUCKET),
    audio: audioLinks(clients.s3(), systemClock),
    s3: clients.s3(),
    transcriptsBucket: TRANSCRIPTS_BUCKET,
    sendScores: sendTo(SCORES_QUEUE_URL),
    sendDraws: sendTo(DRAWS_QUEUE_URL),
  }),
);
