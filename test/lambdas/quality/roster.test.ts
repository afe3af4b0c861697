import { describe, expect, it } from 'vitest';
import type { Role } from '../../../lambdas/quality/access.ts';
import { registerAgent } from '../../../lambdas/quality/roster-store.ts';
import { NOW } from '../builders.ts';
import { qualityWorld } from './world.ts';

const roles: Role[] = ['reviewer', 'supervisor', 'agent', 'trainer'];

describe('who asks by a quality URL', () => {
  it.each(roles)('is nobody without a verified identity: %s', async (role) => {
    const { as } = await qualityWorld();
    expect((await as(role)('/me')).status).toBe(401);
    expect((await as(role, 'mallory')('/me')).status).toBe(401);
  });

  it('is told with their teams, and the agent who they are', async () => {
    const { as } = await qualityWorld();
    expect((await as('agent', 'lee')('/me')).body).toEqual({
      ...{ role: 'agent', person: 'lee', teams: [], isOfEveryTeam: false, agentId: 'lee' },
    });
    expect((await as('supervisor', 'quinn')('/me')).body).toMatchObject({ isOfEveryTeam: true });
  });
});

describe('the roster', () => {
  it('is that of the own teams', async () => {
    const { as } = await qualityWorld();
    expect((await as('supervisor', 'sue')('/agents')).body).toMatchObject({ items: [{ agentId: 'lee' }] });
    expect((await as('supervisor', 'sid')('/agents')).body).toEqual({ items: [] });
    expect((await as('supervisor', 'sid')('/agents?team=billing')).status).toBe(403);
    expect((await as('supervisor', 'quinn')('/agents')).body).toMatchObject({ items: [{ agentId: 'lee' }] });
    expect((await as('agent', 'lee')('/agents')).status).toBe(403);
  });

  it('is changed by supervisors of the team alone, and only as it was seen', async () => {
    const { as } = await qualityWorld();
    const put = (role: Role, person: string, body: unknown, headers = {}) =>
      as(role, person)('/agents/lee', { method: 'PUT', body, headers });
    expect((await put('reviewer', 'rita', { team: 'billing' })).status).toBe(403);
    expect((await put('supervisor', 'sid', { team: 'sales' })).status).toBe(403);
    expect((await put('supervisor', 'sue', { team: 'sales' }, { 'if-match': '"1"' })).status).toBe(403);
    expect((await put('supervisor', 'sue', { team: 'billing' })).status).toBe(428);
    expect((await put('supervisor', 'sue', { team: 'billing' }, { 'if-match': '"7"' })).status).toBe(412);
    const moved = await put('supervisor', 'quinn', { team: 'sales', person: 'lee' }, { 'if-match': '"1"' });
    expect(moved).toMatchObject({ status: 200, etag: '"2"' });
    expect((await as('supervisor', 'sue')('/agents')).body).toEqual({ items: [] });
    expect((await as('supervisor', 'sid')('/agents')).body).toMatchObject({
      items: [{ agentId: 'lee', team: 'sales' }],
    });
  });

  it('lets any supervisor take in an agent of no team, as they were read', async () => {
    const { as, roster } = await qualityWorld();
    await registerAgent(roster, 'kim', NOW);
    expect((await as('reviewer', 'rita')('/agents/kim')).status).toBe(403);
    const { etag } = await as('supervisor', 'sue')('/agents/kim');
    const asked = { method: 'PUT', body: { team: 'billing' }, headers: { 'if-match': etag } };
    expect(await as('supervisor', 'sue')('/agents/kim', asked)).toMatchObject({ status: 200 });
    expect((await as('supervisor', 'sid')('/agents/kim')).status).toBe(403);
  });

  it('lets nobody say who they are themselves: what is their own to review, and what is not, hangs on it', async () => {
    const { as, roster } = await qualityWorld();
    await roster.put(undefined, { agentId: 'sue-1', team: 'billing', person: 'sue', version: 1, since: NOW });
    const put = (person: string, agentId: string, body: unknown, headers = {}) =>
      as('supervisor', person)(`/agents/${agentId}`, { method: 'PUT', body, headers });
    expect((await put('sue', 'sue-1', { team: 'billing' }, { 'if-match': '"1"' })).status).toBe(403);
    expect((await put('sue', 'lee', { team: 'billing', person: 'sue' }, { 'if-match': '"1"' })).status).toBe(403);
    expect((await put('sue', 'sue-2', { team: 'billing', person: 'sue' })).status).toBe(403);
    expect(await roster.agentOf('sue')).toBe('sue-1');
    expect((await put('quinn', 'sue-1', { team: 'billing' }, { 'if-match': '"1"' })).status).toBe(200);
    expect(await roster.agentOf('sue')).toBeUndefined();
  });

  it('has no agent whom no call could name', async () => {
    const { as } = await qualityWorld();
    const path = `/agents/${'x'.repeat(257)}`;
    const { status, body } = await as('supervisor', 'sue')(path, { method: 'PUT', body: { team: 'billing' } });
    expect({ status, body }).toMatchObject({ status: 400, body: { detail: expect.stringContaining('agentId: ') } });
  });

  it('tells an agent who changed meanwhile from a person who is another one', async () => {
    const { roster } = await qualityWorld();
    const kim = { agentId: 'kim', person: 'lee', version: 1, since: NOW };
    expect(await roster.put(undefined, kim)).toBe('person-taken');
    expect(await roster.put(undefined, { ...kim, person: 'kim' })).toBeUndefined();
    expect(await roster.put(undefined, { ...kim, person: 'kim' })).toBe('changed');
  });

  it('has each person once', async () => {
    const { as } = await qualityWorld();
    const taken = await as('supervisor', 'sue')('/agents/kim', {
      method: 'PUT',
      body: { team: 'billing', person: 'lee' },
    });
    expect(taken.status).toBe(409);
    expect((await as('supervisor', 'sue')('/agents/kim')).status).toBe(403);
  });

  it('lets an agent see themselves, and nobody else', async () => {
    const { as } = await qualityWorld();
    await as('supervisor', 'sue')('/agents/kim', { method: 'PUT', body: { team: 'billing' } });
    expect((await as('agent', 'lee')('/agents/lee')).body).toMatchObject({ name: 'Lee' });
    expect((await as('agent', 'lee')('/agents/kim')).status).toBe(403);
    expect((await as('agent', 'rita')('/agents/lee')).status).toBe(403);
  });
});
