import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type Call, type CustodyHead, DeletionReason } from '../../calls/calls.ts';
import { Retention } from '../policy/decide-retention.ts';
import type { Copy } from './copies.ts';

/** What became of something that was kept of a call: `noted` until it is removed. */
export const CopyOutcome = z.enum(['noted', 'removed', 'locked']);
export type CopyOutcome = z.infer<typeof CopyOutcome>;

/**
 * One thing that was kept of a call, or all items of one kind. Keys can hold a telephone number: they are told as hashes.
 */
export const ReceiptCopy = z.object({
  /** What it was: `recording`, `transcript`, `moments` … */
  kind: z.string(),
  /** SHA-256, in hex, of bucket and key, joined by a slash; of a record, of its service and name. */
  keySha256: z.string().optional(),
  versionId: z.string().optional(),
  deleteMarker: z.literal(true).optional(),
  sizeBytes: z.number().int().optional(),
  etag: z.string().optional(),
  /** SHA-256 of the bytes in hex, where S3 or who uploaded them has told it. */
  sha256: z.string().optional(),
  /** How many items of the table. */
  items: z.number().int().optional(),
  outcome: CopyOutcome,
  /** When it was found, and when it was removed. */
  notedAt: z.iso.datetime(),
  removedAt: z.iso.datetime().optional(),
  /** Until when Object Lock keeps it, where it does, and until a time. */
  lockedUntil: z.iso.datetime().optional(),
});
export type ReceiptCopy = z.infer<typeof ReceiptCopy>;

/** That a call was deleted: when, why, by which rule. It names no customer and no key. */
export const ReceiptSummary = z.object({
  callId: z.string(),
  reason: DeletionReason,
  /** What demanded it: the retention rule, or the erasure. */
  rule: z.string(),
  retentionClass: z.string().optional(),
  requestedAt: z.iso.datetime(),
  /** When nothing was left; absent while it is being deleted. */
  deletedAt: z.iso.datetime().optional(),
});
export type ReceiptSummary = z.infer<typeof ReceiptSummary>;

/** How far the custody of the call went: what a copy of it, such as that of an evidence package, is checked against. */
const ReceiptCustody = z.object({
  /** How many entries it had. */
  entries: z.int().positive(),
  /** The hash of the last one. */
  hash: z.string(),
});

/** The receipt of a deletion, whole. */
export const Receipt = ReceiptSummary.extend({
  /** How long the call was to be kept, and by which rule, floor and ceiling. */
  retention: Retention.optional(),
  custody: ReceiptCustody.optional(),
  copies: z.array(ReceiptCopy),
});
export type Receipt = z.infer<typeof Receipt>;

/** A receipt as it is stored, without its copies. */
export const StoredReceipt = ReceiptSummary.extend({
  retention: Retention.optional(),
  custody: ReceiptCustody.optional(),
  /** What the leftovers of the call are found by. */
  attempt: z.number().int().positive(),
  job: z.object({ kind: z.enum(['call-analytics', 'standard']), name: z.string() }).optional(),
});
export type StoredReceipt = z.infer<typeof StoredReceipt>;

/**
 * The receipt of a call that is `deleting`, at its begin.
 *
 * @param custody how far its custody went; undefined where nothing was noted of it
 */
export function receiptOf(
  { callId, deletion, retention, attempt, job }: Call,
  custody: CustodyHead | undefined,
): StoredReceipt {
  if (!deletion) throw new TypeError(`the call ${callId} is not being deleted`);
  const { reason, rule, requestedAt } = deletion;
  return {
    ...{ callId, reason, rule, requestedAt, retentionClass: retention?.retentionClass, retention, attempt },
    ...(custody && { custody: { entries: custody.entries, hash: custody.hash } }),
    ...(job && { job: { kind: job.kind, name: job.name } }),
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A copy as a receipt tells of it, and a name that no other copy of the call has. */
export function toldOf(copy: Copy): { readonly id: string; readonly told: Partial<ReceiptCopy> & { kind: string } } {
  const { kind } = copy;
  if (copy.of === 'item') return { id: `${kind}#items`, told: { kind } };
  if (copy.of === 'record') {
    const keySha256 = sha256(`${copy.service}/${copy.name}`);
    return { id: `${kind}#${keySha256}`, told: { kind, keySha256 } };
  }
  const { bucket, key, versionId, deleteMarker, sizeBytes, etag } = copy;
  const keySha256 = sha256(`${bucket}/${key}`);
  return {
    id: `${kind}#${keySha256}#${versionId}`,
    told: { kind, keySha256, versionId, ...(deleteMarker ? { deleteMarker } : { sizeBytes, etag }) },
  };
}
