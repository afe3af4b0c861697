import { type CallStore, callIdOf } from '../calls/calls.ts';
import type { RecordingStore } from './recording-store.ts';
import { type RetryRecordingNeeds, retryRecording } from './retry-recording.ts';

/** Where metadata arrived: the object that it describes, whether that is there or not. */
export interface DescribedObject {
  readonly bucket: string;
  readonly key: string;
}

/** What the arrival of metadata needs. */
export interface MetadataArrivedNeeds extends RetryRecordingNeeds {
  readonly calls: CallStore;
  readonly recordings: Pick<RecordingStore, 'currentVersion'>;
  /** Comes back to this a little later. */
  readonly lookAgainLater: (described: DescribedObject) => Promise<void>;
}

/** The reasons that metadata can mend. */
const MENDED = ['missing-metadata', 'invalid-metadata'];

/**
 * Takes up again the recording that was rejected for its metadata, now that there is some. Where the recording has not
 * come yet, or was taken up, there is nothing to do: it reads the metadata when it comes. While it is being received it
 * may have looked just before the metadata came: then it is looked at again later.
 */
export async function metadataArrived(
  described: DescribedObject,
  needs: MetadataArrivedNeeds,
): Promise<'retried' | 'later' | 'nothing-to-do'> {
  const { bucket, key } = described;
  const versionId = await needs.recordings.currentVersion(bucket, key);
  if (versionId === undefined) return 'nothing-to-do';
  const call = await needs.calls.get(callIdOf({ bucket, key, versionId }));
  if (call?.state === 'received') {
    await needs.lookAgainLater(described);
    return 'later';
  }
  if (call?.state !== 'rejected' || call.erasure !== undefined || !MENDED.includes(call.stateReason?.code ?? ''))
    return 'nothing-to-do';
  await retryRecording(call.callId, needs);
  return 'retried';
}
