import { expect, it } from 'vitest';
import { callStore } from '../../../lambdas/calls/calls.ts';
import { customerDisputes } from '../../../lambdas/disputes/disputes.ts';
import type { EraseMessage } from '../../../lambdas/retention/erasure/erasure.ts';
import { eraseCall } from '../../../lambdas/retention/erasure/erasure-call.ts';
import { beginErasure, checkErasures, erasurePage } from '../../../lambdas/retention/erasure/erasure-page.ts';
import { erasureStore } from '../../../lambdas/retention/erasure/erasure-store.ts';
import { keptOf, openErasure } from '../../../lambdas/retention/erasure/erasures.ts';
import { receiptStore } from '../../../lambdas/retention/expiry/receipt-store.ts';
import { NOW } from '../builders.ts';
import { CUSTOMER, packageOf, taggedCall, world } from './world.ts';

/** The erasure of the customer of disputes; `work` ends when nothing is left to do but to wait. */
async function erasing() {
  const w = await world([taggedCall('a', { customerId: 'c-2' })]);
  const queue: EraseMessage[] = [];
  const needs = {
    erasures: erasureStore(w.table.client, 't', 10),
    calls: callStore(w.table.client, 't'),
    receipts: receiptStore(w.table.client, 't', 10),
    disputes: customerDisputes(w.table.client, 't'),
    send: async (messages: readonly EraseMessage[]) => void queue.push(...messages),
    expire: async () => {},
    clock: () => new Date(w.time.now),
    ...{ randomId: () => 'e', randomSalt: () => 'salt', manifestsOf: () => [] },
  };
  const work = async () => {
    for (let message = queue.shift(); message; message = queue.shift()) {
      if (message.kind === 'begin') await beginErasure(message.erasureId, message.again, needs);
      if (message.kind === 'page') await erasurePage(message, needs);
      if (message.kind === 'call') await eraseCall(message, needs);
      if (message.kind === 'check') await checkErasures(message, needs);
    }
  };
  const open = async () => {
    const { erasureId } = await openErasure({ customerId: CUSTOMER, reason: 'asked' }, { by: 'dpo' }, needs);
    await work();
    return erasureId;
  };
  const state = async (erasureId: string) => (await needs.erasures.get(erasureId))?.state;
  return { w, needs, queue, work, open, state };
}

it('a customer is erased with the disputes that are closed: nothing of them stays', async () => {
  const { w, open, state } = await erasing();
  await w.open('d');
  await w.open('kept', 'c-2');
  await w.close('d');
  const erasureId = await open();
  expect(await state(erasureId)).toBe('done');
  expect(JSON.stringify(w.table.items(''))).not.toContain(`"${CUSTOMER}"`);
  expect(w.table.items('dispute#d')).toEqual([]);
  expect(w.table.items('customer-disputes#').map(({ disputeId }) => disputeId)).toEqual(['kept']);
  expect(await w.disputes.get('kept')).toBeDefined();
});

it('an erasure waits for disputes that are not closed, says so, and goes on when they are', async () => {
  const { w, needs, queue, work, open, state } = await erasing();
  await w.open('d');
  await w.open('e');
  await w.close('e');
  const erasureId = await open();
  expect(await state(erasureId)).toBe('waiting');
  expect(w.table.items('dispute#e')).toEqual([]);
  expect(await keptOf({ erasureId, customerId: CUSTOMER, packages: [] }, needs)).toMatchObject({ disputes: ['d'] });
  await w.decide('d', { notSaid: true });
  queue.push({ kind: 'check' });
  await work();
  expect(await state(erasureId)).toBe('waiting');
  await w.close('d');
  queue.push({ kind: 'check' });
  await work();
  expect(await state(erasureId)).toBe('done');
  expect(w.table.items('dispute#')).toEqual([]);
  expect(w.table.items('customer-disputes#')).toEqual([]);
});

const LATER = '2027-10-14T12:00:00.000Z';

it('a customer who is erased is told which evidence packages stay, and until when, though nothing else tells of them', async () => {
  const { w, needs, open } = await erasing();
  await w.open('d');
  await packageOf(w.table.client, 'd', LATER);
  await packageOf(w.table.client, 'd', NOW);
  await w.open('e');
  await w.close('d');
  const erasureId = await open();
  expect(w.table.items('dispute#d')).toEqual([]);
  const kept = [{ disputeId: 'd', number: 1, lockedUntil: LATER }];
  const erasure = await needs.erasures.get(erasureId);
  expect(erasure?.packages).toEqual(kept);
  await packageOf(w.table.client, 'e', LATER);
  expect(erasure && (await keptOf(erasure, needs)).packages).toEqual([
    ...kept,
    { disputeId: 'e', number: 1, lockedUntil: LATER },
  ]);
});

it('an erasure waits for a package that is just being built: nothing would tell of its ZIP', async () => {
  const { w, queue, work, open, state, needs } = await erasing();
  await w.open('d');
  await w.close('d');
  const finish = await packageOf(w.table.client, 'd');
  const erasureId = await open();
  expect(await state(erasureId)).toBe('waiting');
  await finish(LATER);
  queue.push({ kind: 'check' });
  await work();
  expect(await state(erasureId)).toBe('done');
  expect((await needs.erasures.get(erasureId))?.packages).toHaveLength(1);
  expect(w.table.items('dispute#')).toEqual([]);
});

it('a dispute is kept beyond its time for as long as a package of it is locked, or is just being built', async () => {
  const { w } = await erasing();
  await w.open('d');
  await packageOf(w.table.client, 'd', LATER);
  await w.close('d');
  expect(await w.disputes.remove('d', NOW, NOW)).toBe(false);
  const build = await packageOf(w.table.client, 'd');
  expect(await w.disputes.remove('d', LATER, NOW)).toBe(false);
  await build(LATER);
  expect(await w.disputes.remove('d', LATER, NOW)).toBe(true);
  expect(w.table.items('dispute#')).toEqual([]);
});
