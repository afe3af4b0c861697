import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ImportSummary } from './import-directory.ts';
import type { Journal } from './journal.ts';
import type { OutcomeKind } from './outcome.ts';
import { formatBytes, formatCount } from './progress.ts';

/** What an import was, for its report. */
export interface ImportFacts {
  readonly source: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly directory: string;
  readonly dryRun: boolean;
  /** ISO 8601 UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Columns of the manifest that no metadata is read from. */
  readonly ignoredColumns: readonly string[];
}

const MAX_LISTED = 20;

/** The report for people: counts, and for what reasons files were left out. */
export function textReport(summary: ImportSummary, { dryRun, ignoredColumns }: ImportFacts, journal: Journal): string {
  const count = (kind: OutcomeKind, label: string): string[] => {
    const files = summary.files[kind];
    return files === 0 ? [] : [`${label.padEnd(16)}${formatCount(files)} (${formatBytes(summary.bytes[kind])})`];
  };
  const reasons = (kind: 'skipped' | 'failed'): string[] =>
    some(journal.reasons(kind), ({ reason, files, example }) =>
      files === 1 ? `  ${example}: ${reason}` : `  ${formatCount(files)} × ${reason}, such as ${example}`,
    );
  const withoutFile = some(journal.rowsWithoutFile(), ({ file, line }) => `  line ${line}: ${file}`);
  const would = dryRun ? 'would be ' : '';
  return [
    ...count('uploaded', `${would}uploaded`),
    ...count('replaced', `${would}replaced`),
    ...count('already-there', 'already there'),
    ...count('skipped', 'skipped'),
    ...reasons('skipped'),
    ...count('failed', 'failed'),
    ...reasons('failed'),
    // Rows of files that were not come to yet are not rows without a file.
    ...(withoutFile.length > 0 && !summary.ended ? ['rows of the manifest without a file', ...withoutFile] : []),
    ...(ignoredColumns.length > 0 ? [`ignored columns of the manifest: ${ignoredColumns.join(', ')}`] : []),
    ...(Object.values(summary.files).every((files) => files === 0) ? ['no files'] : []),
    ...(summary.ended === 'interrupted' ? ['interrupted: run it again to go on'] : []),
    ...(summary.ended === 'too-many-failures'
      ? ['given up: one upload after the other failed. Mend the cause, and run it again to go on']
      : []),
  ].join('\n');
}

/** Writes the report for programs, JSON: the counts, and every file that was skipped or failed, with its reason. */
export async function writeReport(
  file: string,
  summary: ImportSummary,
  facts: ImportFacts,
  journal: Journal,
): Promise<void> {
  await pipeline(Readable.from(json(summary, facts, journal)), createWriteStream(file));
}

function* json(summary: ImportSummary, facts: ImportFacts, journal: Journal): Generator<string> {
  const { ended, files, bytes } = summary;
  yield JSON.stringify({ ...facts, ended: ended ?? 'completed', files, bytes }).slice(0, -1);
  yield* list('skipped', journal.remarks('skipped'));
  yield* list('failed', journal.remarks('failed'));
  yield* list('rowsWithoutFile', ended ? [] : journal.rowsWithoutFile());
  yield '}\n';
}

function* list(name: string, items: Iterable<object>): Generator<string> {
  yield `,\n"${name}":[`;
  let separator = '\n';
  for (const item of items) {
    yield separator + JSON.stringify(item);
    separator = ',\n';
  }
  yield ']';
}

function some<T>(items: Iterable<T>, line: (item: T) => string): string[] {
  const lines: string[] = [];
  for (const item of items) {
    if (lines.length === MAX_LISTED) return [...lines, '  … (--report FILE writes them all)'];
    lines.push(line(item));
  }
  return lines;
}
