import { type Clock, iso } from '../../platform/clock.ts';
import { type DatasetFiles, type FileKind, fileName } from './dataset-files.ts';
import type { DatasetRequest } from './dataset-messages.ts';
import type { InsightsStore, SubjectOfRows } from './insights-store.ts';
import { parquetOf } from './parquet.ts';
import { type KnownDispute, type RowsSources, readCall, readDispute } from './read-rows.ts';
import { dayOfCall, type KnownCall, type RowsOfCall, rowsOfCall, tombstoneOfCall } from './rows-of-call.ts';
import { dayOfDispute, rowsOfDispute, tombstoneOfDispute } from './rows-of-dispute.ts';
import type { CallRows, Row, TableName } from './tables.ts';

/** What writing a batch needs. */
export interface WriteBatchNeeds {
  readonly store: Pick<InsightsStore, 'begin' | 'noteDay' | 'noteDispute' | 'expire' | 'markDay'>;
  readonly sources: RowsSources;
  readonly files: Pick<DatasetFiles, 'put'>;
  readonly clock: Clock;
  /** An id that no other file has. */
  readonly newId: () => string;
  /** Asks for rows that are to be written anew after these. */
  readonly send: (messages: readonly DatasetRequest[]) => Promise<void>;
}

/** Whose rows are to be written as they are now. */
export interface Batch {
  readonly callIds: readonly string[];
  readonly disputeIds: readonly string[];
}

/** What became of a batch. */
export interface WrittenBatch {
  /** The files that were written. */
  readonly files: number;
  /** Those whose rows could not be made, or written in one of their days, with why: all the others are written. */
  readonly failed: ReadonlyMap<string, unknown>;
}

/** So many calls are read, or days are written, at once. */
const AT_ONCE = 16;

/** So often is begun anew where others write the rows of the same call at the same time, in a day that it was not in. */
const TRIES = 5;

/** The order in which the files of a day are written: what the rows of `calls` make visible is there before them. */
const ORDER = ['moments', 'scores', 'phrases', 'disputes', 'calls'] as const satisfies readonly TableName[];

/** The rows of one call, or dispute, in one day. */
interface RowsOfDay {
  /** Of the call, or the dispute. */
  readonly id: string;
  readonly day: string;
  readonly rows: Partial<CallRows>;
  /** Whether they leave out what is gone, and may be in files of before: the day is to be compacted at once. */
  readonly tellGone: boolean;
}

/**
 * Writes the rows of calls and disputes as they are now, each once: one file for each table and day, and one of what is gone. Whatever
 * asks for them, however often and in whatever order, the rows of the highest revision of each are those of its newest state.
 */
export async function writeBatch({ callIds, disputeIds }: Batch, needs: WriteBatchNeeds): Promise<WrittenBatch> {
  const wanted = [
    ...[...new Set(callIds)].map((id) => ({ id, make: () => rowsNow(id, callKind, needs) })),
    ...[...new Set(disputeIds)].map((id) => ({ id, make: () => rowsNow(id, disputeKind, needs) })),
  ];
  const failed = new Map<string, unknown>();
  const made: RowsOfDay[] = [];
  await someAtOnce(wanted, async ({ id, make }) => {
    try {
      made.push(...(await make()));
    } catch (error) {
      failed.set(id, error);
    }
  });
  let files = 0;
  await someAtOnce([...Map.groupBy(made, ({ day }) => day)], async ([day, ofDay]) => {
    try {
      const written = await writeDay(day, ofDay, needs);
      files += written;
    } catch (error) {
      for (const { id } of ofDay) failed.set(id, error);
    }
  });
  return { files, failed };
}

/** Does some work for all, {@link AT_ONCE} at a time. */
async function someAtOnce<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  for (let first = 0; first < all.length; first += AT_ONCE) {
    await Promise.all(all.slice(first, first + AT_ONCE).map(work));
  }
}

/** How the rows of calls, and of disputes, are made. */
interface KindOfRows<K> {
  readonly of: SubjectOfRows;
  readonly read: (id: string, needs: WriteBatchNeeds) => Promise<K | 'gone' | 'later'>;
  readonly dayOf: (known: K) => string;
  /** Whether something of which its rows told may be gone. */
  readonly lost: (known: K) => boolean;
  readonly rowsOf: (known: K, revision: number) => Partial<CallRows>;
  readonly tombstone: (id: string, revision: number) => Partial<CallRows>;
}

const callKind: KindOfRows<KnownCall> = {
  of: 'call',
  read: (id, { sources }) => readCall(id, sources),
  dayOf: ({ call }) => dayOfCall(call),
  lost: () => false,
  rowsOf: (known, revision): RowsOfCall => rowsOfCall(known, revision),
  tombstone: tombstoneOfCall,
};

const disputeKind: KindOfRows<KnownDispute> = {
  of: 'dispute',
  read: (id, { sources, store }) => readDispute(id, sources, (callId) => store.noteDispute(callId, id)),
  dayOf: ({ dispute }) => dayOfDispute(dispute),
  lost: ({ dispute, calls }) => dispute.calls.some(({ callId }) => !calls.has(callId)),
  rowsOf: ({ dispute, calls }, revision) => ({ disputes: rowsOfDispute(dispute, calls, revision) }),
  tombstone: (id, revision) => ({ disputes: tombstoneOfDispute(id, revision) }),
};

/**
 * The rows of a call, or dispute, as it is now, in each of its days: in a day that it has left, and in all of them where it is gone, what
 * tells that. Of a call that is gone, the rows of its disputes are asked for: they must not tell of it any more.
 */
async function rowsNow<K>(
  id: string,
  { of, read, dayOf, lost, rowsOf, tombstone }: KindOfRows<K>,
  needs: WriteBatchNeeds,
): Promise<RowsOfDay[]> {
  const { store, clock, send } = needs;
  const goneFrom = (day: string, revision: number): RowsOfDay => ({
    ...{ id, day, rows: tombstone(id, revision), tellGone: true },
  });
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const begun = await store.begin(of, id);
    const { revision, days, disputes } = begun;
    const known = await read(id, needs);
    if (known === 'later') return [];
    if (known === 'gone') {
      await store.expire(of, id, iso(clock()));
      if (disputes.length > 0) await send(disputes.map((disputeId) => ({ kind: 'dispute', disputeId })));
      return days.map((day) => goneFrom(day, revision));
    }
    const day = dayOf(known);
    const now = days.includes(day) ? begun : await store.noteDay(of, id, day);
    // Who began since did not know of this day, and may have found the call to be gone from it.
    if (now.revision !== revision) continue;
    const left = now.days.filter((one) => one !== day);
    return [
      { id, day, rows: rowsOf(known, revision), tellGone: lost(known) },
      // Below the revision of the rows, which hold wherever both are read.
      ...left.map((one) => goneFrom(one, revision - 1)),
    ];
  }
  throw new Error(`the rows of the ${of} ${id} are written by others again and again: it is tried later`);
}

const isDeleted = (row: { readonly deleted?: unknown }): boolean => row.deleted === true;

/** Writes the files of a day; returns how many. */
async function writeDay(
  day: string,
  ofDay: readonly RowsOfDay[],
  { store, files, clock, newId }: WriteBatchNeeds,
): Promise<number> {
  const rowsOf = <T extends TableName>(table: T): Row<T>[] => ofDay.flatMap(({ rows }) => rows[table] ?? []);
  const now = clock();
  const id = newId();
  let written = 0;
  const put = async (table: TableName, kind: FileKind, rows: readonly Row<TableName>[]) => {
    if (rows.length === 0) return;
    await files.put(table, day, fileName(kind, now, id), parquetOf(table, rows));
    written += 1;
  };
  for (const table of ORDER) {
    const rows: Row<TableName>[] = rowsOf(table);
    await put(
      table,
      'rows',
      rows.filter((row) => !isDeleted(row)),
    );
    await put(table, 'gone', rows.filter(isDeleted));
  }
  // Behind the files: a compaction that ends in between has not seen all of them, and the day must wait for the next one.
  await store.markDay(
    day,
    ofDay.some(({ tellGone }) => tellGone),
    iso(now),
  );
  return written;
}
