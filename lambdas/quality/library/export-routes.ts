import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { iso } from '../../platform/clock.ts';
import { EVER } from '../../platform/cursor.ts';
import { VerbatimError } from '../../platform/errors.ts';
import { idOfRequest, jsonContent, problemResponse, Reason } from '../../platform/http.ts';
import { ListQuery, pageOf } from '../../platform/listing.ts';
import { KeyHeader, named } from '../../platform/openapi.ts';
import { askerOf, Role, roleRoute, seesTeam } from '../access.ts';
import type { QualityNeeds } from '../quality-needs.ts';
import { knownAgent, rosterStore } from '../roster-store.ts';
import { seenCall } from '../seen-call.ts';
import { ClipTurn, Topic } from './clip.ts';
import { clipAudio } from './clip-audio.ts';
import { exportClip } from './clip-export.ts';
import { exportAudioKey, exportObjectKeys, exportTextKey } from './clip-keys.ts';
import { ClipPath } from './clip-routes.ts';
import { clipStore } from './clip-store.ts';
import { Basis, ClipExport, exportStore, toldExport } from './export-store.ts';

const ExportBody = named('ClipExport', ClipExport);

const NewExport = z
  .strictObject({
    retentionClass: z.string().min(1).openapi({ description: 'A class of the config: how long it is kept.' }),
    basis: Basis.openapi({ description: 'On which ground (GDPR, Article 6).' }),
    reason: Reason.openapi({ description: 'Why. It is kept with it: name nobody.' }),
  })
  .openapi('NewClipExport');

const ReadExport = z
  .object({
    export: ExportBody,
    /** What is said in it; offsets are milliseconds in it. */
    turns: z.array(ClipTurn),
  })
  .openapi('ReadClipExport');

/** What became of an export of a clip. */
const ExportOfClip = z
  .object({
    exportId: z.string(),
    exportedAt: z.iso.datetime(),
    state: z.enum(['making', 'ready', 'gone']),
  })
  .openapi('ExportOfClip');

const ExportLinkBody = z
  .object({
    /** A presigned GET, which takes ranges. */
    url: z.url(),
    /** When it ends at the latest. */
    expiresAt: z.iso.datetime(),
    durationMs: z.int().nonnegative(),
  })
  .openapi('ExportLink');

const ExportPath = z.object({ exportId: z.string().openapi({ param: { name: 'exportId', in: 'path' } }) });

const makers = ['trainer', 'supervisor'] as const;
const badRequest = { 400: problemResponse('A field is not as it must be; `detail` names it.') };
const notFound = { 404: problemResponse('There is no such export, or no more.') };

const postExport = roleRoute(makers, {
  method: 'post',
  path: '/calls/{callId}/clips/{clipId}/exports',
  summary:
    'Keeps a clip without its call: redacted, anonymous, with a retention class of its own, on a recorded ground',
  request: { params: ClipPath, headers: KeyHeader, body: { required: true, ...jsonContent(NewExport) } },
  responses: {
    201: { description: 'The export; `Location` is where it is', ...jsonContent(ExportBody) },
    ...badRequest,
    403: problemResponse('The call is not theirs to see.'),
    404: problemResponse('There is no such clip, or its call is gone.'),
    409: problemResponse('The clip is not anonymous, or has no sound of its own: `detail` tells what is left in it.'),
  },
});

const listExportsOfClip = roleRoute(makers, {
  method: 'get',
  path: '/calls/{callId}/clips/{clipId}/exports',
  summary: 'What was exported of a clip, also after it was taken out of the library',
  request: { params: ClipPath },
  responses: {
    200: { description: 'The exports', ...jsonContent(z.object({ items: z.array(ExportOfClip) })) },
    403: problemResponse('The call is not theirs to see.'),
    404: problemResponse('There is no such call.'),
  },
});

const listExports = roleRoute(Role.options, {
  method: 'get',
  path: '/exports',
  summary: 'The exports of clips, of a topic or all',
  request: { query: ListQuery.extend({ topic: Topic.optional() }) },
  responses: { 200: { description: 'One page of exports', ...jsonContent(pageOf(ExportBody)) }, ...badRequest },
});

const getExport = roleRoute(Role.options, {
  method: 'get',
  path: '/exports/{exportId}',
  summary: 'An export of a clip, with what is said in it',
  request: { params: ExportPath },
  responses: { 200: { description: 'The export', ...jsonContent(ReadExport) }, ...notFound },
});

const getExportAudio = roleRoute(Role.options, {
  method: 'get',
  path: '/exports/{exportId}/audio',
  summary: 'A link by which an export is heard',
  request: { params: ExportPath },
  responses: { 200: { description: 'The link', ...jsonContent(ExportLinkBody) }, ...notFound },
});

const deleteExport = roleRoute(makers, {
  method: 'delete',
  path: '/exports/{exportId}',
  summary: 'Withdraws an export: nothing of it is left',
  request: { params: ExportPath },
  responses: {
    204: { description: 'It is gone' },
    403: problemResponse('It comes from the library of another team.'),
    ...notFound,
  },
});

/** Exports of clips: what is kept without its call. They name nobody, and are everyone's to hear. */
export function exportRoutes(app: OpenAPIHono, needs: QualityNeeds): void {
  const { dynamodb, tableName, edge, clock, randomId, custody, transcripts } = needs;
  const clips = clipStore(dynamodb, tableName);
  const exports = exportStore(dynamodb, tableName);
  const roster = rosterStore(dynamodb, tableName);
  const audio = clipAudio(needs.s3, needs.transcriptsBucket);
  const now = () => iso(clock());

  const existing = async (exportId: string): Promise<ClipExport> => {
    const found = await exports.get(exportId, now());
    if (!found) throw new VerbatimError('not-found', `there is no export ${exportId}`);
    return found;
  };
  const ready = async (exportId: string): Promise<ClipExport> => {
    const found = await existing(exportId);
    if (found.state !== 'ready') throw new VerbatimError('not-found', `the export ${exportId} is not made yet`);
    return found;
  };

  app.openapi(postExport, async (c) => {
    const { callId, clipId } = c.req.valid('param');
    const asked = c.req.valid('json');
    const { person, who } = askerOf(c);
    const call = await seenCall(c, callId, needs);
    const clip = await clips.get(callId, clipId);
    if (!clip) throw new VerbatimError('not-found', `there is no clip ${clipId} of the call ${callId}`);
    const agent = call.agentId === undefined ? undefined : await knownAgent(roster, call.agentId);
    // Of an e-mail address, what is behind the sign is the same for everybody.
    const names = [agent?.name, agent?.person?.replace(/@.*$/, '')].filter((one) => one !== undefined);
    const exported = await exportClip(
      clip,
      call,
      { exportId: idOfRequest(c, randomId), ...asked, person, who, known: { names, ids: [] } },
      { ...{ clips, exports, audio, custody, transcripts, clock }, classes: needs.retention.classes },
    );
    c.header('location', `/exports/${exported.exportId}`);
    return c.json(exported, 201);
  });

  app.openapi(listExportsOfClip, async (c) => {
    const { callId, clipId } = c.req.valid('param');
    await seenCall(c, callId, needs);
    const links = await clips.linksOf(callId, clipId);
    const found = await Promise.all(links.map(({ exportId }) => exports.get(exportId, now())));
    const items = links.map(({ exportId, exportedAt }, i) => ({
      ...{ exportId, exportedAt },
      state: found[i]?.state ?? ('gone' as const),
    }));
    return c.json({ items }, 200);
  });

  app.openapi(listExports, async (c) => {
    const { topic, ...asked } = c.req.valid('query');
    const page = await edge.listPage(['exports', topic ?? ''], { ...EVER, ...asked }, (request) =>
      exports.list(topic, now(), request),
    );
    return c.json({ ...page, items: page.items.map((one) => toldExport(one, askerOf(c))) }, 200);
  });

  app.openapi(getExport, async (c) => {
    const found = await ready(c.req.valid('param').exportId);
    const text = z
      .object({ turns: z.array(ClipTurn) })
      .parse((await audio.text(exportTextKey(found.exportId))) ?? { turns: [] });
    return c.json({ export: toldExport(found, askerOf(c)), ...text }, 200);
  });

  app.openapi(getExportAudio, async (c) => {
    const { exportId, durationMs } = await ready(c.req.valid('param').exportId);
    const link = await audio.link(exportAudioKey(exportId), clock);
    if (!link) throw new VerbatimError('not-found', `the sound of the export ${exportId} is gone`);
    c.header('cache-control', 'no-store');
    return c.json({ ...link, durationMs }, 200);
  });

  app.openapi(deleteExport, async (c) => {
    const found = await existing(c.req.valid('param').exportId);
    if (!seesTeam(askerOf(c), found.team))
      throw new VerbatimError('forbidden', `the export ${found.exportId} comes from the library of another team`);
    await audio.remove(exportObjectKeys(found.exportId));
    await exports.remove(found);
    return c.body(null, 204);
  });
}
