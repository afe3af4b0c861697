import type { Key, Position, Progress } from './cursor.ts';

/** What one Query of one partition gave. */
export interface PartitionPage<T> {
  readonly items: readonly T[];
  /** Where the partition goes on; undefined at its end. */
  readonly lastKey: Key | undefined;
  /** The sort key to which the partition was read, where it goes on: behind its items, where some were left out. */
  readonly readTo?: string | undefined;
}

/** A listing over several partitions, each sorted in the same way. */
export interface Listing<T> {
  /** Partitions in order; those of one group are read side by side and merged. */
  readonly groups: readonly (readonly string[])[];
  /** Reads at most `limit` items of a partition, behind `after`. */
  readonly query: (partition: string, limit: number, after: Key | undefined) => Promise<PartitionPage<T>>;
  /** The sort key of an item. */
  readonly sortKey: (item: T) => string;
  /** The key of an item in the index that is read. */
  readonly keyOf: (item: T) => Key;
  readonly order: 'oldest-first' | 'newest-first';
  /** A group that is not at its end is not read on for the same page. @default false */
  readonly readsOnce?: boolean;
}

/** So many groups are looked into for one page at the most: a page may be short, or empty, and still have a next one. */
const MAX_GROUPS_PER_PAGE = 12;

/**
 * The next page of a listing: every item exactly once and in order, if each page is asked for with the position that
 * the page before gave.
 *
 * @returns the items, and the next position; none at the end
 */
export async function mergePages<T>(
  listing: Listing<T>,
  limit: number,
  from: Position | undefined,
): Promise<{ items: T[]; next: Position | undefined }> {
  const items: T[] = [];
  let position = from ?? startOf(listing, 0);
  for (let visited = 0; visited < MAX_GROUPS_PER_PAGE; visited++) {
    const taken = await takeFromGroup(listing, position, limit - items.length);
    items.push(...taken.items);
    position = taken.position;
    if (position.progress.every((one) => one === 'end')) {
      if (position.group + 1 >= listing.groups.length) return { items, next: undefined };
      position = startOf(listing, position.group + 1);
    } else if (listing.readsOnce) break;
    if (items.length >= limit) break;
    // A group that is not at its end and did not fill the page is read on before the next one.
  }
  return { items, next: position };
}

const startOf = <T>(listing: Listing<T>, group: number): Position => ({
  group,
  progress: (listing.groups[group] ?? []).map(() => 'start' as const),
});

interface Head<T> {
  readonly progress: Progress;
  readonly waiting: T[];
  readonly lastKey: Key | undefined;
  readonly readTo: string | undefined;
  readonly ended: boolean;
}

async function takeFromGroup<T>(
  { groups, query, sortKey, keyOf, order }: Listing<T>,
  { group, progress }: Position,
  limit: number,
): Promise<{ items: T[]; position: Position }> {
  const heads: Head<T>[] = await Promise.all(
    (groups[group] ?? []).map(async (partition, i) => {
      const before = progress[i] ?? 'start';
      if (before === 'end')
        return { progress: before, waiting: [], lastKey: undefined, readTo: undefined, ended: true };
      const { items, lastKey, readTo } = await query(partition, limit, before === 'start' ? undefined : before);
      return { progress: before, waiting: [...items], lastKey, readTo, ended: lastKey === undefined };
    }),
  );
  const reached = heads.map((head) => head.progress);
  const isBefore = (a: string, b: string) => (order === 'oldest-first' ? a < b : a > b);
  const items: T[] = [];
  while (items.length < limit) {
    let first = -1;
    heads.forEach((head, i) => {
      const best = heads[first]?.waiting[0];
      const own = head.waiting[0];
      if (own !== undefined && (best === undefined || isBefore(sortKey(own), sortKey(best)))) first = i;
    });
    const item = heads[first]?.waiting[0];
    if (item === undefined) break;
    // A partition whose page is used up may go on with the very next item: what is behind what was read is not known yet.
    const mayPrecede = ({ waiting, ended, readTo }: Head<T>) =>
      waiting.length === 0 && !ended && (readTo === undefined || isBefore(readTo, sortKey(item)));
    if (heads.some(mayPrecede)) break;
    heads[first]?.waiting.shift();
    items.push(item);
    reached[first] = keyOf(item);
  }
  const after = heads.map((head, i): Progress => {
    if (head.waiting.length > 0) return reached[i] ?? 'start';
    return head.lastKey ?? 'end';
  });
  return { items, position: { group, progress: after } };
}
