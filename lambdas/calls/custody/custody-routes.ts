import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { type Clock, iso } from '../../platform/clock.ts';
import { EVER } from '../../platform/cursor.ts';
import { VerbatimError } from '../../platform/errors.ts';
import { type HttpEdge, jsonContent, problemResponse, whoOf } from '../../platform/http.ts';
import { ListQuery, pageOf } from '../../platform/listing.ts';
import { named } from '../../platform/openapi.ts';
import type { CallStore } from '../call-store.ts';
import { ChainCheck, checkChain } from './check-chain.ts';
import { CustodyEntry } from './custody.ts';
import type { CustodyStore } from './custody-store.ts';

/** What the routes of custody need. */
export interface CustodyRoutesNeeds {
  readonly calls: Pick<CallStore, 'get' | 'wasDeleted'>;
  readonly custody: Pick<CustodyStore, 'append' | 'list' | 'chain'>;
  readonly clock: Clock;
  readonly edge: HttpEdge;
}

const CallPath = z.object({ callId: z.string().openapi({ param: { name: 'callId', in: 'path' } }) });

const CustodyQuery = z.object({ limit: ListQuery.shape.limit, cursor: ListQuery.shape.cursor });

const notFound = { 404: problemResponse('There is no such call.') };

const listCustody = createRoute({
  method: 'get',
  path: '/calls/{callId}/custody',
  operationId: 'listCustody',
  summary: 'What was done with a call: by whom, when and why, oldest first',
  description: 'That its custody is read is noted in it before the first page is answered: once for each list.',
  request: { params: CallPath, query: CustodyQuery },
  responses: {
    200: {
      description: 'One page of entries',
      ...jsonContent(pageOf(named('CustodyEntry', CustodyEntry)).openapi('CustodyPage')),
    },
    400: problemResponse('A parameter is not as it must be; `detail` names it.'),
    ...notFound,
    409: problemResponse('Something in it is no entry: check it.'),
  },
});

const checkCustody = createRoute({
  method: 'get',
  path: '/calls/{callId}/custody/check',
  operationId: 'checkCustody',
  summary: 'Whether the custody of a call is what was noted: every edit, gap, move and removal in it',
  description: 'It tells numbers of entries and no entry, and is not noted.',
  request: { params: CallPath },
  responses: {
    200: { description: 'What was found', ...jsonContent(named('CustodyCheck', ChainCheck)) },
    ...notFound,
  },
});

/** Adds the routes by which the custody of a call is read and checked. */
export function custodyRoutes(app: OpenAPIHono, { calls, custody, clock, edge }: CustodyRoutesNeeds): void {
  /** @throws {VerbatimError} not-found, where there is no such call */
  const mustBeThere = async (callId: string): Promise<void> => {
    if (await calls.get(callId)) return;
    const told = (await calls.wasDeleted(callId)) ? ' any more: its receipt tells how far its custody went' : '';
    throw new VerbatimError('not-found', `there is no call ${callId}${told}`);
  };

  app.openapi(listCustody, async (c) => {
    const { callId } = c.req.valid('param');
    const asked = c.req.valid('query');
    // Of a call that is being deleted nothing is noted any more, and what was noted can still be read.
    if (asked.cursor === undefined) {
      const entry = await custody.append(callId, { kind: 'custody-read', at: iso(clock()), ...whoOf(c) });
      if (!entry) await mustBeThere(callId);
    }
    const page = await edge.listPage(['custody', callId], { ...EVER, order: 'oldest-first', ...asked }, (request) =>
      custody.list(callId, request),
    );
    return c.json(page, 200);
  });

  app.openapi(checkCustody, async (c) => {
    const { callId } = c.req.valid('param');
    await mustBeThere(callId);
    const { entries, head } = await custody.chain(callId);
    return c.json(checkChain(entries, head), 200);
  });
}
