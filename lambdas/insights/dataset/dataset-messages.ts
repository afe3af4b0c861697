import * as z from 'zod';
import { type CallStore, indexPartitions } from '../../calls/calls.ts';
import type { DisputeState } from '../../disputes/disputes.ts';
import { eventSchema } from '../../events/events.ts';
import type { Page, PageRequest } from '../../platform/cursor.ts';

/** Asks for the rows of a call as it is now. */
export const CallRowsMessage = z.object({ kind: z.literal('call'), callId: z.string().min(1) });

/** Asks for the rows of a dispute as it is now. */
export const DisputeRowsMessage = z.object({ kind: z.literal('dispute'), disputeId: z.string().min(1) });

/** Asks for a day (UTC) to be compacted. */
export const CompactMessage = z.object({ kind: z.literal('compact'), day: z.iso.date() });

const Partitions = z.object({
  group: z.number().int().nonnegative(),
  progress: z.array(z.union([z.literal('start'), z.record(z.string(), z.string()), z.literal('end')])),
});

/**
 * Asks for the rows of everything that there is, page after page: without a position of all partitions, each of which goes on by itself.
 * It is how a dataset begins where there were calls before it, and how it is made anew.
 */
export const AllMessage = z.object({
  kind: z.literal('all'),
  position: z
    .union([
      z.object({
        partition: z.string().min(1),
        /** Behind which key the page begins. @default at the begin */
        after: z.record(z.string(), z.string()).optional(),
      }),
      z.object({ disputes: z.union([z.literal('start'), Partitions]) }),
    ])
    .optional(),
});
export type AllMessage = z.infer<typeof AllMessage>;

/** Whatever comes to the queue of the writer of the dataset: asked for, or as a domain event. */
export const DatasetMessage = z.union([
  CallRowsMessage,
  DisputeRowsMessage,
  CompactMessage,
  AllMessage,
  eventSchema('Call Tagged'),
  eventSchema('Call Retagged'),
  eventSchema('Call Deleted'),
  eventSchema('Call Scored'),
  eventSchema('Review Changed'),
  eventSchema('Dispute Changed'),
]);
export type DatasetMessage = z.infer<typeof DatasetMessage>;

/** What is asked for of the dataset. */
export type DatasetRequest =
  | z.infer<typeof CallRowsMessage>
  | z.infer<typeof DisputeRowsMessage>
  | z.infer<typeof CompactMessage>
  | AllMessage;

/** What a message asks for: an event, for the rows of what it tells of. */
export function requestOf(message: DatasetMessage): DatasetRequest {
  if ('kind' in message) return message;
  const { detail } = message;
  return 'disputeId' in detail
    ? { kind: 'dispute', disputeId: detail.disputeId }
    : { kind: 'call', callId: detail.callId };
}

/** What going through everything needs. */
export interface FanOutNeeds {
  readonly calls: Pick<CallStore, 'taggedCalls'>;
  readonly disputes: {
    readonly list: (
      states: readonly DisputeState[],
      request: PageRequest,
    ) => Promise<Page<{ readonly disputeId: string }>>;
  };
  readonly send: (messages: readonly DatasetRequest[]) => Promise<void>;
}

/** So many are sent for a page. */
const PAGE_SIZE = 200;

/** Longer than any period. */
const EVER = { from: '1900-01-01T00:00:00.000Z', to: '9999-12-31T23:59:59.999Z', order: 'oldest-first' } as const;

/**
 * Sends what a page holds to the queue, and behind it the next page. A page that comes twice sends it twice, which changes nothing.
 *
 * @returns how many rows of calls and disputes were asked for
 */
export async function fanOut({ position }: AllMessage, { calls, disputes, send }: FanOutNeeds): Promise<number> {
  if (position === undefined) {
    await send([
      ...indexPartitions('tagged').map(({ partition }): AllMessage => ({ kind: 'all', position: { partition } })),
      { kind: 'all', position: { disputes: 'start' } },
    ]);
    return 0;
  }
  if ('disputes' in position) {
    const { disputes: at } = position;
    const request = { ...EVER, limit: PAGE_SIZE, ...(at !== 'start' && { position: at }) };
    const { items, next } = await disputes.list(['open', 'decided', 'closed'], request);
    await send(items.map(({ disputeId }) => ({ kind: 'dispute', disputeId })));
    if (next) await send([{ kind: 'all', position: { disputes: next } }]);
    return items.length;
  }
  const { partition, after } = position;
  const { calls: found, next } = await calls.taggedCalls({ index: 'work-by-state', partition }, PAGE_SIZE, after);
  await send(found.map(({ callId }) => ({ kind: 'call', callId })));
  if (next) await send([{ kind: 'all', position: { partition, after: next } }]);
  return found.length;
}
