import { createHash } from 'node:crypto';
import * as z from 'zod';
import { Chain, ChainPage, pageToAsk } from '../../platform/chain.ts';
import type { RetentionChoices } from '../policy/redecide.ts';

/**
 * Deciding anew how long all stored calls are kept. A dry run changes nothing and may go by any config: it is a plan. Any
 * other goes by the config that is deployed.
 */
export const RetentionApply = z.object({
  applyId: z.string(),
  dryRun: z.boolean(),
  /** Of the config that decides. */
  configSha256: z.string(),
  startedAt: z.iso.datetime(),
  /** How often the calls were gone through from the start: 1, and 1 more for each time that they had to be again. */
  pass: z.number().int().positive(),
  cancelledAt: z.iso.datetime().optional(),
  /** When what is known of it is deleted, in seconds since 1970: the table's time to live. */
  ttl: z.number().int(),
});
export type RetentionApply = z.infer<typeof RetentionApply>;

/** What a change does to a call: it goes earlier, later, or is kept as long for another reason. */
export const Effect = z.enum(['shortened', 'lengthened', 'reclassified']);
export type Effect = z.infer<typeof Effect>;

/** The name of a pass of an apply, as calls tell it that it decided: `appliedBy`. */
export const nameOfPass = ({ applyId, pass }: RetentionApply): string => `${applyId}#${pass}`;

/** Some of the calls that change, by what it does to them. */
export const Samples = z.partialRecord(z.enum([...Effect.options, 'due-at-once']), z.array(z.string()));
export type Samples = z.infer<typeof Samples>;

/** One partition of the index of calls, page after page. */
export const ApplyChain = Chain.extend({ samples: Samples.default({}) });
export type ApplyChain = z.infer<typeof ApplyChain>;

/** Asks for a page of a chain. */
export const ApplyPageMessage = ChainPage.extend({ kind: z.literal('page'), applyId: z.string() });
export type ApplyPageMessage = z.infer<typeof ApplyPageMessage>;

/** Asks for one call to be decided anew; `chain` and `page` tell where it was found. */
export const ApplyCallMessage = ApplyPageMessage.extend({ kind: z.literal('call'), callId: z.string() });
export type ApplyCallMessage = z.infer<typeof ApplyCallMessage>;

/** What the queue holds. */
export const ApplyMessage = z.discriminatedUnion('kind', [ApplyPageMessage, ApplyCallMessage]);
export type ApplyMessage = z.infer<typeof ApplyMessage>;

/** The message by which a chain goes on. */
export const nextApplyPage = (applyId: string, chain: Chain): ApplyPageMessage => ({
  kind: 'page',
  applyId,
  ...pageToAsk(chain),
});

/** The SHA-256, in hex, of what decides how long calls are kept. Where it comes from, fields have one order. */
export const choicesSha256 = ({ retention, sources }: RetentionChoices): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        retention,
        sources.map(({ name, lineOfBusiness, jurisdiction }) => [name, lineOfBusiness, jurisdiction]),
      ]),
    )
    .digest('hex');
