import type { CallStore } from '../../calls/calls.ts';
import { type Clock, iso, plusMs } from '../../platform/clock.ts';
import { EVER, type Key, type Position } from '../../platform/cursor.ts';
import { type EraseCheckMessage, type EraseMessage, type ErasePageMessage, isOverdue, placesOf } from './erasure.ts';
import { eraseDisputes, type FinishNeeds, finish } from './erasure-call.ts';
import type { ErasureStore } from './erasure-store.ts';

/** What looking for the calls of an erasure needs. */
export interface ErasePageNeeds extends FinishNeeds {
  readonly erasures: Pick<
    ErasureStore,
    'get' | 'found' | 'callsBehind' | 'allCalls' | 'setAllFound' | 'enter' | 'list' | 'notePackages'
  >;
  readonly calls: Pick<CallStore, 'callsOf'>;
  readonly send: (messages: readonly EraseMessage[], delaySeconds?: number) => Promise<void>;
  readonly clock: Clock;
  /** So many calls are looked for at once. @default 100 */
  readonly pageSize?: number;
}

const PAGE_SIZE = 100;

/**
 * After so long an erasure goes through its calls once more: what was just being written to an index when it came, and by
 * functions that ran, is there by then. It is the longest that SQS delays a message, and that a Lambda function runs.
 */
const ONCE_MORE_SECONDS = 900;

/** Begins to look for the calls of an erasure, from the start. */
export async function beginErasure(erasureId: string, again: boolean, needs: ErasePageNeeds): Promise<void> {
  const erasure = await needs.erasures.get(erasureId);
  if (!erasure || erasure.state === 'done') return;
  if (!again) await needs.send([{ kind: 'begin', erasureId, again: true }], ONCE_MORE_SECONDS);
  await needs.send([{ kind: 'page', erasureId, again, position: { place: 0 } }]);
}

/**
 * Goes on looking for the calls of an erasure by one page: place after place those of the customer are noted, and behind
 * the last place each that was noted and is not gone is sent to the queue, those that were known before too.
 *
 * @returns how many calls were noted, or sent
 */
export async function erasurePage(message: ErasePageMessage, needs: ErasePageNeeds): Promise<number> {
  const { erasures, calls, send, clock, pageSize = PAGE_SIZE } = needs;
  const { erasureId, again, position } = message;
  const erasure = await erasures.get(erasureId);
  if (!erasure || erasure.state === 'done' || erasure.customerId === undefined) return 0;
  const { customerId } = erasure;
  const goOn = (place: number, after?: Key): ErasePageMessage => ({
    ...message,
    position: { place, ...(after && { after }) },
  });

  const place = placesOf(customerId)[position.place];
  if (place) {
    const found = await calls.callsOf(place, pageSize, position.after);
    const theirs = found.calls.filter((call) => call.customerId === customerId);
    for (const { callId } of theirs) await erasures.found(erasureId, callId, iso(clock()));
    await send([found.next ? goOn(position.place, found.next) : goOn(position.place + 1)]);
    return theirs.length;
  }
  const noted = await erasures.callsBehind(erasureId, pageSize, position.after);
  const left = noted.calls.filter(({ outcome }) => outcome === 'open' || outcome === 'kept');
  await send([
    ...left.map(({ callId }) => ({ kind: 'call' as const, erasureId, callId })),
    ...(noted.next ? [goOn(position.place, noted.next)] : []),
  ]);
  if (!noted.next) {
    if (again) await erasures.setAllFound(erasureId);
    // Also while calls are kept for years: what is over of disputes need not wait for them.
    await eraseDisputes({ ...erasure, customerId }, needs);
    await finish(erasureId, needs);
  }
  return left.length;
}

/**
 * Begins again every erasure that is not done, a page of them at a time: what broke off goes on, and what kept a call is
 * looked at anew.
 *
 * @returns how many of them there are, and which are not done by their deadline
 */
export async function checkErasures(
  { position }: EraseCheckMessage,
  { erasures, send, clock }: ErasePageNeeds,
): Promise<{ begun: number; overdue: string[] }> {
  const request = { ...EVER, order: 'oldest-first', limit: 50, position: position as Position | undefined } as const;
  const { items, next } = await erasures.list(['open', 'waiting'], request);
  const now = iso(clock());
  const isOnceMore = (openedAt: string) => plusMs(openedAt, ONCE_MORE_SECONDS * 1000) <= now;
  await send([
    ...items.map(({ erasureId, openedAt }) => ({ kind: 'begin' as const, erasureId, again: isOnceMore(openedAt) })),
    ...(next === undefined ? [] : [{ kind: 'check' as const, position: next }]),
  ]);
  const overdue = items.filter((erasure) => isOverdue(erasure, now)).map(({ erasureId }) => erasureId);
  return { begun: items.length, overdue };
}
