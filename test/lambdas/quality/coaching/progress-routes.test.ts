import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { Progress } from '../../../../lambdas/quality/coaching/progress-routes.ts';
import { TeamMonth } from '../../../../lambdas/quality/coaching/team-month.ts';
import { qualityApi } from '../../../../lambdas/quality/quality-api.ts';
import type { Review } from '../../../../lambdas/quality/reviews/review.ts';
import { reviewStore } from '../../../../lambdas/quality/reviews/review-store.ts';
import { NOW } from '../../builders.ts';
import { qualityWorld, taggedCall } from '../world.ts';
import { day, scored, storeScores } from './scored.ts';

/** 20 automatic scores of lee on each side of 2026-09-01: the greeting becomes better, the disclosure stays. */
const rows = Array.from({ length: 40 }, (_, i) =>
  scored(`call${i}`, day('2026-09-01', i - 20), {
    percent: i < 20 ? 50 : 90,
    shares: { disclosure: i % 2, greeting: i < 20 ? 0.25 : 1 },
  }),
);

async function scoredWorld() {
  const world = await qualityWorld();
  await storeScores(world.table.client, rows);
  return world;
}

describe('the progress of an agent', () => {
  it('is told month by month, with how many calls and an interval', async () => {
    const { as } = await scoredWorld();
    const { status, body } = await as('agent', 'lee')('/agents/lee/progress');
    expect(status).toBe(200);
    const { lines, comparison, scorecard } = Progress.parse(body);
    expect(scorecard).toBe('service');
    expect(comparison).toBeUndefined();
    expect(lines.map(({ by, criterionId }) => [by, criterionId])).toEqual([
      ['automatic', undefined],
      ['automatic', 'disclosure'],
      ['automatic', 'greeting'],
    ]);
    expect(lines[0]?.periods).toMatchObject([
      { period: '2026-08', n: 20, mean: 50 },
      { period: '2026-09', n: 20, mean: 90, enough: true },
    ]);
    for (const line of lines)
      for (const { n, mean, low, high } of line.periods) {
        expect(n).toBeGreaterThan(0);
        expect([low, mean, high]).toEqual([low, mean, high].toSorted((a, b) => Number(a) - Number(b)));
      }
  });

  it('is the same by weeks, which are counted of the calls', async () => {
    const { as } = await scoredWorld();
    const { lines } = Progress.parse((await as('supervisor', 'sue')('/agents/lee/progress?by=week')).body);
    expect(lines[0]).toMatchObject({ whole: { n: 40, mean: 70 } });
    expect(lines[0]?.periods.map(({ period }) => period)).toContain('2026-W36');
  });

  it('is compared before and after a session, beside its goals', async () => {
    const world = await scoredWorld();
    const sue = world.as('supervisor', 'sue');
    const goals = [
      { criterionId: 'greeting', targetPercent: 60, text: 'Greet by name' },
      { criterionId: 'disclosure', targetPercent: 90, text: 'Always disclose' },
    ];
    const session = await sue('/agents/lee/sessions', { body: { heldAt: '2026-09-01T00:00:00Z', goals } });
    const { sessionId } = session.body as { sessionId: string };
    const { comparison } = Progress.parse(
      (await sue(`/agents/lee/progress?sessionId=${sessionId}&windowDays=21`)).body,
    );
    expect(comparison).toMatchObject({
      ...{ at: '2026-09-01T00:00:00.000Z', sessionId, windowDays: 21, isOver: true, comparedLines: 3 },
      before: { from: '2026-08-11T00:00:00.000Z', to: '2026-09-01T00:00:00.000Z' },
      caution: expect.stringContaining('not why'),
    });
    const verdicts = comparison?.lines.map(({ criterionId, difference }) => [criterionId, difference.verdict]);
    expect(verdicts).toEqual([
      [undefined, 'higher'],
      ['disclosure', 'no-difference-shown'],
      ['greeting', 'higher'],
    ]);
    expect(comparison?.goals).toMatchObject([
      { criterionId: 'greeting', targetPercent: 60, verdict: 'reached' },
      { criterionId: 'disclosure', targetPercent: 90, verdict: 'missed' },
    ]);
  });

  it('is compared around any time, of as many days as are asked for', async () => {
    const { as } = await scoredWorld();
    const around = as('supervisor', 'sue')('/agents/lee/progress?around=2026-09-01T00:00:00Z&windowDays=5');
    const { comparison } = Progress.parse((await around).body);
    expect(comparison).toMatchObject({ comparedLines: 0, goals: [] });
    expect(comparison?.lines[0]).toMatchObject({ before: { n: 5 }, difference: { verdict: 'not-enough-data' } });
  });

  it('refuses what is no question', async () => {
    const { as } = await scoredWorld();
    const refused = async (query: string, status: number, detail: string) =>
      expect(await as('supervisor', 'sue')(`/agents/lee/progress?${query}`)).toMatchObject({
        status,
        body: { detail: expect.stringContaining(detail) },
      });
    await refused('around=2026-09-01T00:00:00Z&sessionId=s', 400, 'around: is named together with sessionId');
    await refused('windowDays=7', 400, 'windowDays: is of a comparison');
    await refused('around=2026-09-01T00:00:00Z&windowDays=900', 400, 'windowDays: is not a whole number');
    await refused('sessionId=none', 404, 'there is no session none');
    await refused('by=week&from=2025-01-01T00:00:00Z', 400, 'from: is more than 184 days before to');
    await refused('from=2027-01-01T00:00:00Z', 400, 'is not before to');
    expect((await as('supervisor', 'sid')('/agents/lee/progress')).status).toBe(403);
    expect((await as('agent', 'rob')('/agents/lee/progress')).status).toBe(403);
    expect((await as('trainer', 'tina')('/agents/lee/progress')).status).toBe(403);
  });
});

describe("a team's month", () => {
  const review = (callId: string, changes: Partial<Review>): Review => ({
    ...{ reviewId: `r-${callId}`, callId, agentId: 'lee', callStartedAt: '2026-10-02T09:00:00.000Z', team: 'billing' },
    ...{ scorecard: 'service', scorecardVersion: '1', state: 'waiting', stateSince: NOW, dueAt: NOW },
    ...{ answers: {}, comments: [], version: 1, ...changes },
  });

  async function teamWorld() {
    const world = await qualityWorld({ calls: ['a', 'b', 'c', 'd', 'e'].map((callId) => taggedCall(callId)) });
    const { client } = world.table;
    await world.roster.put(undefined, { agentId: 'kim', team: 'billing', version: 1, since: NOW });
    await world.roster.put(undefined, { agentId: 'max', team: 'sales', version: 1, since: NOW });
    await storeScores(client, [
      ...Array.from({ length: 12 }, (_, i) => scored(`k${i}`, day('2026-10-01', i), { agentId: 'kim', percent: 80 })),
      ...Array.from({ length: 6 }, (_, i) => scored(`l${i}`, day('2026-10-01', i), { percent: 50 })),
      scored('l0', day('2026-10-01', 0), { by: 'review', reviewId: 'r', percent: 70, shares: { greeting: 0.75 } }),
      scored('before', day('2026-09-30', 0)),
      scored('m', day('2026-10-01', 0), { agentId: 'max', percent: 0 }),
    ]);
    const store = reviewStore(client, 't');
    const put = async (one: Review) => {
      const version = { version: 1, at: NOW, by: 'verbatim', what: 'drawn', review: one } as const;
      await client.send(new TransactWriteCommand({ TransactItems: store.createItems(one, version) }));
    };
    await put(review('a', { dueAt: '2026-10-20T00:00:00.000Z' }));
    await put(review('b', { dueAt: '2026-10-10T00:00:00.000Z' }));
    await put(review('c', { state: 'draft', reviewer: 'rita', dueAt: '2026-10-13T00:00:00.000Z' }));
    await put(review('d', { callStartedAt: '2026-09-20T09:00:00.000Z' }));
    await put(review('e', { agentId: 'max', team: 'sales' }));
    return world;
  }

  it('is one request: scores of each agent with intervals, reviews, and sessions', async () => {
    const world = await teamWorld();
    const sue = world.as('supervisor', 'sue');
    await sue('/agents/kim/sessions', { body: { heldAt: '2026-10-05T09:00:00Z' } });
    await sue('/agents/kim/sessions', { body: { heldAt: '2026-10-30T09:00:00Z' } });
    await sue('/agents/kim/sessions', { body: { heldAt: '2026-09-30T23:59:59.999Z' } });
    const { status, body } = await sue('/teams/billing/months/2026-10');
    expect(status).toBe(200);
    const month = TeamMonth.parse(body);
    expect(month).toMatchObject({ team: 'billing', month: '2026-10', scorecard: 'service', allCounted: true });
    expect(month.agents.map(({ agentId }) => agentId)).toEqual(['kim', 'lee']);
    const [kim, lee] = month.agents;
    expect(kim).toMatchObject({
      sessionsHeld: 1,
      lines: [
        { n: 12, mean: 80 },
        { criterionId: 'disclosure', n: 12 },
      ],
    });
    expect(lee).toMatchObject({ name: 'Lee', sessionsHeld: 0, lines: [{ n: 6, mean: 50, enough: false }, {}, {}, {}] });
    expect(lee?.reviews).toEqual({ waiting: 2, drafts: 1, overdue: 2, submitted: 1, appealed: 0 });
    expect(month.reviews).toEqual({ waiting: 2, drafts: 1, overdue: 2, submitted: 1, appealed: 0 });
    expect(month.sessionsHeld).toBe(1);
    const whole = month.lines.find(({ by, criterionId }) => by === 'automatic' && criterionId === undefined);
    expect(whole).toMatchObject({ n: 18, mean: 70 });
    // Two agents who differ tell little of their team.
    expect(whole?.enough).toBe(false);
  });

  it('is for the supervisors of the team', async () => {
    const world = await teamWorld();
    expect((await world.as('supervisor', 'sid')('/teams/billing/months/2026-10')).status).toBe(403);
    expect((await world.as('reviewer', 'rita')('/teams/billing/months/2026-10')).status).toBe(403);
    expect((await world.as('agent', 'lee')('/teams/billing/months/2026-10')).status).toBe(403);
    expect((await world.as('supervisor', 'quinn')('/teams/billing/months/2026-10')).status).toBe(200);
    expect((await world.as('supervisor', 'sue')('/teams/billing/months/2026-13')).status).toBe(400);
  });

  it('reads two Queries for each agent, however many calls they had', async () => {
    const world = await teamWorld();
    let reads = 0;
    const counted = {
      ...world.table.client,
      send: (command: never) => {
        if ((command as object).constructor.name === 'QueryCommand') reads += 1;
        return world.table.client.send(command);
      },
    } as typeof world.table.client;
    const app = qualityApi({ ...world.needs('supervisor'), dynamodb: counted });
    const headers = { 'verbatim-identity': 'sue' };
    expect((await app.request('/teams/billing/months/2026-10', { headers })).status).toBe(200);
    // The roster, two of each of two agents, and three states of reviews.
    expect(reads).toBe(1 + 2 * 2 + 3);
  });
});
