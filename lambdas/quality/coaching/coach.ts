import { type Call, type CustodyStore, sha256OfContent } from '../../calls/calls.ts';
import { type Clock, DAY_MS, iso, plusMs } from '../../platform/clock.ts';
import { VerbatimError } from '../../platform/errors.ts';
import type { Asker } from '../access.ts';
import type { QualityChoices } from '../quality-needs.ts';
import { criteriaOf, type Scorecard } from '../scoring/scorecard.ts';
import type { Note } from './note.ts';
import type { NoteStore } from './note-store.ts';
import { type Goal, type GoalState, MAX_GOALS, MAX_NOTES, openGoals, Session } from './session.ts';
import type { SessionStore, StoredSession } from './session-store.ts';

/** What coaching needs. */
export interface CoachNeeds {
  readonly notes: NoteStore;
  readonly sessions: SessionStore;
  readonly custody: Pick<CustodyStore, 'append'>;
  readonly scorecards: QualityChoices['scorecards'];
  readonly randomId: () => string;
  readonly clock: Clock;
}

/** So often is a session put in again where others put one in, or write notes, beside it. */
const ATTEMPTS = 5;

/**
 * The scorecard that a criterion is of.
 *
 * @param field what is named in the error
 * @throws {VerbatimError} bad-request, where there is none, or more than one has it and none is named
 */
export function scorecardOf(
  scorecards: readonly Scorecard[],
  { scorecard, criterionId }: { readonly scorecard?: string | undefined; readonly criterionId?: string | undefined },
  field = '',
): string {
  const named = scorecards.filter(({ name }) => scorecard === undefined || name === scorecard);
  if (named.length === 0) {
    const names = scorecards.map(({ name }) => name).join(', ') || 'none';
    throw new VerbatimError(
      'bad-request',
      scorecard === undefined
        ? `${field}scorecard: the config has none`
        : `${field}scorecard: there is no scorecard "${scorecard}"; those of the config are: ${names}`,
    );
  }
  const having = named.filter(
    (one) => criterionId === undefined || criteriaOf(one).some(({ id }) => id === criterionId),
  );
  const [only, another] = having;
  if (!only)
    throw new VerbatimError(
      'bad-request',
      `${field}criterionId: there is no criterion "${criterionId}" in ${named.map(({ name }) => name).join(', ')}`,
    );
  if (another)
    throw new VerbatimError(
      'bad-request',
      `${field}scorecard: is missing: name one of ${having.map(({ name }) => name).join(', ')}`,
    );
  return only.name;
}

/** A note that is asked to be written. */
export interface AskedNote {
  readonly startMs: number;
  readonly endMs: number;
  readonly scorecard?: string | undefined;
  readonly criterionId: string;
  readonly text: string;
}

/** A call with its agent, as it may be seen by whoever asks. */
export type CallOfAgent = Pick<Call, 'callId' | 'startedAt' | 'receivedAt' | 'durationMs'> & {
  readonly agentId: string;
};

/**
 * Writes a coaching note to a place of a call, which is noted in its custody.
 *
 * @param noteId the same whenever the same request is made again
 * @throws {VerbatimError} bad-request, where the place is not in the call or the criterion is none; not-found, where the call is gone;
 *   conflict, where the id is that of another note
 */
export async function writeNote(
  noteId: string,
  { callId, agentId, startedAt, receivedAt, durationMs }: CallOfAgent,
  asked: AskedNote,
  { person, who }: Asker,
  { notes, custody, scorecards, clock }: Pick<CoachNeeds, 'notes' | 'custody' | 'scorecards' | 'clock'>,
): Promise<Note> {
  if (durationMs !== undefined && asked.startMs >= durationMs)
    throw new VerbatimError('bad-request', `startMs: is behind the end of the call, which is ${durationMs} ms long`);
  const at = iso(clock());
  const note: Note = {
    ...{ noteId, callId, agentId, callStartedAt: startedAt ?? receivedAt, at, person },
    ...{ scorecard: scorecardOf(scorecards, asked), criterionId: asked.criterionId },
    ...{ startMs: asked.startMs, endMs: Math.min(asked.endMs, durationMs ?? asked.endMs), text: asked.text },
  };
  const { criterionId, startMs, endMs } = note;
  const noted = await custody.append(
    callId,
    {
      ...{ kind: 'note-added', at, by: who.by, person },
      details: { noteId, criterionId, startMs, endMs },
      actId: `coaching-note ${noteId}`,
    },
    notes.createItems(note),
  );
  const stored = noted && (await notes.get(callId, noteId));
  if (!stored) throw new VerbatimError('not-found', `there is no call ${callId}`);
  const contentOf = ({ at: _, ...content }: Note) => sha256OfContent(content);
  if (contentOf(stored) !== contentOf(note))
    throw new VerbatimError('conflict', `Idempotency-Key: it is that of the note ${noteId}, which is another one`);
  return stored;
}

/** A goal as it is asked for: without an id, a new one. */
export interface AskedGoal {
  readonly goalId?: string | undefined;
  readonly scorecard?: string | undefined;
  readonly criterionId?: string | undefined;
  readonly targetPercent?: number | undefined;
  readonly text: string;
  readonly state?: GoalState | undefined;
}

/**
 * The goals of a session, as they are asked to be.
 *
 * @param before those that it has: each of them must be among those that are asked for
 * @throws {VerbatimError} bad-request, where one is left out, is none of them, or is of no scorecard
 */
export function goalsAfter(
  before: readonly Goal[],
  asked: readonly AskedGoal[],
  { scorecards, randomId }: Pick<CoachNeeds, 'scorecards' | 'randomId'>,
  now: string,
): Goal[] {
  const left = before.find(({ goalId }) => !asked.some((one) => one.goalId === goalId));
  if (left)
    throw new VerbatimError(
      'bad-request',
      `goals: the goal ${left.goalId} is missing: to give it up, say that its state is "dropped"`,
    );
  if (asked.length > MAX_GOALS)
    throw new VerbatimError('bad-request', `goals: a session has ${MAX_GOALS} goals at the most`);
  return asked.map((one, i) => {
    const { goalId, scorecard, criterionId, targetPercent, text, state = 'open' } = one;
    const known = goalId === undefined ? undefined : before.find((goal) => goal.goalId === goalId);
    if (goalId !== undefined && !known)
      throw new VerbatimError(
        'bad-request',
        `goals.${i}.goalId: there is no goal ${goalId}: leave it out of a new one`,
      );
    if (known && asked.findIndex((other) => other.goalId === goalId) !== i)
      throw new VerbatimError('bad-request', `goals.${i}.goalId: the goal ${goalId} is there twice`);
    // What a goal is of may have left the config since it was set.
    const isAsBefore = known && (scorecard ?? known.scorecard) === known.scorecard && criterionId === known.criterionId;
    return {
      goalId: known?.goalId ?? randomId(),
      scorecard: isAsBefore ? known.scorecard : scorecardOf(scorecards, { scorecard, criterionId }, `goals.${i}.`),
      ...(criterionId !== undefined && { criterionId }),
      ...(targetPercent !== undefined && { targetPercent }),
      ...{ text, state, since: known?.since ?? now },
    };
  });
}

/** A session that is asked for. */
export interface AskedSession {
  readonly heldAt?: string | undefined;
  readonly nextAt?: string | undefined;
  readonly goals?: readonly AskedGoal[] | undefined;
}

/** A session is not put in for later than this: it is kept from when it is held. */
const MAX_AHEAD_DAYS = 366;

const checkTimes = (heldAt: string, nextAt: string | undefined, now: string): void => {
  if (heldAt > plusMs(now, MAX_AHEAD_DAYS * DAY_MS))
    throw new VerbatimError('bad-request', `heldAt: ${heldAt} is more than ${MAX_AHEAD_DAYS} days ahead`);
  if (nextAt !== undefined && nextAt <= heldAt)
    throw new VerbatimError('bad-request', `nextAt: ${nextAt} is not behind heldAt: ${heldAt}`);
};

/**
 * Puts in a session of an agent: it gathers the notes that no session has yet, and takes the open goals of the last one along. All of
 * that is one transaction, so that each note is in one session.
 *
 * @param sessionId the same whenever the same request is made again
 * @throws {VerbatimError} bad-request, where a goal or a time is none; conflict, where the id is that of another session
 */
export async function openSession(
  sessionId: string,
  agentId: string,
  asked: AskedSession,
  { person }: Asker,
  needs: CoachNeeds,
): Promise<Session> {
  const { notes, sessions, clock } = needs;
  const contentSha256 = sha256OfContent({ person, asked });
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const there = await sessions.get(agentId, sessionId);
    if (there?.contentSha256 === contentSha256) return Session.parse(there);
    if (there)
      throw new VerbatimError(
        'conflict',
        `Idempotency-Key: it is that of the session ${sessionId}, which is another one`,
      );
    const now = iso(clock());
    const { heldAt = now, nextAt } = asked;
    checkTimes(heldAt, nextAt, now);
    const last = await sessions.last(agentId);
    const { pointers, hasMore } = await notes.open(agentId, MAX_NOTES);
    const kept = last?.session ? openGoals(last.session) : [];
    const asks = asked.goals ?? [];
    if (kept.length + asks.length > MAX_GOALS)
      throw new VerbatimError(
        'bad-request',
        `goals: a session has ${MAX_GOALS} goals at the most, and ${kept.length} are open`,
      );
    const session: StoredSession = {
      ...{ sessionId, agentId, person, heldAt, nextAt, createdAt: now, version: 1, contentSha256 },
      ...{ notes: pointers, hasMoreNotes: hasMore },
      goals: [...kept, ...goalsAfter([], asks, needs, now)],
    };
    if (await sessions.create(session, last, pointers.map(notes.gather))) return Session.parse(session);
  }
  throw new VerbatimError('conflict', `the sessions of the agent ${agentId} change too fast: ask again`);
}

/** A session as it is asked to be. */
export interface AskedChange {
  readonly heldAt: string;
  readonly nextAt?: string | undefined;
  readonly goals: readonly AskedGoal[];
}

/**
 * Changes a session: when it is held, when the next one is, its goals.
 *
 * @param version that it was seen with
 * @throws {VerbatimError} not-found; precondition-failed, where it has changed since; bad-request, where a goal or a time is none
 */
export async function changeSession(
  agentId: string,
  sessionId: string,
  version: number,
  { heldAt, nextAt, goals }: AskedChange,
  needs: Pick<CoachNeeds, 'sessions' | 'scorecards' | 'randomId' | 'clock'>,
): Promise<Session> {
  const before = await needs.sessions.get(agentId, sessionId);
  if (!before) throw noSession(agentId, sessionId);
  const changed = () => new VerbatimError('precondition-failed', `the session ${sessionId} has changed: read it again`);
  if (before.version !== version) throw changed();
  const now = iso(needs.clock());
  checkTimes(heldAt, nextAt, now);
  const after: StoredSession = {
    ...before,
    ...{ heldAt, nextAt, version: version + 1 },
    goals: goalsAfter(before.goals, goals, needs, now),
  };
  if (!(await needs.sessions.replace(before, after))) throw changed();
  return Session.parse(after);
}

/** There is no such session. */
export const noSession = (agentId: string, sessionId: string) =>
  new VerbatimError('not-found', `there is no session ${sessionId} of the agent ${agentId}`);
