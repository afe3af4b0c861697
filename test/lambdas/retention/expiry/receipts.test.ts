import { beforeEach, describe, expect, it } from 'vitest';
import { createHttpApp } from '../../../../lambdas/platform/http.ts';
import { deleteCall } from '../../../../lambdas/retention/expiry/delete-call.ts';
import { receiptStore } from '../../../../lambdas/retention/expiry/receipt-store.ts';
import { receiptsRoutes } from '../../../../lambdas/retention/expiry/receipts-api.ts';
import { daysAfter } from '../../builders.ts';
import { testEdge } from '../../http-edge.ts';
import { world } from '../world.ts';

const FIRST = '2026-11-29T09:00:00.000Z';
let at: ReturnType<typeof world>;

const ask = async (path: string) => {
  const edge = testEdge({ clock: () => new Date(at.time.now) });
  const app = createHttpApp({ title: 'Retention', description: 'for these tests', edge });
  receiptsRoutes(app, { receipts: receiptStore(at.table.client, 't', 2557), edge });
  const answer = await app.request(path);
  const body = (await answer.json()) as { items: { callId: string }[]; nextCursor?: string; copies: unknown[] };
  return { status: answer.status, body };
};

beforeEach(async () => {
  at = world();
  // One deletion a day, over the end of a month.
  for (let i = 0; i < 5; i++) {
    await at.put(`call${i}`);
    at.time.now = daysAfter(FIRST, i);
    await deleteCall({ callId: `call${i}`, reason: 'expired' }, at.needs);
  }
});

describe('the receipts of a period', () => {
  const all = ['call0', 'call1', 'call2', 'call3', 'call4'];
  it('are listed in order, over months, page after page, each once', async () => {
    for (const [order, expected] of [
      ['oldest-first', all],
      ['newest-first', all.toReversed()],
    ] as const) {
      const seen: string[] = [];
      let cursor = '';
      do {
        const { body } = await ask(`/receipts?from=2026-11-01T00:00:00Z&order=${order}&limit=2${cursor}`);
        seen.push(...body.items.map((one) => one.callId));
        cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
      } while (cursor);
      expect(seen).toEqual(expected);
    }
  });

  it('begin with its first moment and end before its last', async () => {
    const { body } = await ask(`/receipts?from=${daysAfter(FIRST, 1)}&to=${daysAfter(FIRST, 3)}&order=oldest-first`);
    expect(body.items).toEqual([
      {
        ...{ callId: 'call1', reason: 'expired', rule: 'default', retentionClass: '30-days' },
        ...{ requestedAt: daysAfter(FIRST, 1), deletedAt: daysAfter(FIRST, 1) },
      },
      expect.objectContaining({ callId: 'call2' }),
    ]);
  });
});

describe('one receipt', () => {
  it('tells what there was, by its hashes, and by which rule it went', async () => {
    const { status, body } = await ask('/receipts/call2');
    expect(status).toBe(200);
    expect(body).toMatchObject({ callId: 'call2', retention: { retentionClass: '30-days', rule: 'default' } });
    expect(body.copies).toContainEqual(expect.objectContaining({ kind: 'recording', sha256: 'ab'.repeat(32) }));
    expect(JSON.stringify(body)).not.toMatch(/555-0100|c-1|support/);
  });

  it('is not there of a call that was not deleted', async () => {
    expect((await ask('/receipts/other')).status).toBe(404);
  });

  it('is kept as long as receipts are, and goes by itself', () => {
    const ttl = Math.ceil((Date.parse(daysAfter(FIRST, 2)) + 2557 * 86_400_000) / 1000);
    const items = [
      ...at.table.items('receipt#call2'),
      ...at.table.items('receipts#').filter((item) => item.callId === 'call2'),
    ];
    expect(items.length).toBeGreaterThan(10);
    expect(items.every((item) => item.ttl === ttl)).toBe(true);
  });
});
