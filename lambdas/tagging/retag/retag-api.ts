import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { EVER } from '../../platform/cursor.ts';
import { createHttpApp, type HttpEdge, jsonContent, keyOfRequest, problemResponse } from '../../platform/http.ts';
import { JobState } from '../../platform/jobs.ts';
import { ListQuery, pageOf } from '../../platform/listing.ts';
import { KeyHeader, named } from '../../platform/openapi.ts';
import { Rulebook } from '../rulebook/rulebook.ts';
import { Retag, RetagSlice, TagCounts } from './retag.ts';
import { rulebookSha256 } from './retag-rulebooks.ts';
import { RetagChange, type RetagStore } from './retag-store.ts';
import { beginRetag, cancelRetag, existingRetag, type RetagsNeeds, resumeRetag } from './retags.ts';

/** What the tagging URL needs. */
export interface TaggingApiNeeds extends RetagsNeeds {
  readonly edge: HttpEdge;
  readonly retags: RetagStore;
}

const RulebookBody = named('Rulebook', Rulebook);
const ChangeBody = named('RetagChange', RetagChange);

/** A retag, as it was asked for. */
export const RetagSummary = Retag.omit({ ttl: true, pass: true }).openapi('RetagSummary');
export type RetagSummary = z.infer<typeof RetagSummary>;

/** How far a retag is, and what it found. */
export const RetagReport = RetagSummary.extend({
  state: JobState,
  calls: z.object({
    /** Calls of the slice that were found so far: all of them, where `allFound`. */
    found: z.number().int(),
    allFound: z.boolean(),
    /** Calls that were looked at. */
    settled: z.number().int(),
    /** Those among them in which moments were gained, lost or moved. */
    changed: z.number().int(),
    /** Calls that were passed over: they are gone, or have no transcript. */
    skipped: z.number().int(),
  }),
  /** Counts of moments, with some of the calls; these once the retag does not run any more. */
  tags: z.array(TagCounts.extend({ samples: z.array(ChangeBody) })),
  /** The rulebook by which new calls are tagged. */
  deployedRulebookVersion: z.string(),
}).openapi('RetagReport');
export type RetagReport = z.infer<typeof RetagReport>;

/** The rulebook by which new calls are tagged. */
const DeployedRulebook = z
  .object({ version: z.string(), sha256: z.string(), rulebook: RulebookBody })
  .openapi('DeployedRulebook');

const NewRetag = z
  .strictObject({
    rulebook: RulebookBody,
    dryRun: z.boolean('is missing: true only tells what would change, false does it'),
    slice: RetagSlice.optional(),
  })
  .openapi('NewRetag');
const RetagPath = z.object({ retagId: z.string().openapi({ param: { name: 'retagId', in: 'path' } }) });
const RetagsQuery = ListQuery.pick({ order: true, limit: true, cursor: true });
const ChangesQuery = RetagsQuery.extend({
  kind: RetagChange.shape.kind.optional(),
  tag: z.string().min(1).optional(),
}).refine(({ kind, tag }) => (tag === undefined) === (kind === 'skipped'), {
  error: 'name the tag whose moments change; only skipped calls (kind=skipped) have none',
  path: ['tag'],
});

const badRequest = { 400: problemResponse('A field is not as it must be; `detail` names it.') };
const notFound = { 404: problemResponse('There is no such retag.') };
const conflict = (description: string) => ({ 409: problemResponse(description) });

const getRulebook = createRoute({
  method: 'get',
  path: '/rulebook',
  summary: 'The rulebook by which new calls are tagged',
  responses: { 200: { description: 'The rulebook', ...jsonContent(DeployedRulebook) } },
});

const postRetag = createRoute({
  method: 'post',
  path: '/retags',
  summary: 'Tags stored calls anew by another rulebook, or tells what would change',
  request: { headers: KeyHeader, body: { required: true, ...jsonContent(NewRetag) } },
  responses: {
    202: { description: 'It has begun', ...jsonContent(RetagSummary) },
    ...badRequest,
    ...conflict("The rulebook's version is that of another one, or the `Idempotency-Key` that of another retag."),
  },
});

const listRetags = createRoute({
  method: 'get',
  path: '/retags',
  summary: 'The retags of the last 30 days',
  request: { query: RetagsQuery },
  responses: { 200: { description: 'One page of retags', ...jsonContent(pageOf(RetagSummary)) }, ...badRequest },
});

const getRetag = createRoute({
  method: 'get',
  path: '/retags/{retagId}',
  summary: 'How far a retag is, and what changes by it, tag by tag',
  request: { params: RetagPath },
  responses: { 200: { description: 'The retag', ...jsonContent(RetagReport) }, ...notFound },
});

const listChanges = createRoute({
  method: 'get',
  path: '/retags/{retagId}/changes',
  summary: 'Every call in which moments of a tag are gained, lost or moved, or that was skipped',
  request: { params: RetagPath, query: ChangesQuery },
  responses: {
    200: { description: 'One page of changes', ...jsonContent(pageOf(ChangeBody)) },
    ...badRequest,
    ...notFound,
  },
});

const resume = createRoute({
  method: 'post',
  path: '/retags/{retagId}/resume',
  summary: 'Takes up again what a retag left undone',
  request: { params: RetagPath },
  responses: {
    202: { description: 'It goes on', ...jsonContent(RetagSummary) },
    ...notFound,
    ...conflict('It is done.'),
  },
});

const cancel = createRoute({
  method: 'post',
  path: '/retags/{retagId}/cancel',
  summary: 'Gives a retag up: calls that were tagged anew stay so',
  request: { params: RetagPath },
  responses: { 202: { description: 'It ends', ...jsonContent(RetagSummary) }, ...notFound, ...conflict('It is done.') },
});

/** So many calls are shown for each kind of change of a tag. */
const SAMPLES = 3;

const changing = ['gained', 'lost', 'moved'] as const;

/** The tagging URL: the deployed rulebook, and tagging the past by another one. It tells nothing of what was said. */
export function taggingApi(needs: TaggingApiNeeds): OpenAPIHono {
  const { retags, deployed, edge } = needs;
  const app = createHttpApp({ title: 'Tagging', description: 'The rulebook, and tagging stored calls anew.', edge });
  const summaryOf = (retag: Retag) => RetagSummary.parse(retag);

  /** The first calls of each kind of change, so many of each. */
  const samplesOf = async (retagId: string, counts: TagCounts): Promise<RetagChange[]> => {
    const kinds = changing.filter((kind) => counts[kind] > 0);
    const request = { ...EVER, order: 'oldest-first', limit: SAMPLES } as const;
    const pages = await Promise.all(kinds.map((kind) => retags.changes(retagId, [kind], counts.tag, request)));
    return pages.flatMap((page) => page.items);
  };

  app.openapi(getRulebook, (c) =>
    c.json({ version: deployed.version, sha256: rulebookSha256(deployed), rulebook: deployed }, 200),
  );

  app.openapi(postRetag, async (c) => {
    const { slice = {}, ...asked } = c.req.valid('json');
    return c.json(summaryOf(await beginRetag({ ...asked, slice, key: keyOfRequest(c) }, needs)), 202);
  });

  app.openapi(listRetags, async (c) => {
    const page = await edge.listPage(['retags'], { ...EVER, ...c.req.valid('query') }, retags.list);
    return c.json({ ...page, items: page.items.map(summaryOf) }, 200);
  });

  app.openapi(getRetag, async (c) => {
    const retag = await existingRetag(c.req.valid('param').retagId, retags);
    const { state, tags, ...calls } = await retags.progressOf(retag);
    const withSamples = await Promise.all(
      tags.map(async (counts) => ({
        ...counts,
        // Whoever waits for the end asks again and again: the samples are looked up once.
        samples: state === 'running' ? [] : await samplesOf(retag.retagId, counts),
      })),
    );
    const report = { ...retag, state, calls, tags: withSamples, deployedRulebookVersion: deployed.version };
    return c.json(RetagReport.parse(report), 200);
  });

  app.openapi(listChanges, async (c) => {
    const { kind, tag, ...asked } = c.req.valid('query');
    const { retagId } = await existingRetag(c.req.valid('param').retagId, retags);
    const kinds = kind === undefined ? changing : [kind];
    const order = asked.order ?? 'oldest-first';
    const page = await edge.listPage(
      ['changes', retagId, tag ?? '', ...kinds],
      { ...EVER, ...asked, order },
      (request) => retags.changes(retagId, kinds, tag, request),
    );
    return c.json(page, 200);
  });

  app.openapi(resume, async (c) => c.json(summaryOf(await resumeRetag(c.req.valid('param').retagId, needs)), 202));
  app.openapi(cancel, async (c) => c.json(summaryOf(await cancelRetag(c.req.valid('param').retagId, needs)), 202));

  return app;
}
