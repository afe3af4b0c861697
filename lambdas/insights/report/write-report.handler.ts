import { setTimeout as sleep } from 'node:timers/promises';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { clients } from '../../platform/clients.ts';
import { json, parseEnvironment } from '../../platform/environment.ts';
import { logger } from '../../platform/logger.ts';
import { queueHandler } from '../../platform/queue.ts';
import { runChoices, runEnvironment, runNeeds } from '../insights-needs.ts';
import { ReportMessage } from './report-message.ts';
import { type WriteReportNeeds, writeReport } from './write-report.ts';

const environment = parseEnvironment({
  ...runEnvironment,
  /** Where the dataset is, and the reports of it. */
  INSIGHTS_BUCKET: z.string().min(1),
  VERBATIM_CONFIG: json(z.object(runChoices)),
});

/** So long is waited before a run that is not done is looked at again. */
const PAUSE_MS = 1000;

const needs: WriteReportNeeds = {
  run: runNeeds(environment, environment.VERBATIM_CONFIG),
  async put(Key, Body) {
    const page = { Key, Body, ContentType: 'text/html; charset=utf-8' };
    await clients.s3().send(new PutObjectCommand({ Bucket: environment.INSIGHTS_BUCKET, ...page }));
  },
  pause: () => sleep(PAUSE_MS),
};

export const handler = queueHandler(ReportMessage, async (week) => {
  logger.info('report written', { key: await writeReport(week, needs) });
});
