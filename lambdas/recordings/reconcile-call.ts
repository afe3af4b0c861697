import { MAX_TRANSCRIBING_MS } from '../calls/calls.ts';
import { DAY_MS, iso } from '../platform/clock.ts';
import type { TagCallNeeds } from '../tagging/tagging.ts';
import { tagCall } from '../tagging/tagging.ts';
import { startTranscription } from '../transcription/transcription.ts';
import { type ReceiveRecordingNeeds, receiveRecording } from './receive-recording.ts';

/** What reconciling a call needs: all that may have been left undone. */
export interface ReconcileCallNeeds {
  readonly receiving: ReceiveRecordingNeeds;
  readonly tagging: TagCallNeeds;
}

/** What became of an overdue call. */
export interface Reconciled {
  readonly callId: string;
  readonly outcome: string;
}

/** A recording that could not be received for so long will not be. */
const MAX_RECEIVING_MS = DAY_MS;

/**
 * Takes up an overdue call where it was left: receives its recording again, or asks Transcribe for its job and tags the
 * call, starts the job where there is none, gives it more time where it runs, or fails the call where its time is over.
 *
 * @param asOf the time (ISO 8601) for which it was found overdue
 */
export async function reconcileCall(callId: string, asOf: string, needs: ReconcileCallNeeds): Promise<Reconciled> {
  const { calls, clock } = needs.receiving;
  const call = await calls.get(callId);
  if (!call || call.dueAt > asOf) return { callId, outcome: 'on-time' };
  const now = iso(clock());
  const overdueMs = Date.parse(asOf) - Date.parse(call.stateSince);
  const fail = async (code: string, message: string): Promise<Reconciled> => {
    await calls.enter(call, 'failed', now, {}, { code, message });
    return { callId, outcome: 'failed' };
  };

  if (call.state === 'received') {
    if (overdueMs > MAX_RECEIVING_MS) return fail('receiving-timeout', 'the recording could not be read for a day');
    return receiveRecording(call.recording, needs.receiving);
  }
  if (call.state === 'transcribing' && call.job) {
    const { outcome } = await tagCall(call.job.name, needs.tagging);
    if (outcome !== 'running' && outcome !== 'unknown') return { callId, outcome };
    if (overdueMs > MAX_TRANSCRIBING_MS)
      return fail('transcription-timeout', 'Transcribe did not end the job in a day');
    await calls.postpone(call, now);
    return { callId, outcome: outcome === 'running' ? outcome : await startTranscription(call, needs.receiving) };
  }
  if (call.state === 'queued') return fail('queue-timeout', 'Transcribe had no room for the job for a week');
  return { callId, outcome: call.state };
}
