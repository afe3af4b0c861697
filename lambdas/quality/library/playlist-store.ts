import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { TransactItem } from '../../calls/calls.ts';
import type { Page, PageRequest } from '../../platform/cursor.ts';
import { queryPages } from '../../platform/query-pages.ts';
import { asRead, transacted } from '../items.ts';
import type { Scope } from './clip-store.ts';

/** A playlist has so many entries at the most: they are read at once. */
export const MAX_ENTRIES = 50;

const Id = z.string().min(1, 'is empty').max(256, 'is longer than 256 characters');

/** What a playlist plays: a clip, for as long as its call is kept, or an export. */
export const PlaylistEntry = z.union([z.strictObject({ callId: Id, clipId: Id }), z.strictObject({ exportId: Id })]);
export type PlaylistEntry = z.infer<typeof PlaylistEntry>;

/** Clips and exports in the order in which they are to be heard. It holds no word that was said. */
export const Playlist = z.object({
  playlistId: z.string(),
  title: z.string(),
  about: z.string().optional(),
  /** Whose it is; of no team, it is everyone's. */
  team: z.string().optional(),
  entries: z.array(PlaylistEntry),
  /** The person who made it, and when. */
  madeBy: z.string(),
  madeAt: z.iso.datetime(),
  /** 1, and 1 more with each change: the ETag. */
  version: z.int().positive(),
});
export type Playlist = z.infer<typeof Playlist>;

/** The partitions in which playlists are listed. */
const ALL = 'playlists';
const EVERYONE = 'playlists#everyone';
const ofTeam = (team: string): string => `playlists#team#${team}`;
const playlistKey = (playlistId: string) => ({ subject: `playlist#${playlistId}`, part: 'playlist' });

/** Playlists, in the table, in partitions of their own: calls go without asking them. */
export function playlistStore(dynamodb: DynamoDBDocumentClient, TableName: string) {
  const listKeys = ({ playlistId, team, madeAt }: Playlist) => {
    const part = `${madeAt}#${playlistId}`;
    return [
      { subject: ALL, part },
      { subject: team === undefined ? EVERYONE : ofTeam(team), part },
    ];
  };
  const transact = (items: TransactItem[]): Promise<boolean> => transacted(dynamodb, items);

  return {
    /** A playlist, as it stands now; undefined where there is none. */
    async get(playlistId: string): Promise<Playlist | undefined> {
      const Key = playlistKey(playlistId);
      const { Item } = await dynamodb.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item && Playlist.parse(Item);
    },

    /**
     * Puts a playlist in place of `before`, as it was read; a new one in place of nothing.
     *
     * @returns false where it has changed meanwhile; of a new one, where there is one of that id
     */
    put(before: Playlist | undefined, after: Playlist): Promise<boolean> {
      const listed = listKeys(after);
      const gone = before
        ? listKeys(before).filter(({ subject }) => !listed.some((one) => one.subject === subject))
        : [];
      return transact([
        { Put: { TableName, Item: { ...after, ...playlistKey(after.playlistId) }, ...asRead(before) } },
        ...listed.map((key) => ({ Put: { TableName, Item: { ...after, ...key } } })),
        ...gone.map((Key) => ({ Delete: { TableName, Key } })),
      ]);
    },

    /**
     * Deletes a playlist, as it was read; what it plays stays.
     *
     * @returns false where it has changed meanwhile, or is gone
     */
    remove: (playlist: Playlist): Promise<boolean> =>
      transact([
        { Delete: { TableName, Key: playlistKey(playlist.playlistId), ...asRead(playlist) } },
        ...listKeys(playlist).map((Key) => ({ Delete: { TableName, Key } })),
      ]),

    /** One page of the playlists of a scope, by when they were made. */
    list(scope: Scope, request: PageRequest): Promise<Page<Playlist>> {
      const groups = [scope === 'all' ? [ALL] : [EVERYONE, ...new Set(scope.map(ofTeam))]];
      const listed = { tableName: TableName, groups, sortKeys: { from: request.from, to: request.to } };
      return queryPages(dynamodb, listed, request, (item) => Playlist.parse(item));
    },
  };
}
export type PlaylistStore = ReturnType<typeof playlistStore>;
