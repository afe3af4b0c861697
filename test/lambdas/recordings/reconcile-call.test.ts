import { describe, expect, it } from 'vitest';
import { type Call, callIdOf } from '../../../lambdas/calls/calls.ts';
import { DAY_MS, MINUTE_MS, plusMs } from '../../../lambdas/platform/clock.ts';
import { reconcileCall } from '../../../lambdas/recordings/reconcile-call.ts';
import { s3LocationOf } from '../../../lambdas/transcription/transcription.ts';
import type { JobAnswer, JobOutcome } from '../../../lambdas/transcription/transcription-jobs.ts';
import {
  callAnalyticsDocument,
  memoryCalls,
  memoryGate,
  memoryHolds,
  memoryJobs,
  memoryManifests,
  memoryRecordings,
  memoryTranscripts,
  NOW,
  recordingAt,
  retention,
  s3Metadata,
  says,
  stereo,
  support,
  transcribingCall,
} from '../builders.ts';

const recording = recordingAt('support/one.wav');
const callId = callIdOf(recording);
const OUTPUT = 'https://s3.us-east-1.amazonaws.com/transcripts/transcribe-output/analytics/one.json';

/** An overdue call, and all that is needed to take it up. */
function given(call: Partial<Call>, transcribe: { answer?: JobAnswer; outcome?: JobOutcome } = {}) {
  const overdue = transcribingCall(callId, {
    recording,
    job: { kind: 'call-analytics', name: `verbatim-${callId}`, agentChannel: 0 },
    ...call,
  });
  const calls = memoryCalls(overdue);
  const jobs = memoryJobs(transcribe);
  const gate = memoryGate();
  const recordings = memoryRecordings({ [recording.key]: { metadata: s3Metadata, header: stereo } });
  const transcripts = memoryTranscripts({
    [OUTPUT]: callAnalyticsDocument(says('AGENT', 'this call may be recorded')),
  });
  const clock = () => new Date(NOW);
  const common = { calls: calls.store, recordings: recordings.store, clock };
  const postponed: string[] = [];
  const store = Object.assign(Object.create(calls.store), {
    postpone: async (one: Call) => Boolean(postponed.push(one.callId)),
  });
  const needs = {
    receiving: {
      ...common,
      calls: store,
      sources: [support],
      retention,
      manifests: memoryManifests().store,
      jobs: jobs.store,
      gate: gate.store,
      ...memoryHolds().needs,
    },
    tagging: {
      ...common,
      calls: store,
      rulebook: { version: '1', rules: [] },
      retention,
      sources: [support],
      jobNamePrefix: 'verbatim-',
      transcripts: transcripts.store,
      jobs: jobs.store,
      registerRulebook: async () => undefined,
    },
  };
  const at = (asOf: string) => reconcileCall(callId, asOf, needs);
  return { at, state: () => calls.calls.get(callId), jobs, postponed };
}

const later = plusMs(NOW, 31 * MINUTE_MS);
const nextDay = plusMs(NOW, DAY_MS + 31 * MINUTE_MS);

describe('an overdue call', () => {
  it('whose event was lost is tagged by what Transcribe says when asked', async () => {
    const { at, state } = given(
      {},
      { outcome: { status: 'completed', outputs: { transcript: s3LocationOf(OUTPUT) } } },
    );
    expect(await at(later)).toMatchObject({ outcome: 'tagged' });
    expect(state()).toMatchObject({ state: 'tagged' });
  });

  it('whose job failed without an event is failed with its reason', async () => {
    const { at, state } = given({}, { outcome: { status: 'failed', reason: 'no speech' } });
    await at(later);
    expect(state()).toMatchObject({
      state: 'failed',
      stateReason: { code: 'transcription-failed', message: 'no speech' },
    });
  });

  it('whose job runs is given more time, and failed when a day is over', async () => {
    const { at, state, postponed } = given({}, { outcome: { status: 'running' } });
    expect(await at(later)).toMatchObject({ outcome: 'running' });
    expect(postponed).toEqual([callId]);
    expect(state()).toMatchObject({ state: 'transcribing' });
    await at(nextDay);
    expect(state()).toMatchObject({ state: 'failed', stateReason: { code: 'transcription-timeout' } });
  });

  it('whose job was never started has it started', async () => {
    const { at, jobs } = given({}, { outcome: { status: 'unknown' } });
    expect(await at(later)).toMatchObject({ outcome: 'transcribing' });
    expect([...jobs.started.keys()]).toEqual([`verbatim-${callId}`]);
  });

  it('that is still received is received again, and failed when that does not succeed for a day', async () => {
    const { at, state, jobs } = given({ state: 'received', job: undefined });
    expect(await at(later)).toMatchObject({ outcome: 'transcribing' });
    expect(state()).toMatchObject({ state: 'transcribing' });
    expect(jobs.started.size).toBe(1);
    const stuck = given({ state: 'received', job: undefined });
    await stuck.at(nextDay);
    expect(stuck.state()).toMatchObject({ state: 'failed', stateReason: { code: 'receiving-timeout' } });
  });

  it('that waits for Transcribe for longer than a week is failed, to be tried again', async () => {
    const { at, state } = given({ state: 'queued' });
    await at(later);
    expect(state()).toMatchObject({ state: 'failed', stateReason: { code: 'queue-timeout' } });
  });
});

describe('a call that is not overdue any more', () => {
  it.each<[string, Partial<Call>]>([
    ['was given more time', { dueAt: plusMs(later, 1) }],
    ['has ended', { state: 'tagged', dueAt: plusMs(NOW, 365 * DAY_MS) }],
  ])('%s: is left alone', async (_, call) => {
    const { at, state } = given(call);
    const before = state();
    expect(await at(later)).toEqual({ callId, outcome: 'on-time' });
    expect(state()).toEqual(before);
  });
});
