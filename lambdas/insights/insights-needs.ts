import { randomBytes } from 'node:crypto';
import { AthenaClient } from '@aws-sdk/client-athena';
import * as z from 'zod';
import { clients } from '../platform/clients.ts';
import { systemClock } from '../platform/clock.ts';
import { athenaStore } from './athena.ts';
import { InsightsConfig } from './insights-config.ts';
import type { RunNeeds } from './run-query.ts';
import { runStore } from './run-store.ts';

/** The environment variables of a function that asks questions. */
export const runEnvironment = {
  /** The table in which runs are kept. */
  TABLE_NAME: z.string().min(1),
  /** The work group of Athena by which queries are run. */
  ATHENA_WORK_GROUP: z.string().min(1),
  /** The database of Glue that has the dataset's tables. */
  GLUE_DATABASE: z.string().min(1),
};

/** The part of the config that asking goes by. */
export const runChoices = { insights: InsightsConfig };

/** What asking needs, of a function's environment. */
export function runNeeds(
  { TABLE_NAME, ATHENA_WORK_GROUP, GLUE_DATABASE }: z.infer<z.ZodObject<typeof runEnvironment>>,
  { insights }: z.infer<z.ZodObject<typeof runChoices>>,
): RunNeeds {
  return {
    athena: athenaStore(new AthenaClient({}), { workGroup: ATHENA_WORK_GROUP, database: GLUE_DATABASE }),
    runs: runStore(clients.dynamodb(), TABLE_NAME),
    insights,
    clock: systemClock,
    randomId: () => randomBytes(10).toString('hex'),
  };
}
