import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agentScoreStore } from '../../../../lambdas/quality/scoring/agent-score-store.ts';
import { AgentScore } from '../../../../lambdas/quality/scoring/agent-scores.ts';
import { memoryDynamodb } from '../../memory-dynamodb.ts';

const row = (changes: Partial<AgentScore> = {}): AgentScore =>
  AgentScore.parse({
    ...{ agentId: 'lee', callId: 'a', callStartedAt: '2026-10-14T09:00:00.000Z', by: 'automatic' },
    ...{ scorecard: 'service', scorecardVersion: '1', scoredAt: '2026-10-14T12:00:00.000Z' },
    ...{ percent: 70, passed: false, failedBy: [], shares: { greeting: 0.25 }, notApplicable: [], facts: { tags: [] } },
    ...changes,
  });

function agents(keepScoresDays = 1827) {
  const table = memoryDynamodb();
  const store = agentScoreStore(table.client, 't', keepScoresDays);
  const change = async (before: AgentScore | undefined, after: AgentScore | undefined): Promise<number> => {
    const TransactItems = store.changes(before, after);
    if (TransactItems.length > 0) await table.client.send(new TransactWriteCommand({ TransactItems }));
    return TransactItems.length;
  };
  return { table, store, change };
}

describe('a score that outlives its call', () => {
  it('is a row and a part of its month, until it is replaced or taken back', async () => {
    const { store, change } = agents();
    expect(await change(undefined, row())).toBe(2);
    expect(await store.get('lee', row())).toEqual(row());
    const better = row({ percent: 90.5, passed: true, shares: { greeting: 1, solved: 0.3333 } });
    await change(row(), better);
    expect(await store.months('lee', 'service', '2026-10', '2026-10')).toEqual([
      {
        ...{ agentId: 'lee', month: '2026-10', by: 'automatic', scorecard: 'service', scorecardVersion: '1' },
        ...{ scored: 1, passed: 1, failed: 0, percent: { n: 1, sum: 90.5, squares: 8190.25 } },
        criteria: {
          greeting: { n: 1, sum: 1, squares: 1 },
          solved: { n: 1, sum: 0.3333, squares: 0.3333 ** 2 },
        },
      },
    ]);
    await change(better, undefined);
    expect(await store.get('lee', row())).toBeUndefined();
    expect(await store.months('lee', 'service', '2026-01', '2026-12')).toEqual([]);
  });

  it('is not written over what somebody else wrote meanwhile', async () => {
    const { change } = agents();
    await change(undefined, row());
    await expect(change(undefined, row({ percent: 80 }))).rejects.toThrow('TransactionCanceledException');
    await expect(change(row({ percent: 10 }), row({ percent: 80 }))).rejects.toThrow('TransactionCanceledException');
    await expect(change(row({ percent: 10 }), undefined)).rejects.toThrow('TransactionCanceledException');
  });

  it('moves from month to month with what it is of', async () => {
    const { store, change } = agents();
    await change(undefined, row());
    expect(await change(row(), row({ scorecardVersion: '2' }))).toBe(3);
    expect((await store.months('lee', 'service', '2026-10', '2026-10')).map((month) => month.scorecardVersion)).toEqual(
      ['2'],
    );
    expect(await change(row({ scorecardVersion: '2' }), row({ agentId: 'kim' }))).toBe(4);
    expect(await store.months('lee', 'service', '2026-10', '2026-10')).toEqual([]);
    expect(
      await store.rows('kim', row(), { from: '2026-10-01T00:00:00.000Z', to: '2026-11-01T00:00:00.000Z' }),
    ).toEqual([row({ agentId: 'kim' })]);
  });

  it('is kept for so many days from its call, and its month from its end', async () => {
    const { table, change } = agents(10);
    await change(undefined, row());
    const ttls = table
      .items('agent#')
      .map(({ part, ttl }) => [String(part).split('#')[0], new Date(Number(ttl) * 1000)]);
    expect(ttls).toEqual([
      ['score', new Date('2026-10-24T09:00:00Z')],
      ['month', new Date('2026-11-11T00:00:00Z')],
    ]);
    expect(await change(undefined, row({ callId: 'old', callStartedAt: '2026-10-04T12:00:00.000Z' }))).toBe(0);
  });

  it('is counted by as many criteria as a scorecard may have: within what DynamoDB takes of an expression', () => {
    const { store } = agents();
    const shares = (share: number) =>
      Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`criterion-${i}`, share]));
    const changes = [
      store.changes(undefined, row({ shares: shares(0.5) })),
      store.changes(row({ shares: shares(0.5) }), row({ shares: {}, passed: true, failedBy: ['x'] })),
    ];
    for (const { Update } of changes.flat().filter((one) => one.Update)) {
      expect(Object.keys(Update?.ExpressionAttributeNames ?? {}).length).toBeGreaterThan(240);
      // 4 KB, and 300 operators. Source: DynamoDB Developer Guide, Quotas, "Expression parameters".
      expect(Buffer.byteLength(Update?.UpdateExpression ?? '')).toBeLessThanOrEqual(4096);
      expect(Object.keys(Update?.ExpressionAttributeValues ?? {}).length).toBeLessThanOrEqual(300);
    }
  });

  it('is listed with an agent’s other reviews of whichever scorecard, a page in one query', async () => {
    const { store, change } = agents();
    const review = (day: string, scorecard: string) =>
      row({
        ...{ by: 'review', scorecard, reviewId: `r${day}`, callId: `c${day}` },
        callStartedAt: `2026-10-${day}T09:00:00.000Z`,
      });
    for (const [day, name] of [
      ['03', 'service'],
      ['01', 'sales'],
      ['02', 'service'],
    ] as const)
      await change(undefined, review(day, name));
    await change(undefined, row());
    const request = { from: '2026-10-01T00:00:00.000Z', to: '2026-10-03T09:00:00.000Z', limit: 50 };
    const ids = async (order: 'oldest-first' | 'newest-first') =>
      (await store.listReviews('lee', { ...request, order })).items.map(({ reviewId }) => reviewId);
    expect(await ids('newest-first')).toEqual(['r02', 'r01']);
    const rows = await store.rows(
      'lee',
      { by: 'review', scorecard: 'service' },
      { ...request, to: '2026-11-01T00:00:00.000Z' },
    );
    expect(rows.map(({ reviewId }) => reviewId)).toEqual(['r02', 'r03']);
  });
});

const anyRow = fc.record(
  {
    callId: fc.constantFrom('a', 'b', 'c'),
    month: fc.constantFrom('09', '10'),
    version: fc.constantFrom('1', '2'),
    percent: fc.option(fc.integer({ min: 0, max: 10_000 }), { nil: undefined }),
    share: fc.integer({ min: 0, max: 10_000 }),
    failed: fc.boolean(),
    there: fc.boolean(),
  },
  { requiredKeys: ['callId', 'month', 'version', 'share', 'failed', 'there'] },
);

describe('months', () => {
  it('are a recount of their rows, whatever came and went', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 25 }), async (steps) => {
        const { store, change } = agents();
        const rows = new Map<string, AgentScore>();
        for (const { callId, month, version, percent, share, failed, there } of steps) {
          const after = there
            ? row({
                ...{ callId, callStartedAt: `2026-${month}-14T09:00:00.000Z`, scorecardVersion: version },
                ...{ percent: percent === undefined ? undefined : percent / 100, passed: percent === 10_000 },
                ...{ failedBy: failed ? ['x'] : [], shares: { greeting: share / 10_000 } },
              })
            : undefined;
          await change(rows.get(callId), after);
          if (after) rows.set(callId, after);
          else rows.delete(callId);
        }
        const found = await store.months('lee', 'service', '2026-09', '2026-10');
        expect(found.reduce((sum, { scored }) => sum + scored, 0)).toBe(rows.size);
        for (const month of found) {
          const own = [...rows.values()].filter(
            (one) => one.callStartedAt.startsWith(month.month) && one.scorecardVersion === month.scorecardVersion,
          );
          const tally = (values: number[], units: number) => ({
            n: values.length,
            sum: values.reduce((sum, one) => sum + Math.round(one * units), 0) / units,
            squares: values.reduce((sum, one) => sum + Math.round(one * units) ** 2, 0) / units ** 2,
          });
          expect(month).toMatchObject({
            scored: own.length,
            percent: tally(
              own.flatMap(({ percent }) => percent ?? []),
              100,
            ),
            passed: own.filter(({ passed }) => passed).length,
            failed: own.filter(({ failedBy }) => failedBy.length > 0).length,
            criteria: {
              greeting: tally(
                own.map(({ shares }) => shares.greeting ?? 0),
                10_000,
              ),
            },
          });
        }
      }),
      { numRuns: 60 },
    );
  });
});
