import type { Call, CallStore, Recording } from '../calls/calls.ts';
import { type Clock, iso } from '../platform/clock.ts';
import { VerbatimError } from '../platform/errors.ts';

/** What trying a recording again needs. */
export interface RetryRecordingNeeds {
  readonly calls: CallStore;
  /** Hands a recording to receive-recording. */
  readonly receiveAgain: (recording: Recording) => Promise<void>;
  readonly clock: Clock;
}

/**
 * Takes up again a recording that was rejected or failed. When a crash falls between the state and the message, the call
 * is `received` without one, and reconciling finds it.
 *
 * @throws {VerbatimError} not-found, or conflict where the call is in another state, or its customer is being erased
 */
export async function retryRecording(
  callId: string,
  { calls, receiveAgain, clock }: RetryRecordingNeeds,
): Promise<Call> {
  const call = await calls.get(callId);
  if (!call) throw new VerbatimError('not-found', `there is no recording ${callId}`);
  // Metadata could make it another customer's, who is not erased.
  if (call.erasure !== undefined) {
    throw new VerbatimError('conflict', `the recording is being erased, by the erasure ${call.erasure}`);
  }
  const received = await calls.enter(call, 'received', iso(clock()), { attempt: call.attempt + 1 });
  if (!received) {
    throw new VerbatimError(
      'conflict',
      `the recording is ${call.state}: only rejected and failed ones are tried again`,
    );
  }
  await receiveAgain(received.recording);
  return received;
}
