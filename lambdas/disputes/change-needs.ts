import * as z from 'zod';
import { callStore, custodyStore } from '../calls/calls.ts';
import { clients } from '../platform/clients.ts';
import { systemClock } from '../platform/clock.ts';
import { sendAll } from '../platform/send-all.ts';
import { disputeHolds } from '../retention/retention.ts';
import { disputeStore } from './dispute-store.ts';
import { DisputesConfig } from './disputes-config.ts';
import { Policies } from './policies.ts';

/** The environment variables of a function that changes disputes. */
export const changeEnvironment = { TABLE_NAME: z.string().min(1), HOLDS_QUEUE_URL: z.url() };

/** The part of the config that changing disputes goes by. */
export const changeChoices = { disputes: DisputesConfig, policies: Policies };

/** What changing disputes needs, of a function's environment. */
export function changeNeeds(
  { TABLE_NAME, HOLDS_QUEUE_URL }: z.infer<z.ZodObject<typeof changeEnvironment>>,
  { disputes: { topics = [] }, policies }: z.infer<z.ZodObject<typeof changeChoices>>,
) {
  const dynamodb = clients.dynamodb();
  return {
    tableName: TABLE_NAME,
    disputes: disputeStore(dynamodb, TABLE_NAME),
    calls: callStore(dynamodb, TABLE_NAME),
    custody: custodyStore(dynamodb, TABLE_NAME),
    holds: disputeHolds(dynamodb, TABLE_NAME),
    sendHolds: (messages: readonly unknown[], delaySeconds?: number) =>
      sendAll(clients.sqs(), HOLDS_QUEUE_URL, messages, delaySeconds),
    ...{ topics, policies, clock: systemClock },
  };
}
