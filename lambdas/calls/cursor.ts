import { createHash } from 'node:crypto';
import * as z from 'zod';
import { VerbatimError } from '../platform/errors.ts';

/** A DynamoDB key of strings. */
const Key = z.record(z.string(), z.string());
export type Key = z.infer<typeof Key>;

/** How far a listing has come in one partition: not begun, behind a key, or at its end. */
const Progress = z.union([z.literal('start'), Key, z.literal('end')]);
export type Progress = z.infer<typeof Progress>;

/** How far a listing has come: the group of partitions that it is in, and its progress in each of them. */
const Position = z.object({ group: z.number().int().nonnegative(), progress: z.array(Progress) });
export type Position = z.infer<typeof Position>;

const fingerprintOf = (query: unknown): string =>
  createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 12);

/** An opaque cursor that continues `query` (whatever tells one listing from another) at `position`. */
export function encodeCursor(query: unknown, position: Position): string {
  return Buffer.from(JSON.stringify({ of: fingerprintOf(query), ...position })).toString('base64url');
}

/**
 * The position in `cursor`.
 *
 * @throws {VerbatimError} bad-request, where the cursor is none of ours or continues another query
 */
export function decodeCursor(query: unknown, cursor: string): Position {
  const invalid = 'cursor: is not a cursor of this query; pass nextCursor with the same parameters, or begin without';
  try {
    const { of, ...position } = Position.extend({ of: z.string() }).parse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString()),
    );
    if (of === fingerprintOf(query)) return position;
  } catch (cause) {
    throw new VerbatimError('bad-request', invalid, { cause });
  }
  throw new VerbatimError('bad-request', invalid);
}
