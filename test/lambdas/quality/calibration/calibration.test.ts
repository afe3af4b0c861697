import { describe, expect, it } from 'vitest';
import type { CalibrationTold } from '../../../../lambdas/quality/calibration/calibration.ts';
import type { CalibrationAgreement } from '../../../../lambdas/quality/calibration/calibration-agreement.ts';
import { calibrationStore } from '../../../../lambdas/quality/calibration/calibration-store.ts';
import { Scorecard } from '../../../../lambdas/quality/scoring/scorecard.ts';
import { NOW } from '../../builders.ts';
import { qualityWorld, scorecard, taggedCall } from '../world.ts';

const DUE = '2030-01-01T00:00:00.000Z';
const callIds = ['a', 'b'];
const asked = { scorecard: 'service', callIds, reviewers: ['rob', 'rita'], dueAt: DUE };
const good = { disclosure: 'yes', greeting: 5, solved: 'yes', how: 'at-once' };
const poor = { disclosure: 'yes', greeting: 3, solved: 'no' };

/** A world in which lee, of billing, has some calls, and kim, of sales, one. */
async function world(ids: readonly string[] = callIds, changes: Parameters<typeof qualityWorld>[0] = {}) {
  const calls = ids.map((callId) => taggedCall(callId, { agentId: 'lee' }));
  const it = await qualityWorld({ calls: [...calls, taggedCall('k', { agentId: 'kim' })], ...changes });
  await it.roster.put(undefined, { agentId: 'kim', team: 'sales', version: 1, since: NOW });
  const open = async (body: object = asked, person = 'sue', headers = {}) =>
    it.as('supervisor', person)('/calibrations', { body, headers });
  const opened = async (body: object = asked) => ((await open(body)).body as CalibrationTold).calibrationId;
  const answer = (id: string, callId: string, person: string, answers: object, headers = {}) =>
    it.as('reviewer', person)(`/calibrations/${id}/calls/${callId}/answers`, {
      ...{ method: 'PUT', body: { answers }, headers },
    });
  const close = (id: string, person = 'sue', etag = '"1"') =>
    it.as('supervisor', person)(`/calibrations/${id}/close`, { method: 'POST', headers: { 'if-match': etag } });
  const get = async (id: string, role: 'reviewer' | 'supervisor', person: string) =>
    (await it.as(role, person)(`/calibrations/${id}`)).body as CalibrationTold;
  return { ...it, open, opened, answer, close, get };
}

describe('a calibration', () => {
  it('is opened by a supervisor of the team, once for each request', async () => {
    const { open } = await world();
    const key = { 'idempotency-key': 'calibration-1' };
    const first = await open(asked, 'sue', key);
    expect(first).toMatchObject({
      ...{ status: 201, etag: '"1"' },
      body: { state: 'open', team: 'billing', reviewers: ['rita', 'rob'], scorecardVersion: '1', openedBy: 'sue' },
    });
    expect((await open(asked, 'sue', key)).body).toEqual(first.body);
    expect((await open({ ...asked, callIds: ['a'] }, 'sue', key)).status).toBe(409);
    expect((await open(asked, 'sid')).status).toBe(403);
  });

  it.each([
    ['one reviewer', { reviewers: ['rita'] }, 400],
    ['a reviewer twice', { reviewers: ['rita', 'rita'] }, 400],
    ['no call', { callIds: [] }, 400],
    ['a call that is not there', { callIds: ['zzz'] }, 404],
    ['a scorecard that is none', { scorecard: 'none' }, 400],
    ['a time that is over', { dueAt: '2020-01-01T00:00:00Z' }, 400],
    ['the agent of a call as a reviewer', { reviewers: ['rita', 'lee'] }, 400],
  ])('is not opened with %s', async (_, changes, status) => {
    const { open } = await world();
    expect((await open({ ...asked, ...changes })).status).toBe(status);
  });

  it('of calls whose scores are not kept any more is not opened', async () => {
    const { open } = await world([], {
      calls: [taggedCall('old', { agentId: 'lee', startedAt: '2001-01-01T00:00:00.000Z' })],
    });
    expect((await open({ ...asked, callIds: ['old'] })).status).toBe(409);
  });

  it('of calls of several teams is for those who see every team', async () => {
    const { open, as } = await world();
    const { status, body } = await open({ ...asked, callIds: ['a', 'k'] }, 'quinn');
    const { calibrationId, team } = body as CalibrationTold;
    expect([status, team]).toEqual([201, undefined]);
    expect((await as('supervisor', 'sue')(`/calibrations/${calibrationId}`)).status).toBe(403);
    expect((await as('supervisor', 'quinn')(`/calibrations/${calibrationId}`)).status).toBe(200);
  });

  it('is blind until it is closed: to reviewers, and to whoever oversees it', async () => {
    const { opened, answer, close, get } = await world();
    const id = await opened();
    expect(await answer(id, 'a', 'rita', good)).toMatchObject({ status: 200, body: { percent: 100 } });
    expect((await answer(id, 'a', 'rob', poor)).status).toBe(200);

    expect((await get(id, 'reviewer', 'rita')).entries).toMatchObject([{ reviewer: 'rita', answers: good }]);
    expect((await get(id, 'reviewer', 'rita')).progress).toBeUndefined();
    const overseen = await get(id, 'supervisor', 'sue');
    expect(overseen.entries).toEqual([]);
    expect(overseen.progress).toEqual([
      { reviewer: 'rita', answered: 1 },
      { reviewer: 'rob', answered: 1 },
    ]);

    const closed = await close(id);
    expect(closed).toMatchObject({ status: 200, etag: '"2"', body: { state: 'closed', closedBy: 'sue' } });
    expect((await get(id, 'reviewer', 'rob')).entries.map(({ reviewer }) => reviewer)).toEqual(['rita', 'rob']);
  });

  it('takes answers of its reviewers alone, on its calls, and none of them of one to a call of their own', async () => {
    const { opened, answer, as, roster } = await world();
    const id = await opened({ ...asked, callIds: ['a'] });
    expect((await answer(id, 'a', 'tina', good)).status).toBe(403);
    expect((await answer(id, 'b', 'rita', good)).status).toBe(404);
    expect((await answer('none', 'a', 'rita', good)).status).toBe(404);
    const overseer = await as('supervisor', 'sue')(`/calibrations/${id}/calls/a/answers`, {
      ...{ method: 'PUT', body: { answers: good } },
    });
    expect(overseer.status).toBe(403);
    // The person who was named turns out to be the agent afterwards.
    await roster.put(await roster.get('lee'), {
      ...{ agentId: 'lee', team: 'billing', person: 'rita', version: 2, since: NOW },
    });
    expect((await answer(id, 'a', 'rita', good)).status).toBe(403);
  });

  it.each([
    ['is missing', { ...good, solved: undefined }, 'answers.solved'],
    ['it cannot have', { ...good, greeting: 9 }, 'answers.greeting'],
    ['to nothing that is asked', { ...good, smile: 'yes' }, 'answers.smile'],
    ['is in words, which are not kept', { ...good, words: 'lovely' }, 'answers.words'],
  ])('refuses an answer that %s', async (_, answers, field) => {
    const { opened, answer } = await world();
    const told = await answer(await opened(), 'a', 'rita', answers);
    expect(told).toMatchObject({ status: 400, body: { detail: expect.stringContaining(field) } });
  });

  it('lets a reviewer change answers as they were seen, until it is closed', async () => {
    const { opened, answer, close } = await world();
    const id = await opened();
    await answer(id, 'a', 'rita', good);
    expect((await answer(id, 'a', 'rita', poor)).status).toBe(428);
    expect((await answer(id, 'a', 'rita', poor, { 'if-match': '"7"' })).status).toBe(412);
    expect(await answer(id, 'a', 'rita', poor, { 'if-match': '"1"' })).toMatchObject({ status: 200, etag: '"2"' });
    expect((await close(id, 'sid')).status).toBe(403);
    expect((await close(id, 'sue', '"9"')).status).toBe(412);
    expect((await close(id)).status).toBe(200);
    expect((await close(id, 'sue', '"2"')).status).toBe(409);
    expect((await answer(id, 'a', 'rita', good, { 'if-match': '"2"' })).status).toBe(409);
  });

  it('takes no answer that comes while it is being closed, and one of two that come at once', async () => {
    const { opened, answer, close, needs } = await world();
    const id = await opened();
    const store = calibrationStore(needs('reviewer').dynamodb, 't', 10_000);
    const asRead = await store.get(id);
    if (!asRead) throw new Error('it is not there');
    const entry = { callId: 'a', reviewer: 'rob', answers: good, percent: 100, answeredAt: NOW, version: 1 };
    expect(await store.putEntry(asRead, undefined, entry)).toBeUndefined();
    expect(await store.putEntry(asRead, undefined, { ...entry, answers: poor })).toBe('changed');
    await answer(id, 'a', 'rita', good);
    await close(id);
    expect(await store.putEntry(asRead, undefined, { ...entry, callId: 'b' })).toBe('closed');
    expect(await store.change(asRead, { ...asRead, state: 'closed', version: 2 })).toBe(false);
    expect((await store.entries(id)).map(({ reviewer }) => reviewer)).toEqual(['rita', 'rob']);
  });

  it('takes no answers to a call that is gone, and keeps in numbers what was answered before', async () => {
    const { opened, answer, needs } = await world();
    const id = await opened();
    await answer(id, 'a', 'rita', good);
    const { dynamodb, calls } = needs('reviewer');
    const later = await world([], { changes: { dynamodb, calls: { ...calls, get: async () => undefined } } });
    expect(await later.answer(id, 'a', 'rob', good)).toMatchObject({
      status: 404,
      body: { detail: 'there is no call a' },
    });
    expect((await later.get(id, 'reviewer', 'rita')).entries).toMatchObject([{ callId: 'a', answers: good }]);
  });

  it('is gone when scores of its calls are: each answer with its call, the rest with the latest one', async () => {
    const startedAt = ['2026-01-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z'];
    const { opened, answer, table } = await world([], {
      calls: callIds.map((callId, i) => taggedCall(callId, { agentId: 'lee', startedAt: startedAt[i] })),
      quality: { keepScoresDays: 3650 },
    });
    const id = await opened();
    await answer(id, 'a', 'rita', good);
    const ends = table.items('calibration').map(({ part, ttl }) => [String(part).slice(0, 5), Number(ttl)] as const);
    const [first, latest] = startedAt.map((time) => Date.parse(time) / 1000 + 3650 * 86_400);
    expect(ends.length).toBe(6);
    for (const [part, ttl] of ends) expect(ttl).toBe(part === 'entry' ? first : latest);
  });

  it('is listed to its reviewers, and to those who oversee it', async () => {
    const { opened, as } = await world();
    const calibrationId = await opened();
    const none = { items: [] };
    const one = { items: [{ calibrationId }] };
    expect((await as('reviewer', 'rita')('/calibrations')).body).toMatchObject(one);
    expect((await as('reviewer', 'tina')('/calibrations')).body).toEqual(none);
    expect((await as('supervisor', 'sue')('/calibrations')).body).toMatchObject(one);
    expect((await as('supervisor', 'sue')('/calibrations?mine=true')).body).toEqual(none);
    expect((await as('supervisor', 'quinn')('/calibrations')).body).toMatchObject(one);
    expect((await as('supervisor', 'sid')('/calibrations')).body).toEqual(none);
    expect((await as('supervisor', 'lee')('/calibrations')).body).toEqual(none);
    expect((await as('supervisor', 'sid')('/calibrations?team=billing')).status).toBe(403);
  });
});

describe('the agreement', () => {
  it('is told of a calibration that is closed, on each criterion and of each reviewer', async () => {
    const { opened, answer, close, as } = await world();
    const id = await opened();
    for (const callId of callIds) await answer(id, callId, 'rita', good);
    await answer(id, 'a', 'rob', poor);
    await answer(id, 'b', 'rob', good);
    expect((await as('reviewer', 'rita')(`/calibrations/${id}/agreement`)).status).toBe(409);
    await close(id);
    const { status, body } = await as('reviewer', 'rita')(`/calibrations/${id}/agreement`);
    const { calls, criteria, reviewers } = body as CalibrationAgreement;
    expect([status, calls]).toEqual([200, 2]);
    expect(criteria.map(({ criterionId, answers, agreement }) => [criterionId, answers, agreement.mean])).toEqual([
      ['greeting', 4, 50],
      ['solved', 4, 50],
      ['disclosure', 4, 100],
      // Who says that it was not solved is not asked how it was.
      ['how', 3, 100],
    ]);
    expect(criteria.find(({ criterionId }) => criterionId === 'disclosure')?.kappa).toMatchObject({
      ...{ method: 'cohen', undefinedBecause: expect.stringMatching(/the same/) },
    });
    expect(criteria[0]?.kappa).toMatchObject({ weights: 'linear', observed: 0.75 });
    // The form of rob's first call: 75 % of an opening that weighs 1, and nothing of a solution that weighs 2.
    expect(reviewers.map(({ reviewer, lean }) => [reviewer, lean.points, lean.verdict])).toEqual([
      ['rita', 37.5, 'not-enough-data'],
      ['rob', -37.5, 'not-enough-data'],
    ]);
  });

  it('is told over the calibrations of a period, by each version of the scorecard, of those that are closed', async () => {
    const { opened, answer, close, as, needs } = await world();
    const ids = [await opened(), await opened(), await opened()];
    for (const id of ids) for (const person of ['rita', 'rob']) await answer(id, 'a', person, good);
    for (const id of ids.slice(0, 2)) await close(id);
    const over = await as('supervisor', 'sue')('/calibrations/agreement?scorecard=service');
    expect(over).toMatchObject({
      status: 200,
      body: { versions: [{ scorecardVersion: '1', rounds: 2, calls: 2, reviewers: [{ calls: 2 }, { calls: 2 }] }] },
    });
    expect((await as('supervisor', 'sid')('/calibrations/agreement?scorecard=service')).body).toMatchObject({
      versions: [],
    });
    expect((await as('supervisor', 'sid')('/calibrations/agreement?scorecard=service&team=billing')).status).toBe(403);
    const before = `/calibrations/agreement?scorecard=service&from=2020-01-01T00:00:00Z&to=${NOW}`;
    expect((await as('supervisor', 'sue')(before)).body).toMatchObject({ versions: [] });

    // The same table, after the scorecard has changed: the rounds before keep theirs.
    const { dynamodb } = needs('supervisor');
    const after = await world([], {
      quality: {
        scorecards: [Scorecard.parse({ ...scorecard, version: '2', sections: scorecard.sections.slice(0, 1) })],
      },
      changes: { dynamodb },
    });
    const both = await after.as('supervisor', 'quinn')('/calibrations/agreement?scorecard=service');
    expect(both).toMatchObject({ body: { versions: [{ scorecardVersion: '1', criteria: { length: 4 } }] } });
  });

  it('is told of no more forms than can be compared while somebody waits', async () => {
    const many = Array.from({ length: 20 }, (_, i) => `c${i}`);
    const { opened, close, as } = await world(many);
    const reviewers = Array.from({ length: 20 }, (_, i) => `reviewer-${i}`);
    const over = async () => (await as('supervisor', 'sue')('/calibrations/agreement?scorecard=service')).status;
    for (let round = 0; round < 25; round++) await close(await opened({ ...asked, callIds: many, reviewers }));
    expect(await over()).toBe(200);
    await close(await opened({ ...asked, callIds: ['c0'] }));
    expect(await over()).toBe(400);
  });
});
