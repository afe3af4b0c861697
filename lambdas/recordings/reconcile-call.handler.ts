import * as z from 'zod';
import { json, parseEnvironment } from '../platform/environment.ts';
import { logger } from '../platform/logger.ts';
import { queueHandler } from '../platform/queue.ts';
import { tagCallNeeds, taggingChoices, taggingEnvironment } from '../tagging/tagging.ts';
import { receivingChoices, receivingEnvironment, receivingNeeds } from './receiving-needs.ts';
import { reconcileCall } from './reconcile-call.ts';

const environment = parseEnvironment({
  ...taggingEnvironment,
  ...receivingEnvironment,
  VERBATIM_CONFIG: json(z.object({ ...taggingChoices, ...receivingChoices })),
});

const needs = {
  receiving: receivingNeeds(environment, environment.VERBATIM_CONFIG),
  tagging: tagCallNeeds(environment, environment.VERBATIM_CONFIG),
};

const Overdue = z.object({ callId: z.string(), asOf: z.iso.datetime() });

export const handler = queueHandler(Overdue, async ({ callId, asOf }) => {
  logger.info('overdue call reconciled', { ...(await reconcileCall(callId, asOf, needs)) });
});
