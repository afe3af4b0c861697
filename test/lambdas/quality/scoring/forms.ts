import fc from 'fast-check';
import type { Answers } from '../../../../lambdas/quality/scoring/score.ts';
import {
  type AnswerType,
  type Criterion,
  criteriaOf,
  Scorecard,
} from '../../../../lambdas/quality/scoring/scorecard.ts';

const answerType: fc.Arbitrary<AnswerType> = fc.oneof(
  fc.record({ type: fc.constant('yes-no' as const), good: fc.constantFrom('yes' as const, 'no' as const) }),
  fc.record({
    type: fc.constant('scale' as const),
    from: fc.integer({ min: 0, max: 1 }),
    to: fc.integer({ min: 3, max: 9 }),
  }),
  fc.constant({
    type: 'choice' as const,
    options: [0, 0.3, 1].map((share, i) => ({ id: `o${i}`, title: `${i}`, share })),
  }),
  fc.constant({ type: 'text' as const }),
);

/** Forms of all kinds: the criteria are called `c0`, `c1` and so on. */
export const form: fc.Arbitrary<Scorecard> = fc
  .array(
    fc.record({
      weight: fc.integer({ min: 1, max: 5 }),
      criteria: fc.array(
        fc.record({
          answer: answerType,
          weight: fc.integer({ min: 0, max: 4 }),
          mayNotApply: fc.boolean(),
          critical: fc.option(fc.constantFrom('section' as const, 'form' as const), { nil: undefined, freq: 5 }),
          after: fc.option(fc.nat(5), { nil: undefined, freq: 3 }),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((sections) => {
    const earlier: string[] = [];
    return Scorecard.parse({
      ...{ name: 'form', version: '1', title: 'Form', passPercent: 0 },
      sections: sections.map(({ weight, criteria }, s) => ({
        ...{ id: `s${s}`, title: `${s}`, weight },
        criteria: criteria.map(({ after, critical, answer, mayNotApply, ...rest }) => {
          const id = `c${earlier.length}`;
          const criterion = after === undefined ? undefined : earlier[after];
          earlier.push(id);
          return {
            ...{ ...rest, id, title: id, answer, mayNotApply: mayNotApply && answer.type !== 'text' },
            ...(critical && answer.type !== 'text' && { critical }),
            ...(criterion !== undefined && { onlyIf: { criterion, is: ['yes', 'o1', 3] } }),
          };
        }),
      })),
    });
  });

const answersTo = ({ answer, mayNotApply }: Criterion): fc.Arbitrary<string | number | undefined> => {
  const given: fc.Arbitrary<string | number> =
    answer.type === 'yes-no'
      ? fc.constantFrom('yes', 'no')
      : answer.type === 'scale'
        ? fc.integer({ min: answer.from, max: answer.to })
        : answer.type === 'choice'
          ? fc.constantFrom(...answer.options.map(({ id }) => id))
          : fc.constant('words');
  return fc.option(mayNotApply ? fc.oneof(given, fc.constant('not-applicable')) : given, { nil: undefined, freq: 6 });
};

/** A form, and answers to some of its criteria. */
export const formAndAnswers: fc.Arbitrary<[Scorecard, Answers]> = form.chain((one) =>
  fc
    .tuple(...criteriaOf(one).map((criterion) => answersTo(criterion).map((answer) => [criterion.id, answer] as const)))
    .map((answers): [Scorecard, Answers] => [
      one,
      Object.fromEntries(answers.flatMap(([id, answer]) => (answer === undefined ? [] : [[id, answer]]))),
    ]),
);
