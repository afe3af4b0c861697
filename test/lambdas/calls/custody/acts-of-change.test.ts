import { beforeEach, describe, expect, it } from 'vitest';
import { type CallStore, callStore } from '../../../../lambdas/calls/calls.ts';
import { actOfHold, actsOfChange } from '../../../../lambdas/calls/custody/acts-of-change.ts';
import type { CustodyActInput } from '../../../../lambdas/calls/custody/custody.ts';
import type { Moment } from '../../../../lambdas/calls/moment.ts';
import { daysAfter, NOW, transcribingCall } from '../../builders.ts';
import { memoryDynamodb } from '../../memory-dynamodb.ts';

const TABLE = 'calls';
const LATER = daysAfter(NOW, 1);
const retention = { retentionClass: '1-year', rule: 'credits', expiresAt: '2027-10-14T09:00:00.000Z' };
const moment = (tag: string): Moment => ({
  ...{
    tag,
    startMs: 1000,
    endMs: 2000,
    speaker: 'AGENT',
    quote: 'a credit of forty dollars',
    rulebookVersion: 'v1',
    ruleId: tag,
  },
});

let memory: ReturnType<typeof memoryDynamodb>;
let calls: CallStore;
beforeEach(() => {
  memory = memoryDynamodb();
  calls = callStore(memory.client, TABLE);
});

const item = () => memory.items('call#c').find(({ part }) => part === 'call');

/** What is noted of what `change` does to the call's item. */
async function actsOf(change: () => Promise<unknown>): Promise<CustodyActInput[]> {
  const before = item();
  expect(await change()).not.toBe(false);
  return actsOfChange(before, item(), LATER);
}
const received = () => transcribingCall('c', { state: 'received', history: [{ state: 'received', at: NOW }] });
const present = async () => (await calls.get('c')) ?? received();
/** A call that was tagged, as it is stored. */
async function tagged() {
  await calls.create(received());
  await calls.enter(await present(), 'transcribing', NOW, { retention });
  await calls.enterTagged(await present(), [moment('credit')], NOW, { rulebookVersion: 'v1' });
  return present();
}

describe('what the store does with a call', () => {
  it('is noted from the recording to the tags', async () => {
    expect(await actsOf(() => calls.create(received()))).toEqual([
      { kind: 'received', at: NOW, by: 'verbatim', details: { state: 'received', source: 'support' } },
    ]);
    expect(await actsOf(async () => calls.enter(await present(), 'transcribing', NOW, { retention }))).toEqual([
      { kind: 'state-changed', at: NOW, by: 'verbatim', details: { from: 'received', to: 'transcribing' } },
      {
        ...{ kind: 'retention-changed', at: LATER, by: 'verbatim' },
        details: {
          ...{ classBefore: '30-days', class: '1-year', rule: 'credits' },
          ...{ from: '2026-11-13T09:00:00.000Z', to: retention.expiresAt },
        },
      },
    ]);
    const tag = async () =>
      calls.enterTagged(await present(), [moment('credit'), moment('refund')], NOW, { rulebookVersion: 'v1' });
    expect(await actsOf(tag)).toEqual([
      { kind: 'state-changed', at: NOW, by: 'verbatim', details: { from: 'transcribing', to: 'tagged' } },
      {
        ...{ kind: 'tagged', at: NOW, by: 'verbatim' },
        details: { rulebookVersion: 'v1', tags: 'credit, refund', added: 'credit, refund', removed: '' },
      },
    ]);
  });

  it('is noted with the code of its reason, and not in words, which may tell a customer', async () => {
    await calls.create(received());
    const reason = { code: 'bad-metadata', message: 'customer-id: "c 1" is …' };
    const [act] = await actsOf(async () => calls.enter(await present(), 'rejected', NOW, {}, reason));
    expect(act).toEqual({
      ...{ kind: 'state-changed', at: NOW, by: 'verbatim' },
      details: { from: 'received', to: 'rejected', reasonCode: 'bad-metadata' },
    });
  });

  it('is noted where it is tagged anew: what was added, what removed, and what became of its retention', async () => {
    const call = await tagged();
    const replacement = { moments: [moment('refund')], rulebookVersion: 'v2', now: LATER, by: 'r', retention };
    const stored = await calls.momentsToReplace(call);
    const longer = { ...retention, retentionClass: '7-years' };
    expect(await actsOf(() => calls.replaceMoments(call, stored, { ...replacement, retention: longer }))).toMatchObject(
      [
        {
          kind: 'tagged',
          at: LATER,
          details: { rulebookVersion: 'v2', tags: 'refund', added: 'refund', removed: 'credit' },
        },
        { kind: 'retention-changed', by: 'verbatim', details: { classBefore: '1-year', class: '7-years' } },
      ],
    );
  });

  it('is noted where its retention is decided anew, or an erasure demands its deletion', async () => {
    const call = await tagged();
    const decided = { retention: { ...retention, expiresAt: LATER }, by: 'apply-1' };
    expect(await actsOf(() => calls.setRetention(call, decided, []))).toMatchObject([
      { kind: 'retention-changed', by: 'verbatim', details: { from: retention.expiresAt, to: LATER } },
    ]);
    expect(await actsOf(async () => calls.markErased(await present(), 'e1', NOW))).toEqual([
      {
        ...{ kind: 'retention-changed', at: LATER, by: 'verbatim' },
        details: { rule: 'erasure', erasure: 'e1', from: LATER, to: NOW },
      },
    ]);
  });

  it('is noted where a hold holds it, and no longer', async () => {
    const call = await tagged();
    expect(await actsOf(() => calls.changeHolds(call, { add: 'h1' }, NOW))).toMatchObject([
      { kind: 'held', details: { holdId: 'h1' } },
    ]);
    expect(await actsOf(async () => calls.changeHolds(await present(), { remove: 'h1' }, NOW))).toMatchObject([
      { kind: 'hold-released', details: { holdId: 'h1' } },
    ]);
  });

  it('is no act where it does nothing with the call: more time for it, redacted audio, the begin of a long tagging', async () => {
    await calls.create(received());
    expect(await actsOf(async () => calls.postpone(await present(), LATER))).toEqual([]);
    const outputs = { transcript: { bucket: 'b', key: 'k' } };
    const job = { kind: 'standard', name: 'j', agentChannel: 0, outputs } as const;
    await calls.enter(await present(), 'transcribing', NOW, { job });
    await calls.enterTagged(await present(), [], NOW, { rulebookVersion: 'v1' });
    const made = { ...job, outputs: { ...outputs, redactedAudio: { bucket: 'b', key: 'redacted' } } };
    expect(actsOfChange(item(), { ...item(), job: { ...job, redactedAudioMissing: 'audio-damaged' } }, LATER)).toEqual(
      [],
    );
    expect(actsOfChange(item(), { ...item(), job: made }, LATER)).toEqual([]);
    const call = await present();
    const many = Array.from({ length: 120 }, (_, i) => ({ ...moment('credit'), startMs: i, endMs: i + 1 }));
    const begun = { ...item(), replacing: 'retag-1' };
    expect(actsOfChange(item(), begun, LATER)).toEqual([]);
    const replacement = { moments: many, rulebookVersion: 'v2', now: LATER, by: 'r', retention };
    const stored = await calls.momentsToReplace(call);
    const kinds = (await actsOf(() => calls.replaceMoments(call, stored, replacement))).map(({ kind }) => kind);
    expect(kinds).toEqual(['tagged', 'retention-changed']);
  });

  it('is noted where it is kept, because nothing of it could be deleted; its deletion is told by the receipt', async () => {
    const call = await tagged();
    const deletion = { reason: 'expired', rule: 'credits', requestedAt: NOW, dueOnly: false } as const;
    await calls.enterDeleting(call, deletion, NOW);
    const reason = { code: 'recording-locked', message: 'until …' };
    expect(await actsOf(async () => calls.leaveDeleting(await present(), LATER, LATER, reason))).toEqual([
      {
        ...{ kind: 'state-changed', at: LATER, by: 'verbatim' },
        details: { from: 'deleting', to: 'tagged' },
      },
    ]);
    expect(actsOfChange(item(), undefined, LATER)).toEqual([]);
  });
});

describe('what somebody wrote into the table', () => {
  const byHand = async (changes: Record<string, unknown>) => {
    await tagged();
    return actsOfChange(item(), { ...item(), ...changes }, LATER);
  };
  const changed = (fields: string) => [{ kind: 'changed', at: LATER, by: 'unknown', details: { fields } }];

  it.each([
    ['agentId', 'kim'],
    ['customerId', undefined],
    ['recording', { bucket: 'b', key: 'another.wav', versionId: 'v1' }],
    ['startedAt', NOW],
    ['tags', []],
    ['rulebookVersion', 'v9'],
    ['state', 'failed'],
    ['dueAt', NOW],
    ['history', []],
    ['taggings', []],
    ['work', 'elsewhere'],
    ['language', 42],
    ['notes', 'a field of nobody'],
    ['job', { kind: 'standard', name: 'another', agentChannel: 0 }],
  ])('into %s is noted, and not what it was or is', async (field, value) => {
    expect(await byHand({ [field]: value })).toEqual(changed(field));
  });

  it('is told apart from what was done at once with it', async () => {
    await tagged();
    const before = item();
    await calls.changeHolds(await present(), { add: 'h1' }, NOW);
    expect(actsOfChange(before, { ...item(), agentId: 'kim', queue: 'none' }, LATER)).toMatchObject([
      { kind: 'held' },
      { kind: 'changed', details: { fields: 'agentId, queue' } },
    ]);
  });

  it('into how long it is kept is noted as that, by somebody unknown', async () => {
    expect(await byHand({ retention: { ...retention, expiresAt: NOW }, dueAt: NOW })).toMatchObject([
      { kind: 'retention-changed', by: 'unknown', details: { from: retention.expiresAt, to: NOW } },
    ]);
  });

  it('puts another redacted audio in the place of the one that was made', async () => {
    const outputs = { transcript: { bucket: 'b', key: 'k' }, redactedAudio: { bucket: 'b', key: 'a' } };
    const job = { kind: 'standard', name: 'j', agentChannel: 0, outputs };
    const other = { ...job, outputs: { ...outputs, redactedAudio: { bucket: 'b', key: 'b' } } };
    await tagged();
    expect(actsOfChange({ ...item(), job }, { ...item(), job: other }, LATER)).toEqual(changed('job'));
  });

  it('is noted also where nothing can be made of it', () => {
    expect(actsOfChange({ holds: 'none' }, { holds: 7, state: ['a'], taggings: null }, LATER)).toEqual(
      changed('holds, state, taggings'),
    );
    expect(actsOfChange(undefined, { part: 'call' }, LATER)).toMatchObject([{ kind: 'received', at: LATER }]);
  });
});

describe('a hold', () => {
  const held = { kind: 'held', at: NOW, by: 'unknown', details: { holdId: 'h' } } as const;
  const released = { ...held, kind: 'hold-released' } as const;
  const placed = { by: 'arn:placer', byName: 'Kim', why: 'case 7' };
  const hold = { isActive: true, placed, released: undefined };

  it('is noted with who placed it, and who released it, and why', () => {
    expect(actOfHold(held, hold)).toEqual({ ...held, ...placed });
    const step = { by: 'arn:other', why: 'case closed' };
    expect(actOfHold(released, { ...hold, isActive: false, released: step })).toEqual({ ...released, ...step });
  });

  it('that still holds, or that there never was, was written into the table by somebody unknown', () => {
    expect(actOfHold(released, hold)).toEqual(released);
    expect(actOfHold(held, undefined)).toEqual(held);
  });
});
