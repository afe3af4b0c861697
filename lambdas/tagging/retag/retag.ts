import * as z from 'zod';
import { type Chain, ChainPage, pageToAsk } from '../../platform/chain.ts';
import type { JobProgress } from '../../platform/jobs.ts';

const Identifier = z.string().min(1, 'is empty');

const Time = z.iso
  .datetime({ offset: true, error: 'is not an ISO 8601 time with a zone, such as 2026-10-14T09:12:00Z' })
  .transform((time) => new Date(time).toISOString());

/** Which of the tagged calls are tagged anew: those of which everything that is named is true. */
export const RetagSlice = z
  .strictObject({
    /** When the calls began: `from` is included, `to` is not. Of a call that does not tell, when it was received. */
    from: Time.optional(),
    to: Time.optional(),
    source: Identifier.optional(),
    agentId: Identifier.optional(),
    customerId: Identifier.optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    error: 'is not before to',
    path: ['from'],
  });
export type RetagSlice = z.infer<typeof RetagSlice>;

/** What a slice looks at of a call. */
interface Sliceable {
  readonly startedAt?: string;
  readonly receivedAt: string;
  readonly source?: string;
  readonly agentId?: string;
  readonly customerId?: string;
}

/** Whether a call is in a slice. */
export function isInSlice(call: Sliceable, { from, to, source, agentId, customerId }: RetagSlice): boolean {
  const began = call.startedAt ?? call.receivedAt;
  return (
    (from === undefined || from <= began) &&
    (to === undefined || began < to) &&
    (source === undefined || call.source === source) &&
    (agentId === undefined || call.agentId === agentId) &&
    (customerId === undefined || call.customerId === customerId)
  );
}

/** Tagging calls anew by another rulebook: what was asked for. */
export const Retag = z.object({
  retagId: z.string(),
  rulebookVersion: z.string(),
  /** Of the rulebook's JSON: it is stored under it. */
  rulebookSha256: z.string(),
  /** Nothing is changed: it is only told what would. */
  dryRun: z.boolean(),
  slice: RetagSlice,
  startedAt: z.iso.datetime(),
  /** How often the calls were gone through from the start: 1, and 1 more for each time that they had to be again. */
  pass: z.number().int().positive(),
  cancelledAt: z.iso.datetime().optional(),
  /** When what is known of it is deleted, in seconds since 1970: the table's time to live. */
  ttl: z.number().int(),
});
export type Retag = z.infer<typeof Retag>;

/** Asks for a page of a chain. */
export const PageMessage = ChainPage.extend({ kind: z.literal('page'), retagId: z.string() });
export type PageMessage = z.infer<typeof PageMessage>;

/** The message by which a chain goes on. */
export const nextPage = (retagId: string, chain: Chain): PageMessage => ({
  kind: 'page',
  retagId,
  ...pageToAsk(chain),
});

/** Asks for one call to be tagged anew; `chain` and `page` tell where it was found. */
export const CallMessage = PageMessage.extend({ kind: z.literal('call'), callId: z.string() });
export type CallMessage = z.infer<typeof CallMessage>;

/** What the retag queue holds. */
export const RetagMessage = z.discriminatedUnion('kind', [PageMessage, CallMessage]);
export type RetagMessage = z.infer<typeof RetagMessage>;

/** How far a retag is: counts of calls, and of moments for each tag. */
export interface RetagProgress extends JobProgress {
  readonly settled: number;
  readonly changed: number;
  readonly skipped: number;
  readonly tags: readonly TagCounts[];
}

/** What becomes of the moments of a tag, in all calls. */
export const TagCounts = z.object({
  tag: z.string(),
  gained: z.number().int(),
  lost: z.number().int(),
  moved: z.number().int(),
  unchanged: z.number().int(),
});
export type TagCounts = z.infer<typeof TagCounts>;
