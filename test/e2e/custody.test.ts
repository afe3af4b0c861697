import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { type CustodyEntry, custodyStore } from '../../lambdas/calls/calls.ts';
import { calls, cli, dynamodb, sampleAudio, sampleTags, settled, upload, verbatim } from './stack.ts';

const metadata = {
  'agent-id': 'agent-custody',
  'customer-id': 'customer-custody',
  'started-at': '2026-05-05T10:00:00Z',
};
const patience = { timeout: 60_000, interval: 300 };
const TableName = inject('outputs').table;

const custody = custodyStore(dynamodb, TableName);
const all = (callId: string): Promise<CustodyEntry[]> => Array.fromAsync(verbatim.custody(callId));
const kindsOf = async (callId: string) => (await custody.all(callId)).map(({ kind }) => kind);
const noted = (callId: string, kind: CustodyEntry['kind']) =>
  vi.waitUntil(async () => (await kindsOf(callId)).includes(kind), patience);
const check = (callId: string) => verbatim.checkCustody(callId);

/** What the command line prints of a check, and the code that it exits with. */
const checked = (callId: string) =>
  cli('custody', callId, '--check').then(
    (text) => ({ code: 0, text }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ code, text: stdout }),
  );

async function taggedCall(name: string): Promise<string> {
  const { callId } = await settled(
    await upload(`support/custody/${name}.mp3`, await sampleAudio('credit-over-policy.mp3'), metadata),
  );
  await noted(callId, 'tagged');
  return callId;
}

let callId: string;
beforeAll(async () => {
  callId = await taggedCall('life');
}, 240_000);

describe('the custody of a call', () => {
  it('tells its life: from its recording to its tags, how long it is kept, who held it and why, who had what of it', async () => {
    const reason = 'the customer went to court';
    const { holdId } = await verbatim.placeHold({ on: { callId }, reason, placedByName: 'Kim' });
    await noted(callId, 'held');
    await verbatim.releaseHold(holdId, { reason: 'it was settled', releasedByName: 'Lee' });
    await noted(callId, 'hold-released');
    await verbatim.call(callId);
    await verbatim.transcript(callId);
    await verbatim.audio(callId);
    const entries = await all(callId);
    const ofKind = (kind: CustodyEntry['kind']) => entries.filter((entry) => entry.kind === kind);
    expect(entries.map(({ number }) => number)).toEqual(entries.map((_, i) => i + 1));
    expect(ofKind('received')).toMatchObject([{ by: 'verbatim', details: { source: 'support' } }]);
    expect(ofKind('state-changed').map(({ details }) => `${details.from} → ${details.to}`)).toEqual([
      'received → transcribing',
      'transcribing → tagged',
    ]);
    const tags = (await sampleTags('credit-over-policy')).join(', ');
    expect(ofKind('tagged')).toMatchObject([{ by: 'verbatim', details: { tags, added: tags, removed: '' } }]);
    expect(ofKind('retention-changed').at(-1)).toMatchObject({ details: { class: '1-year', to: expect.any(String) } });
    expect(ofKind('held')).toMatchObject([{ byName: 'Kim', why: reason, details: { holdId } }]);
    expect(ofKind('hold-released')).toMatchObject([{ byName: 'Lee', why: 'it was settled', details: { holdId } }]);
    for (const kind of ['call-read', 'transcript-handed-out', 'audio-handed-out'] as const)
      expect(ofKind(kind).length, kind).toBeGreaterThan(0);
    expect(entries.at(-1)).toMatchObject({ kind: 'custody-read' });
    expect(ofKind('changed')).toEqual([]);
    expect(await check(callId)).toMatchObject({ intact: true, entries: entries.length, hash: entries.at(-1)?.hash });
  });

  it('holds no word that was said, and no customer', async () => {
    const text = JSON.stringify(await all(callId));
    const { moments } = await verbatim.call(callId);
    expect(moments.length).toBeGreaterThan(0);
    for (const { quote } of moments) if (quote !== '') expect(text).not.toContain(quote);
    expect(text).not.toContain('customer-custody');
    expect(text).not.toContain('support/custody/');
  });

  it('is read page by page, and notes that once', async () => {
    const before = (await custody.all(callId)).length;
    const numbers: number[] = [];
    for await (const { number } of verbatim.custody(callId, { limit: 2 })) numbers.push(number);
    expect(numbers).toEqual(Array.from({ length: before + 1 }, (_, i) => i + 1));
    expect((await custody.all(callId)).length).toBe(before + 1);
  });

  it('loses nothing of what is done at once', async () => {
    const before = (await kindsOf(callId)).filter((kind) => kind === 'transcript-handed-out').length;
    await Promise.all(Array.from({ length: 20 }, () => verbatim.transcript(callId)));
    const after = (await kindsOf(callId)).filter((kind) => kind === 'transcript-handed-out').length;
    expect(after).toBe(before + 20);
    expect(await check(callId)).toMatchObject({ intact: true });
  });

  it('is told by the command line', async () => {
    expect(await cli('custody', callId)).toMatch(/received .*verbatim/);
    expect(await checked(callId)).toMatchObject({ code: 0, text: expect.stringMatching(/^intact: /) });
  });

  it('is not there where there is no call, and the reading of it makes no row', async () => {
    await expect(all('no-such-call')).rejects.toMatchObject({ status: 404 });
    await expect(check('no-such-call')).rejects.toMatchObject({ status: 404 });
    expect(await custody.head('no-such-call')).toBeUndefined();
  });
});

describe('what somebody does to a chain in the table', () => {
  const keyOf = (number: number, of = callId) => ({
    subject: `call#${of}`,
    part: `custody#${String(number).padStart(8, '0')}`,
  });
  const rowOf = async (number: number) => {
    const { Item } = await dynamodb.send(new GetCommand({ TableName, Key: keyOf(number), ConsistentRead: true }));
    return Item ?? {};
  };
  const put = (Item: Record<string, unknown>) => dynamodb.send(new PutCommand({ TableName, Item }));
  const faults = async () => (await check(callId)).faults.map(({ what, number }) => `${what} ${number}`);

  it('is named by the check, and noted in the chain itself', async () => {
    const [two, three] = [await rowOf(2), await rowOf(3)];

    await put({ ...two, by: 'nobody' });
    expect(await faults()).toEqual(['edited 2']);
    const { code, text } = await checked(callId);
    expect(code).toBe(1);
    expect(text).toContain('entry 2 was edited');

    await put(two);
    expect(await faults()).toEqual([]);

    await dynamodb.send(new DeleteCommand({ TableName, Key: keyOf(3) }));
    expect(await faults()).toEqual(['missing 3']);

    await put({ ...three, ...keyOf(2) });
    await put({ ...two, ...keyOf(3) });
    expect(await faults()).toEqual(['out-of-order 2']);

    await put(two);
    await put(three);
    expect(await faults()).toEqual([]);

    const changes = async () =>
      (await custody.all(callId)).filter(({ kind }) => kind === 'changed').map(({ details }) => `${details.how}`);
    await expect
      .poll(async () => (await changes()).toSorted(), patience)
      .toEqual([...Array.from({ length: 5 }, () => 'edited'), 'removed']);
    expect(await check(callId)).toMatchObject({ intact: true });
  });

  it('is named where it takes away the end of the chain', async () => {
    const { entries } = await check(callId);
    const last = await rowOf(entries);
    await dynamodb.send(new DeleteCommand({ TableName, Key: keyOf(entries) }));
    expect(await faults()).toContain(`missing ${entries}`);
    await put(last);
    await expect.poll(async () => (await kindsOf(callId)).at(-1), patience).toBe('changed');
    expect(await faults()).toEqual([]);
  });
});

it('an edit of a call by hand leaves a trace in its custody', async () => {
  const call = await taggedCall('by-hand');
  await dynamodb.send(
    new UpdateCommand({
      ...{ TableName, Key: { subject: `call#${call}`, part: 'call' }, UpdateExpression: 'SET agentId = :agentId' },
      ExpressionAttributeValues: { ':agentId': 'agent-another' },
    }),
  );
  await noted(call, 'changed');
  expect((await custody.all(call)).at(-1)).toMatchObject({ by: 'unknown', details: { fields: 'agentId' } });
  expect(await calls.get(call)).toMatchObject({ agentId: 'agent-another' });
});
