import { callIdOf, type Recording } from '../calls/calls.ts';
import { plusMs } from '../platform/clock.ts';
import { MANIFEST_MS } from './manifest-store.ts';
import type { RecordingStore } from './recording-store.ts';

/** A stretch of the bucket to look through: the keys below `prefix`, from a place in their order. */
export interface Stretch {
  readonly prefix: string;
  readonly keyMarker?: string;
  readonly versionIdMarker?: string;
  /** Only what was uploaded from here (included) to there (not included) is looked at. ISO 8601. */
  readonly from: string;
  readonly to: string;
}

/** What looking for missed recordings needs. */
export interface FindMissedNeeds {
  readonly bucket: string;
  readonly recordings: Pick<RecordingStore, 'listVersions'>;
  readonly calls: { readonly existing: (callIds: readonly string[]) => Promise<Set<string>> };
  readonly receive: (recordings: Recording[]) => Promise<void>;
  readonly lookThrough: (stretches: Stretch[]) => Promise<void>;
  readonly isManifest: (key: string) => boolean;
  /** Has manifests deleted. */
  readonly expireManifests: (manifests: Recording[]) => Promise<void>;
}

/** DynamoDB is asked for so many calls at once. */
const BATCH = 100;

/**
 * Looks through one page of a stretch for recordings that no call is of: their event never came. They are received; what
 * is left of the stretch, and every folder in it, is looked through by messages of its own, side by side. Manifests that have
 * served their time are sent to be deleted: they tell of many calls, of which none takes them along.
 *
 * @returns how many were missed
 */
export async function findMissed(stretch: Stretch, needs: FindMissedNeeds): Promise<number> {
  const page = await needs.recordings.listVersions(needs.bucket, stretch);
  const { from, to } = stretch;
  await needs.lookThrough([
    ...page.folders.map((prefix) => ({ prefix, from, to })),
    ...(page.next ? [{ ...stretch, ...page.next }] : []),
  ]);
  const served = page.versions
    .filter(({ uploadedAt, recording }) => uploadedAt < plusMs(to, -MANIFEST_MS) && needs.isManifest(recording.key))
    .map(({ recording }) => recording);
  if (served.length > 0) await needs.expireManifests(served);
  const recent = page.versions.filter(({ uploadedAt }) => from <= uploadedAt && uploadedAt < to);
  let missed = 0;
  for (let first = 0; first < recent.length; first += BATCH) {
    const batch = recent.slice(first, first + BATCH).map(({ recording }) => recording);
    const existing = await needs.calls.existing(batch.map(callIdOf));
    const lost = batch.filter((recording) => !existing.has(callIdOf(recording)));
    await needs.receive(lost);
    missed += lost.length;
  }
  return missed;
}
