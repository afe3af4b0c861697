import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadata,
  parquetReadObjects,
  type SchemaElement,
} from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import {
  type Column,
  type ColumnType,
  type Row,
  SCHEMA_VERSION,
  type TableName,
  tables,
  type Value,
} from './tables.ts';

/** The name, in the metadata of a file, of the version of the dataset's schema by which it was written. */
const SCHEMA_VERSION_KEY = 'verbatim.schema-version';

/** So many rows are in a row group: of some hundred bytes each, some megabytes. */
const ROW_GROUP_ROWS = 50_000;

/** What Parquet has for the types of columns. Source: Apache Parquet, parquet-format, LogicalTypes.md. */
const parquetTypes: Record<ColumnType, Pick<SchemaElement, 'type' | 'converted_type'>> = {
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  boolean: { type: 'BOOLEAN' },
  int: { type: 'INT32' },
  bigint: { type: 'INT64' },
  double: { type: 'DOUBLE' },
  timestamp: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
};

const columnsOf = (table: TableName): readonly Column[] => tables[table];

const schemaOf = (table: TableName): SchemaElement[] => [
  { name: 'root', num_children: columnsOf(table).length },
  ...columnsOf(table).map(({ name, type }) => ({
    ...{ name, repetition_type: 'OPTIONAL' as const },
    ...parquetTypes[type],
  })),
];

/** A value as Parquet has it. */
function stored(type: ColumnType, value: Value): unknown {
  if (value === undefined) return null;
  if (type === 'bigint') return BigInt(value);
  if (type === 'timestamp') return new Date(String(value));
  return value;
}

/** A value as rows have it. */
function told(value: unknown): Value {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value.toISOString();
  return value as Value;
}

/** Writes a Parquet file of a table, some rows after the others: no more than a row group of them is held. */
export function parquetFile<T extends TableName>(table: T) {
  const bytes = new ByteWriter();
  const kvMetadata = [{ key: SCHEMA_VERSION_KEY, value: String(SCHEMA_VERSION) }];
  const writer = new ParquetWriter({ writer: bytes, schema: schemaOf(table), kvMetadata, createdBy: 'verbatim' });
  let waiting: Row<T>[] = [];
  let rows = 0;
  const writeWaiting = () => {
    if (waiting.length === 0) return;
    const columnData = columnsOf(table).map(({ name, type }) => ({
      name,
      data: waiting.map((row) => stored(type, (row as Readonly<Record<string, Value>>)[name])),
    }));
    writer.write({ columnData, rowGroupSize: ROW_GROUP_ROWS });
    waiting = [];
  };
  return {
    add(more: readonly Row<T>[]): void {
      for (const row of more) {
        waiting.push(row);
        rows += 1;
        if (waiting.length === ROW_GROUP_ROWS) writeWaiting();
      }
    },

    /** How many rows it has so far. */
    rowCount: (): number => rows,

    /** The file. Nothing can be added any more. */
    finish(): Uint8Array {
      writeWaiting();
      writer.finish();
      return bytes.getBytes();
    },
  };
}

/** The Parquet file of rows of a table. Values of columns that it has not are left out. */
export function parquetOf<T extends TableName>(table: T, rows: readonly Row<T>[]): Uint8Array {
  const file = parquetFile(table);
  file.add(rows);
  return file.finish();
}

/**
 * The rows of a Parquet file of a table, some after the others. Columns that it has not are undefined: it is of before.
 *
 * @throws Error where it was written by a later version of the schema: its columns would be lost
 */
export async function* rowsOfParquet<T extends TableName>(_table: T, file: Uint8Array): AsyncGenerator<Row<T>[]> {
  const buffer = arrayBufferOf(file);
  const metadata = parquetMetadata(buffer);
  checkVersion(metadata);
  const source: AsyncBuffer = {
    byteLength: buffer.byteLength,
    slice: (start, end) => buffer.slice(start, end),
  };
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const rows = await parquetReadObjects({ file: source, metadata, rowStart, rowEnd });
    yield rows.map(
      (row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, told(value)])) as Row<T>,
    );
    rowStart = rowEnd;
  }
}

const arrayBufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): ArrayBuffer =>
  buffer instanceof ArrayBuffer && byteOffset === 0 && byteLength === buffer.byteLength
    ? buffer
    : (buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);

function checkVersion({ key_value_metadata: entries = [] }: FileMetaData): void {
  const version = Number(entries.find(({ key }) => key === SCHEMA_VERSION_KEY)?.value ?? 1);
  if (version > SCHEMA_VERSION)
    throw new Error(
      `the file has version ${version} of the dataset's schema, and this is version ${SCHEMA_VERSION}: deploy the later one`,
    );
}
