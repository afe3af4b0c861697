import type { OpenAPIHono } from '@hono/zod-openapi';
import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { preferredType } from '../platform/accept.ts';
import { type Clock, iso } from '../platform/clock.ts';
import { EVER, type PageRequest } from '../platform/cursor.ts';
import { VerbatimError } from '../platform/errors.ts';
import { createHttpApp, type HttpEdge, jsonContent, problemResponse, whoOf } from '../platform/http.ts';
import { ListQuery, pageOf } from '../platform/listing.ts';
import { logger } from '../platform/logger.ts';
import { named } from '../platform/openapi.ts';
import {
  renderTranscript,
  TRANSCRIPT_FORMATS,
  TRANSCRIPT_TYPES,
  Transcript,
  type TranscriptFormat,
  type TranscriptStore,
} from '../transcription/transcription.ts';
import { type AudioLinks, AudioLink as AudioLinkTold } from './audio-link.ts';
import { Call as CallTold, Tagging } from './call.ts';
import type { CallStore } from './call-store.ts';
import { CallsWanted, foundBy } from './calls-wanted.ts';
import type { CustodyActInput } from './custody/custody.ts';
import { custodyRoutes } from './custody/custody-routes.ts';
import type { CustodyStore } from './custody/custody-store.ts';
import { FoundMoment as FoundMomentTold, MomentsWanted, Moment as MomentTold } from './moment.ts';
import { AgentMoments as AgentMomentsTold, MAX_GROUPED_MOMENTS, momentsByAgent } from './moments-by-agent.ts';
import type { phraseFinder } from './phrase-finder.ts';
import { FoundCall as FoundCallTold, type SearchNeeds, searchCalls } from './search-calls.ts';

/** What the calls URL needs. */
export interface CallsApiNeeds {
  readonly calls: CallStore;
  readonly transcripts: TranscriptStore;
  readonly phraseFinder: typeof phraseFinder;
  readonly audio: Pick<AudioLinks, 'forAll'>;
  /** Where it is noted who was given what, before they are. */
  readonly custody: CustodyStore;
  readonly clock: Clock;
  readonly edge: HttpEdge;
}

const Call = named('Call', CallTold);
const Moment = named('Moment', MomentTold);
const FoundMoment = named('FoundMoment', FoundMomentTold);
const FoundCall = named('FoundCall', FoundCallTold);
const AudioLink = named('AudioLink', AudioLinkTold);
const AgentMoments = named('AgentMoments', AgentMomentsTold);

/** Where the rest of a call is, as paths of this URL. */
export const CallLinks = z
  .object({ transcript: z.string(), audio: z.string(), custody: z.string() })
  .openapi('CallLinks');
export type CallLinks = z.infer<typeof CallLinks>;

const linksOf = (callId: string): CallLinks => ({
  transcript: `/calls/${callId}/transcript`,
  audio: `/calls/${callId}/audio`,
  custody: `/calls/${callId}/custody`,
});

const CallWithMoments = Call.extend({ moments: z.array(FoundMoment), links: CallLinks }).openapi('CallWithMoments');

const CallsQuery = ListQuery.extend(CallsWanted.shape)
  .extend({
    from: ListQuery.shape.from.openapi({
      description:
        'The begin of the period, included: of the start of the calls, or where `state` is named without agent, customer and tag, of when they are due. Without it: 366 days before `to`, or all.',
    }),
    tag: z.string().min(1, 'is empty').optional().openapi({ description: 'A tag that the calls have now.' }),
  })
  .refine((wanted) => foundBy(wanted) !== undefined, {
    error: 'name at least one of agentId, customerId, tag and state',
    path: ['agentId'],
  });

const Tag = z.string('is missing: name the tag').min(1);
const MomentsQuery = ListQuery.extend(MomentsWanted.shape).extend({ tag: Tag });
const ByAgentQuery = MomentsQuery.omit({ limit: true });

const OFFSET = 'is no offset in milliseconds';
const AudioQuery = z.object({
  startMs: z.coerce
    .number(OFFSET)
    .int(OFFSET)
    .nonnegative(OFFSET)
    .optional()
    .openapi({ description: 'Where to begin, such as the `startMs` of a moment. Without it: at the begin.' }),
});

const MAX_SEARCHED = 25;
const SEARCHED = `is not a whole number from 1 to ${MAX_SEARCHED}`;

const SearchQuery = ListQuery.extend({
  agentId: z.string().min(1).optional(),
  customerId: z.string().min(1).optional(),
  phrase: z
    .string('is missing: say what to look for')
    .max(500, 'is longer than 500 characters')
    .openapi({ description: 'In the notation of the rulebook, such as `send|post ... new card`.' }),
  speaker: z
    .enum(['AGENT', 'CUSTOMER'])
    .optional()
    .openapi({ description: 'Whose words count; those of speakers who are not known always do.' }),
  limit: z.coerce
    .number(SEARCHED)
    .int(SEARCHED)
    .min(1, SEARCHED)
    .max(MAX_SEARCHED, SEARCHED)
    .default(MAX_SEARCHED)
    .openapi({ description: 'How many calls are looked into, at most.' }),
}).refine(({ agentId, customerId }) => (agentId === undefined) !== (customerId === undefined), {
  error: 'name one of agentId and customerId',
  path: ['agentId'],
});

const TranscriptQuery = z.object({
  format: z
    .enum(TRANSCRIPT_FORMATS, `is not one of ${TRANSCRIPT_FORMATS.join(', ')}`)
    .optional()
    .openapi({
      description: 'Without it, as the header Accept says.',
    }),
});

const CallPath = z.object({ callId: z.string().openapi({ param: { name: 'callId', in: 'path' } }) });

const answers = <S extends z.ZodType>(description: string, schema: S) => ({
  200: { description, ...jsonContent(schema) },
  400: problemResponse('A parameter is not as it must be; `detail` names it.'),
});
const notFound = { 404: problemResponse('There is no such call.') };

const listCalls = createRoute({
  method: 'get',
  path: '/calls',
  summary: 'The calls of an agent, a customer, a tag or a state, in a period, of which all else is true that is named',
  description:
    'Where only an agent, a customer or a tag is named, or a state, a page is as long as its limit until the list ends. Else up to 250 calls are looked into for a page (of a tag or a state, of each of four partitions): it may be short, or empty, and have a `nextCursor`.',
  request: { query: CallsQuery },
  responses: answers('One page of calls', pageOf(Call)),
});

const getCall = createRoute({
  method: 'get',
  path: '/calls/{callId}',
  summary: 'A call with its moments, and where the rest of it is',
  description: 'That it was read is noted in its custody first.',
  request: { params: CallPath },
  responses: { ...answers('The call', CallWithMoments), ...notFound },
});

const getTranscript = createRoute({
  method: 'get',
  path: '/calls/{callId}/transcript',
  summary: 'What was said in a call',
  description: 'That it is handed out is noted in the custody of the call first.',
  request: { params: CallPath, query: TranscriptQuery },
  responses: {
    200: {
      description: 'The transcript: as data, to be read, or as subtitles of the recording',
      content: {
        [TRANSCRIPT_TYPES.json]: { schema: named('Transcript', Transcript) },
        [TRANSCRIPT_TYPES.text]: { schema: z.string() },
        [TRANSCRIPT_TYPES.vtt]: { schema: z.string() },
        [TRANSCRIPT_TYPES.srt]: { schema: z.string() },
      },
    },
    400: problemResponse('A parameter is not as it must be; `detail` names it.'),
    ...notFound,
    406: problemResponse('There is no `format`, and the header Accept admits none of the formats.'),
  },
});

const getAudio = createRoute({
  method: 'get',
  path: '/calls/{callId}/audio',
  summary: 'A link by which a call is heard for five minutes, from any offset',
  description:
    'Of the redacted audio; of the recording only where its source is not redacted. That it is handed out is noted in the custody of the call first.',
  request: { params: CallPath, query: AudioQuery },
  responses: {
    ...answers('The link', AudioLink),
    404: problemResponse('There is no such call, or none of its audio may be heard by all; `detail` tells why.'),
  },
});

const getTagging = createRoute({
  method: 'get',
  path: '/calls/{callId}/taggings/{tagging}',
  summary: 'The moments that a call had by one of its taggings: the first is 1, the last holds now',
  request: {
    params: CallPath.extend({
      tagging: z.coerce
        .number('is not a number')
        .int('is not a whole number')
        .positive('is not a number from 1 on')
        .openapi({ param: { name: 'tagging', in: 'path' } }),
    }),
  },
  responses: {
    ...answers('The tagging', Tagging.extend({ moments: z.array(Moment) }).openapi('TaggingWithMoments')),
    ...notFound,
  },
});

const search = createRoute({
  method: 'get',
  path: '/search',
  summary: 'The calls of an agent or a customer that began in a period and in which a phrase was said',
  request: { query: SearchQuery },
  responses: answers(
    'What was found in the next calls; `nextCursor` is there while calls remain, also where nothing was found',
    pageOf(FoundCall).extend({ searchedCalls: z.number().int(), notTranscribed: z.number().int() }),
  ),
});

const listMoments = createRoute({
  method: 'get',
  path: '/moments',
  summary: 'The moments of a tag that occurred in a period, of which all else is true that is named',
  description:
    'Where only the tag is named, a page is as long as its limit until the list ends, or goes over 12 empty months. Else up to 250 moments of each of four partitions are looked into for a page: it may be short, or empty, and have a `nextCursor`.',
  request: { query: MomentsQuery },
  responses: answers('One page of moments', pageOf(FoundMoment)),
});

const listMomentsByAgent = createRoute({
  method: 'get',
  path: '/moments/by-agent',
  operationId: 'listMomentsByAgent',
  summary: 'Which agents had moments of a tag in a period: how many, in how many calls, and each with its offsets',
  description: `All of the period, up to ${MAX_GROUPED_MOMENTS.toLocaleString('en')} moments or 4 MB. Where \`nextCursor\` is there, the groups of the pages that follow add to the former, by \`agentId\`.`,
  request: { query: ByAgentQuery },
  responses: answers('The agents, whoever had most first', pageOf(AgentMoments)),
});

/**
 * The calls URL: look-ups of calls and of moments, and what was said in a call, to be read and to be heard. Of a single call
 * nothing is answered before that is noted in its custody; lists are told in the log.
 */
export function callsApi(needs: CallsApiNeeds): OpenAPIHono {
  const { calls, transcripts, phraseFinder, audio, custody, clock, edge } = needs;
  const app = createHttpApp({
    title: 'Calls',
    description: 'Look-ups of calls, moments, transcripts and sound, and what was done with them.',
    edge,
  });

  /** @throws {VerbatimError} not-found, where there is no such call */
  const existing = async (callId: string): Promise<CallTold> => {
    const call = await calls.get(callId);
    if (!call) throw new VerbatimError('not-found', `there is no call ${callId}`);
    return call;
  };

  /**
   * Notes in the custody of a call what somebody is about to be given of it.
   *
   * @returns false where the call is gone meanwhile, or being deleted: it must not be given
   */
  const noted = async (
    c: Context,
    callId: string,
    kind: CustodyActInput['kind'],
    details: CustodyActInput['details'] = {},
  ): Promise<boolean> => (await custody.append(callId, { kind, at: iso(clock()), ...whoOf(c), details })) !== undefined;

  /** @throws {VerbatimError} not-found, where nothing more is given of the call */
  const note = async (...[c, callId, ...what]: Parameters<typeof noted>): Promise<void> => {
    if (!(await noted(c, callId, ...what))) throw new VerbatimError('not-found', `the call ${callId} is being deleted`);
  };

  /** Lists are of many calls: they are told in the log, without what was asked for and what was answered. */
  const listed = (c: Context, list: string, by: readonly string[], items: readonly unknown[]): void =>
    logger.info('a list was handed out', { list, foundBy: by, ...whoOf(c), items: items.length });

  app.openapi(listCalls, async (c) => {
    const { limit, cursor, from, to, order, ...rest } = c.req.valid('query');
    const wanted = CallsWanted.parse(rest);
    const asked = { limit, cursor, from, to, order };
    // Listed by when they are due, which for calls that are kept is years from now.
    const period = foundBy(wanted) === 'state' ? { ...asked, from: from ?? EVER.from, to: to ?? EVER.to } : asked;
    const of = ['calls', JSON.stringify(wanted)];
    const page = await edge.listPage(of, period, (request) => calls.listCalls(wanted, request));
    listed(c, 'calls', Object.keys(wanted), page.items);
    return c.json(page, 200);
  });

  app.openapi(getCall, async (c) => {
    const { callId } = c.req.valid('param');
    const [call, moments] = await Promise.all([existing(callId), calls.momentsOf(callId)]);
    await note(c, callId, 'call-read');
    return c.json({ ...call, moments, links: linksOf(callId) }, 200);
  });

  app.openapi(getTranscript, async (c) => {
    const { callId } = c.req.valid('param');
    const format = c.req.valid('query').format ?? acceptedFormat(c.req.header('accept'));
    const call = await existing(callId);
    const transcript = await transcripts.get(callId);
    if (!transcript) throw new VerbatimError('not-found', `the call ${callId} is ${call.state} and has no transcript`);
    await note(c, callId, 'transcript-handed-out', { format });
    return c.body(renderTranscript(transcript, format), 200, {
      'content-type': TRANSCRIPT_TYPES[format],
      vary: 'accept',
      // It is noted each time that it is handed out.
      'cache-control': 'no-store',
    });
  });

  app.openapi(getAudio, async (c) => {
    const { callId } = c.req.valid('param');
    const link = await audio.forAll(await existing(callId), c.req.valid('query').startMs);
    const { audio: which, versionId, startMs, expiresAt } = link;
    await note(c, callId, 'audio-handed-out', { audio: which, versionId, startMs, expiresAt });
    // It ends, and is another one each time.
    c.header('cache-control', 'no-store');
    return c.json(link, 200);
  });

  app.openapi(getTagging, async (c) => {
    const { callId, tagging: number } = c.req.valid('param');
    const call = await existing(callId);
    const tagging = call.taggings[number - 1];
    if (!tagging) throw new VerbatimError('not-found', `the call ${callId} was tagged ${call.taggings.length} times`);
    const { moments } =
      number === call.taggings.length
        ? await calls.momentsToReplace(call)
        : { moments: await calls.formerMoments(callId, number) };
    await note(c, callId, 'call-read', { tagging: number });
    return c.json({ ...tagging, moments: [...moments] }, 200);
  });

  app.openapi(listMoments, async (c) => {
    const { tag, limit, cursor, from, to, order, ...rest } = c.req.valid('query');
    const wanted = MomentsWanted.parse(rest);
    const list = (request: PageRequest) => calls.listMoments(tag, request, wanted);
    const of = ['moments', tag, JSON.stringify(wanted)];
    const page = await edge.listPage(of, { limit, cursor, from, to, order }, list);
    listed(c, 'moments', ['tag', ...Object.keys(wanted)], page.items);
    return c.json(page, 200);
  });

  app.openapi(listMomentsByAgent, async (c) => {
    const { tag, cursor, from, to, order, ...rest } = c.req.valid('query');
    const wanted = MomentsWanted.parse(rest);
    const list = (request: PageRequest, perPartition: number) => calls.listMoments(tag, request, wanted, perPartition);
    const of = ['moments-by-agent', tag, JSON.stringify(wanted)];
    const asked = { cursor, from, to, order, limit: MAX_GROUPED_MOMENTS };
    const page = await edge.listPage(of, asked, (request) => momentsByAgent(request, list));
    const moments = page.items.flatMap((group) => group.moments);
    listed(c, 'moments by agent', ['tag', ...Object.keys(wanted)], moments);
    return c.json(page, 200);
  });

  app.openapi(search, async (c) => {
    const { agentId, customerId, phrase, speaker, ...asked } = c.req.valid('query');
    const [by, id, list] =
      agentId !== undefined
        ? (['agentId', agentId, calls.listByAgent] as const)
        : (['customerId', customerId ?? '', calls.listByCustomer] as const);
    const searching: SearchNeeds = {
      list: (request) => list(id, request),
      transcriptOf: transcripts.get,
      find: finderOf(() => phraseFinder(phrase, speaker)),
    };
    const of = ['search', by, id, phrase, speaker ?? ''];
    const page = await edge.listPage(of, asked, (request) => searchCalls(request, searching));
    const found = await Promise.all(
      page.items.map(async (call) => {
        const isNoted = await noted(c, call.callId, 'found-by-search', { matches: call.matches.length });
        return isNoted ? [call] : [];
      }),
    );
    const items = found.flat();
    listed(c, 'search', [by, 'phrase'], items);
    return c.json({ ...page, items }, 200);
  });

  custodyRoutes(app, { calls, custody, clock, edge });
  return app;
}

/** The format that a request without a `format` is answered in. */
function acceptedFormat(accept: string | undefined): TranscriptFormat {
  const type = preferredType(accept, Object.values(TRANSCRIPT_TYPES));
  const format = TRANSCRIPT_FORMATS.find((one) => TRANSCRIPT_TYPES[one] === type);
  if (format) return format;
  const types = Object.values(TRANSCRIPT_TYPES).map((one) => one.split(';')[0]);
  throw new VerbatimError('not-acceptable', `accept: admits none of ${types.join(', ')}`);
}

function finderOf<F>(make: () => F): F {
  try {
    return make();
  } catch (error) {
    if (error instanceof TypeError)
      throw new VerbatimError('bad-request', `phrase: ${error.message}`, { cause: error });
    throw error;
  }
}
