import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { CallStore } from '../calls/calls.ts';
import { iso } from '../platform/clock.ts';
import { EVER } from '../platform/cursor.ts';
import { VerbatimError } from '../platform/errors.ts';
import { createHttpApp, jsonContent, problemResponse } from '../platform/http.ts';
import { ListQuery, listPage, pageOf } from '../platform/listing.ts';
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
  readonly applies: ApplyStore;
  readonly calls: Pick<CallStore, 'get'>;
}

const NewApply = z.strictObject({
  dryRun: z.boolean('is missing: true only tells what would change, false does it'),
  config: z.strictObject(retentionChoices).optional(),
});
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
  responses: { 200: { description: 'Its retention', ...jsonContent(StoredRetention) }, ...notFound },
});

const postApply = createRoute({
  method: 'post',
  path: '/retention/applies',
  summary: 'Decides anew how long all calls are kept, or tells what would become of them',
  request: { body: { required: true, ...jsonContent(NewApply) } },
  responses: { 202: { description: 'It has begun', ...jsonContent(ApplySummary) }, ...badRequest },
});

const listApplies = createRoute({
  method: 'get',
  path: '/retention/applies',
  summary: 'The applies of the last 30 days, plans among them',
  request: { query: AppliesQuery },
  responses: { 200: { description: 'One page of applies', ...jsonContent(pageOf(ApplySummary)) }, ...badRequest },
});

const getApply = createRoute({
  method: 'get',
  path: '/retention/applies/{applyId}',
  summary: 'How far an apply is, what goes when by it and why, and what that costs',
  request: { params: ApplyPath },
  responses: { 200: { description: 'The apply', ...jsonContent(ApplyReport) }, ...notFound },
});

const resume = createRoute({
  method: 'post',
  path: '/retention/applies/{applyId}/resume',
  summary: 'Takes up again what an apply left undone',
  request: { params: ApplyPath },
  responses: { 202: { description: 'It goes on', ...jsonContent(ApplySummary) }, ...notFound, ...conflict },
});

const cancel = createRoute({
  method: 'post',
  path: '/retention/applies/{applyId}/cancel',
  summary: 'Gives an apply up: calls that were decided anew stay so',
  request: { params: ApplyPath },
  responses: { 202: { description: 'It is given up', ...jsonContent(ApplySummary) }, ...notFound, ...conflict },
});

/** The retention URL: how long calls are kept and why, deciding all of them anew, and receipts of those that are deleted. */
export function retentionApi(needs: RetentionApiNeeds): OpenAPIHono {
  const { applies, calls, deployed, clock } = needs;
  const app = createHttpApp();
  const summaryOf = (apply: RetentionApply): ApplySummary => ApplySummary.parse(apply);

  app.openapi(getRetention, async (c) => {
    const { callId } = c.req.valid('param');
    const call = await calls.get(callId);
    if (!call) throw new VerbatimError('not-found', `there is no call ${callId}`);
    return c.json(explainStored(call, deployed, clock()), 200);
  });

  app.openapi(postApply, async (c) => c.json(summaryOf(await beginApply(c.req.valid('json'), needs)), 202));

  app.openapi(listApplies, async (c) => {
    const asked = { ...EVER, ...c.req.valid('query') };
    const page = await listPage(['retention-applies'], asked, iso(clock()), applies.list);
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
