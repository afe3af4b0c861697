import * as z from 'zod';
import { DAY_MS } from '../../platform/clock.ts';

/** What the rows of an answer are of: each day, week (from its Monday) or month; each agent, team, queue or source; or all in one. */
export const By = z.enum(['all', 'day', 'week', 'month', 'agent', 'team', 'queue', 'source']);
export type By = z.infer<typeof By>;

/** So many days can be asked about at once: three years. */
export const MAX_DAYS = 1096;

/** The day that is so many days after a day (`2026-10-14`), or before it. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** How many days a period has: its first and last one are of it. */
export const daysOf = ({ from, to }: { readonly from: string; readonly to: string }): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS) + 1;

/** A name as metadata has it. No name has a control character. */
const Name = z
  .string()
  .min(1, 'is empty')
  .max(256, 'is longer than 256 characters')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
  .regex(/^[^\u0000-\u001f\u007f]*$/, 'has a control character');

/** What every query takes. */
const common = {
  from: z.iso.date().describe('The first day, UTC'),
  to: z.iso.date().describe('The last day, UTC: it is of the period'),
  by: By.default('all').describe('What each row is of'),
  /** Only calls of which all that is named is true. */
  agentId: Name.optional(),
  team: Name.optional(),
  queue: Name.optional(),
  source: Name.optional(),
};

/** The parameters of a query: what every one takes, and its own. */
export const parametersWith = <S extends z.core.$ZodLooseShape>(shape: S) =>
  z.strictObject({ ...common, ...shape }).superRefine((given, context) => {
    const { from, to } = given as { from: string; to: string };
    if (to < from) context.addIssue({ code: 'custom', path: ['to'], message: `is before from, ${from}` });
    else if (daysOf({ from, to }) > MAX_DAYS)
      context.addIssue({
        code: 'custom',
        path: ['to'],
        message: `is more than ${MAX_DAYS} days after from: ask twice`,
      });
  });

/** The parameters of queries of calls. */
export const CallParameters = parametersWith({
  language: Name.optional(),
  direction: z.enum(['inbound', 'outbound']).optional(),
});
export type CallParameters = z.infer<typeof CallParameters>;

/** Those of the tags of calls. */
export const TagParameters = parametersWith({
  tag: Name.optional().describe('Only this tag; then groups without it are told, too'),
});
export type TagParameters = z.infer<typeof TagParameters>;

/** Those of credits. */
export const CreditParameters = parametersWith({
  offeredTag: Name.default('credit-offered').describe('The tag of moments in which a credit is offered'),
  overPolicyTag: Name.default('credit-over-policy').describe(
    'The tag of moments in which more is offered than the policy allows',
  ),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'is no ISO 4217 code, such as USD')
    .default('USD')
    .describe('Amounts of this currency are summed up'),
});
export type CreditParameters = z.infer<typeof CreditParameters>;

/** Those of scores. */
export const ScoreParameters = parametersWith({
  scoredBy: z
    .enum(['review', 'automatic'])
    .default('review')
    .describe('Scores of calls by persons who reviewed them, or by the scorecards alone'),
  scorecard: Name.optional(),
});
export type ScoreParameters = z.infer<typeof ScoreParameters>;

/** Those of disputes, whose days are those on which they were opened. */
export const DisputeParameters = parametersWith({ topic: Name.optional() });
export type DisputeParameters = z.infer<typeof DisputeParameters>;

/** Those of common issues: the period before is as long as that from `from` to `to`, and ends the day before. */
export const IssueParameters = parametersWith({
  by: z.enum(['all', 'agent', 'team', 'queue', 'source']).default('all'),
});
export type IssueParameters = z.infer<typeof IssueParameters>;

/** What the parameters of every query have. */
export interface Parameters {
  readonly from: string;
  readonly to: string;
  readonly by: By;
  readonly agentId?: string | undefined;
  readonly team?: string | undefined;
  readonly queue?: string | undefined;
  readonly source?: string | undefined;
  readonly language?: string | undefined;
  readonly direction?: string | undefined;
}
