import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { iso } from '../../platform/clock.ts';
import { EVER } from '../../platform/cursor.ts';
import { VerbatimError } from '../../platform/errors.ts';
import {
  ByName,
  createHttpApp,
  type HttpEdge,
  jsonContent,
  problemResponse,
  Reason,
  whoOf,
} from '../../platform/http.ts';
import { ListQuery, pageOf } from '../../platform/listing.ts';
import { named } from '../../platform/openapi.ts';
import {
  DEADLINE_DAYS,
  Erasure,
  ErasureCounts,
  ErasureState,
  eachOnce,
  isOverdue,
  KeptManifests,
  KeptPackage,
  type StoredErasure,
} from './erasure.ts';
import { ErasureCall, KeptBy } from './erasure-outcome.ts';
import type { ErasureStore } from './erasure-store.ts';
import { type ErasuresNeeds, keptOf, openErasure, planErasure } from './erasures.ts';

/** What the erasure URL needs. */
export interface ErasureApiNeeds extends ErasuresNeeds {
  readonly edge: HttpEdge;
  readonly erasures: ErasureStore;
}

/** An erasure, and how many of its calls there are of each outcome. */
export const ErasureSummary = Erasure.extend({
  calls: ErasureCounts,
  /** Whether something that may go is not gone by the deadline. */
  overdue: z.boolean(),
}).openapi('ErasureSummary');
export type ErasureSummary = z.infer<typeof ErasureSummary>;

const CallBody = named('ErasureCall', ErasureCall);
const KeptCalls = z.object({ keptBy: KeptBy, calls: z.number().int() });

/** An erasure, with what keeps the calls that are kept. */
export const ErasureReport = ErasureSummary.extend({
  kept: z.array(KeptCalls),
  manifests: z.array(KeptManifests),
  /** The disputes of the customer that are not closed: it waits for them. */
  disputes: z.array(z.string()),
  /** Evidence packages of the customer's disputes, which it leaves: Object Lock keeps each until then. */
  packages: z.array(KeptPackage),
}).openapi('ErasureReport');
export type ErasureReport = z.infer<typeof ErasureReport>;

/** What an erasure would do. */
export const ErasurePlanReport = z
  .object({
    dryRun: z.literal(true),
    reason: z.string(),
    deadline: z.iso.datetime(),
    calls: ErasureCounts.pick({ open: true, kept: true }),
    kept: z.array(KeptCalls),
    manifests: z.array(KeptManifests),
    disputes: z.array(z.string()),
    packages: z.array(KeptPackage),
    allFound: z.boolean(),
  })
  .openapi('ErasurePlan');
export type ErasurePlanReport = z.infer<typeof ErasurePlanReport>;

/** That all that was kept of a customer is gone: one page of its calls, with all else in each page. */
const ErasureCertificate = Erasure.omit({ state: true, stateSince: true, allFound: true })
  .extend({
    /** When nothing was left. */
    doneAt: z.iso.datetime(),
    /** How many calls were erased, and how many copies there were of them; of `gone` ones there was no receipt. */
    totals: z.object({ erased: z.number().int(), gone: z.number().int(), copies: z.number().int() }),
    /** Manifests that may name the customer until they are due themselves. */
    manifests: z.array(KeptManifests),
    /** Evidence packages that Object Lock keeps until then; they tell of the customer. */
    packages: z.array(KeptPackage),
    ...pageOf(CallBody).shape,
  })
  .openapi('ErasureCertificate');

const DAYS = 'is not a whole number from 1 to 90';
const NewErasure = z
  .strictObject({
    reason: Reason.openapi({ description: 'Why. It stays in the certificate: do not name the customer.' }),
    openedByName: ByName,
    dryRun: z.boolean().default(false).openapi({ description: 'Tells what would be done, and does nothing.' }),
    deadlineDays: z
      .number(DAYS)
      .int(DAYS)
      .min(1, DAYS)
      .max(90, DAYS)
      .default(DEADLINE_DAYS)
      .openapi({ description: 'By when all that nothing keeps must be gone.' }),
  })
  .openapi('NewErasure');

const CustomerPath = z.object({
  customerId: z
    .string()
    .max(1024)
    .openapi({ param: { name: 'customerId', in: 'path' } }),
});
const ErasurePath = z.object({ erasureId: z.string().openapi({ param: { name: 'erasureId', in: 'path' } }) });
const ErasuresQuery = ListQuery.extend({
  state: ErasureState.optional().openapi({ description: 'Without it: every state.' }),
});
const CallsQuery = ListQuery.pick({ order: true, limit: true, cursor: true });

const badRequest = { 400: problemResponse('A field is not as it must be; `detail` names it.') };
const notFound = { 404: problemResponse('There is no such erasure.') };

const deleteCalls = createRoute({
  method: 'delete',
  path: '/customers/{customerId}/calls',
  summary:
    'Erases all calls of a customer, with every copy, but those that a floor or a legal hold keeps until it ends',
  request: { params: CustomerPath, body: { required: true, ...jsonContent(NewErasure) } },
  responses: {
    200: { description: 'A dry run: what would be done', ...jsonContent(ErasurePlanReport) },
    202: { description: 'The erasure: a new one, or the one that is not done', ...jsonContent(ErasureReport) },
    ...badRequest,
    409: problemResponse('An erasure of the customer is done at this moment: ask again.'),
  },
});

const listErasures = createRoute({
  method: 'get',
  path: '/erasures',
  summary: 'Erasures, by when they were opened',
  request: { query: ErasuresQuery },
  responses: { 200: { description: 'One page of erasures', ...jsonContent(pageOf(ErasureSummary)) }, ...badRequest },
});

const getErasure = createRoute({
  method: 'get',
  path: '/erasures/{erasureId}',
  summary: 'An erasure: how far it is, and what is kept and why',
  request: { params: ErasurePath },
  responses: { 200: { description: 'The erasure', ...jsonContent(ErasureReport) }, ...notFound },
});

const listCalls = createRoute({
  method: 'get',
  path: '/erasures/{erasureId}/calls',
  summary: 'The calls of an erasure, and what became of each',
  request: { params: ErasurePath, query: CallsQuery },
  responses: {
    200: { description: 'One page of calls', ...jsonContent(pageOf(CallBody)) },
    ...badRequest,
    ...notFound,
  },
});

const getCertificate = createRoute({
  method: 'get',
  path: '/erasures/{erasureId}/certificate',
  summary: 'The certificate of an erasure that is done: what was erased, when, and what was kept before',
  request: { params: ErasurePath, query: CallsQuery },
  responses: {
    200: { description: 'The certificate, with one page of its calls', ...jsonContent(ErasureCertificate) },
    ...badRequest,
    ...notFound,
    409: problemResponse('The erasure is not done.'),
  },
});

/** The erasure URL: opens erasures of customers, and tells how far they are. */
export function erasureApi(needs: ErasureApiNeeds): OpenAPIHono {
  const { erasures, clock, edge } = needs;
  const app = createHttpApp({ title: 'Erasure', description: 'Erasing all that is kept of a customer.', edge });

  const summaryOf = (erasure: StoredErasure): ErasureSummary => {
    const { open, kept, erased, gone } = erasure;
    const overdue = isOverdue(erasure, iso(clock()));
    return ErasureSummary.parse({ ...erasure, calls: { open, kept, erased, gone }, overdue });
  };
  const reportOf = async (erasure: StoredErasure): Promise<ErasureReport> => ({
    ...summaryOf(erasure),
    ...(await keptOf(erasure, needs)),
  });
  const existing = async (erasureId: string) => {
    const erasure = await erasures.get(erasureId);
    if (!erasure) throw new VerbatimError('not-found', `there is no erasure ${erasureId}`);
    return erasure;
  };
  const callsPage = (erasureId: string, asked: z.infer<typeof CallsQuery>) => {
    const order = asked.order ?? 'oldest-first';
    return edge.listPage(['calls-of-erasure', erasureId], { ...EVER, ...asked, order }, (request) =>
      erasures.callsOf(erasureId, request),
    );
  };

  app.openapi(deleteCalls, async (c) => {
    const { dryRun, openedByName, ...asked } = c.req.valid('json');
    const requested = { ...asked, ...c.req.valid('param') };
    if (dryRun) return c.json(ErasurePlanReport.parse(await planErasure(requested, needs)), 200);
    const who = { ...whoOf(c), byName: openedByName };
    return c.json(await reportOf(await openErasure(requested, who, needs)), 202);
  });

  app.openapi(listErasures, async (c) => {
    const { state, ...asked } = c.req.valid('query');
    const states = state === undefined ? ErasureState.options : [state];
    const page = await edge.listPage(['erasures', ...states], { ...EVER, ...asked }, (request) =>
      erasures.list(states, request),
    );
    return c.json({ ...page, items: page.items.map(summaryOf) }, 200);
  });

  app.openapi(getErasure, async (c) => c.json(await reportOf(await existing(c.req.valid('param').erasureId)), 200));

  app.openapi(listCalls, async (c) => {
    const { erasureId } = await existing(c.req.valid('param').erasureId);
    return c.json(await callsPage(erasureId, c.req.valid('query')), 200);
  });

  app.openapi(getCertificate, async (c) => {
    const erasure = await existing(c.req.valid('param').erasureId);
    const { erasureId, state, stateSince: doneAt, erased, gone, copies } = erasure;
    if (state !== 'done') throw new VerbatimError('conflict', `the erasure ${erasureId} is ${state}, and not done`);
    const page = await callsPage(erasureId, c.req.valid('query'));
    const manifests = needs.manifestsOf(erasure.sources ?? []);
    const totals = { erased, gone, copies };
    const packages = eachOnce(erasure.packages);
    return c.json(ErasureCertificate.parse({ ...erasure, doneAt, totals, manifests, packages, ...page }), 200);
  });

  return app;
}
