import { describe, expect, it } from 'vitest';
import { callIdOf } from '../../../../lambdas/calls/calls.ts';
import { deletionOf, ObjectDeleted } from '../../../../lambdas/retention/expiry/lifecycle-deleted.ts';

const recording = { bucket: 'recordings', key: 'support/+1 555 (a).wav', versionId: 'v1' };
const version = { ...recording, deleteMarker: false };
const marker = { ...recording, versionId: 'm1', deleteMarker: true };

const event = (reason: string, deletionType: string, versionId = 'v1') =>
  ObjectDeleted.parse({
    'detail-type': 'Object Deleted',
    detail: {
      bucket: { name: recording.bucket },
      object: { key: recording.key, 'version-id': versionId, etag: 'e', sequencer: '1' },
      ...{ reason, 'deletion-type': deletionType },
    },
  });
const asked = (given: ObjectDeleted, listed = [marker, version]) => deletionOf(given, { of: async () => listed });
const callId = callIdOf(recording);

describe('a version that is gone for good', () => {
  it('takes its call with it, as who removed it says', async () => {
    expect(await asked(event('Lifecycle Expiration', 'Permanently Deleted'))).toEqual({ callId, reason: 'lifecycle' });
    expect(await asked(event('DeleteObject', 'Permanently Deleted'))).toEqual({
      callId,
      reason: 'manual',
      rule: 'manual',
    });
  });
});

describe('a delete marker', () => {
  it('of lifecycle asks for the version under it', async () => {
    const created = event('Lifecycle Expiration', 'Delete Marker Created', 'm1');
    expect(await asked(created)).toEqual({ callId, reason: 'lifecycle' });
    const newer = { ...version, versionId: 'v2' };
    expect(await asked(created, [newer, marker, version])).toEqual({ callId, reason: 'lifecycle' });
  });

  it('of lifecycle over nothing but markers asks for nothing', async () => {
    const created = event('Lifecycle Expiration', 'Delete Marker Created', 'm1');
    expect(await asked(created, [marker])).toBeUndefined();
    expect(await asked(created, [marker, { ...marker, versionId: 'm0' }, version])).toBeUndefined();
  });

  it('that is not there any more asks for nothing', async () => {
    expect(await asked(event('Lifecycle Expiration', 'Delete Marker Created', 'm1'), [version])).toBeUndefined();
  });

  it('of somebody deletes nothing: it can be taken away again', async () => {
    expect(await asked(event('DeleteObject', 'Delete Marker Created', 'm1'))).toBeUndefined();
  });
});
