import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DeleteCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { changeHolds } from '../../../../lambdas/calls/call-holds.ts';
import { callStore } from '../../../../lambdas/calls/calls.ts';
import { type CustodyActInput, hashOfEntry, NO_HASH } from '../../../../lambdas/calls/custody/custody.ts';
import { type CustodyStore, custodyStore } from '../../../../lambdas/calls/custody/custody-store.ts';
import { EVER } from '../../../../lambdas/platform/cursor.ts';
import { NOW, transcribingCall } from '../../builders.ts';
import { memoryDynamodb } from '../../memory-dynamodb.ts';

const TABLE = 'calls';
const read: CustodyActInput = { kind: 'call-read', at: NOW, by: 'arn:aws:iam::1:role/qa' };
const stream = 'arn:aws:dynamodb:us-east-1:1:table/calls/stream/1';
const noWait = () => Promise.resolve();

let memory: ReturnType<typeof memoryDynamodb>;
let custody: CustodyStore;
beforeEach(async () => {
  memory = memoryDynamodb();
  custody = custodyStore(memory.client, TABLE, noWait);
  await callStore(memory.client, TABLE).create(transcribingCall('c', { state: 'tagged' }));
});

const rows = () => memory.items('call#c').filter(({ part }) => String(part).startsWith('custody'));
const entryRows = () => rows().filter(({ part }) => String(part).startsWith('custody#'));
const other = (id: string, ConditionExpression?: string) => ({
  Put: { TableName: TABLE, Item: { subject: 'dispute#1', part: id }, ConditionExpression },
});

/** A table in which somebody else is faster, some times. */
function contended(times: number, faster: () => Promise<unknown>): DynamoDBDocumentClient {
  let left = times;
  const send = async (command: unknown) => {
    if (command instanceof TransactWriteCommand && left > 0) {
      left--;
      await faster();
    }
    return memory.client.send(command as never);
  };
  return { send } as unknown as DynamoDBDocumentClient;
}

/** A table that cancels transactions for a reason. */
function canceling(times: number, reason: string): DynamoDBDocumentClient {
  let left = times;
  const send = async (command: unknown) => {
    if (command instanceof TransactWriteCommand && left-- > 0) {
      const CancellationReasons = (command.input.TransactItems ?? []).map((_, i) => ({
        Code: i === 0 ? reason : 'None',
      }));
      throw Object.assign(new Error(reason), { name: 'TransactionCanceledException', CancellationReasons });
    }
    return memory.client.send(command as never);
  };
  return { send } as unknown as DynamoDBDocumentClient;
}

describe('noting what is done with a call', () => {
  it('chains each act to the one before, in order', async () => {
    const first = await custody.append('c', read);
    const second = await custody.append('c', { ...read, kind: 'audio-handed-out', details: { startMs: 100 } });
    expect(first).toMatchObject({ number: 1, previousHash: NO_HASH, callId: 'c' });
    expect(second).toMatchObject({ number: 2, previousHash: first?.hash, details: { startMs: 100 } });
    expect(await custody.all('c')).toEqual([first, second]);
    expect(await custody.head('c')).toEqual({ callId: 'c', entries: 2, hash: second?.hash });
  });

  it('gives pages, by number', async () => {
    for (let i = 0; i < 12; i++) await custody.append('c', read);
    const asked = { ...EVER, order: 'oldest-first', limit: 5 } as const;
    const numbers: number[] = [];
    let page = await custody.list('c', asked);
    for (;;) {
      numbers.push(...page.items.map(({ number }) => number));
      if (!page.next) break;
      page = await custody.list('c', { ...asked, position: page.next });
    }
    expect(numbers).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
  });

  it('loses nothing of what is noted at once, and leaves one chain', async () => {
    const noted = await Promise.all(
      Array.from({ length: 12 }, (_, i) => custody.append('c', { ...read, details: { i } })),
    );
    const all = await custody.all('c');
    expect(all.map(({ number }) => number)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(new Set(all.map(({ details }) => details.i)).size).toBe(12);
    expect(new Set(noted.map((entry) => entry?.hash)).size).toBe(12);
    for (const [i, entry] of all.entries()) {
      expect(entry.hash).toBe(hashOfEntry(entry));
      expect(entry.previousHash).toBe(all[i - 1]?.hash ?? NO_HASH);
    }
  });

  it('gives up aloud where others are always faster', async () => {
    const slow = custodyStore(
      contended(1000, () => custody.append('c', read)),
      TABLE,
      noWait,
    );
    await expect(slow.append('c', read)).rejects.toThrow('nothing can be noted in the custody of the call c');
  });

  it('tries again where DynamoDB has a conflict of transactions, and not where it refuses for good', async () => {
    expect(await custodyStore(canceling(3, 'TransactionConflict'), TABLE, noWait).append('c', read)).toBeDefined();
    await expect(custodyStore(canceling(1, 'ValidationError'), TABLE, noWait).append('c', read)).rejects.toThrow();
    expect(entryRows()).toHaveLength(1);
  });

  it('keeps what a name cannot be stored as out of the hash: the chain reads as it was written', async () => {
    const entry = await custody.append('c', { ...read, byName: 'half \ud83d a face' });
    expect(entry?.byName).toBe('half \ufffd a face');
    expect(entry?.hash).toBe(hashOfEntry(entry ?? {}));
  });
});

describe('a call that is gone', () => {
  const deleting = () =>
    memory.client.send(
      new PutCommand({ TableName: TABLE, Item: { subject: 'call#c', part: 'call', state: 'deleting' } }),
    );

  it('gets no entry, and nothing is written along', async () => {
    expect(await custody.append('never', read, [other('a')])).toBeUndefined();
    await deleting();
    expect(await custody.append('c', read, [other('b')])).toBeUndefined();
    expect(rows()).toEqual([]);
    expect(memory.items('call#never')).toEqual([]);
    expect(memory.items('dispute#')).toEqual([]);
  });

  it('gets none either where its deletion begins while the act is noted', async () => {
    const racing = custodyStore(contended(1, deleting), TABLE, noWait);
    expect(await racing.append('c', read)).toBeUndefined();
    expect(rows()).toEqual([]);
  });
});

describe('what is written along', () => {
  it('is written with the entry, or neither is', async () => {
    await custody.append('c', read, [other('a')]);
    expect(memory.items('dispute#1')).toHaveLength(1);
    await expect(custody.append('c', read, [other('a', 'attribute_not_exists(subject)')])).rejects.toMatchObject({
      name: 'TransactionCanceledException',
    });
    expect(entryRows()).toHaveLength(1);
  });

  it('is refused also where somebody else noted something meanwhile', async () => {
    await custody.append('c', read, [other('a')]);
    const racing = custodyStore(
      contended(1, () => custody.append('c', read)),
      TABLE,
      noWait,
    );
    await expect(racing.append('c', read, [other('a', 'attribute_not_exists(subject)')])).rejects.toThrow();
    expect(entryRows()).toHaveLength(2);
  });
});

describe('what is written along into the call itself', () => {
  const holding = changeHolds(TABLE, transcribingCall('c'), { add: 'h' }, NOW);

  it('is one transaction with the entry: DynamoDB takes one write of an item', async () => {
    expect(await custody.append('c', { ...read, kind: 'taken-into-dispute' }, holding)).toBeDefined();
    expect((await callStore(memory.client, TABLE).get('c'))?.holds).toEqual(['h']);
    await expect(custody.append('c', read, holding)).rejects.toMatchObject({ name: 'TransactionCanceledException' });
    expect(entryRows()).toHaveLength(1);
  });

  it('is not written where the call is gone, or being deleted, whatever it demands itself', async () => {
    const Key = { subject: 'call#c', part: 'call' };
    const careless = {
      Update: {
        ...{ TableName: TABLE, Key, UpdateExpression: 'SET #a = :a' },
        ...{ ExpressionAttributeNames: { '#a': 'a' }, ExpressionAttributeValues: { ':a': 1 } },
      },
    };
    await memory.client.send(new PutCommand({ TableName: TABLE, Item: { ...Key, state: 'deleting' } }));
    expect(await custody.append('c', read, [careless])).toBeUndefined();
    await memory.client.send(new DeleteCommand({ TableName: TABLE, Key }));
    expect(await custody.append('c', read, [careless])).toBeUndefined();
    expect(memory.items('call#c')).toEqual([]);
  });
});

describe('an act that is noted again', () => {
  const built: CustodyActInput = { ...read, kind: 'evidence-built', actId: 'evidence#1' };

  it('is the one that was noted, however much was noted since', async () => {
    const first = await custody.append('c', built, [other('a', 'attribute_not_exists(subject)')]);
    for (let i = 0; i < 3; i++) await custody.append('c', read);
    expect(await custody.append('c', built, [other('a', 'attribute_not_exists(subject)')])).toEqual(first);
    expect(await custody.all('c')).toHaveLength(4);
    expect(await custody.append('c', { ...built, actId: 'evidence#2' })).toMatchObject({ number: 5 });
  });

  it('is one where two deliveries meet', async () => {
    const racing = custodyStore(
      contended(1, () => custody.append('c', built)),
      TABLE,
      noWait,
    );
    expect(await racing.append('c', built)).toMatchObject({ number: 1 });
    expect(await custody.all('c')).toHaveLength(1);
  });
});

describe('changes of the stream', () => {
  const acts: CustodyActInput[] = [
    { kind: 'state-changed', at: NOW, by: 'verbatim' },
    { kind: 'tagged', at: NOW, by: 'verbatim' },
  ];
  const change = (n: bigint, of = stream) => ({ stream: of, sequenceNumber: String(n).padStart(12, '0') });

  it('are noted once, with all of their acts, by the number of the change and not by its digits', async () => {
    expect(await custody.noteChange('c', acts, change(99n))).toHaveLength(2);
    expect(await custody.noteChange('c', acts, { stream, sequenceNumber: '99' })).toEqual([]);
    expect(await custody.noteChange('c', acts, change(98n))).toEqual([]);
    expect(await custody.noteChange('c', acts, change(100n))).toHaveLength(2);
    await custody.append('c', read);
    expect(await custody.noteChange('c', acts, change(100n))).toEqual([]);
    expect(await custody.all('c')).toHaveLength(5);
  });

  it('are compared to the last digit, also where a number would not hold them', async () => {
    const far = 10n ** 29n;
    await custody.noteChange('c', acts, { stream, sequenceNumber: String(far + 1n) });
    expect(await custody.noteChange('c', acts, { stream, sequenceNumber: String(far + 1n) })).toEqual([]);
    expect(await custody.noteChange('c', acts, { stream, sequenceNumber: String(far + 2n) })).toHaveLength(2);
  });

  it('count anew in the stream of a table that was restored', async () => {
    await custody.noteChange('c', acts, change(500n));
    expect(await custody.noteChange('c', acts, change(1n, `${stream}-restored`))).toHaveLength(2);
  });
});
