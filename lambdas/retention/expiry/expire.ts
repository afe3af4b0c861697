import * as z from 'zod';
import { type CallState, type CallStore, DeletionReason, FINAL_STATES, indexPartitions } from '../../calls/calls.ts';
import type { Key } from '../../platform/cursor.ts';

/** Asks for one call to be deleted. */
export const DeleteMessage = z.object({
  kind: z.literal('call'),
  callId: z.string(),
  reason: DeletionReason,
  /** What demands it. @default the retention rule of the call */
  rule: z.string().optional(),
});
export type DeleteMessage = z.infer<typeof DeleteMessage>;

/** Asks for the calls of one partition of `work-by-state` that are due at `asOf`, behind a position. */
export const DuePageMessage = z.object({
  kind: z.literal('page'),
  partition: z.string(),
  asOf: z.iso.datetime(),
  position: z.record(z.string(), z.string()).optional(),
});
export type DuePageMessage = z.infer<typeof DuePageMessage>;

/** Asks for what may have been written of a call while it was deleted. */
export const LeftoversMessage = z.object({ kind: z.literal('leftovers'), callId: z.string() });
export type LeftoversMessage = z.infer<typeof LeftoversMessage>;

/** Asks for a version of a manifest to be deleted, which has served its time. */
export const ManifestMessage = z.object({
  kind: z.literal('manifest'),
  bucket: z.string(),
  key: z.string(),
  versionId: z.string(),
});
export type ManifestMessage = z.infer<typeof ManifestMessage>;

/** What the expiry queue holds, beside events. */
export type ExpiryMessage = DeleteMessage | DuePageMessage | LeftoversMessage | ManifestMessage;

/** So many items of the index are read for a page. */
const PAGE_SIZE = 200;

/** The messages with which a sweep begins: one for each partition in which calls may be due at `asOf`. */
export const sweepAt = (asOf: string): DuePageMessage[] =>
  FINAL_STATES.flatMap((state: CallState) =>
    indexPartitions(state).map(({ partition }) => ({ kind: 'page' as const, partition, asOf })),
  );

/** What going on with a sweep needs. */
export interface SweepNeeds {
  readonly calls: Pick<CallStore, 'dueCalls'>;
  readonly send: (messages: readonly ExpiryMessage[]) => Promise<void>;
  /** @default 200 */
  readonly pageSize?: number;
}

/**
 * Goes on with a sweep by one page: sends its calls to be deleted, and the next page behind them. The sweep goes by the
 * index, from which calls vanish while they are deleted: a page goes on behind a key, whether that is still there or not.
 *
 * @returns how many calls were sent
 */
export async function sweepPage(
  { partition, asOf, position }: DuePageMessage,
  { calls, send, pageSize = PAGE_SIZE }: SweepNeeds,
): Promise<number> {
  const { callIds, next } = await calls.dueCalls(partition, asOf, pageSize, position as Key | undefined);
  await send([
    ...callIds.map((callId) => ({ kind: 'call' as const, callId, reason: 'expired' as const })),
    ...(next ? [{ kind: 'page' as const, partition, asOf, position: next }] : []),
  ]);
  return callIds.length;
}
