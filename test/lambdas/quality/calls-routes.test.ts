import { describe, expect, it } from 'vitest';
import type { AudioLinks, Moment } from '../../../lambdas/calls/calls.ts';
import type { Role } from '../../../lambdas/quality/access.ts';
import { only, says, transcriptOf } from '../builders.ts';
import { qualityWorld, taggedCall } from './world.ts';

const moment: Moment = {
  ...{ tag: 'closing', startMs: 1000, endMs: 3000, speaker: 'AGENT', quote: 'good bye' },
  ...{ ruleId: 'closing', rulebookVersion: '1' },
};
const link = {
  ...{ url: 'https://example.com/a.wav', expiresAt: '2026-10-14T12:05:00.000Z', startMs: 0 },
  ...{ audio: 'redacted' as const, contentType: 'audio/wav', versionId: 'v2' },
};
const world = () =>
  qualityWorld({
    calls: [taggedCall('a'), taggedCall('b', { agentId: 'kim' }), taggedCall('c', { agentId: undefined })],
    moments: { a: [moment] },
    transcripts: { a: transcriptOf(says('AGENT', 'good bye')) },
    changes: { audio: only<AudioLinks>({ forAll: async () => link }) },
  });

const seeing: [Role, string][] = [
  ['reviewer', 'rita'],
  ['supervisor', 'sue'],
  ['trainer', 'tina'],
  ['agent', 'lee'],
];

describe('a call', () => {
  it.each(seeing)('is told without its customer, and that is noted: %s', async (role, person) => {
    const { as, custody } = await world();
    const { status, body } = await as(role, person)('/calls/a');
    expect(status).toBe(200);
    expect(body).toMatchObject({ callId: 'a', agentId: 'lee', tags: ['closing'], moments: [moment], scores: [] });
    expect(JSON.stringify(body)).not.toMatch(/customerId|c-1|recording|retention/);
    expect(await custody.all('a')).toMatchObject([{ kind: 'call-read', person, details: { role } }]);
  });

  it.each(seeing)('of others is not told, heard or read, and nothing is noted: %s', async (role, person) => {
    const { as, custody } = await world();
    for (const call of ['b', 'c'])
      for (const path of ['', '/audio', '/transcript'])
        expect(await as(role, person)(`/calls/${call}${path}`)).toMatchObject({
          // Nor is it told whose it is.
          ...{ status: 403, body: { detail: expect.not.stringContaining('kim') } },
        });
    expect([...(await custody.all('b')), ...(await custody.all('c'))]).toEqual([]);
  });

  it('that names no agent is for those who see every team', async () => {
    const { as } = await world();
    expect((await as('reviewer', 'quinn')('/calls/c')).status).toBe(200);
    expect((await as('agent', 'quinn')('/calls/c')).status).toBe(403);
    expect((await as('reviewer', 'quinn')('/calls/x')).status).toBe(404);
  });

  it('is heard and read once that is noted', async () => {
    const { as, custody, needs } = await world();
    const rita = as('reviewer', 'rita');
    expect(await rita('/calls/a/audio')).toMatchObject({ status: 200, body: link });
    expect(await rita('/calls/a/transcript')).toMatchObject({ body: { turns: [{ text: 'good bye' }] } });
    expect((await rita('/calls/a/transcript?format=pdf')).status).toBe(400);
    expect(await custody.all('a')).toMatchObject([
      { kind: 'audio-handed-out', person: 'rita', details: { role: 'reviewer', audio: 'redacted', versionId: 'v2' } },
      { kind: 'transcript-handed-out', details: { format: 'json' } },
    ]);
    const gone = await qualityWorld({ ...needs, changes: { custody: { append: async () => undefined } } });
    expect((await gone.as('reviewer', 'rita')('/calls/a')).status).toBe(404);
  });
});
