import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { custodyStore, type Moment } from '../../../../lambdas/calls/calls.ts';
import { qualityApi } from '../../../../lambdas/quality/quality-api.ts';
import type { QualityNeeds } from '../../../../lambdas/quality/quality-needs.ts';
import { Review } from '../../../../lambdas/quality/reviews/review.ts';
import { agentScoreStore } from '../../../../lambdas/quality/scoring/agent-score-store.ts';
import type { AgentScore } from '../../../../lambdas/quality/scoring/agent-scores.ts';
import { NOW, only } from '../../builders.ts';
import { qualityWorld, scorecard, taggedCall } from '../world.ts';

type World = Awaited<ReturnType<typeof qualityWorld>>;
type Person = Parameters<World['as']>;

const disclosed: Moment = {
  ...{ tag: 'recording-disclosure', startMs: 1000, endMs: 3000, speaker: 'AGENT', quote: 'this call is recorded' },
  ...{ ruleId: 'disclosure', rulebookVersion: '1' },
};

const RITA: Person = ['reviewer', 'rita'];
const ROB: Person = ['reviewer', 'rob'];
const SUE: Person = ['supervisor', 'sue'];
const QUINN: Person = ['supervisor', 'quinn'];
const LEE: Person = ['agent', 'lee'];

const good = {
  greeting: { answer: 5 },
  solved: { answer: 'yes' },
  how: { answer: 'later', comment: 'a day later would do', startMs: 2000, endMs: 4000 },
  words: { answer: 'a fine call' },
};

/** Does things with a review, each as it is by then. */
async function reviewing(world: World, callId = 'a') {
  const begun = await world.as(...RITA)(`/calls/${callId}/reviews`, { body: { scorecard: 'service' } });
  const { reviewId } = begun.body as { reviewId: string };
  const path = `/calls/${callId}/reviews/${reviewId}`;
  const read = (person: Person) => world.as(...person)(path);
  const act = async (person: Person, action: string, body: unknown = {}, headers: Record<string, string> = {}) => {
    const { etag } = await read(QUINN);
    const method = action === 'answers' ? 'PUT' : 'POST';
    return world.as(...person)(`${path}/${action}`, { method, body, headers: { 'if-match': etag, ...headers } });
  };
  return { begun, reviewId, path, read, act };
}

async function submitted(world: World, callId = 'a') {
  const review = await reviewing(world, callId);
  await review.act(RITA, 'answers', { answers: good });
  expect((await review.act(RITA, 'submit')).status).toBe(200);
  return review;
}

const monthsOf = ({ table }: World, keepDays = 1827) =>
  agentScoreStore(table.client, 't', keepDays).months('lee', 'service', '2026-10', '2026-10');

const kindsOf = async ({ custody }: World, callId = 'a') => (await custody.all(callId)).map(({ kind }) => kind);

describe('a review that is begun by hand', () => {
  it('begins with what is answered by itself, and where that is seen', async () => {
    const world = await qualityWorld({ moments: { a: [disclosed] } });
    const { begun } = await reviewing(world);
    expect(begun).toMatchObject({
      status: 201,
      etag: '"1"',
      body: {
        ...{ state: 'draft', reviewer: 'rita', agentId: 'lee', team: 'billing', scorecardVersion: '1' },
        ...{ dueAt: '2026-10-28T12:00:00.000Z', callStartedAt: '2026-10-14T09:00:00.000Z' },
        answers: { disclosure: { answer: 'yes', automatic: 'yes', startMs: 1000, endMs: 3000 } },
        score: { percent: 100 },
      },
    });
  });

  it('is one, however often its request is made', async () => {
    const { as } = await qualityWorld();
    const begin = (body: unknown) =>
      as(...RITA)('/calls/a/reviews', { body, headers: { 'idempotency-key': 'request-1' } });
    const [first, again] = [await begin({ scorecard: 'service' }), await begin({ scorecard: 'service' })];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect((await as(...RITA)('/calls/a/reviews')).body).toMatchObject({ items: [{}] });
  });

  it('is the only one of the call by its scorecard', async () => {
    const world = await qualityWorld();
    const { reviewId } = await reviewing(world);
    const second = await world.as(...ROB)('/calls/a/reviews', { body: { scorecard: 'service' } });
    expect(second).toMatchObject({ status: 409, body: { detail: expect.stringContaining(reviewId) } });
  });

  it('is refused by a scorecard that there is none of, of a call that is gone, and of a call that is one own', async () => {
    const { as, roster } = await qualityWorld({ calls: [taggedCall('a'), taggedCall('c', { agentId: 'rita' })] });
    await roster.put(undefined, { agentId: 'rita', team: 'billing', person: 'rita', version: 1, since: NOW });
    const begin = (path: string, name = 'service') => as(...RITA)(path, { body: { scorecard: name } });
    expect((await begin('/calls/a/reviews', 'sales')).status).toBe(400);
    expect((await begin('/calls/x/reviews')).status).toBe(404);
    expect(await begin('/calls/c/reviews')).toMatchObject({
      status: 403,
      body: { detail: 'you are the agent of this call: you cannot review it' },
    });
  });
});

describe('answers', () => {
  it('overrule what is answered by itself only with a reason, and are scored', async () => {
    const { act } = await reviewing(await qualityWorld());
    const overruled = { ...good, disclosure: { answer: 'yes' } };
    expect(await act(RITA, 'answers', { answers: overruled })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('answers.disclosure.overruledBecause: is missing') },
    });
    const because = { answer: 'yes', overruledBecause: 'it is said, but not recognised' };
    expect(await act(RITA, 'answers', { answers: { ...overruled, disclosure: because } })).toMatchObject({
      status: 200,
      body: { answers: { disclosure: { ...because, automatic: 'no' } }, score: { passed: true } },
    });
    expect((await act(RITA, 'answers', { answers: {} })).body).toMatchObject({
      ...{ answers: { disclosure: { answer: 'no', automatic: 'no' } }, score: { percent: 0 } },
    });
  });

  it.each([
    ['an answer that the criterion has not', { greeting: { answer: 6 } }, 'answers.greeting'],
    ['a criterion that there is none of', { tone: { answer: 'yes' } }, 'answers.tone'],
    ['half of a time range', { greeting: { answer: 5, startMs: 5 } }, 'answers.greeting.startMs'],
    ['a time range behind the end', { greeting: { answer: 5, startMs: 5, endMs: 90_001 } }, 'answers.greeting.endMs'],
    ['a reason that overrules nothing', { greeting: { answer: 5, overruledBecause: 'so' } }, 'overruledBecause'],
  ])('are refused: %s', async (_, answers, named) => {
    const { act } = await reviewing(await qualityWorld());
    expect(await act(RITA, 'answers', { answers })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining(named) },
    });
  });

  it("are the reviewer's alone, of the version that they saw", async () => {
    const { act } = await reviewing(await qualityWorld());
    expect((await act(ROB, 'answers', { answers: good })).status).toBe(403);
    expect((await act(SUE, 'answers', { answers: good })).status).toBe(403);
    expect((await act(RITA, 'answers', { answers: good }, { 'if-match': '"7"' })).status).toBe(412);
    expect((await act(RITA, 'answers', { answers: good }, { 'if-match': 'x' })).status).toBe(400);
  });

  it('are given once by a request that is made again, and not by another one with its key', async () => {
    const { act } = await reviewing(await qualityWorld());
    const headers = { 'if-match': '"1"', 'idempotency-key': 'answers-1' };
    const first = await act(RITA, 'answers', { answers: good }, headers);
    expect(await act(RITA, 'answers', { answers: good }, headers)).toMatchObject({ status: 200, body: first.body });
    expect((await act(RITA, 'answers', { answers: {} }, headers)).status).toBe(409);
  });
});

describe('a review that is submitted', () => {
  it('lacks nothing', async () => {
    const { act } = await reviewing(await qualityWorld());
    await act(RITA, 'answers', { answers: { solved: { answer: 'yes' }, how: { answer: 'badly' } } });
    const { status, body } = await act(RITA, 'submit');
    expect(status).toBe(409);
    expect(body).toMatchObject({ detail: expect.stringContaining('answers.greeting: is missing') });
    expect(body).toMatchObject({ detail: expect.stringContaining('answers.how.comment: is missing') });
  });

  it("is the agent's to see from then on, with its versions from then on, by whichever URL", async () => {
    const persons = { rita: ['billing'], sue: ['billing'], lee: ['billing'], quinn: ['quality-leads'] };
    const world = await qualityWorld({ persons });
    const { act, read, path } = await reviewing(world);
    const lee = world.as(...LEE);
    await act(RITA, 'answers', { answers: good });
    expect((await read(LEE)).status).toBe(404);
    expect((await read(['supervisor', 'lee'])).status).toBe(404);
    expect((await lee('/calls/a/reviews')).body).toEqual({ items: [] });
    expect((await lee(`${path}/versions`)).status).toBe(404);
    await act(RITA, 'submit');
    expect((await read(LEE)).body).toMatchObject({ state: 'submitted', dueAt: '2026-10-28T12:00:00.000Z' });
    expect((await lee('/calls/a/reviews')).body).toMatchObject({ items: [{ state: 'submitted' }] });
    expect((await lee(`${path}/versions`)).body).toMatchObject({ items: [{ version: 3, what: 'submitted' }] });
    expect((await world.as('supervisor', 'lee')(`${path}/versions`)).body).toMatchObject({ items: [{ version: 3 }] });
    expect((await world.as(...SUE)(`${path}/versions`)).body).toMatchObject({
      items: [
        { version: 1, what: 'begun', by: 'rita', review: { version: 1 } },
        { version: 2, what: 'answered', by: 'rita' },
        { version: 3, what: 'submitted', by: 'rita' },
      ],
    });
  });

  it("counts for the agent's progress, without a word of it", async () => {
    const world = await qualityWorld({ moments: { a: [disclosed] } });
    const { reviewId } = await submitted(world);
    const { body } = await world.as(...LEE)('/agents/lee/reviews');
    const { items } = body as { items: AgentScore[] };
    expect(items).toMatchObject([
      {
        ...{ callId: 'a', reviewId, by: 'review', reviewer: 'rita', state: 'submitted', passed: true },
        shares: { disclosure: 1, greeting: 1, solved: 1, how: 0.5 },
      },
    ]);
    const kept = JSON.stringify(world.table.items('agent#'));
    expect(kept).not.toContain('a fine call');
    expect(kept).not.toContain('a day later');
    expect(await monthsOf(world)).toMatchObject([{ by: 'review', scored: 1, passed: 1 }]);
    expect((await world.custody.all('a')).at(-1)).toMatchObject({
      ...{ kind: 'review-submitted', person: 'rita', details: { reviewId, scorecard: 'service', version: 3 } },
    });
  });

  it('is acknowledged by its agent, and final then', async () => {
    const world = await qualityWorld();
    const { act } = await submitted(world);
    expect((await act(SUE, 'acknowledge')).status).toBe(403);
    expect(await act(LEE, 'acknowledge')).toMatchObject({ status: 200, body: { state: 'acknowledged' } });
    expect(await act(LEE, 'appeal', { reason: 'no' })).toMatchObject({
      ...{ status: 409, body: { detail: expect.stringContaining('is acknowledged') } },
    });
    expect((await act(RITA, 'answers', { answers: good })).status).toBe(409);
    expect((await world.as(...SUE)('/agents/lee/reviews')).body).toMatchObject({ items: [{ state: 'acknowledged' }] });
    expect(await monthsOf(world)).toMatchObject([{ scored: 1 }]);
    expect(await kindsOf(world)).toEqual(['review-submitted', 'review-acknowledged']);
  });
});

describe('an appeal', () => {
  const appeal = { reason: 'I said it at the begin', criterionIds: ['disclosure'] };

  it('is decided by somebody else, who corrects the score', async () => {
    const world = await qualityWorld();
    const { act } = await submitted(world);
    expect(await monthsOf(world)).toMatchObject([{ failed: 1 }]);
    expect((await act(LEE, 'appeal', { ...appeal, criterionIds: ['tone'] })).status).toBe(400);
    expect(await act(LEE, 'appeal', appeal)).toMatchObject({
      body: { state: 'appealed', appeal: { ...appeal, person: 'lee', at: NOW } },
    });
    const answers = { disclosure: { answer: 'yes', overruledBecause: 'it is heard' } };
    const decision = { outcome: 'upheld', reason: 'it is heard at the begin' };
    expect((await act(RITA, 'decide', decision)).status).toBe(403);
    expect((await act(SUE, 'decide', { ...decision, outcome: 'rejected', answers })).status).toBe(400);
    expect(await act(SUE, 'decide', { ...decision, answers })).toMatchObject({
      status: 200,
      body: {
        ...{ state: 'decided', decision: { ...decision, person: 'sue' }, score: { failedBy: [] } },
        answers: { disclosure: { ...answers.disclosure, automatic: 'no' }, words: { answer: 'a fine call' } },
      },
    });
    expect(await monthsOf(world)).toMatchObject([{ scored: 1, failed: 0 }]);
    expect((await world.as(...LEE)('/agents/lee/reviews')).body).toMatchObject({
      items: [{ state: 'decided', failedBy: [] }],
    });
    expect(await kindsOf(world)).toEqual(['review-submitted', 'review-appealed', 'review-decided']);
    expect(JSON.stringify(await world.custody.all('a'))).not.toContain('begin');
  });

  it('is not decided by whoever reviewed, by whichever URL, nor by the agent', async () => {
    const world = await qualityWorld();
    const { act } = await submitted(world);
    await act(LEE, 'appeal', appeal);
    const decision = { outcome: 'rejected', reason: 'no' };
    expect(await act(['supervisor', 'rita'], 'decide', decision)).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('you reviewed it') },
    });
    expect((await act(['supervisor', 'lee'], 'decide', decision)).status).toBe(403);
    expect((await act(['supervisor', 'sid'], 'decide', decision)).status).toBe(403);
    expect((await act(SUE, 'decide', decision)).status).toBe(200);
  });

  it('is not decided by whoever made it, also where the roster says by then that they are somebody else', async () => {
    const persons = { rita: ['billing'], sue: ['billing'], lee: ['billing'], quinn: ['quality-leads'] };
    const world = await qualityWorld({ persons });
    const { act } = await submitted(world);
    await act(LEE, 'appeal', appeal);
    const before = await world.roster.get('lee');
    if (before) await world.roster.put(before, { ...before, person: undefined, version: 2 });
    const decision = { outcome: 'upheld', reason: 'I was right' };
    expect(await act(['supervisor', 'lee'], 'decide', decision)).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('you appealed') },
    });
    expect((await act(SUE, 'decide', decision)).status).toBe(200);
  });

  it('can be made for some days', async () => {
    const world = await qualityWorld();
    const { act } = await submitted(world);
    world.time.now = '2026-10-28T12:00:00.000Z';
    expect((await act(LEE, 'appeal', appeal)).status).toBe(409);
    expect((await act(LEE, 'acknowledge')).status).toBe(200);
  });
});

describe('comments', () => {
  const comment = { criterionId: 'greeting', startMs: 0, endMs: 900, text: 'warmly' };

  it("are the reviewer's while it is a draft, and everybody's who is concerned until it is over", async () => {
    const { act, read } = await reviewing(await qualityWorld());
    expect((await act(ROB, 'comments', comment)).status).toBe(403);
    expect((await act(LEE, 'comments', comment)).status).toBe(404);
    expect((await act(RITA, 'comments', { ...comment, endMs: 90_001 })).status).toBe(400);
    expect((await act(RITA, 'comments', { ...comment, criterionId: 'tone' })).status).toBe(400);
    expect((await act(RITA, 'comments', comment)).status).toBe(200);
    await act(RITA, 'answers', { answers: good });
    await act(RITA, 'submit');
    expect((await act(LEE, 'comments', { ...comment, text: 'thanks' })).status).toBe(200);
    expect((await act(SUE, 'comments', comment)).status).toBe(200);
    await act(LEE, 'acknowledge');
    expect((await act(LEE, 'comments', comment)).status).toBe(409);
    expect((await read(LEE)).body).toMatchObject({
      comments: [{ ...comment, person: 'rita', at: NOW }, { text: 'thanks', person: 'lee' }, { person: 'sue' }],
    });
  });
});

describe('a review that is full', () => {
  it('is appealed against and decided all the same, and told version after version', async () => {
    const world = await qualityWorld();
    const { act, path } = await submitted(world);
    const comment = { startMs: 0, endMs: 900, text: '語'.repeat(4000) };
    const statuses: number[] = [];
    for (let i = 0; i < 25; i++) statuses.push((await act(LEE, 'comments', comment)).status);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(15);
    expect(statuses.at(-1)).toBe(413);
    const reason = '語'.repeat(2000);
    expect((await act(LEE, 'appeal', { reason })).status).toBe(200);
    expect((await act(SUE, 'decide', { outcome: 'rejected', reason })).status).toBe(200);
    // Lambda answers 6 MB.
    const { body } = await world.as(...SUE)(`${path}/versions?limit=200`);
    expect(body).toMatchObject({ nextCursor: expect.any(String) });
    expect((body as { items: unknown[] }).items).toHaveLength(15);
    const { nextCursor } = body as { nextCursor: string };
    const next = await world.as(...SUE)(`${path}/versions?limit=200&cursor=${nextCursor}`);
    expect((next.body as { items: { what: string }[] }).items.at(-1)?.what).toBe('decided');
  });
});

describe('the queue of reviews', () => {
  const listed = async ({ as }: World, person: Person, query = '') => {
    const { status, body } = await as(...person)(`/reviews${query}`);
    return status === 200 ? (body as { items: unknown[] }).items : status;
  };

  it('is that of the own teams, by when they are due, and tells what is overdue', async () => {
    const world = await qualityWorld();
    const { act, reviewId } = await reviewing(world, 'b');
    await act(RITA, 'release');
    world.time.now = '2026-10-15T12:00:00.000Z';
    const later = await reviewing(world, 'a');
    await later.act(RITA, 'release');
    world.time.now = '2026-10-28T13:00:00.000Z';
    const both = [
      { reviewId, callId: 'b', state: 'waiting', team: 'billing', overdue: true },
      { reviewId: later.reviewId, overdue: false },
    ];
    expect(await listed(world, ROB)).toMatchObject(both);
    expect(await listed(world, SUE, '?team=billing')).toMatchObject(both);
    expect(await listed(world, QUINN)).toMatchObject(both);
    expect(await listed(world, ['supervisor', 'sid'])).toEqual([]);
    expect(await listed(world, ['supervisor', 'sid'], '?team=billing')).toBe(403);
    expect(await listed(world, LEE)).toBe(403);
    expect(JSON.stringify(await listed(world, ROB))).not.toContain('answers');
  });

  it('does not tell whoever is the agent of a call that it is being reviewed, by whichever URL', async () => {
    const persons = { rita: ['billing'], sue: ['billing'], lee: ['billing'], quinn: ['quality-leads'] };
    const world = await qualityWorld({ persons });
    const { act } = await reviewing(world);
    expect(await listed(world, SUE, '?state=draft')).toMatchObject([{ callId: 'a' }]);
    expect(await listed(world, ['supervisor', 'lee'], '?state=draft')).toEqual([]);
    await act(RITA, 'release');
    expect(await listed(world, ['reviewer', 'lee'])).toEqual([]);
    await act(RITA, 'take');
    await act(RITA, 'answers', { answers: good });
    await act(RITA, 'submit');
    expect(await listed(world, ['supervisor', 'lee'], '?state=submitted')).toMatchObject([{ callId: 'a' }]);
  });

  it('gives each page once', async () => {
    const world = await qualityWorld({ calls: ['a', 'b', 'd'].map((callId) => taggedCall(callId)) });
    for (const callId of ['a', 'b', 'd']) await reviewing(world, callId);
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await world.as(...SUE)(`/reviews?state=draft&limit=1${cursor}`);
      const page = body as { items: { callId: string }[]; nextCursor?: string };
      seen.push(...page.items.map(({ callId }) => callId));
      cursor = page.nextCursor === undefined ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor);
    expect(seen.toSorted()).toEqual(['a', 'b', 'd']);
  });

  it('names the drafts of a person, and has none that is over', async () => {
    const world = await qualityWorld();
    const { act } = await submitted(world);
    await reviewing(world, 'b');
    expect(await listed(world, RITA, '?state=draft&reviewer=rita')).toMatchObject([{ callId: 'b' }]);
    expect(await listed(world, RITA, '?state=draft&reviewer=rob')).toEqual([]);
    expect(await listed(world, RITA, '?state=submitted')).toMatchObject([{ callId: 'a' }]);
    await act(LEE, 'acknowledge');
    expect(await listed(world, RITA, '?state=submitted')).toEqual([]);
    expect(await listed(world, QUINN, '?state=submitted')).toEqual([]);
  });

  it('of a team is not had by a team whose name looks like another list', async () => {
    const world = await qualityWorld({
      calls: [taggedCall('a', { agentId: 'nobody' })],
      persons: { mallory: ['*', '-', '', 'all'], quinn: ['quality-leads'] },
    });
    const begun = await world.as(...QUINN)('/calls/a/reviews', { body: { scorecard: 'service' } });
    expect(begun.status).toBe(201);
    expect(await listed(world, ['supervisor', 'mallory'], '?state=draft')).toEqual([]);
    expect(await listed(world, QUINN, '?state=draft')).toHaveLength(1);
  });

  it('moves with an agent who is of another team by then', async () => {
    const world = await qualityWorld();
    const { act } = await reviewing(world);
    await act(RITA, 'release');
    const before = await world.roster.get('lee');
    if (before) await world.roster.put(before, { ...before, team: 'sales', version: 2 });
    expect((await act(ROB, 'take')).status).toBe(403);
    expect((await act(['supervisor', 'sid'], 'take')).status).toBe(200);
    expect(await listed(world, ['supervisor', 'sid'], '?state=draft')).toMatchObject([{ team: 'sales' }]);
    expect(await listed(world, ROB, '?state=draft')).toEqual([]);
  });
});

describe('a review that waits', () => {
  it('is taken by one, given back, and begun anew by another', async () => {
    const { act } = await reviewing(await qualityWorld({ moments: { a: [disclosed] } }));
    await act(RITA, 'answers', { answers: good });
    expect((await act(ROB, 'release')).status).toBe(403);
    const released = await act(RITA, 'release');
    expect(released.body).toMatchObject({ state: 'waiting', comments: [] });
    expect(released.body).not.toHaveProperty('reviewer');
    const taken = await act(ROB, 'take');
    expect(taken.body).toMatchObject({ state: 'draft', reviewer: 'rob' });
    expect((taken.body as { answers: object }).answers).toEqual({
      disclosure: { answer: 'yes', automatic: 'yes', startMs: 1000, endMs: 3000 },
    });
    expect((await act(RITA, 'take')).status).toBe(409);
  });

  it('is had by one of two who take it at once', async () => {
    const world = await qualityWorld();
    const { act, path } = await reviewing(world);
    const { etag } = await act(RITA, 'release');
    const take = (person: Person) => world.as(...person)(`${path}/take`, { body: {}, headers: { 'if-match': etag } });
    const statuses = (await Promise.all([take(RITA), take(ROB)])).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 412]);
  });

  it("is assigned by supervisors, but never to the call's agent", async () => {
    const { act } = await reviewing(await qualityWorld());
    expect((await act(RITA, 'assign', { person: 'rob' })).status).toBe(403);
    expect((await act(SUE, 'assign', { person: 'lee' })).status).toBe(400);
    expect((await act(SUE, 'assign', { person: 'rob' })).body).toMatchObject({ state: 'draft', reviewer: 'rob' });
    expect((await act(RITA, 'submit')).status).toBe(403);
  });
});

describe('a review keeps', () => {
  /** Submits what rita answered, by an application that needs other things. */
  const submitBy = async (changes: Partial<QualityNeeds>, world: World, path: string) => {
    const response = await qualityApi({ ...world.needs('reviewer'), ...changes }).request(`${path}/submit`, {
      method: 'POST',
      headers: { 'verbatim-identity': 'rita', 'if-match': '"2"', 'content-type': 'application/json' },
      body: '{}',
    });
    return { status: response.status, body: await response.json() };
  };
  const answered = async (world: World) => {
    const review = await reviewing(world);
    await review.act(RITA, 'answers', { answers: good });
    return review;
  };

  it('the version of the scorecard that it was begun with', async () => {
    const world = await qualityWorld();
    const { path } = await answered(world);
    const scorecards = [{ ...scorecard, version: '2', sections: scorecard.sections.slice(0, 1) }];
    const quality = { ...world.needs('reviewer').quality, scorecards };
    expect(await submitBy({ quality }, world, path)).toMatchObject({
      ...{ status: 200, body: { state: 'submitted', scorecardVersion: '1' } },
    });
  });

  it('nothing of a call that is being deleted', async () => {
    const world = await qualityWorld();
    const { path } = await answered(world);
    const call = await world.calls.get('a');
    if (!call) throw new Error('the call is there');
    const deletion = { dueOnly: false, reason: 'manual', rule: 'manual', requestedAt: NOW } as const;
    await world.calls.enterDeleting(call, deletion, NOW);
    // It was read before, and is deleted meanwhile.
    const calls = { ...world.calls, get: async () => call };
    expect((await submitBy({ calls }, world, path)).status).toBe(404);
    expect(JSON.stringify(world.table.items('agent#'))).not.toContain('review');
  });

  it('all of a change or nothing of it, where the table fails', async () => {
    const world = await qualityWorld();
    const { path, read } = await answered(world);
    const before = JSON.stringify(world.table.items(''));
    const failing = only<DynamoDBDocumentClient>({
      send: async (command: unknown) => {
        if (command instanceof TransactWriteCommand) throw new Error('the table is not there');
        return world.table.client.send(command as never);
      },
    });
    const custody = custodyStore(failing, 't', async () => {});
    expect((await submitBy({ dynamodb: failing, custody }, world, path)).status).toBe(500);
    expect(JSON.stringify(world.table.items(''))).toBe(before);
    expect((await submitBy({}, world, path)).status).toBe(200);
    expect((await read(LEE)).body).toMatchObject({ state: 'submitted', version: 3 });
    expect(await monthsOf(world)).toMatchObject([{ scored: 1 }]);
  });
});

describe("an agent's reviews", () => {
  it('of years are listed page by page, each once, and are theirs alone', async () => {
    const calls = [2022, 2023, 2024, 2025, 2026].map((year) =>
      taggedCall(`c${year}`, { startedAt: `${year}-02-03T09:00:00.000Z` }),
    );
    const world = await qualityWorld({ calls });
    for (const { callId } of calls) await submitted(world, callId);
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await world.as(...LEE)(`/agents/lee/reviews?limit=2${cursor}`);
      const page = body as { items: AgentScore[]; nextCursor?: string };
      seen.push(...page.items.map(({ callId }) => callId));
      cursor = page.nextCursor === undefined ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor);
    expect(seen).toEqual(['c2026', 'c2025', 'c2024', 'c2023', 'c2022']);
    expect((await world.as('agent', 'rita')('/agents/lee/reviews')).status).toBe(403);
    expect((await world.as('supervisor', 'sid')('/agents/lee/reviews')).status).toBe(403);
    expect((await world.as('trainer', 'tina')('/agents/lee/reviews')).status).toBe(403);
  });
});

describe('whoever does whatever with a review', () => {
  const body: Record<string, unknown> = {
    answers: { answers: { ...good, disclosure: { answer: 'yes', overruledBecause: 'it is heard' } } },
    assign: { person: 'rob' },
    comments: { startMs: 0, endMs: 5, text: 'so' },
    appeal: { reason: 'no' },
    decide: { outcome: 'upheld', reason: 'so', answers: { greeting: { answer: 1 } } },
  };
  const act = fc.record({
    person: fc.constantFrom<Person>(RITA, ROB, SUE, QUINN, LEE, ['supervisor', 'rita'], ['supervisor', 'lee']),
    action: fc.constantFrom(
      ...['take', 'release', 'assign', 'answers', 'comments', 'submit', 'acknowledge', 'appeal', 'decide'],
    ),
  });

  const submitting = [
    { person: RITA, action: 'answers' },
    { person: RITA, action: 'submit' },
  ];
  const begin = fc.constantFrom([], submitting, [...submitting, { person: LEE, action: 'appeal' }]);

  it('makes a version of each change, shows the agent no draft, and counts it once from its submission on', async () => {
    await fc.assert(
      fc.asyncProperty(begin, fc.array(act, { minLength: 3, maxLength: 10 }), async (first, rest) => {
        const world = await qualityWorld();
        const { act: asked, read } = await reviewing(world);
        let version = 1;
        for (const { person, action } of [...first, ...rest]) {
          const { status } = await asked(person, action, body[action]);
          expect([200, 400, 403, 404, 409]).toContain(status);
          if (status === 200) version += 1;
          const review = Review.parse((await read(QUINN)).body);
          expect(review.version).toBe(version);
          expect(review.reviewer === undefined).toBe(review.state === 'waiting');
          const isSubmitted = !['waiting', 'draft'].includes(review.state);
          expect((await read(LEE)).status).toBe(isSubmitted ? 200 : 404);
          const { items } = (await world.as(...LEE)('/agents/lee/reviews')).body as { items: AgentScore[] };
          expect(items.map(({ state, percent }) => [state, percent])).toEqual(
            isSubmitted ? [[review.state, review.score?.percent]] : [],
          );
          const [month] = await monthsOf(world);
          expect(month?.percent.sum ?? 0).toBeCloseTo(items[0]?.percent ?? 0, 6);
          expect(month?.scored ?? 0).toBe(items.length);
        }
      }),
      { numRuns: 15 },
    );
  });
});
