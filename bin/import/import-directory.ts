import { kindOfObject } from '../../lambdas/recordings/recordings.ts';
import { audioType } from './audio-type.ts';
import { type OpenedFile, openHead, openWhole } from './content.ts';
import type { Journal } from './journal.ts';
import { needsManifest } from './manifest.ts';
import { messageOf, type Outcome, type OutcomeKind } from './outcome.ts';
import { type ImportTarget, whyNotKey } from './target.ts';
import type { ToUpload, Uploader } from './uploader.ts';
import { type FoundFile, walk } from './walk.ts';

/** What importing a directory needs. */
export interface ImportNeeds {
  readonly directory: string;
  readonly target: ImportTarget;
  readonly uploader: Uploader;
  readonly journal: Journal;
  /** Whether a manifest was read into the journal: recordings without a row that they need are then skipped. */
  readonly hasManifest: boolean;
  /** Files that are read and sent at once; each holds up to 16 MiB. */
  readonly concurrency: number;
  /** Asks the bucket about files, too, that the journal has as uploaded. */
  readonly recheck?: boolean;
  /** Uploads nothing, and finds out what would be. */
  readonly dryRun?: boolean;
  /** Ends the import in order: files in flight are finished, no other is begun. */
  readonly signal?: AbortSignal;
  /** Told of every file. */
  readonly onOutcome?: (path: string, outcome: Outcome, sizeBytes: number) => void;
}

/** What came of an import; why files were skipped or failed is in the journal. */
export interface ImportSummary {
  readonly files: Record<OutcomeKind, number>;
  readonly bytes: Record<OutcomeKind, number>;
  /** Why it ended before the last file, if it did. */
  readonly ended?: 'interrupted' | 'too-many-failures';
}

/** So many uploads that fail one after the other do not fail for the files' sake: the bucket, the network, the role. */
const FAILURES_IN_A_ROW = 20;

/**
 * Imports a directory: walks it, and uploads every recording that is not there yet, several at once, and the sidecars
 * and manifests of the source with them. No more than the files in flight are in memory, however many there are.
 */
export async function importDirectory(needs: ImportNeeds): Promise<ImportSummary> {
  const { directory, concurrency, journal, signal, dryRun, onOutcome } = needs;
  const files = zeros();
  const bytes = zeros();
  let failuresInARow = 0;
  const hasGivenUp = () => failuresInARow >= Math.max(FAILURES_IN_A_ROW, 2 * concurrency);

  const upload = async (file: FoundFile, opened: OpenedFile, to: ToUpload): Promise<Outcome> => {
    const metadata = JSON.stringify(to.metadata);
    if (dryRun) return needs.uploader.plan(to, opened.content);
    const content = await opened.content();
    try {
      const { kind, versionId } = await needs.uploader.send(to, content);
      journal.done(file, { metadata, sha256: content.sha256, versionId });
      failuresInARow = 0;
      return { kind };
    } catch (error) {
      failuresInARow += 1;
      throw error;
    }
  };

  const found = walk(directory);
  const work = async () => {
    for await (const file of found) {
      if (signal?.aborted || hasGivenUp()) break;
      const sizeBytes = 'sizeBytes' in file ? file.sizeBytes : 0;
      const outcome = 'outcome' in file ? file.outcome : await importFile(file, needs, upload);
      files[outcome.kind] += 1;
      bytes[outcome.kind] += sizeBytes;
      if ('reason' in outcome) journal.remark(outcome.kind, { file: file.path, reason: outcome.reason });
      onOutcome?.(file.path, outcome, sizeBytes);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));

  if (hasGivenUp()) return { files, bytes, ended: 'too-many-failures' };
  return { files, bytes, ...(signal?.aborted && { ended: 'interrupted' }) };
}

async function importFile(
  file: FoundFile,
  { target, journal, hasManifest, recheck, dryRun }: ImportNeeds,
  upload: (file: FoundFile, opened: OpenedFile, to: ToUpload) => Promise<Outcome>,
): Promise<Outcome> {
  const { path, sizeBytes } = file;
  const row = hasManifest ? journal.takeRow(path) : undefined;
  const metadata = row?.metadata ?? {};
  if (!recheck && !row?.problem && journal.isDone(file, JSON.stringify(metadata))) return { kind: 'already-there' };
  const key = target.prefix + path;
  try {
    const opened = await (dryRun ? openHead(file) : openWhole(file));
    const type = await typeOf(key, opened.head, target);
    if ('reason' in type) return { kind: 'skipped', reason: type.reason };
    if (type.isRecording && hasManifest && row === undefined && needsManifest(target.source)) {
      return { kind: 'skipped', reason: 'the manifest has no row for it' };
    }
    const problem = row?.problem ?? whyNotKey(key, target);
    if (problem) return { kind: 'failed', reason: problem };
    return await upload(file, opened, { key, sizeBytes, contentType: type.contentType, metadata });
  } catch (error) {
    return { kind: 'failed', reason: messageOf(error) };
  }
}

/** What a file is: a recording, or what the source's metadata is in, or neither. */
async function typeOf(key: string, head: Uint8Array, { source }: ImportTarget) {
  const kind = kindOfObject(key, source);
  if (kind === 'audio') return { isRecording: true, ...(await audioType(key, head)) };
  return { isRecording: false, contentType: kind === 'sidecar' ? 'application/json' : 'text/csv' };
}

const zeros = (): Record<OutcomeKind, number> => ({
  uploaded: 0,
  replaced: 0,
  'already-there': 0,
  skipped: 0,
  failed: 0,
});
