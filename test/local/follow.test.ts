import { expect, test } from 'vitest';
import { type VerbatimClient, VerbatimClientError } from '../../client/verbatim-client.ts';
import type { CallState } from '../../lambdas/calls/calls.ts';
import { followCalls } from '../../local/follow.ts';
import type { UploadedSample } from '../../local/upload.ts';

const upload = (callId: string): UploadedSample => ({
  callId,
  startedAt: '2026-11-24T08:00:00Z',
  recording: { bucket: 'recordings', key: `support/${callId}.mp3`, versionId: '1' },
  sample: {
    recording: `${callId}.mp3`,
    title: callId,
    daysAgo: 0,
    timeOfDay: '08:00:00Z',
    metadata: { 'agent-id': 'agent-lee', 'customer-id': 'customer-1' },
  },
});

/** A client whose calls go through these states, one at each look; an empty state is a call that is not there yet. */
function clientWith(states: Record<string, (CallState | '')[]>): Pick<VerbatimClient, 'call'> {
  return {
    call: async (callId) => {
      const state = states[callId]?.length === 1 ? states[callId][0] : states[callId]?.shift();
      if (!state) throw new VerbatimClientError(404, `there is no call ${callId}`);
      const at = '2026-11-24T08:00:00Z';
      return {
        callId,
        recording: upload(callId).recording,
        state,
        stateSince: at,
        receivedAt: at,
        attempt: 1,
        dueAt: at,
        history: [],
        tags: [],
        taggings: [],
        moments: [],
        links: { transcript: '', audio: '', custody: '' },
        ...(state === 'failed' && { stateReason: { code: 'no-speech', message: 'nothing was said' } }),
      };
    },
  };
}

test('calls are followed through their states until the last is final', async () => {
  const lines: string[] = [];
  const client = clientWith({ a: ['', 'transcribing', 'tagged'], b: ['transcribing', 'failed'] });
  const followed = await followCalls(client, [upload('a'), upload('b')], { log: (line) => lines.push(line.trim()) });
  expect(followed.map(({ call }) => call.state)).toEqual(['tagged', 'failed']);
  expect(lines).toEqual([
    '[0/2] b.mp3 is transcribing',
    '[0/2] a.mp3 is transcribing',
    '[1/2] b.mp3 is failed: nothing was said',
    '[2/2] a.mp3 is tagged',
  ]);
});

test('following ends when it is told to', async () => {
  const stopping = new AbortController();
  const following = followCalls(clientWith({}), [upload('a')], { log: () => {}, signal: stopping.signal });
  stopping.abort();
  await expect(following).rejects.toThrow('aborted');
});
