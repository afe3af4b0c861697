import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Call } from '../../calls/calls.ts';
import { iso } from '../../platform/clock.ts';
import { EVER } from '../../platform/cursor.ts';
import { isAwsError, VerbatimError } from '../../platform/errors.ts';
import { etagOf, idOfRequest, jsonContent, problemResponse, versionAsked } from '../../platform/http.ts';
import { ListQuery, pageOf } from '../../platform/listing.ts';
import { ChangeHeaders, KeyHeader, named } from '../../platform/openapi.ts';
import { copyTags, tagAsDecided } from '../../retention/retention.ts';
import { askerOf, Role, roleRoute } from '../access.ts';
import type { QualityNeeds } from '../quality-needs.ts';
import { knownAgent, rosterStore } from '../roster-store.ts';
import { CallPath, seenCall } from '../seen-call.ts';
import {
  Audience,
  ClipTurn,
  Example,
  MAX_CLIP_MS,
  MAX_TOPICS,
  type Range,
  ToldClip,
  Topic,
  toldClip,
  turnsOfRange,
} from './clip.ts';
import { type ClipAudio, clipAudio, cutSound } from './clip-audio.ts';
import { clipAudioKey } from './clip-keys.ts';
import { clipStore, type StoredClip } from './clip-store.ts';
import { foundClip, scopeOf, seesCallsOf } from './library-access.ts';

const ClipBody = named('Clip', ToldClip);
const Offset = z.number('is no offset in milliseconds').int('is not a whole number').nonnegative('is below 0');

const NewClip = z
  .strictObject({
    startMs: Offset,
    endMs: Offset,
    title: z.string().trim().min(1, 'is empty').max(200, 'is longer than 200 characters'),
    example: Example,
    why: z
      .string('is missing: say why it is an example')
      .trim()
      .min(1, 'is empty')
      .max(2000, 'is longer than 2000 characters'),
    topics: z
      .array(Topic)
      .min(1, 'is empty')
      .max(MAX_TOPICS, `has more than ${MAX_TOPICS}`)
      .transform((topics) => [...new Set(topics)]),
    audience: Audience.default('team').openapi({
      description: "Who finds it: persons of the agent's team, or everyone.",
    }),
  })
  .refine(({ startMs, endMs }) => startMs < endMs && endMs - startMs <= MAX_CLIP_MS, {
    error: `is not behind startMs, by ${MAX_CLIP_MS} ms at the most`,
    path: ['endMs'],
  })
  .openapi('NewClip');
type NewClip = z.infer<typeof NewClip>;

const ReadClip = z
  .object({
    clip: ClipBody,
    /** What is said in it, redacted. */
    turns: z.array(ClipTurn),
  })
  .openapi('ReadClip');

const ClipLink = z
  .object({
    /** A presigned GET, which takes ranges. */
    url: z.url(),
    /** When it ends at the latest. */
    expiresAt: z.iso.datetime(),
    /** Whether it is the sound of the clip alone, or the call's, of which a media fragment tells the range. */
    sound: z.enum(['clip', 'call']),
    durationMs: z.int().nonnegative(),
  })
  .openapi('ClipLink');

/** The paths of calls, and of their clips. */

export const ClipPath = CallPath.extend({ clipId: z.string().openapi({ param: { name: 'clipId', in: 'path' } }) });

const makers = ['trainer', 'supervisor'] as const;
const badRequest = { 400: problemResponse('A field is not as it must be; `detail` names it.') };
const notTheirs = { 403: problemResponse('It is not theirs to see.') };
const notFound = { 404: problemResponse('There is no such clip, or its call is gone.') };
const changed = {
  412: problemResponse('It has changed since the version of `If-Match`: read it again.'),
  428: problemResponse('There is no `If-Match`.'),
};
const answersClip = (description: string) => ({ description, ...jsonContent(ClipBody) });

const postClip = roleRoute(makers, {
  method: 'post',
  path: '/calls/{callId}/clips',
  summary: 'Makes a clip of a stretch of a call: it goes with the call',
  request: { params: CallPath, headers: KeyHeader, body: { required: true, ...jsonContent(NewClip) } },
  responses: {
    201: answersClip('The clip; `Location` is where it is, `ETag` its version'),
    ...{ ...badRequest, ...notTheirs, 404: problemResponse('There is no such call.') },
    409: problemResponse('The call is not tagged; or the `Idempotency-Key` is that of another clip.'),
  },
});

const listCallClips = roleRoute(Role.options, {
  method: 'get',
  path: '/calls/{callId}/clips',
  summary: 'The clips of a call that is theirs to see, in the order in which they are heard',
  request: { params: CallPath },
  responses: {
    200: { description: 'The clips', ...jsonContent(z.object({ items: z.array(ClipBody) })) },
    ...{ ...notTheirs, 404: problemResponse('There is no such call.') },
  },
});

const getClip = roleRoute(Role.options, {
  method: 'get',
  path: '/calls/{callId}/clips/{clipId}',
  summary: 'A clip, with what is said in it',
  request: { params: ClipPath },
  responses: {
    200: { description: 'The clip; `ETag` is its version', ...jsonContent(ReadClip) },
    ...{ ...notTheirs, ...notFound },
  },
});

const getAudio = roleRoute(Role.options, {
  method: 'get',
  path: '/calls/{callId}/clips/{clipId}/audio',
  summary: 'A link by which a clip is heard. It is noted in the custody of its call',
  request: { params: ClipPath },
  responses: {
    200: { description: 'The link', ...jsonContent(ClipLink) },
    ...{
      ...notTheirs,
      404: problemResponse('There is no such clip, or nothing of it to be heard: `detail` tells why.'),
    },
  },
});

const putClip = roleRoute(makers, {
  method: 'put',
  path: '/calls/{callId}/clips/{clipId}',
  summary: 'Changes a clip',
  request: { params: ClipPath, headers: ChangeHeaders, body: { required: true, ...jsonContent(NewClip) } },
  responses: {
    200: answersClip('The clip as it is then; `ETag` is its version'),
    ...{ ...badRequest, ...notTheirs, ...notFound, ...changed },
  },
});

const deleteClip = roleRoute(makers, {
  method: 'delete',
  path: '/calls/{callId}/clips/{clipId}',
  summary: 'Takes a clip out of the library. What was exported of it stays until it is withdrawn',
  request: { params: ClipPath, headers: ChangeHeaders },
  responses: { 204: { description: 'It is gone' }, ...{ ...notTheirs, ...notFound, ...changed } },
});

const listClips = roleRoute(Role.options, {
  method: 'get',
  path: '/clips',
  summary: 'The library: clips of their teams, and those that are for everyone, of a topic or all',
  request: { query: ListQuery.extend({ topic: Topic.optional() }) },
  responses: { 200: { description: 'One page of clips', ...jsonContent(pageOf(ClipBody)) }, ...badRequest },
});

/** Clips of calls: made by trainers and supervisors, found by those of the agent's team, or by everyone. */
export function clipRoutes(app: OpenAPIHono, needs: QualityNeeds): void {
  const { dynamodb, tableName, edge, clock, randomId, custody, calls } = needs;
  const clips = clipStore(dynamodb, tableName);
  const roster = rosterStore(dynamodb, tableName);
  const sounds = clipAudio(needs.s3, needs.transcriptsBucket);

  const told = (c: Context, clip: StoredClip, seesCall = true) => {
    c.header('etag', etagOf(clip.version));
    return toldClip(clip, seesCall);
  };
  const staleOf = (clipId: string) =>
    new VerbatimError('precondition-failed', `the clip ${clipId} has changed: read it again`);

  /** What is asked of a call's clip, and its sound: it is tagged as the call is by then. */
  const cut = async (call: Call, { clipId, version }: Pick<StoredClip, 'clipId' | 'version'>, asked: NewClip) => {
    checkRange(call, asked);
    const key = clipAudioKey({ callId: call.callId, clipId, version }, asked);
    const sound = await cutSound(sounds, call, asked, key, copyTags(call));
    return 'audioKey' in sound ? { hasSound: true, audioKey: key } : { hasSound: false, audioKey: undefined };
  };
  const tagSound = async (call: Call, { audioKey }: Pick<StoredClip, 'audioKey'>, audio: Pick<ClipAudio, 'tag'>) => {
    if (audioKey === undefined) return;
    await tagAsDecided(call.callId, calls.get, (now) => audio.tag(audioKey, copyTags(now)), call);
  };

  /** Notes in the custody of a call what of a clip of it is handed out, each time, before it is. */
  const noteHandedOut = async (c: Context, callId: string, details: Record<string, string>) => {
    const { by, person } = askerOf(c).who;
    const noted = await custody.append(callId, { kind: 'clip-handed-out', at: iso(clock()), by, person, details });
    if (!noted) throw new VerbatimError('not-found', `there is no call ${callId}`);
    c.header('cache-control', 'no-store');
  };

  app.openapi(postClip, async (c) => {
    const { callId } = c.req.valid('param');
    const asked = c.req.valid('json');
    const { person, who } = askerOf(c);
    const call = await seenCall(c, callId, needs);
    if (call.state !== 'tagged')
      throw new VerbatimError(
        'conflict',
        `the call ${callId} is ${call.state}: clips are made of calls that are tagged`,
      );
    const clipId = idOfRequest(c, randomId);
    const answer = (clip: StoredClip) => {
      if (!isAsAsked(clip, asked)) throw new VerbatimError('conflict', 'Idempotency-Key: is that of another clip');
      c.header('location', `/calls/${callId}/clips/${clipId}`);
      return c.json(told(c, clip), 201);
    };
    const before = await clips.get(callId, clipId);
    if (before) return answer(before);
    const { team } = call.agentId === undefined ? {} : await knownAgent(roster, call.agentId);
    const now = iso(clock());
    const sound = await cut(call, { clipId, version: 1 }, asked);
    const clip: StoredClip = {
      ...{ clipId, callId, callStartedAt: call.startedAt ?? call.receivedAt },
      ...(call.agentId !== undefined && { agentId: call.agentId }),
      ...(team !== undefined && { team }),
      ...{ ...asked, ...sound, clippedBy: person, clippedAt: now, version: 1 },
    };
    const act = {
      ...{ kind: 'clip-made' as const, at: now, by: who.by, person, actId: `clip-made#${clipId}` },
      details: { clipId, startMs: asked.startMs, endMs: asked.endMs },
    };
    try {
      await custody.append(callId, act, clips.createItems(clip));
    } catch (error) {
      // Another request of the same key was faster.
      if (!isAwsError(error, 'TransactionCanceledException')) throw error;
    }
    const made = await clips.get(callId, clipId);
    if (!made) {
      // The call went meanwhile, or the clip was made by this key before, and deleted: nobody has the sound that was just cut.
      if (sound.audioKey !== undefined) await sounds.remove([sound.audioKey]);
      throw new VerbatimError('not-found', `the call ${callId} is gone, or the clip ${clipId} was deleted`);
    }
    await tagSound(call, made, sounds);
    return answer(made);
  });

  app.openapi(listCallClips, async (c) => {
    const { callId } = c.req.valid('param');
    await seenCall(c, callId, needs);
    const all = await clips.ofCall(callId);
    return c.json({ items: all.map((clip) => toldClip(clip, true)) }, 200);
  });

  app.openapi(getClip, async (c) => {
    const { callId, clipId } = c.req.valid('param');
    const { clip, seesCall } = await foundClip(c, callId, clipId, needs);
    const transcript = await needs.transcripts.get(callId);
    await noteHandedOut(c, callId, { clipId, words: 'clip' });
    return c.json({ clip: told(c, clip, seesCall), turns: transcript ? turnsOfRange(transcript, clip) : [] }, 200);
  });

  app.openapi(getAudio, async (c) => {
    const { callId, clipId } = c.req.valid('param');
    const { clip, seesCall } = await foundClip(c, callId, clipId, needs);
    const { audioKey, startMs, endMs } = clip;
    const own = audioKey === undefined ? undefined : await sounds.link(audioKey, clock);
    if (!own && !seesCall)
      throw new VerbatimError(
        'not-found',
        `the clip ${clipId} has no sound of its own, and its call is not yours to hear`,
      );
    const call = own ? undefined : await seenCall(c, callId, needs);
    const link = call && (await needs.audio.forAll(call, startMs));
    await noteHandedOut(c, callId, { clipId, sound: own ? 'clip' : 'call' });
    const durationMs = endMs - startMs;
    if (own) return c.json({ ...own, sound: 'clip' as const, durationMs }, 200);
    if (!link) throw new Error('there is no link');
    const url = `${link.url.replace(/#.*$/, '')}#t=${startMs / 1000},${endMs / 1000}`;
    return c.json({ url, expiresAt: link.expiresAt, sound: 'call' as const, durationMs }, 200);
  });

  app.openapi(putClip, async (c) => {
    const { callId, clipId } = c.req.valid('param');
    const asked = c.req.valid('json');
    const call = await seenCall(c, callId, needs);
    const before = await clips.get(callId, clipId);
    if (!before) throw new VerbatimError('not-found', `there is no clip ${clipId} of the call ${callId}`);
    if (versionAsked(c) !== before.version) throw staleOf(clipId);
    const { audioKey, hasSound, ...rest } = before;
    const isSameSound = hasSound && before.startMs === asked.startMs && before.endMs === asked.endMs;
    const sound = isSameSound
      ? { hasSound, ...(audioKey && { audioKey }) }
      : await cut(call, { clipId, version: before.version + 1 }, asked);
    const after: StoredClip = { ...rest, ...asked, ...sound, version: before.version + 1 };
    if (!(await clips.change(before, after))) throw staleOf(clipId);
    await tagSound(call, after, sounds);
    if (audioKey !== undefined && audioKey !== after.audioKey) await sounds.remove([audioKey]);
    return c.json(told(c, after), 200);
  });

  app.openapi(deleteClip, async (c) => {
    const { callId, clipId } = c.req.valid('param');
    await seenCall(c, callId, needs);
    const clip = await clips.get(callId, clipId);
    if (!clip) throw new VerbatimError('not-found', `there is no clip ${clipId} of the call ${callId}`);
    if (versionAsked(c) !== clip.version || !(await clips.remove(clip))) throw staleOf(clipId);
    if (clip.audioKey !== undefined) await sounds.remove([clip.audioKey]);
    return c.body(null, 204);
  });

  app.openapi(listClips, async (c) => {
    const { topic, ...asked } = c.req.valid('query');
    const scope = await scopeOf(c, needs);
    const of = ['clips', topic ?? '', ...(scope === 'all' ? ['*'] : scope.toSorted())];
    const page = await edge.listPage(of, { ...EVER, ...asked }, (request) => clips.list(scope, topic, request));
    const agentIds = page.items.map(({ agentId }) => agentId);
    const seesCall = await seesCallsOf(c, agentIds, needs);
    return c.json({ ...page, items: page.items.map((clip) => toldClip(clip, seesCall(clip.agentId))) }, 200);
  });
}

/** Whether a clip is the one that is asked for. */
const isAsAsked = (clip: StoredClip, asked: NewClip): boolean =>
  (Object.keys(asked) as (keyof NewClip)[]).every((name) => JSON.stringify(clip[name]) === JSON.stringify(asked[name]));

function checkRange({ callId, durationMs }: Pick<Call, 'callId' | 'durationMs'>, { endMs }: Range): void {
  if (durationMs !== undefined && endMs > durationMs)
    throw new VerbatimError('bad-request', `endMs: the call ${callId} is ${durationMs} ms long`);
}
