import * as z from 'zod';
import { callStore } from '../../calls/calls.ts';
import { customerDisputes } from '../../disputes/disputes.ts';
import { clients } from '../../platform/clients.ts';
import { systemClock } from '../../platform/clock.ts';
import { json, parseEnvironment } from '../../platform/environment.ts';
import { logger } from '../../platform/logger.ts';
import { queueHandler } from '../../platform/queue.ts';
import { sendAll } from '../../platform/send-all.ts';
import type { DeleteMessage } from '../expiry/expire.ts';
import { receiptStore } from '../expiry/receipt-store.ts';
import { RetentionConfig } from '../policy/retention-config.ts';
import { EraseMessage } from './erasure.ts';
import { eraseCall } from './erasure-call.ts';
import { overdueMetric } from './erasure-metric.ts';
import { beginErasure, checkErasures, erasurePage } from './erasure-page.ts';
import { erasureStore } from './erasure-store.ts';

const environment = parseEnvironment({
  TABLE_NAME: z.string().min(1),
  ERASURE_QUEUE_URL: z.url(),
  EXPIRY_QUEUE_URL: z.url(),
  AWS_LAMBDA_FUNCTION_NAME: z.string().default('unknown'),
  VERBATIM_CONFIG: json(z.object({ retention: RetentionConfig })),
});

const { keepDays } = environment.VERBATIM_CONFIG.retention.receipts;
const needs = {
  erasures: erasureStore(clients.dynamodb(), environment.TABLE_NAME, keepDays),
  calls: callStore(clients.dynamodb(), environment.TABLE_NAME),
  disputes: customerDisputes(clients.dynamodb(), environment.TABLE_NAME),
  receipts: receiptStore(clients.dynamodb(), environment.TABLE_NAME, keepDays),
  send: (messages: readonly EraseMessage[], delaySeconds?: number) =>
    sendAll(clients.sqs(), environment.ERASURE_QUEUE_URL, messages, delaySeconds),
  expire: (messages: readonly DeleteMessage[]) => sendAll(clients.sqs(), environment.EXPIRY_QUEUE_URL, messages),
  clock: systemClock,
};

/** A message of our own; the event of the schedule, which asks for a check; or that of a call that was deleted for an erasure. */
const Message = z.union([
  EraseMessage,
  z.object({ 'detail-type': z.literal('Scheduled Event') }).transform(() => ({ kind: 'check' as const })),
  z
    .object({ 'detail-type': z.literal('Call Deleted'), detail: z.object({ callId: z.string(), rule: z.string() }) })
    .transform(({ detail: { callId, rule } }) => ({ kind: 'call' as const, erasureId: rule, callId })),
]);

export const handler = queueHandler(Message, async (message) => {
  switch (message.kind) {
    case 'begin':
      await beginErasure(message.erasureId, message.again, needs);
      return logger.info('calls of an erasure are looked for', { erasureId: message.erasureId, again: message.again });
    case 'page': {
      const { erasureId, position } = message;
      return logger.info('page of an erasure', {
        erasureId,
        place: position.place,
        calls: await erasurePage(message, needs),
      });
    }
    case 'call': {
      const { erasureId, callId } = message;
      return logger.info('call of an erasure', { erasureId, callId, outcome: await eraseCall(message, needs) });
    }
    case 'check': {
      const { begun, overdue } = await checkErasures(message, needs);
      logger.info('erasures are gone through again', {
        ...{ erasures: begun, overdue },
        ...overdueMetric(overdue.length, environment.AWS_LAMBDA_FUNCTION_NAME, systemClock()),
      });
    }
  }
});
