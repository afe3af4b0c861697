import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { reopenDispute, settled } from '../../../lambdas/disputes/change-dispute.ts';
import type { DisputeState } from '../../../lambdas/disputes/dispute.ts';
import { disputeStore } from '../../../lambdas/disputes/dispute-store.ts';
import { type TendMessage, tendAt, tendDisputes } from '../../../lambdas/disputes/tend-disputes.ts';
import { releaseHold } from '../../../lambdas/retention/holds/holds.ts';
import { crashAt, daysAfter, NOW, only } from '../builders.ts';
import { CUSTOMER, someone, type Through, taggedCall, world } from './world.ts';

let w: Awaited<ReturnType<typeof world>>;
beforeEach(async () => {
  w = await world();
});

const holdsOf = async (at: typeof w, ...callIds: string[]) =>
  Promise.all(callIds.map(async (callId) => (await at.calls.get(callId))?.holds));

describe('a dispute', () => {
  it('goes from open to decided to closed, with its calls held all the while, and not after', async () => {
    expect(await w.open()).toMatchObject({ state: 'open', version: 1, from: '2026-10-07T00:00:00.000Z' });
    const taken = await w.take(['a', 'b']);
    expect(taken).toMatchObject({ version: 3, holdId: 'dispute-d-1', calls: [{ callId: 'a' }, { callId: 'b' }] });
    expect(await holdsOf(w, 'a', 'b', 'c')).toEqual([['dispute-d-1'], ['dispute-d-1'], undefined]);
    await w.work();
    expect([...w.locked]).toEqual(['a.wav', 'b.wav']);
    expect(await w.holdStateOf('dispute-d-1')).toBe('placed');
    expect(await w.calls.holdsOf('a')).toEqual([{ holdId: 'dispute-d-1', heldAt: NOW }]);

    const found = await w.find('a');
    expect(found.findings).toMatchObject([
      { callId: 'a', quote: 'a credit of forty dollars', conclusion: 'it was promised', ...someone },
    ]);
    const decided = await w.decide();
    expect(decided).toMatchObject({
      state: 'decided',
      decision: {
        ...{ outcome: 'upheld', ...someone },
        policies: [
          { callId: 'a', policy: 'credits', version: '2', inForceFrom: '2026-10-01T00:00:00.000Z' },
          { callId: 'b', policy: 'credits', version: '2' },
        ],
      },
    });
    const closed = await w.close();
    expect(closed).toMatchObject({ state: 'closed', version: 6, decision: { outcome: 'upheld' } });
    await w.work();
    expect(await holdsOf(w, 'a', 'b')).toEqual([undefined, undefined]);
    expect([...w.locked]).toEqual([]);
    expect(await w.holdStateOf('dispute-d-1')).toBe('released');
    expect(closed.history.map(({ what, version }) => [what, version])).toEqual([
      ...[
        ['opened', 1],
        ['call-taken-in', 2],
        ['call-taken-in', 3],
        ['finding-added', 4],
        ['decided', 5],
        ['closed', 6],
      ],
    ]);
    expect(await w.notedOf('a')).toEqual([
      ...['taken-into-dispute', 'finding-added', 'dispute-decided', 'dispute-closed'],
    ]);
    expect(await w.notedOf('c')).toEqual([]);
  });

  it('tells neither what was said nor whose it is in the custody of a call', async () => {
    await w.open();
    await w.take(['a']);
    await w.find('a');
    const text = JSON.stringify(await w.custody.all('a'));
    expect(text).toContain('"disputeId":"d"');
    expect(text).not.toMatch(/forty|credit|c-1/);
  });

  it('that is reopened after it was closed holds what is left of its calls anew, and tells which are gone', async () => {
    await w.open();
    await w.take(['a', 'b']);
    await w.close();
    await w.work();
    const gone = await w.calls.get('b');
    const deletion = { reason: 'expired', rule: 'default', requestedAt: NOW, dueOnly: false } as const;
    if (gone) await w.calls.enterDeleting(gone, deletion, NOW);
    const reopened = await w.reopen();
    expect(reopened).toMatchObject({
      ...{ state: 'open', holdId: 'dispute-d-2', round: 2 },
      calls: [{ callId: 'a' }, { callId: 'b', goneAt: NOW }],
    });
    expect(reopened.decision).toBeUndefined();
    expect(await holdsOf(w, 'a', 'b')).toEqual([['dispute-d-2'], undefined]);
    await w.work();
    expect([...w.locked]).toEqual(['a.wav']);
    await w.take(['c']);
    await w.work();
    expect(await holdsOf(w, 'c')).toEqual([['dispute-d-2']]);
    expect(await w.holdStateOf('dispute-d-2')).toBe('placed');
    await expect(w.find('b')).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('that is reopened before it was closed keeps its hold, and what it was decided stays told', async () => {
    await w.open();
    await w.take(['a']);
    await w.decide();
    const reopened = await w.reopen();
    expect(reopened).toMatchObject({ state: 'open', holdId: 'dispute-d-1', round: 1 });
    expect(reopened.decision).toBeUndefined();
    expect(reopened.history.find(({ what }) => what === 'decided')?.decision?.outcome).toBe('upheld');
    expect(await w.holdStateOf('dispute-d-1')).toBe('placing');
  });

  it('is decided on calls, or on that nothing was said, and by a policy that there is', async () => {
    await w.open();
    await expect(w.decide()).rejects.toThrow(/nothing to decide on/);
    await expect(w.decide('d', { notSaid: true, policy: 'none' })).rejects.toThrow(/those of the config are: credits/);
    expect((await w.decide('d', { notSaid: true })).decision).toMatchObject({ notSaid: true, policies: [] });
  });

  it('by the version that was in force when each call began', async () => {
    const at = await world([taggedCall('old', { startedAt: '2026-09-30T23:59:59.999Z' }), taggedCall('new')]);
    await at.open();
    await at.take(['old', 'new']);
    const { decision } = await at.decide();
    expect(decision?.policies.map(({ callId, version }) => [callId, version])).toEqual([
      ['new', '2'],
      ['old', '1'],
    ]);
  });
});

it('a decision tells the version that was in force also of a call that is gone; and not where its begin is not known', async () => {
  const at = await world([taggedCall('old', { startedAt: '2026-09-30T10:00:00.000Z' }), taggedCall('b')]);
  await at.calls.create(taggedCall('no-start', { startedAt: undefined }));
  await at.open();
  await at.take(['old', 'b', 'no-start']);
  await at.close();
  await at.work();
  const gone = await at.calls.get('old');
  const deletion = { reason: 'expired', rule: 'default', requestedAt: NOW, dueOnly: false } as const;
  if (gone) await at.calls.enterDeleting(gone, deletion, NOW);
  await at.reopen();
  const { decision } = await at.decide();
  const told = Object.fromEntries(decision?.policies.map(({ callId, ...one }) => [callId, one]) ?? []);
  expect(told).toEqual({
    old: {
      ...{ startedAt: '2026-09-30T10:00:00.000Z', policy: 'credits', version: '1' },
      inForceFrom: '2026-01-01T00:00:00.000Z',
    },
    b: expect.objectContaining({ version: '2' }),
    'no-start': { policy: 'credits' },
  });
});

describe('a call', () => {
  beforeEach(() => w.open());

  it.each([
    ['that there is not', [], 'none', 'not-found', /there is no call none/],
    ['of another customer', [taggedCall('x', { customerId: 'c-2' })], 'x', 'conflict', /is another customer's/],
    ['that is being deleted', [taggedCall('x', { state: 'deleting' })], 'x', 'conflict', /is being deleted/],
  ])('%s is not taken in, nor is any that is named with it', async (_, more, callId, kind, message) => {
    for (const call of more) await w.calls.create(call);
    const taking = w.take(['a', callId]);
    await expect(taking).rejects.toMatchObject({ kind });
    await expect(taking).rejects.toThrow(message);
    expect(await holdsOf(w, 'a')).toEqual([undefined]);
    expect((await w.disputes.get('d'))?.calls).toEqual([]);
  });

  it('that another hold holds, or that changes meanwhile, is taken in', async () => {
    const call = await w.calls.get('a');
    if (call) await w.calls.changeHolds(call, { add: 'other' }, NOW);
    await w.take(['a', 'a']);
    expect(await holdsOf(w, 'a')).toEqual([['other', 'dispute-d-1']]);
    await w.work();
    await w.close();
    await w.work();
    expect(await holdsOf(w, 'a')).toEqual([['other']]);
    expect([...w.locked]).toEqual(['a.wav']);
  });

  it('is in a finding only where it is in the dispute', async () => {
    await expect(w.find('a')).rejects.toThrow(/is not in the dispute d: take it in first/);
  });

  it('stays held by its dispute, whoever asks to release that hold', async () => {
    await w.take(['a']);
    const needs = { ...w, send: async () => {}, clock: () => new Date(NOW), randomId: () => 'x' };
    await expect(releaseHold('dispute-d-1', 'no', someone, needs)).rejects.toThrow(
      /is released when the dispute d is closed/,
    );
  });

  it('is held where the message was lost: the daily check of holds finds it', async () => {
    await w.take(['a']);
    await w.work();
    await w.take(['b']);
    w.queue.splice(0);
    w.queue.push({ kind: 'check' });
    await w.work();
    expect([...w.locked]).toEqual(['a.wav', 'b.wav']);
    await w.close();
    w.queue.splice(0);
    w.queue.push({ kind: 'check' });
    await w.work();
    expect([...w.locked]).toEqual([]);
    expect(await w.holdStateOf('dispute-d-1')).toBe('released');
  });
});

describe('what cannot be done in a state', () => {
  const inState = async (state: DisputeState) => {
    await w.open();
    await w.take(['a']);
    if (state === 'decided') await w.decide();
    if (state === 'closed') await w.close();
  };
  it.each([
    ['open', ['reopen']],
    ['decided', ['take', 'find', 'decide']],
    ['closed', ['take', 'find', 'decide', 'close']],
  ] as const)('%s: %j is refused, and changes nothing', async (state, actions) => {
    await inState(state);
    const before = await w.disputes.get('d');
    const acts = {
      ...{ take: () => w.take(['b']), find: () => w.find('a'), decide: () => w.decide() },
      ...{ close: () => w.close(), reopen: () => w.reopen() },
    };
    for (const action of actions) {
      const acting = acts[action]();
      await expect(acting).rejects.toMatchObject({ kind: 'conflict' });
      await expect(acting).rejects.toThrow(`the dispute d is ${state}; possible is: `);
    }
    expect(await w.disputes.get('d')).toEqual(before);
  });
});

describe('a change', () => {
  beforeEach(() => w.open());

  it('of another version than was seen is refused', async () => {
    await expect(w.take(['a'], 'd', { version: 7 })).rejects.toMatchObject({ kind: 'precondition-failed' });
    await expect(w.close('d', { version: 7 })).rejects.toThrow(/it is at version 1, not 7; read it again/);
  });

  it('of a dispute that there is not is refused', async () => {
    await expect(w.close('none')).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('that is asked for again is done once, and its key is for nothing else', async () => {
    const key = { changeId: 'key', version: 1 };
    const once = await w.take(['a', 'b'], 'd', key);
    expect(await w.take(['a', 'b'], 'd', key)).toEqual(once);
    await expect(w.take(['c'], 'd', key)).rejects.toMatchObject({ kind: 'conflict' });
    const decided = await w.decide('d', {}, { changeId: 'key2' });
    expect(await w.decide('d', {}, { changeId: 'key2', version: 3 })).toEqual(decided);
    expect((await w.notedOf('a')).filter((kind) => kind === 'dispute-decided')).toHaveLength(1);
  });

  it('of two at once, one is done and the other is told to read again', async () => {
    await w.take(['a', 'b']);
    const version = await w.versionOf('d');
    const outcomes = await Promise.allSettled([
      w.decide('d', { outcome: 'upheld' }, { version }),
      w.decide('d', { outcome: 'not-upheld' }, { version }),
      w.find('a', 'd', { version }),
    ]);
    const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason.kind] : []));
    expect(refused).toEqual(['precondition-failed', 'precondition-failed']);
    expect(await w.versionOf('d')).toBe(version + 1);
    const told = (await w.notedOf('a')).filter((kind) => kind !== 'taken-into-dispute');
    expect(told).toHaveLength(1);
  });

  it('does not get lost beside what is noted in its history', async () => {
    await w.take(['a']);
    const note = { at: NOW, by: 'verbatim', what: 'evidence-built' } as const;
    await w.disputes.note('d', note);
    const key = { changeId: 'key', version: 3 };
    const { crashing } = crashAt(10, 'before');
    await expect(w.decide('d', {}, key, crashing)).rejects.toThrow();
    expect((await w.disputes.read('d'))?.pending).toMatchObject({ change: 'decided' });
    await w.disputes.note('d', note);
    await w.decide('d', {}, key);
    const dispute = await w.disputes.get('d');
    expect(dispute).toMatchObject({ state: 'decided', version: 5 });
    expect(dispute?.history).toHaveLength(5);
    expect(await w.disputes.note('none', note)).toBe(false);
  });
});

type Before = (at: typeof w) => Promise<void>;
type Act = (at: typeof w, key: object, through: Through) => Promise<unknown>;

describe('a crash', () => {
  const acts: [string, Before, Act][] = [
    ['taking calls in', async () => {}, (at, key, t) => at.take(['a', 'b'], 'd', key, t)],
    ['a finding', async (at: typeof w) => void (await at.take(['a'])), (at, key, t) => at.find('a', 'd', key, t)],
    [
      'a decision',
      async (at: typeof w) => void (await at.take(['a', 'b'])),
      (at, key, t) => at.decide('d', {}, key, t),
    ],
    ['closing', async (at: typeof w) => void (await at.take(['a', 'b'])), (at, key, t) => at.close('d', key, t)],
    [
      'reopening',
      async (at: typeof w) => {
        await at.take(['a', 'b']);
        await at.close();
        await at.work();
      },
      (at, key, t) => at.reopen('d', key, t),
    ],
  ];

  const run = async (
    before: Before,
    act: Act,
    faults?: { nth: number; when: 'before' | 'after' },
  ): Promise<{ at: typeof w; crashed: boolean }> => {
    const at = await world();
    await at.open();
    await before(at);
    const key = { changeId: 'key', version: await at.versionOf('d') };
    const { crashing, redeliver } = crashAt(faults?.nth ?? 0, faults?.when ?? 'before');
    const crashed = await redeliver(() => act(at, key, crashing));
    // What was lost of the messages, the daily check finds.
    at.queue.push({ kind: 'check' });
    await at.work();
    return { at, crashed };
  };
  const seen = async (at: typeof w) => ({
    dispute: await at.disputes.get('d'),
    holds: await holdsOf(at, 'a', 'b'),
    locked: [...at.locked].toSorted(),
    noted: await Promise.all(['a', 'b'].map(at.notedOf)),
    pending: at.table.items('dispute#').filter(({ part }) => part === 'pending'),
  });

  it.each(acts)('anywhere in %s does no harm: asked again, it ends the same', async (_, before, act) => {
    const expected = await seen((await run(before, act)).at);
    for (const when of ['before', 'after'] as const) {
      for (let nth = 1; ; nth++) {
        const { at, crashed } = await run(before, act, { nth, when });
        if (!crashed) break;
        expect(await seen(at)).toEqual(expected);
      }
    }
  });

  const tend = async (at: typeof w, keepDays = 10) => {
    const messages: TendMessage[] = [...tendAt(at.time.now, keepDays)];
    const needs = {
      ...{ disputes: at.disputes, change: at.needs(), clock: () => new Date(at.time.now), keepDays, pageSize: 1 },
      send: async (more: readonly TendMessage[]) => void messages.push(...more),
    };
    for (let message = messages.shift(); message; message = messages.shift()) await tendDisputes(message, needs);
  };

  it('of whoever closes is made good by the schedule, if nobody comes', async () => {
    await w.open();
    await w.take(['a', 'b']);
    const { crashing } = crashAt(8, 'before');
    await expect(w.close('d', {}, crashing)).rejects.toThrow();
    expect(await w.disputes.get('d')).toMatchObject({ state: 'open' });
    await tend(w);
    expect(await w.disputes.get('d')).toMatchObject({ state: 'open' });
    w.time.now = daysAfter(NOW, 1);
    await tend(w);
    expect(await w.disputes.get('d')).toMatchObject({ state: 'closed', stateSince: NOW });
    await w.work();
    expect(await holdsOf(w, 'a', 'b')).toEqual([undefined, undefined]);
    expect(w.table.items('dispute#').filter(({ part }) => part === 'pending')).toEqual([]);
  });

  it('of whoever closes is made good by whoever comes next, who is told to read again', async () => {
    await w.open();
    await w.take(['a']);
    const { crashing } = crashAt(8, 'before');
    const version = await w.versionOf('d');
    await expect(w.close('d', {}, crashing)).rejects.toThrow();
    await expect(w.decide('d', {}, { version })).rejects.toMatchObject({ kind: 'precondition-failed' });
    expect(await w.disputes.get('d')).toMatchObject({ state: 'closed' });
  });

  it('does not keep a closed dispute from being deleted when it has served its time, and nothing of it stays', async () => {
    for (const id of ['d', 'e', 'f']) await w.open(id);
    for (const id of ['d', 'e']) await w.close(id);
    w.time.now = daysAfter(NOW, 9);
    await tend(w);
    expect(await w.disputes.get('d')).toBeDefined();
    w.time.now = daysAfter(NOW, 10);
    const { crashing } = crashAt(4, 'before');
    await expect(disputeStore(crashing(w.table.client), 't').remove('d', w.time.now)).rejects.toThrow();
    expect(await w.disputes.get('d')).toBeUndefined();
    w.time.now = daysAfter(NOW, 11);
    await tend(w);
    expect(w.table.items('dispute#d')).toEqual([]);
    expect(w.table.items('dispute#e')).toEqual([]);
    expect(w.table.items('customer-disputes#').map(({ disputeId }) => disputeId)).toEqual(['f']);
    await expect(w.reopen('d')).rejects.toMatchObject({ kind: 'not-found' });
  });
});

it('whoever wakes up late in a change that others ended writes no row of a dispute that is gone', async () => {
  await w.open();
  await w.take(['a', 'b']);
  await w.close();
  await w.work();
  const gone = await w.calls.get('b');
  const deletion = { reason: 'expired', rule: 'default', requestedAt: NOW, dueOnly: false } as const;
  if (gone) await w.calls.enterDeleting(gone, deletion, NOW);
  const needs = w.needs();
  // Between that the call was found to be gone and that it is noted, the change is ended by another, and the dispute deleted.
  const late = {
    ...needs,
    disputes: {
      ...needs.disputes,
      transact: async (items: Parameters<typeof needs.disputes.transact>[0]) => {
        const isNoting = items.some(({ Put }) => Put?.Item?.goneAt !== undefined);
        if (isNoting) {
          const pending = await w.disputes.read('d');
          if (pending) await settled(pending, needs);
          await w.close();
          await w.disputes.remove('d', NOW);
        }
        return needs.disputes.transact(items);
      },
    },
  };
  await expect(reopenDispute(await w.asked('d'), { reason: 'it was not paid' }, late)).rejects.toMatchObject({
    kind: 'not-found',
  });
  expect(w.table.items('dispute#d')).toEqual([]);
});

it('a dispute whose last rows could not be deleted is not said to be gone: it is deleted again', async () => {
  await w.open();
  await w.close();
  const send = async (command: object) => {
    if (command instanceof TransactWriteCommand && command.input.TransactItems?.some((item) => item.Delete))
      throw Object.assign(new Error('another writes to it'), { name: 'TransactionCanceledException' });
    return w.table.client.send(command as TransactWriteCommand);
  };
  const busy = only<typeof w.table.client>({ send: send as typeof w.table.client.send });
  expect(await disputeStore(busy, 't').remove('d', NOW)).toBe(false);
  expect(await w.disputes.allOf(CUSTOMER)).toHaveLength(1);
  expect(await w.disputes.remove('d', NOW)).toBe(true);
  expect(await w.disputes.allOf(CUSTOMER)).toEqual([]);
});

describe('lists', () => {
  const request = { from: NOW, to: daysAfter(NOW, 1), order: 'oldest-first', limit: 2 } as const;

  it('tell every dispute of a customer, or in a state, once', async () => {
    for (const id of ['d1', 'd2', 'd3', 'd4', 'd5']) await w.open(id);
    await w.open('other', 'c-2');
    await w.close('d2');
    const all = async (list: typeof w.disputes.list, states: DisputeState[]) => {
      const found: string[] = [];
      let position: Awaited<ReturnType<typeof list>>['next'];
      do {
        const page = await list(states, { ...request, ...(position && { position }) });
        found.push(...page.items.map(({ disputeId }) => disputeId));
        position = page.next;
      } while (position);
      return found;
    };
    const ofCustomer: typeof w.disputes.list = (states, asked) => w.disputes.listByCustomer(CUSTOMER, states, asked);
    expect(await all(ofCustomer, ['open', 'decided', 'closed'])).toEqual(['d1', 'd2', 'd3', 'd4', 'd5']);
    expect(await all(ofCustomer, ['open'])).toEqual(['d1', 'd3', 'd4', 'd5']);
    expect(await all(w.disputes.list, ['open'])).toEqual(['d1', 'd3', 'd4', 'd5', 'other']);
    expect(await all(w.disputes.list, ['closed'])).toEqual(['d2']);
    await w.decide('d1', { notSaid: true });
    const [decided] = (await w.disputes.list(['decided'], request)).items;
    expect(decided?.decision).toMatchObject({ outcome: 'upheld' });
    expect(decided?.decision).not.toHaveProperty('policies');
  });
});
