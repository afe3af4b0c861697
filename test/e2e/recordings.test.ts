import { describe, expect, it } from 'vitest';
import { callIdOf } from '../../lambdas/calls/calls.ts';
import { faults, sampleAudio, settled, upload, verbatim } from './stack.ts';

const metadata = { 'agent-id': 'agent-retry', 'customer-id': 'customer-retry', 'started-at': '2026-07-07T10:00:00Z' };
const audio = await sampleAudio('credit-over-policy.mp3');

describe('the recordings URL', () => {
  it('lists what was rejected, complete and page by page, with the reason', async () => {
    const rejected = await upload('support/recordings/bare.mp3', audio);
    await settled(rejected);
    const found = await Array.fromAsync(verbatim.recordings({ state: 'rejected', limit: 1 }));
    const own = found.find((one) => one.callId === callIdOf(rejected));
    expect(own).toMatchObject({ recording: rejected, stateReason: { code: 'missing-metadata' }, attempt: 1 });
    expect(new Set(found.map((one) => one.callId)).size).toBe(found.length);
    const every = await Array.fromAsync(verbatim.recordings({ limit: 200 }));
    expect(every.map((one) => one.callId)).toEqual(expect.arrayContaining(found.map((one) => one.callId)));
  });

  it('takes up again what failed, when it is told to, and tells the whole history', async () => {
    const recording = await upload('support/recordings/fails.mp3', audio, metadata);
    const callId = callIdOf(recording);
    await faults({ fail: { jobName: callId, reason: 'broken for once', times: 1 }, delayMs: 300 });
    expect(await settled(recording)).toMatchObject({ state: 'failed' });
    await faults();

    expect(await verbatim.retry(callId)).toMatchObject({ state: 'received', attempt: 2 });
    expect(await settled(recording)).toMatchObject({ state: 'tagged', attempt: 2 });
    const { history, versions, job } = await verbatim.recording(callId);
    const states = ['received', 'transcribing', 'failed', 'received', 'transcribing', 'tagged'];
    expect(history.map((entry) => entry.state)).toEqual(states);
    expect(history[2]?.reason).toEqual({ code: 'transcription-failed', message: 'broken for once' });
    expect(job?.name).toMatch(new RegExp(`${callId}-2$`));
    expect(versions).toMatchObject([{ callId, current: true }]);
    await expect(verbatim.retry(callId)).rejects.toMatchObject({ status: 409 });
  });

  it('traces the versions of a key', async () => {
    const first = await upload('support/recordings/again.mp3', audio, metadata);
    await settled(first);
    const second = await upload('support/recordings/again.mp3', audio, metadata);
    await settled(second);
    const { versions } = await verbatim.recording(callIdOf(second));
    expect(versions.map(({ callId, current }) => [callId, current])).toEqual([
      [callIdOf(second), true],
      [callIdOf(first), false],
    ]);
  });
});
