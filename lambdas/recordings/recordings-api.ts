import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { Call, CallState, type CallStore, callIdOf, type Recording } from '../calls/calls.ts';
import type { Clock } from '../platform/clock.ts';
import { EVER } from '../platform/cursor.ts';
import { VerbatimError } from '../platform/errors.ts';
import { createHttpApp, type HttpEdge, jsonContent, problemResponse } from '../platform/http.ts';
import { ListQuery, pageOf } from '../platform/listing.ts';
import type { RecordingStore } from './recording-store.ts';
import { retryRecording } from './retry-recording.ts';

/** What the recordings URL needs. */
export interface RecordingsApiNeeds {
  readonly calls: CallStore;
  readonly recordings: Pick<RecordingStore, 'versionsOf'>;
  /** Hands a recording to receive-recording. */
  readonly receiveAgain: (recording: Recording) => Promise<void>;
  readonly clock: Clock;
  readonly edge: HttpEdge;
}

/** What became of a recording; `callId` is the id of the call that it records, and of the recording. */
export const RecordingStatus = Call.pick({
  callId: true,
  recording: true,
  source: true,
  state: true,
  stateReason: true,
  stateSince: true,
  dueAt: true,
  receivedAt: true,
  attempt: true,
}).openapi('RecordingStatus');

export type RecordingStatus = z.infer<typeof RecordingStatus>;

/** All that happened to a recording, and the versions that were uploaded under its key. */
export const RecordingHistory = RecordingStatus.extend({
  ...Call.pick({ history: true, audio: true, durationMs: true, retention: true, job: true }).shape,
  versions: z.array(
    z.object({ callId: z.string(), versionId: z.string(), uploadedAt: z.iso.datetime(), current: z.boolean() }),
  ),
}).openapi('RecordingHistory');
export type RecordingHistory = z.infer<typeof RecordingHistory>;

const RecordingsQuery = ListQuery.extend({
  state: CallState.optional().openapi({ description: 'Without it: every state, one after the other.' }),
});
const RecordingPath = z.object({ callId: z.string().openapi({ param: { name: 'callId', in: 'path' } }) });

const badRequest = { 400: problemResponse('A parameter is not as it must be; `detail` names it.') };
const notFound = { 404: problemResponse('There is no such recording.') };

const listRecordings = createRoute({
  method: 'get',
  path: '/recordings',
  summary: 'What became of each recording; the period is that in which it is due (`dueAt`)',
  request: { query: RecordingsQuery },
  responses: { 200: { description: 'One page of recordings', ...jsonContent(pageOf(RecordingStatus)) }, ...badRequest },
});

const getRecording = createRoute({
  method: 'get',
  path: '/recordings/{callId}',
  summary: 'All that happened to a recording',
  request: { params: RecordingPath },
  responses: { 200: { description: 'The recording', ...jsonContent(RecordingHistory) }, ...notFound },
});

const retry = createRoute({
  method: 'post',
  path: '/recordings/{callId}/retry',
  summary: 'Takes up again a recording that was rejected or failed',
  request: { params: RecordingPath },
  responses: {
    202: { description: 'It is received again', ...jsonContent(RecordingStatus) },
    ...notFound,
    409: problemResponse('The recording is neither rejected nor failed.'),
  },
});

/** The recordings URL: what became of each recording, and trying those again that were not taken up. */
export function recordingsApi({ calls, recordings, receiveAgain, clock, edge }: RecordingsApiNeeds): OpenAPIHono {
  const app = createHttpApp({
    title: 'Recordings',
    description: 'What became of recordings, and trying again those that were rejected or failed.',
    edge,
  });

  app.openapi(listRecordings, async (c) => {
    const { state, ...asked } = c.req.valid('query');
    const states = state === undefined ? CallState.options : [state];
    const whenever = { ...EVER, ...asked };
    const page = await edge.listPage(['recordings', ...states], whenever, (request) =>
      calls.listByState(states, request),
    );
    return c.json({ ...page, items: page.items.map((call) => RecordingStatus.parse(call)) }, 200);
  });

  app.openapi(getRecording, async (c) => {
    const { callId } = c.req.valid('param');
    const call = await calls.get(callId);
    if (!call) throw new VerbatimError('not-found', `there is no recording ${callId}`);
    const stored = await recordings.versionsOf(call.recording.bucket, call.recording.key);
    const versions = stored.map(({ recording, uploadedAt, current }) => ({
      callId: callIdOf(recording),
      versionId: recording.versionId,
      uploadedAt,
      current,
    }));
    return c.json(RecordingHistory.parse({ ...call, versions }), 200);
  });

  app.openapi(retry, async (c) => {
    const { callId } = c.req.valid('param');
    return c.json(RecordingStatus.parse(await retryRecording(callId, { calls, receiveAgain, clock })), 202);
  });

  return app;
}
