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
 * vain. A call that was rejected or failed can be tried again: then it is `received` anew. A call that is `deleting` is gone
 * soon, with all that is kept of it.
 */
export const CallState = z.enum(['received', 'queued', 'transcribing', 'tagged', 'rejected', 'failed', 'deleting']);
export type CallState = z.infer<typeof CallState>;

/** The states in which a call stays until it is due to be deleted. */
export const FINAL_STATES = ['tagged', 'rejected', 'failed'] as const satisfies readonly CallState[];

/** Whether a call in `state` stays there until it is due to be deleted. */
export const isFinal = (state: CallState): state is (typeof FINAL_STATES)[number] =>
  FINAL_STATES.some((one) => one === state);

/** The states from which each state may be entered. Anything else is a message that came late or twice. */
export const enteredFrom: Record<CallState, readonly CallState[]> = {
  received: ['rejected', 'failed'],
  queued: ['received', 'transcribing'],
  transcribing: ['received', 'queued'],
  // A job that was asked for twice can run although the second answer was that there is no room for it.
  tagged: ['queued', 'transcribing'],
  rejected: ['received'],
  failed: ['received', 'queued', 'transcribing'],
  // Only by way of its own method of the store: see there what else must be true.
  deleting: FINAL_STATES,
};

/** Why a call is in its state: `code` for programs, `message` for people. */
export const StateReason = z.object({ code: z.string(), message: z.string() });
export type StateReason = z.infer<typeof StateReason>;

/**
 * Why a call is deleted: it is due (`expired`); its customer is erased; S3 lifecycle, or somebody by hand, removed its
 * recording.
 */
export const DeletionReason = z.enum(['expired', 'erased', 'lifecycle', 'manual']);
export type DeletionReason = z.infer<typeof DeletionReason>;

/** The deletion of a call. */
export const Deletion = z.object({
  reason: DeletionReason,
  /** What demands it: the retention rule of the call, or the erasure. */
  rule: z.string(),
  requestedAt: z.iso.datetime(),
  /** The state that the call had. */
  from: z.enum(FINAL_STATES),
});
export type Deletion = z.infer<typeof Deletion>;

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
  /** The size of the recording. */
  sizeBytes: z.number().int().nonnegative().optional(),
  audio: Audio.optional(),
  durationMs: z.number().int().nonnegative().optional(),
  language: z.string().optional(),
  retention: Retention.optional(),
  /**
   * Which apply of retention decided that last, and in which of its passes: it changes where the call is in the index that it
   * goes through, and knows it again.
   */
  appliedBy: z.string().optional(),
  /** There while the call is `deleting`. */
  deletion: Deletion.optional(),
  /** The legal holds that hold the call, by their ids: as long as there is one, nothing of it is deleted. */
  holds: z.array(z.string()).optional(),
  /** The erasure of its customer that demands its deletion: the call is due at once, or when its floor is over. */
  erasure: z.string().optional(),
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
const PATIENCE_MS = {
  received: 15 * MINUTE_MS,
  transcribing: 30 * MINUTE_MS,
  queued: 7 * DAY_MS,
  deleting: 30 * MINUTE_MS,
};

/** A job that is not over by then never will be: Transcribe takes some hours for the longest recording. */
export const MAX_TRANSCRIBING_MS = 24 * HOUR_MS;

/** The default for a final state whose call has no retention yet: none is left without a deadline. */
const UNDECIDED_MS = 30 * DAY_MS;

/** By when a call that enters `state` at `since` must have left it; in a final state, when it is due to be deleted. */
export function dueAt(
  state: CallState,
  since: string,
  call: Pick<Call, 'receivedAt' | 'retention' | 'erasure'>,
): string {
  // By arrival, so that the index of queued calls is in the order in which they are started.
  if (state === 'queued') return plusMs(call.receivedAt, PATIENCE_MS.queued);
  if (state === 'received' || state === 'transcribing' || state === 'deleting')
    return plusMs(since, PATIENCE_MS[state]);
  if (call.erasure !== undefined) return erasableAt(call, since);
  return call.retention?.expiresAt ?? plusMs(since, UNDECIDED_MS);
}

/** From when on an erasure may delete a call: at `since`, unless its floor is over later. Legal holds come on top. */
export function erasableAt({ retention }: Pick<Call, 'retention'>, since: string): string {
  const until = retention?.floor?.until;
  return until !== undefined && until > since ? until : since;
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
