import { handle } from 'hono/aws-lambda';
import * as z from 'zod';
import { callStore } from '../calls/calls.ts';
import { clients } from '../platform/clients.ts';
import { systemClock } from '../platform/clock.ts';
import { parseEnvironment } from '../platform/environment.ts';
import { edgeEnvironment, httpEdge } from '../platform/http-edge.ts';
import { sendAll } from '../platform/send-all.ts';
import { createdMessage } from './recording.ts';
import { recordingStore } from './recording-store.ts';
import { recordingsApi } from './recordings-api.ts';

const environment = parseEnvironment({ ...edgeEnvironment, TABLE_NAME: z.string().min(1), RECEIVE_QUEUE_URL: z.url() });

export const handler = handle(
  recordingsApi({
    edge: httpEdge(environment),
    calls: callStore(clients.dynamodb(), environment.TABLE_NAME),
    recordings: recordingStore(clients.s3()),
    receiveAgain: (recording) => sendAll(clients.sqs(), environment.RECEIVE_QUEUE_URL, [createdMessage(recording)]),
    clock: systemClock,
  }),
);
