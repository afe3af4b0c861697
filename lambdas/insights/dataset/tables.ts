/** The types of columns, as Glue and Athena name them. */
export type ColumnType = 'string' | 'boolean' | 'int' | 'bigint' | 'double' | 'timestamp';

/** A column of the dataset. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** What it holds, and in which unit: it is the column's comment in the catalog. */
  readonly comment: string;
}

const column = (name: string, type: ColumnType, comment: string): Column => ({ name, type, comment });

/** What the rows of calls begin with. */
const key = [
  column('call_id', 'string', 'The call'),
  column(
    'revision',
    'bigint',
    'Rows of the highest revision that the call has in the table calls hold; others are of before',
  ),
  column('deleted', 'boolean', 'There is nothing of the call any more; the other columns are empty'),
];

/** What rows are grouped and filtered by. */
const dimensions = [
  column('started_at', 'timestamp', 'When the call began (UTC); where that is not known, when its recording arrived'),
  column('agent_id', 'string', 'Who spoke for the company'),
  column('team', 'string', 'The team of the agent when the row was written'),
  column('queue', 'string', 'As the metadata of the recording has it'),
  column('source', 'string', 'The source that uploaded the recording'),
];

/**
 * The tables of the dataset, each a prefix of the bucket with a folder for each day (UTC) on which the calls began, or the disputes
 * were opened: `calls/day=2026-10-14/`.
 * There is no customer in it, no key of a recording, and nothing that was said: `phrases` has single phrases of common words,
 * and a query tells none that is not in many calls.
 */
export const tables = {
  calls: [
    ...key,
    ...dimensions,
    column('direction', 'string', 'inbound or outbound'),
    column('language', 'string', 'Such as en-US'),
    column('duration_seconds', 'double', 'The length of the recording'),
    column('agent_talk_seconds', 'double', 'How long the agent speaks'),
    column('customer_talk_seconds', 'double', 'How long the customer speaks'),
    column('silence_seconds', 'double', 'How long nobody speaks, as far as that is told'),
    column('longest_silence_seconds', 'double', 'The longest of those stretches'),
    column('agent_interruptions', 'int', 'How often the agent speaks into a turn of the customer'),
    column('customer_interruptions', 'int', 'How often the customer speaks into a turn of the agent'),
    column('agent_sentiment', 'double', 'From -5 to 5'),
    column('customer_sentiment', 'double', 'From -5 to 5'),
    column('rulebook_version', 'string', 'By which the call is tagged'),
  ],
  moments: [
    ...key,
    ...dimensions,
    column('tag', 'string', 'The tag'),
    column('start_ms', 'bigint', 'The offset in the recording, in milliseconds'),
    column('end_ms', 'bigint', 'The offset of its end'),
    column('speaker', 'string', 'AGENT, CUSTOMER, a label or UNKNOWN'),
    column('amount', 'double', 'The amount of money that is said in it'),
    column('currency', 'string', 'Of the amount'),
  ],
  scores: [
    ...key,
    ...dimensions,
    column('scored_by', 'string', 'automatic or review'),
    column('review_id', 'string', 'Of a review'),
    column('review_state', 'string', 'Of a review'),
    column('scorecard', 'string', 'The form'),
    column('scorecard_version', 'string', 'Its version'),
    column('percent', 'double', 'From 0 to 100'),
    column('passed', 'boolean', 'Whether it reaches what the scorecard asks'),
    column('failed', 'boolean', 'Whether a critical criterion failed the whole form'),
    column('criterion', 'string', 'One criterion of it; empty in the row of the whole form'),
    column('share', 'double', 'What the criterion got, from 0 to 1; empty in the row of the whole form'),
  ],
  disputes: [
    column('dispute_id', 'string', 'The dispute; it has a row for each of its calls, and one where it has none'),
    column('revision', 'bigint', 'The rows of the highest revision of a dispute hold; others are of before'),
    column('deleted', 'boolean', 'There is nothing of the dispute any more; the other columns are empty'),
    column('call_id', 'string', 'A call that was taken into it'),
    ...dimensions,
    column('topic', 'string', 'One of the topics of the config'),
    column('state', 'string', 'open, decided or closed'),
    column('outcome', 'string', 'upheld, not-upheld or partly-upheld'),
    column('opened_at', 'timestamp', 'When it was opened (UTC)'),
    column('decided_at', 'timestamp', 'When it was decided (UTC)'),
  ],
  phrases: [
    ...key,
    ...dimensions,
    column('phrase', 'string', 'Two or three common words, in lower case, that the customer says one after the other'),
    column('times', 'int', 'How often, in this call'),
  ],
} as const satisfies Record<string, readonly Column[]>;

/** The name of a table. */
export type TableName = keyof typeof tables;

/** The name of a column of a table. */
export type ColumnOf<T extends TableName> = (typeof tables)[T][number]['name'];

/** A value of a column; timestamps are ISO 8601 UTC. */
export type Value = string | number | boolean | undefined;

/** A row of a table. */
export type Row<T extends TableName> = { readonly [C in ColumnOf<T>]?: Value };

/** The rows of one call, by table: what takes the place of all that is told of it. */
export type CallRows = { readonly [T in TableName]: readonly Row<T>[] };

/** Of which version the columns are: readers know by it what files of before have not. It is told in each file. */
export const SCHEMA_VERSION = 1;

/** Where the files of a table and a day (`2026-10-14`) are. */
export const dayPrefix = (table: TableName, day: string): string => `${table}/day=${day}/`;
