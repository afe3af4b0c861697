import {
  type AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  type QueryExecution,
  type Row,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { isAwsError, VerbatimError } from '../platform/errors.ts';
import type { ResultRow } from './queries/measure.ts';
import type { Sql } from './queries/sql.ts';

/** How far Athena is with a query. */
export type Execution =
  | { readonly state: 'running' }
  | { readonly state: 'succeeded'; readonly scannedBytes: number }
  | {
      readonly state: 'failed' | 'cancelled';
      readonly scannedBytes: number;
      /** In Athena's words: parts of the query may be in it, so it is told nobody. */
      readonly reason: string;
      /** The same query may well succeed: Athena says so, or a file was put together with others while it was read. */
      readonly retryable: boolean;
    };

/** Where queries are run. */
export interface AthenaPlace {
  /** It says where results are kept, and how much a query may read. */
  readonly workGroup: string;
  /** The database of Glue that has the dataset's tables. */
  readonly database: string;
}

/** So many rows are in one page of results, the most that Athena gives. */
const PAGE_ROWS = 1000;

/**
 * What Athena says where a file of the dataset was there when the query began, and is not when it is read: the day was compacted meanwhile.
 * Source: the errors of Trino's Hive connector, and what S3 says of such a key.
 */
const FILE_GONE = /HIVE_CANNOT_OPEN_SPLIT|NoSuchKey|key does not exist|HIVE_FILE_NOT_FOUND/;

/** @throws {VerbatimError} unavailable, where Athena is asked too much */
async function unlessThrottled<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (cause) {
    if (!isAwsError(cause, 'TooManyRequestsException', 'ThrottlingException')) throw cause;
    throw new VerbatimError('unavailable', 'Athena is asked too much at once: try again', { cause });
  }
}

/** Athena knows nothing of an execution, or its results are gone. No other request for one by its id is refused so. */
async function unlessUnknown<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await unlessThrottled(asked);
  } catch (error) {
    if (isAwsError(error, 'InvalidRequestException')) return undefined;
    throw error;
  }
}

function executionOf({ Status, Statistics }: QueryExecution): Execution {
  const scannedBytes = Statistics?.DataScannedInBytes ?? 0;
  const reason = Status?.AthenaError?.ErrorMessage ?? Status?.StateChangeReason ?? '';
  const failed = {
    ...{ scannedBytes, reason },
    retryable: Status?.AthenaError?.Retryable === true || FILE_GONE.test(reason),
  };
  switch (Status?.State) {
    case 'SUCCEEDED':
      return { state: 'succeeded', scannedBytes };
    case 'FAILED':
      return { state: 'failed', ...failed };
    case 'CANCELLED':
      return { state: 'cancelled', ...failed };
    default:
      return { state: 'running' };
  }
}

const textsOf = ({ Data = [] }: Row): (string | undefined)[] => Data.map(({ VarCharValue }) => VarCharValue);

/** What is asked of Athena. */
export function athenaStore(athena: AthenaClient, { workGroup, database }: AthenaPlace) {
  return {
    /**
     * Starts a query.
     *
     * @param token 32 to 128 characters: of the same token Athena runs the same query once
     * @returns the id of its execution
     * @throws {VerbatimError} unavailable, while too many run; so do the others
     */
    async start(sql: Sql, token: string): Promise<string> {
      const asked = new StartQueryExecutionCommand({
        ...{ QueryString: sql, ClientRequestToken: token, WorkGroup: workGroup },
        QueryExecutionContext: { Database: database },
      });
      const { QueryExecutionId } = await unlessThrottled(athena.send(asked));
      if (!QueryExecutionId) throw new Error('Athena started a query without an id');
      return QueryExecutionId;
    },

    /** How far an execution is; undefined where Athena knows nothing of it. */
    async execution(executionId: string): Promise<Execution | undefined> {
      const told = await unlessUnknown(athena.send(new GetQueryExecutionCommand({ QueryExecutionId: executionId })));
      return told?.QueryExecution && executionOf(told.QueryExecution);
    },

    /** All rows of the results of an execution that succeeded; undefined where they are gone. */
    async rows(executionId: string): Promise<ResultRow[] | undefined> {
      const rows: ResultRow[] = [];
      let token: string | undefined;
      do {
        const asked = { QueryExecutionId: executionId, NextToken: token, MaxResults: PAGE_ROWS };
        const page = await unlessUnknown(athena.send(new GetQueryResultsCommand(asked)));
        if (!page) return undefined;
        const names = (page.ResultSet?.ResultSetMetadata?.ColumnInfo ?? []).map(({ Name = '' }) => Name);
        const isFirst = token === undefined;
        const found = (page.ResultSet?.Rows ?? []).map(textsOf);
        // The first row of all is the names of the columns.
        const told = isFirst && found[0]?.every((text, i) => text === names[i]) ? found.slice(1) : found;
        rows.push(...told.map((texts) => Object.fromEntries(names.map((name, i) => [name, texts[i]]))));
        token = page.NextToken;
      } while (token !== undefined);
      return rows;
    },
  };
}
export type AthenaStore = ReturnType<typeof athenaStore>;
