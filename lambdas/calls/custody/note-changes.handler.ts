import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod';
import { clients } from '../../platform/clients.ts';
import { systemClock } from '../../platform/clock.ts';
import { parseEnvironment } from '../../platform/environment.ts';
import { logger } from '../../platform/logger.ts';
import { holdOf } from '../../retention/retention.ts';
import { custodyStore } from '../calls.ts';
import { changedByHandMetric } from './custody-metric.ts';
import { type NoteChangesNeeds, noteChanges } from './note-changes.ts';

const environment = parseEnvironment({ TABLE_NAME: z.string().min(1), AWS_LAMBDA_FUNCTION_NAME: z.string().min(1) });

const needs: NoteChangesNeeds = {
  custody: custodyStore(clients.dynamodb(), environment.TABLE_NAME),
  holdOf: holdOf(clients.dynamodb(), environment.TABLE_NAME),
  changedByHand: (callId, { details }) =>
    logger.error('somebody wrote into the table: it is noted in the custody of the call', {
      ...{ callId, ...details },
      ...changedByHandMetric(environment.AWS_LAMBDA_FUNCTION_NAME, systemClock()),
    }),
  clock: systemClock,
};

export const handler = (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> =>
  noteChanges(event.Records, needs);
