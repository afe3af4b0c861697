import { randomBytes } from 'node:crypto';
import { handle } from 'hono/aws-lambda';
import * as z from 'zod';
import { callStore } from '../../calls/calls.ts';
import { clients } from '../../platform/clients.ts';
import { systemClock } from '../../platform/clock.ts';
import { parseEnvironment } from '../../platform/environment.ts';
import { edgeEnvironment, httpEdge } from '../../platform/http-edge.ts';
import { sendAll } from '../../platform/send-all.ts';
import { holdStore } from './hold-store.ts';
import { holdsApi } from './holds-api.ts';

const environment = parseEnvironment({ ...edgeEnvironment, TABLE_NAME: z.string().min(1), HOLDS_QUEUE_URL: z.url() });

export const handler = handle(
  holdsApi({
    edge: httpEdge(environment),
    holds: holdStore(clients.dynamodb(), environment.TABLE_NAME),
    calls: callStore(clients.dynamodb(), environment.TABLE_NAME),
    send: (messages) => sendAll(clients.sqs(), environment.HOLDS_QUEUE_URL, messages),
    clock: systemClock,
    randomId: () => randomBytes(10).toString('hex'),
  }),
);
