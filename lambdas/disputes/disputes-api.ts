import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { AudioLink, type AudioLinks, type CallStore, type CustodyStore } from '../calls/calls.ts';
import { EVER } from '../platform/cursor.ts';
import { VerbatimError } from '../platform/errors.ts';
import {
  ByName,
  createHttpApp,
  etagOf,
  type HttpEdge,
  idOfRequest,
  jsonContent,
  problemResponse,
  Reason,
  versionAsked,
  whoOf,
} from '../platform/http.ts';
import { ListQuery, pageOf } from '../platform/listing.ts';
import { ChangeHeaders, KeyHeader, named, UtcTime } from '../platform/openapi.ts';
import { renderTranscript, TRANSCRIPT_FORMATS, TRANSCRIPT_TYPES, Transcript } from '../transcription/transcription.ts';
import { Candidates as CandidatesFound } from './candidates.ts';
import {
  type AskedChange,
  addFinding,
  type ChangeNeeds,
  closeDispute,
  decideDispute,
  openDispute,
  reopenDispute,
  takeCalls,
} from './change-dispute.ts';
import {
  DisputeState,
  DisputeSummary as DisputeSummaryTold,
  Dispute as DisputeTold,
  Outcome,
  type StoredDispute,
} from './dispute.ts';
import type { DisputeStore } from './dispute-store.ts';
import { type EvidenceRoutesNeeds, evidenceRoutes } from './evidence/evidence-routes.ts';
import { type FindCandidatesNeeds, findCandidates } from './find-candidates.ts';
import { type HandOutNeeds, handedOutCall, noteHandOut, transcriptOf } from './hand-out.ts';
import { WINDOW_DAYS } from './period.ts';
import { saidAt } from './said-at.ts';

/** What the disputes URL needs. */
export interface DisputesApiNeeds extends Omit<FindCandidatesNeeds, 'calls' | 'custody' | 'transcripts'> {
  readonly edge: HttpEdge;
  readonly change: ChangeNeeds;
  readonly disputes: DisputeStore;
  readonly calls: Pick<CallStore, 'get' | 'momentsOf'>;
  readonly transcripts: HandOutNeeds['transcripts'];
  readonly custody: Pick<CustodyStore, 'append'>;
  /** Links by which the sound of calls is heard. */
  readonly audio: AudioLinks;
  /** What evidence packages of disputes need besides. */
  readonly evidence: Omit<EvidenceRoutesNeeds, 'disputes' | 'edge' | 'custody' | 'clock' | 'randomId'>;
  /** A text that no other request has. */
  readonly randomId: () => string;
}

const DisputeBody = named('Dispute', DisputeTold);
const SummaryBody = named('DisputeSummary', DisputeSummaryTold);
const CandidatesBody = named('Candidates', CandidatesFound);

const Name = z.string().trim().min(1, 'is empty').max(256, 'is longer than 256 characters');
const byName = ByName.openapi({ description: 'Whoever stands behind the principal that signs the request.' });
const DAYS = 'is not a whole number from 0 to 366';
const Offset = z.number('is no offset in milliseconds').int('is not a whole number').nonnegative('is below 0');

const NewDispute = z
  .strictObject({
    customerId: Name,
    claim: z
      .string('is missing: say what is claimed')
      .trim()
      .min(1, 'is empty')
      .max(2000, 'is longer than 2000 characters'),
    topic: Name.optional().openapi({
      description: 'One of the topics of the config: what is looked for in the calls.',
    }),
    day: z.iso
      .date('is not a day, such as 2026-10-14')
      .optional()
      .openapi({ description: 'The day (UTC) of which the claim speaks: name it, or `from` and `to`.' }),
    windowDays: z
      .number(DAYS)
      .int(DAYS)
      .min(0, DAYS)
      .max(366, DAYS)
      .optional()
      .openapi({
        description: `So many days before and behind the day calls are looked for. Without it: ${WINDOW_DAYS}.`,
      }),
    from: UtcTime.optional().openapi({ description: 'The begin of the period, included.' }),
    to: UtcTime.optional().openapi({ description: 'The end of the period, not included.' }),
    byName,
  })
  .openapi('NewDispute');

const MAX_TAKEN = 25;
const NewCalls = z
  .strictObject({
    callIds: z
      .array(Name)
      .min(1, 'is empty')
      .max(MAX_TAKEN, `names more than ${MAX_TAKEN}: take them in by several requests`),
    why: Reason,
    byName,
  })
  .openapi('CallsToTakeIn');

const NewFinding = z
  .strictObject({
    callId: Name,
    startMs: Offset.optional().openapi({ description: 'Where in the recording. Without it: the call as a whole.' }),
    endMs: Offset.optional().openapi({
      description: 'Without it: the end of the moment that is tagged there, or of what its speaker says.',
    }),
    conclusion: z
      .string('is missing: say what you conclude')
      .trim()
      .min(1, 'is empty')
      .max(4000, 'is longer than 4000 characters'),
    byName,
  })
  .refine(({ startMs, endMs }) => endMs === undefined || (startMs !== undefined && startMs < endMs), {
    error: 'is not behind a startMs',
    path: ['endMs'],
  })
  .openapi('NewFinding');

const NewDecision = z
  .strictObject({
    outcome: Outcome,
    reason: Reason,
    policy: Name.optional().openapi({
      description: "One of the policies of the config. Without it: that of the dispute's topic.",
    }),
    notSaid: z
      .boolean()
      .optional()
      .openapi({ description: 'It is decided on what was not said: no call need be taken in.' }),
    byName,
  })
  .openapi('NewDecision');

const Closing = z.strictObject({ reason: Reason.optional(), byName }).openapi('Closing');
const Reopening = z.strictObject({ reason: Reason, byName }).openapi('Reopening');

const DisputePath = z.object({ disputeId: z.string().openapi({ param: { name: 'disputeId', in: 'path' } }) });
const CallPath = DisputePath.extend({ callId: z.string().openapi({ param: { name: 'callId', in: 'path' } }) });

const DisputesQuery = ListQuery.extend({
  state: DisputeState.optional().openapi({
    description:
      'Without it: every state. Open and decided ones are in order of when they were opened, closed ones of when they were.',
  }),
  customerId: z.string().min(1).optional().openapi({
    description: "Of a customer's disputes some pages may be short, or empty, where a state is named, too.",
  }),
});

const Original = z
  .enum(['true', 'false'])
  .default('false')
  .transform((original) => original === 'true')
  .openapi({
    type: 'boolean',
    description: 'What was not redacted: say why by `reason`. Not of a dispute that is closed.',
  });
const Why = Reason.optional().openapi({ description: 'Why. It is noted in the custody of the call.' });
const AudioQuery = z.object({
  original: Original,
  reason: Why,
  startMs: z.coerce.number().int().nonnegative().optional(),
});
const TranscriptQuery = z.object({
  original: Original,
  reason: Why,
  format: z.enum(TRANSCRIPT_FORMATS, `is not one of ${TRANSCRIPT_FORMATS.join(', ')}`).default('json'),
});

const badRequest = { 400: problemResponse('A field is not as it must be; `detail` names it.') };
const notFound = { 404: problemResponse('There is no such dispute.') };
const answersDispute = (description: string) => ({ description, ...jsonContent(DisputeBody) });
const changeRoute = <P extends string, S extends z.ZodType>(path: P, summary: string, body: S) =>
  createRoute({
    method: 'post',
    path: `/disputes/{disputeId}/${path}`,
    summary,
    request: { params: DisputePath, headers: ChangeHeaders, body: { required: true, ...jsonContent(body) } },
    responses: {
      200: answersDispute('The dispute as it is then; `ETag` is its version'),
      ...badRequest,
      404: problemResponse('There is no such dispute, or no such call.'),
      409: problemResponse('It is in a state in which that cannot be: `detail` names the state, and what can.'),
      412: problemResponse('It has changed since the version of `If-Match`: read it again.'),
      428: problemResponse('There is no `If-Match`.'),
    },
  });

const postDispute = createRoute({
  method: 'post',
  path: '/disputes',
  summary: 'Opens a dispute',
  request: { headers: KeyHeader, body: { required: true, ...jsonContent(NewDispute) } },
  responses: {
    201: answersDispute('The dispute; `Location` is where it is, `ETag` its version'),
    ...badRequest,
    409: problemResponse('The `Idempotency-Key` is that of another dispute.'),
  },
});

const listDisputes = createRoute({
  method: 'get',
  path: '/disputes',
  summary: 'Disputes, of a customer or in a state, or all',
  request: { query: DisputesQuery },
  responses: { 200: { description: 'One page of disputes', ...jsonContent(pageOf(SummaryBody)) }, ...badRequest },
});

const getDispute = createRoute({
  method: 'get',
  path: '/disputes/{disputeId}',
  summary: 'A dispute with its calls, what was found in them, how it was decided, and all that happened to it',
  request: { params: DisputePath },
  responses: { 200: answersDispute('The dispute; `ETag` is its version'), ...notFound },
});

const getCandidates = createRoute({
  method: 'get',
  path: '/disputes/{disputeId}/candidates',
  summary: "The customer's calls in the period, those first that bear most on the claim; or that it was said in none",
  request: { params: DisputePath },
  responses: { 200: { description: 'The calls', ...jsonContent(CandidatesBody) }, ...badRequest, ...notFound },
});

const postCalls = changeRoute('calls', 'Takes calls into a dispute: they are held from then on', NewCalls);
const postFinding = changeRoute('findings', 'Adds what was concluded from a moment of a call', NewFinding);
const postDecision = changeRoute(
  'decision',
  'Decides a dispute, by the policy in force when its calls were',
  NewDecision,
);
const postClose = changeRoute('close', 'Closes a dispute: the hold of its calls is released', Closing);
const postReopen = changeRoute('reopen', 'Reopens a dispute: its calls are held again', Reopening);

const handedOut = {
  ...badRequest,
  404: problemResponse('There is no such dispute; or there is no such sound or transcript: `detail` tells why.'),
  409: problemResponse(
    'The call is not in the dispute, or gone; or the dispute is closed, and an original was asked for.',
  ),
};

const getAudio = createRoute({
  method: 'get',
  path: '/disputes/{disputeId}/calls/{callId}/audio',
  summary: 'A link by which a call of a dispute is heard, redacted or as it was',
  request: { params: CallPath, query: AudioQuery },
  responses: { 200: { description: 'The link', ...jsonContent(named('AudioLink', AudioLink)) }, ...handedOut },
});

const getTranscript = createRoute({
  method: 'get',
  path: '/disputes/{disputeId}/calls/{callId}/transcript',
  summary: 'What was said in a call of a dispute, redacted or as it was',
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
    ...handedOut,
  },
});

/** The disputes URL: what customers claim, the calls that bear on it, and how it was decided. */
export function disputesApi(needs: DisputesApiNeeds): OpenAPIHono {
  const { edge, change, disputes, calls, transcripts, audio, custody, clock, randomId } = needs;
  const app = createHttpApp({
    title: 'Disputes',
    description: 'What customers claim of their calls: found, held, decided, and proved.',
    edge,
  });

  const existing = async (disputeId: string): Promise<DisputeTold> => {
    const dispute = await disputes.get(disputeId);
    if (!dispute) throw new VerbatimError('not-found', `there is no dispute ${disputeId}`);
    return dispute;
  };
  const askedOf = (c: Context, disputeId: string, byName: string | undefined): AskedChange => ({
    ...{ disputeId, who: { ...whoOf(c), byName } },
    version: versionAsked(c),
    changeId: idOfRequest(c, randomId),
  });
  /** A dispute as it is told, with its version. */
  const told = (c: Context, stored: StoredDispute | DisputeTold): DisputeTold => {
    c.header('etag', etagOf(stored.version));
    return DisputeTold.parse(stored);
  };

  app.openapi(postDispute, async (c) => {
    const { byName: name, ...asked } = c.req.valid('json');
    const opened = await openDispute(idOfRequest(c, randomId), asked, { ...whoOf(c), byName: name }, change);
    c.header('location', `/disputes/${opened.disputeId}`);
    return c.json(told(c, opened), 201);
  });

  app.openapi(listDisputes, async (c) => {
    const { state, customerId, ...asked } = c.req.valid('query');
    const states = state === undefined ? DisputeState.options : [state];
    const of = ['disputes', customerId ?? '', ...states];
    const page = await edge.listPage(of, { ...EVER, ...asked }, (request) =>
      customerId === undefined ? disputes.list(states, request) : disputes.listByCustomer(customerId, states, request),
    );
    return c.json(page, 200);
  });

  app.openapi(getDispute, async (c) => c.json(told(c, await existing(c.req.valid('param').disputeId)), 200));

  app.openapi(getCandidates, async (c) => {
    const dispute = await existing(c.req.valid('param').disputeId);
    return c.json(CandidatesFound.parse(await findCandidates(dispute, whoOf(c), needs)), 200);
  });

  app.openapi(postCalls, async (c) => {
    const { byName: name, ...asked } = c.req.valid('json');
    return c.json(told(c, await takeCalls(askedOf(c, c.req.valid('param').disputeId, name), asked, change)), 200);
  });

  app.openapi(postFinding, async (c) => {
    const { byName: name, ...asked } = c.req.valid('json');
    const said = async (callId: string) => {
      const [moments, transcript] = await Promise.all([calls.momentsOf(callId), transcripts.get(callId)]);
      return saidAt(asked, moments, transcript);
    };
    return c.json(
      told(c, await addFinding(askedOf(c, c.req.valid('param').disputeId, name), asked, said, change)),
      200,
    );
  });

  app.openapi(postDecision, async (c) => {
    const { byName: name, ...asked } = c.req.valid('json');
    return c.json(told(c, await decideDispute(askedOf(c, c.req.valid('param').disputeId, name), asked, change)), 200);
  });

  app.openapi(postClose, async (c) => {
    const { byName: name, ...asked } = c.req.valid('json');
    return c.json(told(c, await closeDispute(askedOf(c, c.req.valid('param').disputeId, name), asked, change)), 200);
  });

  app.openapi(postReopen, async (c) => {
    const { byName: name, ...asked } = c.req.valid('json');
    return c.json(told(c, await reopenDispute(askedOf(c, c.req.valid('param').disputeId, name), asked, change)), 200);
  });

  app.openapi(getAudio, async (c) => {
    const { disputeId, callId } = c.req.valid('param');
    const { startMs, ...query } = c.req.valid('query');
    const asked = { callId, ...query };
    const dispute = await existing(disputeId);
    const call = await handedOutCall(dispute, asked, needs);
    const link = await (asked.original ? audio.original(call, startMs) : audio.forAll(call, startMs));
    const details = { audio: link.audio, versionId: link.versionId, startMs: link.startMs };
    await noteHandOut('audio-handed-out', dispute, asked, details, whoOf(c), needs);
    // It is noted each time that it is handed out.
    c.header('cache-control', 'no-store');
    return c.json(link, 200);
  });

  app.openapi(getTranscript, async (c) => {
    const { disputeId, callId } = c.req.valid('param');
    const { format, ...query } = c.req.valid('query');
    const asked = { callId, ...query };
    const dispute = await existing(disputeId);
    const call = await handedOutCall(dispute, asked, needs);
    const transcript = await transcriptOf(call, asked.original, needs);
    await noteHandOut('transcript-handed-out', dispute, asked, { format }, whoOf(c), needs);
    return c.body(renderTranscript(transcript, format), 200, {
      'content-type': TRANSCRIPT_TYPES[format],
      'cache-control': 'no-store',
    });
  });

  evidenceRoutes(app, { ...needs.evidence, ...{ disputes, edge, custody, clock, randomId } });
  return app;
}
