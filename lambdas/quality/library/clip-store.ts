import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { callSubject, callThere, indexes, type TransactItem } from '../../calls/calls.ts';
import type { Page, PageRequest } from '../../platform/cursor.ts';
import { itemsOfKeys, queryAll, queryPages, timesOf } from '../../platform/query-pages.ts';
import { asRead, transacted } from '../items.ts';
import { clipPart } from '../quality-table.ts';
import { Clip } from './clip.ts';
import { clipKey, exportLinkPart, shelfPart } from './clip-keys.ts';

/** A clip as it is stored: with the key of its own sound, where it has one. */
export const StoredClip = Clip.extend({ audioKey: z.string().optional() });
export type StoredClip = z.infer<typeof StoredClip>;

/** That a clip was exported: kept with the call, so that the erasure of its customer finds the export. */
export const ExportLink = z.object({ exportId: z.string(), clipId: z.string(), exportedAt: z.iso.datetime() });
export type ExportLink = z.infer<typeof ExportLink>;

/** Whose clips somebody finds in the library: every team's, or those of some teams and those that are for everyone. */
export type Scope = 'all' | readonly string[];

/** What stands for any topic. */
const ANY = '*';

const ALL = 'all';
const EVERYONE = 'everyone';
const shelfOfTeam = (team: string): string => ['team', team].join('#');
const shelf = (whose: string, topic: string): string => [whose, topic].join('#');

/** The shelves of the library on which a clip is: by whose it is, and by each of its topics. */
const shelvesOf = ({ team, audience, topics }: Pick<Clip, 'team' | 'audience' | 'topics'>): string[] => {
  const ofTeam = team === undefined ? [] : [shelfOfTeam(team)];
  const whose = [ALL, ...(audience === 'everyone' ? [EVERYONE] : ofTeam)];
  return whose.flatMap((one) => [ANY, ...topics].map((topic) => shelf(one, topic)));
};

/** The clips of calls, each in its call's partition, and on the shelves of the library. */
export function clipStore(dynamodb: DynamoDBDocumentClient, TableName: string) {
  const transact = (items: TransactItem[]): Promise<boolean> => transacted(dynamodb, items);

  const onShelf = (clip: StoredClip, clipTopic: string): TransactItem => ({
    Put: {
      TableName,
      Item: { ...clip, ...clipKey(clip.callId, clip.clipId), part: shelfPart(clip.clipId, clipTopic), clipTopic },
    },
  });
  const offShelf = ({ callId, clipId }: Clip, clipTopic: string): TransactItem => ({
    Delete: { TableName, Key: { ...clipKey(callId, clipId), part: shelfPart(clipId, clipTopic) } },
  });
  /** The items of a call's clips that a reading keeps. */
  const itemsOf = (callId: string, beginsWith: string) =>
    queryAll(dynamodb, { tableName: TableName, subject: callSubject(callId).subject, beginsWith, consistent: true });

  return {
    /** A clip, as it stands now; undefined where there is none, or its call is gone. */
    async get(callId: string, clipId: string): Promise<StoredClip | undefined> {
      const Key = clipKey(callId, clipId);
      const { Item } = await dynamodb.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item && StoredClip.parse(Item);
    },

    /** What to write for a new clip; refused where there is one of that id. */
    createItems: (clip: StoredClip): TransactItem[] => [
      {
        Put: {
          TableName,
          Item: { ...clip, ...clipKey(clip.callId, clip.clipId) },
          ConditionExpression: 'attribute_not_exists(subject)',
        },
      },
      ...shelvesOf(clip).map((one) => onShelf(clip, one)),
    ],

    /**
     * Puts a clip in place of `before`, as it was read.
     *
     * @returns false where it has changed meanwhile, or its call is gone
     */
    change(before: StoredClip, after: StoredClip): Promise<boolean> {
      const now = shelvesOf(after);
      return transact([
        callThere(TableName, after.callId),
        { Put: { TableName, Item: { ...after, ...clipKey(after.callId, after.clipId) }, ...asRead(before) } },
        ...now.map((one) => onShelf(after, one)),
        ...shelvesOf(before).flatMap((one) => (now.includes(one) ? [] : [offShelf(before, one)])),
      ]);
    },

    /**
     * Takes a clip, as it was read, out of the library. What tells that it was exported stays with the call.
     *
     * @returns false where it has changed meanwhile, or is gone
     */
    remove: (clip: StoredClip): Promise<boolean> =>
      transact([
        { Delete: { TableName, Key: clipKey(clip.callId, clip.clipId), ...asRead(clip) } },
        ...shelvesOf(clip).map((one) => offShelf(clip, one)),
      ]),

    /** All clips of a call, in the order in which they are heard. */
    async ofCall(callId: string): Promise<StoredClip[]> {
      const items = await itemsOf(callId, clipPart());
      const clips = items.filter(({ part, clipId }) => part === clipPart(String(clipId)));
      return clips.map((item) => StoredClip.parse(item)).toSorted((a, b) => a.startMs - b.startMs);
    },

    /** One page of the library: the clips of a scope that are of a topic, or all of them, by when they were made. */
    list(scope: Scope, topic: string | undefined, request: PageRequest): Promise<Page<StoredClip>> {
      const whose = scope === 'all' ? [ALL] : [EVERYONE, ...new Set(scope.map(shelfOfTeam))];
      const listed = {
        tableName: TableName,
        index: { name: 'clips-by-topic', ...indexes['clips-by-topic'] },
        groups: [whose.map((one) => shelf(one, topic ?? ANY))],
        sortKeys: timesOf(request),
      };
      return queryPages(dynamodb, listed, request, (item) => StoredClip.parse(item));
    },

    /** Some clips by their keys; those that are gone are not among them. */
    async some(keys: readonly Pick<Clip, 'callId' | 'clipId'>[]): Promise<StoredClip[]> {
      const wanted = new Map(keys.map(({ callId, clipId }) => [JSON.stringify([callId, clipId]), { callId, clipId }]));
      const found = [...wanted.values()].map(({ callId, clipId }) => clipKey(callId, clipId));
      return (await itemsOfKeys(dynamodb, TableName, found)).map((item) => StoredClip.parse(item));
    },

    /** What to write where a clip is exported. */
    linkItem: (callId: string, link: ExportLink): TransactItem => ({
      Put: {
        TableName,
        Item: { ...link, ...clipKey(callId, link.clipId), part: exportLinkPart(link.clipId, link.exportId) },
      },
    }),

    /** The exports of a call's clips, or of one of them: also of clips that were taken out of the library. */
    async linksOf(callId: string, clipId?: string): Promise<ExportLink[]> {
      const items = await itemsOf(callId, clipId === undefined ? clipPart() : exportLinkPart(clipId));
      return items.filter(({ exportId }) => exportId !== undefined).map((item) => ExportLink.parse(item));
    },
  };
}
export type ClipStore = ReturnType<typeof clipStore>;
