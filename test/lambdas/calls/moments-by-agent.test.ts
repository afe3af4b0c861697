import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FoundMoment } from '../../../lambdas/calls/calls.ts';
import { groupByAgent, mergeAgents, momentsByAgent } from '../../../lambdas/calls/moments-by-agent.ts';
import type { Page, PageRequest } from '../../../lambdas/platform/cursor.ts';
import { NOW } from '../builders.ts';

const said = (agentId: string | undefined, callId: string, startMs: number, value?: number): FoundMoment => ({
  ...{
    tag: 'credit-over-policy',
    startMs,
    endMs: startMs + 2000,
    speaker: 'AGENT',
    quote: 'a credit of forty dollars',
  },
  ...{ ruleId: 'credit', rulebookVersion: '1', callId, customerId: 'c-1', occurredAt: NOW },
  ...(agentId !== undefined && { agentId }),
  ...(value !== undefined && { amount: { value, currency: 'USD' } }),
});

test('which agents offered a credit over policy: who did so most is first, with every place where it was said', () => {
  const groups = groupByAgent([
    said('kim', 'call1', 1000, 40),
    said('lee', 'call2', 2000, 0.1),
    said('lee', 'call2', 9000, 0.2),
    said('lee', 'call3', 500),
    said(undefined, 'call4', 700, 50),
  ]);
  expect(groups.map(({ moments: _, ...group }) => group)).toEqual([
    { agentId: 'lee', callCount: 2, momentCount: 3, totals: [{ currency: 'USD', value: 0.3 }] },
    { agentId: null, callCount: 1, momentCount: 1, totals: [{ currency: 'USD', value: 50 }] },
    { agentId: 'kim', callCount: 1, momentCount: 1, totals: [{ currency: 'USD', value: 40 }] },
  ]);
  expect(groups[0]?.moments.map(({ callId, startMs, endMs }) => [callId, startMs, endMs])).toEqual([
    ['call2', 2000, 4000],
    ['call2', 9000, 11_000],
    ['call3', 500, 2500],
  ]);
});

test('groups of further pages add to the former by agent, as if all were one page', () => {
  const moment = fc
    .tuple(fc.constantFrom('kim', 'lee', undefined), fc.nat(3), fc.nat(9), fc.option(fc.nat(50), { nil: undefined }))
    .map(([agentId, call, startMs, value]) => said(agentId, `call${call}`, startMs, value));
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 20 }), fc.nat(20), (moments, cut) => {
      const merged = mergeAgents(groupByAgent(moments.slice(0, cut)), groupByAgent(moments.slice(cut)));
      const once = groupByAgent(moments);
      const counts = (groups: typeof once) => groups.map(({ moments: _, ...group }) => group);
      expect(counts(merged)).toEqual(counts(once));
      expect(merged.flatMap((group) => group.moments)).toHaveLength(moments.length);
    }),
  );
});

describe('one answer', () => {
  const all = Array.from({ length: 2500 }, (_, i) => said('lee', `call${i}`, i));
  const asked: number[] = [];
  const list = async ({ position, limit }: PageRequest): Promise<Page<FoundMoment>> => {
    asked.push(limit);
    const begin = position?.group ?? 0;
    const end = begin + limit;
    return { items: all.slice(begin, end), next: end < all.length ? { group: end, progress: [] } : undefined };
  };
  const request = { from: NOW, to: NOW, order: 'oldest-first', limit: 5000 } as const;

  test('holds all of the period', async () => {
    const { items, next } = await momentsByAgent(request, list);
    expect(items[0]?.momentCount).toBe(2500);
    expect(next).toBeUndefined();
  });

  test.each([
    ['so many moments', 300, { bytes: 1e9, pages: 60 }, 300],
    ['so many bytes', 5000, { bytes: 1000, pages: 60 }, 1000],
    ['so many pages', 5000, { bytes: 1e9, pages: 2 }, 2000],
  ])('holds %s at most, and goes on behind them', async (_, limit, bounds, count) => {
    const first = await momentsByAgent({ ...request, limit }, list, bounds);
    expect(first.items[0]?.momentCount).toBe(count);
    const { next } = first;
    const rest = await momentsByAgent({ ...request, ...(next && { position: next }) }, list);
    expect(mergeAgents(first.items, rest.items)[0]).toMatchObject({ momentCount: 2500, callCount: 2500 });
  });
});
