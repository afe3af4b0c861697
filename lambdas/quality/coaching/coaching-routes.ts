import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { VerbatimError } from '../../platform/errors.ts';
import { etagOf, idOfRequest, jsonContent, problemResponse, versionAsked } from '../../platform/http.ts';
import { ListQuery, pageOf } from '../../platform/listing.ts';
import { ChangeHeaders, KeyHeader, named } from '../../platform/openapi.ts';
import { type Asker, askerOf, checkNotOwn, checkSeesAgent, roleRoute } from '../access.ts';
import type { QualityNeeds } from '../quality-needs.ts';
import { AgentPath } from '../roster-routes.ts';
import { knownAgent, rosterStore } from '../roster-store.ts';
import { CallPath, seenCall, seenCallOfAgent } from '../seen-call.ts';
import { changeSession, noSession, openSession, writeNote } from './coach.ts';
import { Note as NoteStored, NoteTold } from './note.ts';
import { noteStore } from './note-store.ts';
import { GoalState, MAX_GOALS, Session as SessionStored, SessionTold } from './session.ts';
import { sessionStore } from './session-store.ts';
import { Time } from './time.ts';

const NoteBody = named('CoachingNote', NoteStored);
const NoteOfAgent = named('CoachingNoteOfAgent', NoteTold);
const SessionBody = named('CoachingSession', SessionStored);
const SessionWithNotes = named('CoachingSessionWithNotes', SessionTold);

const Offset = z.int('is no whole number of milliseconds').nonnegative('is below 0');
const Name = z.string().trim().min(1, 'is empty').max(60, 'is longer than 60 characters');

const NewNote = z
  .strictObject({
    startMs: Offset.openapi({ description: 'Where in the recording, in milliseconds.' }),
    endMs: Offset,
    criterionId: Name.openapi({ description: 'The criterion that the note is about.' }),
    scorecard: Name.optional().openapi({
      description: 'The scorecard that has it. Without it: the only one that does.',
    }),
    text: z
      .string('is missing: say what is noted')
      .trim()
      .min(1, 'is empty')
      .max(4000, 'is longer than 4000 characters'),
  })
  .refine(({ startMs, endMs }) => startMs < endMs, { error: 'is not behind startMs', path: ['endMs'] })
  .openapi('NewCoachingNote');

const NewGoal = z.strictObject({
  criterionId: Name.optional().openapi({ description: "Without it: the scorecard's whole score." }),
  scorecard: Name.optional(),
  targetPercent: z.number().min(0, 'is below 0').max(100, 'is above 100').optional(),
  text: z
    .string('is missing: say what is aimed at')
    .trim()
    .min(1, 'is empty')
    .max(500, 'is longer than 500 characters')
    .openapi({ description: 'It is kept when calls are gone: no words of a call, and no customer.' }),
});
const ChangedGoal = NewGoal.extend({
  goalId: Name.optional().openapi({ description: 'Of a goal that the session has. Without it: a new one.' }),
  state: GoalState.optional(),
});
const goalsOf = <S extends z.ZodType>(goal: S) => z.array(goal).max(MAX_GOALS, `are more than ${MAX_GOALS}`);

const NewSession = z
  .strictObject({
    heldAt: Time.optional().openapi({ description: 'When it is, or was. Without it: now.' }),
    nextAt: Time.optional().openapi({ description: 'When the next one is.' }),
    goals: goalsOf(NewGoal).optional().openapi({
      description: 'New ones, beside those of the last session that are open.',
    }),
  })
  .openapi('NewCoachingSession');

const ChangedSession = z
  .strictObject({ heldAt: Time, nextAt: Time.optional(), goals: goalsOf(ChangedGoal) })
  .openapi('ChangedCoachingSession');

const SessionPath = AgentPath.extend({
  sessionId: z.string().openapi({ param: { name: 'sessionId', in: 'path' } }),
});

const notTheirs = problemResponse('The agent is not theirs to see.');

const postNote = roleRoute(['supervisor'], {
  method: 'post',
  path: '/calls/{callId}/notes',
  summary: 'Writes a coaching note to a place of a call',
  request: { params: CallPath, headers: KeyHeader, body: { required: true, ...jsonContent(NewNote) } },
  responses: {
    201: { description: 'The note', ...jsonContent(NoteBody) },
    400: problemResponse('A field is not as it must be; `detail` names it.'),
    403: problemResponse('The call is not theirs to see, or their own.'),
    404: problemResponse('There is no such call, or it is being deleted.'),
    409: problemResponse('The call has no agent, or the `Idempotency-Key` is that of another note.'),
  },
});

const listCallNotes = roleRoute(['supervisor', 'agent'], {
  method: 'get',
  path: '/calls/{callId}/notes',
  summary: 'The coaching notes of a call, by where they begin',
  request: { params: CallPath },
  responses: {
    200: { description: 'All of them', ...jsonContent(z.object({ items: z.array(NoteBody) })) },
    403: problemResponse('The call is not theirs to see.'),
    404: problemResponse('There is no such call.'),
  },
});

const listAgentNotes = roleRoute(['supervisor', 'agent'], {
  method: 'get',
  path: '/agents/{agentId}/notes',
  summary: 'The coaching notes of an agent, by when they were written',
  description:
    'Of a note whose call is gone it is told that it was written, and of which criterion; its words are gone.',
  request: { params: AgentPath, query: ListQuery },
  responses: { 200: { description: 'One page of notes', ...jsonContent(pageOf(NoteOfAgent)) }, 403: notTheirs },
});

const postSession = roleRoute(['supervisor'], {
  method: 'post',
  path: '/agents/{agentId}/sessions',
  summary: 'Puts in a coaching session: it gathers notes and open goals',
  request: { params: AgentPath, headers: KeyHeader, body: { required: true, ...jsonContent(NewSession) } },
  responses: {
    201: { description: 'The session; `ETag` is its version', ...jsonContent(SessionWithNotes) },
    400: problemResponse('A field is not as it must be; `detail` names it.'),
    403: problemResponse('The agent is not theirs to see, or they are the agent.'),
    404: problemResponse('Nobody of that id was seen or put in.'),
    409: problemResponse('The `Idempotency-Key` is that of another session, or others put in sessions just now.'),
  },
});

const listSessions = roleRoute(['supervisor', 'agent'], {
  method: 'get',
  path: '/agents/{agentId}/sessions',
  summary: 'The coaching sessions of an agent, by when they are held',
  request: { params: AgentPath, query: ListQuery },
  responses: { 200: { description: 'One page of sessions', ...jsonContent(pageOf(SessionBody)) }, 403: notTheirs },
});

const getSession = roleRoute(['supervisor', 'agent'], {
  method: 'get',
  path: '/agents/{agentId}/sessions/{sessionId}',
  summary: 'A coaching session with its notes and goals',
  request: { params: SessionPath },
  responses: {
    200: { description: 'The session; `ETag` is its version', ...jsonContent(SessionWithNotes) },
    403: notTheirs,
    404: problemResponse('There is no such session.'),
  },
});

const putSession = roleRoute(['supervisor'], {
  method: 'put',
  path: '/agents/{agentId}/sessions/{sessionId}',
  summary: 'Changes when a coaching session is held, when the next one is, and its goals',
  request: { params: SessionPath, headers: ChangeHeaders, body: { required: true, ...jsonContent(ChangedSession) } },
  responses: {
    200: { description: 'The session; `ETag` is its version', ...jsonContent(SessionWithNotes) },
    400: problemResponse('A field is not as it must be, or a goal is left out; `detail` names it.'),
    403: problemResponse('The agent is not theirs to see, or they are the agent.'),
    404: problemResponse('There is no such session.'),
    412: problemResponse('It has changed since the version of `If-Match`: read it again.'),
    428: problemResponse('There is no `If-Match`.'),
  },
});

/** Nobody coaches themselves. */
const checkNotTheirs = (asker: Asker, agentId: string): void => {
  if (asker.agentId === agentId)
    throw new VerbatimError('forbidden', `you are the agent ${agentId}: somebody else holds your coaching sessions`);
};

/** Coaching: notes on places of calls, and sessions that gather them. */
export function coachingRoutes(app: OpenAPIHono, needs: QualityNeeds): void {
  const { dynamodb, tableName, edge, quality, custody, randomId, clock } = needs;
  const roster = rosterStore(dynamodb, tableName);
  const notes = noteStore(dynamodb, tableName, quality.keepScoresDays);
  const sessions = sessionStore(dynamodb, tableName, quality.keepScoresDays);
  const coach = { notes, sessions, custody, scorecards: quality.scorecards, randomId, clock };
  const withNotes = async (session: SessionStored): Promise<SessionTold> => ({
    ...session,
    notes: await notes.told(session.notes),
  });

  app.openapi(postNote, async (c) => {
    const { callId } = c.req.valid('param');
    const asker = askerOf(c);
    const call = await seenCallOfAgent(c, callId, needs);
    checkNotOwn(asker, call.agentId, 'write a coaching note to it');
    const noteId = idOfRequest(c, randomId);
    return c.json(await writeNote(noteId, call, c.req.valid('json'), asker, coach), 201);
  });

  app.openapi(listCallNotes, async (c) => {
    const { callId } = c.req.valid('param');
    const { role, agentId } = askerOf(c);
    await seenCall(c, callId, needs);
    const items = await notes.ofCall(callId);
    // Who a call is of may have been corrected since a note was written.
    return c.json({ items: role === 'agent' ? items.filter((note) => note.agentId === agentId) : items }, 200);
  });

  app.openapi(listAgentNotes, async (c) => {
    const { agentId } = c.req.valid('param');
    checkSeesAgent(askerOf(c), await knownAgent(roster, agentId));
    const page = await edge.listPage(['coaching-notes', agentId], c.req.valid('query'), (request) =>
      notes.list(agentId, request),
    );
    return c.json(page, 200);
  });

  app.openapi(postSession, async (c) => {
    const { agentId } = c.req.valid('param');
    const asker = askerOf(c);
    checkSeesAgent(asker, await knownAgent(roster, agentId));
    checkNotTheirs(asker, agentId);
    if (!(await roster.get(agentId))) throw new VerbatimError('not-found', `there is no agent ${agentId}`);
    const session = await openSession(idOfRequest(c, randomId), agentId, c.req.valid('json'), asker, coach);
    c.header('etag', etagOf(session.version));
    return c.json(await withNotes(session), 201);
  });

  app.openapi(listSessions, async (c) => {
    const { agentId } = c.req.valid('param');
    checkSeesAgent(askerOf(c), await knownAgent(roster, agentId));
    const page = await edge.listPage(['coaching-sessions', agentId], c.req.valid('query'), (request) =>
      sessions.list(agentId, request),
    );
    return c.json(page, 200);
  });

  app.openapi(getSession, async (c) => {
    const { agentId, sessionId } = c.req.valid('param');
    checkSeesAgent(askerOf(c), await knownAgent(roster, agentId));
    const session = await sessions.get(agentId, sessionId);
    if (!session) throw noSession(agentId, sessionId);
    c.header('etag', etagOf(session.version));
    return c.json(await withNotes(SessionStored.parse(session)), 200);
  });

  app.openapi(putSession, async (c) => {
    const { agentId, sessionId } = c.req.valid('param');
    const asker = askerOf(c);
    checkSeesAgent(asker, await knownAgent(roster, agentId));
    checkNotTheirs(asker, agentId);
    const session = await changeSession(agentId, sessionId, versionAsked(c), c.req.valid('json'), coach);
    c.header('etag', etagOf(session.version));
    return c.json(await withNotes(session), 200);
  });
}
