import { describe, expect, it } from 'vitest';
import { automaticAnswers } from '../../../../lambdas/quality/scoring/automatic-answers.ts';
import { callNumbers } from '../../../../lambdas/quality/scoring/call-numbers.ts';
import { contradictionsOfScorecards } from '../../../../lambdas/quality/scoring/contradictions.ts';
import { scoreAnswers } from '../../../../lambdas/quality/scoring/score-answers.ts';
import { criteriaOf, Scorecard } from '../../../../lambdas/quality/scoring/scorecard.ts';
import { starterScorecards } from '../../../../lambdas/quality/scoring/starter-scorecard.ts';
import { starterRulebook } from '../../../../lambdas/tagging/tagging.ts';
import { Transcript } from '../../../../lambdas/transcription/transcription.ts';
import { says, transcriptOf } from '../../builders.ts';

const said = (changes: Partial<Transcript> = {}): Transcript =>
  Transcript.parse({
    ...transcriptOf(says('AGENT', 'one two three four', 2000), says('CUSTOMER', 'one two', 8000)),
    durationMs: 10_000,
    speakers: [
      { speaker: 'AGENT', label: 'ch_0', talkTimeMs: 1200, sentiment: { overall: 1.5, byQuarter: [] } },
      { speaker: 'CUSTOMER', label: 'ch_1', talkTimeMs: 600, wordsPerMinute: 150 },
    ],
    interruptions: [{ speaker: 'AGENT', startMs: 8000, endMs: 8100 }],
    ...changes,
  });

describe('the numbers of a conversation', () => {
  it('are of the length of the recording, with the silence before and after', () => {
    expect(callNumbers(said(), 12_000)).toEqual({
      ...{ durationSeconds: 12, agentTalkPercent: 10, customerTalkPercent: 5, silencePercent: 85 },
      ...{ longestSilenceSeconds: 4.8, agentInterruptions: 1, agentWordsPerMinute: 200, agentSentiment: 1.5 },
    });
  });

  it('are of the agent only where one is known', () => {
    const numbers = callNumbers(said({ speakers: [{ speaker: 'spk_0', label: 'spk_0', talkTimeMs: 1200 }] }));
    expect(Object.keys(numbers)).toEqual(['durationSeconds', 'silencePercent', 'longestSilenceSeconds']);
    expect(callNumbers(transcriptOf())).toEqual({ durationSeconds: 0, longestSilenceSeconds: 0 });
  });

  it('count time in which both speak as spoken once', () => {
    const both = transcriptOf(says('AGENT', 'one two three four'), says('CUSTOMER', 'one two', 300));
    expect(callNumbers(both)).toMatchObject({ silencePercent: 0, longestSilenceSeconds: 0 });
  });
});

describe('an automatic answer', () => {
  const form = Scorecard.parse({
    ...{ name: 'x', version: '1', title: 'X' },
    sections: [
      {
        ...{ id: 's', title: 'S' },
        criteria: [
          {
            ...{ id: 'talk', title: '?', answer: { type: 'scale', from: 1, to: 3 } },
            automatic: {
              cases: [
                { if: { number: 'agentTalkPercent', atLeast: 40, atMost: 60 }, answer: 3 },
                { if: { number: 'agentTalkPercent', atMost: 80, withoutTag: 'complaint' }, answer: 2 },
              ],
              otherwise: 1,
            },
          },
          {
            ...{ id: 'closing', title: '?', answer: { type: 'yes-no' } },
            automatic: { cases: [{ if: { tag: 'closing' }, answer: 'yes' }] },
          },
          { id: 'tone', title: '?', answer: { type: 'yes-no' } },
        ],
      },
    ],
  });
  const moments = [
    { tag: 'closing', startMs: 9000, endMs: 9500 },
    { tag: 'closing', startMs: 8000, endMs: 8500 },
    { tag: 'hold', startMs: 100, endMs: 200 },
  ];

  it('is that of the first case that is true, and says why and where', () => {
    expect(automaticAnswers(form, { tags: ['closing', 'hold'], moments, numbers: { agentTalkPercent: 60 } })).toEqual({
      talk: { answer: 3, because: 'agentTalkPercent of 40 at least and 60 at most (it is 60)', moments: [] },
      closing: {
        ...{ answer: 'yes', because: 'the tag closing' },
        moments: [
          { startMs: 8000, endMs: 8500, tag: 'closing' },
          { startMs: 9000, endMs: 9500, tag: 'closing' },
        ],
      },
    });
  });

  it('is not made up: what hangs on a number that is not known is left to people', () => {
    const of = (tags: string[], numbers = {}) => automaticAnswers(form, { tags, moments: [], numbers });
    expect(of(['complaint'])).toEqual({});
    expect(of([])).toEqual({});
    expect(of(['complaint'], { agentTalkPercent: 70 }).talk).toMatchObject({ answer: 1 });
    expect(of([], { agentTalkPercent: 70 }).talk?.answer).toBe(2);
  });
});

describe('the starter scorecard', () => {
  const tags = [...new Set(starterRulebook({ creditLimitDollars: 25 }).rules.map(({ tag }) => tag))];

  it('goes with the starter rulebook', () => {
    const scorecards = starterScorecards(tags);
    expect(contradictionsOfScorecards({ scorecards, plans: [] }, { tags, sources: [] })).toEqual([]);
    expect(scorecards.map(({ name, version }) => `${name} ${version}`)).toEqual(['service starter-1']);
  });

  it('leaves out what the rulebook does not tell, as a version of its own', () => {
    const [less] = starterScorecards(['closing', 'missing-closing']);
    expect(less && criteriaOf(less).map(({ id }) => id)).toEqual(['listening', 'solved', 'closing', 'remarks']);
    expect(less?.version).toMatch(/^starter-1-[0-9a-f]{8}$/);
    expect(
      contradictionsOfScorecards({ scorecards: starterScorecards([]), plans: [] }, { tags: [], sources: [] }),
    ).toEqual([]);
  });

  it('takes the points of its policy from an agent who offers too much, and says so', () => {
    const [form] = starterScorecards(tags);
    if (!form) throw new Error('there is none');
    const known = {
      tags: ['recording-disclosure', 'credit-offered', 'credit-over-policy', 'closing'],
      moments: [],
      numbers: {},
    };
    const answers = Object.entries(automaticAnswers(form, known)).map(([id, { answer }]) => [id, answer] as const);
    const { sections, percent } = scoreAnswers(form, Object.fromEntries(answers));
    expect(sections.find(({ sectionId }) => sectionId === 'policy')).toMatchObject({
      ...{ percent: 0, failedBy: ['credit-within-policy'] },
    });
    expect(percent).toBe(58.33);
  });
});
