import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { CallStore } from '../calls/calls.ts';
import { iso } from '../platform/clock.ts';
import { EVER } from '../platform/cursor.ts';
import { VerbatimError } from '../platform/errors.ts';
import { createHttpApp, type HttpEdge, jsonContent, keyOfRequest, problemResponse } from '../platform/http.ts';
import { ListQuery, pageOf } from '../platform/listing.ts';
import { KeyHeader, named } from '../platform/openapi.ts';
import { type AppliesNeeds, beginApply, cancelApply, existingApply, resumeApply } from './apply/applies.ts';
import { choicesSha256, type RetentionApply } from './apply/apply.ts';
import { ApplyReport, ApplySummary, reportOf } from './apply/apply-report.ts';
import type { ApplyStore } from './apply/apply-store.ts';
import { type DoctorApiNeeds, doctorRoutes } from './doctor/doctor-api.ts';
import { type ReceiptsApiNeeds, receiptsRoutes } from './expiry/receipts-api.ts';
import { retentionChoices } from './policy/redecide.ts';
import { explainStored, StoredRetention } from './stored-retention.ts';

/** What the retention URL needs. */
export interface RetentionApiNeeds
  extends AppliesNeeds,
    Pick<ReceiptsApiNeeds, 'receipts'>,
    Pick<DoctorApiNeeds, 'doctor'> {
  readonly edge: HttpEdge;
  readonly applies: ApplyStore;
  readonly calls: Pick<CallStore, 'get'>;
}

const NewApply = z
  .strictObject({
    dryRun: z.boolean('is missing: true only tells what would change, false does it'),
    config: z.strictObject(retentionChoices).optional(),
  })
  .openapi('NewRetentionApply');
const SummaryBody = named('RetentionApplySummary', ApplySummary);
const CallPath = z.object({ callId: z.string().openapi({ param: { name: 'callId', in: 'path' } }) });
const ApplyPath = z.object({ applyId: z.string().openapi({ param: { name: 'applyId', in: 'path' } }) });
const AppliesQuery = ListQuery.pick({ order: true, limit: true, cursor: true });

const badRequest = { 400: problemResponse('A field is not as it must be; `detail` names it.') };
const notFound = { 404: problemResponse('There is no such call, or no such apply.') };
const conflict = { 409: problemResponse('It is done.') };

const getRetention = createRoute({
  method: 'get',
  path: '/calls/{callId}/retention',
  summary: 'How long a call is kept, by which rule, why, and what happens next',
  request: { params: CallPath },
  responses: {
    200: { description: 'Its retention', ...jsonContent(named('StoredRetention', StoredRetention)) },
    ...notFound,
  },
});

const postApply = createRoute({
  method: 'post',
  path: '/retention/applies',
  summary: 'Decides anew how long all calls are kept, or tells what would become of them',
  request: { headers: KeyHeader, body: { required: true, ...jsonContent(NewApply) } },
  responses: {
    202: { description: 'It has begun', ...jsonContent(SummaryBody) },
    ...badRequest,
    409: problemResponse('The `Idempotency-Key` is that of another apply.'),
  },
});

const listApplies = createRoute({
  method: 'get',
  path: '/retention/applies',
  summary: 'The applies of the last 30 days, plans among them',
  request: { query: AppliesQuery },
  responses: { 200: { description: 'One page of applies', ...jsonContent(pageOf(SummaryBody)) }, ...badRequest },
});

const getApply = createRoute({
  method: 'get',
  path: '/retention/applies/{applyId}',
  summary: 'How far an apply is, what goes when by it and why, and what that costs',
  request: { params: ApplyPath },
  responses: {
    200: { description: 'The apply', ...jsonContent(named('RetentionApplyReport', ApplyReport)) },
    ...notFound,
  },
});

const resume = createRoute({
  method: 'post',
  path: '/retention/applies/{applyId}/resume',
  summary: 'Takes up again what an apply left undone',
  request: { params: ApplyPath },
  responses: { 202: { description: 'It goes on', ...jsonContent(SummaryBody) }, ...notFound, ...conflict },
});

const cancel = createRoute({
  method: 'post',
  path: '/retention/applies/{applyId}/cancel',
  summary: 'Gives an apply up: calls that were decided anew stay so',
  request: { params: ApplyPath },
  responses: { 202: { description: 'It is given up', ...jsonContent(SummaryBody) }, ...notFound, ...conflict },
});

/** The retention URL: how long calls are kept and why, deciding all of them anew, and receipts of those that are deleted. */
export function retentionApi(needs: RetentionApiNeeds): OpenAPIHono {
  const { applies, calls, deployed, clock, edge } = needs;
  const app = createHttpApp({
    title: 'Retention',
    description: 'How long calls are kept and why, deciding that anew, and receipts of deletions.',
    edge,
  });
  const summaryOf = (apply: RetentionApply): ApplySummary => ApplySummary.parse(apply);

  app.openapi(getRetention, async (c) => {
    const { callId } = c.req.valid('param');
    const call = await calls.get(callId);
    if (!call) throw new VerbatimError('not-found', `there is no call ${callId}`);
    return c.json(explainStored(call, deployed, clock()), 200);
  });

  app.openapi(postApply, async (c) => {
    const asked = { ...c.req.valid('json'), key: keyOfRequest(c) };
    return c.json(summaryOf(await beginApply(asked, needs)), 202);
  });

  app.openapi(listApplies, async (c) => {
    const asked = { ...EVER, ...c.req.valid('query') };
    const page = await edge.listPage(['retention-applies'], asked, applies.list);
    return c.json({ ...page, items: page.items.map(summaryOf) }, 200);
  });

  app.openapi(getApply, async (c) => {
    const { applyId } = c.req.valid('param');
    const apply = await existingApply(applyId, applies);
    const [progress, { retention }] = await Promise.all([applies.progressOf(apply), applies.choicesOf(applyId)]);
    const report = reportOf(apply, progress, {
      classes: { before: deployed.retention.classes, after: retention.classes },
      deployedConfigSha256: choicesSha256(deployed),
      now: iso(clock()),
    });
    return c.json(report, 200);
  });

  receiptsRoutes(app, needs);
  doctorRoutes(app, needs);

  app.openapi(resume, async (c) => c.json(summaryOf(await resumeApply(c.req.valid('param').applyId, needs)), 202));
  app.openapi(cancel, async (c) => c.json(summaryOf(await cancelApply(c.req.valid('param').applyId, needs)), 202));

  return app;
}
