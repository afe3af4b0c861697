import fc from 'fast-check';
import { parquetMetadata } from 'hyparquet';
import { ByteWriter, ParquetWriter, parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { parquetOf, rowsOfParquet } from '../../../../lambdas/insights/dataset/parquet.ts';
import {
  type Column,
  type Row,
  type TableName,
  tables,
  type Value,
} from '../../../../lambdas/insights/dataset/tables.ts';

async function read<T extends TableName>(table: T, file: Uint8Array): Promise<Row<T>[]> {
  const rows: Row<T>[] = [];
  for await (const some of rowsOfParquet(table, file)) rows.push(...some);
  return rows;
}

const values: Record<Column['type'], fc.Arbitrary<Value>> = {
  string: fc.string({ unit: 'grapheme' }),
  boolean: fc.boolean(),
  int: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  bigint: fc.maxSafeNat(),
  double: fc.double({ noNaN: true }).filter((one) => !Object.is(one, -0)),
  timestamp: fc
    .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true })
    .map((one) => one.toISOString()),
};

const rowOf = <T extends TableName>(table: T): fc.Arbitrary<Row<T>> =>
  fc.record(
    Object.fromEntries(tables[table].map(({ name, type }) => [name, fc.option(values[type], { nil: undefined })])),
  ) as unknown as fc.Arbitrary<Row<T>>;

describe('a file of a table', () => {
  it.each(Object.keys(tables) as TableName[])('of %s gives back what was put in, in order', async (table) => {
    await fc.assert(
      fc.asyncProperty(fc.array(rowOf(table), { minLength: 1, maxLength: 30 }), async (rows) => {
        expect(await read(table, parquetOf(table, rows))).toEqual(rows);
      }),
      { numRuns: 20 },
    );
  });

  it('of more rows than a row group holds gives them back, too', async () => {
    const rows = Array.from({ length: 120_000 }, (_, i) => ({ call_id: `call${i}`, revision: i, deleted: false }));
    const file = parquetOf('phrases', rows);
    const metadata = parquetMetadata(file.slice().buffer);
    expect(metadata.row_groups.length).toBe(3);
    const found = await read('phrases', file);
    expect(found.length).toBe(rows.length);
    expect(found.at(-1)).toMatchObject(rows.at(-1) ?? {});
  });

  it('of before, with fewer columns, can be read', async () => {
    const columnData = [{ name: 'call_id', data: ['call1'], type: 'STRING' as const }];
    const [row] = await read('calls', new Uint8Array(parquetWriteBuffer({ columnData })));
    expect(row).toEqual({ call_id: 'call1' });
  });

  it('of a later version is refused, not read without what is new in it', async () => {
    const bytes = new ByteWriter();
    const writer = new ParquetWriter({
      writer: bytes,
      schema: [
        { name: 'root', num_children: 1 },
        { name: 'call_id', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
      ],
      kvMetadata: [{ key: 'verbatim.schema-version', value: '2' }],
    });
    writer.write({ columnData: [{ name: 'call_id', data: ['call1'] }] });
    writer.finish();
    await expect(read('calls', bytes.getBytes())).rejects.toThrow("has version 2 of the dataset's schema");
  });
});
