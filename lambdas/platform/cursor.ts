import { createHash } from 'node:crypto';
import * as z from 'zod';
import { EARLIEST } from './clock.ts';
import { VerbatimError } from './errors.ts';

/** A DynamoDB key of strings. */
const Key = z.record(z.string(), z.string());
export type Key = z.infer<typeof Key>;

/** How far a listing has come in one partition: not begun, behind a key, or at its end. */
const Progress = z.union([z.literal('start'), Key, z.literal('end')]);
export type Progress = z.infer<typeof Progress>;

/** How far a listing has come: the group of partitions that it is in, and its progress in each of them. */
export const Position = z.object({ group: z.number().int().nonnegative(), progress: z.array(Progress) });
export type Position = z.infer<typeof Position>;

/** One page of a listing, and where the next one begins; nothing at the end. */
export interface Page<T> {
  readonly items: T[];
  readonly next: Position | undefined;
}

/** What a page is asked with. Times are ISO 8601; `from` is included, `to` is not. */
export interface PageRequest {
  readonly from: string;
  readonly to: string;
  readonly order: 'oldest-first' | 'newest-first';
  readonly limit: number;
  /** `next` of the page before, of the same period and order. @default the first page */
  readonly position?: Position;
}

/** A period that holds everything: for lists by deadline, which for calls that are kept is years from now. */
export const EVER = { from: EARLIEST, to: '9999-12-31T23:59:59.999Z' } as const;

/** What is listed: of what, in which period and order. A cursor goes on with exactly this. */
const Listing = z.object({
  of: z.array(z.string()),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  order: z.enum(['newest-first', 'oldest-first']),
});
export type Listing = z.infer<typeof Listing>;

const Cursor = z.object({ of: z.string(), ...Listing.omit({ of: true }).shape, position: Position });

/** Of what a listing is, without saying it: cursors end up in logs. */
const fingerprintOf = (of: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(of)).digest('base64url').slice(0, 12);

/** An opaque cursor that goes on with `listing` at `position`. */
export function encodeCursor({ of, from, to, order }: Listing, position: Position): string {
  const cursor: z.infer<typeof Cursor> = { of: fingerprintOf(of), from, to, order, position };
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/**
 * Where `cursor` goes on: the period is the one that its first page had, also where that was "until now".
 *
 * @param asked what the listing is asked to be; a part that is left out is as the cursor has it
 * @throws {VerbatimError} bad-request, where the cursor is none of ours or goes on with another listing
 */
export function decodeCursor(
  cursor: string,
  asked: Partial<Listing> & Pick<Listing, 'of'>,
): { listing: Listing; position: Position } {
  const invalid =
    'cursor: does not go on with this listing; pass nextCursor with the same parameters, or begin without';
  let decoded: z.infer<typeof Cursor>;
  try {
    decoded = Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (cause) {
    throw new VerbatimError('bad-request', invalid, { cause });
  }
  const { of, position, ...period } = decoded;
  const differs = (['from', 'to', 'order'] as const).some((part) => asked[part] && asked[part] !== period[part]);
  if (of !== fingerprintOf(asked.of) || differs) throw new VerbatimError('bad-request', invalid);
  return { listing: { of: asked.of, ...period }, position };
}
