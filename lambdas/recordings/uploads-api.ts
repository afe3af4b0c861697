import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { callIdOf } from '../calls/calls.ts';
import { type Clock, iso } from '../platform/clock.ts';
import { createHttpApp, type HttpEdge, jsonContent, problemResponse } from '../platform/http.ts';
import { named } from '../platform/openapi.ts';
import type { SourceConfig } from './sources.ts';
import { checkSource, PART_BYTES, planUpload, UploadCompletion, UploadRequest } from './upload-request.ts';
import type { UploadSigner } from './upload-signer.ts';

/** What the uploads URL needs. */
export interface UploadsApiNeeds {
  readonly sources: readonly SourceConfig[];
  readonly uploads: UploadSigner;
  readonly clock: Clock;
  readonly edge: HttpEdge;
}

const Request = z.object({ method: z.literal('PUT'), url: z.url(), headers: z.record(z.string(), z.string()) });

const Begun = z.object({
  key: z.string().openapi({ description: "The recording's key in the recordings bucket." }),
  expiresAt: z.iso.datetime(),
});

/** An upload by one request: the recording is its body. */
export const UploadAtOnce = Begun.extend({ upload: Request }).openapi('UploadAtOnce');
export type UploadAtOnce = z.infer<typeof UploadAtOnce>;

/** An upload in parts: the recording is there once all parts are, and the upload is completed. */
export const UploadInParts = Begun.extend({
  uploadId: z.string(),
  partSizeBytes: z.number().int(),
  parts: z.array(
    Request.extend({
      partNumber: z.number().int(),
      startByte: z.number().int().openapi({ description: 'The first byte of the part, counted from 0.' }),
      endByte: z.number().int().openapi({ description: 'The byte after the last of the part.' }),
    }),
  ),
  complete: z
    .object({
      method: z.literal('POST'),
      path: z.string(),
      body: z.object({ key: z.string(), partSha256: z.array(z.string()), replace: z.boolean() }),
    })
    .openapi({ description: 'The request of this URL that completes the upload.' }),
  abort: z
    .object({ method: z.literal('DELETE'), path: z.string() })
    .openapi({ description: 'The request of this URL that gives the upload up.' }),
}).openapi('UploadInParts');
export type UploadInParts = z.infer<typeof UploadInParts>;

/** A recording that was put together; `callId` is its id, and that of the call that it records. */
const CompletedUpload = z.object({ key: z.string(), callId: z.string() }).openapi('CompletedUpload');

const UploadPath = z.object({ uploadId: z.string().openapi({ param: { name: 'uploadId', in: 'path' } }) });
const AbortQuery = z.object({ key: z.string('is missing: give the key that the upload was begun with') });

const badRequest = { 400: problemResponse('A field is not as it must be; `detail` names it.') };
const notFound = { 404: problemResponse('There is no such upload.') };

const requestUpload = createRoute({
  method: 'post',
  path: '/uploads',
  summary: 'Asks for signed requests that upload one recording, with its metadata and checksum bound in',
  request: { body: { required: true, ...jsonContent(named('NewUpload', UploadRequest)) } },
  responses: {
    201: { description: 'The signed requests', ...jsonContent(z.union([UploadAtOnce, UploadInParts])) },
    ...badRequest,
  },
});

const completeUpload = createRoute({
  method: 'post',
  path: '/uploads/{uploadId}/complete',
  summary: 'Makes the recording out of its parts',
  request: {
    params: UploadPath,
    body: { required: true, ...jsonContent(named('UploadCompletion', UploadCompletion)) },
  },
  responses: {
    200: { description: 'The recording', ...jsonContent(CompletedUpload) },
    ...badRequest,
    ...notFound,
    409: problemResponse('A part is not there with its SHA-256, or there is a recording under the key.'),
  },
});

const abortUpload = createRoute({
  method: 'delete',
  path: '/uploads/{uploadId}',
  summary: 'Gives an upload in parts up',
  request: { params: UploadPath, query: AbortQuery },
  responses: { 204: { description: 'The upload and its parts are gone' }, ...badRequest, ...notFound },
});

/** The uploads URL: signed requests by which whoever has them uploads one recording, and nothing else. */
export function uploadsApi({ sources, uploads, clock, edge }: UploadsApiNeeds): OpenAPIHono {
  const app = createHttpApp({
    title: 'Uploads',
    description: 'Signed requests by which recordings are uploaded.',
    edge,
  });

  app.openapi(requestUpload, async (c) => {
    const now = clock();
    const planned = planUpload(c.req.valid('json'), sources, iso(now));
    const signed = await uploads.sign(planned, now);
    if ('upload' in signed) return c.json(UploadAtOnce.parse(signed), 201);
    const path = `uploads/${encodeURIComponent(signed.uploadId)}`;
    const { key, replace, parts } = planned;
    const answer = {
      ...signed,
      partSizeBytes: PART_BYTES,
      complete: {
        method: 'POST',
        path: `${path}/complete`,
        body: { key, partSha256: parts.map(({ sha256 }) => sha256), replace },
      },
      abort: { method: 'DELETE', path: `${path}?key=${encodeURIComponent(key)}` },
    };
    return c.json(UploadInParts.parse(answer), 201);
  });

  app.openapi(completeUpload, async (c) => {
    const completion = c.req.valid('json');
    checkSource(completion.key, sources);
    const recording = await uploads.complete(c.req.valid('param').uploadId, completion);
    return c.json({ key: recording.key, callId: callIdOf(recording) }, 200);
  });

  app.openapi(abortUpload, async (c) => {
    const { key } = c.req.valid('query');
    checkSource(key, sources);
    await uploads.abort(c.req.valid('param').uploadId, key);
    return c.body(null, 204);
  });

  return app;
}
