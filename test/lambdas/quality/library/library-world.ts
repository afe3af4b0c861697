import { audioLinks, type Call } from '../../../../lambdas/calls/calls.ts';
import type { Transcript } from '../../../../lambdas/transcription/transcription.ts';
import { NOW, says, transcriptOf } from '../../builders.ts';
import { type Given, qualityWorld, taggedCall } from '../world.ts';
import { memoryObjects } from './memory-objects.ts';
import { counting, wav } from './wav.ts';

const redacted = (callId: string) => ({ bucket: 'transcripts', key: `redacted-audio/${callId}.wav` });

/** A tagged call of 4 seconds whose source is redacted, with the redacted audio that was made of it. */
export const redactedCall = (callId: string, changes: Partial<Call> = {}): Call =>
  taggedCall(callId, {
    durationMs: 4000,
    retention: {
      ...{ retentionClass: '30-days', rule: 'default', countedFrom: '2026-10-14T09:00:00.000Z' },
      expiresAt: '2026-11-13T09:00:00.000Z',
    },
    job: {
      ...{ kind: 'call-analytics', name: `verbatim-${callId}`, agentChannel: 0 },
      redaction: { keepOriginalTranscript: false },
      outputs: { transcript: { bucket: 'transcripts', key: 't' }, redactedAudio: redacted(callId) },
    },
    ...changes,
  });

/** What is said in the call `a`: 12 words of 300 ms. */
export const conversation: Transcript = transcriptOf(
  says('CUSTOMER', 'I was charged twice last month', 0),
  says('AGENT', 'Sorry I refund that now [PII]', 1800),
);

/** A clip as it is asked for, of what the agent says. */
export const refund = {
  ...{ startMs: 1800, endMs: 3600, title: 'A refund at once', example: 'good', why: 'No excuse is made' },
  topics: ['refunds'],
} as const;

/** Two calls of the agent `lee`, of the team `billing`, and the objects in S3. */
export async function libraryWorld({ transcripts = { a: conversation }, calls, ...given }: Given = {}) {
  const samples = counting(4 * 16_000);
  const objects = memoryObjects({
    'transcripts/redacted-audio/a.wav': wav({ samples }),
    'transcripts/redacted-audio/b.wav': wav({ samples }),
    'recordings/a.wav': wav({ samples }),
  });
  const world = await qualityWorld({
    ...given,
    ...{ transcripts, calls: calls ?? [redactedCall('a'), redactedCall('b')] },
    changes: { s3: objects.client, audio: audioLinks(objects.client, () => new Date(NOW)), ...given.changes },
  });
  const { as } = world;
  const supervisor = as('supervisor', 'quinn');
  await supervisor('/agents/kim', { method: 'PUT', body: { team: 'sales', person: 'kim' } });
  await supervisor('/agents/pat', { method: 'PUT', body: { team: 'billing', person: 'pat' } });

  /** Makes a clip of a call. */
  const clip = async (changes: Record<string, unknown> = {}, callId = 'a'): Promise<string> => {
    const made = await as('trainer', 'tina')(`/calls/${callId}/clips`, { body: { ...refund, ...changes } });
    if (made.status !== 201) throw new Error(JSON.stringify(made.body));
    return (made.body as { clipId: string }).clipId;
  };
  return { ...world, objects, samples, clip };
}

/** The persons of tests, with agents of two teams. */
export const persons = {
  ...{ rita: ['billing'], sue: ['billing'], tina: ['billing'], sid: ['sales'], quinn: ['quality-leads'] },
  ...{ lee: [], pat: [], kim: [] },
};
