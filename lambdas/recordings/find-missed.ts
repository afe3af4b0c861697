import { callIdOf, type Recording } from '../calls/calls.ts';
import { plusMs } from '../platform/clock.ts';
import { LEGAL_HOLD_TAG, RETENTION_TAG } from '../retention/retention.ts';
import { MANIFEST_MS } from './manifest-store.ts';
import type { ObjectKind } from './objects.ts';
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
  readonly recordings: Pick<RecordingStore, 'listVersions' | 'tagsOf'>;
  readonly calls: { readonly existing: (callIds: readonly string[]) => Promise<Set<string>> };
  readonly receive: (recordings: Recording[]) => Promise<void>;
  readonly lookThrough: (stretches: Stretch[]) => Promise<void>;
  readonly kindOf: (key: string) => ObjectKind;
  /** Has manifests deleted. */
  readonly expireManifests: (manifests: Recording[]) => Promise<void>;
}

/** S3 is asked for the tags of so many objects at once. */
const BATCH = 25;

/**
 * Looks through one page of a stretch for recordings that no call is of, and for what describes recordings and was never
 * tagged: their event never came. They are received; what is left of the stretch, and every folder in it, is looked through by messages of its own, side by side. Manifests that have
 * served their time are sent to be deleted: they tell of many calls, of which none takes them along.
 *
 * @returns how many recordings were missed
 */
export async function findMissed(stretch: Stretch, needs: FindMissedNeeds): Promise<number> {
  const page = await needs.recordings.listVersions(needs.bucket, stretch);
  const { from, to } = stretch;
  await needs.lookThrough([
    ...page.folders.map((prefix) => ({ prefix, from, to })),
    ...(page.next ? [{ ...stretch, ...page.next }] : []),
  ]);
  const served = page.versions
    .filter(
      ({ uploadedAt, recording }) =>
        uploadedAt < plusMs(to, -MANIFEST_MS) && needs.kindOf(recording.key) === 'manifest',
    )
    .map(({ recording }) => recording);
  if (served.length > 0) await needs.expireManifests(served);
  const recent = page.versions
    .filter(({ uploadedAt }) => from <= uploadedAt && uploadedAt < to)
    .map(({ recording }) => recording);
  const audio = recent.filter(({ key }) => needs.kindOf(key) === 'audio');
  const others = recent.filter(({ key }) => needs.kindOf(key) !== 'audio');
  const existing = await needs.calls.existing(audio.map(callIdOf));
  const missed = audio.filter((recording) => !existing.has(callIdOf(recording)));
  await needs.receive([...missed, ...(await neverTagged(others, needs.recordings))]);
  return missed.length;
}

/** Those objects that nobody tagged: what takes up a sidecar or a manifest tags it at its end. */
async function neverTagged(
  objects: readonly Recording[],
  recordings: Pick<RecordingStore, 'tagsOf'>,
): Promise<Recording[]> {
  const found: Recording[] = [];
  for (let first = 0; first < objects.length; first += BATCH) {
    const batch = objects.slice(first, first + BATCH);
    const tags = await Promise.all(batch.map((object) => recordings.tagsOf(object)));
    found.push(...batch.filter((_, i) => tags[i] && !(RETENTION_TAG in tags[i]) && !(LEGAL_HOLD_TAG in tags[i])));
  }
  return found;
}
