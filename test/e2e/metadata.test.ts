import { describe, expect, it } from 'vitest';
import { callIdOf, type Recording } from '../../lambdas/calls/calls.ts';
import { calls, objectTags, sampleAudio, settled, upload, verbatim } from './stack.ts';

const audio = await sampleAudio('credit-over-policy.mp3');

/** The recording's call, once it was taken up in so many attempts. */
async function tagged(recording: Recording, attempt: number) {
  await expect
    .poll(async () => (await calls.get(callIdOf(recording)))?.state, { timeout: 60_000, interval: 200 })
    .toBe('tagged');
  return expect(await verbatim.call(callIdOf(recording)), recording.key).toMatchObject({
    attempt,
    tags: expect.arrayContaining(['credit-over-policy']),
  });
}

describe('a sidecar', () => {
  const sidecar = JSON.stringify({
    agent: { id: 'agent-side' },
    customer: 'customer-side',
    started: '2026-08-01T10:00:00+02:00',
  });

  it('that comes before its recording is read with it', async () => {
    await upload('sidecars/before.mp3.json', sidecar);
    const recording = await upload('sidecars/before.mp3', audio);
    await tagged(recording, 1);
    expect(await verbatim.call(callIdOf(recording))).toMatchObject({
      agentId: 'agent-side',
      customerId: 'customer-side',
      startedAt: '2026-08-01T08:00:00.000Z',
    });
  });

  it('that comes after its recording takes it up again', async () => {
    const recording = await upload('sidecars/after.mp3', audio);
    expect(await settled(recording)).toMatchObject({ state: 'rejected', stateReason: { code: 'missing-metadata' } });
    const object = await upload('sidecars/after.mp3.json', sidecar);
    await tagged(recording, 2);
    expect(await objectTags(object)).toEqual({ 'retention-class': '1-year', 'retention-days': '365' });
  });

  it('is no recording, and none that is at fault stands in the way of a better one', async () => {
    const recording = await upload('sidecars/fault.mp3', audio);
    await settled(recording);
    const broken = await upload('sidecars/fault.mp3.json', '{ "agent": ');
    await expect.poll(async () => (await calls.get(callIdOf(recording)))?.attempt, { timeout: 30_000 }).toBe(2);
    expect(await settled(recording)).toMatchObject({ state: 'rejected' });
    expect(await calls.get(callIdOf(broken))).toBeUndefined();
    await upload('sidecars/fault.mp3.json', sidecar);
    await tagged(recording, 3);
  });
});

describe('a manifest', () => {
  const manifest = [
    'file,Agent,Customer,Start',
    'one.mp3,agent-a,customer-a,01.08.2026 10:00:00',
    'two/Gespräch.mp3,agent-b,customer-b,01.12.2026 10:00:00',
  ].join('\n');

  it('tells the metadata of recordings that are there, and of those that are to come', async () => {
    const there = await upload('manifests/day/one.mp3', audio);
    expect(await settled(there)).toMatchObject({ state: 'rejected', stateReason: { code: 'missing-metadata' } });
    await upload('manifests/day/calls.csv', manifest.replace('01.12.2026', '01.02.2026'));
    await tagged(there, 2);
    const coming = await upload('manifests/day/two/Gespräch.mp3', audio);
    await tagged(coming, 1);
    expect(await verbatim.call(callIdOf(there))).toMatchObject({
      agentId: 'agent-a',
      startedAt: '2026-08-01T08:00:00.000Z',
    });
    expect(await verbatim.call(callIdOf(coming))).toMatchObject({
      agentId: 'agent-b',
      startedAt: '2026-02-01T09:00:00.000Z',
    });
  });

  it('that is at fault says so on itself, and gives what stands before the fault', async () => {
    const recording = await upload('manifests/bad/one.mp3', audio);
    await settled(recording);
    const object = await upload('manifests/bad/calls.csv', `${manifest}\n"three.mp3`);
    await tagged(recording, 2);
    await expect
      .poll(() => objectTags(object), { timeout: 30_000 })
      .toMatchObject({ 'retention-class': '1-year', problem: expect.stringMatching(/quote is not closed/) });
  });
});

describe("a recorder's file names", () => {
  it('tell the call and when it began', async () => {
    const key = 'connect/acme/CallRecordings/2026/10/14/4a573372-1f28-4e26-b97b-0aaf9e4bdcd5_20261014T09:12_UTC.wav';
    const recording = await upload(key, audio);
    expect(await settled(recording)).toMatchObject({
      state: 'tagged',
      externalCallId: '4a573372-1f28-4e26-b97b-0aaf9e4bdcd5',
      startedAt: '2026-10-14T09:12:00.000Z',
    });
  });
});
