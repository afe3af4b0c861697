import * as z from 'zod';
import { callIdOf, type Recording } from '../../calls/calls.ts';
import type { ObjectVersions } from '../../platform/object-versions.ts';
import type { DeletionRequest } from './delete-call.ts';

/**
 * S3's event of an object, or a version of it, that was deleted. The key is not URL-encoded.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export const ObjectDeleted = z.object({
  'detail-type': z.literal('Object Deleted'),
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({ key: z.string(), 'version-id': z.string().optional() }),
    reason: z.string(),
    'deletion-type': z.string(),
  }),
});
export type ObjectDeleted = z.infer<typeof ObjectDeleted>;

const BY_LIFECYCLE = 'Lifecycle Expiration';
const FOR_GOOD = 'Permanently Deleted';

/**
 * The deletion that an event asks for, if it is of a recording:
 *
 * - A version that is gone for good takes its call with it: `lifecycle` where lifecycle did it, `manual` where somebody did.
 * - A delete marker that lifecycle has put over a version means that the version is to go. It goes now, and not after as
 *   many days again.
 * - A delete marker that somebody has put over a version deletes nothing: it can be taken away again. The call stays until
 *   it is due.
 */
export async function deletionOf(
  { detail }: ObjectDeleted,
  versions: Pick<ObjectVersions, 'of'>,
): Promise<DeletionRequest | undefined> {
  const { bucket, object, reason } = detail;
  const versionId = object['version-id'];
  if (versionId === undefined) return undefined;
  const byLifecycle = reason === BY_LIFECYCLE;
  const recording: Recording = { bucket: bucket.name, key: object.key, versionId };
  if (detail['deletion-type'] === FOR_GOOD)
    return { callId: callIdOf(recording), reason: byLifecycle ? 'lifecycle' : 'manual', ...(!byLifecycle && manually) };
  if (!byLifecycle) return undefined;
  const hidden = await versionUnder(recording, versions);
  return hidden && { callId: callIdOf(hidden), reason: 'lifecycle' };
}

const manually = { rule: 'manual' };

/** The version that a delete marker was put over. */
async function versionUnder(marker: Recording, versions: Pick<ObjectVersions, 'of'>): Promise<Recording | undefined> {
  const { bucket, key } = marker;
  const all = await versions.of(bucket, key);
  const place = all.findIndex((one) => one.versionId === marker.versionId);
  const under = place < 0 ? undefined : all[place + 1];
  return under && !under.deleteMarker ? { bucket, key, versionId: under.versionId } : undefined;
}
