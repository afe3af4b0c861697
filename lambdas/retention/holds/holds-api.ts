import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { CallHold, type CallStore } from '../../calls/calls.ts';
import { EVER } from '../../platform/cursor.ts';
import { VerbatimError } from '../../platform/errors.ts';
import {
  ByName,
  createHttpApp,
  type HttpEdge,
  idOfRequest,
  jsonContent,
  problemResponse,
  Reason,
  whoOf,
} from '../../platform/http.ts';
import { ListQuery, pageOf } from '../../platform/listing.ts';
import { KeyHeader, named } from '../../platform/openapi.ts';
import { AskedHoldOn, HeldCall, HeldCallCounts, Hold, HoldState } from './hold.ts';
import type { HoldStore } from './hold-store.ts';
import { type HoldsNeeds, placeHold, releaseHold } from './holds.ts';

/** What the holds URL needs. */
export interface HoldsApiNeeds extends HoldsNeeds {
  readonly edge: HttpEdge;
  readonly holds: HoldStore;
  readonly calls: Pick<CallStore, 'get' | 'holdsOf'>;
}

const HoldBody = named('Hold', Hold);

/** A hold, and how many calls it reached. */
export const HoldReport = HoldBody.extend({ calls: HeldCallCounts }).openapi('HoldReport');
export type HoldReport = z.infer<typeof HoldReport>;

/** A hold of a call: since when it holds the call, and until when it did, with the hold itself. */
const HoldOfCall = CallHold.extend({ hold: HoldBody.optional() }).openapi('HoldOfCall');

const NewHold = z
  .strictObject({
    on: AskedHoldOn,
    reason: Reason,
    placedByName: ByName.openapi({ description: 'Whoever stands behind the principal that signs the request.' }),
  })
  .openapi('NewHold');
const Release = z.strictObject({ reason: Reason, releasedByName: ByName }).openapi('HoldRelease');

const HoldPath = z.object({ holdId: z.string().openapi({ param: { name: 'holdId', in: 'path' } }) });
const CallPath = z.object({ callId: z.string().openapi({ param: { name: 'callId', in: 'path' } }) });
const HoldsQuery = ListQuery.extend({
  state: HoldState.optional().openapi({ description: 'Without it: every state.' }),
});
const CallsQuery = ListQuery.pick({ order: true, limit: true, cursor: true });

const badRequest = { 400: problemResponse('A field is not as it must be; `detail` names it.') };
const notFound = { 404: problemResponse('There is no such hold.') };

const postHold = createRoute({
  method: 'post',
  path: '/holds',
  summary: 'Places a legal hold on a call, on all calls of a customer, or on a case',
  request: { headers: KeyHeader, body: { required: true, ...jsonContent(NewHold) } },
  responses: {
    202: { description: 'It holds; its calls are being found', ...jsonContent(HoldBody) },
    ...badRequest,
    404: problemResponse('There is no such call.'),
    409: problemResponse('The call is being deleted, or the `Idempotency-Key` is that of another hold.'),
  },
});

const listHolds = createRoute({
  method: 'get',
  path: '/holds',
  summary: 'Holds, by when they were placed',
  request: { query: HoldsQuery },
  responses: { 200: { description: 'One page of holds', ...jsonContent(pageOf(HoldBody)) }, ...badRequest },
});

const getHold = createRoute({
  method: 'get',
  path: '/holds/{holdId}',
  summary: 'A hold, all that happened to it, and how many calls it reached',
  request: { params: HoldPath },
  responses: { 200: { description: 'The hold', ...jsonContent(HoldReport) }, ...notFound },
});

const listCallsOfHold = createRoute({
  method: 'get',
  path: '/holds/{holdId}/calls',
  summary: 'The calls that a hold reached, and what became of each',
  request: { params: HoldPath, query: CallsQuery },
  responses: {
    200: { description: 'One page of calls', ...jsonContent(pageOf(named('HeldCall', HeldCall))) },
    ...badRequest,
    ...notFound,
  },
});

const postRelease = createRoute({
  method: 'post',
  path: '/holds/{holdId}/release',
  summary: 'Releases a hold: calls that no other hold holds are kept again as their retention says',
  request: { params: HoldPath, body: { required: true, ...jsonContent(Release) } },
  responses: {
    202: { description: 'It is released, call by call', ...jsonContent(HoldBody) },
    ...badRequest,
    ...notFound,
  },
});

const listHoldsOfCall = createRoute({
  method: 'get',
  path: '/calls/{callId}/holds',
  summary: 'The holds that hold a call, and those that held it',
  request: { params: CallPath },
  responses: {
    200: { description: 'The holds', ...jsonContent(z.object({ items: z.array(HoldOfCall) })) },
    404: problemResponse('There is no such call.'),
  },
});

/** The holds URL: legal holds, placed, released and looked up. */
export function holdsApi(needs: HoldsApiNeeds): OpenAPIHono {
  const { holds, calls, edge } = needs;
  const app = createHttpApp({ title: 'Holds', description: 'Legal holds, placed, released and looked up.', edge });

  app.openapi(postHold, async (c) => {
    const { placedByName, ...asked } = c.req.valid('json');
    return c.json(
      Hold.parse(
        await placeHold(
          { ...asked, holdId: idOfRequest(c, needs.randomId) },
          { ...whoOf(c), byName: placedByName },
          needs,
        ),
      ),
      202,
    );
  });

  app.openapi(listHolds, async (c) => {
    const { state, ...asked } = c.req.valid('query');
    const states = state === undefined ? HoldState.options : [state];
    const page = await edge.listPage(['holds', ...states], { ...EVER, ...asked }, (request) =>
      holds.list(states, request),
    );
    return c.json({ ...page, items: page.items.map((hold) => Hold.parse(hold)) }, 200);
  });

  const existing = async (holdId: string) => {
    const hold = await holds.get(holdId);
    if (!hold) throw new VerbatimError('not-found', `there is no hold ${holdId}`);
    return hold;
  };

  app.openapi(getHold, async (c) => {
    const hold = await existing(c.req.valid('param').holdId);
    return c.json(HoldReport.parse({ ...hold, calls: await holds.countsOf(hold.holdId) }), 200);
  });

  app.openapi(listCallsOfHold, async (c) => {
    const { holdId } = await existing(c.req.valid('param').holdId);
    const asked = c.req.valid('query');
    const order = asked.order ?? 'oldest-first';
    const page = await edge.listPage(['calls-of-hold', holdId], { ...EVER, ...asked, order }, (request) =>
      holds.callsOf(holdId, request),
    );
    return c.json(page, 200);
  });

  app.openapi(postRelease, async (c) => {
    const { reason, releasedByName } = c.req.valid('json');
    const { holdId } = c.req.valid('param');
    return c.json(Hold.parse(await releaseHold(holdId, reason, { ...whoOf(c), byName: releasedByName }, needs)), 202);
  });

  app.openapi(listHoldsOfCall, async (c) => {
    const { callId } = c.req.valid('param');
    const found = await calls.holdsOf(callId);
    if (found.length === 0 && !(await calls.get(callId)))
      throw new VerbatimError('not-found', `there is no call ${callId}`);
    const items = await Promise.all(
      found.map(async (one) => {
        const hold = await holds.get(one.holdId);
        return { ...one, ...(hold && { hold: Hold.parse(hold) }) };
      }),
    );
    return c.json({ items }, 200);
  });

  return app;
}
