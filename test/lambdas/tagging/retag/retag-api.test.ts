import { describe, expect, it } from 'vitest';
import { callStore } from '../../../../lambdas/calls/calls.ts';
import type { RetagMessage } from '../../../../lambdas/tagging/retag/retag.ts';
import { taggingApi } from '../../../../lambdas/tagging/retag/retag-api.ts';
import { retagCall } from '../../../../lambdas/tagging/retag/retag-call.ts';
import { retagPage } from '../../../../lambdas/tagging/retag/retag-page.ts';
import { retagStore } from '../../../../lambdas/tagging/retag/retag-store.ts';
import { applyRulebook, Rulebook } from '../../../../lambdas/tagging/tagging.ts';
import {
  memoryRecordings,
  memoryTranscripts,
  NOW,
  retention,
  says,
  support,
  transcribingCall,
  transcriptOf,
} from '../../builders.ts';
import { testEdge } from '../../http-edge.ts';
import { memoryDynamodb } from '../../memory-dynamodb.ts';

const rules = [{ id: 'greeting', tag: 'greeting', phrases: ['good morning'] }];
const deployed = Rulebook.parse({ version: '1', rules });
const next = { version: '2', rules: [{ id: 'parting', tag: 'parting', phrases: ['good night'] }] };

/** What is looked at of the answers. */
interface Answer {
  readonly detail: string;
  readonly retagId: string;
  readonly sha256: string;
  readonly state: string;
  readonly tags: { readonly samples: { readonly callId: string }[] }[];
  readonly items: { readonly callId: string }[];
  readonly nextCursor?: string;
}

/** The URL, over calls in which somebody says good night. */
async function app(callCount = 0) {
  const { client } = memoryDynamodb();
  const calls = callStore(client, 'calls');
  const transcript = transcriptOf(says('CUSTOMER', 'well good night'));
  const callIds = Array.from({ length: callCount }, (_, i) => `call${i}`);
  for (const callId of callIds) {
    await calls.create(transcribingCall(callId));
    await calls.enterTagged(transcribingCall(callId), [], NOW, { rulebookVersion: '1' });
  }
  const queue: RetagMessage[] = [];
  let begun = 0;
  const needs = {
    ...{ retags: retagStore(client, 'calls'), calls, recordings: memoryRecordings({}).store },
    transcripts: memoryTranscripts({}, Object.fromEntries(callIds.map((callId) => [callId, transcript]))).store,
    rulebooks: { put: async () => {} },
    tagCopies: async () => {},
    ...{ retention, sources: [support] },
    deployed,
    taggerOf: async () => (said: typeof transcript) => applyRulebook(said, Rulebook.parse(next)),
    send: async (messages: readonly RetagMessage[]) => void queue.push(...messages),
    clock: () => new Date(NOW),
    randomId: () => `random${begun++ || ''}`,
  };
  const api = taggingApi({ ...needs, edge: testEdge({ clock: needs.clock }) });
  const ask = async (method: string, path: string, body?: unknown, key?: string) => {
    const headers = { 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) };
    const response = await api.request(path, {
      method,
      ...(body !== undefined && { headers, body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Answer };
  };
  const work = async () => {
    for (let message = queue.shift(); message; message = queue.shift()) {
      await (message.kind === 'page' ? retagPage(message, needs) : retagCall(message, needs));
    }
  };
  return { ask, work, queue };
}

describe('GET /rulebook', () => {
  it('answers the rulebook by which new calls are tagged', async () => {
    const { ask } = await app();
    const { body } = await ask('GET', '/rulebook');
    expect(body).toMatchObject({ version: '1', rulebook: { rules: [{ id: 'greeting' }] } });
    expect(body.sha256).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('POST /retags', () => {
  it('begins one, and tells its id', async () => {
    const { ask, queue } = await app();
    const { status, body } = await ask('POST', '/retags', { rulebook: next, dryRun: true });
    expect(status).toBe(202);
    expect(body).toEqual({
      ...{ retagId: '20261014T120000-random', rulebookVersion: '2', dryRun: true, slice: {}, startedAt: NOW },
      rulebookSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(new Set(queue.map((message) => message.kind))).toEqual(new Set(['page']));
  });

  it('begins one for each Idempotency-Key, however often it is asked for', async () => {
    const { ask, queue, work } = await app(3);
    const asked = { rulebook: next, dryRun: true };
    const first = await ask('POST', '/retags', asked, 'matter-4711');
    // Its messages were not sent: who asks again has them sent.
    const sent = queue.splice(0).length;
    const again = await ask('POST', '/retags', asked, 'matter-4711');
    expect(again).toEqual(first);
    expect(queue).toHaveLength(sent);
    await work();
    expect(await ask('POST', '/retags', asked, 'matter-4711')).toEqual(first);
    expect(queue).toEqual([]);

    for (const other of [
      { ...asked, dryRun: false },
      { ...asked, slice: { agentId: 'a' } },
    ]) {
      const { status, body } = await ask('POST', '/retags', other, 'matter-4711');
      expect(status).toBe(409);
      expect(body.detail).toBe(`Idempotency-Key: is that of ${first.body.retagId}, which is another one`);
    }
    expect((await ask('POST', '/retags', asked, 'matter-4712')).body.retagId).not.toBe(first.body.retagId);
    expect((await ask('GET', '/retags')).body.items).toHaveLength(2);
  });

  it('begins one where the same is asked for twice at once', async () => {
    const { ask } = await app();
    const asked = { rulebook: next, dryRun: true };
    const answers = await Promise.all([1, 2, 3].map(() => ask('POST', '/retags', asked, 'matter-4711')));
    expect(new Set(answers.map(({ body }) => body.retagId)).size).toBe(1);
    expect((await ask('GET', '/retags')).body.items).toHaveLength(1);
  });

  it.each([
    ['no rulebook', { dryRun: true }, /rulebook: /],
    [
      'a phrase that is none',
      { dryRun: true, rulebook: { ...next, rules: [{ ...next.rules[0], phrases: [''] }] } },
      /^rulebook\.rules\.0\.phrases/,
    ],
    ['nothing said of whether it is dry', { rulebook: next }, /^dryRun: is missing/],
    ['a slice of no known kind', { rulebook: next, dryRun: true, slice: { team: 'a' } }, /^slice: .*team/],
    [
      'a period that ends before it begins',
      { rulebook: next, dryRun: true, slice: { from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' } },
      /^slice\.from: is not before to/,
    ],
  ])('refuses %s', async (_what, asked, detail) => {
    const { ask, queue } = await app();
    const { status, body } = await ask('POST', '/retags', asked);
    expect(status).toBe(400);
    expect(body.detail).toMatch(detail);
    expect(queue).toEqual([]);
  });

  it('refuses other rules under the version that is deployed; other examples are no other rules', async () => {
    const { ask } = await app();
    const { status, body } = await ask('POST', '/retags', { rulebook: { ...next, version: '1' }, dryRun: false });
    expect(status).toBe(409);
    expect(body.detail).toMatch(/rulebook\.version: "1" .*change the version/);
    const rulebook = { version: '1', rules: [{ ...rules[0], examples: { match: ['Good morning.'] } }] };
    expect(await ask('POST', '/retags', { rulebook, dryRun: false })).toMatchObject({ status: 202 });
  });
});

describe('a retag', () => {
  it('is followed to its end, with a few calls for each change, and all of them page by page', async () => {
    const { ask, work } = await app(7);
    const { retagId } = (await ask('POST', '/retags', { rulebook: next, dryRun: false })).body;
    expect((await ask('GET', `/retags/${retagId}`)).body).toMatchObject({
      state: 'running',
      deployedRulebookVersion: '1',
    });
    await work();
    const { body } = await ask('GET', `/retags/${retagId}`);
    expect(body).toMatchObject({
      state: 'done',
      calls: { found: 7, allFound: true, settled: 7, changed: 7, skipped: 0 },
      tags: [{ tag: 'parting', gained: 7, lost: 0, moved: 0, unchanged: 0 }],
    });
    expect(body.tags[0]?.samples.map((change) => change.callId)).toEqual(['call0', 'call1', 'call2']);

    const listed: string[] = [];
    let cursor = '';
    do {
      const page = await ask('GET', `/retags/${retagId}/changes?tag=parting&limit=2${cursor && `&cursor=${cursor}`}`);
      listed.push(...page.body.items.map((change) => change.callId));
      cursor = page.body.nextCursor ?? '';
    } while (cursor);
    expect(listed).toEqual(Array.from({ length: 7 }, (_, i) => `call${i}`));
    expect((await ask('GET', '/retags')).body.items).toMatchObject([{ retagId, dryRun: false }]);
  });

  it('can be cancelled and resumed until it is done', async () => {
    const { ask, work } = await app(2);
    const { retagId } = (await ask('POST', '/retags', { rulebook: next, dryRun: true })).body;
    expect(await ask('POST', `/retags/${retagId}/cancel`)).toMatchObject({ status: 202, body: { cancelledAt: NOW } });
    expect((await ask('GET', `/retags/${retagId}`)).body.state).toBe('cancelled');
    await work();
    expect((await ask('POST', `/retags/${retagId}/resume`)).status).toBe(202);
    await work();
    expect((await ask('GET', `/retags/${retagId}`)).body).toMatchObject({ state: 'done', calls: { settled: 2 } });
    expect((await ask('POST', `/retags/${retagId}/cancel`)).status).toBe(409);
    expect((await ask('POST', `/retags/${retagId}/resume`)).status).toBe(409);
  });

  it.each(['/retags/none', '/retags/none/changes?tag=a'])('%s is not there', async (path) => {
    expect((await (await app()).ask('GET', path)).status).toBe(404);
  });

  it.each(['', '?kind=lost', '?tag=a&kind=skipped', '?kind=found&tag=a'])(
    'changes are not asked for by "%s"',
    async (query) => {
      expect((await (await app()).ask('GET', `/retags/none/changes${query}`)).status).toBe(400);
    },
  );
});
