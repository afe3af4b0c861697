import {
  type AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  type QueryExecution,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';

/** A row of results, by the names of its columns. */
export type GivenRow = Readonly<Record<string, string | number | undefined>>;

const refused = (name: string): Error => Object.assign(new Error(name), { name });

/** An Athena that runs what it is asked when it is told to, with rows that are given. */
export function memoryAthena() {
  const executions = new Map<string, { sql: string; execution: QueryExecution; rows: readonly GivenRow[] }>();
  const tokens = new Map<string, string>();
  let throttled = false;

  const notTooMuch = () => {
    if (throttled) throw refused('ThrottlingException');
  };

  const start = ({ QueryString: sql = '', ClientRequestToken: token = '' }: StartQueryExecutionCommand['input']) => {
    if (token.length < 32) throw refused('ValidationException');
    const known = tokens.get(token);
    if (known) return { QueryExecutionId: known };
    const QueryExecutionId = `execution-${executions.size + 1}`;
    executions.set(QueryExecutionId, { sql, execution: { QueryExecutionId, Status: { State: 'QUEUED' } }, rows: [] });
    tokens.set(token, QueryExecutionId);
    return { QueryExecutionId };
  };

  const results = ({ QueryExecutionId: id = '', NextToken, MaxResults = 1000 }: GetQueryResultsCommand['input']) => {
    const found = executions.get(id);
    if (found?.execution.Status?.State !== 'SUCCEEDED') throw refused('InvalidRequestException');
    const names = Object.keys(found.rows[0] ?? { grp: '' });
    const texts = [names, ...found.rows.map((row) => names.map((name) => row[name]))];
    const at = Number(NextToken ?? 0);
    return {
      ResultSet: {
        ResultSetMetadata: { ColumnInfo: names.map((Name) => ({ Name, Type: 'varchar' })) },
        Rows: texts.slice(at, at + MaxResults).map((row) => ({
          Data: row.map((text) => (text === undefined ? {} : { VarCharValue: String(text) })),
        })),
      },
      ...(at + MaxResults < texts.length && { NextToken: String(at + MaxResults) }),
    };
  };

  const send = async (command: unknown): Promise<unknown> => {
    notTooMuch();
    if (command instanceof StartQueryExecutionCommand) return start(command.input);
    if (command instanceof GetQueryResultsCommand) return results(command.input);
    if (!(command instanceof GetQueryExecutionCommand)) throw new Error('this is not part of the test');
    const found = executions.get(command.input.QueryExecutionId ?? '');
    if (!found) throw refused('InvalidRequestException');
    return { QueryExecution: found.execution };
  };

  const last = () => {
    const found = [...executions.values()].at(-1);
    if (!found) throw new Error('nothing was asked');
    return found;
  };

  return {
    client: { send } as unknown as AthenaClient,
    /** The texts of the queries that were started. */
    started: () => [...executions.values()].map(({ sql }) => sql),
    /** The last query succeeds with these rows. */
    succeed: (rows: readonly GivenRow[], DataScannedInBytes = 1000) =>
      Object.assign(last(), {
        rows,
        execution: { Status: { State: 'SUCCEEDED' }, Statistics: { DataScannedInBytes } } satisfies QueryExecution,
      }),
    /** The last query ends without results. */
    fail: (Status: QueryExecution['Status'], DataScannedInBytes = 0) =>
      Object.assign(last(), { execution: { Status, Statistics: { DataScannedInBytes } } satisfies QueryExecution }),
    /** Nothing is known any more of what was asked. */
    forget: () => executions.clear(),
    /** Whether it is asked too much. */
    throttle: (asked: boolean) => {
      throttled = asked;
    },
  };
}
