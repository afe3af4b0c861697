import { realpath, stat } from 'node:fs/promises';
import type { DeploymentOptions } from '../deployment.ts';
import { findRecordingsBucket } from '../recordings-bucket.ts';
import { importDirectory } from './import-directory.ts';
import { journalFile, openJournal } from './journal.ts';
import { needsManifest, readManifest } from './manifest.ts';
import type { Outcome } from './outcome.ts';
import { showProgress } from './progress.ts';
import { textReport, writeReport } from './report.ts';
import { findTarget } from './target.ts';
import { uploader } from './uploader.ts';

interface ImportOptions extends DeploymentOptions {
  readonly source: string;
  readonly manifest?: string;
  readonly bucket?: string;
  readonly prefix?: string;
  readonly concurrency: number;
  readonly journal?: string;
  readonly recheck?: boolean;
  readonly report?: string;
  readonly dryRun?: boolean;
}

/** A second Ctrl-C so long after the first is meant: npm passes one on that the terminal has sent already. */
const SAME_KEYPRESS_MS = 500;

const EXIT_CODE = { failed: 1, interrupted: 130 };

/**
 * Imports the recordings of a directory, and says what became of them.
 *
 * @throws Error where nothing can be done
 */
export async function runImport(given: string, options: ImportOptions): Promise<void> {
  const startedAt = new Date().toISOString();
  const { dryRun = false, recheck = false, concurrency } = options;
  const directory = await realDirectory(given);
  const target = await findTarget(options.source, options.prefix);
  const { bucket, s3, identity } = await findRecordingsBucket(options, 2 * concurrency);
  const journal = openJournal(options.journal ?? journalFile(`${identity} ${target.prefix}`, directory));
  const interruption = onInterrupt();
  try {
    const hasManifest = options.manifest !== undefined;
    const ignoredColumns = hasManifest ? await readManifest(options.manifest, target, journal, startedAt) : [];
    if (!hasManifest && needsManifest(target.source)) {
      const { name, requiredMetadata } = target.source;
      console.error(`without --manifest "${name}" will reject the recordings: it needs ${requiredMetadata.join(', ')}`);
    }
    const progress = showProgress(process.stderr, directory);
    const summary = await importDirectory({
      ...{ directory, target, journal, hasManifest, concurrency, recheck, dryRun },
      uploader: uploader(s3, bucket),
      signal: interruption.signal,
      onOutcome: (path, outcome, sizeBytes) => {
        progress.add(sizeBytes, outcome.kind === 'failed');
        if (dryRun) console.log(planned(target.prefix + path, outcome));
      },
    }).finally(progress.stop);
    const facts = {
      source: target.source.name,
      bucket,
      prefix: target.prefix,
      directory,
      dryRun,
      startedAt,
      ignoredColumns,
    };
    const finished = { ...facts, finishedAt: new Date().toISOString() };
    console.log(textReport(summary, finished, journal));
    if (options.report !== undefined) await writeReport(options.report, summary, finished, journal);
    if (summary.ended === 'interrupted') process.exitCode = EXIT_CODE.interrupted;
    else if (summary.ended !== undefined || summary.files.failed > 0) process.exitCode = EXIT_CODE.failed;
  } finally {
    interruption.ignore();
    journal.close();
    s3.destroy();
  }
}

function planned(key: string, outcome: Outcome): string {
  const verb = { uploaded: 'upload', replaced: 'replace', 'already-there': 'leave', skipped: 'skip', failed: 'fail' };
  return `${verb[outcome.kind].padEnd(8)}${key}${'reason' in outcome ? `: ${outcome.reason}` : ''}`;
}

async function realDirectory(given: string): Promise<string> {
  const isDirectory = await stat(given).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isDirectory) throw new Error(`${given} is not a directory: name the one that holds the recordings`);
  return realpath(given);
}

/** A signal that Ctrl-C or SIGTERM aborts, so that files in flight are finished. A second Ctrl-C ends at once. */
function onInterrupt() {
  const controller = new AbortController();
  let firstMs: number | undefined;
  const interrupt = () => {
    firstMs ??= performance.now();
    if (performance.now() - firstMs > SAME_KEYPRESS_MS) process.exit(EXIT_CODE.interrupted);
    if (!controller.signal.aborted) console.error('\nfinishing the files in flight … (Ctrl-C again ends at once)');
    controller.abort();
  };
  const names = ['SIGINT', 'SIGTERM'] as const;
  for (const name of names) process.on(name, interrupt);
  const ignore = () => {
    for (const name of names) process.off(name, interrupt);
  };
  return { signal: controller.signal, ignore };
}
