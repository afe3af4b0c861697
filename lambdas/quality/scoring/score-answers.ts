import { VerbatimError } from '../../platform/errors.ts';
import type { Answers, CriterionOutcome, CriterionScore, Score, SectionScore } from './score.ts';
import {
  type AnswerType,
  type AnswerValue,
  type Criterion,
  criteriaOf,
  NOT_APPLICABLE,
  type Scorecard,
  type Section,
} from './scorecard.ts';

/** Something that a review lacks before it can be submitted. */
export interface Missing {
  readonly criterionId: string;
  readonly what: 'answer' | 'comment';
}

/** The answers of a review, as far as they decide what it lacks. */
export type CommentedAnswers = Readonly<
  Record<string, { readonly answer: AnswerValue; readonly comment?: string | undefined }>
>;

/**
 * Scores a form. Weights are shared among what is scored: a criterion that does not apply, is not asked or is not answered gives its
 * part to the others of its section, and a section of which nothing is scored gives its part to the other sections. An answer without
 * points to a critical criterion takes all points of its section, or of the form, also where the criterion has no weight itself.
 *
 * @param answers as {@link checkAnswers} lets them through; what a criterion is answered that is not asked counts nothing
 */
export function scoreAnswers(scorecard: Scorecard, answers: Answers): Score {
  const sections = scorecard.sections.map((section) => weigh(section, judge(scorecard, section, answers)));
  const total = sum(sections.map(({ weight }) => weight));
  const failedBy = sections.flatMap(({ judged }) => failing(judged, 'form'));
  const scored = sections.map(({ section, judged, weights, weight }): SectionScore => {
    const ofSection = failing(judged, 'section');
    const taken = takenBy(scorecard, failedBy, ofSection);
    const criteria = judged.map((one, i): CriterionScore => {
      const part = total === 0 || weight === 0 ? 0 : ((weights[i] ?? 0) / sum(weights)) * (weight / total) * 100;
      return criterionScore(one, part, taken);
    });
    const ofPoints = round(sum(criteria.map((one) => one.ofPoints)), 4);
    const points = round(sum(criteria.map((one) => one.points)), 4);
    const failed = failedBy.length + ofSection.length > 0;
    const some = judged.some(({ share }) => share !== undefined);
    return {
      sectionId: section.id,
      ...(some && (ofPoints > 0 || failed) && { percent: failed ? 0 : percentOf(weights, judged) }),
      ...{ points, ofPoints, failedBy: ofSection, criteria },
    };
  });
  const percent = failedBy.length > 0 ? 0 : total > 0 ? whole(sections, scored, total) : undefined;
  const { passPercent } = scorecard;
  return {
    ...(percent !== undefined && { percent }),
    ...(percent !== undefined &&
      passPercent !== undefined && { passed: failedBy.length === 0 && percent >= passPercent }),
    failedBy,
    sections: scored,
  };
}

/** What a form lacks: answers to criteria that are asked, and comments that they demand; in the order of the form. */
export function missingOf(scorecard: Scorecard, answers: CommentedAnswers): Missing[] {
  const plain = Object.fromEntries(Object.entries(answers).map(([id, { answer }]) => [id, answer]));
  const asked = askedOf(scorecard, plain);
  return criteriaOf(scorecard)
    .filter(({ id }) => asked.has(id))
    .flatMap((criterion): Missing[] => {
      const { id: criterionId } = criterion;
      const given = answers[criterionId];
      if (!given) return isOptional(criterion) ? [] : [{ criterionId, what: 'answer' }];
      const wanted =
        criterion.comment === 'always' || (criterion.comment !== undefined && losesPoints(criterion, given));
      return wanted && !given.comment?.trim() ? [{ criterionId, what: 'comment' }] : [];
    });
}

/** Words need not be there: nothing is scored by them. */
const isOptional = ({ answer }: Criterion): boolean => answer.type === 'text';

const losesPoints = (criterion: Criterion, { answer }: { readonly answer: AnswerValue }): boolean => {
  const share = answer === NOT_APPLICABLE ? undefined : shareOf(criterion.answer, answer);
  return share !== undefined && share < 1;
};

/**
 * Refuses answers that the form has not: to criteria that there are none of, and such as a criterion cannot have.
 *
 * @throws {VerbatimError} bad-request, naming every one of them and what it can be
 */
export function checkAnswers(scorecard: Scorecard, answers: Answers): void {
  const criteria = new Map(criteriaOf(scorecard).map((criterion) => [criterion.id, criterion]));
  const wrong = Object.entries(answers).flatMap(([id, answer]) => {
    const criterion = criteria.get(id);
    if (!criterion)
      return `answers.${id}: the scorecard "${scorecard.name}" has no such criterion; it has ${[...criteria.keys()].join(', ')}`;
    const problem = problemOf(criterion, answer);
    return problem === undefined ? [] : `answers.${id}: ${problem}`;
  });
  if (wrong.length > 0) throw new VerbatimError('bad-request', wrong.join('; '));
}

/** Why a criterion cannot have an answer; undefined where it can. */
export function problemOf({ answer: type, mayNotApply }: Criterion, answer: AnswerValue): string | undefined {
  if (answer === NOT_APPLICABLE && type.type !== 'text') {
    if (mayNotApply) return undefined;
    return `it always applies: answer ${possible(type)}, or set mayNotApply in the scorecard`;
  }
  if (type.type === 'text') return typeof answer === 'string' ? undefined : 'is not a text';
  if (shareOf(type, answer) !== undefined) return undefined;
  return `${JSON.stringify(answer)} is not ${possible(type)}${mayNotApply ? `, nor "${NOT_APPLICABLE}"` : ''}`;
}

function possible(type: AnswerType): string {
  switch (type.type) {
    case 'yes-no':
      return '"yes" or "no"';
    case 'scale':
      return `a whole number from ${type.from} to ${type.to}`;
    case 'choice':
      return type.options.map(({ id }) => `"${id}"`).join(' or ');
    case 'text':
      return 'a text';
  }
}

/** What an answer is worth, from 0 to 1; undefined where the type has no such answer, and of texts. */
export function shareOf(type: AnswerType, answer: AnswerValue): number | undefined {
  switch (type.type) {
    case 'yes-no':
      return answer === 'yes' || answer === 'no' ? Number(answer === type.good) : undefined;
    case 'scale': {
      if (typeof answer !== 'number' || !Number.isInteger(answer) || answer < type.from || answer > type.to)
        return undefined;
      return (answer - type.from) / (type.to - type.from);
    }
    case 'choice':
      return type.options.find(({ id }) => id === answer)?.share;
    case 'text':
      return undefined;
  }
}

/** The criteria that are asked: those without a condition, and those whose condition is true of what is asked itself. */
export function askedOf(scorecard: Scorecard, answers: Answers): Set<string> {
  const asked = new Set<string>();
  for (const { id, onlyIf } of criteriaOf(scorecard)) {
    const given = onlyIf && asked.has(onlyIf.criterion) ? answers[onlyIf.criterion] : undefined;
    if (!onlyIf || (given !== undefined && onlyIf.is.includes(given))) asked.add(id);
  }
  return asked;
}

/** A criterion with how it came out, before weights. */
interface Judged {
  readonly criterion: Criterion;
  readonly outcome: CriterionOutcome;
  readonly share?: number;
  readonly because: string;
}

function judge(scorecard: Scorecard, { criteria }: Section, answers: Answers): Judged[] {
  const asked = askedOf(scorecard, answers);
  return criteria.map((criterion): Judged => {
    const { id, onlyIf, answer: type } = criterion;
    if (!asked.has(id)) {
      const wanted = onlyIf?.is.join(' or ');
      return { criterion, outcome: 'not-asked', because: `asked only where ${onlyIf?.criterion} is ${wanted}` };
    }
    const answer = answers[id];
    if (answer === undefined) return { criterion, outcome: 'unanswered', because: 'not answered' };
    if (type.type === 'text') return { criterion, outcome: 'not-scored', because: 'words make no points' };
    if (answer === NOT_APPLICABLE) return { criterion, outcome: 'not-applicable', because: 'does not apply' };
    const share = shareOf(type, answer);
    if (share === undefined) return { criterion, outcome: 'unanswered', because: `has no such answer as ${answer}` };
    return { criterion, outcome: 'scored', share, because: `answered ${wordsOf(type, answer)}` };
  });
}

const wordsOf = (type: AnswerType, answer: AnswerValue): string =>
  type.type === 'scale' ? `${answer} on a scale from ${type.from} to ${type.to}` : `${answer}`;

/**
 * A section with what its scored criteria weigh in it, and what it weighs in the form: nothing where they weigh nothing. Where one fails
 * the section and none has a weight, it is the failing one that weighs: a failed section costs its points, whatever else is answered.
 */
function weigh(section: Section, judged: readonly Judged[]) {
  const own = judged.map(({ criterion, share }) => (share === undefined ? 0 : criterion.weight));
  const failed = failing(judged, 'section');
  const weights = own.some((one) => one > 0)
    ? own
    : judged.map(({ criterion }) => Number(failed.includes(criterion.id)));
  return { section, judged, weights, weight: weights.some((one) => one > 0) ? section.weight : 0 };
}

/** The critical criteria of some that were answered without points. */
const failing = (judged: readonly Judged[], what: 'section' | 'form'): string[] =>
  judged
    .filter(({ criterion, share }) => criterion.critical === what && share === 0)
    .map(({ criterion }) => criterion.id);

/** So many criteria that fail something are named with each point that they take: all of them are in `failedBy`. */
const TOLD_FAILING = 3;

/** Why there are no points although there is an answer; undefined where there are. */
function takenBy(scorecard: Scorecard, ofForm: readonly string[], ofSection: readonly string[]): string | undefined {
  const titles = (ids: readonly string[]) =>
    [
      ...ids.slice(0, TOLD_FAILING).map((id) => criteriaOf(scorecard).find((one) => one.id === id)?.title ?? id),
      ...(ids.length > TOLD_FAILING ? [`${ids.length - TOLD_FAILING} more`] : []),
    ].join(' and ');
  if (ofForm.length > 0) return `the form is failed by: ${titles(ofForm)}`;
  return ofSection.length > 0 ? `the section is failed by: ${titles(ofSection)}` : undefined;
}

function criterionScore({ criterion, outcome, share, because }: Judged, part: number, taken?: string): CriterionScore {
  const { id: criterionId } = criterion;
  if (share === undefined) return { criterionId, outcome, points: 0, ofPoints: 0, because };
  const points = taken === undefined ? round(part * share, 4) : 0;
  const told = `${because}: ${round(points, 2)} of ${round(part, 2)} points${taken === undefined ? '' : `, for ${taken}`}`;
  return { criterionId, outcome, share, points, ofPoints: round(part, 4), because: told };
}

const percentOf = (weights: readonly number[], judged: readonly Judged[]): number =>
  percent(sum(weights.map((weight, i) => weight * (judged[i]?.share ?? 0))) / sum(weights));

/** The percent of the whole form, of sections as they are weighed; those that are failed give nothing. */
function whole(sections: readonly ReturnType<typeof weigh>[], scored: readonly SectionScore[], total: number): number {
  const parts = sections.map(({ judged, weights, weight }, i) => {
    if (weight === 0 || (scored[i]?.failedBy.length ?? 0) > 0) return 0;
    return (sum(weights.map((one, j) => one * (judged[j]?.share ?? 0))) / sum(weights)) * weight;
  });
  return percent(sum(parts) / total);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** A share as a percent with two decimals. */
const percent = (share: number): number => Math.min(100, Math.max(0, round(share * 100, 2)));

const round = (number: number, decimals: number): number => Number(number.toFixed(decimals));
