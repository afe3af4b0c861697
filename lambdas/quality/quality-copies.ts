import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Call, callSubject } from '../calls/calls.ts';
import type { ObjectVersions } from '../platform/object-versions.ts';
import { queryAll } from '../platform/query-pages.ts';
import { type CopyStore, itemCopyStore, objectCopyStore } from '../retention/retention.ts';
import { CLIP_AUDIO_PREFIX, clipAudioOf, EXPORT_PREFIX, exportObjectKeys } from './library/clip-keys.ts';
import { clipStore, type ExportLink } from './library/clip-store.ts';
import { exportStore } from './library/export-store.ts';
import { clipPart, notePart, reviewPart, scorePart } from './quality-table.ts';

/** What the copies of quality are found by. */
export interface QualityCopiesNeeds {
  readonly versions: ObjectVersions;
  readonly dynamodb: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly transcriptsBucket: string;
}

/** What is kept of a call in its own partition, by what it is. */
const parts = [
  { name: 'reviews', part: reviewPart() },
  { name: 'scores', part: scorePart() },
  { name: 'coaching-notes', part: notePart() },
  { name: 'clips', part: clipPart() },
] as const;

/**
 * What quality keeps of a call: reviews, scores, notes and clips, which go with it whatever they are good for; and where it goes because
 * its customer is erased, what was exported of its clips, too. Otherwise exports stay: nothing in them tells the call, the agent or the
 * customer, and each has a retention class of its own.
 *
 * Exports are found by the items of the call's clips: they come first.
 */
export function qualityCopies({ versions, dynamodb, tableName, transcriptsBucket }: QualityCopiesNeeds): CopyStore[] {
  const table = { dynamodb, tableName };
  const clips = clipStore(dynamodb, tableName);
  const exports = exportStore(dynamodb, tableName);
  // An erasure may wait for a call that somebody deletes by hand, or of whom lifecycle was faster.
  const exportsOf = async ({ callId, deletion, erasure }: Call): Promise<ExportLink[]> =>
    deletion?.reason === 'erased' || erasure !== undefined ? clips.linksOf(callId) : [];

  const { tag: _, ...exported } = objectCopyStore(
    {
      name: 'clip-export-objects',
      where: { bucket: 'transcripts', prefix: EXPORT_PREFIX },
      async find(call) {
        const keys = (await exportsOf(call)).flatMap(({ exportId }) => exportObjectKeys(exportId));
        return (await Promise.all(keys.map((key) => versions.of(transcriptsBucket, key)))).flat();
      },
    },
    versions,
  );

  return [
    exported,
    itemCopyStore(
      {
        name: 'clip-exports',
        where: { items: 'export#' },
        find: async (call) => exports.keysOf(await exportsOf(call)),
      },
      table,
    ),
    objectCopyStore(
      {
        ...{ name: 'clip-audio', where: { bucket: 'transcripts', prefix: CLIP_AUDIO_PREFIX }, findsByCallId: true },
        find: ({ callId }) => versions.allBelow(transcriptsBucket, clipAudioOf(callId)),
      },
      versions,
    ),
    ...parts.map(({ name, part: beginsWith }) =>
      itemCopyStore(
        {
          ...{ name, where: { items: beginsWith }, findsByCallId: true },
          async find({ callId }) {
            const { subject } = callSubject(callId);
            const items = await queryAll(dynamodb, { tableName, subject, beginsWith, consistent: true });
            return items.map(({ part }) => ({ subject, part: String(part) }));
          },
        },
        table,
      ),
    ),
  ];
}
