import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Position } from '../../../lambdas/platform/cursor.ts';
import { type Listing, mergePages } from '../../../lambdas/platform/merge-pages.ts';

interface Item {
  readonly id: string;
  readonly at: string;
}
const keyOf = ({ id, at }: Item) => ({ id, at });
const timeOf = (group: number, within: number) => `${String(group).padStart(3, '0')}.${within}`;

/** A listing that holds `groups`, whose queries give no more than `pageSize` items, as a partition's pages do. */
function listingOf(groups: readonly (readonly (readonly Item[])[])[], order: Listing<Item>['order'], pageSize: number) {
  const sign = order === 'oldest-first' ? 1 : -1;
  const names = groups.map((partitions, group) => partitions.map((_, i) => `${group}#${i}`));
  const itemsOf = new Map<string, Item[]>(
    groups.flatMap((partitions, group) =>
      partitions.map(
        (items, i) => [`${group}#${i}`, items.toSorted((a, b) => sign * (a.at + a.id < b.at + b.id ? -1 : 1))] as const,
      ),
    ),
  );
  const queries: string[] = [];
  const listing: Listing<Item> = {
    groups: order === 'oldest-first' ? names : names.toReversed(),
    order,
    sortKey: (item) => item.at,
    keyOf,
    async query(partition, limit, after) {
      queries.push(partition);
      const all = itemsOf.get(partition) ?? [];
      const begin = after === undefined ? 0 : all.findIndex((item) => item.id === after.id && item.at === after.at) + 1;
      const items = all.slice(begin, begin + Math.min(limit, pageSize));
      const last = items.at(-1);
      // DynamoDB gives a key to go on from whenever it stopped at a limit, also where nothing follows.
      const stopped = items.length === Math.min(limit, pageSize);
      return { items, lastKey: last && stopped ? keyOf(last) : undefined };
    },
  };
  return { listing, queries };
}

/** Every page, each asked for with the position that the page before gave, as it comes back from a cursor. */
async function follow(listing: Listing<Item>, limits: readonly number[]) {
  const pages: Item[][] = [];
  let position: Position | undefined;
  do {
    const limit = limits[pages.length % limits.length] ?? 1;
    const { items, next } = await mergePages(listing, limit, position);
    expect(items.length).toBeLessThanOrEqual(limit);
    pages.push(items);
    position = next && JSON.parse(JSON.stringify(next));
    if (pages.length > 1000) throw new Error('the listing has no end');
  } while (position);
  return pages;
}

const order = fc.constantFrom('oldest-first', 'newest-first');
const groups = fc
  .array(fc.array(fc.array(fc.nat(9), { maxLength: 12 }), { minLength: 1, maxLength: 4 }), { maxLength: 16 })
  .map((all) =>
    all.map((partitions, group) =>
      partitions.map((times, i) => times.map((within, n) => ({ id: `${group}-${i}-${n}`, at: timeOf(group, within) }))),
    ),
  );

test('following the positions gives every item exactly once and in order, however it is cut into pages', async () => {
  const limits = fc.array(fc.integer({ min: 1, max: 15 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(groups, order, limits, fc.integer({ min: 1, max: 6 }), async (all, asked, sizes, pageSize) => {
      const found = (await follow(listingOf(all, asked, pageSize).listing, sizes)).flat();
      const times = found.map((item) => item.at);
      const inOrder = times.toSorted();
      expect(times).toEqual(asked === 'oldest-first' ? inOrder : inOrder.toReversed());
      expect(found.map((item) => item.id).toSorted()).toEqual(
        all
          .flat(2)
          .map((item) => item.id)
          .toSorted(),
      );
    }),
    { numRuns: 300 },
  );
});

test('a page that is full at once does not look into the groups behind it', async () => {
  const month = (group: number) => [[0, 1, 2].map((n) => ({ id: `${group}-${n}`, at: timeOf(group, n) }))];
  const { listing, queries } = listingOf([month(0), month(1), month(2)], 'oldest-first', 100);
  await mergePages(listing, 2, undefined);
  expect(queries).toEqual(['0#0']);
});

test('a page over many empty groups is short, and goes on', async () => {
  const empty = Array.from({ length: 100 }, () => [[]]);
  const { listing, queries } = listingOf([...empty, [[{ id: 'last', at: timeOf(100, 0) }]]], 'oldest-first', 100);
  const { items, next } = await mergePages(listing, 10, undefined);
  expect(items).toEqual([]);
  expect(next).toBeDefined();
  expect(queries.length).toBeLessThan(20);
  expect((await follow(listing, [10])).flat().map((item) => item.id)).toEqual(['last']);
});
