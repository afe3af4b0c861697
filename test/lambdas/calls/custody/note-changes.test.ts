import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { callStore } from '../../../../lambdas/calls/calls.ts';
import type { CustodyActInput } from '../../../../lambdas/calls/custody/custody.ts';
import { type CustodyStore, custodyStore } from '../../../../lambdas/calls/custody/custody-store.ts';
import { type NoteChangesNeeds, noteChanges } from '../../../../lambdas/calls/custody/note-changes.ts';
import { logger } from '../../../../lambdas/platform/logger.ts';
import { holdOf } from '../../../../lambdas/retention/retention.ts';
import { NOW, transcribingCall } from '../../builders.ts';
import { memoryDynamodb } from '../../memory-dynamodb.ts';

beforeAll(() => logger.setLogLevel('SILENT'));

const TABLE = 'calls';
let memory: ReturnType<typeof memoryDynamodb>;
let custody: CustodyStore;
let byHand: [string, CustodyActInput['kind'], unknown][];
let needs: NoteChangesNeeds;
beforeEach(() => {
  memory = memoryDynamodb();
  custody = custodyStore(memory.client, TABLE, async () => {});
  byHand = [];
  needs = {
    custody,
    holdOf: holdOf(memory.client, TABLE),
    changedByHand: (callId, { kind, details }) => void byHand.push([callId, kind, details]),
    clock: () => new Date(NOW),
  };
});

const image = (item: object | undefined) =>
  item && (marshall(item, { removeUndefinedValues: true }) as Record<string, AttributeValue>);
let sequence = 0n;
function record(
  callId: string,
  OldImage: object | undefined,
  NewImage: object | undefined,
  part = 'call',
): DynamoDBRecord {
  return {
    eventName: OldImage ? (NewImage ? 'MODIFY' : 'REMOVE') : 'INSERT',
    eventSourceARN: 'arn:aws:dynamodb:us-east-1:1:table/calls/stream/1',
    dynamodb: {
      SequenceNumber: String(10n ** 29n + ++sequence),
      ApproximateCreationDateTime: Date.parse(NOW) / 1000,
      Keys: { subject: { S: `call#${callId}` }, part: { S: part } },
      OldImage: image(OldImage),
      NewImage: image(NewImage),
    },
  };
}

const tagged = (callId = 'c', changes = {}) => transcribingCall(callId, { state: 'tagged', ...changes });
const stored = (callId = 'c', changes = {}) => callStore(memory.client, TABLE).create(tagged(callId, changes));
const kinds = async (callId = 'c') => (await custody.all(callId)).map(({ kind }) => kind);
const failedOf = async (answer: ReturnType<typeof noteChanges>) =>
  (await answer).batchItemFailures.map((failure) => failure.itemIdentifier);

describe('noting the changes of calls', () => {
  it('notes each once, however often it is told, also behind others', async () => {
    await stored();
    const changes = [record('c', undefined, tagged()), record('c', tagged(), tagged('c', { holds: ['h'] }))];
    expect(await failedOf(noteChanges(changes, needs))).toEqual([]);
    await custody.append('c', { kind: 'call-read', at: NOW, by: 'unknown' });
    expect(await failedOf(noteChanges(changes, needs))).toEqual([]);
    expect(await kinds()).toEqual(['received', 'held', 'call-read']);
  });

  it('tells who placed a hold, and why', async () => {
    await stored();
    const Item = {
      ...{ subject: 'hold#h', part: 'hold', holdId: 'h', on: { callId: 'c' }, reason: 'case 7', placedAt: NOW },
      ...{
        placedBy: 'arn:legal',
        placedByName: 'Kim',
        placedByPerson: 'idp|kim',
        state: 'placing',
        stateSince: NOW,
        history: [],
      },
    };
    await memory.client.send(new PutCommand({ TableName: TABLE, Item }));
    await noteChanges([record('c', tagged(), tagged('c', { holds: ['h'] }))], needs);
    expect(await custody.all('c')).toMatchObject([
      {
        ...{ kind: 'held', by: 'arn:legal', byName: 'Kim', person: 'idp|kim', why: 'case 7', at: NOW },
        details: { holdId: 'h' },
      },
    ]);
    const releasing = {
      state: 'releasing',
      releasedBy: 'arn:court',
      releasedByPerson: 'idp|lee',
      releaseReason: 'over',
    };
    await memory.client.send(new PutCommand({ TableName: TABLE, Item: { ...Item, ...releasing } }));
    await noteChanges([record('c', tagged('c', { holds: ['h'] }), tagged())], needs);
    expect((await custody.all('c'))[1]).toMatchObject({
      ...{ kind: 'hold-released', by: 'arn:court', person: 'idp|lee', why: 'over' },
    });
  });

  it('tells of what somebody wrote into a call, or into its custody', async () => {
    await stored();
    await noteChanges(
      [record('c', undefined, tagged()), record('c', tagged(), tagged('c', { agentId: 'kim' }))],
      needs,
    );
    const [entry] = await custody.all('c');
    const edits = [
      record('c', entry, { ...entry, by: 'nobody' }, 'custody#00000001'),
      record('c', entry, undefined, 'custody#00000001'),
    ];
    await noteChanges(edits, needs);
    expect(byHand).toEqual([
      ['c', 'changed', { fields: 'agentId' }],
      ['c', 'changed', { fields: 'custody#00000001', how: 'edited' }],
      ['c', 'changed', { fields: 'custody#00000001', how: 'removed' }],
    ]);
    await noteChanges(edits, needs);
    expect(await kinds()).toEqual(['received', 'changed', 'changed', 'changed']);
  });

  it('tells of it again where the function ended between noting and telling: an alarm may come twice, and is not lost', async () => {
    await stored();
    const edit = record('c', tagged(), tagged('c', { agentId: 'kim' }));
    const dying = {
      ...needs,
      changedByHand: () => {
        throw new Error('out of time');
      },
    };
    expect(await failedOf(noteChanges([edit], dying))).toHaveLength(1);
    await noteChanges([edit], needs);
    expect(byHand).toEqual([['c', 'changed', { fields: 'agentId' }]]);
    expect(await kinds()).toEqual(['changed']);
  });

  it('notes nothing of a call that is being deleted, or gone: no row of it comes back', async () => {
    await stored();
    await noteChanges([record('c', undefined, tagged())], needs);
    const entries = await custody.all('c');
    await memory.client.send(
      new UpdateCommand({
        ...{ TableName: TABLE, Key: { subject: 'call#c', part: 'call' } },
        UpdateExpression: 'SET #state = :state',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':state': 'deleting' },
      }),
    );
    const late = [
      record('c', tagged(), tagged('c', { state: 'deleting' })),
      record('c', entries[0], undefined, 'custody#00000001'),
      record('gone', tagged('gone'), tagged('gone', { holds: ['h'] })),
      record('gone', tagged('gone'), undefined),
    ];
    expect(await failedOf(noteChanges(late, needs))).toEqual([]);
    expect(await custody.all('c')).toEqual(entries);
    expect(memory.items('call#gone')).toEqual([]);
    expect(byHand).toEqual([]);
  });

  it('fails from the change on that was not noted, keeps the order of its call, and does not keep back others', async () => {
    await stored('a');
    await stored('b');
    const changes = [
      record('a', undefined, tagged('a')),
      record('b', undefined, tagged('b')),
      record('a', tagged('a'), tagged('a', { holds: ['h'] })),
    ];
    let busy = true;
    const busyAtA: NoteChangesNeeds = {
      ...needs,
      custody: {
        ...custody,
        async noteChange(callId, acts, change) {
          if (busy && callId === 'a') throw new Error('throttled');
          return custody.noteChange(callId, acts, change);
        },
      },
    };
    expect(await failedOf(noteChanges(changes, busyAtA))).toEqual([changes[0]?.dynamodb?.SequenceNumber]);
    expect(await kinds('a')).toEqual([]);
    expect(await kinds('b')).toEqual(['received']);
    busy = false;
    expect(await failedOf(noteChanges(changes, busyAtA))).toEqual([]);
    expect(await kinds('a')).toEqual(['received', 'held']);
    expect(await kinds('b')).toEqual(['received']);
  });
});
