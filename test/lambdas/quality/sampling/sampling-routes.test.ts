import { describe, expect, it } from 'vitest';
import type { AgentSample } from '../../../../lambdas/quality/sampling/agent-sample.ts';
import { DrawMessage } from '../../../../lambdas/quality/sampling/draw-sample.ts';
import { ids, SETTLED, samplingWorld } from './sampling-world.ts';

const AT = '/plans/monthly/months/2026-10';

describe('the plans', () => {
  it('are told to reviewers and supervisors', async () => {
    const { as } = await samplingWorld();
    for (const [role, person] of [
      ['reviewer', 'rita'],
      ['supervisor', 'sue'],
    ] as const)
      expect((await as(role, person)('/plans')).body).toMatchObject({ items: [{ name: 'monthly', perAgent: 4 }] });
    for (const [role, person] of [
      ['agent', 'lee'],
      ['trainer', 'tina'],
    ] as const)
      for (const path of ['/plans', `${AT}/draws`, `${AT}/sample?agentId=lee`])
        expect((await as(role, person)(path)).status).toBe(403);
  });

  it('that are not there are told, with those that are', async () => {
    const { as } = await samplingWorld();
    expect(await as('supervisor', 'sue')('/plans/daily/months/2026-10/sample?agentId=lee')).toMatchObject({
      ...{ status: 404, body: { detail: 'there is no plan daily: there is monthly' } },
    });
    expect((await as('supervisor', 'sue')('/plans/monthly/months/2026-13/draws')).status).toBe(400);
  });
});

describe('the sample of an agent', () => {
  it('is told before it is drawn, changes nothing, and is what is drawn then', async () => {
    const { as, addCalls, work, table } = await samplingWorld();
    await addCalls(ids('a', 7), { of: { queue: 'billing' } });
    await addCalls(ids('b', 2), { of: { queue: 'moves' } });
    const sample = async () => (await as('reviewer', 'rita')(`${AT}/sample?agentId=lee`)).body as AgentSample;
    const before = table.items('');
    const told = await sample();
    expect(await sample()).toEqual(told);
    expect(table.items('')).toEqual(before);
    expect(told).toMatchObject({ size: 4, ofCalls: 9, drawn: [], seed: 'monthly' });
    await work({ kind: 'agent', plan: 'monthly', month: '2026-10', agentId: 'lee' });
    const { drawn, toDraw } = await sample();
    expect(toDraw).toEqual([]);
    expect(drawn.map(({ callId }) => callId)).toEqual(told.toDraw.map(({ callId }) => callId));
  });

  it('is for those who see the agent, and who are not the agent', async () => {
    const { as, roster } = await samplingWorld();
    const sample = (person: string) => as('supervisor', person)(`${AT}/sample?agentId=lee`);
    expect((await sample('sue')).status).toBe(200);
    expect((await sample('quinn')).status).toBe(200);
    expect((await sample('sid')).status).toBe(403);
    const long = await as('supervisor', 'quinn')(`${AT}/sample?agentId=${'a'.repeat(256)}`);
    expect(long).toMatchObject({ status: 200, body: { ofCalls: 0 } });
    const before = await roster.get('lee');
    await roster.put(before, { agentId: 'lee', team: 'billing', person: 'sue', version: 2, since: SETTLED });
    expect(await sample('sue')).toMatchObject({
      ...{ status: 403, body: { detail: expect.stringContaining('you cannot see which of your calls are drawn') } },
    });
  });
});

describe('drawing now', () => {
  it('draws the agents of a team, by its supervisors', async () => {
    const { as, addCalls, roster, sent, work, waiting } = await samplingWorld();
    await roster.put(undefined, { agentId: 'kim', team: 'sales', version: 1, since: SETTLED });
    await addCalls(['a']);
    await addCalls(['k'], { agentId: 'kim' });
    const draw = (person: string, body: object) => as('supervisor', person)(`${AT}/draws`, { body });
    expect((await as('reviewer', 'rita')(`${AT}/draws`, { body: { team: 'billing' } })).status).toBe(403);
    expect((await draw('sid', { team: 'billing' })).status).toBe(403);
    expect((await draw('sue', {})).status).toBe(403);
    expect(sent.draws).toEqual([]);
    expect(await draw('sue', { team: 'billing' })).toMatchObject({
      ...{ status: 202, body: { plan: 'monthly', month: '2026-10', team: 'billing', size: 4 } },
    });
    await work(...sent.draws.splice(0).map((message) => DrawMessage.parse(message)));
    expect((await waiting()).map(({ callId }) => callId)).toEqual(['a']);
    expect((await draw('quinn', {})).status).toBe(202);
    await work(...sent.draws.splice(0).map((message) => DrawMessage.parse(message)));
    expect((await waiting()).map(({ callId }) => callId).toSorted()).toEqual(['a', 'k']);
  });

  it('is refused as long as nothing is wanted of the month', async () => {
    const { as, time, sent } = await samplingWorld();
    const draw = () => as('supervisor', 'sue')('/plans/monthly/months/2026-11/draws', { body: { team: 'billing' } });
    expect(await draw()).toMatchObject({
      ...{ status: 409, body: { detail: expect.stringContaining('from 2026-11-08T12:00:00.000Z on') } },
    });
    expect(sent.draws).toEqual([]);
    time.now = '2026-11-16T00:00:00.000Z';
    expect(await draw()).toMatchObject({ status: 202, body: { size: 2 } });
  });
});

describe('what was drawn', () => {
  it('is told of the agents of one’s teams, those that are not drawn yet among them, page by page', async () => {
    const { as, addCalls, roster, work } = await samplingWorld();
    for (const agentId of ['ann', 'bob'])
      await roster.put(undefined, { agentId, team: 'billing', version: 1, since: SETTLED });
    await roster.put(undefined, { agentId: 'kim', team: 'sales', version: 1, since: SETTLED });
    await addCalls(['a'], { agentId: 'ann' });
    await work({ kind: 'agent', plan: 'monthly', month: '2026-10', agentId: 'ann' });
    const listed: unknown[] = [];
    let cursor: string | undefined;
    do {
      const query = new URLSearchParams({ limit: '2', ...(cursor !== undefined && { cursor }) });
      const { body } = await as('reviewer', 'rita')(`${AT}/draws?${query}`);
      const page = body as { items: unknown[]; nextCursor?: string };
      listed.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(listed).toMatchObject([
      { agentId: 'ann', team: 'billing', draw: { ofCalls: 1, calls: [{ callId: 'a', reviewId: 'monthly-2026-10' }] } },
      { agentId: 'bob' },
      { agentId: 'lee', name: 'Lee' },
    ]);
    expect((await as('supervisor', 'sid')(`${AT}/draws?team=billing`)).status).toBe(403);
    expect((await as('supervisor', 'sid')(`${AT}/draws`)).body).toMatchObject({ items: [{ agentId: 'kim' }] });
  });

  it('is told of so many agents at a time as an answer holds', async () => {
    const { as, roster } = await samplingWorld();
    for (let i = 0; i < 100; i++)
      await roster.put(undefined, { agentId: `agent${i}`, team: 'billing', version: 1, since: SETTLED });
    const { body } = await as('reviewer', 'rita')(`${AT}/draws?limit=200`);
    expect(body).toMatchObject({ items: { length: 100 }, nextCursor: expect.any(String) });
  });

  it('is not told of oneself', async () => {
    const { as, roster } = await samplingWorld();
    const before = await roster.get('lee');
    await roster.put(before, { agentId: 'lee', team: 'billing', person: 'rita', version: 2, since: SETTLED });
    expect((await as('reviewer', 'rita')(`${AT}/draws`)).body).toEqual({ items: [] });
    expect((await as('reviewer', 'rob')(`${AT}/draws`)).body).toMatchObject({ items: [{ agentId: 'lee' }] });
  });
});
