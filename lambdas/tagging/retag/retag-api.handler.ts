import { randomBytes } from 'node:crypto';
import { handle } from 'hono/aws-lambda';
import * as z from 'zod';
import { clients } from '../../platform/clients.ts';
import { systemClock } from '../../platform/clock.ts';
import { json, parseEnvironment } from '../../platform/environment.ts';
import { edgeEnvironment, httpEdge } from '../../platform/http-edge.ts';
import { sendAll } from '../../platform/send-all.ts';
import { Rulebook } from '../rulebook/rulebook.ts';
import { taggingApi } from './retag-api.ts';
import { rulebookStore } from './retag-rulebooks.ts';
import { retagStore } from './retag-store.ts';

const environment = parseEnvironment({
  ...edgeEnvironment,
  TABLE_NAME: z.string().min(1),
  TRANSCRIPTS_BUCKET: z.string().min(1),
  RETAG_QUEUE_URL: z.url(),
  VERBATIM_CONFIG: json(z.object({ tagging: z.object({ rulebook: Rulebook }) })),
});

export const handler = handle(
  taggingApi({
    edge: httpEdge(environment),
    retags: retagStore(clients.dynamodb(), environment.TABLE_NAME),
    rulebooks: rulebookStore(clients.s3(), environment.TRANSCRIPTS_BUCKET),
    deployed: environment.VERBATIM_CONFIG.tagging.rulebook,
    send: (messages) => sendAll(clients.sqs(), environment.RETAG_QUEUE_URL, messages),
    clock: systemClock,
    randomId: () => randomBytes(4).toString('hex'),
  }),
);
