import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { MAX_TRANSACTION_ITEMS, type TransactItem } from '../platform/job-store.ts';
import type { Retention } from '../retention/retention.ts';
import { type Call, dueAt, type Tagging } from './call.ts';
import { callSubject, momentParts, taggingPart, tagPart } from './call-table.ts';
import { type Moment, tagsOf } from './moment.ts';

/** So many moments are in one item of the history: far from the 400 KB that an item holds. */
const MOMENTS_PER_ITEM = 100;

/** The moments that a call has, and the sort keys under which they, and its tags, are stored. */
export interface StoredMoments {
  readonly moments: readonly Moment[];
  readonly parts: readonly string[];
}

/** What takes the place of a call's moments. */
export interface Replacement {
  readonly rulebookVersion: string;
  readonly moments: readonly Moment[];
  readonly now: string;
  /** How long the call is kept from then on. */
  readonly retention: Retention;
  /** Who replaces them: the same name whenever the same replacement is tried again, another for every other. */
  readonly by: string;
}

/** What replacing works on. */
export interface ReplaceNeeds {
  readonly dynamodb: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly momentItems: (call: Call, moments: readonly Moment[]) => Record<string, unknown>[];
  /** What says that a call has tags. */
  readonly tagItems: (call: Call, tags: readonly string[]) => Record<string, unknown>[];
  /** The stored moments and tags of a call, read consistently. */
  readonly stored: (callId: string) => Promise<StoredMoments>;
}

/** The taggings of a call until now; one that was tagged before they were noted has the one that its moments tell. */
const taggingsOf = (call: Call, moments: readonly Moment[]): Tagging[] =>
  call.taggings.length > 0 || call.state !== 'tagged'
    ? call.taggings
    : [{ rulebookVersion: moments[0]?.rulebookVersion ?? 'unknown', at: call.stateSince, tags: call.tags }];

/**
 * Replaces the moments of a tagged call, in one transaction: the former ones are kept as the history of their tagging,
 * the new ones, the call's tags, its retention and its `taggings` are written, and what goes `along`, all of it or nothing. Of a call with
 * more moments than a transaction holds, the former ones are kept first and the call is marked (`replacing`), then the
 * moments are written, then everything else: tried again after a crash, it ends the same, with the same history.
 *
 * @param call as it was read before `former`
 * @throws TransactionCanceledException where the call changed since it was read, or an item of `along` is refused:
 *   read it again, and decide anew
 */
export async function replaceMoments(
  call: Call,
  former: StoredMoments,
  replacement: Replacement,
  along: readonly TransactItem[],
  needs: ReplaceNeeds,
): Promise<void> {
  const { dynamodb, tableName: TableName, momentItems, tagItems } = needs;
  const { moments, rulebookVersion, now, by, retention } = replacement;
  const Key = callSubject(call.callId);
  const send = (TransactItems: TransactItem[]) => dynamodb.send(new TransactWriteCommand({ TransactItems }));
  const taggings = taggingsOf(call, former.moments);

  const history = chunks(former.moments, MOMENTS_PER_ITEM).map((some, part) => ({
    Put: {
      TableName,
      Item: {
        subject: Key.subject,
        part: taggingPart(taggings.length, part),
        rulebookVersion: taggings.at(-1)?.rulebookVersion,
        moments: some,
      },
    },
  }));
  const tags = tagsOf(moments);
  const parts = new Set([...momentParts(moments), ...tags.map(tagPart)]);
  // A tag that stays is not written again: whoever follows the calls of a tag must not miss this one, nor see it twice.
  const gained = (stored: StoredMoments) => tags.filter((tag) => !stored.parts.includes(tagPart(tag)));
  const writes = (stored: StoredMoments): TransactItem[] => [
    ...[...momentItems(call, moments), ...tagItems(call, gained(stored))].map((Item) => ({ Put: { TableName, Item } })),
    ...stored.parts
      .filter((part) => !parts.has(part))
      .map((part) => ({ Delete: { TableName, Key: { subject: Key.subject, part } } })),
  ];

  // Nobody tagged it since it was read, and nobody else is about to.
  const known = 'size(#taggings) = :known';
  const untouched = `#state = :tagged AND ${call.taggings.length > 0 ? known : `(attribute_not_exists(#taggings) OR ${known})`}`;
  const names = { '#state': 'state', '#taggings': 'taggings', '#replacing': 'replacing' };
  const values = { ':tagged': 'tagged', ':known': call.taggings.length };
  const update = (condition: string, ofCondition: Record<string, unknown>): TransactItem => ({
    Update: {
      TableName,
      Key,
      UpdateExpression:
        'SET #tags = :tags, #version = :version, #taggings = :later, #retention = :retention, #dueAt = :until REMOVE #replacing',
      // Nor was it decided anew how long it is kept: the tags of its objects go by what was read.
      ConditionExpression: `${condition} AND #dueAt = :dueAt AND ${call.erasure === undefined ? 'attribute_not_exists(#erasure)' : '#erasure = :erasure'}`,
      ExpressionAttributeNames: {
        ...names,
        ...{ '#tags': 'tags', '#version': 'rulebookVersion', '#retention': 'retention', '#dueAt': 'dueAt' },
        '#erasure': 'erasure',
      },
      ExpressionAttributeValues: {
        ...values,
        ...ofCondition,
        ':tags': tags,
        ':version': rulebookVersion,
        ':retention': retention,
        ':until': dueAt('tagged', call.stateSince, { ...call, retention }),
        ...(call.erasure !== undefined && { ':erasure': call.erasure }),
        ':dueAt': call.dueAt,
        ':later': [...taggings, { rulebookVersion, at: now, tags }],
      },
    },
  });

  const atOnce = [...history, ...writes(former), ...along];
  if (call.replacing === undefined && atOnce.length < MAX_TRANSACTION_ITEMS) {
    await send([...atOnce, update(`${untouched} AND attribute_not_exists(#replacing)`, {})]);
    return;
  }

  // From here on nobody else writes moments of the call: whoever began before is not the one who is named any more.
  await send([
    ...history,
    {
      Update: {
        TableName,
        Key,
        UpdateExpression: 'SET #replacing = :by',
        ConditionExpression: `${untouched} AND ${call.replacing === undefined ? 'attribute_not_exists(#replacing)' : '#replacing = :before'}`,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: { ...values, ':by': by, ...(call.replacing && { ':before': call.replacing }) },
      },
    },
  ]);
  const mine = `${untouched} AND #replacing = :by`;
  const check: TransactItem = {
    ConditionCheck: {
      TableName,
      Key,
      ConditionExpression: mine,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ...values, ':by': by },
    },
  };
  for (const some of chunks(writes(await needs.stored(call.callId)), MAX_TRANSACTION_ITEMS - 1)) {
    await send([...some, check]);
  }
  await send([...along, update(mine, { ':by': by })]);
}

const chunks = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
