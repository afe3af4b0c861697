import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { dayPrefix, type TableName, tables } from '../lambdas/insights/dataset/tables.ts';
import type { DuckDb } from './duckdb.ts';

/** A number from 0 to 1 that looks random: the same for the same call and the same salt. */
const random = (salt: string, of = 'i') => `(hash(${of}, '${salt}') % 1000003 / 1000003.0)`;
const below = (n: number, salt: string, of?: string) => `CAST(floor(${n} * ${random(salt, of)}) AS bigint)`;
const oneOf = (n: number, prefix: string, salt: string) => `'${prefix}' || ${below(n, salt)}`;
const tenth = (value: string) => `round(${value}, 1)`;

/**
 * The columns that every row of a call has, for calls of a day. 200 agents in 20 teams.
 * An id is 26 characters that tell nothing of each other: they make up most of what is read.
 */
const callColumns = (day: string) => `
  substr(md5('${day}' || i), 1, 26) AS call_id, 1 AS revision, false AS deleted,
  TIMESTAMP '${day} 00:00:00' + to_seconds(${below(86_400, 'time')}) AS started_at,
  'agent-' || ${below(200, 'agent')} AS agent_id, 'team-' || ${below(200, 'agent')} // 10 AS team,
  ${oneOf(8, 'queue-', 'queue')} AS queue, ${oneOf(3, 'source-', 'source')} AS source`;

/** The rows of each table for `calls` calls of a day. */
const rowsOf = (day: string, calls: number): Record<TableName, string> => {
  const ofCalls = `(SELECT i, ${callColumns(day)} FROM range(${calls}) AS calls(i))`;
  const many = (most: string, name: string) => `${ofCalls} AS c, LATERAL (SELECT unnest(range(${most})) AS ${name})`;
  return {
    calls: `SELECT *, CASE WHEN ${random('in')} < 0.7 THEN 'inbound' ELSE 'outbound' END AS direction, 'en-US' AS language,
      ${tenth(`30 + 900 * power(${random('length')}, 3)`)} AS duration_seconds,
      ${tenth(`12 + 400 * power(${random('length')}, 3)`)} AS agent_talk_seconds,
      ${tenth(`10 + 350 * power(${random('length')}, 3)`)} AS customer_talk_seconds,
      ${tenth(`100 * ${random('silence')}`)} AS silence_seconds, ${tenth(`30 * ${random('longest')}`)} AS longest_silence_seconds,
      ${below(4, 'agent-cuts')} AS agent_interruptions, ${below(6, 'customer-cuts')} AS customer_interruptions,
      ${tenth(`-1 + 5 * ${random('agent-mood')}`)} AS agent_sentiment,
      ${tenth(`-5 + 10 * ${random('mood')}`)} AS customer_sentiment, '1' AS rulebook_version
      FROM ${ofCalls}`,
    moments: `SELECT c.*, ${oneOf(12, 'tag-', 'tag').replaceAll('(i,', '(i + n * 7919,')} AS tag,
      ${below(300_000, 'start', 'i + n')} AS start_ms, ${below(300_000, 'start', 'i + n')} + 2500 AS end_ms, 'AGENT' AS speaker,
      CASE WHEN ${random('money', 'i + n')} < 0.1 THEN CAST(5 * ${below(20, 'amount', 'i + n')} AS double) END AS amount,
      CASE WHEN ${random('money', 'i + n')} < 0.1 THEN 'USD' END AS currency
      FROM ${many(below(5, 'moments'), 'n')}`,
    // Of every call an automatic form with 8 criteria, and a review of one of 50.
    scores: `SELECT c.*, CASE WHEN n < 9 THEN 'automatic' ELSE 'review' END AS scored_by,
      CASE WHEN n >= 9 THEN md5('review' || i) END AS review_id, CASE WHEN n >= 9 THEN 'submitted' END AS review_state,
      'service' AS scorecard, '1' AS scorecard_version,
      CASE WHEN n % 9 = 0 THEN ${tenth(`100 * ${random('score', 'i + n')}`)} END AS percent,
      CASE WHEN n % 9 = 0 THEN ${random('score', 'i + n')} > 0.3 END AS passed, CASE WHEN n % 9 = 0 THEN false END AS failed,
      CASE WHEN n % 9 > 0 THEN 'criterion-' || (n % 9) END AS criterion,
      CASE WHEN n % 9 > 0 THEN ${below(3, 'share', 'i + n')} / 2.0 END AS share
      FROM ${many(`CASE WHEN ${random('review')} < 0.02 THEN 18 ELSE 9 END`, 'n')}`,
    disputes: `SELECT md5('dispute' || call_id) AS dispute_id, * EXCLUDE (i), 'credit' AS topic, 'decided' AS state, 'upheld' AS outcome,
      started_at AS opened_at, started_at + INTERVAL 2 DAY AS decided_at
      FROM ${ofCalls} WHERE ${random('dispute')} < 0.002`,
    // Some are said often, most of them seldom: 60 in a call, of 50,000.
    phrases: `SELECT c.*, 'phrase number ' || CAST(floor(50000 * power(${random('phrase', 'i * 101 + n')}, 4)) AS bigint) AS phrase, 1 AS times
      FROM ${many(below(120, 'phrases'), 'n')}`,
  };
};

/** How DuckDB names the types of columns. */
const types = {
  ...{ string: 'varchar', boolean: 'boolean', int: 'integer', bigint: 'bigint', double: 'double' },
  timestamp: 'timestamp_ms',
} as const;

/** The columns of a table in the order of the dataset, each with its type. */
const columnsOf = (table: TableName, written: (name: string, type: string) => string): string =>
  tables[table].map(({ name, type }) => written(name, types[type])).join(', ');

/** The names of the tables. */
export const tableNames = Object.keys(tables) as TableName[];

/** The file of a table and a day below a directory. */
export const fileOf = (directory: string, table: TableName, day: string): string =>
  join(directory, dayPrefix(table, day), 'rows.parquet');

/** Writes `calls` calls of a day as compacted files: one for each table, in row groups as large as those of the dataset. */
export async function writeDay(duckdb: DuckDb, directory: string, day: string, calls: number): Promise<void> {
  for (const [table, rows] of Object.entries(rowsOf(day, calls)) as [TableName, string][]) {
    const file = fileOf(directory, table, day);
    await mkdir(dirname(file), { recursive: true });
    const columns = columnsOf(table, (name, type) => `CAST(${name} AS ${type}) AS ${name}`);
    await duckdb.ask(
      `COPY (SELECT ${columns} FROM (${rows})) TO '${file}' (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 51200)`,
    );
  }
}

/** Makes the tables, with a few rows that tell a planner nothing: queries of them can be explained. */
export async function makeTables(duckdb: DuckDb): Promise<void> {
  for (const table of tableNames)
    await duckdb.ask(`CREATE TABLE ${table} (${columnsOf(table, (name, type) => `${name} ${type}`)}, day varchar)`);
}
