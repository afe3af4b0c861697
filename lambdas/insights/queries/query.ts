import type * as z from 'zod';
import { VerbatimError } from '../../platform/errors.ts';
import { type Answer, type Columns, MAX_ROWS, type QuerySettings } from './answer.ts';
import { agentColumns, groupColumns, type Measure, type ResultRow, rankColumns } from './measure.ts';
import type { Parameters } from './parameters.ts';
import { periodsOf, type Sql, type SqlPeriods, withParts } from './sql.ts';

/** One of the fixed questions. */
export interface QueryDefinition<P extends Parameters> {
  /** In lower case, with hyphens. */
  readonly name: string;
  readonly title: string;
  /** What it answers, in a sentence or two. */
  readonly description: string;
  /** What each row is of, in the plural: calls, disputes. */
  readonly of: string;
  readonly parameters: z.ZodType<P>;
  readonly columns: Columns;
  /** The text of the query. `parameters` are in it as literals. */
  sql(parameters: P, periods: SqlPeriods, settings: QuerySettings): Sql;
  shape(rows: readonly ResultRow[], parameters: P, settings: QuerySettings): Answer;
}

/** A question with its parameters: what is run, and what its results mean. */
export interface Question {
  readonly query: string;
  /** With what was not given: asked again with them, it is the same question. */
  readonly parameters: Parameters;
  readonly sql: Sql;
  /** @param rows all rows of the results but that of the names of the columns */
  shape(rows: readonly ResultRow[]): Answer;
}

/** A query, whatever its parameters. */
export interface Query extends Omit<QueryDefinition<Parameters>, 'sql' | 'shape'> {
  /**
   * The question that is asked with parameters as they come.
   *
   * @throws {VerbatimError} `bad-request`, with the fields that are wrong
   */
  ask(given: unknown, settings: QuerySettings): Question;
  /** The text for periods that are reckoned when it is run. */
  sqlFor(periods: SqlPeriods, given: Readonly<Record<string, unknown>>, settings: QuerySettings): Sql;
}

function parse<P>(parameters: z.ZodType<P>, given: unknown): P {
  const parsed = parameters.safeParse(given);
  if (parsed.success) return parsed.data;
  const message = parsed.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '));
  throw new VerbatimError('bad-request', message.join('; '));
}

/** Any day, where the period does not come from the parameters. */
const ANY_DAY = { from: '2000-01-01', to: '2000-01-01' };

/** A query of a definition. */
export function query<P extends Parameters>(definition: QueryDefinition<P>): Query {
  const { sql, shape, ...told } = definition;
  return {
    ...told,
    ask(given, settings) {
      const parameters = parse(definition.parameters, given);
      return {
        ...{ query: definition.name, parameters },
        sql: sql(parameters, periodsOf(parameters), settings),
        shape: (rows) => shape(rows, parameters, settings),
      };
    },
    sqlFor: (periods, given, settings) =>
      sql(parse(definition.parameters, { ...given, ...ANY_DAY }), periods, settings),
  };
}

/** A column that counts rows of which something is true. */
export interface Count {
  readonly name: string;
  readonly where: Sql;
}

/** What the rows that are measured are of. */
export interface Facts {
  /** The parts of the query that come before. */
  readonly parts: Readonly<Record<string, Sql>>;
  /** What they are selected from, each fact once: `FROM …`, with all its conditions. */
  readonly from: Sql;
  /** The group, see `groupOf`. */
  readonly group: Sql;
  /** What is the same agent, of whom values are like each other. */
  readonly agent: Sql;
  /** What is counted: each call is once in a group, however many rows it has. */
  readonly id: Sql;
  /** Names of columns by which groups are told apart further, and what they are. */
  readonly labels?: Readonly<Record<string, Sql>>;
  readonly counts?: readonly Count[];
  readonly measures: readonly Measure[];
}

/**
 * The text that tells of each group how many calls it has, its counts, and what is needed to tell its measures. The facts are read once:
 * first they are summed up for each agent in a group, then over those.
 */
export function measuredSql({ parts, from, group, agent, id, labels = {}, counts = [], measures }: Facts): Sql {
  const names = Object.keys(labels);
  const keys = ['grp', ...names].join(', ');
  const facts = [
    `${group} AS grp`,
    ...names.map((name) => `${labels[name]} AS ${name}`),
    `${agent} AS agent`,
    `${id} AS id`,
    ...counts.map(({ name, where }) => `CASE WHEN ${where} THEN 1 ELSE 0 END AS ${name}`),
    ...measures.map(({ name, of }) => `${of} AS ${name}`),
  ];
  const ranks = measures.flatMap((measure) => rankColumns(measure, keys));
  const sumOf = ({ name }: Count) => `sum(${name}) AS ${name}`;
  const list = (columns: readonly Sql[]) => columns.join(',\n    ');
  return withParts(
    {
      ...parts,
      facts: `\n  SELECT\n    ${list(facts)}\n  ${from}`,
      ranked: `\n  SELECT\n    ${list(['facts.*', ...ranks])}\n  FROM facts`,
      agents: `
  SELECT
    ${list([keys, 'agent', 'count(DISTINCT id) AS calls', ...counts.map(sumOf), ...measures.flatMap(agentColumns)])}
  FROM ranked
  GROUP BY ${keys}, agent`,
    },
    `
SELECT
    ${list([keys, 'sum(calls) AS calls', ...counts.map(sumOf), ...measures.flatMap(groupColumns)])}
FROM agents
GROUP BY ${keys}
ORDER BY ${keys}
LIMIT ${MAX_ROWS + 1}`,
  );
}
