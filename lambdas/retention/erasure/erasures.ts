import type { CallStore } from '../../calls/calls.ts';
import type { CustomerDisputes } from '../../disputes/disputes.ts';
import { type Clock, iso } from '../../platform/clock.ts';
import type { Key } from '../../platform/cursor.ts';
import { VerbatimError } from '../../platform/errors.ts';
import type { Who } from '../../platform/http.ts';
import { idByTime } from '../../platform/jobs.ts';
import {
  customerHmacOf,
  DEADLINE_DAYS,
  deadlineOf,
  type EraseMessage,
  eachOnce,
  type KeptManifests,
  type KeptPackage,
  placesOf,
  type StoredErasure,
  sourcesOf,
  standingOf,
} from './erasure.ts';
import type { KeptBy } from './erasure-outcome.ts';
import type { ErasureStore } from './erasure-store.ts';

/** What opening erasures needs. */
export interface ErasuresNeeds {
  readonly erasures: Pick<ErasureStore, 'open' | 'get' | 'ofCustomer' | 'allCalls'>;
  readonly calls: Pick<CallStore, 'callsOf'>;
  readonly disputes: Pick<CustomerDisputes, 'left' | 'packages'>;
  readonly send: (messages: readonly EraseMessage[]) => Promise<void>;
  /** The manifests of sources that have such. */
  readonly manifestsOf: (sources: readonly string[]) => KeptManifests[];
  readonly clock: Clock;
  /** A text that no other erasure has. */
  readonly randomId: () => string;
  /** A text that nobody can guess. */
  readonly randomSalt: () => string;
}

/** What an erasure is asked with. */
export interface RequestedErasure {
  readonly customerId: string;
  readonly reason: string;
  /** @default 30 */
  readonly deadlineDays?: number | undefined;
}

/**
 * Opens the erasure of all that is kept of a customer. A customer has one that is not done at the most: asked again, it is that
 * one, with the reason and the deadline that it has.
 */
export async function openErasure(
  { customerId, reason, deadlineDays = DEADLINE_DAYS }: RequestedErasure,
  { by, byName, person }: Who,
  needs: ErasuresNeeds,
): Promise<StoredErasure> {
  const { erasures, send, clock } = needs;
  const now = iso(clock());
  const salt = needs.randomSalt();
  const fresh = {
    erasureId: idByTime(now, needs.randomId()),
    ...{ customerId, customerHmac: customerHmacOf(customerId, salt), salt, reason },
    ...{ openedAt: now, openedBy: by, openedByName: byName, openedByPerson: person },
    deadline: deadlineOf(now, deadlineDays),
    ...{ state: 'open' as const, stateSince: now, allFound: false },
    ...{ open: 0, kept: 0, erased: 0, gone: 0, copies: 0, packages: [] },
  };
  const before = await erasures.ofCustomer(customerId);
  const isOpened = before === undefined && (await erasures.open(fresh));
  const erasureId = isOpened ? fresh.erasureId : (before ?? (await erasures.ofCustomer(customerId)));
  const erasure = isOpened ? fresh : erasureId === undefined ? undefined : await erasures.get(erasureId);
  if (!erasure) throw new VerbatimError('conflict', 'an erasure of this customer is just done: ask again');
  // Also of one that was there: it may be asked for again because this message was not sent.
  await send([{ kind: 'begin', erasureId: erasure.erasureId, again: !isOpened && erasure.allFound }]);
  return erasure;
}

/** Calls that are kept for one reason. */
export interface KeptCalls {
  readonly keptBy: KeptBy;
  readonly calls: number;
}

/** The reasons for which calls are kept, each once, with how many there are. */
export function keptCalls(all: readonly { readonly keptBy?: KeptBy | undefined }[]): KeptCalls[] {
  const byReason = Map.groupBy(all, ({ keptBy }) => JSON.stringify(keptBy ?? {}));
  return [...byReason.values()].map((some) => ({ keptBy: some[0]?.keptBy ?? {}, calls: some.length }));
}

/**
 * What is kept of an erasure: calls, with what keeps them; manifests that may name the customer; disputes that are not
 * closed, which keep themselves and their calls; and evidence packages that are locked.
 */
export async function keptOf(
  { erasureId, customerId, packages }: Pick<StoredErasure, 'erasureId' | 'customerId' | 'packages'>,
  needs: Pick<ErasuresNeeds, 'erasures' | 'manifestsOf' | 'disputes' | 'clock'>,
): Promise<{ kept: KeptCalls[]; manifests: KeptManifests[]; disputes: string[]; packages: KeptPackage[] }> {
  const { erasures, manifestsOf, disputes, clock } = needs;
  const all = await erasures.allCalls(erasureId);
  const kept = all.filter(({ outcome }) => outcome === 'kept');
  const left = customerId === undefined ? [] : await disputes.left(customerId);
  const there = customerId === undefined ? [] : await disputes.packages(customerId, iso(clock()));
  return {
    ...{ kept: keptCalls(kept), manifests: manifestsOf(sourcesOf(all)), disputes: left },
    packages: eachOnce([...packages, ...there]),
  };
}

/** What an erasure would do. */
export interface ErasurePlan {
  readonly dryRun: true;
  readonly reason: string;
  readonly deadline: string;
  readonly calls: { readonly open: number; readonly kept: number };
  readonly kept: KeptCalls[];
  readonly manifests: KeptManifests[];
  /** Those that are not closed: it would wait for them. */
  readonly disputes: string[];
  /** Those that it would leave. */
  readonly packages: KeptPackage[];
  /** Whether all calls were looked at; of a customer with very many only some are. */
  readonly allFound: boolean;
}

const PAGE_SIZE = 500;

/** So many pages of the index a dry run reads: it answers at once. */
const MAX_PAGES = 40;

/** Tells what an erasure would do, and does nothing. */
export async function planErasure(
  { customerId, reason, deadlineDays = DEADLINE_DAYS }: RequestedErasure,
  { calls, clock, manifestsOf, disputes }: Pick<ErasuresNeeds, 'calls' | 'clock' | 'manifestsOf' | 'disputes'>,
): Promise<ErasurePlan> {
  const now = iso(clock());
  const standings = new Map<string, ReturnType<typeof standingOf>>();
  const places = [...placesOf(customerId)];
  const sources = new Set<string>();
  let after: Key | undefined;
  for (let page = 0; page < MAX_PAGES && places[0]; page++) {
    const found = await calls.callsOf(places[0], PAGE_SIZE, after);
    for (const call of found.calls.filter((one) => one.customerId === customerId)) {
      standings.set(call.callId, standingOf(call, now));
      if (call.source !== undefined) sources.add(call.source);
    }
    after = found.next;
    if (!after) places.shift();
  }
  const kept = [...standings.values()].flatMap((one) => (one.outcome === 'kept' ? [one] : []));
  return {
    ...{ dryRun: true, reason, deadline: deadlineOf(now, deadlineDays) },
    calls: { open: standings.size - kept.length, kept: kept.length },
    disputes: await disputes.left(customerId),
    packages: await disputes.packages(customerId, now),
    ...{ kept: keptCalls(kept), manifests: manifestsOf([...sources]), allFound: places.length === 0 },
  };
}
