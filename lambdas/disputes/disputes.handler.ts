import { randomBytes } from 'node:crypto';
import { handle } from 'hono/aws-lambda';
import * as z from 'zod';
import { audioLinks } from '../calls/calls.ts';
import { clients } from '../platform/clients.ts';
import { systemClock } from '../platform/clock.ts';
import { json, parseEnvironment } from '../platform/environment.ts';
import { edgeEnvironment, httpEdge } from '../platform/http-edge.ts';
import { transcriptStore } from '../transcription/transcription.ts';
import { changeChoices, changeEnvironment, changeNeeds } from './change-needs.ts';
import { disputesApi } from './disputes-api.ts';
import { evidenceEnvironment, evidenceNeeds } from './evidence/evidence-needs.ts';

const environment = parseEnvironment({
  ...edgeEnvironment,
  ...changeEnvironment,
  ...evidenceEnvironment,
  TRANSCRIPTS_BUCKET: z.string().min(1),
  VERBATIM_CONFIG: json(z.object(changeChoices)),
});
const edge = httpEdge(environment);
const change = changeNeeds(environment, environment.VERBATIM_CONFIG);
const { disputes, calls, custody, topics } = change;
const randomId = () => randomBytes(10).toString('hex');

export const handler = handle(
  disputesApi({
    evidence: evidenceNeeds(environment),
    ...{ edge, change, disputes, calls, custody, topics, randomId },
    callsOfCustomer: (customerId, request) => calls.listCalls({ customerId }, request),
    transcripts: transcriptStore(clients.s3(), environment.TRANSCRIPTS_BUCKET),
    audio: audioLinks(clients.s3(), systemClock),
    clock: systemClock,
  }),
);
