import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { identifiersIn, namesSomebody, whyNotRedacted } from '../../../../lambdas/quality/library/anonymity.ts';
import { says, transcriptOf } from '../../builders.ts';
import { conversation, libraryWorld, persons, redactedCall } from './library-world.ts';

type World = Awaited<ReturnType<typeof libraryWorld>>;
let world: World;
beforeEach(async () => {
  world = await libraryWorld({ persons });
});

const asked = { retentionClass: '1-year', basis: 'legitimate-interests', reason: 'Every newcomer hears it' } as const;
const post = (clipId: string, changes: object = {}, headers: Record<string, string> = {}) =>
  world.as('trainer', 'tina')(`/calls/a/clips/${clipId}/exports`, { body: { ...asked, ...changes }, headers });
const idOf = (body: unknown): string => (body as { exportId: string }).exportId;

describe('an export of a clip', () => {
  it('has a class of its own and a recorded ground, and nothing in it tells the call, the agent or the customer', async () => {
    const clipId = await world.clip();
    const { status, body } = await post(clipId);
    expect({ status, body }).toMatchObject({
      status: 201,
      body: {
        ...asked,
        state: 'ready',
        title: 'A refund at once',
        exportedBy: 'tina',
        expiresAt: '2027-10-14T12:00:00.000Z',
      },
    });
    const exportId = idOf(body);
    const objects = [`transcripts/clips/exports/${exportId}.json`, `transcripts/clips/exports/${exportId}.wav`];
    expect(world.objects.keys().filter((key) => key.includes('/exports/'))).toEqual(objects);
    for (const key of objects)
      expect(world.objects.tags(key)).toEqual({ 'retention-class': '1-year', 'retention-days': '365' });
    expect(world.objects.bytes(objects[1] ?? '')).toEqual(
      world.objects.bytes(`transcripts/clips/calls/a/${clipId}-1-1800-3600.wav`),
    );

    const items = world.table.items('export');
    expect(items.map(({ subject }) => subject).toSorted()).toEqual([`export#${exportId}`, 'exports']);
    for (const item of items) {
      expect(item.ttl).toBe(Date.parse('2027-10-14T12:00:00.000Z') / 1000);
      expect(Object.keys(item)).not.toEqual(expect.arrayContaining(['callId']));
      expect(JSON.stringify(item)).not.toMatch(/"(a|lee|c-1|call#a)"|Lee/);
    }
    expect((await world.custody.all('a')).at(-1)).toMatchObject({
      ...{ kind: 'clip-exported', person: 'tina', why: asked.reason },
      details: { clipId, exportId, retentionClass: '1-year', basis: asked.basis },
    });
  });

  it('is found and heard by everyone, and withdrawn by those of its team', async () => {
    const exportId = idOf((await post(await world.clip())).body);
    const { as } = world;
    expect((await as('agent', 'kim')('/exports?topic=refunds')).body).toMatchObject({ items: [{ exportId }] });
    expect((await as('agent', 'kim')('/exports?topic=tone')).body).toEqual({ items: [] });
    expect((await as('agent', 'kim')(`/exports/${exportId}`)).body).toMatchObject({
      ...{ export: { exportId }, turns: [{ speaker: 'AGENT', text: 'Sorry I refund that now [PII]', startMs: 0 }] },
    });
    const { body } = await as('agent', 'kim')(`/exports/${exportId}/audio`);
    expect((body as { url: string }).url).toContain(`/clips/exports/${exportId}.wav?`);
    const withdraw = (role: 'trainer' | 'agent', person: string) =>
      as(role, person)(`/exports/${exportId}`, { method: 'DELETE' });
    expect((await withdraw('agent', 'lee')).status).toBe(403);
    expect((await withdraw('trainer', 'sid')).status).toBe(403);
    expect((await withdraw('trainer', 'tina')).status).toBe(204);
    expect((await as('trainer', 'tina')(`/exports/${exportId}`)).status).toBe(404);
    expect((await as('trainer', 'tina')('/exports')).body).toEqual({ items: [] });
    expect(world.objects.keys().filter((key) => key.includes('/exports/'))).toEqual([]);
  });

  it('is over when its class says, also before time to live has come to it', async () => {
    const exportId = idOf((await post(await world.clip())).body);
    world.time.now = '2027-10-14T12:00:00.000Z';
    expect((await world.as('trainer', 'tina')(`/exports/${exportId}`)).status).toBe(404);
    expect((await world.as('trainer', 'tina')('/exports')).body).toEqual({ items: [] });
  });

  it('is made once by one key, and goes on where it broke off', async () => {
    const clipId = await world.clip();
    const headers = { 'idempotency-key': 'export-1' };
    world.objects.before.copy = async () => {
      throw new Error('S3 is away');
    };
    expect((await post(clipId, {}, headers)).status).toBe(500);
    expect((await world.as('trainer', 'tina')('/exports')).body).toEqual({ items: [] });
    delete world.objects.before.copy;
    const [first, again] = [await post(clipId, {}, headers), await post(clipId, {}, headers)];
    expect(first).toMatchObject({ status: 201, body: { state: 'ready' } });
    expect(again.body).toEqual(first.body);
    expect((await post(clipId, { basis: 'consent' }, headers)).status).toBe(409);
    const kinds = (await world.custody.all('a')).map(({ kind }) => kind);
    expect(kinds).toEqual(['clip-made', 'clip-exported']);
  });

  it('has its sound where two requests of one key make it at once', async () => {
    const clipId = await world.clip();
    const headers = { 'idempotency-key': 'export-1' };
    world.objects.before.copy = async () => {
      throw new Error('S3 is away');
    };
    await post(clipId, {}, headers);
    // Both go on with it, and the other one is done first; DynamoDB then cancels what lists it.
    world.objects.before.copy = async () => {
      delete world.objects.before.copy;
      expect((await post(clipId, {}, headers)).status).toBe(201);
      const conflict = Object.assign(new Error('conflict'), { name: 'TransactionCanceledException' });
      vi.spyOn(world.table.client, 'send').mockRejectedValueOnce(conflict);
    };
    const { status, body } = await post(clipId, {}, headers);
    expect({ status, body }).toMatchObject({ status: 201, body: { state: 'ready' } });
    expect((await world.as('agent', 'kim')(`/exports/${idOf(body)}/audio`)).status).toBe(200);
  });

  it('tells what is heard, also where the clip was changed after it broke off', async () => {
    const clipId = await world.clip();
    const headers = { 'idempotency-key': 'export-1' };
    world.objects.before.copy = async () => {
      throw new Error('S3 is away');
    };
    await post(clipId, {}, headers);
    delete world.objects.before.copy;
    await world.as('trainer', 'tina')(`/calls/a/clips/${clipId}`, {
      ...{ method: 'PUT', headers: { 'if-match': '"1"' } },
      body: { startMs: 2400, endMs: 3600, title: 'Shorter', example: 'good', why: 'It is', topics: ['refunds'] },
    });
    const { body } = await post(clipId, {}, headers);
    expect(body).toMatchObject({ title: 'Shorter', durationMs: 1200 });
    expect((await world.as('agent', 'kim')(`/exports/${idOf(body)}`)).body).toMatchObject({
      export: { title: 'Shorter', durationMs: 1200 },
    });
  });

  it('does not tell other teams whose library it comes from', async () => {
    const exportId = idOf((await post(await world.clip())).body);
    const teamTold = async (role: 'agent' | 'trainer', person: string) => {
      const { as } = world;
      const one = (await as(role, person)(`/exports/${exportId}`)).body as { export: { team?: string } };
      const all = (await as(role, person)('/exports')).body as { items: { team?: string }[] };
      return [one.export.team, all.items[0]?.team];
    };
    expect(await teamTold('agent', 'kim')).toEqual([undefined, undefined]);
    expect(await teamTold('trainer', 'tina')).toEqual(['billing', 'billing']);
  });

  it('leaves nothing where it was withdrawn while its objects were written', async () => {
    const clipId = await world.clip();
    world.objects.before.copy = async () => {
      const { as, table } = world;
      expect((await as('trainer', 'tina')(`/calls/a/clips/${clipId}/exports`)).body).toMatchObject({
        items: [{ state: 'making' }],
      });
      const [begun] = table.items('export#');
      await as('trainer', 'tina')(`/exports/${begun?.exportId}`, { method: 'DELETE' });
    };
    expect((await post(clipId)).status).toBe(409);
    expect(world.objects.keys().filter((key) => key.includes('/exports/'))).toEqual([]);
    expect(world.table.items('export')).toEqual([]);
  });

  it('is told with its clip, also when that was taken out of the library', async () => {
    const clipId = await world.clip();
    const exportId = idOf((await post(clipId)).body);
    const path = `/calls/a/clips/${clipId}`;
    await world.as('trainer', 'tina')(path, { method: 'DELETE', headers: { 'if-match': '"1"' } });
    expect((await world.as('trainer', 'tina')(`${path}/exports`)).body).toMatchObject({
      items: [{ exportId, state: 'ready' }],
    });
    await world.as('trainer', 'tina')(`/exports/${exportId}`, { method: 'DELETE' });
    expect((await world.as('trainer', 'tina')(`${path}/exports`)).body).toMatchObject({ items: [{ state: 'gone' }] });
  });
});

describe('no export is made', () => {
  it('of a class or on a ground that there is not', async () => {
    const clipId = await world.clip();
    expect((await post(clipId, { retentionClass: 'forever' })).body).toMatchObject({
      detail:
        'retentionClass: there is no class "forever": the classes are 30-days, 6-months, 1-year, 5-years, 7-years',
    });
    expect((await post(clipId, { basis: 'because' })).status).toBe(400);
    expect((await post(clipId, { reason: ' ' })).status).toBe(400);
    expect((await world.as('reviewer', 'rita')(`/calls/a/clips/${clipId}/exports`, { body: asked })).status).toBe(403);
    expect((await world.as('trainer', 'sid')(`/calls/a/clips/${clipId}/exports`, { body: asked })).status).toBe(403);
  });

  it('where a text of it, or a topic, tells somebody', async () => {
    expect((await post(await world.clip({ why: 'Here Lee is calm' }))).body).toMatchObject({
      detail: 'why: has a name, a number or an address of somebody: it is kept longer than the call',
    });
    expect((await post(await world.clip(), { reason: 'c-1 agreed' })).body).toMatchObject({
      detail: expect.stringContaining('reason: has'),
    });
    expect((await post(await world.clip(), { reason: 'See ticket 4711234' })).status).toBe(400);
    expect((await post(await world.clip({ title: 'For sue@shop.example' }))).status).toBe(400);
    expect((await post(await world.clip({ topics: ['as-lee-does-it'] }))).status).toBe(400);
  });

  it('where somebody can be known by what is said', async () => {
    const left = transcriptOf(
      says('AGENT', 'I am Lee write to me@shop.example', 0),
      says('CUSTOMER', 'it is 12 34 5', 1800),
    );
    world = await libraryWorld({ persons, transcripts: { a: left } });
    expect((await post(await world.clip({ startMs: 0 }))).body).toMatchObject({
      detail: expect.stringContaining('a name at 600 ms, an address at 1500 ms, a number at 2400 ms is left in it'),
    });
    expect((await world.custody.all('a')).map(({ kind }) => kind)).toEqual(['clip-made']);
  });

  it('where the call is not redacted, or not enough, or cannot be heard or read', async () => {
    const job = redactedCall('a').job;
    if (!job) throw new Error('it has a job');
    const whyNot = async (given: Parameters<typeof libraryWorld>[0]) => {
      world = await libraryWorld({ persons, ...given });
      const { status, body } = await post(await world.clip());
      expect(status).toBe(409);
      return (body as { detail: string }).detail.replace(/^.*without its call: /, '');
    };
    const { redaction: _, ...unredacted } = job;
    const some = { piiEntityTypes: ['CREDIT_DEBIT_NUMBER'], keepOriginalTranscript: false };
    expect(await whyNot({ calls: [redactedCall('a', { job: unredacted })] })).toBe('its source is not redacted');
    expect(await whyNot({ calls: [redactedCall('a', { job: { ...job, redaction: some } })] })).toBe(
      'its source does not redact NAME, ADDRESS, EMAIL, PHONE, BANK_ACCOUNT_NUMBER',
    );
    const { redactedAudio: __, ...outputs } = job.outputs ?? { transcript: { bucket: 'b', key: 'k' } };
    expect(await whyNot({ calls: [redactedCall('a', { job: { ...job, outputs } })] })).toBe(
      'it has no sound of its own',
    );
    expect(await whyNot({ transcripts: {} })).toContain('no transcript');
  });
});

describe('what is left of somebody in a clip', () => {
  const range = { startMs: 0, endMs: 60_000 };
  const known = { names: ['Lee Wu'], ids: ['agent-7', 'c-1'] };

  it('is names by their words, and ids as a whole', () => {
    const left = (text: string) =>
      identifiersIn(transcriptOf(says('AGENT', text)), range, known).map(({ what }) => what);
    expect(left('this is Wu, hello')).toEqual(['a name']);
    expect(left('an agent of 7 is c, 1')).toEqual(['a name']);
    expect(left('an agent helps')).toEqual([]);
    expect(namesSomebody('a good agent', known)).toBe(false);
    expect(namesSomebody('agent-7 does it well', known)).toBe(true);
  });

  it('is long numbers, however they are said, and no short ones, nor what is redacted', () => {
    const left = (text: string) => identifiersIn(transcriptOf(says('AGENT', text)), range, known).length;
    expect(left('four one one one two')).toBe(1);
    expect(left('41,112 it is')).toBe(1);
    expect(left('in 2026 it was 40 dollars')).toBe(0);
    const turn = says('CUSTOMER', '123 [PII] 456');
    const words = turn.words.map((word, i) => (i === 1 ? { ...word, redaction: {} } : word));
    expect(identifiersIn({ turns: [{ ...turn, words }] }, range, known)).toEqual([]);
  });

  it('is looked for in all that is heard, a part of a word too, and in nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3600 }), fc.integer({ min: 1, max: 2000 }), (startMs, durationMs) => {
        const endMs = startMs + durationMs;
        const known = { names: ['charged'], ids: [] };
        const isIn = startMs < 900 && endMs > 600;
        expect(identifiersIn(conversation, { startMs, endMs }, known).length).toBe(isIn ? 1 : 0);
      }),
    );
  });

  it('is what a source does not redact', () => {
    expect(whyNotRedacted({})).toBe('its source is not redacted');
    expect(whyNotRedacted({ redaction: { keepOriginalTranscript: true } })).toBeUndefined();
  });
});
