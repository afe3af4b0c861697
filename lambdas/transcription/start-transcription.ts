import type { Call, CallStore } from '../calls/calls.ts';
import { type Clock, iso } from '../platform/clock.ts';
import type { Gate } from './gate.ts';
import type { JobStarter } from './transcription-jobs.ts';

/** What starting a transcription needs. */
export interface StartTranscriptionNeeds {
  readonly calls: CallStore;
  readonly jobs: JobStarter;
  readonly gate: Gate;
  readonly clock: Clock;
}

/**
 * Asks Transcribe for the job of a call that is `transcribing`; asking again asks for the same job. Where Transcribe is
 * busy, the gate is closed and the call is queued; where it refuses the job for good, the call is failed with its words.
 */
export async function startTranscription(
  call: Call,
  { calls, jobs, gate, clock }: StartTranscriptionNeeds,
): Promise<'transcribing' | 'queued' | 'failed'> {
  const { callId, recording, job, audio, language } = call;
  if (!job || !audio || !language) throw new Error(`the call ${callId} has no job, audio or language to transcribe`);
  const answer = await jobs.start(job, { recording, language, format: audio.format });
  if (answer.status === 'taken') return 'transcribing';
  if (answer.status === 'busy') {
    await gate.close();
    await calls.enter(call, 'queued', iso(clock()));
    return 'queued';
  }
  await calls.enter(call, 'failed', iso(clock()), {}, { code: 'transcription-refused', message: answer.reason });
  return 'failed';
}
