import type { Recording } from '../calls/calls.ts';
import { iso } from '../platform/clock.ts';
import { unlessGone } from '../platform/errors.ts';
import { MAX_TAG_VALUE_LENGTH } from '../platform/object-tags.ts';
import { decideRetention, LEGAL_HOLD_TAG, retentionSubject, retentionTags } from '../retention/retention.ts';
import { ManifestError, parseManifest } from './manifest.ts';
import type { ManifestRow } from './manifest-store.ts';
import { type DescribedObject, type MetadataArrivedNeeds, metadataArrived } from './metadata-arrived.ts';
import { kindOfObject } from './objects.ts';
import { type ReceiveRecordingNeeds, receiveRecording } from './receive-recording.ts';
import type { RecordingStore } from './recording-store.ts';
import { sidecarKeyOf, sidecarOf } from './sidecar.ts';
import { identifySource, type SourceConfig } from './sources.ts';

/** What receiving an object of any kind needs. */
export interface ReceiveObjectNeeds extends ReceiveRecordingNeeds, MetadataArrivedNeeds {
  readonly recordings: RecordingStore;
  /** Looks at each of these as at one whose metadata has arrived. */
  readonly lookAt: (described: DescribedObject[]) => Promise<void>;
}

/** Rows of a manifest are kept so many at a time. */
const ROWS = 500;

/**
 * Takes up an object that was uploaded: a recording; the sidecar of one, whose recording is taken up again if it was
 * rejected for want of it; or a manifest, whose rows are kept for their recordings.
 *
 * @returns what was done, for the log
 */
export async function receiveObject(object: Recording, needs: ReceiveObjectNeeds): Promise<object> {
  const source = identifySource(object.key, needs.sources);
  const kind = source ? kindOfObject(object.key, source) : 'audio';
  if (!source || kind === 'audio') return receiveRecording(object, needs);

  const described = retentionSubject({ source: source.name, receivedAt: iso(needs.clock()) }, needs.sources);
  const retention = decideRetention(described, needs.retention);
  if (kind === 'sidecar') {
    const keys = await describedKeys(object, source, needs.recordings);
    const outcomes = await Promise.all(keys.map((key) => metadataArrived({ bucket: object.bucket, key }, needs)));
    // At the end: an object without tags is taken for one whose event never came. Those of a held call stay as they are.
    const tags = await needs.recordings.tagsOf(object);
    // A sidecar goes with the last recording that it describes, which may be before its event comes.
    if (tags && !(LEGAL_HOLD_TAG in tags)) await unlessGone(needs.recordings.tag(object, retentionTags(retention)));
    return { kind, outcomes };
  }
  const { rows, problem } = await keepRows(object, source, needs);
  await needs.recordings.tag(object, { ...retentionTags(retention), ...(problem && { problem: tagValue(problem) }) });
  return { kind, rows, problem };
}

/** The keys of the recordings that a sidecar describes. */
async function describedKeys(
  { bucket, key }: Recording,
  source: SourceConfig,
  recordings: RecordingStore,
): Promise<string[]> {
  const target = sidecarOf(key, source);
  if (!target) return [];
  if (target.audioPrefix === undefined) return [target.audioKey];
  const beside = [target.audioKey, ...(await recordings.keysBelow(bucket, target.audioPrefix))];
  return beside.filter((audioKey) => audioKey !== key && sidecarKeyOf(audioKey, source) === key);
}

/** Keeps the rows of a manifest; where some are at fault, the others, and what is wrong with the first of them. */
async function keepRows(
  manifest: Recording,
  source: SourceConfig,
  { recordings, manifests, sources, lookAt, clock }: ReceiveObjectNeeds,
): Promise<{ rows: number; problem?: string }> {
  const { bucket, key } = manifest;
  let rows = 0;
  let batch: { key: string; row: ManifestRow }[] = [];
  const keep = async () => {
    await manifests.put(bucket, batch, iso(clock()));
    await lookAt(batch.map((one) => ({ bucket, key: one.key })));
    rows += batch.length;
    batch = [];
  };
  try {
    for await (const { audioKey, row } of parseManifest(await recordings.stream(manifest), source, key)) {
      // A source says nothing of another one's recordings, also where that one's prefix is within its own.
      if (identifySource(audioKey, sources)?.name !== source.name) continue;
      batch.push({ key: audioKey, row });
      if (batch.length >= ROWS) await keep();
    }
    await keep();
    return { rows };
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    await keep();
    return { rows, problem: error.message };
  }
}

/** `text` as the value of an object tag, in which S3 takes few signs. */
const tagValue = (text: string): string =>
  text.replace(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu, ' ').slice(0, MAX_TAG_VALUE_LENGTH);
