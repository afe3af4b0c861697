import { type CallStore, indexPartitions, type TaggedCalls } from '../../calls/calls.ts';
import { DAY_MS, iso } from '../../platform/clock.ts';
import { EVER, type Key, type Position } from '../../platform/cursor.ts';
import {
  type CheckMessage,
  type HoldChain,
  type HoldMessage,
  isActive,
  namedCalls,
  namedCustomers,
  type PageMessage,
  type StoredHold,
} from './hold.ts';
import { finish, type HoldCallNeeds } from './hold-call.ts';
import type { HoldStore } from './hold-store.ts';

/** What looking for the calls of a hold needs. */
export interface HoldPageNeeds extends Pick<HoldCallNeeds, 'clock' | 'recordKeepDays'> {
  readonly holds: HoldCallNeeds['holds'] &
    Pick<
      HoldStore,
      'list' | 'begin' | 'endChain' | 'dropChains' | 'setCustomer' | 'found' | 'foundCalls' | 'reachedCalls'
    >;
  readonly calls: Pick<CallStore, 'callsOf'>;
  readonly send: (messages: readonly HoldMessage[], delaySeconds?: number) => Promise<void>;
  /** So many calls are looked for at once. @default 100 */
  readonly pageSize?: number;
}

const PAGE_SIZE = 100;

/** Where rejected recordings are, part by part. */
const rejectedCalls = indexPartitions('rejected');

/**
 * After so long a hold, and a release, goes through its calls once more: what was just being written when it came, in an
 * index or by a function that still went by how the call was before, is done by then. It is the longest that SQS delays a
 * message, and that a Lambda function runs.
 */
const ONCE_MORE_SECONDS = 900;

/** Begins to look for the calls of a hold, from the start. */
export async function beginHold(holdId: string, again: boolean, needs: HoldPageNeeds): Promise<void> {
  const { holds, send } = needs;
  const hold = await holds.get(holdId);
  if (!hold) return;
  const active = isActive(hold);
  // Calls that arrive find the hold by their customer from here on; those that were there before are found below.
  for (const customerId of namedCustomers(hold.on)) await holds.setCustomer(holdId, customerId, active);
  const chains = chainsOf(hold, again);
  if (hold.state === 'placing' || hold.state === 'releasing') {
    await holds.dropChains(hold);
    await holds.begin(hold, chains);
    if (!again) await send([{ kind: 'begin', holdId, again: true }], ONCE_MORE_SECONDS);
  }
  await send(chains.map((chain) => ({ kind: 'page', holdId, state: hold.state, chain })));
  await finish(holdId, needs);
}

function chainsOf(hold: StoredHold, again: boolean): HoldChain[] {
  const known: HoldChain[] = [{ reached: true }, { found: true }];
  const { on } = hold;
  // The calls of a dispute are noted as they are taken in: there is no other place to look for them.
  if (!isActive(hold) || 'disputeId' in on) return known;
  const customers = namedCustomers(on);
  return [
    ...customers.map((_, customer) => ({ customer })),
    ...(customers.length > 0 ? rejectedCalls.map((_, rejected) => ({ rejected })) : []),
    ...(namedCalls(on).length > 0 ? [{ named: true } as const] : []),
    ...(again ? known : []),
  ];
}

/**
 * Looks for calls of a hold on one page of a chain, and sends them to the queue, and the next page with them.
 *
 * @returns how many calls were sent
 */
export async function holdPage(message: PageMessage, needs: HoldPageNeeds): Promise<number> {
  const { holds, send } = needs;
  const { holdId, chain } = message;
  const hold = await holds.get(holdId);
  if (!hold) return 0;
  // What was looked for to be held need not be when it is not held any more: the release looks for itself.
  if (isActive(hold) !== isActive(message)) {
    await holds.endChain(holdId, message.state, chain);
    await finish(holdId, needs);
    return 0;
  }
  const { callIds, next } = await callsOfPage(hold, message, needs);
  // Left to do before the chain ends: else the hold could seem to be done.
  if ((hold.state === 'placing' || hold.state === 'releasing') && !('found' in chain)) {
    for (const callId of callIds) await holds.found(holdId, callId);
  }
  await send([
    ...callIds.map((callId) => ({ kind: 'call' as const, holdId, callId })),
    ...(next === undefined ? [] : [{ ...message, position: next }]),
  ]);
  if (next === undefined) {
    await holds.endChain(holdId, message.state, chain);
    await finish(holdId, needs);
  }
  return callIds.length;
}

async function callsOfPage(
  { holdId, on }: StoredHold,
  { chain, position }: PageMessage,
  { holds, calls, pageSize: limit = PAGE_SIZE }: HoldPageNeeds,
): Promise<{ callIds: string[]; next: unknown }> {
  if ('reached' in chain) return holds.reachedCalls(holdId, limit, position as Key | undefined);
  if ('found' in chain) return holds.foundCalls(holdId, limit, position as Key | undefined);
  if ('named' in chain) {
    const first = Number(position ?? 0);
    const named = namedCalls(on);
    const next = first + limit < named.length ? first + limit : undefined;
    return { callIds: named.slice(first, first + limit), next };
  }
  const customers = namedCustomers(on);
  const place = 'rejected' in chain ? rejectedCalls[chain.rejected] : callsOfCustomer(customers[chain.customer]);
  if (!place) return { callIds: [], next: undefined };
  const found = await calls.callsOf(place, limit, position as Key | undefined);
  const theirs = found.calls.filter(({ customerId = '' }) => customers.includes(customerId));
  return { callIds: theirs.map(({ callId }) => callId), next: found.next };
}

const callsOfCustomer = (customerId: string | undefined): TaggedCalls | undefined =>
  customerId === undefined ? undefined : { index: 'calls-by-customer', partition: customerId };

/** Each hold is gone through again once in so many days: often enough, since S3 has removed nothing for good by then. */
const CHECKED_EVERY_DAYS = 7;

/** Whether a hold is gone through again today. One that is being placed or released may have broken off: it is every day. */
const isToBeChecked = ({ state, placedAt }: StoredHold, now: string): boolean =>
  state !== 'placed' || Math.floor((Date.parse(now) - Date.parse(placedAt)) / DAY_MS) % CHECKED_EVERY_DAYS === 0;

/**
 * Goes through holds again, a page of them at a time: what broke off goes on, and a held call that lost its legal hold or its
 * tags, or came under a delete marker, gets back what it had.
 *
 * @returns how many holds are gone through again
 */
export async function checkHolds({ position }: CheckMessage, { holds, send, clock }: HoldPageNeeds): Promise<number> {
  const request = { ...EVER, order: 'oldest-first', limit: 50, position: position as Position | undefined } as const;
  const { items, next } = await holds.list(['placing', 'placed', 'releasing'], request);
  const checked = items.filter((hold) => isToBeChecked(hold, iso(clock())));
  await send([
    ...checked.map(({ holdId }) => ({ kind: 'begin' as const, holdId, again: true })),
    ...(next === undefined ? [] : [{ kind: 'check' as const, position: next }]),
  ]);
  return checked.length;
}
