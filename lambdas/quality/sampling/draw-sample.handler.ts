import * as z from 'zod';
import { callStore } from '../../calls/calls.ts';
import { clients } from '../../platform/clients.ts';
import { systemClock } from '../../platform/clock.ts';
import { json, parseEnvironment } from '../../platform/environment.ts';
import { logger } from '../../platform/logger.ts';
import { queueHandler } from '../../platform/queue.ts';
import { sendAll } from '../../platform/send-all.ts';
import { QualityConfig } from '../quality-config.ts';
import { reviewStore } from '../reviews/review-store.ts';
import { rosterStore } from '../roster-store.ts';
import { agentScoreStore } from '../scoring/agent-score-store.ts';
import { registeredOnce, scorecardStore } from '../scoring/scorecard-store.ts';
import { DrawMessage, drawByItself, drawSample } from './draw-sample.ts';
import { drawStore } from './draw-store.ts';

const environment = parseEnvironment({
  TABLE_NAME: z.string().min(1),
  DRAWS_QUEUE_URL: z.url(),
  VERBATIM_CONFIG: json(z.object({ quality: QualityConfig.required({ scorecards: true }) })),
});
const { TABLE_NAME: tableName, DRAWS_QUEUE_URL, VERBATIM_CONFIG } = environment;
const { plans, scorecards, keepScoresDays } = VERBATIM_CONFIG.quality;

const dynamodb = clients.dynamodb();
const send = (messages: readonly DrawMessage[]) => sendAll(clients.sqs(), DRAWS_QUEUE_URL, messages);
const needs = {
  ...{ plans, scorecards, send, clock: systemClock },
  calls: callStore(dynamodb, tableName),
  scores: agentScoreStore(dynamodb, tableName, keepScoresDays),
  draws: drawStore(dynamodb, tableName, keepScoresDays),
  reviews: reviewStore(dynamodb, tableName),
  roster: rosterStore(dynamodb, tableName),
  register: registeredOnce(scorecardStore(dynamodb, tableName)),
};

/** A message of our own, or the event of the schedule, upon which all plans draw what they draw by themselves. */
const Message = z.union([
  DrawMessage,
  z.object({ 'detail-type': z.literal('Scheduled Event') }).transform(() => ({ kind: 'scheduled' as const })),
]);

export const handler = queueHandler(Message, async (message) => {
  if (message.kind === 'scheduled') return send(drawByItself(plans));
  const outcome = await drawSample(message, needs);
  logger.info('sample', { ...message, outcome });
});
