import { describe, expect, it } from 'vitest';
import { callStore } from '../../../lambdas/calls/calls.ts';
import { type FindCandidatesNeeds, findCandidates } from '../../../lambdas/disputes/find-candidates.ts';
import { handedOutCall, noteHandOut, transcriptOf as words } from '../../../lambdas/disputes/hand-out.ts';
import { callAnalyticsDocument, memoryTranscripts, NOW, says, transcriptOf } from '../builders.ts';
import { someone, taggedCall, world } from './world.ts';

const on = (day: number) => ({ startedAt: `2026-10-${String(day).padStart(2, '0')}T09:00:00.000Z` });

/** A customer's calls, of which `heard` have a transcript. */
async function searching(heard: string[], more: Partial<FindCandidatesNeeds> = {}) {
  const w = await world([
    ...['a', 'b', 'c', 'd', 'e'].map((callId, i) => taggedCall(callId, on(10 + i))),
    taggedCall('early', on(1)),
    taggedCall('other', { ...on(12), customerId: 'c-2' }),
    taggedCall('way', { ...on(13), state: 'transcribing' }),
  ]);
  const transcript = transcriptOf(says('AGENT', 'I give you a credit of forty dollars', 1000));
  const transcripts = memoryTranscripts({}, Object.fromEntries(heard.map((callId) => [callId, transcript])));
  const calls = callStore(w.table.client, 't');
  const { topics, custody, clock } = w.needs();
  const needs: FindCandidatesNeeds = {
    // Pages of two, however many are asked for: each is followed.
    callsOfCustomer: (customerId, request) => calls.listCalls({ customerId }, { ...request, limit: 2 }),
    ...{ calls, transcripts: transcripts.store, custody, topics, clock },
    ...more,
  };
  const dispute = await w.open();
  return { w, find: () => findCandidates(dispute, someone, needs), needs };
}

describe('the candidates of a dispute', () => {
  it("are all of the customer's calls in the period, through every page, and no others", async () => {
    const { find } = await searching(['b']);
    const { items, searched, notSaid } = await find();
    expect(items.map(({ callId }) => callId).toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'way']);
    expect(items[0]?.callId).toBe('b');
    expect(searched.calls).toBe(1);
    expect(searched.notTranscribed).toContainEqual({ callId: 'way', state: 'transcribing' });
    expect(notSaid).toBeUndefined();
  });

  it('are noted in the custody of each call whose words were read, and of no other', async () => {
    const { w, find } = await searching(['b']);
    await find();
    expect(await w.notedOf('a')).toEqual([]);
    expect(await w.custody.all('b')).toMatchObject([
      { kind: 'found-by-search', ...someone, details: { disputeId: 'd' }, why: 'the dispute d' },
    ]);
  });

  it('are not told where nothing could be noted of them: such a call is going', async () => {
    const { w, find } = await searching(['b']);
    const call = await w.calls.get('b');
    const deletion = { reason: 'expired', rule: 'default', requestedAt: NOW, dueOnly: false } as const;
    const calls = callStore(w.table.client, 't');
    const listed = await calls.listCalls(
      { customerId: 'c-1' },
      { from: on(1).startedAt, to: NOW, order: 'oldest-first', limit: 9 },
    );
    if (call) await calls.enterDeleting(call, deletion, NOW);
    const stale = await searching(['b'], {
      callsOfCustomer: async () => ({ items: listed.items, next: undefined }),
      custody: w.needs().custody,
    });
    const { items, searched } = await stale.find();
    expect(items.flatMap(({ moments }) => moments)).toEqual([]);
    expect(searched.notTranscribed).toContainEqual({ callId: 'b', state: 'deleting' });
    expect((await find()).items.find(({ callId }) => callId === 'b')?.moments).toEqual([]);
  });

  it('are too many where the period is too long', async () => {
    const { find } = await searching([], { maxCalls: 3 });
    await expect(find()).rejects.toThrow(/more than 3 calls are in the period: narrow the period/);
    await expect(find()).rejects.toMatchObject({ kind: 'bad-request' });
  });
});

describe('what is handed out of a call', () => {
  const location = { bucket: 'transcripts', key: 'transcribe-output/analytics/a.json' };
  const redaction = { keepOriginalTranscript: true };
  const job = { kind: 'call-analytics', name: 'a', agentChannel: 0, redaction } as const;
  const document = callAnalyticsDocument(says('AGENT', 'my name is Ann', 0));
  const redacted = transcriptOf(says('AGENT', 'my name is [NAME]', 0));
  const { store } = memoryTranscripts(
    { [`https://s3.amazonaws.com/transcripts/${location.key}`]: document },
    { a: redacted },
  );

  it('is only of calls of the dispute, and an original only for a reason, while it is not closed', async () => {
    const w = await world();
    await w.open();
    const of = async (asked: { original: boolean; reason?: string }, callId = 'a') => {
      const dispute = await w.disputes.get('d');
      if (!dispute) throw new Error('there is no dispute');
      return handedOutCall(dispute, { callId, ...asked }, w);
    };
    await expect(of({ original: false })).rejects.toThrow(/is not in the dispute d: take it in first/);
    await w.take(['a']);
    await expect(of({ original: true })).rejects.toThrow(/reason: is missing/);
    expect(await of({ original: true, reason: 'to hear the number' })).toMatchObject({ callId: 'a' });
    await w.close();
    await expect(of({ original: true, reason: 'x' })).rejects.toThrow(/is closed: reopen it/);
    expect(await of({ original: false })).toMatchObject({ callId: 'a' });
  });

  it('is noted with who asked, and why', async () => {
    const w = await world();
    const asked = { callId: 'a', original: true, reason: 'to hear the number' };
    await noteHandOut('audio-handed-out', { disputeId: 'd' }, asked, { startMs: 5 }, someone, w.needs());
    expect(await w.custody.all('a')).toMatchObject([
      {
        kind: 'audio-handed-out',
        ...someone,
        why: asked.reason,
        details: { disputeId: 'd', original: true, startMs: 5 },
      },
    ]);
    const noting = noteHandOut(
      'audio-handed-out',
      { disputeId: 'd' },
      { ...asked, callId: 'none' },
      {},
      someone,
      w.needs(),
    );
    await expect(noting).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('is the transcript as it was said where that was kept, and says why where it was not', async () => {
    const needs = { transcripts: store };
    const kept = taggedCall('a', { job: { ...job, outputs: { transcript: location, originalTranscript: location } } });
    expect((await words(kept, true, needs)).turns[0]?.text).toBe('my name is Ann');
    expect((await words(kept, false, needs)).turns[0]?.text).toBe('my name is [NAME]');
    const lost = taggedCall('a', { job: { ...job, outputs: { transcript: location } } });
    await expect(words(lost, true, needs)).rejects.toThrow(/no original transcript of the call a was kept/);
    const plain = taggedCall('a', { job: { kind: 'call-analytics', name: 'a', agentChannel: 0 } });
    expect((await words(plain, true, needs)).turns).toHaveLength(1);
  });
});
