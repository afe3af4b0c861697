import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { indexes, type TransactItem } from '../calls/calls.ts';
import { EVER, type Key, type Page, type PageRequest } from '../platform/cursor.ts';
import { isAwsError } from '../platform/errors.ts';
import { itemsOfKeys, queryAll, queryPages, timesOf } from '../platform/query-pages.ts';
import {
  Dispute,
  type DisputeCall,
  type DisputeEntry,
  type DisputeState,
  DisputeSummary,
  type Finding,
  type PendingChange,
  StoredDispute,
  StoredHead,
} from './dispute.ts';
import { EvidencePackage, evidencePart, isLocked } from './evidence/evidence-package.ts';

const HEAD = 'dispute';
const CALL = 'call#';
const FINDING = 'finding#';
const HISTORY = 'history#';
const PENDING = 'pending';

const DISPUTE = 'dispute#';
const OF_CUSTOMER = 'customer-disputes#';

/** What the partition keys of all that is kept of disputes begin with. */
export const DISPUTE_SUBJECTS = [DISPUTE, OF_CUSTOMER] as const;

const subjectOf = (disputeId: string): string => `${DISPUTE}${disputeId}`;
const headKey = (disputeId: string) => ({ subject: subjectOf(disputeId), part: HEAD });
const partKey = (disputeId: string, part: string) => ({ subject: subjectOf(disputeId), part });

/** What a transaction writes on the condition of: that a dispute is there, and is not being deleted. */
export const existingDispute = (disputeId: string) => ({
  Key: headKey(disputeId),
  ConditionExpression: 'attribute_exists(subject) AND attribute_not_exists(deletingSince)',
});

/** The key by which a dispute is found by its customer: in a partition of disputes alone, in order of when they were opened. */
const customerKey = ({
  customerId,
  openedAt,
  disputeId,
}: Pick<StoredHead, 'customerId' | 'openedAt' | 'disputeId'>) => ({
  subject: `${OF_CUSTOMER}${customerId}`,
  part: `${openedAt}#${disputeId}`,
});

/** What a dispute waits for in `work-by-state`: to be closed, to be deleted, or for a change or its deletion to be ended. */
type DisputeWork = DisputeState | 'pending' | 'deleting';
const workOf = (work: DisputeWork): string => `dispute-${work}`;

/** So often is a dispute read again where it changed while it was read. */
const ATTEMPTS = 8;

/** An entry of the history, with the request that it is of. */
export type StoredEntry = StoredDispute['history'][number];

/** What of a dispute's own item a change puts in place; what is undefined is removed. */
export type HeadChanges = Partial<Pick<StoredHead, 'state' | 'stateSince' | 'holdId' | 'decision' | 'round'>>;

/** Disputes in the table. Every change is conditional on the version that was read. */
export function disputeStore(dynamodb: DynamoDBDocumentClient, TableName: string) {
  const head = async (disputeId: string): Promise<StoredHead | undefined> => {
    const { Item } = await dynamodb.send(new GetCommand({ TableName, Key: headKey(disputeId), ConsistentRead: true }));
    return Item && StoredHead.parse(Item);
  };

  const transact = async (TransactItems: TransactItem[]): Promise<boolean> => {
    try {
      await dynamodb.send(new TransactWriteCommand({ TransactItems }));
      return true;
    } catch (error) {
      if (isAwsError(error, 'TransactionCanceledException')) return false;
      throw error;
    }
  };

  /** A dispute with all of its parts, as they stood at one moment; undefined where there is none, or it is being deleted. */
  const read = async (disputeId: string): Promise<StoredDispute | undefined> => {
    for (let attempt = 1; ; attempt++) {
      const before = await head(disputeId);
      if (!before || before.deletingSince !== undefined) return undefined;
      const items = await queryAll(dynamodb, { tableName: TableName, subject: subjectOf(disputeId), consistent: true });
      const after = await head(disputeId);
      if (!isUnchanged(before, after)) {
        if (attempt === ATTEMPTS) throw new Error(`the dispute ${disputeId} changes too fast to be read`);
        continue;
      }
      const below = (prefix: string) => items.filter(({ part }) => String(part).startsWith(prefix));
      return StoredDispute.parse({
        ...before,
        calls: below(CALL).toSorted(byTime),
        findings: below(FINDING).toSorted(byTime),
        history: below(HISTORY),
      });
    }
  };

  /** The update of a dispute's own item by a change of the version that was read. */
  const headUpdate = (
    { disputeId, openedAt, version, pending }: StoredHead,
    changes: HeadChanges & { readonly pending?: PendingChange },
  ): TransactItem => {
    const values: Record<string, unknown> = {
      ...changes,
      ...(changes.state !== undefined && {
        work: workOf(changes.state),
        dueAt: changes.state === 'closed' ? changes.stateSince : openedAt,
      }),
      // A change that is begun is none yet.
      ...(changes.pending === undefined && { version: version + 1 }),
    };
    const set = Object.keys(values).filter((name) => values[name] !== undefined);
    const removed = [
      ...Object.keys(values).filter((name) => values[name] === undefined),
      ...(pending && changes.pending === undefined ? ['pending'] : []),
    ];
    return {
      Update: {
        TableName,
        Key: headKey(disputeId),
        UpdateExpression: [
          `SET ${set.map((name) => `#${name} = :${name}`).join(', ')}`,
          ...(removed.length > 0 ? [`REMOVE ${removed.map((name) => `#${name}`).join(', ')}`] : []),
        ].join(' '),
        ConditionExpression: [
          '#version = :read AND attribute_not_exists(#deletingSince)',
          pending ? '#pending.#changeId = :changeId' : 'attribute_not_exists(#pending)',
        ].join(' AND '),
        ExpressionAttributeNames: {
          ...Object.fromEntries([...set, ...removed].map((name) => [`#${name}`, name])),
          ...{ '#version': 'version', '#deletingSince': 'deletingSince', '#pending': 'pending' },
          ...(pending && { '#changeId': 'changeId' }),
        },
        ExpressionAttributeValues: {
          ...Object.fromEntries(set.map((name) => [`:${name}`, values[name]])),
          ':read': version,
          ...(pending && { ':changeId': pending.changeId }),
        },
      },
    };
  };

  const historyPut = (disputeId: string, entry: StoredEntry): TransactItem => ({
    Put: {
      TableName,
      Item: { ...entry, ...partKey(disputeId, `${HISTORY}${String(entry.version).padStart(8, '0')}`) },
    },
  });

  const change = (before: StoredHead, changes: HeadChanges, entry: Omit<StoredEntry, 'version'>): TransactItem[] => [
    headUpdate(before, changes),
    historyPut(before.disputeId, { ...entry, version: before.version + 1 }),
    ...(before.pending ? [{ Delete: { TableName, Key: partKey(before.disputeId, PENDING) } }] : []),
  ];

  const packages = async (disputeId: string): Promise<EvidencePackage[]> => {
    const listed = {
      tableName: TableName,
      subject: subjectOf(disputeId),
      beginsWith: evidencePart(),
      consistent: true,
    };
    return (await queryAll(dynamodb, listed)).map((item) => EvidencePackage.parse(item));
  };

  const summaries = async (disputeIds: readonly string[]): Promise<Map<string, StoredHead>> => {
    const items = await itemsOfKeys(dynamodb, TableName, disputeIds.map(headKey));
    return new Map(items.map((item) => StoredHead.parse(item)).map((one) => [one.disputeId, one]));
  };

  return {
    /** Stores a new dispute; false where there is one of that id already. */
    async create(dispute: StoredHead, entry: StoredEntry): Promise<boolean> {
      const key = headKey(dispute.disputeId);
      const ConditionExpression = 'attribute_not_exists(subject)';
      const Item = { ...dispute, ...key, work: workOf(dispute.state), dueAt: dispute.openedAt };
      return transact([
        { Put: { TableName, Item, ConditionExpression } },
        historyPut(dispute.disputeId, entry),
        { Put: { TableName, Item: { ...customerKey(dispute), disputeId: dispute.disputeId } } },
      ]);
    },

    head,
    read,

    /** A dispute, as it stands now, with everything that it is told with; undefined where there is none. */
    async get(disputeId: string): Promise<Dispute | undefined> {
      const stored = await read(disputeId);
      return stored && Dispute.parse(stored);
    },

    /** Writes items in one transaction; false where one of them is refused. */
    transact,

    /** The items of a change, with its entry in the history. One that was begun is ended by it. */
    change,

    /** The item of a call that is in a dispute. */
    callPut: (disputeId: string, call: DisputeCall): TransactItem => ({
      Put: { TableName, Item: { ...call, ...partKey(disputeId, `${CALL}${call.callId}`) } },
    }),

    /** Refuses a transaction where the change that is begun with a dispute is not, or no longer, the one that was read. */
    whilePending: ({ disputeId, pending }: StoredHead): TransactItem => ({
      ConditionCheck: {
        TableName,
        Key: headKey(disputeId),
        ConditionExpression: '#pending.#changeId = :changeId',
        ExpressionAttributeNames: { '#pending': 'pending', '#changeId': 'changeId' },
        ExpressionAttributeValues: { ':changeId': pending?.changeId },
      },
    }),

    /** The item of a finding. */
    findingPut: (disputeId: string, finding: Finding): TransactItem => ({
      Put: { TableName, Item: { ...finding, ...partKey(disputeId, `${FINDING}${finding.findingId}`) } },
    }),

    /**
     * The items of the begin of a change that each call is told of before it is done. Until it is ended, nothing else changes
     * the dispute.
     */
    begin: (before: StoredHead, pending: PendingChange): TransactItem[] => [
      headUpdate(before, { pending }),
      {
        Put: {
          TableName,
          Item: {
            ...partKey(before.disputeId, PENDING),
            ...{ disputeId: before.disputeId, work: workOf('pending'), dueAt: pending.at },
          },
        },
      },
    ],

    /**
     * Notes in a dispute's history what was done with it, such as that evidence was built: it is a change, with a version.
     *
     * @returns false where there is no such dispute
     */
    async note(disputeId: string, entry: DisputeEntry): Promise<boolean> {
      for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
        const before = await head(disputeId);
        if (!before || before.deletingSince !== undefined) return false;
        const { pending: _, ...settled } = before;
        const noted = before.pending
          ? // What is begun stays begun.
            [keepPending(TableName, before), historyPut(disputeId, { ...entry, version: before.version + 1 })]
          : change(settled, {}, entry);
        if (await transact(noted)) return true;
      }
      throw new Error(`the dispute ${disputeId} changes too fast: try again`);
    },

    /** Disputes in some states: those that are closed by when they were, the others by when they were opened. */
    list(states: readonly DisputeState[], request: PageRequest): Promise<Page<DisputeSummary>> {
      const index = { name: 'work-by-state', ...indexes['work-by-state'] };
      const listed = { tableName: TableName, index, groups: [states.map(workOf)], sortKeys: timesOf(request) };
      return queryPages(dynamodb, listed, request, (item) => DisputeSummary.parse(item));
    },

    /** The disputes of a customer, by when they were opened; those of other states are left out, so that a page may be short. */
    async listByCustomer(
      customerId: string,
      states: readonly DisputeState[],
      request: PageRequest,
    ): Promise<Page<DisputeSummary>> {
      const { subject } = customerKey({ customerId, openedAt: '', disputeId: '' });
      // What follows the time in a sort key puts it behind the time itself: that of the end is not among them.
      const sortKeys = { from: request.from, to: request.to };
      const listed = { tableName: TableName, groups: [[subject]], sortKeys };
      const page = await queryPages(dynamodb, listed, request, (item) => String((item as StoredHead).disputeId));
      const found = await summaries(page.items);
      const items = page.items.flatMap((disputeId) => {
        const one = found.get(disputeId);
        return one && one.deletingSince === undefined && states.includes(one.state) ? [DisputeSummary.parse(one)] : [];
      });
      return { items, next: page.next };
    },

    /** All disputes of a customer that there are, those that are being deleted too. */
    async allOf(customerId: string): Promise<StoredHead[]> {
      const { subject } = customerKey({ customerId, openedAt: '', disputeId: '' });
      const items = await queryAll(dynamodb, { tableName: TableName, subject, consistent: true });
      return [...(await summaries(items.map(({ disputeId }) => String(disputeId)))).values()];
    },

    /** The evidence packages of a dispute, as they stand now. */
    packages,

    /** Disputes that wait for something since before a time, some of them: behind `after`, in order of that time. */
    async waiting(work: DisputeWork, before: string, limit: number, after?: Key) {
      const { partitionKey, sortKey } = indexes['work-by-state'];
      const { Items = [], LastEvaluatedKey } = await dynamodb.send(
        new QueryCommand({
          TableName,
          IndexName: 'work-by-state',
          KeyConditionExpression: '#partition = :partition AND #sort BETWEEN :from AND :to',
          ExpressionAttributeNames: { '#partition': partitionKey, '#sort': sortKey },
          ExpressionAttributeValues: { ':partition': workOf(work), ':from': EVER.from, ':to': before },
          Limit: limit,
          ExclusiveStartKey: after,
        }),
      );
      const disputeIds = Items.map((item) => String(item.disputeId));
      return { disputeIds, next: LastEvaluatedKey as Key | undefined };
    },

    /**
     * Deletes a dispute that is closed, with all that is kept of it but the ZIPs of its evidence packages. Once it is begun the
     * dispute is no more; where it breaks off, it is done again.
     *
     * @param closedBefore only one that was closed before this time, and no package of which is locked any more: as long as there
     *   is one, it is told who was given it. @default whenever it was
     * @returns false where it may not be deleted: it is not closed, or was closed later, or is just being changed, or a package
     *   of it is just being built; or it is not deleted to the end
     */
    async remove(disputeId: string, now: string, closedBefore?: string): Promise<boolean> {
      const before = await head(disputeId);
      if (!before) return true;
      if (before.deletingSince === undefined) {
        if (before.state !== 'closed' || before.pending) return false;
        if (closedBefore !== undefined && before.stateSince > closedBefore) return false;
        const found = await packages(disputeId);
        if (found.some(({ state }) => state === 'requested')) return false;
        if (closedBefore !== undefined && found.some((one) => isLocked(one, now))) return false;
        const isBegun = await transact([
          {
            Update: {
              TableName,
              Key: headKey(disputeId),
              UpdateExpression: 'SET #deletingSince = :now, #work = :work, #dueAt = :now',
              ConditionExpression:
                '#version = :read AND attribute_not_exists(#pending) AND attribute_not_exists(#deletingSince)',
              ExpressionAttributeNames: Object.fromEntries(
                ['deletingSince', 'work', 'dueAt', 'version', 'pending'].map((name) => [`#${name}`, name]),
              ),
              ExpressionAttributeValues: { ':now': now, ':work': workOf('deleting'), ':read': before.version },
            },
          },
        ]);
        if (!isBegun) return false;
      }
      const items = await queryAll(dynamodb, { tableName: TableName, subject: subjectOf(disputeId), consistent: true });
      for (const { subject, part } of items) {
        if (part !== HEAD) await dynamodb.send(new DeleteCommand({ TableName, Key: { subject, part } }));
      }
      // By these two it is found: they go last.
      return transact([
        { Delete: { TableName, Key: customerKey(before) } },
        { Delete: { TableName, Key: headKey(disputeId) } },
      ]);
    },
  };
}
export type DisputeStore = ReturnType<typeof disputeStore>;

const isUnchanged = (before: StoredHead, after: StoredHead | undefined): boolean =>
  after !== undefined &&
  before.version === after.version &&
  before.pending?.changeId === after.pending?.changeId &&
  before.deletingSince === after.deletingSince;

const byTime = (a: Record<string, unknown>, b: Record<string, unknown>): number =>
  String(a.at) < String(b.at) ? -1 : String(a.at) > String(b.at) ? 1 : 0;

/** The update that counts a change beside one that is begun, and leaves that as it is. */
const keepPending = (TableName: string, { disputeId, version, pending }: StoredHead): TransactItem => ({
  Update: {
    TableName,
    Key: headKey(disputeId),
    UpdateExpression: 'SET #version = :next',
    ConditionExpression: '#version = :read AND #pending.#changeId = :changeId',
    ExpressionAttributeNames: { '#version': 'version', '#pending': 'pending', '#changeId': 'changeId' },
    ExpressionAttributeValues: { ':next': version + 1, ':read': version, ':changeId': pending?.changeId },
  },
});
