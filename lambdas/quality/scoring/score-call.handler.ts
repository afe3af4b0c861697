import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { callStore } from '../../calls/calls.ts';
import { clients } from '../../platform/clients.ts';
import { systemClock } from '../../platform/clock.ts';
import { json, parseEnvironment } from '../../platform/environment.ts';
import { logger } from '../../platform/logger.ts';
import { queueHandler } from '../../platform/queue.ts';
import { sendAll } from '../../platform/send-all.ts';
import { transcriptStore } from '../../transcription/transcription.ts';
import { QualityConfig } from '../quality-config.ts';
import { rosterStore } from '../roster-store.ts';
import { agentScoreStore } from './agent-score-store.ts';
import { callScoreStore } from './call-score.ts';
import { rescorePage, ScoreMessage } from './rescore.ts';
import { scoreCall } from './score-call.ts';
import { registeredOnce, scorecardStore } from './scorecard-store.ts';

const environment = parseEnvironment({
  TABLE_NAME: z.string().min(1),
  TRANSCRIPTS_BUCKET: z.string().min(1),
  SCORES_QUEUE_URL: z.url(),
  VERBATIM_CONFIG: json(z.object({ quality: QualityConfig.required({ scorecards: true }) })),
});
const { TABLE_NAME: tableName, TRANSCRIPTS_BUCKET, SCORES_QUEUE_URL, VERBATIM_CONFIG } = environment;
const { quality } = VERBATIM_CONFIG;

const dynamodb = clients.dynamodb();
const calls = callStore(dynamodb, tableName);
const needs = {
  ...{ dynamodb, tableName, scorecards: quality.scorecards, calls },
  transcripts: transcriptStore(clients.s3(), TRANSCRIPTS_BUCKET),
  callScores: callScoreStore(dynamodb, tableName),
  agentScores: agentScoreStore(dynamodb, tableName, quality.keepScoresDays),
  roster: rosterStore(dynamodb, tableName),
  register: registeredOnce(scorecardStore(dynamodb, tableName)),
  clock: systemClock,
  wait: (ms: number) => setTimeout(ms),
};

export const handler = queueHandler(ScoreMessage, async (message) => {
  if ('kind' in message && message.kind === 'page') {
    const send = (messages: readonly unknown[]) => sendAll(clients.sqs(), SCORES_QUEUE_URL, messages);
    const { partition, from, to } = message;
    logger.info('page of a rescore', { partition, from, to, calls: await rescorePage(message, { calls, send }) });
    return;
  }
  const { callId } = 'kind' in message ? message : message.detail;
  const { outcome, scorecards } = await scoreCall(callId, needs);
  logger.info('call to be scored', { callId, outcome, scorecards });
});
