import { createHash } from 'node:crypto';
import * as z from 'zod';

/**
 * What can be noted of a call. Of a change: `received`, `state-changed`, `tagged`, `retention-changed`, `held`, `hold-released`,
 * and `changed`, of what no function of Verbatim changes alone: somebody wrote into the table. Of words or sound that
 * somebody was given: `call-read`, `transcript-handed-out`, `audio-handed-out`, `found-by-search`. Of a dispute:
 * `taken-into-dispute`, `finding-added`, `dispute-decided`, `dispute-closed`, `dispute-reopened`, `evidence-requested`,
 * `evidence-built`, `evidence-handed-out`. Of quality: `review-submitted`, `review-acknowledged`, `review-appealed`,
 * `review-decided`, `note-added`, `clip-made`, `clip-handed-out`, `clip-exported`. And `custody-read`.
 */
export const CustodyKind = z.enum([
  'received',
  'state-changed',
  'tagged',
  'retention-changed',
  'held',
  'hold-released',
  'changed',
  'call-read',
  'transcript-handed-out',
  'audio-handed-out',
  'found-by-search',
  'taken-into-dispute',
  'finding-added',
  'dispute-decided',
  'dispute-closed',
  'dispute-reopened',
  'evidence-requested',
  'evidence-built',
  'evidence-handed-out',
  'review-submitted',
  'review-acknowledged',
  'review-appealed',
  'review-decided',
  'note-added',
  'clip-made',
  'clip-handed-out',
  'clip-exported',
  'custody-read',
]);
export type CustodyKind = z.infer<typeof CustodyKind>;

/** Who did what the stack did by itself. */
export const BY_VERBATIM = 'verbatim';

/** Something that was done with a call: what, when, by whom, why. It holds no word that was said and no customer. */
export const CustodyAct = z.object({
  kind: CustodyKind,
  at: z.iso.datetime(),
  /** The ARN of the IAM principal; `verbatim` where the stack did it by itself, `unknown` where that is not told. */
  by: z.string(),
  /** The person behind the principal, as a verified identity token names them. */
  person: z.string().optional(),
  /** The name of whoever stands behind the principal, as it was given. */
  byName: z.string().optional(),
  /** Why, where a reason was given or is known. */
  why: z.string().optional(),
  /**
   * What else is told of it, such as `format`, `from` and `to` of a state, the id of a hold or a dispute. Numbers are whole:
   * of others, not every program that checks a hash writes the same digits.
   */
  details: z.record(z.string(), z.union([z.string(), z.int(), z.boolean()])).default({}),
  /** The same whenever this act is noted again, and of no other act of its call: then it is noted once. */
  actId: z.string().min(1).optional(),
});
export type CustodyAct = z.infer<typeof CustodyAct>;

/** An act as it is given to be noted. */
export type CustodyActInput = z.input<typeof CustodyAct>;

/** An act in the chain of its call: it bears the hash of the entry before, and its own over all of this. */
export const CustodyEntry = CustodyAct.extend({
  callId: z.string(),
  /** 1, 2, 3 …, without a gap. */
  number: z.int().positive(),
  /** The hash of the entry before; 64 zeros in the first. */
  previousHash: z.string(),
  /** SHA-256 in hex: see {@link hashOfEntry}. */
  hash: z.string(),
});
export type CustodyEntry = z.infer<typeof CustodyEntry>;

/** How far the chain of a call goes: what says that nothing is missing behind its last entry. */
export const CustodyHead = z.object({
  callId: z.string(),
  /** How many entries the chain has. */
  entries: z.int().positive(),
  /** The hash of the last one. */
  hash: z.string(),
});
export type CustodyHead = z.infer<typeof CustodyHead>;

/** What the first entry of a chain has for the hash of the one before. */
export const NO_HASH = '0'.repeat(64);

/**
 * The hash of an entry: SHA-256, in hex, of all that it has but `hash`, as JSON without spaces, the keys of every object in
 * order of their UTF-16 code units (RFC 8785, of strings, booleans and whole numbers alone), in UTF-8.
 */
export function hashOfEntry(entry: Readonly<Record<string, unknown>>): string {
  const { hash: _, ...hashed } = entry;
  return sha256OfContent(hashed);
}

/** What tells contents apart: SHA-256, in hex, of {@link canonicalJson}. */
export const sha256OfContent = (content: unknown): string =>
  createHash('sha256').update(canonicalJson(content)).digest('hex');

/** JSON without spaces, the keys of every object sorted, members that are undefined left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => `${JSON.stringify(key)}:${canonicalJson(one)}`);
  return `{${members.join()}}`;
}

/** The entry of an act behind `previous`, or the first of its call. */
export function entryAfter(
  callId: string,
  previous: Pick<CustodyEntry, 'number' | 'hash'> | undefined,
  act: CustodyActInput,
): CustodyEntry {
  const entry = {
    ...asStored(CustodyAct.parse(act)),
    callId,
    number: (previous?.number ?? 0) + 1,
    previousHash: previous?.hash ?? NO_HASH,
  };
  return { ...entry, hash: hashOfEntry(entry) };
}

/** The entries of acts in their order, behind `previous`. */
export function entriesAfter(
  callId: string,
  previous: Pick<CustodyEntry, 'number' | 'hash'> | undefined,
  acts: readonly CustodyActInput[],
): CustodyEntry[] {
  const entries: CustodyEntry[] = [];
  for (const act of acts) entries.push(entryAfter(callId, entries.at(-1) ?? previous, act));
  return entries;
}

/** As it is read again: half a character, which a name or a reason may hold, is no UTF-8, and is stored as U+FFFD. */
const asStored = (act: CustodyAct): CustodyAct =>
  JSON.parse(JSON.stringify(act), (_key, one: unknown) => (typeof one === 'string' ? one.toWellFormed() : one));
