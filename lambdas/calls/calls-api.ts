import type { OpenAPIHono } from '@hono/zod-openapi';
import { createRoute, z } from '@hono/zod-openapi';
import { type Clock, DAY_MS, iso, plusMs } from '../platform/clock.ts';
import { VerbatimError } from '../platform/errors.ts';
import { createHttpApp, problemResponse } from '../platform/http.ts';
import { Transcript, type TranscriptStore } from '../transcription/transcription.ts';
import { Call, CallState } from './call.ts';
import type { CallStore, PageRequest } from './call-store.ts';
import { FoundMoment } from './moment.ts';

/** What the calls URL needs. */
export interface CallsApiNeeds {
  readonly calls: CallStore;
  readonly transcripts: TranscriptStore;
  readonly clock: Clock;
}

const Time = z.iso
  .datetime({ offset: true, error: 'is not an ISO 8601 time with a zone, such as 2026-10-14T09:12:00Z' })
  .transform((time) => new Date(time).toISOString());

const Period = z.object({
  from: Time.optional().openapi({
    description: 'The begin of the period, included. Without it: 366 days before `to`.',
  }),
  to: Time.optional().openapi({ description: 'The end of the period, not included. Without it: a day from now.' }),
  order: z.enum(['newest-first', 'oldest-first']).default('newest-first'),
  limit: z.coerce.number('is not a number').int().min(1).max(200).default(50),
  cursor: z.string().optional().openapi({ description: '`nextCursor` of the page before, with the same parameters.' }),
});

const CallsQuery = Period.extend({
  agentId: z.string().min(1).optional(),
  customerId: z.string().min(1).optional(),
  state: CallState.optional().openapi({ description: 'The period is that in which the calls are due (`dueAt`).' }),
}).refine(
  ({ agentId, customerId, state }) => [agentId, customerId, state].filter((one) => one !== undefined).length === 1,
  { error: 'name one of agentId, customerId and state', path: ['agentId'] },
);

const MomentsQuery = Period.extend({ tag: z.string('is missing: name the tag').min(1) });

const CallPath = z.object({ callId: z.string().openapi({ param: { name: 'callId', in: 'path' } }) });

const page = <S extends z.ZodType>(item: S) => z.object({ items: z.array(item), nextCursor: z.string().optional() });

const answers = <S extends z.ZodType>(description: string, schema: S) => ({
  200: { description, content: { 'application/json': { schema } } },
  400: problemResponse('A parameter is not as it must be; `detail` names it.'),
});
const notFound = { 404: problemResponse('There is no such call.') };

const listCalls = createRoute({
  method: 'get',
  path: '/calls',
  summary: 'The calls of an agent or a customer that began in a period, or the calls in a state',
  request: { query: CallsQuery },
  responses: answers('One page of calls', page(Call)),
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
  responses: answers('One page of moments', page(FoundMoment)),
});

/** The calls URL: look-ups of calls by agent, customer and state, of moments by tag, and of what was said. */
export function callsApi({ calls, transcripts, clock }: CallsApiNeeds): OpenAPIHono {
  const app = createHttpApp();

  app.openapi(listCalls, async (c) => {
    const { agentId, customerId, state, ...asked } = c.req.valid('query');
    // Calls in a state are listed by when they are due, which is years from now for those that are kept.
    const request = pageRequest(asked, iso(clock()), state === undefined ? DAY_MS : DUE_WITHIN_MS);
    if (agentId !== undefined) return c.json(await calls.listByAgent(agentId, request), 200);
    if (customerId !== undefined) return c.json(await calls.listByCustomer(customerId, request), 200);
    if (state !== undefined) return c.json(await calls.listByState(state, request), 200);
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
    return c.json(await calls.listMoments(tag, pageRequest(asked, iso(clock()), DAY_MS)), 200);
  });

  return app;
}

const DEFAULT_PERIOD_MS = 366 * DAY_MS;
const DUE_WITHIN_MS = 100 * 366 * DAY_MS;

function pageRequest(asked: z.infer<typeof Period>, now: string, aheadMs: number): PageRequest {
  const to = asked.to ?? plusMs(now, aheadMs);
  const from = asked.from ?? plusMs(to, -Math.max(DEFAULT_PERIOD_MS, 2 * aheadMs));
  if (from >= to) throw new VerbatimError('bad-request', `from: ${from} is not before to: ${to}`);
  return { from, to, order: asked.order, limit: asked.limit, cursor: asked.cursor };
}
