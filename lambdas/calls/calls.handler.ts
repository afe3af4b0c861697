import { handle } from 'hono/aws-lambda';
import * as z from 'zod';
import { clients } from '../platform/clients.ts';
import { systemClock } from '../platform/clock.ts';
import { parseEnvironment } from '../platform/environment.ts';
import { transcriptStore } from '../transcription/transcription.ts';
import { callStore } from './calls.ts';
import { callsApi } from './calls-api.ts';
import { phraseFinder } from './phrase-finder.ts';

const environment = parseEnvironment({ TABLE_NAME: z.string().min(1), TRANSCRIPTS_BUCKET: z.string().min(1) });

export const handler = handle(
  callsApi({
    calls: callStore(clients.dynamodb(), environment.TABLE_NAME),
    transcripts: transcriptStore(clients.s3(), environment.TRANSCRIPTS_BUCKET),
    phraseFinder,
    clock: systemClock,
  }),
);
