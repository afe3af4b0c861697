import * as z from 'zod';
import { callStore } from '../calls/calls.ts';
import { clients } from '../platform/clients.ts';
import { parseEnvironment } from '../platform/environment.ts';
import { logger } from '../platform/logger.ts';
import { sendAll } from '../platform/send-all.ts';
import { findOverdue } from './find-overdue.ts';

const environment = parseEnvironment({
  TABLE_NAME: z.string().min(1),
  RECONCILE_QUEUE_URL: z.url(),
  EXPIRY_QUEUE_URL: z.url(),
});
const calls = callStore(clients.dynamodb(), environment.TABLE_NAME);

/** A scheduled event: `time` is the time for which it looks. */
const Tick = z.object({ time: z.iso.datetime().transform((time) => new Date(time).toISOString()) });

export const handler = async (event: unknown): Promise<void> => {
  const { time } = Tick.parse(event);
  const overdue = await findOverdue(time, calls, {
    reconcile: (messages) => sendAll(clients.sqs(), environment.RECONCILE_QUEUE_URL, messages),
    expire: (messages) => sendAll(clients.sqs(), environment.EXPIRY_QUEUE_URL, messages),
  });
  logger.info('looked for overdue calls', { asOf: time, overdue });
};
