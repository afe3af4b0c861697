import * as z from 'zod';
import { type Clock, DAY_MS, iso, MINUTE_MS, plusMs } from '../platform/clock.ts';
import type { Key } from '../platform/cursor.ts';
import { type ChangeNeeds, settled } from './change-dispute.ts';
import type { DisputeStore } from './dispute-store.ts';

/** What disputes are looked for as: begun changes and deletions that may have broken off, and closed ones that are due. */
const Work = z.enum(['pending', 'deleting', 'closed']);

/** Looks for disputes of one kind, behind a position. */
const TendPageMessage = z.object({
  kind: z.literal('page'),
  work: Work,
  /** Those that are so since before this time. */
  before: z.iso.datetime(),
  position: z.record(z.string(), z.string()).optional(),
});
export type TendPageMessage = z.infer<typeof TendPageMessage>;

/** Ends what was begun with a dispute. */
const SettleMessage = z.object({ kind: z.literal('settle'), disputeId: z.string() });

/** Deletes a dispute, if it was closed before a time, or its deletion was begun. */
const RemoveMessage = z.object({ kind: z.literal('remove'), disputeId: z.string(), closedBefore: z.iso.datetime() });

/** What the queue of disputes holds. */
export const TendMessage = z.discriminatedUnion('kind', [TendPageMessage, SettleMessage, RemoveMessage]);
export type TendMessage = z.infer<typeof TendMessage>;

/** What tending disputes needs. */
export interface TendNeeds {
  readonly disputes: Pick<DisputeStore, 'waiting' | 'remove'>;
  /** Of what was begun. */
  readonly change: ChangeNeeds;
  readonly send: (messages: readonly TendMessage[]) => Promise<void>;
  readonly clock: Clock;
  /** So long a dispute is kept after it was closed. */
  readonly keepDays: number;
  /** So many disputes are looked for at once. @default 100 */
  readonly pageSize?: number;
}

const PAGE_SIZE = 100;

/** A change that was begun so long ago has broken off: no function of ours that changes disputes runs so long. */
const BROKEN_OFF_MS = 5 * MINUTE_MS;

/** The messages with which disputes are looked after. */
export function tendAt(now: string, keepDays: number): TendPageMessage[] {
  const page = (work: TendPageMessage['work'], before: string): TendPageMessage => ({ kind: 'page', work, before });
  return [
    page('pending', plusMs(now, -BROKEN_OFF_MS)),
    page('deleting', plusMs(now, -BROKEN_OFF_MS)),
    page('closed', plusMs(now, -keepDays * DAY_MS)),
  ];
}

/** Does what a message asks for; however often it is delivered, it ends the same. */
export async function tendDisputes(message: TendMessage, needs: TendNeeds): Promise<string> {
  const { disputes, clock, send } = needs;
  if (message.kind === 'settle') {
    const dispute = await needs.change.disputes.read(message.disputeId);
    if (!dispute?.pending) return 'settled before';
    await settled(dispute, needs.change);
    return 'settled';
  }
  if (message.kind === 'remove') {
    const isRemoved = await disputes.remove(message.disputeId, iso(clock()), message.closedBefore);
    return isRemoved ? 'removed' : 'kept';
  }
  const { work, before, position } = message;
  const { disputeIds, next } = await disputes.waiting(
    work,
    before,
    needs.pageSize ?? PAGE_SIZE,
    position as Key | undefined,
  );
  await send([
    ...disputeIds.map(
      (disputeId): TendMessage =>
        work === 'pending' ? { kind: 'settle', disputeId } : { kind: 'remove', disputeId, closedBefore: before },
    ),
    ...(next ? [{ ...message, position: next }] : []),
  ]);
  return `${disputeIds.length} ${work}`;
}
