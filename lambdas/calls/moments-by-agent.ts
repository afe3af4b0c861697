import * as z from 'zod';
import type { Page, PageRequest, Position } from '../platform/cursor.ts';
import { FoundMoment } from './moment.ts';

/** A sum of money of one currency, in units of it. */
const Total = z.object({ currency: z.string(), value: z.number() });

/** The moments of a tag that an agent had in a period. */
export const AgentMoments = z.object({
  /** `null` for all calls whose agent is not known. */
  agentId: z.string().nullable(),
  /** In how many calls. */
  callCount: z.number().int(),
  momentCount: z.number().int(),
  /** What the amounts of those moments come to that have one, by currency. */
  totals: z.array(Total),
  moments: z.array(FoundMoment.omit({ agentId: true })),
});
export type AgentMoments = z.infer<typeof AgentMoments>;

/**
 * Moments grouped by agent: whoever has most first, then by id. Within a group they stay in their order.
 */
export function groupByAgent(moments: readonly FoundMoment[]): AgentMoments[] {
  const groups = Map.groupBy(moments, ({ agentId }) => agentId ?? null);
  return [...groups]
    .map(([agentId, own]) => ({
      agentId,
      callCount: new Set(own.map(({ callId }) => callId)).size,
      momentCount: own.length,
      totals: totalsOf(own),
      moments: own.map(({ agentId: _, ...moment }) => moment),
    }))
    .toSorted((a, b) => b.momentCount - a.momentCount || ((a.agentId ?? '') < (b.agentId ?? '') ? -1 : 1));
}

/** Groups of a page added to those of the pages before it. */
export const mergeAgents = (former: readonly AgentMoments[], more: readonly AgentMoments[]): AgentMoments[] =>
  groupByAgent(
    [...former, ...more].flatMap(({ agentId, moments }) =>
      moments.map((moment) => ({ ...moment, ...(agentId !== null && { agentId }) })),
    ),
  );

function totalsOf(moments: readonly FoundMoment[]): z.infer<typeof Total>[] {
  const amounts = moments.flatMap(({ amount }) => amount ?? []);
  return [...Map.groupBy(amounts, ({ currency }) => currency)]
    .map(([currency, of]) => ({ currency, value: hundredths(of.reduce((sum, { value }) => sum + value, 0)) }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** Sums of amounts such as 0.1 have a tail that nobody said. */
const hundredths = (value: number): number => Math.round(value * 100) / 100;

/** So many moments are in one answer at most. */
export const MAX_GROUPED_MOMENTS = 5000;

/**
 * What else ends an answer: a function answers with 6 MB at most (AWS Lambda Developer Guide, quotas), and within its timeout;
 * where few moments of many are wanted, so many pages are read for one answer.
 */
const BOUNDS = { bytes: 4_000_000, pages: 60 };

/** So many moments are read of a page, and of each partition at once: enough that little is read twice where these are merged. */
const PAGE_SIZE = 1000;
const PER_PARTITION = 250;

/**
 * The moments of a period by agent: all of them, or as many as one answer holds; `next` goes on behind them, and the groups of
 * the pages that follow add to the former, by agent.
 *
 * @param request its `limit` is how many moments are in the answer at most
 * @param list a page of the moments, so many of each partition read at once
 */
export async function momentsByAgent(
  request: PageRequest,
  list: (request: PageRequest, perPartition: number) => Promise<Page<FoundMoment>>,
  bounds = BOUNDS,
): Promise<Page<AgentMoments>> {
  const found: FoundMoment[] = [];
  let bytes = 0;
  let position: Position | undefined = request.position;
  for (let pages = 0; pages < bounds.pages; pages++) {
    const limit = Math.min(PAGE_SIZE, request.limit - found.length);
    const page: Page<FoundMoment> = await list({ ...request, limit, position }, PER_PARTITION);
    found.push(...page.items);
    bytes += Buffer.byteLength(JSON.stringify(page.items));
    position = page.next;
    if (!position || found.length >= request.limit || bytes >= bounds.bytes) break;
  }
  return { items: groupByAgent(found), next: position };
}
