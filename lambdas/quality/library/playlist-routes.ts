import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { canonicalJson } from '../../calls/calls.ts';
import { iso } from '../../platform/clock.ts';
import { EVER } from '../../platform/cursor.ts';
import { VerbatimError } from '../../platform/errors.ts';
import { etagOf, idOfRequest, jsonContent, problemResponse, versionAsked } from '../../platform/http.ts';
import { ListQuery, pageOf } from '../../platform/listing.ts';
import { ChangeHeaders, KeyHeader, named } from '../../platform/openapi.ts';
import { askerOf, Role, roleRoute, seesTeam } from '../access.ts';
import type { QualityNeeds } from '../quality-needs.ts';
import { ToldClip, toldClip } from './clip.ts';
import { clipStore, type Scope } from './clip-store.ts';
import { ClipExport, exportStore, toldExport } from './export-store.ts';
import { findsClip, isWithin, scopeOf, seesCallsOf } from './library-access.ts';
import { MAX_ENTRIES, Playlist, PlaylistEntry, playlistStore } from './playlist-store.ts';

const PlaylistBody = named('Playlist', Playlist);

const NewPlaylist = z
  .strictObject({
    title: z.string().trim().min(1, 'is empty').max(200, 'is longer than 200 characters'),
    about: z.string().trim().min(1, 'is empty').max(2000, 'is longer than 2000 characters').optional(),
    team: z.string().trim().min(1, 'is empty').max(200, 'is longer than 200 characters').optional().openapi({
      description: 'Whose it is. Without it: everyone’s, which those make who see every team.',
    }),
    entries: z.array(PlaylistEntry).max(MAX_ENTRIES, `has more than ${MAX_ENTRIES}`),
  })
  .openapi('NewPlaylist');

/** An entry of a playlist as it is played: what it names, where that is there and theirs to hear. */
const PlayedEntry = z
  .object({
    entry: PlaylistEntry,
    /** `gone` with its call, or taken out of the library, or withdrawn; `not-yours`, where it is in another team's library. */
    state: z.enum(['there', 'gone', 'not-yours']),
    clip: named('Clip', ToldClip).optional(),
    export: named('ClipExport', ClipExport).optional(),
  })
  .openapi('PlayedEntry');

const PlayedPlaylist = z.object({ playlist: PlaylistBody, played: z.array(PlayedEntry) }).openapi('PlayedPlaylist');

const PlaylistPath = z.object({ playlistId: z.string().openapi({ param: { name: 'playlistId', in: 'path' } }) });

const makers = ['trainer', 'supervisor'] as const;
const badRequest = { 400: problemResponse('A field is not as it must be; `detail` names it.') };
const notTheirs = { 403: problemResponse('It is of a team that is not theirs.') };
const notFound = { 404: problemResponse('There is no such playlist.') };
const changed = {
  412: problemResponse('It has changed since the version of `If-Match`: read it again.'),
  428: problemResponse('There is no `If-Match`.'),
};

const postPlaylist = roleRoute(makers, {
  method: 'post',
  path: '/playlists',
  summary: 'Makes a playlist of clips and exports',
  request: { headers: KeyHeader, body: { required: true, ...jsonContent(NewPlaylist) } },
  responses: {
    201: { description: 'The playlist; `Location` is where it is, `ETag` its version', ...jsonContent(PlaylistBody) },
    ...{ ...badRequest, ...notTheirs },
    409: problemResponse('The `Idempotency-Key` is that of another playlist.'),
  },
});

const listPlaylists = roleRoute(Role.options, {
  method: 'get',
  path: '/playlists',
  summary: 'The playlists of their teams, and those that are everyone’s',
  request: { query: ListQuery },
  responses: { 200: { description: 'One page of playlists', ...jsonContent(pageOf(PlaylistBody)) }, ...badRequest },
});

const getPlaylist = roleRoute(Role.options, {
  method: 'get',
  path: '/playlists/{playlistId}',
  summary: 'A playlist, with what it plays, as far as that is still there and theirs to hear',
  request: { params: PlaylistPath },
  responses: {
    200: { description: 'The playlist; `ETag` is its version', ...jsonContent(PlayedPlaylist) },
    ...{ ...notTheirs, ...notFound },
  },
});

const putPlaylist = roleRoute(makers, {
  method: 'put',
  path: '/playlists/{playlistId}',
  summary: 'Changes a playlist',
  request: { params: PlaylistPath, headers: ChangeHeaders, body: { required: true, ...jsonContent(NewPlaylist) } },
  responses: {
    200: { description: 'The playlist as it is then; `ETag` is its version', ...jsonContent(PlaylistBody) },
    ...{ ...badRequest, ...notTheirs, ...notFound, ...changed },
  },
});

const deletePlaylist = roleRoute(makers, {
  method: 'delete',
  path: '/playlists/{playlistId}',
  summary: 'Deletes a playlist; what it plays stays',
  request: { params: PlaylistPath, headers: ChangeHeaders },
  responses: { 204: { description: 'It is gone' }, ...{ ...notTheirs, ...notFound, ...changed } },
});

/** Playlists: what is to be heard, in order. What it plays goes with its call, or ends, and is told as gone then. */
export function playlistRoutes(app: OpenAPIHono, needs: QualityNeeds): void {
  const { dynamodb, tableName, edge, clock, randomId } = needs;
  const playlists = playlistStore(dynamodb, tableName);
  const clips = clipStore(dynamodb, tableName);
  const exports = exportStore(dynamodb, tableName);

  /** What entries play, each as somebody may hear it. */
  const played = async (c: Context, scope: Scope, entries: readonly PlaylistEntry[]) => {
    const clipEntries = entries.filter((entry) => 'clipId' in entry);
    const [found, exported] = await Promise.all([
      clips.some(clipEntries),
      Promise.all(
        entries.map((entry) => ('exportId' in entry ? exports.get(entry.exportId, iso(clock())) : undefined)),
      ),
    ]);
    const agentIds = found.map(({ agentId }) => agentId);
    const seesCall = await seesCallsOf(c, agentIds, needs);
    return entries.map((entry, i): z.infer<typeof PlayedEntry> => {
      if ('exportId' in entry) {
        const one = exported[i];
        return one?.state === 'ready'
          ? { entry, state: 'there', export: toldExport(one, askerOf(c)) }
          : { entry, state: 'gone' };
      }
      const clip = found.find(({ callId, clipId }) => callId === entry.callId && clipId === entry.clipId);
      if (!clip) return { entry, state: 'gone' };
      const isSeen = seesCall(clip.agentId);
      if (!isSeen && !findsClip(scope, clip)) return { entry, state: 'not-yours' };
      return { entry, state: 'there', clip: toldClip(clip, isSeen) };
    });
  };

  /** Refuses what would be of a team that is not theirs, or plays what is not there. */
  const check = async (c: Context, { team, entries }: z.infer<typeof NewPlaylist>, before?: Playlist) => {
    const asker = askerOf(c);
    if (!seesTeam(asker, team)) {
      const theirs = asker.teams.join(', ') || '(none)';
      throw new VerbatimError('forbidden', `team: name one of your teams: ${theirs}`);
    }
    const states = await played(c, await scopeOf(c, needs), entries);
    const kept = new Set(before?.entries.map((entry) => JSON.stringify(entry)));
    states.forEach(({ entry, state }, i) => {
      // What was played before may be gone by now: it need not be taken out.
      if (state !== 'there' && !kept.has(JSON.stringify(entry)))
        throw new VerbatimError('bad-request', `entries.${i}: it is ${state === 'gone' ? 'not there' : 'not yours'}`);
    });
  };
  const existing = async (playlistId: string): Promise<Playlist> => {
    const found = await playlists.get(playlistId);
    if (!found) throw new VerbatimError('not-found', `there is no playlist ${playlistId}`);
    return found;
  };
  const changeable = async (c: Context, playlistId: string): Promise<Playlist> => {
    const before = await existing(playlistId);
    if (!seesTeam(askerOf(c), before.team))
      throw new VerbatimError('forbidden', `the playlist ${playlistId} is not of a team of yours`);
    if (versionAsked(c) !== before.version) throw staleOf(playlistId);
    return before;
  };
  const told = (c: Context, playlist: Playlist): Playlist => {
    c.header('etag', etagOf(playlist.version));
    return playlist;
  };

  app.openapi(postPlaylist, async (c) => {
    const asked = c.req.valid('json');
    const playlistId = idOfRequest(c, randomId);
    await check(c, asked, await playlists.get(playlistId));
    const made = { playlistId, ...asked, madeBy: askerOf(c).person, madeAt: iso(clock()), version: 1 };
    const isFirst = await playlists.put(undefined, made);
    const stored = isFirst ? made : await existing(playlistId);
    if (!isAsAsked(stored, asked)) throw new VerbatimError('conflict', 'Idempotency-Key: is that of another playlist');
    c.header('location', `/playlists/${playlistId}`);
    return c.json(told(c, stored), 201);
  });

  app.openapi(listPlaylists, async (c) => {
    const scope = await scopeOf(c, needs);
    const of = ['playlists', ...(scope === 'all' ? ['*'] : scope.toSorted())];
    const page = await edge.listPage(of, { ...EVER, ...c.req.valid('query') }, (request) =>
      playlists.list(scope, request),
    );
    return c.json(page, 200);
  });

  app.openapi(getPlaylist, async (c) => {
    const playlist = await existing(c.req.valid('param').playlistId);
    const scope = await scopeOf(c, needs);
    if (!isWithin(scope, playlist.team, playlist.team === undefined))
      throw new VerbatimError('forbidden', `the playlist ${playlist.playlistId} is another team's`);
    return c.json({ playlist: told(c, playlist), played: await played(c, scope, playlist.entries) }, 200);
  });

  app.openapi(putPlaylist, async (c) => {
    const { playlistId } = c.req.valid('param');
    const asked = c.req.valid('json');
    const before = await changeable(c, playlistId);
    await check(c, asked, before);
    const { madeBy, madeAt, version } = before;
    const after = { playlistId, ...asked, madeBy, madeAt, version: version + 1 };
    if (!(await playlists.put(before, after))) throw staleOf(playlistId);
    return c.json(told(c, after), 200);
  });

  app.openapi(deletePlaylist, async (c) => {
    const { playlistId } = c.req.valid('param');
    if (!(await playlists.remove(await changeable(c, playlistId)))) throw staleOf(playlistId);
    return c.body(null, 204);
  });
}

const staleOf = (playlistId: string) =>
  new VerbatimError('precondition-failed', `the playlist ${playlistId} has changed: read it again`);

/** Whether a playlist is the one that is asked for. */
const isAsAsked = ({ title, about, team, entries }: Playlist, asked: z.infer<typeof NewPlaylist>): boolean =>
  canonicalJson({ title, about, team, entries }) === canonicalJson(asked);
