import { iso } from '../platform/clock.ts';
import { type StartTranscriptionNeeds, startTranscription } from './start-transcription.ts';

/** What starting queued calls needs. */
export interface StartQueuedNeeds extends StartTranscriptionNeeds {
  /** Whether there is time for one more. */
  readonly mayGoOn: () => boolean;
}

/** What came of it: how many calls were started, and whether Transcribe is busy again. */
export interface StartedQueued {
  readonly started: number;
  readonly busy: boolean;
}

const PAGE = 50;

/**
 * Starts queued calls in the order in which their recordings came, until none waits (then the gate is opened), until
 * Transcribe is busy again, or until time is up: the next tick goes on. Asked once in a tick, a busy Transcribe is asked
 * no more than once.
 */
export async function startQueued(needs: StartQueuedNeeds): Promise<StartedQueued> {
  const { calls, gate, clock, mayGoOn } = needs;
  let started = 0;
  while (mayGoOn()) {
    const waiting = await calls.listQueued(PAGE);
    if (waiting.length === 0) {
      // Only where it is closed: a tick without a queue writes nothing.
      if (await gate.isClosed()) await gate.open();
      return { started, busy: false };
    }
    let progress = false;
    for (const call of waiting) {
      if (!mayGoOn()) break;
      const entered = await calls.enter(call, 'transcribing', iso(clock()));
      // The index lags behind the table: it may still list what was started before.
      if (!entered) continue;
      progress = true;
      if ((await startTranscription(entered, needs)) === 'queued') return { started, busy: true };
      started += 1;
    }
    if (!progress) break;
  }
  return { started, busy: false };
}
