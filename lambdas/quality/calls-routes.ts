import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { AudioLink, Call, type CustodyActInput, Moment } from '../calls/calls.ts';
import { iso } from '../platform/clock.ts';
import { VerbatimError } from '../platform/errors.ts';
import { jsonContent, problemResponse } from '../platform/http.ts';
import { named } from '../platform/openapi.ts';
import { renderTranscript, TRANSCRIPT_FORMATS, TRANSCRIPT_TYPES, Transcript } from '../transcription/transcription.ts';
import { askerOf, Role, roleRoute } from './access.ts';
import type { QualityNeeds } from './quality-needs.ts';
import { CallScore, callScoreStore } from './scoring/call-score.ts';
import { Score } from './scoring/score.ts';
import { CallPath, seenCall } from './seen-call.ts';

/** A call as whoever reviews it sees it: without its customer, and without what is of its keeping. */
export const ReviewedCall = Call.pick({
  callId: true,
  agentId: true,
  startedAt: true,
  receivedAt: true,
  direction: true,
  queue: true,
  source: true,
  language: true,
  durationMs: true,
  state: true,
  tags: true,
  rulebookVersion: true,
}).extend({
  moments: z.array(named('Moment', Moment)),
  /** Its automatic scores, without their explanation. */
  scores: z.array(
    z.object({
      ...CallScore.pick({ scorecard: true, scorecardVersion: true, scoredAt: true }).shape,
      ...Score.pick({ percent: true, passed: true, failedBy: true }).shape,
    }),
  ),
});
export type ReviewedCall = z.infer<typeof ReviewedCall>;

const OFFSET = 'is no offset in milliseconds';
const refusals = {
  400: problemResponse('A parameter is not as it must be; `detail` names it.'),
  403: problemResponse('The call is not theirs to see.'),
};

const getCall = roleRoute(Role.options, {
  method: 'get',
  path: '/calls/{callId}',
  summary: 'A call with its moments and its automatic scores, without its customer',
  description: 'That it was read is noted in its custody first.',
  request: { params: CallPath },
  responses: {
    200: { description: 'The call', ...jsonContent(named('ReviewedCall', ReviewedCall)) },
    ...refusals,
    404: problemResponse('There is no such call.'),
  },
});

const getAudio = roleRoute(Role.options, {
  method: 'get',
  path: '/calls/{callId}/audio',
  summary: 'A link by which a call is heard for five minutes, from any offset',
  description:
    'Of the redacted audio; of the recording only where its source is not redacted. That it is handed out is noted in the custody of the call first.',
  request: {
    params: CallPath,
    query: z.object({
      startMs: z.coerce
        .number(OFFSET)
        .int(OFFSET)
        .nonnegative(OFFSET)
        .optional()
        .openapi({ description: 'Where to begin, such as the `startMs` of a moment. Without it: at the begin.' }),
    }),
  },
  responses: {
    200: { description: 'The link', ...jsonContent(named('AudioLink', AudioLink)) },
    ...refusals,
    404: problemResponse('There is no such call, or none of its audio may be heard by all; `detail` tells why.'),
  },
});

const getTranscript = roleRoute(Role.options, {
  method: 'get',
  path: '/calls/{callId}/transcript',
  summary: 'What was said in a call, redacted',
  description: 'That it is handed out is noted in the custody of the call first.',
  request: {
    params: CallPath,
    query: z.object({
      format: z.enum(TRANSCRIPT_FORMATS, `is not one of ${TRANSCRIPT_FORMATS.join(', ')}`).default('json'),
    }),
  },
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
    ...refusals,
    404: problemResponse('There is no such call, or it has no transcript; `detail` tells which.'),
  },
});

/** The calls that are reviewed: what is known of them, their words and their sound, redacted, for those who may see them. */
export function callsRoutes(app: OpenAPIHono, needs: QualityNeeds): void {
  const { calls, transcripts, audio, custody, clock } = needs;
  const callScores = callScoreStore(needs.dynamodb, needs.tableName);

  /**
   * Notes in the custody of a call what somebody is about to be given of it.
   *
   * @throws {VerbatimError} not-found, where nothing more is given of the call
   */
  const note = async (
    c: Context,
    callId: string,
    kind: CustodyActInput['kind'],
    details: CustodyActInput['details'] = {},
  ): Promise<void> => {
    const { role, who } = askerOf(c);
    const act = { kind, at: iso(clock()), by: who.by, person: who.person, details: { role, ...details } };
    if (!(await custody.append(callId, act)))
      throw new VerbatimError('not-found', `the call ${callId} is being deleted`);
  };

  app.openapi(getCall, async (c) => {
    const { callId } = c.req.valid('param');
    const call = await seenCall(c, callId, needs);
    const [moments, scores] = await Promise.all([calls.momentsOf(callId), callScores.ofCall(callId)]);
    await note(c, callId, 'call-read');
    const told = { ...call, moments, scores: scores.map(({ score, ...one }) => ({ ...one, ...score })) };
    // Parsed, as a moment that is found names the customer.
    return c.json(ReviewedCall.parse(told), 200);
  });

  app.openapi(getAudio, async (c) => {
    const { callId } = c.req.valid('param');
    const link = await audio.forAll(await seenCall(c, callId, needs), c.req.valid('query').startMs);
    const { audio: which, versionId, startMs, expiresAt } = link;
    await note(c, callId, 'audio-handed-out', { audio: which, versionId, startMs, expiresAt });
    // It ends, and is another one each time.
    c.header('cache-control', 'no-store');
    return c.json(link, 200);
  });

  app.openapi(getTranscript, async (c) => {
    const { callId } = c.req.valid('param');
    const { format } = c.req.valid('query');
    const call = await seenCall(c, callId, needs);
    const transcript = await transcripts.get(callId);
    if (!transcript) throw new VerbatimError('not-found', `the call ${callId} is ${call.state} and has no transcript`);
    await note(c, callId, 'transcript-handed-out', { format });
    return c.body(renderTranscript(transcript, format), 200, {
      'content-type': TRANSCRIPT_TYPES[format],
      // It is noted each time that it is handed out.
      'cache-control': 'no-store',
    });
  });
}
