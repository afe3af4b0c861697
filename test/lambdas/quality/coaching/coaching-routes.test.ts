import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { qualityWorld, scorecard, taggedCall } from '../world.ts';

const note = { startMs: 1000, endMs: 4000, criterionId: 'greeting', text: 'Say your name first.' };

type World = Awaited<ReturnType<typeof qualityWorld>>;

const writes = ({ as }: World, callId = 'a', changes: object = {}, headers = {}) =>
  as('supervisor', 'sue')(`/calls/${callId}/notes`, { body: { ...note, ...changes }, headers });
const opens = ({ as }: World, body: object = {}, headers = {}) =>
  as('supervisor', 'sue')('/agents/lee/sessions', { body, headers });

/** A part of what was answered. */
const told = (body: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>((part, name) => (part as Record<string | number, unknown>)[name], body);

describe('a coaching note', () => {
  it('is written by a supervisor of the team, told to its agent, and noted in the custody of the call', async () => {
    const world = await qualityWorld();
    const { as, table } = world;
    const written = await writes(world);
    expect(written).toMatchObject({
      status: 201,
      body: { ...note, callId: 'a', agentId: 'lee', scorecard: 'service', person: 'sue' },
    });
    expect((await as('agent', 'lee')('/calls/a/notes')).body).toEqual({ items: [written.body] });
    expect((await as('agent', 'lee')('/agents/lee/notes')).body).toMatchObject({ items: [{ ...note, gone: false }] });
    const noted = table.items('call#a').filter(({ kind }) => kind === 'note-added');
    expect(noted).toMatchObject([{ person: 'sue', details: { criterionId: 'greeting', startMs: 1000 } }]);
    expect(JSON.stringify(noted)).not.toContain('Say your name');
  });

  it('is nobody else’s to write or to read', async () => {
    const world = await qualityWorld();
    const { as } = world;
    await writes(world);
    expect((await as('supervisor', 'sid')('/calls/a/notes', { body: note })).status).toBe(403);
    expect((await as('reviewer', 'rita')('/calls/a/notes', { body: note })).status).toBe(403);
    for (const role of ['reviewer', 'trainer'] as const)
      expect((await as(role, 'tina')('/agents/lee/notes')).status).toBe(403);
    expect((await as('supervisor', 'sid')('/agents/lee/notes')).status).toBe(403);
    expect((await as('agent', 'rob')('/agents/lee/notes')).status).toBe(403);
    expect((await as('agent', 'rob')('/calls/a/notes')).status).toBe(403);
  });

  it('is not written to a call of one’s own', async () => {
    const world = await qualityWorld({ persons: { lee: ['billing'] } });
    expect((await world.as('supervisor', 'lee')('/calls/a/notes', { body: note })).status).toBe(403);
    expect((await world.as('supervisor', 'lee')('/agents/lee/sessions', { body: {} })).status).toBe(403);
  });

  it('is of a place in the call and a criterion of a scorecard', async () => {
    const world = await qualityWorld();
    const refused = async (changes: object, detail: string) =>
      expect(await writes(world, 'a', changes)).toMatchObject({
        status: 400,
        body: { detail: expect.stringContaining(detail) },
      });
    await refused({ endMs: 1000 }, 'endMs: is not behind startMs');
    await refused({ startMs: 90_000, endMs: 90_001 }, 'startMs: is behind the end of the call');
    await refused({ criterionId: 'smile' }, 'criterionId: there is no criterion "smile"');
    await refused({ scorecard: 'sales' }, 'scorecard: there is no scorecard "sales"');
    await refused({ text: ' ' }, 'text: is empty');
    expect(await writes(world, 'nowhere')).toMatchObject({ status: 404 });
  });

  it('names its scorecard where several have the criterion', async () => {
    const world = await qualityWorld({ quality: { scorecards: [scorecard, { ...scorecard, name: 'sales' }] } });
    expect(await writes(world)).toMatchObject({
      status: 400,
      body: { detail: 'scorecard: is missing: name one of service, sales' },
    });
    expect(await writes(world, 'a', { scorecard: 'sales' })).toMatchObject({ body: { scorecard: 'sales' } });
  });

  it('is written once by a request that is made again', async () => {
    const world = await qualityWorld();
    const key = { 'idempotency-key': 'key-12345' };
    const first = await writes(world, 'a', {}, key);
    expect(await writes(world, 'a', {}, key)).toMatchObject({ status: 201, body: first.body });
    expect((await writes(world, 'a', { text: 'Something else.' }, key)).status).toBe(409);
    expect(world.table.items('call#a').filter(({ kind }) => kind === 'note-added')).toHaveLength(1);
  });

  it('goes with its call: what is left for the agent has no words', async () => {
    const world = await qualityWorld();
    await writes(world);
    const left = world.table.items('agent#lee');
    expect(JSON.stringify(left)).not.toContain('Say your name');
    // No item is in the calls' own indexes, by agent and start.
    expect(left.filter((item) => 'agentId' in item && 'startedAt' in item)).toEqual([]);
    // As expiry does: everything of the call's partition is deleted.
    const keys = world.table.items('call#a').map(({ subject, part }) => ({ subject, part }));
    for (const Key of keys) await world.table.client.send(new DeleteCommand({ TableName: 't', Key }));
    const [after] = told((await world.as('supervisor', 'sue')('/agents/lee/notes')).body, 'items') as object[];
    expect(after).toMatchObject({ callId: 'a', criterionId: 'greeting', gone: true });
    expect(after).not.toHaveProperty('text');
    expect(after).not.toHaveProperty('startMs');
    expect(await opens(world)).toMatchObject({ status: 201, body: { notes: [{ gone: true }] } });
  });

  it('pages by when it was written', async () => {
    const world = await qualityWorld();
    for (let i = 0; i < 5; i++) {
      world.time.now = `2026-10-14T12:0${i}:00.000Z`;
      await writes(world, i % 2 === 0 ? 'a' : 'b', { text: `Note ${i}` });
    }
    const list = world.as('agent', 'lee');
    const first = (await list('/agents/lee/notes?limit=3&order=oldest-first')).body;
    const cursor = String(told(first, 'nextCursor'));
    const second = (await list(`/agents/lee/notes?limit=3&order=oldest-first&cursor=${cursor}`)).body;
    const texts = [first, second].flatMap((page) => told(page, 'items') as { text: string }[]).map(({ text }) => text);
    expect(texts).toEqual(['Note 0', 'Note 1', 'Note 2', 'Note 3', 'Note 4']);
  });
});

describe('a coaching session', () => {
  it('gathers the notes that no session has yet, once', async () => {
    const world = await qualityWorld();
    await writes(world);
    await writes(world, 'b', { text: 'Ask what was tried.' });
    const first = await opens(world, { nextAt: '2026-10-21T12:00:00Z' });
    expect(first).toMatchObject({
      ...{ status: 201, etag: '"1"' },
      body: {
        ...{ agentId: 'lee', person: 'sue', heldAt: '2026-10-14T12:00:00.000Z', nextAt: '2026-10-21T12:00:00.000Z' },
        ...{ hasMoreNotes: false, notes: [{ text: note.text }, { text: 'Ask what was tried.' }] },
      },
    });
    await writes(world, 'a', { text: 'Well done.' });
    expect((await opens(world)).body).toMatchObject({ notes: [{ text: 'Well done.' }] });
    expect((await opens(world)).body).toMatchObject({ notes: [] });
    const listed = (await world.as('agent', 'lee')('/agents/lee/sessions')).body;
    expect(told(listed, 'items')).toHaveLength(3);
    // The words of notes stay with their calls.
    expect(JSON.stringify(world.table.items('agent#lee'))).not.toContain('Well done');
  });

  it('has each note in one session, also where two are put in at once', async () => {
    const world = await qualityWorld();
    for (let i = 0; i < 4; i++) await writes(world, 'a', { text: `Note ${i}` });
    const both = await Promise.all([opens(world), opens(world)]);
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    const gathered = both.flatMap(({ body }) => told(body, 'notes') as { noteId: string }[]);
    expect(new Set(gathered.map(({ noteId }) => noteId)).size).toBe(4);
    expect(gathered).toHaveLength(4);
  });

  it('leaves to the next one what is more than it can gather', async () => {
    const world = await qualityWorld();
    for (let i = 0; i < 81; i++) {
      world.time.now = new Date(Date.parse('2026-10-14T12:00:00Z') + i).toISOString();
      await writes(world, 'a', { text: `Note ${i}` });
    }
    const first = (await opens(world)).body;
    expect(told(first, 'hasMoreNotes')).toBe(true);
    expect(told(first, 'notes')).toHaveLength(80);
    expect((await opens(world)).body).toMatchObject({ hasMoreNotes: false, notes: [{ text: 'Note 80' }] });
  });

  it('takes the open goals of the last one along, and no others', async () => {
    const world = await qualityWorld();
    const goals = [
      { criterionId: 'greeting', targetPercent: 90, text: 'Greet by name' },
      { text: 'Be at 80 on the whole', targetPercent: 80 },
    ];
    const first = (await opens(world, { goals })).body;
    const [greet, whole] = told(first, 'goals') as { goalId: string; scorecard: string; state: string }[];
    expect([greet, whole]).toMatchObject([
      { scorecard: 'service', criterionId: 'greeting', state: 'open', since: '2026-10-14T12:00:00.000Z' },
      { scorecard: 'service', state: 'open' },
    ]);
    const path = `/agents/lee/sessions/${String(told(first, 'sessionId'))}`;
    const changed = await world.as('supervisor', 'sue')(path, {
      method: 'PUT',
      headers: { 'if-match': '"1"' },
      body: {
        heldAt: '2026-10-14T12:00:00Z',
        goals: [
          { goalId: greet?.goalId, ...goals[0], state: 'reached' },
          { goalId: whole?.goalId, ...goals[1] },
        ],
      },
    });
    expect(changed).toMatchObject({ status: 200, etag: '"2"', body: { goals: [{ state: 'reached' }, {}] } });
    world.time.now = '2026-10-21T12:00:00.000Z';
    const next = (await opens(world, { goals: [{ text: 'Solve it at once', criterionId: 'solved' }] })).body;
    expect(told(next, 'goals')).toMatchObject([
      { goalId: whole?.goalId, since: '2026-10-14T12:00:00.000Z' },
      { text: 'Solve it at once', since: '2026-10-21T12:00:00.000Z' },
    ]);
  });

  it('is changed only as it was seen, and loses no goal', async () => {
    const world = await qualityWorld();
    const first = (await opens(world, { goals: [{ text: 'Greet by name' }] })).body;
    const path = `/agents/lee/sessions/${String(told(first, 'sessionId'))}`;
    const put = (body: object, headers = {}) => world.as('supervisor', 'sue')(path, { method: 'PUT', body, headers });
    const goals = [{ goalId: String(told(first, 'goals', 0, 'goalId')), text: 'Greet by name' }];
    const heldAt = '2026-10-15T09:00:00Z';
    expect((await put({ heldAt, goals })).status).toBe(428);
    expect((await put({ heldAt, goals }, { 'if-match': '"3"' })).status).toBe(412);
    expect(await put({ heldAt, goals: [] }, { 'if-match': '"1"' })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('its state is "dropped"') },
    });
    expect((await put({ heldAt, nextAt: heldAt, goals }, { 'if-match': '"1"' })).status).toBe(400);
    expect((await put({ heldAt, goals }, { 'if-match': '"1"' })).status).toBe(200);
    // It is listed by when it is held: once.
    const listed = (query: string) => world.as('supervisor', 'sue')(`/agents/lee/sessions?${query}`);
    expect(told((await listed('from=2026-10-15T00:00:00Z&to=2026-10-16T00:00:00Z')).body, 'items')).toHaveLength(1);
    expect(told((await listed('from=2026-10-14T00:00:00Z&to=2026-10-15T00:00:00Z')).body, 'items')).toEqual([]);
    expect(await world.as('agent', 'lee')(path)).toMatchObject({ etag: '"2"', body: { version: 2 } });
  });

  it('is put in once by a request that is made again', async () => {
    const world = await qualityWorld();
    await writes(world);
    const key = { 'idempotency-key': 'key-12345' };
    const first = await opens(world, {}, key);
    expect(await opens(world, {}, key)).toMatchObject({ status: 201, body: first.body });
    expect((await opens(world, { goals: [{ text: 'Another' }] }, key)).status).toBe(409);
  });

  it('is put in also where the last one, which was held long ago, has ended', async () => {
    const world = await qualityWorld();
    const goals = [{ text: 'Greet by name' }];
    const held = (await opens(world, { heldAt: '2021-10-20T12:00:00Z', goals })).body;
    // As time to live does.
    for (const { subject, part } of world.table
      .items('agent#lee')
      .filter(({ sessionId, heldAt }) => sessionId && heldAt))
      await world.table.client.send(new DeleteCommand({ TableName: 't', Key: { subject, part } }));
    expect((await world.as('agent', 'lee')(`/agents/lee/sessions/${told(held, 'sessionId')}`)).status).toBe(404);
    expect(await opens(world)).toMatchObject({ status: 201, body: { goals: [] } });
  });

  it('is not kept longer by being put in for a far day', async () => {
    const world = await qualityWorld();
    expect(await opens(world, { heldAt: '2036-10-14T12:00:00Z' })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('heldAt: 2036-10-14T12:00:00.000Z is more than 366 days ahead') },
    });
    expect((await opens(world, { heldAt: '9999-12-31T23:00:00-05:00' })).status).toBe(400);
    const { body } = await opens(world);
    const put = { heldAt: '2036-10-14T12:00:00Z', goals: [] };
    const path = `/agents/lee/sessions/${String(told(body, 'sessionId'))}`;
    const changed = world.as('supervisor', 'sue')(path, { method: 'PUT', body: put, headers: { 'if-match': '"1"' } });
    expect((await changed).status).toBe(400);
  });

  it('has 30 goals at the most, with those that are open', async () => {
    const world = await qualityWorld();
    await opens(world, { goals: Array.from({ length: 29 }, (_, i) => ({ text: `Goal ${i}` })) });
    expect(await opens(world, { goals: [{ text: 'One' }, { text: 'Two' }] })).toMatchObject({
      status: 400,
      body: { detail: 'goals: a session has 30 goals at the most, and 29 are open' },
    });
    expect(told((await opens(world, { goals: [{ text: 'One' }] })).body, 'goals')).toHaveLength(30);
  });

  it('is for the supervisors of the team, and its agent', async () => {
    const world = await qualityWorld({ calls: [taggedCall('a')] });
    const path = `/agents/lee/sessions/${String(told((await opens(world)).body, 'sessionId'))}`;
    expect((await world.as('agent', 'lee')(path)).status).toBe(200);
    expect((await world.as('agent', 'rob')(path)).status).toBe(403);
    expect((await world.as('supervisor', 'sid')(path)).status).toBe(403);
    expect((await world.as('reviewer', 'rita')(path)).status).toBe(403);
    expect((await world.as('agent', 'lee')('/agents/lee/sessions', { body: {} })).status).toBe(403);
    expect((await world.as('supervisor', 'sid')('/agents/lee/sessions', { body: {} })).status).toBe(403);
    expect((await world.as('supervisor', 'quinn')('/agents/nobody/sessions', { body: {} })).status).toBe(404);
    expect((await world.as('supervisor', 'sue')('/agents/lee/sessions/none')).status).toBe(404);
  });
});
