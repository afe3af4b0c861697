import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { checkChain, custodyStore } from '../../../../lambdas/calls/calls.ts';
import { deleteCall } from '../../../../lambdas/retention/expiry/delete-call.ts';
import { receiptStore } from '../../../../lambdas/retention/expiry/receipt-store.ts';
import { world } from '../../retention/world.ts';

const DUE = '2026-11-13T09:00:00.000Z';
const read = { kind: 'call-read', at: DUE, by: 'arn:qa' } as const;

/** Deletes a call, and notes something of it right before the `nth` request of that. */
async function deletedWhileNoted(nth: number) {
  const at = world();
  await at.put('call1');
  at.time.now = DUE;
  const table = at.table.client as { send: (command: unknown) => Promise<unknown> };
  const send = table.send;
  const custody = custodyStore({ send } as unknown as DynamoDBDocumentClient, 't');
  const before = await custody.chain('call1');
  let requests = 0;
  let noted: Awaited<ReturnType<typeof custody.append>>;
  table.send = async (command) => {
    if (++requests === nth) noted = await custody.append('call1', read);
    return send(command);
  };
  expect(await deleteCall({ callId: 'call1', reason: 'expired' }, at.needs)).toBe('deleted');
  table.send = send;
  const receipt = await receiptStore(at.table.client, 't', 2557).whole('call1');
  return { at, custody, reached: requests >= nth, before, noted, receipt };
}

it('whenever something is noted while a call is deleted: it is in the count of the receipt, or not at all', async () => {
  const came = { noted: 0, refused: 0 };
  for (let nth = 1; ; nth++) {
    const { at, custody, reached, before, noted, receipt } = await deletedWhileNoted(nth);
    if (!reached) break;
    expect(at.remains('call1'), `before request ${nth}`).toEqual([]);
    const all = [...before.entries, ...(noted ? [noted] : [])];
    const head = receipt?.custody && { callId: 'call1', ...receipt.custody };
    expect(checkChain(all, head).faults, `before request ${nth}`).toEqual([]);
    expect(await custody.append('call1', read)).toBeUndefined();
    expect(at.remains('call1')).toEqual([]);
    came[noted ? 'noted' : 'refused']++;
  }
  expect(came.noted).toBeGreaterThan(0);
  expect(came.refused).toBeGreaterThan(10);
});
