import * as z from 'zod';

/** A tagged time range of a call. Offsets are milliseconds in the recording. */
export const Moment = z.object({
  tag: z.string(),
  startMs: z.number().int().nonnegative(),
  endMs: z.number().int().nonnegative(),
  /** Who speaks: `AGENT`, `CUSTOMER`, a label of the output, or `UNKNOWN`. */
  speaker: z.string(),
  /** The words as they were recognised; empty for the absence of something. */
  quote: z.string(),
  /** The amount of money that is said in it, in units of its currency. */
  amount: z.object({ value: z.number(), currency: z.string() }).optional(),
  /** The rule that found it, and the rulebook's version. */
  ruleId: z.string(),
  rulebookVersion: z.string(),
});
export type Moment = z.infer<typeof Moment>;

/** The tags of moments, each once, sorted. */
export const tagsOf = (moments: readonly Pick<Moment, 'tag'>[]): string[] =>
  [...new Set(moments.map((moment) => moment.tag))].toSorted();

/** Which moments of a tag are looked up: those of which all that is named is true. */
export const MomentsWanted = z.object({
  agentId: z.string().min(1, 'is empty').optional(),
  customerId: z.string().min(1, 'is empty').optional(),
  source: z.string().min(1, 'is empty').optional(),
  speaker: z.string().min(1, 'is empty').optional(),
});
export type MomentsWanted = z.infer<typeof MomentsWanted>;

/** A moment with the call that it is of, as a look-up by tag answers it. */
export const FoundMoment = Moment.extend({
  callId: z.string(),
  agentId: z.string().optional(),
  customerId: z.string().optional(),
  source: z.string().optional(),
  /** When it was said: the call's start and the moment's. */
  occurredAt: z.iso.datetime(),
});
export type FoundMoment = z.infer<typeof FoundMoment>;
