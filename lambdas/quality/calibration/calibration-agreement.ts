import * as z from 'zod';
import { Estimate, meanOf, tallyOf } from '../coaching/intervals.ts';
import { askedOf, shareOf } from '../scoring/score-answers.ts';
import { criteriaOf, NOT_APPLICABLE, type Scorecard } from '../scoring/scorecard.ts';
import { countsOf, Kappa, kappaOf, Lean, leanOf, type RatedCall, sameAnswers } from './agreement.ts';
import type { CalibrationEntry } from './calibration.ts';

/** How much the reviewers agree on one criterion. */
export const CriterionAgreement = z.object({
  criterionId: z.string(),
  /** How many answers were given to it. */
  answers: z.int().nonnegative(),
  /** In percent, how often two of them gave the very same answer: the mean of the calls that two at least answered. */
  agreement: Estimate,
  kappa: Kappa,
});
export type CriterionAgreement = z.infer<typeof CriterionAgreement>;

/** How one reviewer stands against the others. */
export const ReviewerAgreement = z.object({
  reviewer: z.string(),
  /** How many calls they answered. */
  calls: z.int().nonnegative(),
  /** In percent, how often another gave the same answer as they did: the mean of the calls that another answered, too. */
  agreement: Estimate,
  /** Of the score of the whole form. */
  lean: Lean,
  /** Of each criterion that has a share of the points. */
  criteria: z.array(Lean.extend({ criterionId: z.string() })),
});
export type ReviewerAgreement = z.infer<typeof ReviewerAgreement>;

/** How much reviewers agree who answered the same form on the same calls. */
export const CalibrationAgreement = z.object({
  scorecard: z.string(),
  scorecardVersion: z.string(),
  /** How many calls two reviewers at least answered. */
  calls: z.int().nonnegative(),
  /** The most contested one first: by `agreement`, and those that nothing can be told of last. */
  criteria: z.array(CriterionAgreement),
  reviewers: z.array(ReviewerAgreement),
});
export type CalibrationAgreement = z.infer<typeof CalibrationAgreement>;

/** An entry, with which round it is of: the same call may be in several. */
export type RoundEntry = CalibrationEntry & { readonly calibrationId: string };

/** What one reviewer marked on a call, from 0 to 1. */
interface Mark {
  readonly reviewer: string;
  readonly mark: number;
}

const append = <T>(lists: Map<string, T[]>, name: string, one: T): void => {
  const list = lists.get(name);
  if (list) list.push(one);
  else lists.set(name, [one]);
};

/** Of each reviewer, call by call, how far their mark is above the mean of those of the others, in points of 100. */
function aboveOthers(calls: readonly (readonly Mark[])[]): Map<string, number[]> {
  const above = new Map<string, number[]>();
  for (const marks of calls.filter(({ length }) => length >= 2)) {
    const sum = marks.reduce((all, { mark }) => all + mark, 0);
    for (const { reviewer, mark } of marks) append(above, reviewer, 100 * (mark - (sum - mark) / (marks.length - 1)));
  }
  return above;
}

/**
 * Of each reviewer, call by call, how often another gave the same answer as they did, over all criteria; of the calls that another answered.
 *
 * @param criteria of each of them the same calls, in the same order
 */
function sameAsOthers(criteria: readonly (readonly RatedCall[])[]): Map<string, number[]> {
  const same = new Map<string, number[]>();
  for (const i of criteria[0]?.keys() ?? []) {
    const ofCall = new Map<string, { same: number; of: number }>();
    for (const ratings of criteria.map((calls) => calls[i] ?? [])) {
      const times = countsOf(ratings);
      for (const { reviewer, answer } of ratings) {
        const { same, of } = ofCall.get(reviewer) ?? { same: 0, of: 0 };
        ofCall.set(reviewer, { same: same + (times.get(answer) ?? 0) - 1, of: of + ratings.length - 1 });
      }
    }
    for (const [reviewer, { same: agreed, of }] of ofCall) if (of > 0) append(same, reviewer, agreed / of);
  }
  return same;
}

/**
 * How much reviewers agree, on each criterion and each against the others, over one round or several. Answers in words are not
 * compared. It is work for each answer once, not for each pair of them: a hundred rounds are looked through while somebody waits.
 *
 * @param entries of that version of the scorecard, of each reviewer one of a call in a round at the most
 */
export function agreementOf(scorecard: Scorecard, entries: readonly RoundEntry[]): CalibrationAgreement {
  // Whoever is not asked says nothing of it: that they are not is a disagreement on the criterion that it depends on.
  const forms = entries.map((entry) => ({ ...entry, asked: askedOf(scorecard, entry.answers) }));
  const rounds = [
    ...Map.groupBy(forms, ({ calibrationId, callId }) => JSON.stringify([calibrationId, callId])).values(),
  ];
  const compared = criteriaOf(scorecard)
    .filter(({ answer }) => answer.type !== 'text')
    .map((criterion) => ({
      criterion,
      calls: rounds.map(
        (round): RatedCall =>
          round.flatMap(({ reviewer, answers, asked }) => {
            const answer = asked.has(criterion.id) ? answers[criterion.id] : undefined;
            return answer === undefined ? [] : [{ reviewer, answer }];
          }),
      ),
    }));
  const criteria = compared.map(
    ({ criterion, calls }): CriterionAgreement => ({
      criterionId: criterion.id,
      answers: calls.flat().length,
      agreement: meanOf(tallyOf(sameAnswers(calls))),
      kappa: kappaOf(criterion.answer, calls),
    }),
  );

  const same = sameAsOthers(compared.map(({ calls }) => calls));
  const ofForm = aboveOthers(
    rounds.map((round) =>
      round.flatMap(({ reviewer, percent }) => (percent === undefined ? [] : [{ reviewer, mark: percent / 100 }])),
    ),
  );
  const ofCriteria = compared.map(({ criterion, calls }) => ({
    criterionId: criterion.id,
    above: aboveOthers(
      calls.map((ratings) =>
        ratings.flatMap(({ reviewer, answer }) => {
          const mark = answer === NOT_APPLICABLE ? undefined : shareOf(criterion.answer, answer);
          return mark === undefined ? [] : [{ reviewer, mark }];
        }),
      ),
    ),
  }));
  const answered = Map.groupBy(entries, ({ reviewer }) => reviewer);
  const reviewers = [...answered.keys()].toSorted().map(
    (reviewer): ReviewerAgreement => ({
      reviewer,
      calls: answered.get(reviewer)?.length ?? 0,
      agreement: meanOf(tallyOf(same.get(reviewer) ?? [])),
      lean: leanOf(ofForm.get(reviewer) ?? [], answered.size),
      criteria: ofCriteria.map(({ criterionId, above }) => ({
        criterionId,
        ...leanOf(above.get(reviewer) ?? [], answered.size * compared.length),
      })),
    }),
  );
  return {
    ...{ scorecard: scorecard.name, scorecardVersion: scorecard.version },
    calls: rounds.filter(({ length }) => length >= 2).length,
    criteria: criteria.toSorted((a, b) => (a.agreement.mean ?? 101) - (b.agreement.mean ?? 101)),
    reviewers,
  };
}
