import type { OpenAPIHono } from '@hono/zod-openapi';
import { createRoute, z } from '@hono/zod-openapi';
import { type Clock, iso } from '../platform/clock.ts';
import { EVER, type PageRequest } from '../platform/cursor.ts';
import { VerbatimError } from '../platform/errors.ts';
import { createHttpApp, jsonContent, problemResponse } from '../platform/http.ts';
import { ListQuery, listPage, pageOf } from '../platform/listing.ts';
import { Transcript, type TranscriptStore } from '../transcription/transcription.ts';
import { Call, CallState } from './call.ts';
import type { CallStore } from './call-store.ts';
import { FoundMoment } from './moment.ts';

/** What the calls URL needs. */
export interface CallsApiNeeds {
  readonly calls: CallStore;
  readonly transcripts: TranscriptStore;
  readonly clock: Clock;
}

const CallsQuery = ListQuery.extend({
  agentId: z.string().min(1).optional(),
  customerId: z.string().min(1).optional(),
  state: CallState.optional().openapi({ description: 'The period is that in which the calls are due (`dueAt`).' }),
}).refine(
  ({ agentId, customerId, state }) => [agentId, customerId, state].filter((one) => one !== undefined).length === 1,
  { error: 'name one of agentId, customerId and state', path: ['agentId'] },
);

const MomentsQuery = ListQuery.extend({ tag: z.string('is missing: name the tag').min(1) });

const CallPath = z.object({ callId: z.string().openapi({ param: { name: 'callId', in: 'path' } }) });

const answers = <S extends z.ZodType>(description: string, schema: S) => ({
  200: { description, ...jsonContent(schema) },
  400: problemResponse('A parameter is not as it must be; `detail` names it.'),
});
const notFound = { 404: problemResponse('There is no such call.') };

const listCalls = createRoute({
  method: 'get',
  path: '/calls',
  summary: 'The calls of an agent or a customer that began in a period, or the calls in a state',
  request: { query: CallsQuery },
  responses: answers('One page of calls', pageOf(Call)),
});

const getCall = createRoute({
  method: 'get',
  path: '/calls/{callId}',
  summary: 'A call with its moments',
  request: { params: CallPath },
  responses: { ...answers('The call', Call.extend({ moments: z.array(FoundMoment) })), ...notFound },
});

const getTranscript = createRoute({
  method: 'get',
  path: '/calls/{callId}/transcript',
  summary: 'What was said in a call',
  request: { params: CallPath },
  responses: { ...answers('The transcript', Transcript), ...notFound },
});

const listMoments = createRoute({
  method: 'get',
  path: '/moments',
  summary: 'The moments of a tag that occurred in a period',
  request: { query: MomentsQuery },
  responses: answers('One page of moments', pageOf(FoundMoment)),
});

/** The calls URL: look-ups of calls by agent, customer and state, of moments by tag, and of what was said. */
export function callsApi({ calls, transcripts, clock }: CallsApiNeeds): OpenAPIHono {
  const app = createHttpApp();

  app.openapi(listCalls, async (c) => {
    const { agentId, customerId, state, ...asked } = c.req.valid('query');
    const now = iso(clock());
    if (agentId !== undefined) {
      return c.json(
        await listPage(['agentId', agentId], asked, now, (request) => calls.listByAgent(agentId, request)),
        200,
      );
    }
    if (customerId !== undefined) {
      const list = (request: PageRequest) => calls.listByCustomer(customerId, request);
      return c.json(await listPage(['customerId', customerId], asked, now, list), 200);
    }
    if (state !== undefined) {
      // Listed by when they are due, which for calls that are kept is years from now.
      const whenever = { ...EVER, ...asked };
      return c.json(
        await listPage(['state', state], whenever, now, (request) => calls.listByState([state], request)),
        200,
      );
    }
    throw new VerbatimError('bad-request', 'agentId: name one of agentId, customerId and state');
  });

  app.openapi(getCall, async (c) => {
    const { callId } = c.req.valid('param');
    const [call, moments] = await Promise.all([calls.get(callId), calls.momentsOf(callId)]);
    if (!call) throw new VerbatimError('not-found', `there is no call ${callId}`);
    return c.json({ ...call, moments }, 200);
  });

  app.openapi(getTranscript, async (c) => {
    const { callId } = c.req.valid('param');
    const call = await calls.get(callId);
    if (!call) throw new VerbatimError('not-found', `there is no call ${callId}`);
    const transcript = await transcripts.get(callId);
    if (!transcript) throw new VerbatimError('not-found', `the call ${callId} is ${call.state} and has no transcript`);
    return c.json(transcript, 200);
  });

  app.openapi(listMoments, async (c) => {
    const { tag, ...asked } = c.req.valid('query');
    const list = (request: PageRequest) => calls.listMoments(tag, request);
    return c.json(await listPage(['tag', tag], asked, iso(clock()), list), 200);
  });

  return app;
}
