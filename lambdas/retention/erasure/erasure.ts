import { createHash, createHmac } from 'node:crypto';
import * as z from 'zod';
import { type Call, erasableAt, indexPartitions, isFinal, type TaggedCalls } from '../../calls/calls.ts';
import { DAY_MS, plusMs } from '../../platform/clock.ts';
import type { Receipt } from '../expiry/receipt.ts';
import { isRecordingLocked } from '../expiry/recording-locked.ts';
import type { ErasureCall, KeptBy } from './erasure-outcome.ts';

/**
 * How far an erasure is: `open` while there is something that may go and is not gone; `waiting` while all that is left is kept
 * by a floor, a legal hold or a lock; `done` when nothing is left.
 */
export const ErasureState = z.enum(['open', 'waiting', 'done']);
export type ErasureState = z.infer<typeof ErasureState>;

/**
 * Manifests of a source that describe calls of the customer: an erasure leaves them. Those are meant whose names match `file`, in
 * whatever folder below `prefix`.
 */
export const KeptManifests = z.object({ source: z.string(), prefix: z.string(), file: z.string() });
export type KeptManifests = z.infer<typeof KeptManifests>;

/** An evidence package of a dispute that the erasure left, because Object Lock keeps it until then. */
export const KeptPackage = z.object({
  disputeId: z.string(),
  number: z.number().int().positive(),
  lockedUntil: z.iso.datetime(),
});
export type KeptPackage = z.infer<typeof KeptPackage>;

/** How many calls of an erasure there are of each outcome. */
export const ErasureCounts = z.object({
  open: z.number().int(),
  kept: z.number().int(),
  erased: z.number().int(),
  gone: z.number().int(),
});
export type ErasureCounts = z.infer<typeof ErasureCounts>;

/** The erasure of all that is kept of a customer. It does not name the customer. */
export const Erasure = z.object({
  erasureId: z.string(),
  /** HMAC-SHA-256, in hex, of the customer's id with the salt as its key: whoever knows the id can check it. */
  customerHmac: z.string(),
  salt: z.string(),
  reason: z.string(),
  openedAt: z.iso.datetime(),
  openedBy: z.string(),
  openedByName: z.string().optional(),
  /** The person behind the principal, as a verified identity token names them. */
  openedByPerson: z.string().optional(),
  /** By when all that nothing keeps must be gone. */
  deadline: z.iso.datetime(),
  state: ErasureState,
  stateSince: z.iso.datetime(),
  /** Whether all calls that there were have been found. */
  allFound: z.boolean(),
});
export type Erasure = z.infer<typeof Erasure>;

/** An erasure as it is stored. */
export const StoredErasure = Erasure.extend({
  /** Whose calls are erased. It goes when the erasure is done. */
  customerId: z.string().optional(),
  ...ErasureCounts.shape,
  /** How many copies of its erased calls there were. */
  copies: z.number().int(),
  /** The sources of its calls, once it is done. */
  sources: z.array(z.string()).optional(),
  /** Evidence packages that stay though their disputes were deleted. One may be there twice. */
  packages: z.array(KeptPackage).default([]),
});
export type StoredErasure = z.infer<typeof StoredErasure>;

/** Names a customer to those who know the id. */
export const customerHmacOf = (customerId: string, salt: string): string =>
  createHmac('sha256', salt).update(customerId).digest('hex');

/**
 * The SHA-256, in hex, of what a receipt says, without the copies that were found when the call was gone already: of the JSON of
 * `[callId, reason, rule, requestedAt, deletedAt, copies]`, where `copies` are the JSON texts of
 * `[kind, keySha256, versionId, sha256, items]`, sorted. Whoever has the receipt can compute it.
 */
export function receiptSha256(receipt: Receipt): string {
  const { callId, reason, rule, requestedAt, deletedAt = '' } = receipt;
  const copies = copiesOf(receipt)
    .map(({ kind, keySha256, versionId, sha256, items }) => JSON.stringify([kind, keySha256, versionId, sha256, items]))
    .toSorted();
  return createHash('sha256')
    .update(JSON.stringify([callId, reason, rule, requestedAt, deletedAt, copies]))
    .digest('hex');
}

const copiesOf = ({ copies, deletedAt = '' }: Receipt) => copies.filter(({ notedAt }) => notedAt <= deletedAt);

/** A deleted call, as an erasure tells of it. */
export function receiptTold(receipt: Receipt): NonNullable<ErasureCall['receipt']> {
  const { deletedAt = receipt.requestedAt, reason } = receipt;
  const copies = copiesOf(receipt).reduce((sum, { items = 1 }) => sum + items, 0);
  return { deletedAt, reason, copies, sha256: receiptSha256(receipt) };
}

/** Evidence packages, each once. */
export const eachOnce = (packages: readonly KeptPackage[]): KeptPackage[] => [
  ...new Map(packages.map((one) => [JSON.stringify([one.disputeId, one.number]), one])).values(),
];

/** The sources of calls, each once. */
export const sourcesOf = (calls: readonly Pick<ErasureCall, 'source'>[]): string[] => [
  ...new Set(calls.flatMap(({ source }) => source ?? [])),
];

/** What an erasure can do with a call as it stands. */
export type Standing =
  | { readonly outcome: 'open' }
  | { readonly outcome: 'kept'; readonly keptBy: KeptBy; readonly dueAt?: string };

/**
 * What an erasure can do with a call at `now`: it is kept by legal holds, by a floor that is not over, or by a lock of S3; a
 * call on its way is open until it can be deleted.
 */
export function standingOf(call: Call, now: string): Standing {
  const floor = call.retention?.floor;
  const holds = call.holds ?? [];
  const keptBy: KeptBy = {
    ...(floor && floor.until > now && { floor }),
    ...(holds.length > 0 && { holds }),
    ...(isRecordingLocked(call) && call.dueAt > now && { lockedUntil: call.dueAt }),
  };
  if (!isFinal(call.state) || Object.keys(keptBy).length === 0) return { outcome: 'open' };
  const [dueAt] = [keptBy.floor?.until, keptBy.lockedUntil]
    .flatMap((until) => until ?? [])
    .toSorted()
    .toReversed();
  return { outcome: 'kept', keptBy, ...(dueAt && { dueAt }) };
}

/**
 * Whether a call is due as its erasure demands. One that is `received` is not: its recording is being read, and may turn out to be of
 * another customer. It is asked about again when it was.
 */
export function isMarked(call: Call, erasureId: string, now: string): boolean {
  if (call.state === 'received') return true;
  if (call.erasure !== erasureId) return false;
  if (!isFinal(call.state)) return true;
  return isRecordingLocked(call) || call.dueAt <= erasableAt(call, now);
}

/** The state of an erasure by what is known of its calls. */
export function stateOf({ state, allFound, open, kept }: StoredErasure): ErasureState {
  if (state === 'done') return 'done';
  if (!allFound || open > 0) return 'open';
  return kept > 0 ? 'waiting' : 'done';
}

/** Whether something that may go is not gone by the deadline. */
export const isOverdue = (erasure: StoredErasure, now: string): boolean =>
  stateOf(erasure) === 'open' && erasure.deadline < now;

/** The days until the deadline, where no others are asked for. Source: Regulation (EU) 2016/679, article 12(3): one month. */
export const DEADLINE_DAYS = 30;

/** When an erasure that is opened at `now` must have erased what nothing keeps. */
export const deadlineOf = (now: string, days: number): string => plusMs(now, days * DAY_MS);

/**
 * Where the calls of a customer are looked for: in the order of their start, and, as those without one are not there, among the
 * recordings that were rejected.
 */
export const placesOf = (customerId: string): readonly TaggedCalls[] => [
  { index: 'calls-by-customer', partition: customerId },
  ...indexPartitions('rejected'),
];

const Position = z.object({ place: z.number().int(), after: z.record(z.string(), z.string()).optional() });

/** Looks for the calls of an erasure from the start; `again` tells that it was done before, and that this may be the last time. */
export const EraseBeginMessage = z.object({ kind: z.literal('begin'), erasureId: z.string(), again: z.boolean() });

/** Goes on looking for the calls of an erasure. */
export const ErasePageMessage = EraseBeginMessage.extend({ kind: z.literal('page'), position: Position });
export type ErasePageMessage = z.infer<typeof ErasePageMessage>;

/** Brings one call to what an erasure says of it. */
export const EraseCallMessage = z.object({ kind: z.literal('call'), erasureId: z.string(), callId: z.string() });
export type EraseCallMessage = z.infer<typeof EraseCallMessage>;

/** Begins again every erasure that is not done. */
export const EraseCheckMessage = z.object({ kind: z.literal('check'), position: z.unknown().optional() });
export type EraseCheckMessage = z.infer<typeof EraseCheckMessage>;

/** What the erasure queue holds. */
export const EraseMessage = z.discriminatedUnion('kind', [
  EraseBeginMessage,
  ErasePageMessage,
  EraseCallMessage,
  EraseCheckMessage,
]);
export type EraseMessage = z.infer<typeof EraseMessage>;
