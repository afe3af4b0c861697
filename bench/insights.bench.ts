import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetFile, rowsOfParquet } from '../lambdas/insights/dataset/parquet.ts';
import type { TableName } from '../lambdas/insights/dataset/tables.ts';
import { ask, queries } from '../lambdas/insights/queries/queries.ts';
import type { Sql } from '../lambdas/insights/queries/sql.ts';
import { weekNamed } from '../lambdas/insights/report/iso-week.ts';
import { reportSections } from '../lambdas/insights/report/weekly-report.ts';
import { pythonEnvironment } from '../local/python.ts';
import { localDirectory } from '../local/stack.ts';
import type { Bench, Measurement } from './bench.ts';
import { type DuckDb, startDuckDb } from './duckdb.ts';
import { fileOf, makeTables, tableNames, writeDay } from './insights-dataset.ts';

const SIZES = [10_000, 1_000_000, 10_000_000];
/** So many days are a dataset's calls spread over. */
const DAYS = 100;
/** The week that is asked about. The days of no other weeks than it and the one before it are read, so those alone are made. */
const WEEK = weekNamed('2026-W42');
const MADE_DAYS = 14;
const SETTINGS = { minCell: 5 };

/**
 * Athena's price in us-east-1: 5 USD for each TB that is read, in whole MB, 10 MB for each query at least.
 * Source: https://aws.amazon.com/athena/pricing/ ("SQL queries", per query).
 */
const USD_PER_TB = 5;
const MB = 1e6;
const LEAST_MB = 10;
const costOf = (bytes: number): number => (Math.max(LEAST_MB, Math.ceil(bytes / MB)) * USD_PER_TB) / 1e6;

/** A table that a query reads, and which columns of it. A table that is read twice is there twice. */
interface Scan {
  readonly table: TableName;
  readonly columns: readonly string[];
}

/** What the queries of one name read. */
interface Asked {
  readonly name: string;
  readonly queries: readonly { readonly scans: readonly Scan[]; readonly from: string; readonly to: string }[];
}

interface Read {
  readonly rows: number;
  readonly bytes: number;
  readonly cost: number;
}

/** A node of a plan of DuckDB. */
interface PlanNode {
  readonly name: string;
  readonly extra_info: Readonly<Record<string, string | readonly string[]>>;
  readonly children: readonly PlanNode[];
}

const listOf = (info: string | readonly string[] | undefined): readonly string[] =>
  info === undefined ? [] : typeof info === 'string' ? [info] : info;

const isTable = (name: string): name is TableName => tableNames.some((table) => table === name);

function scansIn({ extra_info: info, children }: PlanNode): Scan[] {
  const below = children.flatMap(scansIn);
  const table =
    String(info.Table ?? '')
      .split('.')
      .at(-1) ?? '';
  if (!isTable(table)) return below;
  const filters = listOf(info.Filters).join(' ');
  const words = new Set([...listOf(info.Projections), ...(filters.match(/\w+/g) ?? [])]);
  // The day is in the name of the folder.
  words.delete('day');
  return [{ table, columns: [...words] }, ...below];
}

/**
 * What a query reads, as a planner has it that reads what it needs of a table for each place where it is named: so Athena does, whose WITH
 * is written out wherever it is used.
 *
 * @see https://trino.io/docs/current/sql/select.html#with-clause
 */
async function scansOf(duckdb: DuckDb, sql: Sql): Promise<Scan[]> {
  const inlined = sql.replaceAll(/^((?:WITH )?\w+ AS) \(/gm, '$1 NOT MATERIALIZED (');
  const [[, plan] = []] = await duckdb.ask(`EXPLAIN (FORMAT json) ${inlined}`);
  return (JSON.parse(String(plan)) as PlanNode[]).flatMap(scansIn);
}

async function questions(duckdb: DuckDb): Promise<Asked[]> {
  const asked = async (name: string, given: Readonly<Record<string, string>>) => {
    const { sql, parameters } = ask(name, given, SETTINGS);
    const days = [...sql.matchAll(/day BETWEEN '([\d-]+)' AND '([\d-]+)'/g)];
    const from = days.map(([, first = parameters.from]) => first).sort()[0] ?? parameters.from;
    return { scans: await scansOf(duckdb, sql), from, to: parameters.to };
  };
  const all: Asked[] = [];
  for (const { name } of queries) {
    const by = name === 'issues' ? 'all' : 'agent';
    all.push({ name, queries: [await asked(name, { from: WEEK.from, to: WEEK.to, by })] });
  }
  const report: Asked['queries'][number][] = [];
  for (const { query, parameters } of reportSections(WEEK).flatMap(({ parts }) => parts))
    report.push(await asked(query, parameters));
  return [...all, { name: `the weekly report, ${report.length} queries`, queries: report }];
}

/** How many rows each table has of each day, and how large the chunks of each of its columns are. */
async function sizesOf(duckdb: DuckDb, directory: string) {
  const sizes = new Map<string, number>();
  const chunks = await duckdb.ask(`
    SELECT regexp_extract(file_name, '(\\w+)/day=([\\d-]+)', 1), regexp_extract(file_name, 'day=([\\d-]+)', 1), path_in_schema,
      sum(total_compressed_size)::bigint, sum(row_group_num_rows)::bigint
    FROM parquet_metadata('${directory}/*/*/*.parquet') GROUP BY ALL`);
  for (const [table, day, column, bytes, rows] of chunks) {
    sizes.set(`${table} ${day} ${column}`, Number(bytes));
    sizes.set(`${table} ${day}`, Number(rows));
  }
  return sizes;
}

const madeDays = Array.from({ length: MADE_DAYS }, (_, i) =>
  new Date(Date.parse(WEEK.to) - (MADE_DAYS - 1 - i) * 86_400_000).toISOString().slice(0, 10),
);

function readOf({ queries }: Asked, sizes: ReadonlyMap<string, number>): Read {
  const each = queries.map(({ scans, from, to }) => {
    const days = madeDays.filter((day) => day >= from && day <= to);
    const sumOf = (keys: (table: string, columns: readonly string[], day: string) => string[]) =>
      scans
        .flatMap(({ table, columns }) => days.flatMap((day) => keys(table, columns, day)))
        .reduce((sum, key) => sum + (sizes.get(key) ?? 0), 0);
    const bytes = sumOf((table, columns, day) => columns.map((column) => `${table} ${day} ${column}`));
    return { rows: sumOf((table, _, day) => [`${table} ${day}`]), bytes, cost: costOf(bytes) };
  });
  const sum = (of: keyof Read) => each.reduce((sum, read) => sum + read[of], 0);
  return { rows: sum('rows'), bytes: sum('bytes'), cost: sum('cost') };
}

/** How large a day's files are that the dataset's own writer makes, against those of DuckDB with the same rows. */
async function writerRatio(directory: string, day: string): Promise<number> {
  let [own, duck] = [0, 0];
  for (const table of tableNames) {
    const file = fileOf(directory, table, day);
    const rewritten = parquetFile(table);
    for await (const rows of rowsOfParquet(table, await readFile(file))) rewritten.add(rows);
    own += rewritten.finish().byteLength;
    duck += (await stat(file)).size;
  }
  return own / duck;
}

const number = (value: number, digits = 0) => value.toLocaleString('en', { maximumFractionDigits: digits });
const callsText = (calls: number) => (calls < 1e6 ? `${calls / 1e3} k` : `${calls / 1e6} M`);

/** What each question reads of datasets of several sizes, counted in the footers of their files, and what that costs. */
export async function measureInsights(python: string, log: (line: string) => void): Promise<Measurement[]> {
  const duckdb = startDuckDb(python);
  const directory = await mkdtemp(join(tmpdir(), 'verbatim-bench-'));
  try {
    // What would be seen of the rows that are there, or be read once for two, is no matter: there are none.
    await duckdb.ask("SET disabled_optimizers = 'statistics_propagation,empty_result_pullup,common_subplan'");
    await makeTables(duckdb);
    const asked = await questions(duckdb);
    const found: { calls: number; reads: Read[] }[] = [];
    const besides: Measurement[] = [];
    for (const calls of SIZES) {
      log(`making ${MADE_DAYS} of ${DAYS} days of ${number(calls)} calls`);
      const own = join(directory, String(calls));
      for (const day of madeDays) await writeDay(duckdb, own, day, calls / DAYS);
      const sizes = await sizesOf(duckdb, own);
      found.push({ calls, reads: asked.map((one) => readOf(one, sizes)) });
      const [day = ''] = madeDays;
      if (calls === 1_000_000) {
        log('writing a day by the writer of the dataset');
        const ratio = await writerRatio(own, day);
        besides.push({
          what: 'bytes of the dataset’s own writer / of DuckDB’s',
          value: ratio.toFixed(2),
          note: 'same rows',
        });
      }
      await rm(own, { recursive: true });
    }
    return [
      ...asked.flatMap(({ name }, i) =>
        found.map(({ calls, reads }, size): Measurement => {
          const read = reads[i] ?? { rows: 0, bytes: 0, cost: 0 };
          const before = found[size - 1]?.reads[i];
          const times = before?.bytes ? `, × ${number(read.bytes / before.bytes, 1)} bytes` : '';
          return {
            what: `${name}, ${callsText(calls)} calls`,
            value: `${number(read.rows)} rows, ${number(read.bytes / MB, 2)} MB`,
            note: `${read.cost.toFixed(5)} USD${times}`,
          };
        }),
      ),
      ...besides,
    ];
  } finally {
    duckdb.stop();
    await rm(directory, { recursive: true });
  }
}

const bench: Bench = {
  name: 'insights',
  measure: async (log) => measureInsights(await pythonEnvironment(join(localDirectory, 'python'), log), log),
};
export default bench;
