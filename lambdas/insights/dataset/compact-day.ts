import { type Clock, DAY_MS, iso, MINUTE_MS, plusMs } from '../../platform/clock.ts';
import { type DatasetFiles, fileName, goneSince } from './dataset-files.ts';
import { type InsightsStore, REVISION_STEP, writerOf } from './insights-store.ts';
import { parquetFile, rowsOfParquet } from './parquet.ts';
import type { Row, TableName } from './tables.ts';

/** What compacting a day needs. */
export interface CompactDayNeeds {
  readonly store: Pick<InsightsStore, 'lease' | 'compacted'>;
  readonly files: DatasetFiles;
  readonly clock: Clock;
  /** An id that no other file has. */
  readonly newId: () => string;
}

/** What became of a day that was to be compacted: `busy` where somebody else does that. */
export interface CompactedDay {
  readonly day: string;
  readonly outcome: 'compacted' | 'as-before' | 'busy';
  readonly filesRead: number;
  readonly filesWritten: number;
}

/** Longer than a function can run. Source: Lambda Developer Guide, quotas: 15 minutes. */
const LEASE_MS = 16 * MINUTE_MS;

/**
 * So long it is told of what is gone: what was begun before it went, and is written late, does not come back. Messages of before are
 * read anew, whenever they come.
 */
const GONE_TOLD_MS = 7 * DAY_MS;

/** So many files are fetched at once: a day that is made anew has thousands of small ones. */
const AT_ONCE = 16;

/** Tables that belong together: by the rows of `main` those of the others are visible. */
interface Group {
  readonly main: TableName;
  readonly others: readonly TableName[];
  /** The column that names what a row is of. */
  readonly id: 'call_id' | 'dispute_id';
}

const groups: readonly Group[] = [
  { main: 'calls', others: ['moments', 'scores', 'phrases'], id: 'call_id' },
  { main: 'disputes', others: [], id: 'dispute_id' },
];

/** The highest revision of each call, or dispute, that is visible, and whether it is gone by it. */
type Current = Map<string, { revision: number; deleted: boolean }>;

/**
 * Puts the files of a day together: one for each table, with the rows that hold. What is deleted, and what was replaced, is not in any
 * file any more then.
 *
 * It may run beside those who write: what they wrote without having told it in `calls` yet stays as it is, and new files are not touched.
 * What it writes has a higher revision than what it read, so it takes the place of that at the moment at which its file of `calls` is
 * there: nobody reads a row twice, and where it breaks off before, nothing has changed.
 *
 * @throws Error where a file that it listed is gone: somebody else compacts the day
 */
export async function compactDay(day: string, needs: CompactDayNeeds): Promise<CompactedDay> {
  const { store, files, clock } = needs;
  const now = iso(clock());
  const lease = await store.lease(day, now, LEASE_MS);
  if (!lease) return { day, outcome: 'busy', filesRead: 0, filesWritten: 0 };
  // Between two revisions of writers there is room for so many: one an hour for fifty years.
  if (lease.turn >= REVISION_STEP / 2) throw new Error(`the day ${day} was compacted too often`);
  let filesRead = 0;
  let filesWritten = 0;
  const gone: string[] = [];
  for (const group of groups) {
    const done = await compactGroup(group, day, lease.turn, needs);
    filesRead += done.read;
    filesWritten += done.written;
    gone.push(...done.gone);
  }
  const isOver = (key: string): boolean => plusMs(goneSince(key) ?? now, GONE_TOLD_MS) <= now;
  const over = gone.filter(isOver);
  await files.remove(over);
  const [oldest] = gone
    .filter((key) => !isOver(key))
    .map((key) => goneSince(key) ?? now)
    .toSorted();
  await store.compacted(lease, oldest && plusMs(oldest, GONE_TOLD_MS), iso(clock()));
  return {
    day,
    outcome: filesWritten + filesRead + over.length > 0 ? 'compacted' : 'as-before',
    filesRead,
    filesWritten,
  };
}

async function compactGroup(
  { main, others, id }: Group,
  day: string,
  turn: number,
  { files, clock, newId }: CompactDayNeeds,
): Promise<{ read: number; written: number; gone: string[] }> {
  const idOf = (row: Row<TableName>): string => String((row as Readonly<Record<string, unknown>>)[id]);

  // What is told in `main` was written in the others before: what they list from here on has it.
  const mainKeys = await files.list(main, day);
  const gone = mainKeys.filter((key) => goneSince(key) !== undefined);
  const sources: { readonly table: TableName; readonly keys: readonly string[] }[] = [];
  for (const table of others) sources.push({ table, keys: await files.list(table, day) });
  sources.push({ table: main, keys: mainKeys.filter((key) => !gone.includes(key)) });

  async function* rowsIn(table: TableName, keys: readonly string[]): AsyncGenerator<Row<TableName>[]> {
    for (let first = 0; first < keys.length; first += AT_ONCE) {
      const some = keys.slice(first, first + AT_ONCE);
      for (const [i, file] of (await Promise.all(some.map(files.get))).entries()) {
        if (!file) throw new Error(`${some[i]} is gone: somebody else compacts the day`);
        yield* rowsOfParquet(table, file);
      }
    }
  }

  const current: Current = new Map();
  const told = new Set<string>();
  for await (const rows of rowsIn(main, mainKeys)) {
    for (const row of rows) {
      const [of, revision, deleted] = [idOf(row), Number(row.revision), row.deleted === true];
      if (!deleted) told.add(`${of} ${revision}`);
      if (revision > (current.get(of)?.revision ?? 0)) current.set(of, { revision, deleted });
    }
  }
  const there = [...current.values()].filter(({ deleted }) => !deleted).length;
  // Of what is gone, a batch that broke off may have left rows in any file: whether it did is seen only by reading them.
  const isAsBefore = gone.length === 0 && told.size === there && sources.every(({ keys }) => keys.length <= 1);
  if (isAsBefore) return { read: 0, written: 0, gone };

  /** A row as it stays; undefined where it does not. */
  const kept = (row: Row<TableName>): Row<TableName> | undefined => {
    const revision = Number(row.revision);
    const holds = current.get(idOf(row));
    // It is not told in `main` yet: who writes it is about to.
    if (!holds || writerOf(revision) > writerOf(holds.revision)) return row;
    if (revision !== holds.revision || holds.deleted) return undefined;
    return { ...row, revision: writerOf(revision) * REVISION_STEP + turn };
  };

  const name = fileName('rows', clock(), newId());
  let written = 0;
  for (const { table, keys } of sources) {
    const file = parquetFile(table);
    for await (const rows of rowsIn(table, keys)) file.add(rows.map(kept).filter((row) => row !== undefined));
    if (file.rowCount() === 0) continue;
    await files.put(table, day, name, file.finish());
    written += 1;
  }
  const read = sources.flatMap(({ keys }) => keys);
  await files.remove(read);
  return { read: read.length, written, gone };
}
