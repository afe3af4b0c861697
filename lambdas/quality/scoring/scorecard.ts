import * as z from 'zod';

const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case letters, digits and hyphens, such as "greeting"')
  .max(60, 'is longer than 60 characters');

const Title = z.string().min(1, 'is empty').max(200, 'is longer than 200 characters');

/** The answer of whatever criterion may not apply to a call. */
export const NOT_APPLICABLE = 'not-applicable';

/** An answer: of a yes/no criterion `yes` or `no`, of a scale its number, of a choice the id of an option, or a text. */
export const AnswerValue = z.union([
  z.string().min(1, 'is empty').max(4000, 'is longer than 4000 characters'),
  z.int(),
]);
export type AnswerValue = z.infer<typeof AnswerValue>;

/** How a criterion is answered. Its share, of which points are made, goes from 0 (the worst answer) to 1 (the best). */
export const AnswerType = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('yes-no'),
    /** The answer that has the points. @default yes */
    good: z.enum(['yes', 'no']).default('yes'),
  }),
  z
    .strictObject({
      type: z.literal('scale'),
      /** The worst mark. */
      from: z.int(),
      /** The best one. */
      to: z.int(),
    })
    .refine(({ from, to }) => from < to && to - from <= 100, {
      error: 'is not above "from", by 100 at the most',
      path: ['to'],
    }),
  z.strictObject({
    type: z.literal('choice'),
    /** The options, each with its share of the points, from 0 to 1. */
    options: z
      .array(
        z.strictObject({
          id: Slug.refine((id) => id !== NOT_APPLICABLE, `"${NOT_APPLICABLE}" means something else: see mayNotApply`),
          title: Title,
          share: z.number().min(0).max(1),
        }),
      )
      .min(2, 'has less than two options'),
  }),
  /** Words, which make no points, and are not kept longer than the call. */
  z.strictObject({ type: z.literal('text') }),
]);
export type AnswerType = z.infer<typeof AnswerType>;

/** A number of the conversation by which a criterion can be answered. Percentages are of the length of the call. */
export const CallNumber = z.enum([
  'durationSeconds',
  'agentTalkPercent',
  'customerTalkPercent',
  'silencePercent',
  'longestSilenceSeconds',
  'agentInterruptions',
  'agentWordsPerMinute',
  'agentSentiment',
  'customerSentiment',
]);
export type CallNumber = z.infer<typeof CallNumber>;

/** What is true of a call: all that is named. */
export const CallCondition = z
  .strictObject({
    /** The call has a moment of this tag. */
    tag: z.string().optional(),
    /** It has none of this tag. */
    withoutTag: z.string().optional(),
    /** A number of the conversation is at least, or at most, or between. Where it is not known, people answer the criterion. */
    number: CallNumber.optional(),
    atLeast: z.number().optional(),
    atMost: z.number().optional(),
  })
  .refine(({ tag, withoutTag, number }) => [tag, withoutTag, number].some((one) => one !== undefined), {
    error: 'names nothing: name a tag, withoutTag or a number',
  })
  .refine(({ number, atLeast, atMost }) => (number === undefined) === (atLeast === undefined && atMost === undefined), {
    error: 'needs "number" together with "atLeast" or "atMost"',
    path: ['number'],
  });
export type CallCondition = z.infer<typeof CallCondition>;

/** How a criterion is answered by what is known of a call: by the first case that is true. */
export const AutomaticAnswer = z.strictObject({
  cases: z
    .array(z.strictObject({ if: CallCondition, answer: AnswerValue }))
    .min(1, 'is empty')
    .max(10, 'has more than 10 cases'),
  /** Where no case is true. @default nothing: a person answers it */
  otherwise: AnswerValue.optional(),
});
export type AutomaticAnswer = z.infer<typeof AutomaticAnswer>;

/** One thing that is checked in a call. */
export const Criterion = z.strictObject({
  id: Slug,
  /** What is asked, such as `Did the agent say that the call is recorded?`. */
  title: Title,
  /** What a good answer is, for reviewers. */
  guidance: z.string().max(1000, 'is longer than 1000 characters').optional(),
  answer: AnswerType,
  /** What it counts beside the others of its section. @default 1 */
  weight: z.number().nonnegative().max(1000).default(1),
  /** Whether it can be answered `not-applicable`: it counts nothing then. @default false */
  mayNotApply: z.boolean().default(false),
  /** An answer without points fails its section, or the whole form: all points are gone. @default neither */
  critical: z.enum(['section', 'form']).optional(),
  /** It is asked only where an earlier criterion has one of these answers. @default always */
  onlyIf: z.strictObject({ criterion: Slug, is: z.array(AnswerValue).min(1) }).optional(),
  /** When a reviewer must write a comment to it. @default never */
  comment: z.enum(['always', 'when-points-are-lost']).optional(),
  /** How it is answered by itself, on every call. A reviewer may overrule it, with a reason. @default a person answers it */
  automatic: AutomaticAnswer.optional(),
});
export type Criterion = z.infer<typeof Criterion>;

/** A part of a scorecard. */
export const Section = z.strictObject({
  id: Slug,
  title: Title,
  /** What it counts beside the other sections. @default 1 */
  weight: z.number().positive().max(1000).default(1),
  criteria: z.array(Criterion).min(1, 'is empty'),
});
export type Section = z.infer<typeof Section>;

/** A form by which calls are reviewed. Whenever anything in it changes, its version must. */
export const Scorecard = z.strictObject({
  name: Slug,
  /** Such as `1` or `2026-10`. Reviews keep the version that they were begun with. */
  version: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,30}$/, 'use letters, digits, dots and hyphens, such as "1"'),
  title: Title,
  /** The calls that are checked by it: those that all of these match. @default every call of an agent */
  calls: z
    .strictObject({
      sources: z.array(z.string()).min(1).optional(),
      queues: z.array(z.string()).min(1).optional(),
      directions: z
        .array(z.enum(['inbound', 'outbound']))
        .min(1)
        .optional(),
      /** One tag at least. */
      tags: z.array(z.string()).min(1).optional(),
    })
    .prefault({}),
  /** A score of so many percent, or more, is passed. @default nothing is passed or not */
  passPercent: z.number().min(0).max(100).optional(),
  sections: z.array(Section).min(1, 'is empty'),
});
export type Scorecard = z.infer<typeof Scorecard>;

/** The criteria of a scorecard, in order. */
export const criteriaOf = ({ sections }: Scorecard): Criterion[] => sections.flatMap(({ criteria }) => criteria);
