import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answers } from '../../../../lambdas/quality/scoring/score.ts';
import { askedOf, checkAnswers, missingOf, scoreAnswers } from '../../../../lambdas/quality/scoring/score-answers.ts';
import { criteriaOf, Scorecard } from '../../../../lambdas/quality/scoring/scorecard.ts';
import { scorecard } from '../world.ts';
import { formAndAnswers } from './forms.ts';

const good: Answers = { disclosure: 'yes', greeting: 5, solved: 'yes', how: 'at-once' };

describe('a score', () => {
  it('shares 100 points by the weights of sections, and of criteria in them', () => {
    const { percent, passed, sections } = scoreAnswers(scorecard, { ...good, greeting: 2, how: 'later' });
    // Opening: (1 + 1/4) / 2 of a third. Solution: (1 + 1/2) / 2 of two thirds.
    expect(percent).toBe(70.83);
    expect(passed).toBe(false);
    expect(sections.map((section) => [section.percent, section.points, section.ofPoints])).toEqual([
      [62.5, 20.8334, 33.3334],
      [75, 50, 66.6666],
    ]);
    expect(sections[0]?.criteria[1]).toEqual({
      ...{ criterionId: 'greeting', outcome: 'scored', share: 0.25, points: 4.1667, ofPoints: 16.6667 },
      because: 'answered 2 on a scale from 1 to 5: 4.17 of 16.67 points',
    });
  });

  it('is of what is answered', () => {
    expect(scoreAnswers(scorecard, {})).not.toHaveProperty('percent');
    expect(scoreAnswers(scorecard, { greeting: 3 })).toMatchObject({ percent: 50 });
  });

  it('is neither better nor worse by what does not apply', () => {
    const { percent, sections } = scoreAnswers(scorecard, { ...good, greeting: 1, solved: 'not-applicable' });
    expect(percent).toBe(50);
    expect(sections[1]?.criteria.map(({ outcome, because }) => [outcome, because])).toEqual([
      ['not-applicable', 'does not apply'],
      ['not-asked', 'asked only where solved is yes'],
      ['unanswered', 'not answered'],
    ]);
  });

  it('is 0 where a critical criterion fails the form', () => {
    const score = scoreAnswers(scorecard, { ...good, disclosure: 'no' });
    expect(score).toMatchObject({ percent: 0, passed: false, failedBy: ['disclosure'] });
    expect(score.sections[1]?.criteria[0]).toMatchObject({
      ...{ share: 1, points: 0 },
      because: 'answered yes: 0 of 33.33 points, for the form is failed by: Was the recording disclosed?',
    });
  });

  it('lacks the points of a section that a critical criterion fails, and no others', () => {
    const form = Scorecard.parse({
      ...{ name: 'x', version: '1', title: 'X' },
      sections: [
        {
          ...{ id: 'policy', title: 'Policy' },
          criteria: [
            { id: 'credit', title: '?', answer: { type: 'yes-no', good: 'no' }, critical: 'section', weight: 0 },
            { id: 'tone', title: '?', answer: { type: 'yes-no' } },
          ],
        },
        { id: 'end', title: 'End', criteria: [{ id: 'bye', title: '?', answer: { type: 'yes-no' } }] },
      ],
    });
    const score = scoreAnswers(form, { credit: 'yes', tone: 'yes', bye: 'yes' });
    expect(score).toMatchObject({ percent: 50, failedBy: [] });
    expect(score.sections[0]).toMatchObject({ percent: 0, points: 0, ofPoints: 50, failedBy: ['credit'] });
    expect(scoreAnswers(form, { credit: 'no', tone: 'yes', bye: 'yes' })).toMatchObject({ percent: 100 });
  });

  it('costs a failed section its points also where nothing else of it applies', () => {
    const form = Scorecard.parse({
      ...{ name: 'x', version: '1', title: 'X' },
      sections: [
        {
          ...{ id: 'policy', title: 'Policy' },
          criteria: [
            { id: 'credit', title: 'In policy?', answer: { type: 'yes-no' }, critical: 'section', weight: 0 },
            { id: 'tone', title: '?', answer: { type: 'yes-no' }, mayNotApply: true },
          ],
        },
        { id: 'end', title: 'End', criteria: [{ id: 'bye', title: '?', answer: { type: 'yes-no' } }] },
      ],
    });
    const score = scoreAnswers(form, { credit: 'no', tone: 'not-applicable', bye: 'yes' });
    expect(score).toMatchObject({ percent: 50, sections: [{ percent: 0, points: 0, ofPoints: 50 }, { points: 50 }] });
    expect(score.sections[0]?.criteria[0]?.because).toBe(
      'answered no: 0 of 50 points, for the section is failed by: In policy?',
    );
    expect(scoreAnswers(form, { credit: 'yes', tone: 'not-applicable', bye: 'yes' })).toMatchObject({ percent: 100 });
  });

  it('names some of those that fail it with each point, however many they are', () => {
    const criteria = Array.from({ length: 80 }, (_, i) => ({
      ...{ id: `c${i}`, title: 'x'.repeat(200), answer: { type: 'yes-no' as const }, critical: 'form' as const },
    }));
    const form = Scorecard.parse({
      name: 'x',
      version: '1',
      title: 'X',
      sections: [{ id: 's', title: 'S', criteria }],
    });
    const score = scoreAnswers(form, Object.fromEntries(criteria.map(({ id }) => [id, 'no'])));
    expect(score.failedBy).toHaveLength(80);
    expect(score.sections[0]?.criteria[0]?.because).toContain(' and 77 more');
    // DynamoDB takes items of 400 KB.
    expect(JSON.stringify(score).length).toBeLessThan(100_000);
  });

  it('leaves aside what is answered though it is not asked', () => {
    const { sections } = scoreAnswers(scorecard, { ...good, solved: 'no', how: 'at-once' });
    expect(sections[1]).toMatchObject({ percent: 0 });
    expect([...askedOf(scorecard, { solved: 'no' })]).toEqual(['disclosure', 'greeting', 'solved', 'words']);
  });
});

describe('any score', () => {
  const holds = (check: (form: Scorecard, answers: Answers) => void) =>
    fc.assert(
      fc.property(formAndAnswers, ([form, answers]) => check(form, answers)),
      { numRuns: 300 },
    );

  it('is within its bounds, and the sum of its points', () =>
    holds((form, answers) => {
      const score = scoreAnswers(form, answers);
      const criteria = score.sections.flatMap((section) => section.criteria);
      const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);
      for (const { points, ofPoints } of criteria) expect(points).toBeLessThanOrEqual(ofPoints);
      expect(score.percent ?? 0).toBeGreaterThanOrEqual(0);
      expect(score.percent ?? 0).toBeLessThanOrEqual(100);
      expect(sum(criteria.map(({ points }) => points))).toBeCloseTo(score.percent ?? 0, 1);
      const of = sum(criteria.map(({ ofPoints }) => ofPoints));
      expect(Math.min(Math.abs(of), Math.abs(of - 100))).toBeLessThan(0.01);
      expect(criteria.map(({ criterionId }) => criterionId)).toEqual(criteriaOf(form).map(({ id }) => id));
    }));

  it('is 0 and not passed where its form is failed, whatever else is answered', () =>
    holds((form, answers) => {
      const { failedBy, percent, passed } = scoreAnswers(form, answers);
      if (failedBy.length === 0) return;
      expect(percent).toBe(0);
      expect(passed ?? false).toBe(false);
    }));

  it('has no point of a section that is failed, which costs as much as it could be worth', () =>
    holds((form, answers) => {
      const { failedBy, percent, sections } = scoreAnswers(form, answers);
      const failed = sections.filter((section) => section.failedBy.length > 0);
      if (failedBy.length > 0 || failed.length === 0) return;
      const lost = failed.reduce((sum, { ofPoints }) => sum + ofPoints, 0);
      expect(failed.map((section) => [section.percent, section.points])).toEqual(failed.map(() => [0, 0]));
      expect(Math.min(...failed.map(({ ofPoints }) => ofPoints))).toBeGreaterThan(0);
      expect(percent).toBeLessThanOrEqual(100 - lost + 0.01);
    }));

  it('is the same without a criterion that does not apply', () =>
    holds((form, answers) => {
      const neutral = criteriaOf(form).find(({ id, onlyIf }) => !onlyIf && answers[id] === 'not-applicable');
      if (!neutral || criteriaOf(form).some(({ onlyIf }) => onlyIf?.criterion === neutral.id)) return;
      const sections = form.sections
        .map((section) => ({ ...section, criteria: section.criteria.filter(({ id }) => id !== neutral.id) }))
        .filter(({ criteria }) => criteria.length > 0);
      const { percent, failedBy } = scoreAnswers({ ...form, sections }, answers);
      expect({ percent, failedBy }).toEqual({
        percent: scoreAnswers(form, answers).percent,
        failedBy: scoreAnswers(form, answers).failedBy,
      });
    }));

  it('is the same whatever all weights are multiplied by', () =>
    holds((form, answers) => {
      const sections = form.sections.map((section) => ({
        ...{ ...section, weight: section.weight * 4 },
        criteria: section.criteria.map((criterion) => ({ ...criterion, weight: criterion.weight * 2 })),
      }));
      expect(scoreAnswers({ ...form, sections }, answers).percent).toBe(scoreAnswers(form, answers).percent);
    }));

  it('never gets worse by a better answer', () =>
    holds((form, answers) => {
      const asked = criteriaOf(form).find(
        ({ id, answer }) => answer.type === 'yes-no' && answers[id] === (answer.good === 'yes' ? 'no' : 'yes'),
      );
      if (asked?.answer.type !== 'yes-no' || criteriaOf(form).some(({ onlyIf }) => onlyIf?.criterion === asked.id))
        return;
      const better = { ...answers, [asked.id]: asked.answer.good };
      expect(scoreAnswers(form, better).percent ?? 0).toBeGreaterThanOrEqual(scoreAnswers(form, answers).percent ?? 0);
    }));
});

describe('answers', () => {
  it('that the form has not are refused, each by its name', () => {
    const check = (answers: Answers) => () => checkAnswers(scorecard, answers);
    expect(check({ ...good, words: 'Well done.' })).not.toThrow();
    expect(check({ greeting: 6, how: 'soon', nothing: 'yes' })).toThrow(
      'answers.greeting: 6 is not a whole number from 1 to 5; answers.how: "soon" is not "at-once" or "later" or "badly"; ' +
        'answers.nothing: the scorecard "service" has no such criterion; it has disclosure, greeting, solved, how, words',
    );
    expect(check({ greeting: 'not-applicable' })).toThrow('answers.greeting: it always applies');
    expect(check({ solved: 'not-applicable' })).not.toThrow();
    expect(check({ words: 4 })).toThrow('answers.words: is not a text');
  });

  it('must be there to what is asked, with the comments that are demanded', () => {
    const of = (answers: Record<string, { answer: string | number; comment?: string }>) =>
      missingOf(scorecard, answers).map(({ criterionId, what }) => `${what} ${criterionId}`);
    expect(of({})).toEqual(['answer disclosure', 'answer greeting', 'answer solved']);
    const begun = { disclosure: { answer: 'yes' }, greeting: { answer: 1 } };
    expect(of({ ...begun, solved: { answer: 'yes' } })).toEqual(['answer how']);
    expect(of({ ...begun, solved: { answer: 'no' } })).toEqual([]);
    const later = { ...begun, solved: { answer: 'yes' }, how: { answer: 'later' } };
    expect(of(later)).toEqual(['comment how']);
    expect(of({ ...later, how: { answer: 'later', comment: ' ' } })).toEqual(['comment how']);
    expect(of({ ...later, how: { answer: 'later', comment: 'It took a week.' } })).toEqual([]);
    expect(of({ ...later, how: { answer: 'at-once' } })).toEqual([]);
  });
});
