import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Moment } from '../../../../lambdas/calls/calls.ts';
import { agentScoreStore } from '../../../../lambdas/quality/scoring/agent-score-store.ts';
import { callScoreStore } from '../../../../lambdas/quality/scoring/call-score.ts';
import { scoreCall } from '../../../../lambdas/quality/scoring/score-call.ts';
import { scorecardStore } from '../../../../lambdas/quality/scoring/scorecard-store.ts';
import { qualityWorld, scorecard, taggedCall } from '../world.ts';

const disclosure: Moment = {
  ...{ tag: 'recording-disclosure', startMs: 1000, endMs: 2000, speaker: 'AGENT', quote: 'we are recorded' },
  ...{ ruleId: 'recording-disclosure', rulebookVersion: '1' },
};

async function scoredWorld() {
  const world = await qualityWorld({
    calls: [taggedCall('a', { tags: ['recording-disclosure'] }), taggedCall('theirs', { agentId: 'kim' })],
    moments: { a: [disclosure] },
  });
  const { client: dynamodb } = world.table;
  const needs = {
    ...world.needs('supervisor'),
    ...{ dynamodb, scorecards: [scorecard], calls: world.calls, roster: world.roster },
    callScores: callScoreStore(dynamodb, 't'),
    agentScores: agentScoreStore(dynamodb, 't', 1827),
    register: scorecardStore(dynamodb, 't').register,
    wait: (ms: number) => setTimeout(ms),
  };
  for (const callId of ['a', 'theirs']) await scoreCall(callId, needs);
  return world;
}

describe('the scores of a call', () => {
  it('are told with where each point comes from, and where in the call that is seen', async () => {
    const { as } = await scoredWorld();
    for (const [role, person] of [
      ['reviewer', 'rita'],
      ['supervisor', 'sue'],
      ['trainer', 'tina'],
      ['agent', 'lee'],
    ] as const) {
      const { status, body } = await as(role, person)('/calls/a/scores');
      expect(status).toBe(200);
      expect(body).toMatchObject({
        items: [
          {
            ...{ scorecard: 'service', scorecardVersion: '1', score: { percent: 100 } },
            answers: { disclosure: { answer: 'yes', moments: [{ startMs: 1000, endMs: 2000 }] } },
          },
        ],
      });
      expect(JSON.stringify(body)).not.toContain('we are recorded');
    }
  });

  it('are for those alone who may see the call', async () => {
    const { as } = await scoredWorld();
    expect((await as('supervisor', 'sid')('/calls/a/scores')).status).toBe(403);
    expect((await as('agent', 'rita')('/calls/a/scores')).status).toBe(403);
    expect((await as('agent', 'lee')('/calls/theirs/scores')).status).toBe(403);
    expect((await as('reviewer', 'rita')('/calls/theirs/scores')).status).toBe(403);
    expect((await as('supervisor', 'quinn')('/calls/theirs/scores')).status).toBe(200);
    expect((await as('reviewer', 'rita')('/calls/nowhere/scores')).status).toBe(404);
  });
});

describe('scorecards', () => {
  it('are told as they are now, and as they were', async () => {
    const { as, table } = await scoredWorld();
    await scorecardStore(table.client, 't').register({ ...scorecard, version: '0', title: 'As it was' });
    const ask = as('agent', 'lee');
    expect((await ask('/scorecards')).body).toMatchObject({ items: [{ name: 'service', version: '1' }] });
    expect((await ask('/scorecards/service')).body).toMatchObject({ version: '1' });
    expect((await ask('/scorecards/service/versions/0')).body).toMatchObject({ title: 'As it was' });
    expect((await ask('/scorecards/service/versions/7')).status).toBe(404);
    expect((await ask('/scorecards/sales')).body).toMatchObject({
      detail: 'there is no scorecard sales: there are service',
    });
  });
});

describe('a rescore', () => {
  const body = { from: '2026-10-01T00:00:00Z', to: '2026-11-01T00:00:00Z' };

  it('asks the worker for the pages of all tagged calls', async () => {
    const { as, sent } = await scoredWorld();
    expect(await as('supervisor', 'quinn')('/rescores', { body })).toMatchObject({
      ...{ status: 202, body: { from: '2026-10-01T00:00:00.000Z', to: '2026-11-01T00:00:00.000Z' } },
    });
    expect(sent.scores).toHaveLength(4);
    expect(sent.scores[0]).toMatchObject({ kind: 'page', from: '2026-10-01T00:00:00.000Z' });
  });

  it('is for supervisors of every team', async () => {
    const { as, sent } = await scoredWorld();
    expect((await as('supervisor', 'sue')('/rescores', { body })).status).toBe(403);
    expect((await as('reviewer', 'quinn')('/rescores', { body })).status).toBe(403);
    expect((await as('supervisor', 'quinn')('/rescores', { body: { ...body, to: body.from } })).body).toMatchObject({
      ...{ status: 400, detail: 'from: is not before "to"' },
    });
    expect(sent.scores).toEqual([]);
  });
});
