import type { OpenAPIHono } from '@hono/zod-openapi';
import { createRoute, z } from '@hono/zod-openapi';
import { type Clock, DAY_MS, iso, plusMs } from '../platform/clock.ts';
import { VerbatimError } from '../platform/errors.ts';
import { createHttpApp, problemResponse } from '../platform/http.ts';
import { Transcript, type TranscriptStore } from '../transcription/transcription.ts';
import { Call, CallState } from './call.ts';
import type { CallStore, Page, PageRequest } from './call-store.ts';
import { decodeCursor, encodeCursor, type Listing } from './cursor.ts';
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

const LIMIT = 'is not a whole number from 1 to 200';

const Period = z.object({
  from: Time.optional().openapi({
    description: 'The begin of the period, included. Without it: 366 days before `to`.',
  }),
  to: Time.optional().openapi({ description: 'The end of the period, not included. Without it: a day from now.' }),
  order: z.enum(['newest-first', 'oldest-first']).optional().openapi({ description: 'Without it: newest-first.' }),
  limit: z.coerce.number(LIMIT).int(LIMIT).min(1, LIMIT).max(200, LIMIT).default(50),
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

const pageOf = <S extends z.ZodType>(item: S) => z.object({ items: z.array(item), nextCursor: z.string().optional() });

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
        await page(['agentId', agentId], asked, now, (request) => calls.listByAgent(agentId, request)),
        200,
      );
    }
    if (customerId !== undefined) {
      const list = (request: PageRequest) => calls.listByCustomer(customerId, request);
      return c.json(await page(['customerId', customerId], asked, now, list), 200);
    }
    if (state !== undefined) {
      // Listed by when they are due, which for calls that are kept is years from now.
      const whenever = { from: EARLIEST, to: LATEST, ...asked };
      return c.json(await page(['state', state], whenever, now, (request) => calls.listByState(state, request)), 200);
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
    return c.json(await page(['tag', tag], asked, iso(clock()), list), 200);
  });

  return app;
}

const DEFAULT_PERIOD_MS = 366 * DAY_MS;
const EARLIEST = '1970-01-01T00:00:00.000Z';
const LATEST = '9999-12-31T23:59:59.999Z';

/** The page of a listing that was asked for, with the cursor of the next one. */
async function page<T>(
  of: string[],
  asked: z.infer<typeof Period>,
  now: string,
  list: (request: PageRequest) => Promise<Page<T>>,
): Promise<{ items: T[]; nextCursor?: string }> {
  const { limit, cursor, ...wanted } = asked;
  const { listing, position } = cursor ? decodeCursor(cursor, { of, ...wanted }) : { listing: begin(of, wanted, now) };
  const { items, next } = await list({ ...listing, limit, position });
  return { items, ...(next && { nextCursor: encodeCursor(listing, next) }) };
}

function begin(of: string[], asked: Partial<Listing>, now: string): Listing {
  const to = asked.to ?? plusMs(now, DAY_MS);
  const from = asked.from ?? plusMs(to, -DEFAULT_PERIOD_MS);
  if (from >= to) throw new VerbatimError('bad-request', `from: ${from} is not before to: ${to}`);
  return { of, from, to, order: asked.order ?? 'newest-first' };
}
