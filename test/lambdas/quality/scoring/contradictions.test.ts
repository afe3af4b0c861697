import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { QualityConfig } from '../../../../lambdas/quality/quality-config.ts';
import { contradictionsOfScorecards } from '../../../../lambdas/quality/scoring/contradictions.ts';
import type { Criterion, Scorecard } from '../../../../lambdas/quality/scoring/scorecard.ts';

type CriterionInput = z.input<typeof Criterion>;

const scope = { tags: ['closing', 'hold'], sources: [{ name: 'support' }] };

const form = (criteria: CriterionInput[], changes: Partial<z.input<typeof Scorecard>> = {}) => ({
  ...{ name: 'service', version: '1', title: 'Service', sections: [{ id: 's', title: 'S', criteria }] },
  ...changes,
});

const asked: CriterionInput = { id: 'first', title: '?', answer: { type: 'yes-no' } };

const found = (config: z.input<typeof QualityConfig>): string[] =>
  contradictionsOfScorecards(QualityConfig.parse(config), scope).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );

const ofCriterion = (changes: Partial<CriterionInput>): string[] =>
  found({ scorecards: [form([asked, { ...asked, id: 'second', ...changes }])] }).map((one) =>
    one.replace('scorecards.0.sections.0.criteria.1.', ''),
  );

describe('a scorecard that cannot be', () => {
  it.each<[string, Partial<CriterionInput>, string]>([
    ['names a criterion twice', { id: 'first' }, 'id: the criterion "first" is there twice: name one otherwise'],
    [
      'asks by a criterion that comes later, or not at all',
      { onlyIf: { criterion: 'second', is: ['yes'] } },
      'onlyIf.criterion: there is no criterion "second" before "second": there are first',
    ],
    [
      'asks by an answer that there cannot be',
      { onlyIf: { criterion: 'first', is: ['not-applicable'] } },
      'onlyIf.is.0: of "first": it always applies: answer "yes" or "no", or set mayNotApply in the scorecard',
    ],
    [
      'answers by itself what the type has not',
      { automatic: { cases: [{ if: { tag: 'hold' }, answer: 3 }] } },
      'automatic.cases.0.answer: 3 is not "yes" or "no"',
    ],
    [
      'says by itself that what always applies does not',
      { automatic: { cases: [{ if: { tag: 'hold' }, answer: 'no' }], otherwise: 'not-applicable' } },
      'automatic.otherwise: it always applies: answer "yes" or "no", or set mayNotApply in the scorecard',
    ],
    [
      'goes by a tag that no rule gives',
      { automatic: { cases: [{ if: { withoutTag: 'helo' }, answer: 'no' }] } },
      'automatic.cases.0.if: no rule of the rulebook gives the tag "helo": there are closing, hold',
    ],
    [
      'goes by bounds that no number is between',
      { automatic: { cases: [{ if: { number: 'silencePercent', atLeast: 9, atMost: 5 }, answer: 'no' }] } },
      'automatic.cases.0.if.atLeast: 9 is above atMost, 5: no call is so',
    ],
    [
      'lets words fail something',
      { answer: { type: 'text' }, critical: 'form' },
      'critical: words make no points and can fail nothing: leave it out, or ask yes or no',
    ],
  ])('%s', (_, changes, message) => {
    expect(ofCriterion(changes)).toEqual([message]);
  });

  it('is for calls that there are none of, or there twice, or of nothing that could be scored', () => {
    expect(
      found({
        scorecards: [form([asked], { calls: { sources: ['sales'], tags: ['helo'] } }), form([{ ...asked, weight: 0 }])],
      }),
    ).toEqual([
      'scorecards.0.calls.sources: there is no source "sales": there are support',
      'scorecards.0.calls.tags: no rule of the rulebook gives the tag "helo": there are closing, hold',
      'scorecards.1.name: the scorecard "service" is there twice: name one otherwise',
      'scorecards.1.sections: no criterion has a weight: nothing could be scored',
    ]);
  });

  it('is drawn from by a plan that is not, or tells calls apart by what it does not name', () => {
    const plan = { name: 'monthly', scorecard: 'service', perAgent: 2 };
    expect(found({ scorecards: [form([asked])], plans: [plan] })).toEqual([]);
    expect(
      found({
        scorecards: [form([asked])],
        plans: [
          { ...plan, strata: ['tag'], lengthBoundsSeconds: [600, 120] },
          { ...plan, scorecard: 'sales', strata: ['tag'], tags: ['helo'] },
        ],
      }),
    ).toEqual([
      'plans.0.tags: is empty, though "strata" tells calls apart by tag: name tags',
      'plans.0.lengthBoundsSeconds: 600, 120 do not ascend: sort them',
      'plans.1.name: the plan "monthly" is there twice: name one otherwise',
      'plans.1.scorecard: there is no scorecard "sales": there are service',
      'plans.1.tags: no rule of the rulebook gives the tag "helo": there are closing, hold',
    ]);
  });
});
