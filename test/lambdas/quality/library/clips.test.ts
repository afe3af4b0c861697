import { PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from 'vitest';
import { clipAudio } from '../../../../lambdas/quality/library/clip-audio.ts';
import { readWav } from '../../../../lambdas/transcription/wav-file.ts';
import { libraryWorld, persons, redactedCall, refund } from './library-world.ts';

type World = Awaited<ReturnType<typeof libraryWorld>>;
let world: World;
beforeEach(async () => {
  world = await libraryWorld({ persons });
});

const kindsOf = async (callId: string) => (await world.custody.all(callId)).map(({ kind }) => kind);

describe('a clip of a call', () => {
  it('is made by trainers and supervisors of its team, and noted in its custody', async () => {
    const { as } = world;
    const body = refund;
    expect((await as('reviewer', 'rita')('/calls/a/clips', { body })).status).toBe(403);
    expect((await as('agent', 'lee')('/calls/a/clips', { body })).status).toBe(403);
    expect((await as('trainer', 'sid')('/calls/a/clips', { body })).status).toBe(403);
    expect((await as('trainer', 'tina')('/calls/nowhere/clips', { body })).status).toBe(404);
    const made = await as('trainer', 'tina')('/calls/a/clips', { body });
    expect(made).toMatchObject({
      ...{ status: 201, etag: '"1"' },
      body: {
        ...refund,
        callId: 'a',
        agentId: 'lee',
        team: 'billing',
        audience: 'team',
        hasSound: true,
        clippedBy: 'tina',
      },
    });
    expect(made.headers.get('location')).toBe(`/calls/a/clips/${(made.body as { clipId: string }).clipId}`);
    expect(await kindsOf('a')).toEqual(['clip-made']);
  });

  it('is of a stretch of the call, and of no other', async () => {
    const post = (changes: object) =>
      world.as('trainer', 'tina')('/calls/a/clips', { body: { ...refund, ...changes } });
    expect((await post({ endMs: 1800 })).body).toMatchObject({ detail: expect.stringContaining('endMs: ') });
    expect((await post({ endMs: 4001 })).body).toMatchObject({ detail: 'endMs: the call a is 4000 ms long' });
    expect((await post({ topics: [] })).body).toMatchObject({ detail: 'topics: is empty' });
    expect((await post({ topics: ['Refunds!'] })).body).toMatchObject({
      detail: expect.stringContaining('topics.0: use'),
    });
    expect((await post({ why: ' ' })).status).toBe(400);
    expect(await kindsOf('a')).toEqual([]);
  });

  it('is made once by one key, and another one is none', async () => {
    const headers = { 'idempotency-key': 'clip-of-a' };
    const post = (changes: object) =>
      world.as('trainer', 'tina')('/calls/a/clips', { body: { ...refund, ...changes }, headers });
    const [first, again] = [await post({}), await post({})];
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect((await post({ title: 'Another' })).status).toBe(409);
    expect(await kindsOf('a')).toEqual(['clip-made']);
  });

  it('is told with what is said in it, redacted, from its own begin, which is noted each time', async () => {
    const clipId = await world.clip();
    expect((await world.as('reviewer', 'rita')(`/calls/a/clips/${clipId}`)).body).toMatchObject({
      clip: { clipId },
      turns: [{ speaker: 'AGENT', text: 'Sorry I refund that now [PII]', startMs: 0, endMs: 1800 }],
    });
    expect((await world.custody.all('a')).at(-1)).toMatchObject({
      ...{ kind: 'clip-handed-out', person: 'rita', details: { clipId, words: 'clip' } },
    });
  });

  it('is changed as it was seen, and taken out', async () => {
    const { as, clip } = world;
    const clipId = await clip();
    const path = `/calls/a/clips/${clipId}`;
    const put = (headers = {}, changes = {}) =>
      as('supervisor', 'sue')(path, { method: 'PUT', body: { ...refund, ...changes }, headers });
    expect((await put()).status).toBe(428);
    expect((await put({ 'if-match': '"9"' })).status).toBe(412);
    const changed = await put({ 'if-match': '"1"' }, { topics: ['tone'], startMs: 2000 });
    expect(changed).toMatchObject({ status: 200, etag: '"2"', body: { topics: ['tone'], startMs: 2000 } });
    const ofTopic = async (topic: string) =>
      ((await as('trainer', 'tina')(`/clips?topic=${topic}`)).body as { items: unknown[] }).items.length;
    expect([await ofTopic('refunds'), await ofTopic('tone')]).toEqual([0, 1]);
    // The sound that it had is gone with its range.
    expect(world.objects.keys().filter((key) => key.includes('/clips/'))).toEqual([
      `transcripts/clips/calls/a/${clipId}-2-2000-3600.wav`,
    ]);
    expect((await as('reviewer', 'rita')(path, { method: 'DELETE', headers: { 'if-match': '"2"' } })).status).toBe(403);
    expect((await as('trainer', 'tina')(path, { method: 'DELETE', headers: { 'if-match': '"1"' } })).status).toBe(412);
    expect((await as('trainer', 'tina')(path, { method: 'DELETE', headers: { 'if-match': '"2"' } })).status).toBe(204);
    expect((await as('trainer', 'tina')(path)).status).toBe(404);
    expect((await as('trainer', 'tina')('/clips')).body).toEqual({ items: [] });
    expect(world.objects.keys().filter((key) => key.includes('/clips/'))).toEqual([]);
  });
});

describe('the sound of a clip', () => {
  const sounds = () => world.objects.keys().filter((key) => key.includes('/clips/'));

  it('is there after the clip was changed to another range and back', async () => {
    const clipId = await world.clip();
    const put = (version: number, startMs: number) =>
      world.as('trainer', 'tina')(`/calls/a/clips/${clipId}`, {
        ...{ method: 'PUT', body: { ...refund, startMs }, headers: { 'if-match': `"${version}"` } },
      });
    await put(1, 2000);
    // Whoever changed it before may be late with removing the sound that it had.
    const late = `transcripts/clips/calls/a/${clipId}-1-1800-3600.wav`;
    await put(2, 1800);
    expect(sounds()).toHaveLength(1);
    expect(sounds()).not.toContain(late);
  });

  it('is not left behind by a request that is made again after the clip was taken out', async () => {
    const headers = { 'idempotency-key': 'clip-of-a' };
    const post = () => world.as('trainer', 'tina')('/calls/a/clips', { body: refund, headers });
    const { clipId } = (await post()).body as { clipId: string };
    await world.as('trainer', 'tina')(`/calls/a/clips/${clipId}`, { method: 'DELETE', headers: { 'if-match': '"1"' } });
    expect((await post()).status).toBe(404);
    expect(sounds()).toEqual([]);
  });

  it('is cut from the redacted audio, tagged as its call, and nothing else is read', async () => {
    const clipId = await world.clip();
    const key = `transcripts/clips/calls/a/${clipId}-1-1800-3600.wav`;
    const file = world.objects.bytes(key) ?? Buffer.alloc(0);
    const { samples } = await readWav(
      (async function* () {
        yield file;
      })(),
    );
    expect(Buffer.concat(await Array.fromAsync(samples))).toEqual(world.samples.subarray(28_800, 57_600));
    expect(world.objects.tags(key)).toEqual({ 'retention-class': '30-days', 'retention-days': '30' });
    expect(world.objects.read.at(-1)).toBe(28_800);
  });

  it('is stored in parts where it is long, and is the same', async () => {
    const range = { startMs: 100, endMs: 3900 };
    const from = { bucket: 'transcripts', key: 'redacted-audio/a.wav' };
    const tags = { 'retention-days': '30' };
    await clipAudio(world.objects.client, 'transcripts').cut(from, range, 'whole.wav', tags);
    await clipAudio(world.objects.client, 'transcripts', 10_000).cut(from, range, 'parts.wav', tags);
    expect(world.objects.bytes('transcripts/parts.wav')).toEqual(world.objects.bytes('transcripts/whole.wav'));
    expect(world.objects.tags('transcripts/parts.wav')).toEqual(tags);
    expect(Math.max(...world.objects.read.slice(-6))).toBe(10_000);
  });

  it('is handed out by a link to it alone, which is noted each time, before', async () => {
    const clipId = await world.clip({ audience: 'everyone' });
    const { status, body, headers } = await world.as('agent', 'kim')(`/calls/a/clips/${clipId}/audio`);
    expect({ status, body }).toMatchObject({ status: 200, body: { sound: 'clip', durationMs: 1800 } });
    expect((body as { url: string }).url).toContain(`/clips/calls/a/${clipId}-1-1800-3600.wav?`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect((await world.custody.all('a')).at(-1)).toMatchObject({
      ...{ kind: 'clip-handed-out', person: 'kim', details: { clipId, sound: 'clip' } },
    });
  });

  const unredactedJob = (changes: object) => ({
    ...{ kind: 'standard' as const, name: 'j', agentChannel: 0 as const },
    ...{ outputs: { transcript: { bucket: 'transcripts', key: 't' } }, ...changes },
  });

  it('is cut from the recording where nothing in it had to be redacted, and not before that is known', async () => {
    const redaction = { keepOriginalTranscript: false };
    world = await libraryWorld({
      persons,
      calls: [
        redactedCall('a', { job: unredactedJob({ redaction, redactedAudioMissing: 'nothing-redacted' }) }),
        redactedCall('b', { job: unredactedJob({ redaction }) }),
      ],
    });
    const hasSound = async (callId: string) => {
      const { body } = await world.as('trainer', 'tina')(`/calls/${callId}/clips/${await world.clip({}, callId)}`);
      return (body as { clip: { hasSound: boolean } }).clip.hasSound;
    };
    expect([await hasSound('a'), await hasSound('b')]).toEqual([true, false]);
  });

  it('is that of the call, where it cannot be cut, for those alone who may hear the call', async () => {
    const recording = { bucket: 'recordings', key: 'b.mp3', versionId: 'v1' };
    const audio = { format: 'mp3' as const, channels: 1, sampleRateHz: 8000 };
    world = await libraryWorld({ persons, calls: [redactedCall('b', { job: unredactedJob({}), recording, audio })] });
    await world.objects.client.send(
      new PutObjectCommand({ Bucket: 'recordings', Key: 'b.mp3', Body: 'ID3 and so on' }),
    );
    const path = `/calls/b/clips/${await world.clip({ audience: 'everyone' }, 'b')}/audio`;
    const { body } = await world.as('trainer', 'tina')(path);
    expect(body).toMatchObject({ sound: 'call' });
    expect((body as { url: string }).url).toMatch(/#t=1\.8,3\.6$/);
    expect((await world.as('agent', 'kim')(path)).body).toMatchObject({
      detail: expect.stringContaining('not yours to hear'),
    });
  });
});

describe('the library', () => {
  const found = async (role: 'trainer' | 'supervisor' | 'reviewer' | 'agent', person: string, query = '') =>
    ((await world.as(role, person)(`/clips${query}`)).body as { items: { title: string }[] }).items.map(
      ({ title }) => title,
    );

  it('is that of the own teams, and what is for everyone', async () => {
    await world.clip({ title: 'ours' });
    world.time.now = '2026-10-14T12:00:01.000Z';
    await world.clip({ title: 'all', audience: 'everyone' }, 'b');
    expect(await found('trainer', 'tina')).toEqual(['all', 'ours']);
    expect(await found('reviewer', 'rita')).toEqual(['all', 'ours']);
    expect(await found('trainer', 'sid')).toEqual(['all']);
    expect(await found('supervisor', 'quinn')).toEqual(['all', 'ours']);
    // Colleagues of the agent learn from it: that of the team which the roster has them in.
    expect(await found('agent', 'pat')).toEqual(['all', 'ours']);
    expect(await found('agent', 'kim')).toEqual(['all']);
    expect(await found('agent', 'quinn')).toEqual(['all']);
  });

  it('tells colleagues neither whose call it is, nor when it was, nor who made the clip', async () => {
    const clipId = await world.clip();
    const hidden = ['agentId', 'callStartedAt', 'clippedBy', 'team'];
    const keysOf = async (person: string) =>
      Object.keys(((await world.as('agent', person)('/clips')).body as { items: object[] }).items[0] ?? {});
    expect((await keysOf('pat')).filter((key) => hidden.includes(key))).toEqual([]);
    expect((await keysOf('lee')).filter((key) => hidden.includes(key)).toSorted()).toEqual(hidden);
    expect(JSON.stringify((await world.as('agent', 'pat')(`/calls/a/clips/${clipId}`)).body)).not.toContain('lee');
    expect((await world.as('agent', 'kim')(`/calls/a/clips/${clipId}`)).status).toBe(403);
    expect((await world.as('agent', 'pat')('/calls/a/clips')).status).toBe(403);
    expect((await world.as('agent', 'lee')('/calls/a/clips')).body).toMatchObject({
      items: [{ clipId, agentId: 'lee' }],
    });
  });

  it('goes by the team that the agent is of now: whoever had the team before sees the clip, and not whose call it is', async () => {
    const clipId = await world.clip();
    const lee = await world.roster.get('lee');
    if (!lee) throw new Error('lee is there');
    await world.roster.put(lee, { ...lee, team: 'sales', version: lee.version + 1 });
    const path = `/calls/a/clips/${clipId}`;
    for (const { body } of [await world.as('trainer', 'tina')(path), await world.as('trainer', 'tina')('/clips')]) {
      expect(JSON.stringify(body)).toContain(clipId);
      expect(JSON.stringify(body)).not.toContain('lee');
    }
    expect((await world.as('trainer', 'sid')(path)).body).toMatchObject({ clip: { agentId: 'lee' } });
  });

  it('is paged, each clip once, by topic too', async () => {
    for (let i = 0; i < 5; i++) {
      world.time.now = `2026-10-14T12:00:0${i}.000Z`;
      await world.clip({ title: String(i), topics: i % 2 ? ['refunds'] : ['refunds', 'tone'] });
    }
    const all: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await world.as(
        'trainer',
        'tina',
      )(`/clips?topic=refunds&limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      const page = body as { items: { title: string }[]; nextCursor?: string };
      all.push(...page.items.map(({ title }) => title));
      cursor = page.nextCursor;
    } while (cursor);
    expect(all).toEqual(['4', '3', '2', '1', '0']);
    expect(await found('trainer', 'tina', '?topic=tone')).toEqual(['4', '2', '0']);
    expect(await found('trainer', 'tina', '?topic=greetings')).toEqual([]);
  });
});
