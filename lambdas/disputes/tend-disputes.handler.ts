import * as z from 'zod';
import { clients } from '../platform/clients.ts';
import { systemClock } from '../platform/clock.ts';
import { json, parseEnvironment } from '../platform/environment.ts';
import { logger } from '../platform/logger.ts';
import { queueHandler } from '../platform/queue.ts';
import { sendAll } from '../platform/send-all.ts';
import { changeChoices, changeEnvironment, changeNeeds } from './change-needs.ts';
import { TendMessage, tendAt, tendDisputes } from './tend-disputes.ts';

const environment = parseEnvironment({
  ...changeEnvironment,
  DISPUTES_QUEUE_URL: z.url(),
  VERBATIM_CONFIG: json(z.object(changeChoices)),
});
const change = changeNeeds(environment, environment.VERBATIM_CONFIG);
const { keepDays } = environment.VERBATIM_CONFIG.disputes;
const send = (messages: readonly TendMessage[]) => sendAll(clients.sqs(), environment.DISPUTES_QUEUE_URL, messages);
const needs = { disputes: change.disputes, change, send, clock: systemClock, keepDays };

/** A message of our own, or the event of the schedule, which asks for all to be looked after. */
const Message = z.union([
  TendMessage,
  z
    .object({ 'detail-type': z.literal('Scheduled Event'), time: z.iso.datetime() })
    .transform(({ time }) => ({ kind: 'tend' as const, now: new Date(time).toISOString() })),
]);

export const handler = queueHandler(Message, async (message) => {
  if (message.kind === 'tend') return send(tendAt(message.now, keepDays));
  const outcome = await tendDisputes(message, needs);
  logger.info('disputes are looked after', { ...message, outcome });
});
