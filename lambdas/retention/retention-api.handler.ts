import { randomBytes } from 'node:crypto';
import { handle } from 'hono/aws-lambda';
import * as z from 'zod';
import { callStore } from '../calls/calls.ts';
import { clients } from '../platform/clients.ts';
import { systemClock } from '../platform/clock.ts';
import { json, parseEnvironment } from '../platform/environment.ts';
import { edgeEnvironment, httpEdge } from '../platform/http-edge.ts';
import { objectVersions } from '../platform/object-versions.ts';
import { sendAll } from '../platform/send-all.ts';
import { applyStore } from './apply/apply-store.ts';
import { callIdOfObject } from './doctor/call-of-object.ts';
import { copyChoices, copyEnvironment, copyStores } from './expiry/copy-stores.ts';
import { receiptStore } from './expiry/receipt-store.ts';
import { retentionChoices } from './policy/redecide.ts';
import { retentionApi } from './retention-api.ts';

const environment = parseEnvironment({
  ...edgeEnvironment,
  ...copyEnvironment,
  RECORDINGS_BUCKET: z.string().min(1),
  APPLY_QUEUE_URL: z.url(),
  VERBATIM_CONFIG: json(z.object({ ...retentionChoices, ...copyChoices })),
});

const { sources } = environment.VERBATIM_CONFIG;

export const handler = handle(
  retentionApi({
    edge: httpEdge(environment),
    applies: applyStore(clients.dynamodb(), environment.TABLE_NAME),
    calls: callStore(clients.dynamodb(), environment.TABLE_NAME),
    receipts: receiptStore(
      clients.dynamodb(),
      environment.TABLE_NAME,
      environment.VERBATIM_CONFIG.retention.receipts.keepDays,
    ),
    doctor: {
      buckets: { recordings: environment.RECORDINGS_BUCKET, transcripts: environment.TRANSCRIPTS_BUCKET },
      versions: objectVersions(clients.s3()),
      calls: callStore(clients.dynamodb(), environment.TABLE_NAME),
      stores: copyStores({
        s3: clients.s3(),
        dynamodb: clients.dynamodb(),
        transcribe: clients.transcribe(),
        environment,
        sources,
      }),
      callIdOfObject: callIdOfObject({ sources, jobNamePrefix: environment.JOB_NAME_PREFIX }),
    },
    deployed: environment.VERBATIM_CONFIG,
    send: (messages) => sendAll(clients.sqs(), environment.APPLY_QUEUE_URL, messages),
    clock: systemClock,
    randomId: () => randomBytes(4).toString('hex'),
  }),
);
