import type { Call, CustodyStore } from '../calls/calls.ts';
import { type Clock, iso } from '../platform/clock.ts';
import { VerbatimError } from '../platform/errors.ts';
import type { Who } from '../platform/http.ts';
import {
  parseTranscript,
  type Transcript,
  TranscriptError,
  type TranscriptStore,
} from '../transcription/transcription.ts';
import { callOf } from './change-dispute.ts';
import type { Dispute } from './dispute.ts';

/** What handing out words and sound of the calls of a dispute needs. */
export interface HandOutNeeds {
  readonly calls: { get(callId: string): Promise<Call | undefined> };
  readonly transcripts: Pick<TranscriptStore, 'get' | 'readOutput'>;
  readonly custody: Pick<CustodyStore, 'append'>;
  readonly clock: Clock;
}

/** What is asked to be handed out of a call of a dispute. */
export interface AskedHandOut {
  readonly callId: string;
  /** What was not redacted. */
  readonly original: boolean;
  /** Why; of originals it must be said. */
  readonly reason?: string | undefined;
}

/**
 * A call of a dispute, of which something is to be handed out.
 *
 * @throws {VerbatimError} bad-request, where an original is asked for without a reason; conflict, where the call is not in the
 *   dispute, or gone, or an original is asked for of a dispute that is closed
 */
export async function handedOutCall(
  dispute: Dispute,
  { callId, original, reason }: AskedHandOut,
  { calls }: Pick<HandOutNeeds, 'calls'>,
): Promise<Call> {
  if (original && reason === undefined)
    throw new VerbatimError('bad-request', 'reason: is missing; say why the original is needed');
  callOf(dispute, callId);
  if (original && dispute.state === 'closed')
    throw new VerbatimError(
      'conflict',
      `the dispute ${dispute.disputeId} is closed: reopen it to hear or read originals`,
    );
  const call = await calls.get(callId);
  if (!call || call.state === 'deleting') throw new VerbatimError('conflict', `the call ${callId} is gone`);
  return call;
}

/**
 * Notes in the custody of a call that something of it is handed out: before it is.
 *
 * @throws {VerbatimError} conflict, where the call is gone
 */
export async function noteHandOut(
  kind: 'audio-handed-out' | 'transcript-handed-out',
  { disputeId }: Pick<Dispute, 'disputeId'>,
  { callId, original, reason }: AskedHandOut,
  details: Record<string, string | number>,
  { by, person, byName }: Who,
  { custody, clock }: Pick<HandOutNeeds, 'custody' | 'clock'>,
): Promise<void> {
  const noted = await custody.append(callId, {
    ...{ kind, at: iso(clock()), by, person, byName, why: reason ?? `the dispute ${disputeId}` },
    details: { disputeId, original, ...details },
  });
  if (!noted) throw new VerbatimError('conflict', `the call ${callId} is gone`);
}

/**
 * What was said in a call, redacted or as it was said.
 *
 * @throws {VerbatimError} not-found, where there is no such transcript, saying why
 */
export async function transcriptOf(
  call: Call,
  original: boolean,
  { transcripts }: Pick<HandOutNeeds, 'transcripts'>,
): Promise<Transcript> {
  const { callId, state, job } = call;
  if (original && job?.redaction) {
    const location = job.outputs?.originalTranscript;
    if (!location)
      throw new VerbatimError(
        'not-found',
        `no original transcript of the call ${callId} was kept (redaction.keepOriginalTranscript of its source): hear the original`,
      );
    try {
      return parseTranscript(await transcripts.readOutput(location), {
        agentChannel: job.agentChannel,
        direction: call.direction,
      });
    } catch (cause) {
      if (!(cause instanceof TranscriptError)) throw cause;
      throw new VerbatimError('not-found', `the original transcript of the call ${callId} cannot be read`, { cause });
    }
  }
  const transcript = state === 'tagged' ? await transcripts.get(callId) : undefined;
  if (!transcript) throw new VerbatimError('not-found', `the call ${callId} is ${state} and has no transcript`);
  return transcript;
}
