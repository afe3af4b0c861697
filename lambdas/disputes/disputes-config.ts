import * as z from 'zod';
import { parsePhrase } from '../tagging/tagging.ts';
import type { Policies } from './policies.ts';

/** A phrase in the notation of the rulebook. */
const PhraseText = z.string().superRefine((text, context) => {
  try {
    parsePhrase(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'is not a phrase' });
  }
});

/** What a dispute can be about: what in a call bears on such a claim, and by which policy it is decided. */
export const Topic = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case letters, digits and hyphens, such as "credit"'),
    /** Moments of these tags bear on the claim. */
    tags: z.array(z.string()).default([]),
    /** Whoever says one of these speaks of what is claimed. */
    phrases: z.array(PhraseText).default([]),
    /** One of `policies`: a dispute is decided by it where no other is named. */
    policy: z.string().optional(),
  })
  .refine(({ tags, phrases }) => tags.length + phrases.length > 0, {
    error: 'name tags or phrases: nothing can be found by neither',
    path: ['tags'],
  });
export type Topic = z.infer<typeof Topic>;

/** How disputes are looked into, and how long they are kept. */
export const DisputesConfig = z.strictObject({
  /** @default the starter topics, as far as the rulebook gives their tags */
  topics: z.array(Topic).optional(),
  /** How long a dispute is kept after it was closed, in days. @default 2557, 7 years */
  keepDays: z.number().int().positive().default(2557),
});
export type DisputesConfig = z.infer<typeof DisputesConfig>;

/** The topics that there are without a word in the config. Their tags are those of the starter rulebook. */
const starterTopics: readonly Topic[] = [
  {
    name: 'credit',
    tags: ['credit-offered', 'credit-over-policy'],
    phrases: [
      '~promise|~offer|~give ...9 credit',
      'credit of',
      'credit on|to|towards|toward your|the|my|our bill|account|statement|invoice|balance',
      '~take|~knock|~deduct ... off ...3 bill|account|balance|statement|invoice',
    ],
  },
];

/** The starter topics, with those of their tags that the rulebook gives. */
export const starterTopicsOf = (tags: readonly string[]): Topic[] =>
  starterTopics.map((topic) => ({ ...topic, tags: topic.tags.filter((tag) => tags.includes(tag)) }));

/** What in the topics contradicts the rulebook or the policies; `path` leads to the field from the disputes config. */
export function contradictionsOfTopics(
  { topics = [] }: DisputesConfig,
  { tags, policies }: { readonly tags: readonly string[]; readonly policies: Policies },
): { readonly path: (string | number)[]; readonly message: string }[] {
  const listed = (all: readonly string[]) => (all.length > 0 ? `there are ${all.join(', ')}` : 'there is none');
  return topics.flatMap((topic, i) => [
    ...(topics.findIndex((one) => one.name === topic.name) < i
      ? [{ path: ['topics', i, 'name'], message: `the topic "${topic.name}" is there twice` }]
      : []),
    ...topic.tags
      .filter((tag) => !tags.includes(tag))
      .map((tag) => ({
        path: ['topics', i, 'tags'],
        message: `no rule of the rulebook gives the tag "${tag}": ${listed(tags)}`,
      })),
    ...(topic.policy !== undefined && !policies.some(({ name }) => name === topic.policy)
      ? [
          {
            path: ['topics', i, 'policy'],
            message: `there is no policy "${topic.policy}": ${listed(policies.map(({ name }) => name))}`,
          },
        ]
      : []),
  ]);
}
