import * as z from 'zod';
import { clients } from '../../platform/clients.ts';
import { iso, systemClock } from '../../platform/clock.ts';
import { parseEnvironment } from '../../platform/environment.ts';
import { logger } from '../../platform/logger.ts';
import { sendAll } from '../../platform/send-all.ts';
import type { DatasetRequest } from './dataset-messages.ts';
import { insightsStore } from './insights-store.ts';

const environment = parseEnvironment({ TABLE_NAME: z.string().min(1), INSIGHTS_QUEUE_URL: z.url() });

const store = insightsStore(clients.dynamodb(), environment.TABLE_NAME);

/** On its schedule: asks for the days to be compacted that wait for it. */
export const handler = async (): Promise<void> => {
  const days = await store.daysToCompact(iso(systemClock()));
  const messages = days.map((day): DatasetRequest => ({ kind: 'compact', day }));
  await sendAll(clients.sqs(), environment.INSIGHTS_QUEUE_URL, messages);
  logger.info('days to be compacted', { days: days.length });
};
