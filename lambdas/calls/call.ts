import * as z from 'zod';
import { DAY_MS, HOUR_MS, MINUTE_MS, plusMs } from '../platform/clock.ts';
import { Audio, CallMetadata, Recording } from '../recordings/recordings.ts';
import { Retention } from '../retention/retention.ts';
import { TranscriptionJob } from '../transcription/transcription.ts';

/**
 * Where a call is on its way. `received`, then `transcribing`, then `tagged`; or `rejected`, where its recording cannot
 * be taken up as it is, or `failed`, where transcription did not succeed.
 */
export const CallState = z.enum(['received', 'transcribing', 'tagged', 'rejected', 'failed']);
export type CallState = z.infer<typeof CallState>;

/** The states from which each state may be entered. Anything else is a message that came late or twice. */
export const enteredFrom: Record<Exclude<CallState, 'received'>, readonly CallState[]> = {
  transcribing: ['received'],
  rejected: ['received'],
  tagged: ['transcribing'],
  failed: ['received', 'transcribing'],
};

/** Why a call is in its state: `code` for programs, `message` for people. */
export const StateReason = z.object({ code: z.string(), message: z.string() });
export type StateReason = z.infer<typeof StateReason>;

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
  audio: Audio.optional(),
  durationMs: z.number().int().nonnegative().optional(),
  language: z.string().optional(),
  retention: Retention.optional(),
  job: TranscriptionJob.optional(),
  /** The tags of the call's moments, each once, sorted. */
  tags: z.array(z.string()).default([]),
});
export type Call = z.infer<typeof Call>;

/** A call may be in a state for so long before it counts as stuck. Transcribe queues a job for hours on a busy day. */
const PATIENCE_MS: Partial<Record<CallState, number>> = { received: 15 * MINUTE_MS, transcribing: 12 * HOUR_MS };

/** The default for a final state whose call has no retention yet: none is left without a deadline. */
const UNDECIDED_MS = 30 * DAY_MS;

/** By when a call that enters `state` at `since` must have left it. */
export function dueAt(state: CallState, since: string, retention?: Retention): string {
  const patienceMs = PATIENCE_MS[state];
  if (patienceMs !== undefined) return plusMs(since, patienceMs);
  return retention?.expiresAt ?? plusMs(since, UNDECIDED_MS);
}

/** The call of a recording that has just been seen. */
export function receivedCall(callId: string, recording: Recording, source: string | undefined, now: string): Call {
  return {
    callId,
    recording,
    source,
    state: 'received',
    stateSince: now,
    dueAt: dueAt('received', now),
    history: [{ state: 'received', at: now }],
    receivedAt: now,
    tags: [],
  };
}
