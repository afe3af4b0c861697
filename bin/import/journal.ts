import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ManifestRow } from './manifest.ts';
import { messageOf } from './outcome.ts';
import type { FoundFile } from './walk.ts';

/** What was uploaded of a file, or found to be there. */
export interface JournalEntry {
  /** The S3 metadata of the call, as JSON. */
  readonly metadata: string;
  readonly sha256: string;
  readonly versionId: string | undefined;
}

/** A file that was left out or failed, and why. */
export interface Remark {
  readonly file: string;
  readonly reason: string;
}

/**
 * Where the journal of an import is kept by default: in the user's state directory, one for each target and directory.
 *
 * @param target what the files go to: bucket and prefix, and whatever else tells it from others
 */
export function journalFile(target: string, directory: string, environment = process.env): string {
  const { LOCALAPPDATA, XDG_STATE_HOME } = environment;
  const state = XDG_STATE_HOME || LOCALAPPDATA || join(homedir(), '.local', 'state');
  const hash = createHash('sha256')
    .update(JSON.stringify([target, directory]))
    .digest('hex');
  return join(state, 'verbatim', `import-${hash.slice(0, 16)}.sqlite`);
}

/**
 * Opens the journal of an import: what is done (kept from run to run), and, for this run, the manifest's rows and what
 * was skipped and failed. It is an SQLite file, so that neither has to fit into memory, and what was written survives
 * a crash. It belongs to one import at a time.
 *
 * @throws Error where another import has it open, or the file is no journal
 */
export function openJournal(file: string) {
  mkdirSync(dirname(file), { recursive: true });
  const database = open(file);
  const prepare = (sql: string) => database.prepare(sql);
  const isDone = prepare('select 1 from done where path = ? and size_bytes = ? and modified_ms = ? and metadata = ?');
  const setDone = prepare(
    'insert or replace into done (path, size_bytes, modified_ms, metadata, sha256, version_id) values (?, ?, ?, ?, ?, ?)',
  );
  const addRow = prepare('insert or ignore into manifest (file, line, metadata, problem) values (?, ?, ?, ?)');
  const lineOf = prepare('select line from manifest where file = ?');
  const addProblem = prepare('update manifest set problem = ? where file = ?');
  const takeRow = prepare('update manifest set taken = 1 where file = ? returning line, metadata, problem');
  const addRemark = prepare('insert into remarks (kind, file, reason) values (?, ?, ?)');

  return {
    /** Whether this file, unchanged, was uploaded with this metadata. */
    isDone: ({ path, sizeBytes, modifiedMs }: FoundFile, metadata: string): boolean =>
      isDone.get(path, sizeBytes, modifiedMs, metadata) !== undefined,

    /** Notes that a file is uploaded. */
    done({ path, sizeBytes, modifiedMs }: FoundFile, { metadata, sha256, versionId }: JournalEntry): void {
      setDone.run(path, sizeBytes, modifiedMs, metadata, sha256, versionId ?? null);
    },

    /** Keeps the manifest's row of a file; a second one makes both unusable. */
    addRow(file: string, { line, metadata, problem }: ManifestRow): void {
      const name = file.normalize('NFC');
      const { changes } = addRow.run(name, line, JSON.stringify(metadata), problem ?? null);
      if (changes === 0) {
        const first = lineOf.get(name)?.line;
        addProblem.run(`lines ${first} and ${line} of the manifest both name it`, name);
      }
    },

    /** The manifest's row of a file, if there is one, which is then no row without a file. */
    takeRow(path: string): ManifestRow | undefined {
      const row = takeRow.get(path.normalize('NFC'));
      if (row === undefined) return undefined;
      const problem = row.problem === null ? undefined : String(row.problem);
      return { line: Number(row.line), metadata: JSON.parse(String(row.metadata)), problem };
    },

    /** Notes that a file was skipped or failed. */
    remark(kind: 'skipped' | 'failed', { file, reason }: Remark): void {
      addRemark.run(kind, file, reason);
    },

    /** What was skipped or failed in this run, one by one. */
    *remarks(kind: 'skipped' | 'failed'): Generator<Remark> {
      for (const row of prepare('select file, reason from remarks where kind = ? order by reason, file').iterate(
        kind,
      )) {
        yield { file: String(row.file), reason: String(row.reason) };
      }
    },

    /** The reasons for which files were skipped or failed in this run, the most frequent first. */
    *reasons(kind: 'skipped' | 'failed'): Generator<{ reason: string; files: number; example: string }> {
      const sql =
        'select reason, count(*) as files, min(file) as example from remarks where kind = ? group by reason order by files desc, reason';
      for (const { reason, files, example } of prepare(sql).iterate(kind)) {
        yield { reason: String(reason), files: Number(files), example: String(example) };
      }
    },

    /** The manifest's rows whose file was not found in this run. */
    *rowsWithoutFile(): Generator<{ file: string; line: number }> {
      for (const { file, line } of prepare('select file, line from manifest where taken = 0 order by line').iterate()) {
        yield { file: String(file), line: Number(line) };
      }
    },

    /** Does `write` in one transaction. */
    async together(write: () => Promise<void>): Promise<void> {
      database.exec('begin');
      await write();
      database.exec('commit');
    },

    /** Lets others have the journal. */
    close: () => database.close(),
  };
}

/** What an import keeps track of itself with. */
export type Journal = ReturnType<typeof openJournal>;

function open(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  try {
    database.exec(`
      pragma locking_mode = exclusive;
      pragma journal_mode = wal;
      pragma synchronous = normal;
      create table if not exists done (
        path text primary key, size_bytes integer not null, modified_ms real not null,
        metadata text not null, sha256 text not null, version_id text
      ) strict, without rowid;
      begin immediate; commit;
      create temp table manifest (
        file text primary key, line integer not null, metadata text not null, problem text,
        taken integer not null default 0
      ) strict, without rowid;
      create temp table remarks (kind text not null, file text not null, reason text not null) strict;
    `);
    return database;
  } catch (error) {
    database.close();
    const locked = /locked/.test(messageOf(error));
    const why = locked ? 'another import of this directory runs' : `it is no journal: ${messageOf(error)}`;
    throw new Error(`the journal ${file} cannot be used: ${why}`, { cause: error });
  }
}
