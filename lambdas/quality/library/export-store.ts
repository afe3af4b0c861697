import { type DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { TransactItem } from '../../calls/calls.ts';
import type { Page, PageRequest } from '../../platform/cursor.ts';
import { queryPages } from '../../platform/query-pages.ts';
import { type Asker, seesTeam } from '../access.ts';
import { transacted } from '../items.ts';
import { Example, Topic } from './clip.ts';
import { exportKey, exportListKey } from './clip-keys.ts';
import type { ExportLink } from './clip-store.ts';

/**
 * On which ground something of a person is kept. Source: Regulation (EU) 2016/679 (GDPR), Article 6(1),
 * https://eur-lex.europa.eu/eli/reg/2016/679/oj
 */
export const Basis = z.enum([
  'consent',
  'contract',
  'legal-obligation',
  'vital-interests',
  'public-task',
  'legitimate-interests',
]);
export type Basis = z.infer<typeof Basis>;

/**
 * A clip that is kept without its call: nothing in it tells the call, the agent or the customer. It is `making` until its objects are
 * there.
 */
export const ClipExport = z.object({
  exportId: z.string(),
  state: z.enum(['making', 'ready']),
  title: z.string(),
  example: Example,
  why: z.string(),
  topics: z.array(Topic),
  durationMs: z.int().nonnegative(),
  /** How long it is kept: it has a class of its own. */
  retentionClass: z.string(),
  /** On which ground, and why. */
  basis: Basis,
  reason: z.string(),
  /** Whose library it comes from: persons of the team may withdraw it. */
  team: z.string().optional(),
  /** The person who exported it, and when. */
  exportedBy: z.string(),
  exportedAt: z.iso.datetime(),
  /** When it ends. */
  expiresAt: z.iso.datetime(),
});
export type ClipExport = z.infer<typeof ClipExport>;

/** An export, as somebody is told it: of another team's, which may be a team of one, not whose library it comes from. */
export function toldExport({ team, ...told }: ClipExport, asker: Asker): ClipExport {
  return seesTeam(asker, team) ? { ...told, team } : told;
}

/** The exports, in the table. They have a time to live. */
export function exportStore(dynamodb: DynamoDBDocumentClient, TableName: string) {
  const itemOf = (one: ClipExport, key: { subject: string; part: string }) => ({
    ...one,
    ...key,
    ttl: Math.ceil(Date.parse(one.expiresAt) / 1000),
  });
  return {
    /** An export, as it stands now; undefined where there is none, or it has ended. */
    async get(exportId: string, now: string): Promise<ClipExport | undefined> {
      const { Item } = await dynamodb.send(
        new GetCommand({ TableName, Key: exportKey(exportId), ConsistentRead: true }),
      );
      const found = Item && ClipExport.parse(Item);
      // Time to live takes its time.
      return found && found.expiresAt > now ? found : undefined;
    },

    /** What to write for an export that is begun; refused where there is one of that id. */
    beginItem: (one: ClipExport): TransactItem => ({
      Put: {
        TableName,
        Item: itemOf(one, exportKey(one.exportId)),
        ConditionExpression: 'attribute_not_exists(subject)',
      },
    }),

    /**
     * Lists an export whose objects are there.
     *
     * @returns false where it was withdrawn, or erased, meanwhile; or another request of the same key lists it just now
     */
    ready(one: ClipExport): Promise<boolean> {
      const made: ClipExport = { ...one, state: 'ready' };
      return transacted(dynamodb, [
        {
          Put: {
            TableName,
            Item: itemOf(made, exportKey(one.exportId)),
            ConditionExpression: 'attribute_exists(subject)',
          },
        },
        { Put: { TableName, Item: itemOf(made, exportListKey(one)) } },
      ]);
    },

    /** Takes an export away. Its objects are gone before. */
    async remove(one: ClipExport): Promise<void> {
      const TransactItems = [exportKey(one.exportId), exportListKey(one)].map((Key) => ({
        Delete: { TableName, Key },
      }));
      await dynamodb.send(new TransactWriteCommand({ TransactItems }));
    },

    /** One page of the exports, or of those of a topic: such a page may be short. */
    async list(topic: string | undefined, now: string, request: PageRequest): Promise<Page<ClipExport>> {
      const { subject } = exportListKey({ exportId: '', exportedAt: '' });
      const page = await queryPages(
        dynamodb,
        {
          ...{ tableName: TableName, groups: [[subject]], sortKeys: { from: request.from, to: request.to } },
          filter: topic === undefined ? undefined : { equals: {}, contains: { topics: topic } },
        },
        request,
        (item) => ClipExport.parse(item),
      );
      return { items: page.items.filter(({ expiresAt }) => expiresAt > now), next: page.next };
    },

    /** The keys of those items of exports that are there. */
    async keysOf(links: readonly ExportLink[]): Promise<{ subject: string; part: string }[]> {
      const keys = links.flatMap((link) => [exportKey(link.exportId), exportListKey(link)]);
      const found = await Promise.all(
        keys.map((Key) => dynamodb.send(new GetCommand({ TableName, Key, ConsistentRead: true }))),
      );
      return keys.filter((_, i) => found[i]?.Item !== undefined);
    },
  };
}
export type ExportStore = ReturnType<typeof exportStore>;
