import { describe, expect, it } from 'vitest';
import { type Call, type CallStore, callIdOf, type Recording } from '../../../lambdas/calls/calls.ts';
import { recordingsApi } from '../../../lambdas/recordings/recordings-api.ts';
import { memoryCalls, NOW, only, transcribingCall } from '../builders.ts';
import { testEdge } from '../http-edge.ts';

const rejected = transcribingCall('bad', {
  state: 'rejected',
  stateReason: { code: 'missing-metadata', message: 'the object has no x-amz-meta-agent-id' },
});

const bodyOf = async (response: Response) => (await response.json()) as { items: unknown[]; detail: string };

function app(...stored: Call[]) {
  const { store, calls } = memoryCalls(...stored);
  const received: Recording[] = [];
  const api = recordingsApi({
    calls: store,
    recordings: {
      versionsOf: async (bucket, key) =>
        ['v2', 'v1'].map((versionId) => ({
          recording: { bucket, key, versionId },
          uploadedAt: NOW,
          current: versionId === 'v2',
        })),
    },
    receiveAgain: async (recording) => void received.push(recording),
    clock: () => new Date(NOW),
    edge: testEdge({ clock: () => new Date(NOW) }),
  });
  return { api, calls, received };
}

describe('GET /recordings/{callId}', () => {
  it('tells the whole history, and the other versions of the key with their calls', async () => {
    const response = await app(rejected).api.request('/recordings/bad');
    const { bucket, key } = rejected.recording;
    expect(await response.json()).toMatchObject({
      state: 'rejected',
      stateReason: rejected.stateReason,
      history: rejected.history,
      versions: ['v2', 'v1'].map((versionId) => ({
        versionId,
        callId: callIdOf({ bucket, key, versionId }),
        current: versionId === 'v2',
      })),
    });
  });

  it('knows nothing of a recording that is not there', async () => {
    expect((await app().api.request('/recordings/none')).status).toBe(404);
  });
});

describe('GET /recordings', () => {
  it('lists the recordings in a state with their reasons, and no metadata of the customer', async () => {
    const asked: unknown[] = [];
    const calls = only<CallStore>({
      listByState: async (states) => {
        asked.push(states);
        return { items: [rejected], next: undefined };
      },
    });
    const api = recordingsApi({
      calls,
      recordings: { versionsOf: async () => [] },
      receiveAgain: async () => {},
      clock: () => new Date(NOW),
      edge: testEdge(),
    });
    const body = await bodyOf(await api.request('/recordings?state=rejected'));
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({ callId: 'bad', stateReason: { code: 'missing-metadata' } });
    expect(JSON.stringify(body)).not.toContain(rejected.customerId);
    await api.request('/recordings');
    expect(asked).toEqual([
      ['rejected'],
      ['received', 'queued', 'transcribing', 'tagged', 'rejected', 'failed', 'deleting'],
    ]);
  });

  it('names a state that there is not', async () => {
    const response = await app().api.request('/recordings?state=lost');
    expect(response.status).toBe(400);
    expect((await bodyOf(response)).detail).toMatch(/^state:/);
  });
});

describe('POST /recordings/{callId}/retry', () => {
  it('receives again what was rejected or failed, as another attempt without the old reason', async () => {
    const { api, calls, received } = app(rejected);
    const response = await api.request('/recordings/bad/retry', { method: 'POST' });
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({ state: 'received', attempt: 2 });
    expect(calls.get('bad')?.stateReason).toBeUndefined();
    expect(received).toEqual([rejected.recording]);
  });

  it('refuses what is on its way or done', async () => {
    const { api, received } = app(transcribingCall('busy'));
    const response = await api.request('/recordings/busy/retry', { method: 'POST' });
    expect(response.status).toBe(409);
    expect((await bodyOf(response)).detail).toMatch(/transcribing: only rejected and failed/);
    expect(received).toEqual([]);
  });
});
