import { createHash } from 'node:crypto';
import type * as z from 'zod';
import { Scorecard } from './scorecard.ts';

type SectionInput = z.input<typeof Scorecard>['sections'][number];
type CriterionInput = SectionInput['criteria'][number];

/** What is checked with the tags of the starter rulebook, and by people. */
const sections: readonly SectionInput[] = [
  {
    id: 'opening',
    title: 'Opening',
    criteria: [
      {
        id: 'recording-disclosure',
        title: 'Did the agent say in the first minute that the call may be recorded?',
        answer: { type: 'yes-no' },
        automatic: { cases: [{ if: { tag: 'recording-disclosure' }, answer: 'yes' }], otherwise: 'no' },
      },
      {
        id: 'verification',
        title: 'Did the agent check who is calling?',
        guidance: 'Before anything is said of an account. It does not apply where no account is spoken of.',
        answer: { type: 'yes-no' },
        mayNotApply: true,
        automatic: { cases: [{ if: { tag: 'verification-done' }, answer: 'yes' }], otherwise: 'no' },
      },
    ],
  },
  {
    id: 'conversation',
    title: 'Conversation',
    weight: 2,
    criteria: [
      {
        id: 'listening',
        title: 'Did the agent listen, and show it?',
        guidance: '1: talked past the customer. 5: took up what was said, and asked where it was not clear.',
        answer: { type: 'scale', from: 1, to: 5 },
        weight: 2,
        comment: 'when-points-are-lost',
      },
      {
        id: 'solved',
        title: 'Was what the customer called for solved, or is it clear what comes next?',
        answer: {
          type: 'choice',
          options: [
            { id: 'solved', title: 'It was solved', share: 1 },
            { id: 'next-step-clear', title: 'It was not, and it is clear what comes next', share: 0.5 },
            { id: 'open', title: 'Neither', share: 0 },
          ],
        },
        weight: 2,
        mayNotApply: true,
        comment: 'when-points-are-lost',
      },
      {
        id: 'no-long-silence',
        title: 'Was the customer spared silence of more than 20 seconds?',
        answer: { type: 'yes-no' },
        automatic: { cases: [{ if: { tag: 'long-silence' }, answer: 'no' }], otherwise: 'yes' },
      },
      {
        id: 'no-abuse',
        title: 'Did nobody insult, swear at or threaten the other?',
        guidance: 'Where it was the customer alone, and the agent stayed calm, it does not apply.',
        answer: { type: 'yes-no' },
        mayNotApply: true,
        automatic: { cases: [{ if: { withoutTag: 'abuse' }, answer: 'yes' }] },
      },
    ],
  },
  {
    id: 'policy',
    title: 'Policy',
    weight: 2,
    criteria: [
      {
        id: 'credit-within-policy',
        title: 'Were all credits that were offered within policy?',
        answer: { type: 'yes-no' },
        mayNotApply: true,
        critical: 'section',
        comment: 'when-points-are-lost',
        automatic: {
          cases: [
            { if: { tag: 'credit-over-policy' }, answer: 'no' },
            { if: { tag: 'credit-offered' }, answer: 'yes' },
          ],
          otherwise: 'not-applicable',
        },
      },
      {
        id: 'no-payment-data',
        title: 'Was the recording free of payment data?',
        guidance: 'The data of a card or of an account is taken where nothing is recorded.',
        answer: { type: 'yes-no' },
        automatic: { cases: [{ if: { tag: 'payment-data-spoken' }, answer: 'no' }], otherwise: 'yes' },
      },
    ],
  },
  {
    id: 'closing',
    title: 'Closing',
    criteria: [
      {
        id: 'closing',
        title: 'Did the agent ask whether there is anything else, or say goodbye?',
        guidance: 'It does not apply to a call that was cut off.',
        answer: { type: 'yes-no' },
        mayNotApply: true,
        automatic: {
          cases: [
            { if: { tag: 'closing' }, answer: 'yes' },
            { if: { tag: 'missing-closing' }, answer: 'no' },
          ],
          otherwise: 'not-applicable',
        },
      },
      { id: 'remarks', title: 'What else is to be said?', answer: { type: 'text' } },
    ],
  },
];

const tagsOfCriterion = ({ automatic }: CriterionInput): string[] =>
  (automatic?.cases ?? []).flatMap(({ if: { tag, withoutTag } }) =>
    [tag, withoutTag].filter((one) => one !== undefined),
  );

/**
 * The scorecard that there is without a word in the config: what the tags of the starter rulebook tell, and what people hear. A
 * criterion whose tags the rulebook does not give is left out; then the scorecard has a version of its own.
 *
 * @param tags those that the rulebook gives
 */
export function starterScorecards(tags: readonly string[]): Scorecard[] {
  const left = sections
    .map((section) => ({
      ...section,
      criteria: section.criteria.filter((one) => tagsOfCriterion(one).every((tag) => tags.includes(tag))),
    }))
    .filter(({ criteria }) => criteria.length > 0);
  const ids = (some: readonly SectionInput[]) => some.flatMap(({ criteria }) => criteria.map(({ id }) => id));
  const all = ids(sections).length === ids(left).length;
  const mark = createHash('sha256').update(ids(left).join()).digest('hex').slice(0, 8);
  return [
    Scorecard.parse({
      name: 'service',
      version: all ? 'starter-1' : `starter-1-${mark}`,
      title: 'Service',
      passPercent: 80,
      sections: left,
    }),
  ];
}
