import * as z from 'zod';
import { parsePhrase } from './phrases.ts';

const TagName = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case letters, digits and hyphens, such as "credit-offered"');

/** A phrase in the notation of {@link parsePhrase}. */
const PhraseText = z.string().superRefine((text, context) => {
  try {
    parsePhrase(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'is not a phrase' });
  }
});

/** A rule that finds moments of one tag. */
export const TaggingRule = z.strictObject({
  /** The rule's own name, unique in the rulebook. */
  id: z.string().min(1),
  /** The tag that its moments get. */
  tag: TagName,
  /** Whose words count. Words of a speaker who is not known count too. @default everyone's */
  speaker: z.enum(['AGENT', 'CUSTOMER']).optional(),
  /** What is looked for: words in order, `|` between alternatives, `...` for up to 6 other words. */
  phrases: z.array(PhraseText).min(1),
  /** Words that, shortly before a phrase or within it, make it mean the opposite. @default the usual negations */
  negations: z.array(z.string()).optional(),
  /** Only what begins in the first so many seconds of the call counts. @default the whole call */
  firstSeconds: z.number().positive().optional(),
  /** The rule finds one moment where its phrases are *not* found: what had to be said was not. @default false */
  absent: z.boolean().default(false),
  /** An amount of dollars must be said near the phrase. */
  amount: z
    .strictObject({
      /** Only amounts above this one count. @default every amount */
      over: z.number().nonnegative().optional(),
    })
    .optional(),
});
export type TaggingRule = z.infer<typeof TaggingRule>;

/** A versioned set of rules. Each moment says by which version it was found. */
export const Rulebook = z
  .strictObject({
    /** Changes whenever a rule does, such as `2026-11-24.1`. */
    version: z.string().min(1),
    rules: z.array(TaggingRule),
  })
  .superRefine(({ rules }, context) => {
    rules.forEach((rule, i) => {
      if (rules.findIndex((other) => other.id === rule.id) < i) {
        context.addIssue({ code: 'custom', path: ['rules', i, 'id'], message: `the rule "${rule.id}" is there twice` });
      }
      if (rule.absent && rule.amount) {
        context.addIssue({ code: 'custom', path: ['rules', i, 'amount'], message: 'an absent phrase has no amount' });
      }
    });
  });
export type Rulebook = z.infer<typeof Rulebook>;
