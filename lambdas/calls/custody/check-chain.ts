import * as z from 'zod';
import { CustodyEntry, type CustodyHead, hashOfEntry, NO_HASH } from './custody.ts';

/**
 * What can be wrong with a chain: something in it is `not-an-entry`; an entry is of another call (`foreign`); its hash is not
 * that of what it says (`edited`); it does not bear the hash of the one before, so that one of the two was replaced
 * (`unlinked`); entries are `missing`; its number is there before (`doubled`); it stands behind a later one (`out-of-order`);
 * it is behind what the head says is the last (`beyond-head`); the head is missing (`head-missing`), or has another hash than the
 * last entry (`head-differs`).
 */
export const ChainFaultKind = z.enum([
  'not-an-entry',
  'foreign',
  'edited',
  'unlinked',
  'missing',
  'doubled',
  'out-of-order',
  'beyond-head',
  'head-missing',
  'head-differs',
]);
export type ChainFaultKind = z.infer<typeof ChainFaultKind>;

/** Something that is wrong with a chain. */
export const ChainFault = z.object({
  what: ChainFaultKind,
  /** The entry that it is wrong with, or the first that is missing. */
  number: z.int().optional(),
  /** In words. */
  message: z.string(),
});
export type ChainFault = z.infer<typeof ChainFault>;

/** What a check of a chain found. */
export const ChainCheck = z.object({
  /** Whether nothing is wrong with it. */
  intact: z.boolean(),
  /** How many entries there are. */
  entries: z.int().nonnegative(),
  /** The hash of the last entry, by what the head says: compare it with one that was noted elsewhere. */
  hash: z.string().optional(),
  faults: z.array(ChainFault),
});
export type ChainCheck = z.infer<typeof ChainCheck>;

/**
 * Whether a chain is what was noted: no entry edited, removed, replaced, moved, doubled or brought from elsewhere, and none
 * missing at its end. It takes anything for entries, as they are stored or as a file tells them, in their order.
 *
 * It does not find that the whole chain, and its head, were written anew by somebody who may do so: for that, compare `hash` and
 * `entries` with what was noted elsewhere, such as in a signed evidence package.
 *
 * @param head how far the chain goes; undefined where nothing says so, which is wrong where there are entries
 */
export function checkChain(entries: readonly unknown[], head: CustodyHead | undefined): ChainCheck {
  const faults: ChainFault[] = [];
  const fault = (what: ChainFaultKind, number: number | undefined, message: string) =>
    void faults.push({ what, ...(number !== undefined && { number }), message });

  const read = entries.map((raw) => ({ raw, entry: CustodyEntry.safeParse(raw).data }));
  const callId = head?.callId ?? read.find(({ entry }) => entry)?.entry?.callId;
  const own = read.flatMap(({ entry }) => (entry?.callId === callId ? (entry ?? []) : []));
  const hashes = new Map<number, Set<string>>();
  for (const { number, hash } of own) hashes.set(number, (hashes.get(number) ?? new Set()).add(hash));
  const edited = new Set<number>();

  let next = 1;
  for (const [i, { raw, entry }] of read.entries()) {
    if (!entry) {
      const number = numberOf(raw);
      fault(
        'not-an-entry',
        number,
        `${number === undefined ? `what is in place ${i + 1}` : `entry ${number}`} is no entry`,
      );
      if (number === next) next++;
      continue;
    }
    const { number, previousHash } = entry;
    if (entry.callId !== callId) {
      fault('foreign', number, `entry ${number} in place ${i + 1} is of the call ${entry.callId}, not of ${callId}`);
      continue;
    }
    for (const [from, to] of absent(next, number - 1, hashes)) fault('missing', from, missing(from, to));
    if (number < next) {
      const before = read.slice(0, i).some((one) => one.entry?.callId === callId && one.entry?.number === number);
      if (before) fault('doubled', number, `there is another entry ${number}`);
      else fault('out-of-order', number, `entry ${number} stands behind entry ${next - 1}`);
    }
    next = Math.max(next, number + 1);
    if (!isRecord(raw) || hashOfEntry(raw) !== entry.hash) {
      edited.add(number);
      fault('edited', number, `entry ${number} was edited: its hash is not that of what it says`);
      continue;
    }
    const before = hashes.get(number - 1);
    const links = number === 1 ? previousHash === NO_HASH : (before?.has(previousHash) ?? true);
    if (!links && !edited.has(number - 1))
      fault(
        'unlinked',
        number,
        number === 1
          ? 'entry 1 bears the hash of an entry before it, and there can be none'
          : `entry ${number} does not bear the hash of entry ${number - 1}: one of the two was replaced`,
      );
  }

  const last = next - 1;
  if (head === undefined) {
    if (entries.length > 0)
      fault('head-missing', undefined, 'nothing says how far the chain goes: its head is missing');
  } else {
    if (head.entries > last) fault('missing', last + 1, missing(last + 1, head.entries));
    for (const number of new Set(own.map((one) => one.number).filter((one) => one > head.entries)))
      fault('beyond-head', number, `entry ${number} is behind entry ${head.entries}, which the head says is the last`);
    if (hashes.get(head.entries)?.has(head.hash) === false && !edited.has(head.entries))
      fault(
        'head-differs',
        head.entries,
        `the head has another hash than entry ${head.entries}: one of the two was replaced`,
      );
  }
  return { intact: faults.length === 0, entries: entries.length, hash: head?.hash, faults };
}

/** The ranges of numbers, from one to another, that no entry has. */
function absent(from: number, to: number, present: ReadonlyMap<number, unknown>): [number, number][] {
  const ranges: [number, number][] = [];
  let first = from;
  for (const number of [...present.keys()].filter((one) => one >= from && one <= to).toSorted((a, b) => a - b)) {
    if (number > first) ranges.push([first, number - 1]);
    first = number + 1;
  }
  if (first <= to) ranges.push([first, to]);
  return ranges;
}

const missing = (from: number, to: number): string =>
  from === to ? `entry ${from} is missing` : `entries ${from} to ${to} are missing`;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The number that something has which is no entry. */
function numberOf(raw: unknown): number | undefined {
  const number = isRecord(raw) ? raw.number : undefined;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
}
