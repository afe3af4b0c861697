import { describe, expect, it } from 'vitest';
import type { Call, CallStore } from '../../../lambdas/calls/calls.ts';
import { MINUTE_MS } from '../../../lambdas/platform/clock.ts';
import { startQueued } from '../../../lambdas/transcription/start-queued.ts';
import type { JobAnswer, JobStarter } from '../../../lambdas/transcription/transcription.ts';
import { memoryGate, only, transcribingCall } from '../builders.ts';

const RECORDINGS = 100_000;

/** Transcribe's limits for an account, and how fast it is asked and works: jobs wait in its queue, and run some at once. */
const TRANSCRIBE = { queue: 10_000, atOnce: 100, jobMs: 20_000, startsPerMinute: 1_500 };

/**
 * A backlog that Transcribe works off minute by minute, in memory: what waits, in order of arrival, the jobs that it
 * holds, and what it was asked.
 */
function simulation() {
  const waiting = Array.from({ length: RECORDINGS }, (_, i) => i);
  const started: number[] = [];
  const asked = { starts: 0, busy: 0 };
  let first = 0;
  let held = 0;
  let minute = 0;
  let startsThisMinute = 0;
  const call = (i: number): Call => transcribingCall(String(i), { state: 'queued' });
  const calls = only<CallStore>({
    listQueued: async (limit) => waiting.slice(first, first + limit).map(call),
    async enter(one, state) {
      const i = Number(one.callId);
      if (state === 'transcribing' && waiting[first] === i) first += 1;
      else if (state === 'queued') first -= 1;
      else return undefined;
      return { ...one, state };
    },
  });
  const jobs = only<JobStarter>({
    async start(job): Promise<JobAnswer> {
      asked.starts += 1;
      startsThisMinute += 1;
      if (held >= TRANSCRIBE.queue) {
        asked.busy += 1;
        return { status: 'busy' };
      }
      held += 1;
      started.push(Number(job.name.replace('verbatim-', '')));
      return { status: 'taken' };
    },
  });
  const { store: gate, state: gateState } = memoryGate(true);
  const tick = async () => {
    startsThisMinute = 0;
    const mayGoOn = () => startsThisMinute < TRANSCRIBE.startsPerMinute;
    const outcome = await startQueued({ calls, jobs, gate, clock: () => new Date(minute * MINUTE_MS), mayGoOn });
    held = Math.max(0, held - (TRANSCRIBE.atOnce * MINUTE_MS) / TRANSCRIBE.jobMs);
    minute += 1;
    return outcome;
  };
  return { tick, started, asked, gateState, minutes: () => minute };
}

describe('a backlog of 100,000 recordings', () => {
  it('drains in order of arrival, and asks a busy Transcribe no more than once in a minute', async () => {
    const { tick, started, asked, gateState, minutes } = simulation();
    while (gateState.closed) await tick();
    expect(started).toHaveLength(RECORDINGS);
    expect(started.every((i, place) => i === place)).toBe(true);
    expect(asked.busy).toBeLessThanOrEqual(minutes());
    expect(asked.starts).toBe(RECORDINGS + asked.busy);
    // It is Transcribe that takes the time: what it can work off in a minute is what is started.
    const workedOff = (TRANSCRIBE.atOnce * MINUTE_MS) / TRANSCRIBE.jobMs;
    expect(minutes()).toBeLessThanOrEqual(Math.ceil((RECORDINGS - TRANSCRIBE.queue) / workedOff) + 20);
  });
});

describe('startQueued', () => {
  const needs = { clock: () => new Date(0), mayGoOn: () => true };

  it('opens the gate when nothing waits, and leaves an open one alone', async () => {
    const { store: gate, state } = memoryGate(true);
    const calls = only<CallStore>({ listQueued: async () => [] });
    expect(await startQueued({ ...needs, calls, gate, jobs: only<JobStarter>({}) })).toEqual({
      started: 0,
      busy: false,
    });
    expect(state.closed).toBe(false);
    const untouched = { ...gate, open: () => Promise.reject(new Error('written for nothing')) };
    await startQueued({ ...needs, calls, gate: untouched, jobs: only<JobStarter>({}) });
  });

  it('stops where the index lists only what was started meanwhile, and goes on at the next tick', async () => {
    const calls = only<CallStore>({
      listQueued: async () => [transcribingCall('late', { state: 'queued' })],
      enter: async () => undefined,
    });
    const { store: gate, state } = memoryGate(true);
    expect(await startQueued({ ...needs, calls, gate, jobs: only<JobStarter>({}) })).toEqual({
      started: 0,
      busy: false,
    });
    expect(state.closed).toBe(true);
  });
});
