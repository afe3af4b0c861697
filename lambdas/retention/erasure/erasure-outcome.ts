import * as z from 'zod';

/**
 * What became of a call of an erasure: `open` until it is gone; `kept` while something keeps it; `erased`, with a receipt;
 * `gone` where there is no receipt any more, or it is not the customer's.
 */
export const ErasureOutcome = z.enum(['open', 'kept', 'erased', 'gone']);
export type ErasureOutcome = z.infer<typeof ErasureOutcome>;

/** What keeps a call from being erased: the floor that is not over, the legal holds by their ids, a lock of S3. */
export const KeptBy = z.object({
  floor: z.object({ name: z.string(), until: z.iso.datetime() }).optional(),
  holds: z.array(z.string()).optional(),
  /** Until when Object Lock keeps the recording, or when that is looked at again. */
  lockedUntil: z.iso.datetime().optional(),
});
export type KeptBy = z.infer<typeof KeptBy>;

/** A call of an erasure, and what became of it. */
export const ErasureCall = z.object({
  callId: z.string(),
  outcome: ErasureOutcome,
  /** When that was found. */
  at: z.iso.datetime(),
  /** The source that uploaded it. */
  source: z.string().optional(),
  /** What keeps it; of a call that is erased by now, what kept it before. */
  keptBy: KeptBy.optional(),
  /** Since when it was kept. */
  keptSince: z.iso.datetime().optional(),
  /** When it goes: at the end of its floor, or lock. Where a hold keeps it, when that is released, and not before then. */
  dueAt: z.iso.datetime().optional(),
  /** When it was deleted, why, how many copies there were, and the SHA-256 of its receipt: see `receiptSha256`. */
  receipt: z
    .object({ deletedAt: z.iso.datetime(), reason: z.string(), copies: z.number().int(), sha256: z.string() })
    .optional(),
});
export type ErasureCall = z.infer<typeof ErasureCall>;
