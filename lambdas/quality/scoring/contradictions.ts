import type { QualityConfig } from '../quality-config.ts';
import { problemOf } from './score-answers.ts';
import { type Criterion, criteriaOf, type Scorecard } from './scorecard.ts';

/** What in a quality config cannot hold; `path` leads to the field from the quality config. */
export interface QualityContradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What a quality config is about. */
export interface QualityScope {
  /** The tags that the rulebook gives. */
  readonly tags: readonly string[];
  readonly sources: readonly { readonly name: string }[];
}

type Path = readonly (string | number)[];

/** A month adds up three counts for each criterion, in one update of DynamoDB, whose expression has room for so many. */
const MAX_CRITERIA = 80;

const listed = (all: readonly string[]): string => (all.length > 0 ? `there are ${all.join(', ')}` : 'there is none');

/**
 * Finds what in a quality config contradicts itself, or the rulebook and the sources beside it. Each message names the fix.
 *
 * @param quality `scorecards` as they are deployed: those of the config, or the starter's
 */
export function contradictionsOfScorecards(
  { scorecards = [], plans }: Pick<QualityConfig, 'scorecards' | 'plans'>,
  { tags, sources }: QualityScope,
): QualityContradiction[] {
  const unknownTags = (path: Path, named: readonly (string | undefined)[]): QualityContradiction[] =>
    [...new Set(named)].flatMap((tag) =>
      tag === undefined || tags.includes(tag)
        ? []
        : [{ path, message: `no rule of the rulebook gives the tag "${tag}": ${listed(tags)}` }],
    );
  const twice = (names: readonly string[], i: number): boolean => names.indexOf(names[i] ?? '') < i;

  const ofCalls = ({ calls }: Scorecard, path: Path): QualityContradiction[] => [
    ...(calls.sources ?? []).flatMap((source) =>
      sources.some(({ name }) => name === source)
        ? []
        : [
            {
              path: [...path, 'calls', 'sources'],
              message: `there is no source "${source}": ${listed(sources.map(({ name }) => name))}`,
            },
          ],
    ),
    ...unknownTags([...path, 'calls', 'tags'], calls.tags ?? []),
  ];

  const ofCriterion = (criterion: Criterion, earlier: readonly Criterion[], path: Path): QualityContradiction[] => {
    const { id, answer, critical, onlyIf, automatic, mayNotApply, comment } = criterion;
    const found: QualityContradiction[] = [];
    const complain = (where: Path, message: string) => found.push({ path: [...path, ...where], message });
    if (earlier.some((one) => one.id === id))
      complain(['id'], `the criterion "${id}" is there twice: name one otherwise`);
    if (answer.type === 'text') {
      if (critical) complain(['critical'], 'words make no points and can fail nothing: leave it out, or ask yes or no');
      if (mayNotApply) complain(['mayNotApply'], 'words need not be there: leave it out');
      if (automatic) complain(['automatic'], 'words are not written by themselves: leave it out, or ask yes or no');
      if (comment === 'when-points-are-lost')
        complain(['comment'], 'words make no points that could be lost: leave it out');
    }
    if (answer.type === 'choice') {
      const ids = answer.options.map((option) => option.id);
      ids.forEach((option, i) => {
        if (twice(ids, i)) complain(['answer', 'options', i, 'id'], `the option "${option}" is there twice`);
      });
      if (critical && !answer.options.some(({ share }) => share === 0))
        complain(['critical'], 'no option has the share 0, so that nothing fails: give one of them 0');
    }
    if (onlyIf) {
      const asked = earlier.find((one) => one.id === onlyIf.criterion);
      if (!asked)
        complain(
          ['onlyIf', 'criterion'],
          `there is no criterion "${onlyIf.criterion}" before "${id}": ${listed(earlier.map((one) => one.id))}`,
        );
      else if (asked.answer.type === 'text')
        complain(['onlyIf', 'criterion'], `"${asked.id}" is answered in words: name one that is chosen`);
      else
        onlyIf.is.forEach((value, i) => {
          const problem = problemOf(asked, value);
          if (problem !== undefined) complain(['onlyIf', 'is', i], `of "${asked.id}": ${problem}`);
        });
    }
    if (automatic && answer.type !== 'text') {
      automatic.cases.forEach((one, i) => {
        const problem = problemOf(criterion, one.answer);
        if (problem !== undefined) complain(['automatic', 'cases', i, 'answer'], problem);
        const { tag, withoutTag, atLeast, atMost } = one.if;
        const where = ['automatic', 'cases', i, 'if'];
        found.push(...unknownTags([...path, ...where], [tag, withoutTag]));
        if (tag !== undefined && tag === withoutTag) complain(where, `"${tag}" is there and is not: no call is so`);
        if (atLeast !== undefined && atMost !== undefined && atLeast > atMost)
          complain([...where, 'atLeast'], `${atLeast} is above atMost, ${atMost}: no call is so`);
      });
      const problem = automatic.otherwise === undefined ? undefined : problemOf(criterion, automatic.otherwise);
      if (problem !== undefined) complain(['automatic', 'otherwise'], problem);
    }
    return found;
  };

  const names = scorecards.map(({ name }) => name);
  const ofScorecards = scorecards.flatMap((scorecard, i): QualityContradiction[] => {
    const path = ['scorecards', i];
    const { sections } = scorecard;
    const sectionIds = sections.map(({ id }) => id);
    const criteria = criteriaOf(scorecard);
    let before = 0;
    return [
      ...(twice(names, i)
        ? [{ path: [...path, 'name'], message: `the scorecard "${scorecard.name}" is there twice: name one otherwise` }]
        : []),
      ...(criteria.length > MAX_CRITERIA
        ? [{ path: [...path, 'sections'], message: `has ${criteria.length} criteria: ${MAX_CRITERIA} at the most` }]
        : []),
      ...(criteria.every(({ answer, weight }) => answer.type === 'text' || weight === 0)
        ? [{ path: [...path, 'sections'], message: 'no criterion has a weight: nothing could be scored' }]
        : []),
      ...ofCalls(scorecard, path),
      ...sections.flatMap((section, s) => [
        ...(twice(sectionIds, s)
          ? [{ path: [...path, 'sections', s, 'id'], message: `the section "${section.id}" is there twice` }]
          : []),
        ...section.criteria.flatMap((criterion, c) =>
          ofCriterion(criterion, criteria.slice(0, before++), [...path, 'sections', s, 'criteria', c]),
        ),
      ]),
    ];
  });

  const planNames = plans.map(({ name }) => name);
  const ofPlans = plans.flatMap((plan, i): QualityContradiction[] => {
    const path = ['plans', i];
    const { lengthBoundsSeconds: bounds, strata } = plan;
    return [
      ...(twice(planNames, i)
        ? [{ path: [...path, 'name'], message: `the plan "${plan.name}" is there twice: name one otherwise` }]
        : []),
      ...(names.includes(plan.scorecard)
        ? []
        : [{ path: [...path, 'scorecard'], message: `there is no scorecard "${plan.scorecard}": ${listed(names)}` }]),
      ...unknownTags([...path, 'tags'], plan.tags),
      ...(strata.includes('tag') && plan.tags.length === 0
        ? [{ path: [...path, 'tags'], message: 'is empty, though "strata" tells calls apart by tag: name tags' }]
        : []),
      ...(!strata.includes('tag') && plan.tags.length > 0
        ? [{ path: [...path, 'strata'], message: 'does not name "tag", though there are tags: name it' }]
        : []),
      ...(new Set(strata).size < strata.length
        ? [{ path: [...path, 'strata'], message: 'names one twice: name each once' }]
        : []),
      ...(bounds.some((bound, b) => b > 0 && bound <= (bounds[b - 1] ?? 0))
        ? [{ path: [...path, 'lengthBoundsSeconds'], message: `${bounds.join(', ')} do not ascend: sort them` }]
        : []),
    ];
  });
  return [...ofScorecards, ...ofPlans];
}
