import * as z from 'zod';

/**
 * One partition of an index that a large job goes through, page after page. A page is planned first (`page`, `enqueued`,
 * `position` and `pending` in one write) and then announced: its calls are sent to the queue, and the next page with them.
 */
export const Chain = z.object({
  chain: z.number().int().nonnegative(),
  index: z.enum(['calls-by-agent', 'calls-by-customer', 'work-by-state']),
  partition: z.string(),
  pass: z.number().int().positive(),
  /** So many pages are planned. */
  page: z.number().int().nonnegative(),
  /** So many pages are announced: as many as are planned, or one less. */
  announced: z.number().int().nonnegative(),
  /** The calls of all planned pages. */
  enqueued: z.number().int().nonnegative(),
  /** The calls of the page that was planned last. */
  pending: z.array(z.string()),
  /** Behind which key the next page begins. */
  position: z.record(z.string(), z.string()).optional(),
  /** No page is left to be planned. */
  ended: z.boolean(),
});
export type Chain = z.infer<typeof Chain>;

/** A chain at its begin. */
export const chainAtStart = (
  { chain, index, partition }: Pick<Chain, 'chain' | 'index' | 'partition'>,
  pass: number,
): Chain => ({
  ...{ chain, index, partition, pass },
  ...{ page: 0, announced: 0, enqueued: 0, pending: [], ended: false },
});

/** Every page of a chain is planned and announced. */
export const isThrough = ({ ended, page, announced }: Chain): boolean => ended && announced === page;

/** Names a page of a chain: the next one, or again the one that is planned but not announced. */
export const ChainPage = z.object({
  pass: z.number().int(),
  chain: z.number().int(),
  page: z.number().int(),
});
export type ChainPage = z.infer<typeof ChainPage>;

/** The page with which a chain goes on. */
export const pageToAsk = ({ pass, chain, announced }: Chain): ChainPage => ({ pass, chain, page: announced });
