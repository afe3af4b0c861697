import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod';
import { clients } from '../platform/clients.ts';
import { parseEnvironment } from '../platform/environment.ts';
import { eventBus } from './event-bus.ts';
import { publishEvents } from './publish-events.ts';

const environment = parseEnvironment({ EVENT_BUS_NAME: z.string().min(1) });

const bus = eventBus(clients.eventBridge(), environment.EVENT_BUS_NAME);

export const handler = (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> =>
  publishEvents(event.Records, bus);
