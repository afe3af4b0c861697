import { afterEach, describe, expect, it } from 'vitest';
import { callIdOf } from '../../lambdas/calls/calls.ts';
import { faults, objectTags, sampleAudio, settled, upload, verbatim } from './stack.ts';

const metadata = { 'agent-id': 'agent-fault', 'customer-id': 'customer-fault', 'started-at': '2026-05-05T10:00:00Z' };
const audio = await sampleAudio('credit-over-policy.mp3');

afterEach(() => faults());

describe('a recording that cannot be taken up', () => {
  it.each<[string, string, Uint8Array | string, Record<string, string>, string, RegExp]>([
    [
      'has no metadata',
      'support/faults/bare.mp3',
      audio,
      {},
      'missing-metadata',
      /agentId is missing: looked for in x-amz-meta-agent-id; .*started-at/,
    ],
    [
      'has a start that is no time',
      'support/faults/when.mp3',
      audio,
      { ...metadata, 'started-at': 'yesterday' },
      'invalid-metadata',
      /x-amz-meta-started-at/,
    ],
    [
      'is not audio',
      'support/faults/notes.mp3',
      'these are only notes of a call',
      metadata,
      'unreadable-audio',
      /not audio/,
    ],
    ['is empty', 'support/faults/empty.wav', '', metadata, 'unreadable-audio', /empty/],
    ['is of no source', 'elsewhere/call.mp3', audio, metadata, 'unknown-source', /"support\/"/],
  ])('%s: is kept, marked, and listed with its reason', async (_, key, body, given, code, message) => {
    const recording = await upload(key, body, given);
    const call = await settled(recording);
    expect(call).toMatchObject({ state: 'rejected', stateReason: { code, message: expect.stringMatching(message) } });
    expect(await objectTags(recording)).toEqual({
      'retention-class': '1-year',
      'retention-days': '365',
      'call-id': call.callId,
      rejected: code,
    });
    const rejected = await Array.fromAsync(verbatim.calls({ state: 'rejected' }));
    expect(rejected.map((one) => one.callId)).toContain(call.callId);
  });
});

describe('names that are hard on others', () => {
  it.each([
    'support/faults/a/b.mp3',
    'support/faults/a-b.mp3',
    'support/faults/A-B.mp3',
    'support/faults/+1 555 (0100).mp3',
    'support/faults/Gespräch mit Jürgen – 50%.mp3',
    'support/faults/a%20b&c=d?.mp3',
    `support/faults/${'ö'.repeat(502)}x.mp3`,
  ])('%s is a call of its own', async (key) => {
    const recording = await upload(key, audio, metadata);
    expect(await settled(recording)).toMatchObject({
      state: 'tagged',
      recording,
      tags: expect.arrayContaining(['credit-over-policy']),
    });
  });
});

describe('Transcribe', () => {
  it('fails a job: the call says why', async () => {
    const recording = await upload('support/faults/fails.mp3', audio, metadata);
    await faults({ fail: { jobName: callIdOf(recording), reason: 'the audio could not be read' }, delayMs: 500 });
    const call = await settled(recording);
    expect(call).toMatchObject({
      state: 'failed',
      stateReason: { code: 'transcription-failed', message: 'the audio could not be read' },
    });
    expect(call.moments).toEqual([]);
  });

  it('throttles: the recording is taken up when it no longer does', async () => {
    await faults({ throttle: { times: 3 } });
    expect(await settled(await upload('support/faults/throttled.mp3', audio, metadata))).toMatchObject({
      state: 'tagged',
    });
  });

  it('tells of the end twice: the call is tagged once', async () => {
    await faults({ duplicateEvents: { times: 1 } });
    const recording = await upload('support/faults/twice.mp3', audio, metadata);
    const call = await settled(recording);
    expect(call.history.map((entry) => entry.state)).toEqual(['received', 'transcribing', 'tagged']);
    expect(call.moments.filter((moment) => moment.tag === 'credit-over-policy')).toHaveLength(1);
  });
});

describe('the same key uploaded again', () => {
  it('is another recording with a call of its own; the older one can be traced', async () => {
    const first = await upload('support/faults/again.mp3', audio, metadata);
    expect(await settled(first)).toMatchObject({ state: 'tagged' });
    const second = await upload('support/faults/again.mp3', await sampleAudio('address-change.mp3'), metadata);
    expect(callIdOf(second)).not.toBe(callIdOf(first));
    expect(await settled(second)).toMatchObject({ state: 'tagged', tags: ['recording-disclosure'] });
    expect(await verbatim.call(callIdOf(first))).toMatchObject({
      recording: first,
      tags: expect.arrayContaining(['credit-over-policy']),
    });
  });
});
