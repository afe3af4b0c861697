import * as z from 'zod';
import { NotePointer, NoteTold } from './note.ts';

/** Where a goal stands. One that is open is taken along into the next session. */
export const GoalState = z.enum(['open', 'reached', 'dropped']);
export type GoalState = z.infer<typeof GoalState>;

/** What an agent and their supervisor agreed on. */
export const Goal = z.object({
  /** The same in each session that it is taken along into. */
  goalId: z.string(),
  scorecard: z.string(),
  /** @default the scorecard's whole score */
  criterionId: z.string().optional(),
  /** The mean of scores, or of the points of the criterion, that is aimed at, in percent. */
  targetPercent: z.number().min(0).max(100).optional(),
  text: z.string(),
  state: GoalState,
  /** When it was set. */
  since: z.iso.datetime(),
});
export type Goal = z.infer<typeof Goal>;

/**
 * A coaching session: the notes that were written since the one before, what is aimed at, and when the next one is. It is about the
 * agent, and holds no word of a call: those are in its notes, which go with their calls.
 */
export const Session = z.object({
  sessionId: z.string(),
  agentId: z.string(),
  /** The person who holds it. */
  person: z.string(),
  /** When it is, or was. Progress is compared before and after this. */
  heldAt: z.iso.datetime(),
  /** When the next one is. */
  nextAt: z.iso.datetime().optional(),
  notes: z.array(NotePointer),
  /** There are more notes than a session gathers: they wait for the next one. */
  hasMoreNotes: z.boolean(),
  goals: z.array(Goal),
  createdAt: z.iso.datetime(),
  /** 1, and 1 more with each change: the ETag. */
  version: z.int().positive(),
});
export type Session = z.infer<typeof Session>;

/** A session with the words of its notes, as far as their calls are there. */
export const SessionTold = Session.extend({ notes: z.array(NoteTold) });
export type SessionTold = z.infer<typeof SessionTold>;

/** So many notes are gathered into one session: DynamoDB takes 100 items in a transaction. */
export const MAX_NOTES = 80;

/** So many goals a session has at the most. */
export const MAX_GOALS = 30;

/** What of the goals of a session is taken along into the next. */
export const openGoals = ({ goals }: Pick<Session, 'goals'>): Goal[] => goals.filter(({ state }) => state === 'open');
