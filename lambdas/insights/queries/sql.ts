import type { ColumnOf, TableName } from '../dataset/tables.ts';
import { addDays, type By, daysOf, type Parameters } from './parameters.ts';

/**
 * The SQL is what both Athena's engine 3 (Trino) and DuckDB understand, with the same meaning: whole numbers are not divided (Trino's quotient
 * is whole, that of DuckDB is not), nulls are put in their place explicitly, names of columns are in lower case, no function is approximate.
 */
export type Sql = string;

/**
 * A value as it is written in SQL: the one way in which a parameter gets there. Neither engine knows an escape in a literal but the
 * quote that is doubled.
 *
 * @throws {TypeError} for a number that is not finite
 */
export function literal(value: string | number): Sql {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (!Number.isFinite(value)) throw new TypeError(`${value} is no number that SQL has`);
  return Number.isSafeInteger(value) ? String(value) : value.toExponential();
}

/** A number as a double: of two of those, either engine tells the quotient with its fraction. */
export const double = (value: Sql): Sql => `CAST(${value} AS double)`;

/** 1 where something is true, 0 where it is not, null where it cannot be told. */
export const share = (condition: Sql): Sql =>
  `CASE WHEN ${condition} THEN 1.0E0 WHEN NOT (${condition}) THEN 0.0E0 END`;

/** A period as SQL has it: its first and its last day, as text. */
export interface SqlPeriod {
  readonly from: Sql;
  readonly to: Sql;
}

/** The period that is asked about, and the one before it. */
export interface SqlPeriods {
  readonly now: SqlPeriod;
  readonly before: SqlPeriod;
}

/** The periods of parameters. */
export function periodsOf({ from, to }: Pick<Parameters, 'from' | 'to'>): SqlPeriods {
  const days = daysOf({ from, to });
  return {
    now: { from: literal(from), to: literal(to) },
    before: { from: literal(addDays(from, -days)), to: literal(addDays(from, -1)) },
  };
}

/** Less a number of days, a date is one in Trino, but a time in DuckDB. */
const daysAgo = (days: number): Sql => `CAST(CAST(current_date - INTERVAL '${days}' DAY AS date) AS varchar)`;

/** The last so many days, whenever it is run: today is not of them. */
export const lastDays = (days: number): SqlPeriods => ({
  now: { from: daysAgo(days), to: daysAgo(1) },
  before: { from: daysAgo(2 * days), to: daysAgo(days + 1) },
});

/** That rows are of a period: partitions of other days are not read. */
export const within = ({ from, to }: SqlPeriod): Sql => `day BETWEEN ${from} AND ${to}`;

const firstDayOf = (unit: 'week' | 'month'): Sql =>
  `CAST(CAST(date_trunc('${unit}', CAST(day AS date)) AS date) AS varchar)`;

const groups = {
  all: "''",
  day: 'CAST(day AS varchar)',
  week: firstDayOf('week'),
  month: firstDayOf('month'),
  agent: "coalesce(agent_id, '')",
  team: "coalesce(team, '')",
  queue: "coalesce(queue, '')",
  source: "coalesce(source, '')",
} as const satisfies Record<By, Sql>;

/** What the group of a row is: text, empty where that is not known. */
export const groupOf = (by: By): Sql => groups[by];

const filterColumns = {
  agentId: 'agent_id',
  team: 'team',
  queue: 'queue',
  source: 'source',
  language: 'language',
  direction: 'direction',
} as const satisfies Partial<Record<keyof Parameters, ColumnOf<'calls'>>>;

const isFilter = (name: string): name is keyof typeof filterColumns => Object.hasOwn(filterColumns, name);

/** That a row is what the parameters ask for, but for its day. */
export function filtersOf(parameters: Parameters): Sql {
  const asked = Object.keys(filterColumns)
    .filter(isFilter)
    .map((name) => [filterColumns[name], parameters[name]] as const);
  return asked.map(([column, value]) => (value === undefined ? '' : ` AND ${column} = ${literal(value)}`)).join('');
}

/**
 * The calls of a period as they are now: of each that there is the row of its highest revision. A call that moved to another day is
 * deleted on the day of before.
 */
export const latestCalls = (period: SqlPeriod, parameters: Parameters): Sql => `
  SELECT *
  FROM (
    SELECT *, row_number() OVER (PARTITION BY day, call_id ORDER BY revision DESC) AS newness
    FROM calls
    WHERE ${within(period)}
  ) AS versions
  WHERE newness = 1 AND NOT coalesce(deleted, false)${filtersOf(parameters)}`;

/**
 * Rows of a table that tells of calls, each once. Which of them are of now is told by their revisions, see {@link sameCall}; but a
 * row that was written before its call was told in `calls`, while the files of the day were put together, may be there twice with one revision.
 */
export const distinctRows = <T extends TableName>(
  table: T,
  columns: readonly ColumnOf<T>[],
  period: SqlPeriod,
  condition?: Sql,
): Sql => `
  SELECT DISTINCT day, call_id, revision, ${columns.join(', ')}
  FROM ${table}
  WHERE ${within(period)}${condition ? ` AND ${condition}` : ''}`;

/** That the row `a` is of the call `b` as it is now. */
export const sameCall = (a: string, b: string): Sql =>
  `${a}.day = ${b}.day AND ${a}.call_id = ${b}.call_id AND ${a}.revision = ${b}.revision`;

/** A query of named parts, each of those before it, and what is asked of them. */
export const withParts = (parts: Readonly<Record<string, Sql>>, asked: Sql): Sql =>
  `WITH ${Object.entries(parts)
    .map(([name, part]) => `${name} AS (${part.trimEnd()}\n)`)
    .join(',\n')}\n${asked.trim()}\n`;
