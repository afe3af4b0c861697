import { describe, expect, test } from 'vitest';
import { type Call, callIdOf } from '../../../lambdas/calls/calls.ts';
import { type Receipt, receiveRecording } from '../../../lambdas/recordings/receive-recording.ts';
import { RetentionConfig } from '../../../lambdas/retention/retention.ts';
import type { JobAnswer } from '../../../lambdas/transcription/transcription-jobs.ts';
import {
  crashAt,
  daysAfter,
  memoryCalls,
  memoryErasures,
  memoryGate,
  memoryHolds,
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
  readonly holdsOf?: Record<string, string[]>;
  readonly keeping?: RetentionConfig;
  readonly erasureOf?: Record<string, string>;
}

/** A bucket with one object (or none), and nothing known of it yet. */
function world({ object, key = recording.key, answer, gateClosed, holdsOf, erasureOf, keeping = retention }: Given) {
  const calls = memoryCalls();
  const recordings = memoryRecordings(object ? { [key]: object } : {});
  const jobs = memoryJobs({ answer });
  const gate = memoryGate(gateClosed);
  const holds = memoryHolds(holdsOf);
  const erasures = memoryErasures(erasureOf);
  const receive = (through = <T extends object>(store: T): T => store): Promise<Receipt> =>
    receiveRecording(recordingAt(key), {
      sources: [support],
      retention: keeping,
      calls: through(calls.store),
      recordings: through(recordings.store),
      manifests: through(memoryManifests().store),
      jobs: through(jobs.store),
      gate: through(gate.store),
      holds: through(holds.store),
      sendHolds: (messages) => through(holds.queue).send(messages),
      erasures: through(erasures.store),
      sendErasures: (messages) => through(erasures.queue).send(messages),
      clock: () => new Date(NOW),
    });
  const seen = () => ({
    calls: [...calls.calls.values()],
    tags: recordings.tags,
    jobs: jobs.started,
    gate: gate.state,
  });
  const call = (): Call | undefined => seen().calls[0];
  const { tags, locks } = recordings;
  return { receive, seen, call, jobs: jobs.started, tags, locks, holdsAsked: holds.sent, erasures };
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

describe('a class that locks', () => {
  const keeping = RetentionConfig.parse({
    classes: [{ name: 'worm', keepDays: 400, objectLock: { mode: 'compliance', days: 365 } }],
    defaultClass: 'worm',
  });

  test('lets S3 keep the recording so many days from when the call began', async () => {
    const { receive, locks } = world({ object: good, keeping });
    await receive();
    expect([...locks.values()]).toEqual([{ mode: 'compliance', until: '2027-10-14T09:00:00.000Z' }]);
  });

  test('locks nothing of a call for which the time is over', async () => {
    const object = { ...good, metadata: { ...s3Metadata, 'started-at': '2020-10-14T11:00:00+02:00' } };
    const { receive, locks } = world({ object, keeping });
    expect((await receive()).outcome).toBe('transcribing');
    expect(locks.size).toBe(0);
  });
});

describe('a call of a customer whose calls are held', () => {
  const holdsOf = { 'c-1': ['h1', 'h2'] };

  test('is held by each of the holds', async () => {
    const { receive, call, holdsAsked } = world({ object: good, holdsOf });
    await receive();
    const callId = call()?.callId;
    expect(holdsAsked).toEqual(['h1', 'h2'].map((holdId) => ({ kind: 'call', holdId, callId })));
  });

  test('is held also where it was rejected', async () => {
    const { receive, holdsAsked } = world({
      object: { metadata: s3Metadata, header: { ...stereo, channels: 3 } },
      holdsOf,
    });
    expect((await receive()).outcome).toBe('rejected');
    expect(holdsAsked).toHaveLength(2);
  });

  test('is held wherever receiving it breaks off', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let nth = 1; ; nth++) {
        const { receive, holdsAsked } = world({ object: good, holdsOf });
        const { crashing, redeliver } = crashAt(nth, when);
        const crashed = await redeliver(() => receive(crashing));
        expect(new Set(holdsAsked.map((one) => 'holdId' in one && one.holdId))).toEqual(new Set(['h1', 'h2']));
        if (!crashed) break;
      }
    }
  });
});

describe('a recording of a customer who is being erased', () => {
  const erasureOf = { 'c-1': 'e1' };

  test('is given to the erasure when it is stored', async () => {
    const { receive, erasures } = world({ object: good, erasureOf });
    await receive();
    expect([...erasures.found]).toEqual([callId]);
    expect(erasures.sent).toEqual([{ kind: 'call', erasureId: 'e1', callId }]);
  });

  test('and so wherever it broke off', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let nth = 1, reached = true; reached; nth++) {
        const { receive, erasures } = world({ object: good, erasureOf });
        const { crashing, redeliver } = crashAt(nth, when);
        reached = await redeliver(() => receive(crashing));
        expect(new Set(erasures.sent.map((one) => one.callId))).toEqual(new Set([callId]));
      }
    }
  });
});
