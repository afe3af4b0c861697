import { handle } from 'hono/aws-lambda';
import * as z from 'zod';
import { clients } from '../platform/clients.ts';
import { systemClock } from '../platform/clock.ts';
import { parseEnvironment } from '../platform/environment.ts';
import { edgeEnvironment, httpEdge } from '../platform/http-edge.ts';
import { transcriptStore } from '../transcription/transcription.ts';
import { audioLinks, callStore, custodyStore } from './calls.ts';
import { callsApi } from './calls-api.ts';
import { phraseFinder } from './phrase-finder.ts';

const environment = parseEnvironment({
  ...edgeEnvironment,
  TABLE_NAME: z.string().min(1),
  TRANSCRIPTS_BUCKET: z.string().min(1),
});

export const handler = handle(
  callsApi({
    edge: httpEdge(environment),
    calls: callStore(clients.dynamodb(), environment.TABLE_NAME),
    transcripts: transcriptStore(clients.s3(), environment.TRANSCRIPTS_BUCKET),
    phraseFinder,
    audio: audioLinks(clients.s3(), systemClock),
    custody: custodyStore(clients.dynamodb(), environment.TABLE_NAME),
    clock: systemClock,
  }),
);
