import * as z from 'zod';
import { DAY_MS, HOUR_MS, MINUTE_MS, plusMs } from '../platform/clock.ts';
import { Retention } from '../retention/retention.ts';
import { Audio } from './audio.ts';
import { CallMetadata } from './call-metadata.ts';
import { Recording } from './recording.ts';
import { TranscriptionJob } from './transcription-job.ts';

/**
 * Where a call is on its way: `received`, then `transcribing` (by way of `queued`, while Transcribe takes no more jobs),
 * then `tagged`; or `rejected`, where its recording cannot be taken up as it is, or `failed`, where it was taken up in
 * vain. A call that was rejected or failed can be tried again: then it is `received` anew.
 */
export const CallState = z.enum(['received', 'queued', 'transcribing', 'tagged', 'rejected', 'failed']);
export type CallState = z.infer<typeof CallState>;

/** The states from which each state may be entered. Anything else is a message that came late or twice. */
export const enteredFrom: Record<CallState, readonly CallState[]> = {
  received: ['rejected', 'failed'],
  queued: ['received', 'transcribing'],
  transcribing: ['received', 'queued'],
  // A job that was asked for twice can run although the second answer was that there is no room for it.
  tagged: ['queued', 'transcribing'],
  rejected: ['received'],
  failed: ['received', 'queued', 'transcribing'],
};

/** Why a call is in its state: `code` for programs, `message` for people. */
export const StateReason = z.object({ code: z.string(), message: z.string() });
export type StateReason = z.infer<typeof StateReason>;

/** One time that a call was tagged: by which rulebook, when, and which tags it had from then on. */
export const Tagging = z.object({ rulebookVersion: z.string(), at: z.iso.datetime(), tags: z.array(z.string()) });
export type Tagging = z.infer<typeof Tagging>;

/** The conversation that a recording records, and all that is known of it but its words. */
export const Call = CallMetadata.extend({
  callId: z.string(),
  recording: Recording,
  /** The name of the source that uploaded the recording; none where no source has its prefix. */
  source: z.string().optional(),
  state: CallState,
  stateReason: StateReason.optional(),
  /** When the call entered its state. */
  stateSince: z.iso.datetime(),
  /** By when the call must have left its state; for a final state, when the call is due to be deleted. */
  dueAt: z.iso.datetime(),
  /** Every state that the call was in, in order. */
  history: z.array(z.object({ state: CallState, at: z.iso.datetime(), reason: StateReason.optional() })),
  receivedAt: z.iso.datetime(),
  /** How often the recording was taken up: 1, and 1 more each time that it is tried again. */
  attempt: z.number().int().positive().default(1),
  audio: Audio.optional(),
  durationMs: z.number().int().nonnegative().optional(),
  language: z.string().optional(),
  retention: Retention.optional(),
  job: TranscriptionJob.optional(),
  /** The tags of the call's moments, each once, sorted. */
  tags: z.array(z.string()).default([]),
  /** The rulebook by which the call is tagged now. */
  rulebookVersion: z.string().optional(),
  /** Every time that the call was tagged, in order; the last one holds now. The moments of the others are kept, too. */
  taggings: z.array(Tagging).default([]),
  /**
   * There while its moments are replaced in more than one transaction, with a name for who does it: a look-up may find
   * moments of two taggings until then.
   */
  replacing: z.string().optional(),
});
export type Call = z.infer<typeof Call>;

/**
 * So long may a call be in a state before it counts as overdue, and is looked into. A job that still runs then is given
 * as long again: Transcribe may queue it for hours.
 */
const PATIENCE_MS = { received: 15 * MINUTE_MS, transcribing: 30 * MINUTE_MS, queued: 7 * DAY_MS };

/** A job that is not over by then never will be: Transcribe takes some hours for the longest recording. */
export const MAX_TRANSCRIBING_MS = 24 * HOUR_MS;

/** The default for a final state whose call has no retention yet: none is left without a deadline. */
const UNDECIDED_MS = 30 * DAY_MS;

/** By when a call that enters `state` at `since` must have left it; in a final state, when it is due to be deleted. */
export function dueAt(state: CallState, since: string, call: Pick<Call, 'receivedAt' | 'retention'>): string {
  // By arrival, so that the index of queued calls is in the order in which they are started.
  if (state === 'queued') return plusMs(call.receivedAt, PATIENCE_MS.queued);
  if (state === 'received' || state === 'transcribing') return plusMs(since, PATIENCE_MS[state]);
  return call.retention?.expiresAt ?? plusMs(since, UNDECIDED_MS);
}

/** The call of a recording that has just been seen. */
export function receivedCall(callId: string, recording: Recording, source: string | undefined, now: string): Call {
  return {
    callId,
    recording,
    source,
    state: 'received',
    stateSince: now,
    dueAt: dueAt('received', now, { receivedAt: now }),
    history: [{ state: 'received', at: now }],
    receivedAt: now,
    attempt: 1,
    tags: [],
    taggings: [],
  };
}
