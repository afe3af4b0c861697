import * as z from 'zod';

/** What is kept of a coaching note beside its call, for the agent that it is for: no word of it. */
export const NotePointer = z.object({
  noteId: z.string(),
  callId: z.string(),
  agentId: z.string(),
  /** When the call began; where that is not known, when its recording arrived. */
  callStartedAt: z.iso.datetime(),
  /** What of a scorecard it is about. */
  scorecard: z.string(),
  criterionId: z.string(),
  /** When it was written. */
  at: z.iso.datetime(),
});
export type NotePointer = z.infer<typeof NotePointer>;

/** What a supervisor notes of a place of a call, for its agent. It goes with the call. Offsets are milliseconds in the recording. */
export const Note = NotePointer.extend({
  startMs: z.int().nonnegative(),
  endMs: z.int().positive(),
  text: z.string(),
  /** The person who wrote it. */
  person: z.string(),
});
export type Note = z.infer<typeof Note>;

/** A note as it is told of an agent: where its call is gone, its words are, too. */
export const NoteTold = NotePointer.extend({
  ...Note.pick({ startMs: true, endMs: true, text: true, person: true }).partial().shape,
  /** The call is gone, and what was written of it with it. */
  gone: z.boolean(),
});
export type NoteTold = z.infer<typeof NoteTold>;

/** A note as it is told, or its pointer where it is gone. */
export const noteTold = (pointer: NotePointer, note: Note | undefined): NoteTold =>
  note ? { ...note, gone: false } : { ...pointer, gone: true };
