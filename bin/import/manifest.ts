import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { MetadataField, metadataHeader, readMetadata, type SourceConfig } from '../../lambdas/recordings/recordings.ts';
import type { Journal } from './journal.ts';
import { messageOf } from './outcome.ts';
import type { ImportTarget } from './target.ts';

/** What the manifest says of one file. */
export interface ManifestRow {
  /** Where it says so, counted from 1, the header included. */
  readonly line: number;
  /** The call's metadata, by the names that it has in S3. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Why the file cannot be uploaded with this, if so. */
  readonly problem?: string | undefined;
}

/**
 * What a manifest of this source must and may say: the names that its metadata has in S3, and which of them nothing
 * else can give.
 *
 * @throws Error where the source does not read S3 metadata
 */
function columnsOf(source: SourceConfig) {
  const convention = source.metadata.find((one) => one.from === 's3-metadata');
  if (convention === undefined) {
    const places = source.metadata.map((one) => one.from).join(', ');
    throw new Error(
      `the source "${source.name}" has its metadata from ${places}, not from S3 metadata: leave --manifest out`,
    );
  }
  const nameOf = (field: MetadataField) => convention.names?.[field] ?? metadataHeader[field];
  const required = needsManifest(source) ? source.requiredMetadata : [];
  return {
    known: MetadataField.options.map(nameOf),
    required: required.map(nameOf),
    /** The source, as if it had nothing but the manifest. */
    alone: { ...source, metadata: [convention], requiredMetadata: required },
  };
}
type Columns = ReturnType<typeof columnsOf>;

/** Whether a source's recordings have their metadata from nowhere but the objects that are uploaded. */
export const needsManifest = (source: SourceConfig): boolean =>
  source.metadata.every((convention) => convention.from === 's3-metadata');

/**
 * Reads a manifest, row by row, into the journal: a CSV file whose header names `file` (the path from the imported
 * directory) and the metadata as S3 has it. Other columns are ignored.
 *
 * @param now the present time, ISO 8601
 * @returns the columns that were ignored
 * @throws Error where a required column is missing, or the file is no CSV: nothing is uploaded then
 */
export async function readManifest(
  file: string,
  { source, prefix }: ImportTarget,
  journal: Journal,
  now: string,
): Promise<string[]> {
  const columns = columnsOf(source);
  let header: string[] = [];
  const checkHeader = (names: string[]): string[] => {
    header = names.map((name) => name.toLowerCase());
    const missing = ['file', ...columns.required].filter((name) => !header.includes(name));
    if (missing.length > 0) {
      throw new Error(`it has no column ${missing.join(', ')}: its header is ${names.join(', ')}`);
    }
    return header;
  };
  const parser = parse({ bom: true, trim: true, skip_empty_lines: true, columns: checkHeader, info: true });
  try {
    await journal.together(() =>
      pipeline(createReadStream(file), parser, async (rows: AsyncIterable<ParsedRow>) => {
        for await (const { record, info } of rows) {
          const path = relativePath(record.file ?? '');
          journal.addRow(path, manifestRow(info.lines, prefix + path, record, columns, now));
        }
      }),
    );
  } catch (error) {
    throw new Error(`the manifest ${file} cannot be used: ${messageOf(error)}`, { cause: error });
  }
  if (header.length === 0) throw new Error(`the manifest ${file} cannot be used: it is empty`);
  return header.filter((name) => name !== 'file' && !columns.known.includes(name));
}

interface ParsedRow {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

/** What a row says of its file, checked as the deployment will check it. */
function manifestRow(
  line: number,
  key: string,
  record: Readonly<Record<string, string>>,
  { known, alone }: Columns,
  now: string,
): ManifestRow {
  const metadata = Object.fromEntries(known.flatMap((name) => (record[name] ? [[name, record[name]] as const] : [])));
  const read = readMetadata({ key, s3Metadata: metadata }, alone, now);
  const problems = [
    ...Object.entries(metadata).flatMap(([name, value]) =>
      IS_ASCII.test(value) ? [] : [`${name} has characters other than US-ASCII, which S3 metadata cannot hold`],
    ),
    ...('code' in read ? [read.message] : []),
  ];
  return {
    line,
    metadata,
    ...(problems.length > 0 && { problem: `line ${line} of the manifest: ${problems.join('; ')}` }),
  };
}

/**
 * Source: Amazon S3 User Guide, "Working with object metadata": S3 takes anything else for RFC 2047 encoded words, and
 * returns it encoded; the AWS CLI refuses it as we do.
 */
const IS_ASCII = /^[\x20-\x7e]*$/;

/** A path as people write it, as a walk finds it. */
const relativePath = (path: string): string => path.replace(/^(\.\/)+/, '');
