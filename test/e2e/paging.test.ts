import { beforeAll, describe, expect, it } from 'vitest';
import { type Call, callIdOf, type Moment, receivedCall } from '../../lambdas/calls/calls.ts';
import { calls, verbatim } from './stack.ts';

/** Calls as a busy agent has them: several begin in the same second, over a turn of the year. */
const CALLS = 130;
const period = { from: '2019-12-31T00:00:00Z', to: '2020-01-02T00:00:00Z' };
const startedAt = (i: number) => new Date(Date.UTC(2019, 11, 31, 20) + Math.floor(i / 3) * 240_000).toISOString();

const call = (i: number): Call => {
  const recording = { bucket: 'paging', key: `support/paging/${i}.mp3`, versionId: '1' };
  return {
    ...receivedCall(callIdOf(recording), recording, 'support', startedAt(i)),
    ...{ state: 'transcribing', agentId: 'agent-paging', customerId: 'customer-paging', startedAt: startedAt(i) },
  };
};
const moment: Moment = {
  ...{ tag: 'paging', startMs: 1500, endMs: 2500, speaker: 'AGENT', quote: 'page by page' },
  ...{ ruleId: 'paging', rulebookVersion: 'test' },
};

beforeAll(async () => {
  for (let i = 0; i < CALLS; i += 10) {
    await Promise.all(
      Array.from({ length: Math.min(10, CALLS - i) }, async (_, j) => {
        const one = call(i + j);
        await calls.create(one);
        await calls.enterTagged(one, [moment], one.receivedAt);
      }),
    );
  }
}, 60_000);

describe.each([7, 50, 200])('pages of %i', (limit) => {
  it.each(['oldest-first', 'newest-first'] as const)('give every call exactly once, %s', async (order) => {
    for (const of of [{ agentId: 'agent-paging' }, { customerId: 'customer-paging' }]) {
      const found = await Array.fromAsync(verbatim.calls(of, { ...period, order, limit }));
      const times = found.map((one) => one.startedAt ?? '');
      expect(new Set(found.map((one) => one.callId)).size).toBe(CALLS);
      expect(found).toHaveLength(CALLS);
      expect(times).toEqual(order === 'oldest-first' ? times.toSorted() : times.toSorted().toReversed());
    }
  });

  it.each(['oldest-first', 'newest-first'] as const)('give every moment of a tag exactly once, %s', async (order) => {
    const found = await Array.fromAsync(verbatim.moments('paging', { ...period, order, limit }));
    const times = found.map((one) => one.occurredAt);
    expect(new Set(found.map((one) => one.callId)).size).toBe(CALLS);
    expect(found).toHaveLength(CALLS);
    expect(times).toEqual(order === 'oldest-first' ? times.toSorted() : times.toSorted().toReversed());
  });
});
