import * as z from 'zod';
import type { Moment } from '../../calls/calls.ts';
import { AnswerValue, type CallCondition, CallNumber, criteriaOf, type Scorecard } from './scorecard.ts';

/** What is known of a call that criteria can be answered by. */
export interface KnownOfCall {
  /** The tags of the call. */
  readonly tags: readonly string[];
  /** Where they are. */
  readonly moments: readonly Pick<Moment, 'tag' | 'startMs' | 'endMs'>[];
  readonly numbers: CallNumbers;
}

/** The numbers of a conversation, as far as they are known. */
export const CallNumbers = z.partialRecord(CallNumber, z.number());
export type CallNumbers = z.infer<typeof CallNumbers>;

/** An answer that a criterion got by itself, why, and where in the call that is seen. Offsets are milliseconds in the recording. */
export const AutomaticallyAnswered = z.object({
  answer: AnswerValue,
  /** Why, in a line. */
  because: z.string(),
  moments: z.array(
    z.object({ startMs: z.number().int().nonnegative(), endMs: z.number().int().nonnegative(), tag: z.string() }),
  ),
});
export type AutomaticallyAnswered = z.infer<typeof AutomaticallyAnswered>;

/** So many moments are told of one answer: the first ones. */
const MAX_MOMENTS = 20;

/**
 * Answers the criteria of a scorecard that can be by what is known of a call: each by the first of its cases that is true. A criterion
 * of which none is true, and that has nothing for otherwise, is left to people; and so is one that hangs on a number which is not known.
 *
 * @returns by the ids of the criteria
 */
export function automaticAnswers(scorecard: Scorecard, known: KnownOfCall): Record<string, AutomaticallyAnswered> {
  return Object.fromEntries(
    criteriaOf(scorecard).flatMap(({ id, automatic }): [string, AutomaticallyAnswered][] => {
      if (!automatic) return [];
      const met = automatic.cases.find((one) => holds(one.if, known) !== false);
      if (met) return holds(met.if, known) ? [[id, answered(met.answer, met.if, known)]] : [];
      if (automatic.otherwise === undefined) return [];
      const because = `not so: ${automatic.cases.map((one) => conditionText(one.if)).join('; ')}`;
      return [[id, { answer: automatic.otherwise, because, moments: [] }]];
    }),
  );
}

/** Whether a condition is true of a call; undefined where that hangs on a number which is not known. */
function holds(
  { tag, withoutTag, number, atLeast, atMost }: CallCondition,
  { tags, numbers }: KnownOfCall,
): boolean | undefined {
  if (tag !== undefined && !tags.includes(tag)) return false;
  if (withoutTag !== undefined && tags.includes(withoutTag)) return false;
  if (number === undefined) return true;
  const value = numbers[number];
  if (value === undefined) return undefined;
  return (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost);
}

function answered(
  answer: AnswerValue,
  condition: CallCondition,
  { moments, numbers }: KnownOfCall,
): AutomaticallyAnswered {
  const { number, tag } = condition;
  const value = number === undefined ? undefined : numbers[number];
  return {
    answer,
    because: `${conditionText(condition)}${value === undefined ? '' : ` (it is ${value})`}`,
    moments: moments
      .filter((moment) => tag !== undefined && moment.tag === tag)
      .toSorted((a, b) => a.startMs - b.startMs)
      .slice(0, MAX_MOMENTS)
      .map(({ startMs, endMs }) => ({ startMs, endMs, tag: tag ?? '' })),
  };
}

/** A condition in words, such as `the tag closing, and agentTalkPercent of 20 at least`. */
export function conditionText({ tag, withoutTag, number, atLeast, atMost }: CallCondition): string {
  const bounds = [
    ...(atLeast === undefined ? [] : [`${atLeast} at least`]),
    ...(atMost === undefined ? [] : [`${atMost} at most`]),
  ];
  return [
    ...(tag === undefined ? [] : [`the tag ${tag}`]),
    ...(withoutTag === undefined ? [] : [`no tag ${withoutTag}`]),
    ...(number === undefined ? [] : [`${number} of ${bounds.join(' and ')}`]),
  ].join(', and ');
}
