import { handle } from 'hono/aws-lambda';
import * as z from 'zod';
import { clients } from '../platform/clients.ts';
import { systemClock } from '../platform/clock.ts';
import { json, parseEnvironment } from '../platform/environment.ts';
import { edgeEnvironment, httpEdge } from '../platform/http-edge.ts';
import { SourceConfig } from './sources.ts';
import { uploadSigner } from './upload-signer.ts';
import { uploadsApi } from './uploads-api.ts';

const environment = parseEnvironment({
  ...edgeEnvironment,
  RECORDINGS_BUCKET: z.string().min(1),
  VERBATIM_CONFIG: json(z.object({ sources: z.array(SourceConfig) })),
});

export const handler = handle(
  uploadsApi({
    edge: httpEdge(environment),
    sources: environment.VERBATIM_CONFIG.sources,
    uploads: uploadSigner(clients.s3(), environment.RECORDINGS_BUCKET),
    clock: systemClock,
  }),
);
