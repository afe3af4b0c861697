import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CallWithMoments, type VerbatimClient, VerbatimClientError } from '../client/verbatim-client.ts';
import type { CallState } from '../lambdas/calls/calls.ts';
import type { Log } from './progress.ts';
import type { UploadedSample } from './upload.ts';

/**
 * How long no call may move before {@link followCalls} gives up: calls are received in seconds, and the longest sample
 * is recognised in far less than the rest.
 */
const stallSeconds = { beforeTheFirst: 60, later: 300 };

/** An uploaded sample and what became of it. */
export interface FollowedCall {
  uploaded: UploadedSample;
  call: CallWithMoments;
}

/** The states a call does not leave by itself. */
const finalStates: readonly (CallState | undefined)[] = ['tagged', 'rejected', 'failed'];

/** How to follow calls: `emulatorLog` is the file to look into when they are stuck. */
export interface FollowOptions {
  log: Log;
  emulatorLog?: string | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Waits until every uploaded recording's call is in a final state, and logs each state it passes through.
 *
 * @throws Error that names the calls that are stuck, with their states, and what the emulator complained of.
 */
export async function followCalls(
  client: Pick<VerbatimClient, 'call'>,
  uploads: UploadedSample[],
  { log, emulatorLog, signal }: FollowOptions,
): Promise<FollowedCall[]> {
  const calls = new Map<string, CallWithMoments>();
  const stateOf = (upload: UploadedSample) => calls.get(upload.callId)?.state;
  const isFinal = (upload: UploadedSample) => finalStates.includes(stateOf(upload));
  let movedMs = performance.now();
  for (;;) {
    for (const upload of uploads.filter((each) => !isFinal(each))) {
      const call = await client.call(upload.callId).catch(noneYet);
      if (call === undefined || call.state === stateOf(upload)) continue;
      calls.set(upload.callId, call);
      movedMs = performance.now();
      const done = uploads.filter(isFinal).length;
      const reason = call.stateReason === undefined ? '' : `: ${call.stateReason.message}`;
      log(`  [${done}/${uploads.length}] ${upload.sample.recording} is ${call.state}${reason}`);
    }
    const waiting = uploads.filter((each) => !isFinal(each));
    if (waiting.length === 0) break;
    const patienceSeconds = calls.size === 0 ? stallSeconds.beforeTheFirst : stallSeconds.later;
    if (performance.now() - movedMs > patienceSeconds * 1000) {
      const stuck = waiting.map(
        (each) => `  ${each.recording.key} (call ${each.callId}): ${stateOf(each) ?? 'not received'}`,
      );
      throw new Error(
        [`no call has moved for ${patienceSeconds} s; still waiting for`, ...stuck, ...complaintsIn(emulatorLog)].join(
          '\n',
        ),
      );
    }
    await sleep(500, undefined, { signal });
  }
  return uploads.flatMap((uploaded) => {
    const call = calls.get(uploaded.callId);
    return call === undefined ? [] : [{ uploaded, call }];
  });
}

function noneYet(error: unknown): undefined {
  if (!(error instanceof VerbatimClientError && error.status === 404)) throw error;
}

/** The last warnings and errors of the emulator, such as why a function failed, and where the rest is. */
function complaintsIn(emulatorLog: string | undefined): string[] {
  if (emulatorLog === undefined) return ['See the log of your emulator.'];
  const lines = readFileSync(emulatorLog, 'utf8').split('\n');
  const complaints = lines.filter((line) => / (WARNING|ERROR) /.test(line)).slice(-5);
  return [...complaints.map((line) => `  ${line}`), `The whole log: ${emulatorLog}`];
}
