import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Page, PageRequest, Position } from '../../../lambdas/platform/cursor.ts';
import { ListQuery, pagedLists } from '../../../lambdas/platform/listing.ts';
import { sealBy } from '../../../lambdas/platform/seal.ts';

const NOW = '2026-10-14T12:00:00.000Z';
const sealWith = (of: number) => sealBy(async () => new Uint8Array(32).fill(of));
const listPage = pagedLists(sealWith(1), () => new Date(NOW));

const CUSTOMER = '+1 555 0100';
const OF = ['customerId', CUSTOMER];
const position: Position = {
  group: 0,
  progress: [{ subject: 'call#1', part: 'call', customerId: CUSTOMER, startedAt: NOW }],
};

/** A list that never ends, and what it was asked. */
function endless() {
  const asked: PageRequest[] = [];
  const list = async (request: PageRequest): Promise<Page<string>> => {
    asked.push(request);
    return { items: ['one'], next: position };
  };
  return { asked, list };
}

const query = (given: Partial<Record<keyof ListQuery, string>> = {}) => ListQuery.parse(given);
const refused = expect.objectContaining({ kind: 'bad-request', message: expect.stringMatching(/^cursor: /) });

async function cursorOf(of = OF, given: Parameters<typeof query>[0] = {}): Promise<string> {
  const { nextCursor = '' } = await listPage(of, query(given), endless().list);
  return nextCursor;
}

describe('the cursor of a list', () => {
  it('goes on where the page ended, in the period and order of the first page', async () => {
    const { asked, list } = endless();
    const cursor = await cursorOf(OF, { order: 'oldest-first' });
    const later = pagedLists(sealWith(1), () => new Date('2026-12-24T00:00:00.000Z'));
    await later(OF, query({ cursor, limit: '7' }), list);
    expect(asked).toMatchObject([
      {
        ...{ from: '2025-10-14T12:00:00.000Z', to: '2026-10-15T12:00:00.000Z', order: 'oldest-first' },
        ...{ limit: 7, position },
      },
    ]);
  });

  it('names no customer, and no call, in any encoding', async () => {
    const cursor = await cursorOf();
    const texts = (['base64url', 'hex', 'latin1'] as const).map((one) => Buffer.from(cursor, one).toString('latin1'));
    for (const text of [cursor, ...texts]) expect(text).not.toMatch(/555 0100|customerId|startedAt/);
  });

  it.each<[string, string[], Parameters<typeof query>[0]]>([
    ['another customer', ['customerId', '+1 555 0101'], {}],
    ['another question', ['agentId', CUSTOMER], {}],
    ['another begin', OF, { from: '2026-01-02T00:00:00Z' }],
    ['another end', OF, { to: '2026-02-02T00:00:00Z' }],
    ['the other order', OF, { order: 'oldest-first' }],
  ])('does not go on with %s', async (_, of, given) => {
    const cursor = await cursorOf();
    const { asked, list } = endless();
    await expect(listPage(of, query({ ...given, cursor }), list)).rejects.toEqual(refused);
    expect(asked).toEqual([]);
  });

  it('is refused where it is another deployment’s, or nobody’s: an empty one, too', async () => {
    const theirs = pagedLists(sealWith(2), () => new Date(NOW));
    const { nextCursor = '' } = await theirs(OF, query(), endless().list);
    const forged = Buffer.from(JSON.stringify({ of: 'x', from: NOW, to: NOW, order: 'newest-first', position }));
    for (const cursor of [nextCursor, forged.toString('base64url'), 'next', ''])
      await expect(listPage(OF, query({ cursor }), endless().list)).rejects.toEqual(refused);
  });

  it('is refused where any part of it was altered', async () => {
    const cursor = await cursorOf();
    const letter = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_');
    await fc.assert(
      fc.asyncProperty(fc.nat(cursor.length - 1), letter, async (at, one) => {
        fc.pre(cursor[at] !== one);
        const altered = cursor.slice(0, at) + one + cursor.slice(at + 1);
        await expect(listPage(OF, query({ cursor: altered }), endless().list)).rejects.toEqual(refused);
      }),
    );
  });
});

it('a list that is at its end has no cursor', async () => {
  const answer = await listPage(OF, query(), async () => ({ items: [1], next: undefined, looked: 3 }));
  expect(answer).toEqual({ items: [1], looked: 3 });
});

it('a period that ends before it begins is refused', async () => {
  const asked = query({ from: '2026-10-02T00:00:00Z', to: '2026-10-01T00:00:00Z' });
  await expect(listPage(OF, asked, endless().list)).rejects.toMatchObject({ kind: 'bad-request' });
});
