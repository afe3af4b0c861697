import type { OpenAPIHono } from '@hono/zod-openapi';
import { createRoute, z } from '@hono/zod-openapi';
import { preferredType } from '../platform/accept.ts';
import { type Clock, iso } from '../platform/clock.ts';
import { EVER, type PageRequest } from '../platform/cursor.ts';
import { VerbatimError } from '../platform/errors.ts';
import { createHttpApp, jsonContent, problemResponse } from '../platform/http.ts';
import { ListQuery, listPage, pageOf } from '../platform/listing.ts';
import {
  renderTranscript,
  TRANSCRIPT_FORMATS,
  TRANSCRIPT_TYPES,
  Transcript,
  type TranscriptFormat,
  type TranscriptStore,
} from '../transcription/transcription.ts';
import { Call, CallState, Tagging } from './call.ts';
import type { CallStore } from './call-store.ts';
import { FoundMoment, Moment } from './moment.ts';
import type { phraseFinder } from './phrase-finder.ts';
import { FoundCall, type SearchNeeds, searchCalls } from './search-calls.ts';

/** What the calls URL needs. */
export interface CallsApiNeeds {
  readonly calls: CallStore;
  readonly transcripts: TranscriptStore;
  readonly phraseFinder: typeof phraseFinder;
  readonly clock: Clock;
}

const CallsQuery = ListQuery.extend({
  agentId: z.string().min(1).optional(),
  customerId: z.string().min(1).optional(),
  state: CallState.optional().openapi({ description: 'The period is that in which the calls are due (`dueAt`).' }),
}).refine(
  ({ agentId, customerId, state }) => [agentId, customerId, state].filter((one) => one !== undefined).length === 1,
  { error: 'name one of agentId, customerId and state', path: ['agentId'] },
);

const MomentsQuery = ListQuery.extend({ tag: z.string('is missing: name the tag').min(1) });

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
  summary: 'The calls of an agent or a customer that began in a period, or the calls in a state',
  request: { query: CallsQuery },
  responses: answers('One page of calls', pageOf(Call)),
});

const getCall = createRoute({
  method: 'get',
  path: '/calls/{callId}',
  summary: 'A call with its moments',
  request: { params: CallPath },
  responses: { ...answers('The call', Call.extend({ moments: z.array(FoundMoment) })), ...notFound },
});

const getTranscript = createRoute({
  method: 'get',
  path: '/calls/{callId}/transcript',
  summary: 'What was said in a call',
  request: { params: CallPath, query: TranscriptQuery },
  responses: {
    200: {
      description: 'The transcript: as data, to be read, or as subtitles of the recording',
      content: {
        [TRANSCRIPT_TYPES.json]: { schema: Transcript },
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
  responses: { ...answers('The tagging', Tagging.extend({ moments: z.array(Moment) })), ...notFound },
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
  summary: 'The moments of a tag that occurred in a period',
  request: { query: MomentsQuery },
  responses: answers('One page of moments', pageOf(FoundMoment)),
});

/** The calls URL: look-ups of calls by agent, customer and state, of moments by tag, and of what was said. */
export function callsApi({ calls, transcripts, phraseFinder, clock }: CallsApiNeeds): OpenAPIHono {
  const app = createHttpApp();

  app.openapi(listCalls, async (c) => {
    const { agentId, customerId, state, ...asked } = c.req.valid('query');
    const states = CallState.options.filter((one) => one === state);
    const listByState = (_: string, request: PageRequest) => calls.listByState(states, request);
    const [by, id, listed] =
      agentId !== undefined
        ? (['agentId', agentId, calls.listByAgent] as const)
        : customerId !== undefined
          ? (['customerId', customerId, calls.listByCustomer] as const)
          : (['state', state ?? '', listByState] as const);
    // Listed by when they are due, which for calls that are kept is years from now.
    const period = by === 'state' ? { ...EVER, ...asked } : asked;
    return c.json(await listPage([by, id], period, iso(clock()), (request) => listed(id, request)), 200);
  });

  app.openapi(getCall, async (c) => {
    const { callId } = c.req.valid('param');
    const [call, moments] = await Promise.all([calls.get(callId), calls.momentsOf(callId)]);
    if (!call) throw new VerbatimError('not-found', `there is no call ${callId}`);
    return c.json({ ...call, moments }, 200);
  });

  app.openapi(getTranscript, async (c) => {
    const { callId } = c.req.valid('param');
    const format = c.req.valid('query').format ?? acceptedFormat(c.req.header('accept'));
    const call = await calls.get(callId);
    if (!call) throw new VerbatimError('not-found', `there is no call ${callId}`);
    const transcript = await transcripts.get(callId);
    if (!transcript) throw new VerbatimError('not-found', `the call ${callId} is ${call.state} and has no transcript`);
    return c.body(renderTranscript(transcript, format), 200, {
      'content-type': TRANSCRIPT_TYPES[format],
      vary: 'accept',
    });
  });

  app.openapi(getTagging, async (c) => {
    const { callId, tagging: number } = c.req.valid('param');
    const call = await calls.get(callId);
    if (!call) throw new VerbatimError('not-found', `there is no call ${callId}`);
    const tagging = call.taggings[number - 1];
    if (!tagging) throw new VerbatimError('not-found', `the call ${callId} was tagged ${call.taggings.length} times`);
    const { moments } =
      number === call.taggings.length
        ? await calls.momentsToReplace(call)
        : { moments: await calls.formerMoments(callId, number) };
    return c.json({ ...tagging, moments: [...moments] }, 200);
  });

  app.openapi(listMoments, async (c) => {
    const { tag, ...asked } = c.req.valid('query');
    const list = (request: PageRequest) => calls.listMoments(tag, request);
    return c.json(await listPage(['tag', tag], asked, iso(clock()), list), 200);
  });

  app.openapi(search, async (c) => {
    const { agentId, customerId, phrase, speaker, ...asked } = c.req.valid('query');
    const [by, id, listed] =
      agentId !== undefined
        ? (['agentId', agentId, calls.listByAgent] as const)
        : (['customerId', customerId ?? '', calls.listByCustomer] as const);
    const needs: SearchNeeds = {
      list: (request) => listed(id, request),
      transcriptOf: transcripts.get,
      find: finderOf(() => phraseFinder(phrase, speaker)),
    };
    const of = ['search', by, id, phrase, speaker ?? ''];
    return c.json(await listPage(of, asked, iso(clock()), (request) => searchCalls(request, needs)), 200);
  });

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
