import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { callStore } from '../calls/calls.ts';
import { clients } from '../platform/clients.ts';
import { systemClock } from '../platform/clock.ts';
import { parseEnvironment } from '../platform/environment.ts';
import { logger } from '../platform/logger.ts';
import { gate } from './gate.ts';
import { jobEnvironment, jobSettings } from './job-environment.ts';
import { startQueued } from './start-queued.ts';
import { jobStarter } from './transcription-jobs.ts';

const environment = parseEnvironment({ TABLE_NAME: z.string().min(1), ...jobEnvironment });

const needs = {
  calls: callStore(clients.dynamodb(), environment.TABLE_NAME),
  jobs: jobStarter(clients.transcribe(), jobSettings(environment)),
  gate: gate(clients.dynamodb(), environment.TABLE_NAME),
  clock: systemClock,
};

/** So much time is left unused, for the last request to end in. */
const MARGIN_MS = 10_000;

/** Runs on a schedule, one at a time. */
export const handler = async (_event: unknown, context: Context): Promise<void> => {
  const mayGoOn = () => context.getRemainingTimeInMillis() > MARGIN_MS;
  const { started, busy } = await startQueued({ ...needs, mayGoOn });
  if (started > 0 || busy) logger.info('queued calls started', { started, busy });
};
