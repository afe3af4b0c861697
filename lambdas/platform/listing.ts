import { z } from '@hono/zod-openapi';
import { type Clock, DAY_MS, EARLIEST, iso, plusMs } from './clock.ts';
import { decodeCursor, encodeCursor, type Listing, type Page, type PageRequest } from './cursor.ts';
import { VerbatimError } from './errors.ts';
import { UtcTime } from './openapi.ts';
import type { Seal } from './seal.ts';

const Time = UtcTime.refine(
  (time) => Date.parse(time) >= Date.parse(EARLIEST) && Date.parse(time) < Date.UTC(10_000, 0),
  {
    error: 'is not between the years 1900 and 9999',
  },
);

const LIMIT = 'is not a whole number from 1 to 200';

/** What every list is asked with. */
export const ListQuery = z.object({
  from: Time.optional().openapi({
    description: 'The begin of the period, included. Without it: 366 days before `to`.',
  }),
  to: Time.optional().openapi({ description: 'The end of the period, not included. Without it: a day from now.' }),
  order: z.enum(['newest-first', 'oldest-first']).optional().openapi({ description: 'Without it: newest-first.' }),
  limit: z.coerce.number(LIMIT).int(LIMIT).min(1, LIMIT).max(200, LIMIT).default(50),
  cursor: z.string().optional().openapi({ description: '`nextCursor` of the page before, with the same parameters.' }),
});
export type ListQuery = z.infer<typeof ListQuery>;

/** What a list answers: `nextCursor` is there where more may follow. */
export const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item), nextCursor: z.string().optional() });

const DEFAULT_PERIOD_MS = 366 * DAY_MS;

/**
 * The page of a listing that was asked for, with all that `list` tells of it, and the cursor of the next one.
 *
 * @param of what is listed: tells this listing from others
 * @throws {VerbatimError} bad-request, where the period is none, or the cursor is not of this listing
 */
export type ListPage = <P extends Page<unknown>>(
  of: string[],
  asked: ListQuery,
  list: (request: PageRequest) => Promise<P>,
) => Promise<Omit<P, 'next'> & { nextCursor?: string }>;

/** What makes pages of listings, with cursors that are sealed: they name customers, and end up in logs. */
export const pagedLists =
  (seal: Seal, clock: Clock): ListPage =>
  async (of, asked, list) => {
    const { limit, cursor, ...wanted } = asked;
    const { listing, position } =
      cursor === undefined
        ? { listing: begin(of, wanted, iso(clock())) }
        : // What the seal did not make is refused as any other text that is no cursor.
          decodeCursor((await seal.open(cursor)) ?? '', { of, ...wanted });
    const { next, ...page } = await list({ ...listing, limit, position });
    return { ...page, ...(next && { nextCursor: await seal.seal(encodeCursor(listing, next)) }) };
  };

function begin(of: string[], asked: Partial<Listing>, now: string): Listing {
  const to = asked.to ?? plusMs(now, DAY_MS);
  const from = asked.from ?? plusMs(to, -DEFAULT_PERIOD_MS);
  if (from >= to) throw new VerbatimError('bad-request', `from: ${from} is not before to: ${to}`);
  return { of, from, to, order: asked.order ?? 'newest-first' };
}
