import { beforeAll, describe, expect, it } from 'vitest';
import { type DatasetRequest, fanOut } from '../../../../lambdas/insights/dataset/dataset-messages.ts';
import { takeMessages } from '../../../../lambdas/insights/dataset/take-messages.ts';
import { logger } from '../../../../lambdas/platform/logger.ts';
import { NOW } from '../../builders.ts';
import { momentOf, taggedCall, world } from './world.ts';

beforeAll(() => logger.setLogLevel('SILENT'));

const DAY = '2026-10-14';

function queue() {
  const one = world();
  for (const id of ['a', 'b', 'c'])
    one.calls.set(id, { call: taggedCall(id), moments: [momentOf('refund')], scores: [] });
  const sent: DatasetRequest[] = [];
  const all = [...one.calls.values()].map(({ call }) => call);
  const needs = {
    write: one.needs,
    compact: one.needs,
    fanOut: {
      calls: {
        taggedCalls: async (_: unknown, __: number, after: unknown) =>
          after ? { calls: all.slice(2), next: undefined } : { calls: all.slice(0, 2), next: { subject: 'call#b' } },
      },
      disputes: { list: async () => ({ items: [{ disputeId: 'd1' }], next: undefined }) },
      send: async (messages: readonly DatasetRequest[]) => {
        sent.push(...messages);
      },
    },
    mayGoOn: () => true,
  };
  const take = async (bodies: readonly unknown[], changes: Partial<typeof needs> = {}) => {
    const messages = bodies.map((body, i) => ({
      ...{ messageId: `m${i}`, body: typeof body === 'string' ? body : JSON.stringify(body) },
    }));
    const { batchItemFailures } = await takeMessages(messages, { ...needs, ...changes });
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
  return { ...one, needs, sent, take };
}

const event = (type: string, detail: object) => ({
  ...{ source: 'verbatim', 'detail-type': type, time: NOW, account: '111122223333' },
  detail: { eventId: 'e', stateSince: NOW, ...detail },
});
const score = { callId: 'b', agentId: 'lee', scorecard: 's', scorecardVersion: '1' };

describe('the messages of a batch', () => {
  it('lead to one file of a table, whatever asks for the rows of a call, and events of one call to its rows once', async () => {
    const { take, keys, rowsIn } = queue();
    const failed = await take([
      { kind: 'call', callId: 'a' },
      event('Call Tagged', { callId: 'b', receivedAt: NOW, attempt: 1, state: 'tagged', tags: [] }),
      event('Call Scored', { ...score, state: 'scored' }),
      event('Review Changed', { ...score, reviewId: 'r1', state: 'submitted' }),
      event('Dispute Changed', { disputeId: 'none', state: 'open', openedAt: NOW, version: 1 }),
    ]);
    expect(failed).toEqual([]);
    expect(keys().length).toBe(2);
    expect((await rowsIn('calls')).map(({ call_id: id }) => id).toSorted()).toEqual(['a', 'b']);
  });

  it('come again where they failed, and only those', async () => {
    const { take, needs, rowsIn } = queue();
    const get = async (id: string) => {
      if (id === 'a') throw new Error('slow down');
      return needs.write.sources.calls.get(id);
    };
    const { momentsToReplace } = needs.write.sources.calls;
    const write = { ...needs.write, sources: { ...needs.write.sources, calls: { get, momentsToReplace } } };
    const bodies = ['no JSON', { kind: 'call', callId: 'a' }, { kind: 'call', callId: 'b' }, { kind: 'other' }];
    expect((await take([...bodies, { kind: 'call', callId: 'a' }], { write })).toSorted()).toEqual([
      ...['m0', 'm1', 'm3', 'm4'],
    ]);
    expect((await rowsIn('calls')).map(({ call_id: id }) => id)).toEqual(['b']);
  });

  it('all come again where a file could not be written', async () => {
    const { take, before } = queue();
    before.put = () => {
      throw new Error('no connection');
    };
    expect(
      await take([
        { kind: 'call', callId: 'a' },
        { kind: 'call', callId: 'b' },
      ]),
    ).toEqual(['m0', 'm1']);
  });

  it('compact a day once, and ask for it again where there is no time left', async () => {
    const { take, sent, keys } = queue();
    await take([{ kind: 'call', callId: 'a' }]);
    await take([{ kind: 'call', callId: 'b' }]);
    expect(keys().length).toBe(4);
    const asked = { kind: 'compact', day: DAY };
    expect(await take([asked], { mayGoOn: () => false })).toEqual([]);
    expect([keys().length, sent]).toEqual([4, [asked]]);
    expect(await take([asked, asked])).toEqual([]);
    expect(keys().length).toBe(2);
  });
});

it('everything that there is is asked for, page after page', async () => {
  const { needs } = queue();
  const asked: DatasetRequest[] = [];
  let waiting: DatasetRequest[] = [{ kind: 'all' }];
  while (waiting.length > 0) {
    const [message, ...rest] = waiting;
    waiting = rest;
    if (message?.kind !== 'all') continue;
    const send = async (messages: readonly DatasetRequest[]) => {
      asked.push(...messages.filter(({ kind }) => kind !== 'all'));
      waiting.push(...messages);
    };
    await fanOut(message, { ...needs.fanOut, send });
  }
  const ids = new Set(asked.map((one) => ('callId' in one ? one.callId : 'disputeId' in one ? one.disputeId : '')));
  expect([...ids].toSorted()).toEqual(['a', 'b', 'c', 'd1']);
});
