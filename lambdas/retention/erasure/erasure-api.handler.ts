import { randomBytes } from 'node:crypto';
import { handle } from 'hono/aws-lambda';
import * as z from 'zod';
import { callStore } from '../../calls/calls.ts';
import { customerDisputes } from '../../disputes/disputes.ts';
import { clients } from '../../platform/clients.ts';
import { systemClock } from '../../platform/clock.ts';
import { json, parseEnvironment } from '../../platform/environment.ts';
import { edgeEnvironment, httpEdge } from '../../platform/http-edge.ts';
import { sendAll } from '../../platform/send-all.ts';
import { SourceConfig } from '../../recordings/recordings.ts';
import { RetentionConfig } from '../policy/retention-config.ts';
import { erasureApi } from './erasure-api.ts';
import { manifestsOf } from './erasure-manifests.ts';
import { erasureStore } from './erasure-store.ts';

const environment = parseEnvironment({
  ...edgeEnvironment,
  TABLE_NAME: z.string().min(1),
  ERASURE_QUEUE_URL: z.url(),
  VERBATIM_CONFIG: json(z.object({ retention: RetentionConfig, sources: z.array(SourceConfig) })),
});
const { retention, sources } = environment.VERBATIM_CONFIG;
const { keepDays } = retention.receipts;

export const handler = handle(
  erasureApi({
    edge: httpEdge(environment),
    erasures: erasureStore(clients.dynamodb(), environment.TABLE_NAME, keepDays),
    calls: callStore(clients.dynamodb(), environment.TABLE_NAME),
    disputes: customerDisputes(clients.dynamodb(), environment.TABLE_NAME),
    send: (messages) => sendAll(clients.sqs(), environment.ERASURE_QUEUE_URL, messages),
    manifestsOf: (names) => manifestsOf(sources, names),
    clock: systemClock,
    randomId: () => randomBytes(4).toString('hex'),
    randomSalt: () => randomBytes(16).toString('hex'),
  }),
);
