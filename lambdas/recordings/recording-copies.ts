import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Call } from '../calls/calls.ts';
import type { ListedVersion, ObjectVersions } from '../platform/object-versions.ts';
import { type CopyStore, itemCopyStore, objectCopyStore } from '../retention/retention.ts';
import { manifestRowKey } from './manifest-store.ts';
import { sidecarKeyOf, sidecarOf } from './sidecar.ts';
import { identifySource, type SourceConfig } from './sources.ts';

/** What the copies of recordings are found by. */
export interface RecordingCopiesNeeds {
  readonly versions: ObjectVersions;
  readonly dynamodb: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly sources: readonly SourceConfig[];
}

/**
 * What is kept of a call where it was uploaded: its recording; and what describes every version of the recording's key
 * (the sidecar, the row of a manifest), once no other version of the key is left that it could describe.
 */
export function recordingCopies({ versions, dynamodb, tableName, sources }: RecordingCopiesNeeds): CopyStore[] {
  const isOther = ({ recording }: Call, one: ListedVersion) =>
    !one.deleteMarker && (one.key !== recording.key || one.versionId !== recording.versionId);

  const isLastOfItsKey = async (call: Call): Promise<boolean> => {
    const { bucket, key } = call.recording;
    return !(await versions.of(bucket, key)).some((one) => isOther(call, one));
  };

  const sidecarOfLast = async (call: Call): Promise<readonly ListedVersion[]> => {
    const { bucket, key } = call.recording;
    const source = identifySource(key, sources);
    const sidecarKey = source && sidecarKeyOf(key, source);
    if (!source || sidecarKey === undefined) return [];
    const target = sidecarOf(sidecarKey, source);
    if (target === undefined || !(await isLastOfItsKey(call))) return [];
    if (target.audioPrefix !== undefined) {
      const beside = [
        ...(await versions.of(bucket, target.audioKey)),
        ...(await versions.allBelow(bucket, target.audioPrefix)),
      ];
      const describes = (one: ListedVersion) =>
        one.key !== sidecarKey && isOther(call, one) && sidecarKeyOf(one.key, source) === sidecarKey;
      if (beside.some(describes)) return [];
    }
    return versions.of(bucket, sidecarKey);
  };

  return [
    objectCopyStore(
      {
        name: 'recording',
        where: { bucket: 'recordings', prefix: '' },
        async find({ recording }) {
          const all = await versions.of(recording.bucket, recording.key);
          const own = all.filter((one) => one.versionId === recording.versionId);
          const others = all.filter((one) => one.versionId !== recording.versionId);
          // Markers of a key that nothing else is left of say no more than that it was there.
          return [...own, ...(others.every((one) => one.deleteMarker) ? others : [])];
        },
      },
      versions,
    ),
    objectCopyStore({ name: 'sidecar', where: { bucket: 'recordings', prefix: '' }, find: sidecarOfLast }, versions),
    itemCopyStore(
      {
        name: 'manifest-row',
        where: { items: 'manifest#' },
        async find(call) {
          const { bucket, key } = call.recording;
          const Key = manifestRowKey(bucket, key);
          const { Item } = await dynamodb.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
          return Item && (await isLastOfItsKey(call)) ? [Key] : [];
        },
      },
      { dynamodb, tableName },
    ),
  ];
}
