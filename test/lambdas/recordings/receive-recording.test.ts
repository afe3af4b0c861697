import { describe, expect, test } from 'vitest';
import { type Call, callIdOf } from '../../../lambdas/calls/calls.ts';
import { type Receipt, receiveRecording } from '../../../lambdas/recordings/receive-recording.ts';
import type { JobAnswer } from '../../../lambdas/transcription/transcription-jobs.ts';
import {
  crashAt,
  daysAfter,
  memoryCalls,
  memoryGate,
  memoryJobs,
  memoryManifests,
  memoryRecordings,
  NOW,
  recordingAt,
  retention,
  s3Metadata,
  stereo,
  support,
} from '../builders.ts';

const recording = recordingAt('support/one.wav');
const callId = callIdOf(recording);
const good = { metadata: s3Metadata, header: stereo };

interface Given {
  readonly object?: Parameters<typeof memoryRecordings>[0][string];
  readonly key?: string;
  readonly answer?: JobAnswer;
  readonly gateClosed?: boolean;
}

/** A bucket with one object (or none), and nothing known of it yet. */
function world({ object, key = recording.key, answer, gateClosed }: Given) {
  const calls = memoryCalls();
  const recordings = memoryRecordings(object ? { [key]: object } : {});
  const jobs = memoryJobs({ answer });
  const gate = memoryGate(gateClosed);
  const receive = (through = <T extends object>(store: T): T => store): Promise<Receipt> =>
    receiveRecording(recordingAt(key), {
      sources: [support],
      retention,
      calls: through(calls.store),
      recordings: through(recordings.store),
      manifests: through(memoryManifests().store),
      jobs: through(jobs.store),
      gate: through(gate.store),
      clock: () => new Date(NOW),
    });
  const seen = () => ({
    calls: [...calls.calls.values()],
    tags: recordings.tags,
    jobs: jobs.started,
    gate: gate.state,
  });
  const call = (): Call | undefined => seen().calls[0];
  return { receive, seen, call, jobs: jobs.started, tags: recordings.tags };
}

test('a recording becomes a call whose transcription runs', async () => {
  const { receive, call, jobs, tags } = world({ object: good });
  expect(await receive()).toEqual({ callId, outcome: 'transcribing' });
  expect(call()).toMatchObject({
    callId,
    recording,
    source: 'support',
    state: 'transcribing',
    agentId: 'lee',
    customerId: 'c-1',
    startedAt: '2026-10-14T09:00:00.000Z',
    durationMs: 90_000,
    retention: { retentionClass: '30-days', expiresAt: daysAfter('2026-10-14T09:00:00.000Z', 30) },
  });
  expect(call()?.history.map((entry) => entry.state)).toEqual(['received', 'transcribing']);
  expect(tags.get(recording.key)).toEqual({ 'retention-class': '30-days', 'retention-days': '30', 'call-id': callId });
  expect([...jobs]).toEqual([[`verbatim-${callId}`, { recording, language: 'en-US', format: 'wav' }]]);
});

test('an event that comes twice changes nothing', async () => {
  const { receive, seen } = world({ object: good });
  await receive();
  const before = structuredClone(seen());
  await receive();
  expect(seen()).toEqual(before);
});

test('two events at once are one call and one job', async () => {
  const { receive, call, jobs } = world({ object: good });
  await Promise.all([receive(), receive()]);
  expect(call()?.history.map((entry) => entry.state)).toEqual(['received', 'transcribing']);
  expect(jobs.size).toBe(1);
});

test('an event that comes when the call has ended does nothing', async () => {
  const { receive, seen } = world({ object: { header: stereo } });
  await receive();
  const before = structuredClone(seen());
  expect(await receive()).toEqual({ callId, outcome: 'already-received' });
  expect(seen()).toEqual(before);
});

const rejected: Record<string, Given> = {
  'unknown-source': { object: good, key: 'elsewhere/one.wav' },
  replaced: { object: { ...good, current: 'v2' } },
  'missing-metadata': { object: { header: stereo } },
  'invalid-metadata': { object: { header: stereo, metadata: { ...s3Metadata, 'started-at': 'today' } } },
  'unreadable-audio': { object: { metadata: s3Metadata } },
  'unsupported-audio': { object: { metadata: s3Metadata, header: { ...stereo, channels: 6 } } },
};

test.each(Object.entries(rejected))(
  '%s: the recording stays, tagged and listed with its reason',
  async (code, given) => {
    const { receive, call, jobs, tags } = world(given);
    expect(await receive()).toMatchObject({ outcome: 'rejected', reason: code });
    expect(call()).toMatchObject({ state: 'rejected', stateReason: { code } });
    const key = given.key ?? recording.key;
    expect(tags.get(key)).toEqual({
      'retention-class': '30-days',
      'retention-days': '30',
      'call-id': call()?.callId,
      rejected: code,
    });
    expect(call()?.retention).toBeDefined();
    expect(call()?.dueAt).toBe(call()?.retention?.expiresAt);
    expect(jobs.size).toBe(0);
  },
);

test('an empty object is rejected without a look at its bytes', async () => {
  const { receive, call } = world({ object: { ...good, sizeBytes: 0 } });
  await receive();
  expect(call()?.stateReason?.code).toBe('unreadable-audio');
  expect(call()?.stateReason?.message).toContain('empty');
});

test('the retention of a call whose start is not known counts from when it was received', async () => {
  const { receive, call } = world({ object: { header: stereo } });
  await receive();
  expect(call()?.retention?.expiresAt).toBe(daysAfter(NOW, 30));
});

test('a recording that is deleted before it is read is a failed call with that reason', async () => {
  const { receive, call } = world({});
  expect(await receive()).toEqual({ callId, outcome: 'failed', reason: 'recording-gone' });
  expect(call()).toMatchObject({ state: 'failed', stateReason: { code: 'recording-gone' } });
});

test('a job that Transcribe refuses is a failed call with what Transcribe says', async () => {
  const { receive, call } = world({
    object: good,
    answer: { status: 'refused', reason: 'the language is not supported' },
  });
  expect(await receive()).toEqual({ callId, outcome: 'failed', reason: 'transcription-refused' });
  expect(call()).toMatchObject({
    state: 'failed',
    stateReason: { code: 'transcription-refused', message: 'the language is not supported' },
  });
});

test('a recording that finds Transcribe busy queues, and so does what comes behind it', async () => {
  const busy = world({ object: good, answer: { status: 'busy' } });
  expect(await busy.receive()).toEqual({ callId, outcome: 'queued' });
  expect(busy.call()).toMatchObject({ state: 'queued', job: { name: `verbatim-${callId}` } });
  expect(busy.seen().gate.closed).toBe(true);
  const behind = world({ object: good, gateClosed: true });
  expect(await behind.receive()).toMatchObject({ outcome: 'queued' });
  expect(behind.jobs.size).toBe(0);
});

describe.each(['before', 'after'] as const)('a crash %s any step', (when) => {
  test.each<[string, Given]>([
    ['of a recording that is taken up', { object: good }],
    ['of a recording that finds Transcribe busy', { object: good, answer: { status: 'busy' } }],
    ['of a recording that queues', { object: good, gateClosed: true }],
    ['of a recording that is rejected', { object: { header: stereo } }],
    ['of a recording that is gone', {}],
    ['of a job that is refused', { object: good, answer: { status: 'refused', reason: 'no' } }],
  ])('%s ends as if there had been none', async (_what, given) => {
    const unbroken = world(given);
    await unbroken.receive();
    for (let step = 1; ; step++) {
      const broken = world(given);
      const { crashing, redeliver } = crashAt(step, when);
      const crashed = await redeliver(() => broken.receive(crashing));
      expect(broken.seen(), `a crash at step ${step}`).toEqual(unbroken.seen());
      if (!crashed) {
        expect(step).toBeGreaterThan(3);
        break;
      }
    }
  });
});
