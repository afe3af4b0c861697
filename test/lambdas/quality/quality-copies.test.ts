import { PutObjectCommand } from '@aws-sdk/client-s3';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { callCopies, callStore, custodyStore, type DeletionReason } from '../../../lambdas/calls/calls.ts';
import { objectVersions } from '../../../lambdas/platform/object-versions.ts';
import { qualityCopies } from '../../../lambdas/quality/quality.ts';
import { deleteCall, removeLeftovers } from '../../../lambdas/retention/expiry/delete-call.ts';
import { receiptStore } from '../../../lambdas/retention/expiry/receipt-store.ts';
import { tagCopies } from '../../../lambdas/retention/retention.ts';
import { libraryWorld, persons } from './library/library-world.ts';

type World = Awaited<ReturnType<typeof libraryWorld>>;
let world: World;
let exportId: string;
let clipId: string;

const storesOf = () => {
  const at = { dynamodb: world.table.client, tableName: 't' };
  const versions = objectVersions(world.objects.client);
  return [...qualityCopies({ ...at, versions, transcriptsBucket: 'transcripts' }), ...callCopies(at)];
};
const receipts = () => receiptStore(world.table.client, 't', 2557);
const needsOf = () => ({
  calls: callStore(world.table.client, 't'),
  receipts: receipts(),
  custody: custodyStore(world.table.client, 't'),
  stores: storesOf(),
  hashOf: async () => undefined,
  lookForLeftovers: async () => {},
  clock: () => new Date(world.time.now),
});
const remove = (reason: DeletionReason) => deleteCall({ callId: 'a', reason, rule: 'r' }, needsOf());
const put = (Item: Record<string, unknown>) => world.table.client.send(new PutCommand({ TableName: 't', Item }));
const objects = (part: string) => world.objects.keys().filter((key) => key.includes(part));

beforeEach(async () => {
  world = await libraryWorld({ persons });
  clipId = await world.clip({ audience: 'everyone' });
  const body = { retentionClass: '1-year', basis: 'consent', reason: 'For newcomers' };
  const exported = await world.as('trainer', 'tina')(`/calls/a/clips/${clipId}/exports`, { body });
  exportId = (exported.body as { exportId: string }).exportId;
  await world.clip({}, 'b');
  for (const part of ['score#service', 'review#r', 'review#r#00001', 'note#n'])
    for (const callId of ['a', 'b']) await put({ subject: `call#${callId}`, part, text: 'she said so' });
  await put({ subject: 'agent#lee', part: 'score#1', ttl: 1, callId: 'a' });
  world.time.now = '2026-11-13T09:00:00.000Z';
});

describe('with a call goes what quality has of it:', () => {
  it('reviews, scores, notes and clips; its agent keeps scores without words, its receipt tells how many there were', async () => {
    expect(await remove('expired')).toBe('deleted');
    expect(world.table.items('call#a')).toEqual([]);
    expect(objects('clips/calls/a/')).toEqual([]);
    expect(world.table.items('agent#lee').map(({ part }) => part)).toContain('score#1');
    const receipt = await receipts().whole('a');
    expect(receipt?.copies.map(({ kind, items }) => [kind, items]).toSorted()).toEqual([
      ['clip-audio', undefined],
      ['clips', 6],
      ['coaching-notes', 1],
      ['custody', 5],
      ['reviews', 2],
      ['scores', 1],
    ]);
    expect(JSON.stringify(receipt)).not.toContain(exportId);
  });

  it('and nothing of another call', async () => {
    await remove('expired');
    expect(world.table.items('call#b').map(({ part }) => String(part).split('#')[0])).toEqual(
      expect.arrayContaining(['call', 'clip', 'note', 'review', 'score']),
    );
    expect(objects('clips/calls/b/')).toHaveLength(1);
  });

  it('and the sound of a clip that was just being stored, and a note that was just being written', async () => {
    await remove('expired');
    await world.objects.client.send(
      new PutObjectCommand({ Bucket: 'transcripts', Key: 'clips/calls/a/late-1-0-9.wav', Body: 'RIFF' }),
    );
    await put({ subject: 'call#a', part: 'note#late', text: 'she said so' });
    expect(await removeLeftovers('a', needsOf())).toBe(2);
    expect(objects('clips/calls/a/')).toEqual([]);
    expect(world.table.items('call#a')).toEqual([]);
  });

  it('the library finds no clip of it any more', async () => {
    await remove('expired');
    const { as } = world;
    const { items } = (await as('trainer', 'quinn')('/clips')).body as { items: { callId: string }[] };
    expect(items.map(({ callId }) => callId)).toEqual(['b']);
    expect((await as('trainer', 'tina')(`/calls/a/clips/${clipId}`)).status).toBe(404);
    expect((await as('trainer', 'tina')(`/calls/a/clips/${clipId}/audio`)).status).toBe(404);
  });
});

describe('what was exported of its clips', () => {
  it.each<DeletionReason>(['expired', 'lifecycle', 'manual'])(
    'outlives a call that is deleted because it is %s',
    async (reason) => {
      expect(await remove(reason)).toBe('deleted');
      expect((await world.as('agent', 'kim')(`/exports/${exportId}`)).status).toBe(200);
      expect(objects('clips/exports/')).toHaveLength(2);
    },
  );

  it('goes where the customer is erased, also when the clip was taken out of the library before', async () => {
    await world.as('trainer', 'tina')(`/calls/a/clips/${clipId}`, { method: 'DELETE', headers: { 'if-match': '"1"' } });
    expect(await remove('erased')).toBe('deleted');
    expect(objects('clips/exports/')).toEqual([]);
    expect(world.table.items('export')).toEqual([]);
    const kinds = (await receipts().whole('a'))?.copies.map(({ kind }) => kind);
    expect(kinds?.filter((kind) => kind.startsWith('clip-export'))).toEqual([
      ...['clip-export-objects', 'clip-export-objects', 'clip-exports'],
    ]);
  });

  it.each<DeletionReason>(['lifecycle', 'manual'])(
    'goes where the erasure of its customer waits for the call, and it is %s that deletes it',
    async (reason) => {
      const call = await world.calls.get('a');
      await put({ ...call, subject: 'call#a', part: 'call', erasure: 'e1' });
      expect(await remove(reason)).toBe('deleted');
      expect(objects('clips/exports/')).toEqual([]);
      expect(world.table.items('export')).toEqual([]);
    },
  );

  it('keeps the class that it was given, whatever its call is decided to be kept', async () => {
    const call = await world.calls.get('a');
    if (!call) throw new Error('it is there');
    await tagCopies(storesOf(), call, { 'retention-class': '7-years', 'retention-days': '2557' });
    const [audio = ''] = objects('clips/calls/a/');
    expect(world.objects.tags(audio)).toMatchObject({ 'retention-class': '7-years' });
    for (const key of objects('clips/exports/'))
      expect(world.objects.tags(key)).toMatchObject({ 'retention-class': '1-year' });
  });
});
