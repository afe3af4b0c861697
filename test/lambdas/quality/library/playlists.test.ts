import { beforeEach, describe, expect, it } from 'vitest';
import { libraryWorld, persons } from './library-world.ts';

type World = Awaited<ReturnType<typeof libraryWorld>>;
let world: World;
beforeEach(async () => {
  world = await libraryWorld({ persons });
});

const made = async (body: object, person = 'tina', headers = {}) =>
  world.as('trainer', person)('/playlists', { body: { title: 'First week', team: 'billing', ...body }, headers });
const idOf = (body: unknown): string => (body as { playlistId: string }).playlistId;
const exported = async (clipId: string): Promise<string> => {
  const body = { retentionClass: '1-year', basis: 'consent', reason: 'For newcomers' };
  const answer = await world.as('trainer', 'tina')(`/calls/a/clips/${clipId}/exports`, { body });
  return (answer.body as { exportId: string }).exportId;
};

describe('a playlist', () => {
  it('plays clips and exports in order, each as somebody may hear it', async () => {
    const clip = { callId: 'a', clipId: await world.clip() };
    const other = { callId: 'b', clipId: await world.clip({ audience: 'everyone' }, 'b') };
    const one = { exportId: await exported(clip.clipId) };
    const entries = [one, other, clip];
    const { status, body, etag } = await made({ entries });
    expect({ status, etag }).toEqual({ status: 201, etag: '"1"' });
    const path = `/playlists/${idOf(body)}`;
    expect((await world.as('agent', 'pat')(path)).body).toMatchObject({
      playlist: { title: 'First week', madeBy: 'tina' },
      played: [
        { entry: one, state: 'there', export: { title: 'A refund at once' } },
        { entry: other, state: 'there' },
        { entry: clip, state: 'there', clip: { title: 'A refund at once' } },
      ],
    });
    expect(JSON.stringify((await world.as('agent', 'pat')(path)).body)).not.toContain('lee');
    expect((await world.as('agent', 'kim')(path)).status).toBe(403);
  });

  it('keeps no call: what is gone is told as gone', async () => {
    const clip = { callId: 'a', clipId: await world.clip() };
    const gone = { exportId: await exported(clip.clipId) };
    const { body } = await made({ entries: [clip, gone] });
    await world.as('trainer', 'tina')(`/calls/a/clips/${clip.clipId}`, {
      method: 'DELETE',
      headers: { 'if-match': '"1"' },
    });
    await world.as('trainer', 'tina')(`/exports/${gone.exportId}`, { method: 'DELETE' });
    const path = `/playlists/${idOf(body)}`;
    expect((await world.as('trainer', 'tina')(path)).body).toMatchObject({
      played: [
        { entry: clip, state: 'gone' },
        { entry: gone, state: 'gone' },
      ],
    });
    // What was played before need not be taken out for another change.
    const put = { method: 'PUT', headers: { 'if-match': '"1"' } };
    const changes = { title: 'Second week', team: 'billing', entries: [clip, gone] };
    expect((await world.as('trainer', 'tina')(path, { ...put, body: changes })).status).toBe(200);
  });

  it('of everyone plays to another team what is for everyone, and says that the rest is not theirs', async () => {
    const entries = [{ callId: 'a', clipId: await world.clip() }];
    const { team: _, ...body } = { title: 'All', team: '', entries };
    expect((await world.as('trainer', 'tina')('/playlists', { body })).status).toBe(403);
    const all = await world.as('trainer', 'quinn')('/playlists', { body });
    expect(all.status).toBe(201);
    expect((await world.as('agent', 'kim')(`/playlists/${idOf(all.body)}`)).body).toMatchObject({
      played: [{ state: 'not-yours' }],
    });
  });

  it('is listed to its team, and changed as it was seen by those of it', async () => {
    const { as } = world;
    const { body } = await made({ entries: [] });
    const path = `/playlists/${idOf(body)}`;
    const listed = async (person: string) =>
      ((await as('agent', person)('/playlists')).body as { items: unknown[] }).items;
    expect([(await listed('pat')).length, (await listed('kim')).length]).toEqual([1, 0]);
    const put = (person: string, version: string, team = 'billing') =>
      as('trainer', person)(path, {
        ...{ method: 'PUT', body: { title: 'New', team, entries: [] } },
        headers: { 'if-match': version },
      });
    expect((await put('sid', '"1"', 'sales')).status).toBe(403);
    expect((await put('tina', '"1"', 'sales')).status).toBe(403);
    expect((await put('tina', '"2"')).status).toBe(412);
    expect((await put('quinn', '"1"', 'sales')).status).toBe(200);
    expect([(await listed('pat')).length, (await listed('kim')).length]).toEqual([0, 1]);
    const remove = (person: string) =>
      as('trainer', person)(path, { method: 'DELETE', headers: { 'if-match': '"2"' } });
    expect((await remove('tina')).status).toBe(403);
    expect((await remove('sid')).status).toBe(204);
    expect([(await listed('kim')).length, (await as('trainer', 'quinn')(path)).status]).toEqual([0, 404]);
  });

  it('is made once by one key, of what there is', async () => {
    const headers = { 'idempotency-key': 'playlist-1' };
    const first = await made({ entries: [] }, 'tina', headers);
    expect((await made({ entries: [] }, 'tina', headers)).body).toEqual(first.body);
    expect((await made({ entries: [], about: 'More' }, 'tina', headers)).status).toBe(409);
    const clip = { callId: 'a', clipId: await world.clip() };
    const again = { 'idempotency-key': 'playlist-2' };
    const playing = await made({ entries: [clip] }, 'tina', again);
    await world.as('trainer', 'tina')(`/calls/a/clips/${clip.clipId}`, {
      ...{ method: 'DELETE', headers: { 'if-match': '"1"' } },
    });
    expect(await made({ entries: [clip] }, 'tina', again)).toMatchObject({ status: 201, body: playing.body });
    const nowhere = await made({ entries: [{ callId: 'a', clipId: 'none' }] });
    expect(nowhere).toMatchObject({ status: 400, body: { detail: 'entries.0: it is not there' } });
    expect((await world.as('agent', 'lee')('/playlists', { body: { title: 'Mine', entries: [] } })).status).toBe(403);
  });
});
