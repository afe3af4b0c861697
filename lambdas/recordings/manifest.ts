import { pipeline, Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import type { ManifestConvention } from './conventions.ts';
import { prefixOf, type SourceConfig } from './sources.ts';

/**
 * A manifest that cannot be read; says in which line (counted from 1) and what is wrong. Rows before it may have been
 * given already.
 */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
}

/** What a manifest says of one recording: `row` has the columns that are metadata, by their names in the manifest. */
export interface ManifestEntry {
  readonly audioKey: string;
  readonly row: Readonly<Record<string, string>>;
}

/** The longest line that is read: a quote that is never closed must not take up all memory. */
const MAX_LINE_BYTES = 128 * 1024;

const manifestConvention = (source: SourceConfig): ManifestConvention | undefined =>
  source.metadata.find((convention) => convention.from === 'manifest');

/** Whether `key` is a manifest of the source. */
export function isManifest(key: string, source: SourceConfig): boolean {
  const convention = manifestConvention(source);
  if (!convention || !key.startsWith(prefixOf(source))) return false;
  const name = key.slice(key.lastIndexOf('/') + 1);
  const [start = '', end] = convention.file.split('*');
  if (end === undefined) return name === start;
  return name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end);
}

/**
 * Reads a manifest of the source, row by row. A line that is at fault is passed over, and told at the end: the others are
 * not to suffer for it.
 *
 * @param csv the manifest, whole or in parts as it is read from S3
 * @throws {ManifestError} where a column is missing, a recording is not named, or it is no CSV
 */
export async function* parseManifest(
  csv: string | AsyncIterable<Uint8Array>,
  source: SourceConfig,
  manifestKey: string,
): AsyncGenerator<ManifestEntry> {
  const convention = manifestConvention(source);
  if (!convention) throw new ManifestError(`the source "${source.name}" has no manifests`);
  const { keyColumn, delimiter } = convention;
  const columns = Object.values(convention.columns);
  const folder =
    convention.relativeTo === 'prefix' ? prefixOf(source) : manifestKey.slice(0, manifestKey.lastIndexOf('/') + 1);

  // Neither messages nor causes hold what is written there: a manifest tells who called whom.
  const fail = (line: number, what: string) => new ManifestError(`line ${line} of ${manifestKey}: ${what}`);
  const problems: { readonly line: number; readonly what: string }[] = [];
  const parser = parse({
    skip_records_with_error: true,
    on_skip: (error) => {
      problems.push({ line: Number(error?.lines ?? 1), what: csvProblem(error) });
      return undefined;
    },
    bom: true,
    delimiter,
    info: true,
    max_record_size: MAX_LINE_BYTES,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  });
  pipeline(Readable.from(typeof csv === 'string' ? [csv] : buffers(csv)), parser, () => undefined);

  let header: readonly string[] | undefined;
  for await (const { record, info } of parser as AsyncIterable<Parsed>) {
    if (!header) {
      const missing = [keyColumn, ...columns].filter((column) => !record.includes(column));
      const names = missing.map((column) => `"${column}"`).join(', ');
      if (missing.length > 0) throw fail(info.lines, `names no column ${names}: it must name the columns`);
      header = record;
      continue;
    }
    const cells = new Map(header.map((column, i) => [column, record[i] ?? '']));
    const name = (cells.get(keyColumn) ?? '').replace(/^(\.?\/)+/, '');
    if (record.length !== header.length) {
      problems.push({ line: info.lines, what: 'has not as many columns as the first line' });
    } else if (name === '') {
      problems.push({ line: info.lines, what: `names no recording: the column "${keyColumn}" is empty` });
    } else {
      const row = Object.fromEntries(columns.map((column) => [column, cells.get(column) ?? '']));
      yield { audioKey: `${folder}${name}`, row };
    }
  }
  // The parser is ahead of its reader: what it finds at fault may stand behind what the reader does.
  const [first] = problems.toSorted((a, b) => a.line - b.line);
  if (first) throw fail(first.line, first.what);
  if (!header) throw fail(1, 'the manifest is empty');
}

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

async function* buffers(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const part of parts) yield Buffer.from(part);
}

const csvProblem = (error: CsvError | undefined): string => {
  const code = error?.code;
  if (code === 'CSV_MAX_RECORD_SIZE') return 'is too long: is a quote not closed?';
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'a quote is not closed';
  return `is no CSV (${code})`;
};
