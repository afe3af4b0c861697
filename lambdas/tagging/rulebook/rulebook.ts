import * as z from 'zod';
import { Sentiment } from '../../transcription/transcription.ts';
import { CURRENCIES } from './amounts.ts';
import { parsePhrase } from './phrases.ts';

const TagName = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case letters, digits and hyphens, such as "credit-offered"');

/** A phrase in the notation of {@link parsePhrase}. */
const PhraseText = z.string().superRefine((text, context) => {
  try {
    parsePhrase(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'is not a phrase' });
  }
});

const Phrases = z.array(PhraseText).min(1, 'name at least one phrase');
const SpeakerRole = z.enum(['AGENT', 'CUSTOMER']);
const Seconds = z.number().positive();

/** A distance in words between two phrases of one speaker; more belongs to something else. */
const Words = z.number().int().min(0).max(50);

/** Language codes: `en` is every English, `en-US` that one. */
const Languages = z
  .array(z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$/, 'use language codes such as "en" or "en-US"'))
  .min(1);

const Amount = z.strictObject({
  /** Only amounts above this one count. @default every amount */
  over: z.number().nonnegative().optional(),
  atLeast: z.number().nonnegative().optional(),
  /** Only amounts below this one count. */
  under: z.number().nonnegative().optional(),
  atMost: z.number().nonnegative().optional(),
  /** @default any of them */
  currency: z.enum(CURRENCIES).optional(),
});

const Near = z.strictObject({
  phrases: Phrases,
  /** So many words before or behind, in what the same speaker says. */
  withinWords: Words.optional(),
  /** Or so many seconds before or behind, whoever speaks: a reply, for example. */
  withinSeconds: Seconds.optional(),
  /** Whose words count, with `withinSeconds`. @default everyone's */
  speaker: SpeakerRole.optional(),
});

const Order = z.strictObject({
  /** The tag of the other moment. */
  tag: TagName,
  /** @default anywhere in the call */
  withinSeconds: Seconds.optional(),
});

/** A number of the conversation; one of them. */
const Conversation = z.strictObject({
  /** A moment wherever nobody speaks for longer. */
  silenceOverSeconds: Seconds.optional(),
  /** One moment where the speaker interrupts more often, from the first interruption to the last. */
  interruptionsOver: z.number().int().nonnegative().optional(),
  /** The speaker's part of all talking, from 0 to 1. */
  talkShareOver: z.number().min(0).max(1).optional(),
  talkShareUnder: z.number().min(0).max(1).optional(),
  durationOverSeconds: Seconds.optional(),
  durationUnderSeconds: Seconds.optional(),
  wordsPerMinuteOver: z.number().positive().optional(),
});
export type Conversation = z.infer<typeof Conversation>;

/** What somebody says in an example. `[PII]`, or a type such as `[CREDIT_DEBIT_NUMBER]`, stands for what was redacted. */
const ExampleTurn = z.strictObject({
  speaker: z.string().min(1),
  text: z.string().min(1),
  /** The silence before it; below 0 it interrupts. @default 0.5 */
  pauseSeconds: z.number().optional(),
  sentiment: Sentiment.optional(),
  /** The Call Analytics categories that match here. */
  categories: z.array(z.string()).optional(),
});

/** Something that is said, by the rule's speaker, or a conversation. */
export const RuleExample = z.union(
  [z.string().min(1), z.array(ExampleTurn).min(1)],
  'write what is said, or a list of turns: { speaker, text }',
);
export type RuleExample = z.infer<typeof RuleExample>;

/** What a rule may look for: exactly one of these, but that phrases may have a sentiment. */
const SOURCES = ['phrases', 'categories', 'redacted', 'conversation', 'sentiment'] as const;

/** What bears on phrases alone. */
const OF_PHRASES = ['not', 'near', 'negations', 'amount'] as const;

/** A rule that finds moments of one tag. */
export const TaggingRule = z
  .strictObject({
    /** The rule's own name, unique in the rulebook. */
    id: z.string().min(1),
    /** The tag that its moments get. */
    tag: TagName,
    /** What it is for, for people. */
    description: z.string().optional(),
    /** The languages that it is written in. @default the rulebook's */
    languages: Languages.optional(),
    /** Whose words count. Words of a speaker who is not known count too. @default everyone's */
    speaker: SpeakerRole.optional(),
    /** What is looked for: words in order, in the notation of docs/rulebook.md. */
    phrases: Phrases.optional(),
    /** Phrases that, so near to a match, make it none. As a list: within 6 words. */
    not: z
      .union(
        [Phrases, z.strictObject({ phrases: Phrases, withinWords: Words.default(6) })],
        'write a list of phrases, or { phrases, withinWords }',
      )
      .transform((not) => (Array.isArray(not) ? { phrases: not, withinWords: 6 } : not))
      .optional(),
    /** Phrases of which one must be near a match. */
    near: Near.optional(),
    /** Words that, shortly before a phrase or within it, make it mean the opposite. @default the negations of English */
    negations: z.array(z.string()).optional(),
    /** Only what begins in the first so many seconds of the call counts. @default the whole call */
    firstSeconds: Seconds.optional(),
    /** Only what begins in the last so many seconds of the call counts. @default the whole call */
    lastSeconds: Seconds.optional(),
    /** Only calls that last at least so long. @default every call */
    callAtLeastSeconds: Seconds.optional(),
    /** Only behind a moment of another tag. */
    after: Order.optional(),
    /** Only ahead of a moment of another tag. */
    before: Order.optional(),
    /** The rule finds one moment where it would find *none*: what had to be said was not. @default false */
    absent: z.boolean().default(false),
    /** An amount of money must be said near the phrase. */
    amount: Amount.optional(),
    /** Names of Call Analytics categories. */
    categories: z.array(z.string().min(1)).min(1).optional(),
    /** The sentiment of the turn: of those with phrases, or alone of every turn. */
    sentiment: Sentiment.optional(),
    /** What was redacted: types such as `CREDIT_DEBIT_NUMBER`, or `any`. */
    redacted: z
      .union(
        [z.literal('any'), z.array(z.string().min(1)).min(1)],
        'write "any", or a list of types such as "CREDIT_DEBIT_NUMBER"',
      )
      .optional(),
    conversation: Conversation.optional(),
    /** Numbers in the quotes are shown as `***`: for what should not be written down again. @default false */
    maskNumbers: z.boolean().optional(),
    /** What the rule must find, and what it must not: see `verbatim rules test`. */
    examples: z
      .strictObject({ match: z.array(RuleExample).default([]), noMatch: z.array(RuleExample).default([]) })
      .optional(),
  })
  .superRefine((rule, context) => {
    const complain = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const sources = SOURCES.filter((source) => rule[source] !== undefined);
    const [source = ''] = sources;
    if (sources.length === 0) complain(['phrases'], `name what is looked for: one of ${SOURCES.join(', ')}`);
    if (sources.length > 1 && !(sources.length === 2 && rule.phrases && rule.sentiment)) {
      complain([sources[1] ?? ''], `a rule looks for one thing: make a rule of ${source} and one of ${sources[1]}`);
    }
    for (const field of OF_PHRASES) {
      if (rule[field] !== undefined && !rule.phrases && sources.length > 0)
        complain([field], `"${field}" is for a rule with phrases`);
    }
    if (rule.firstSeconds !== undefined && rule.lastSeconds !== undefined) {
      complain(['lastSeconds'], 'choose firstSeconds or lastSeconds');
    }
    if (rule.absent && rule.amount) complain(['amount'], 'an absent phrase has no amount');
    if (rule.absent && rule.after && rule.before)
      complain(['before'], 'what is absent is absent after or before: choose one');
    if (rule.absent && rule.conversation)
      complain(['conversation'], 'turn the number round instead: "over" or "under"');
    if (rule.near && (rule.near.withinWords === undefined) === (rule.near.withinSeconds === undefined)) {
      complain(['near'], 'name withinWords or withinSeconds');
    }
    if (rule.near?.speaker && rule.near.withinWords !== undefined) {
      complain(['near', 'speaker'], 'within words it is the same speaker: use withinSeconds, or leave the speaker out');
    }
    if (rule.amount && isEmptyRange(rule.amount)) complain(['amount'], 'no amount is within these limits');
    if (rule.conversation) {
      const numbers = Object.values(rule.conversation).filter((number) => number !== undefined);
      if (numbers.length !== 1) complain(['conversation'], 'name exactly one number of the conversation');
      const { talkShareOver, talkShareUnder } = rule.conversation;
      if ((talkShareOver !== undefined || talkShareUnder !== undefined) && !rule.speaker) {
        complain(['speaker'], 'whose share of the talking? name AGENT or CUSTOMER');
      }
    }
  });
export type TaggingRule = z.infer<typeof TaggingRule>;

function isEmptyRange({ over, atLeast, under, atMost }: z.infer<typeof Amount>): boolean {
  const low = Math.max(over ?? 0, atLeast ?? 0);
  const high = Math.min(under ?? Number.POSITIVE_INFINITY, atMost ?? Number.POSITIVE_INFINITY);
  return low > high || (low === high && ((over ?? -1) >= low || (under ?? Number.POSITIVE_INFINITY) <= high));
}

/** A versioned set of rules. Each moment says by which version it was found. */
export const Rulebook = z
  .strictObject({
    /** Changes whenever a rule does, such as `2026-11-24.1`. */
    version: z.string().min(1),
    /** The languages that its rules are written in: to a call in another they do not apply. @default every language */
    languages: Languages.optional(),
    rules: z.array(TaggingRule),
  })
  .superRefine(({ rules }, context) => {
    const ids = new Set<string>();
    const tags = new Set(rules.map((rule) => rule.tag));
    rules.forEach((rule, i) => {
      if (ids.has(rule.id)) {
        context.addIssue({ code: 'custom', path: ['rules', i, 'id'], message: `the rule "${rule.id}" is there twice` });
      }
      ids.add(rule.id);
      for (const order of ['after', 'before'] as const) {
        const tag = rule[order]?.tag;
        if (tag === undefined || tags.has(tag)) continue;
        const message = `no rule gives the tag "${tag}": the tags are ${[...tags].join(', ')}`;
        context.addIssue({ code: 'custom', path: ['rules', i, order, 'tag'], message });
      }
    });
    for (const i of circularIn(rules)) {
      const order = rules[i]?.after ? 'after' : 'before';
      const message = `the rule "${rules[i]?.id}" waits for its own tag: take the order out of one of the rules that wait for each other`;
      context.addIssue({ code: 'custom', path: ['rules', i, order], message });
    }
  });
export type Rulebook = z.infer<typeof Rulebook>;

/** The tags whose moments must be known before those of `rule`. */
const waitsFor = ({ after, before }: Pick<TaggingRule, 'after' | 'before'>): string[] =>
  [after, before].flatMap((order) => (order ? [order.tag] : []));

type Ordered = Pick<TaggingRule, 'tag' | 'after' | 'before'>;

/** The indexes of the rules that wait, by whichever way, for the tag that they give. */
function circularIn(rules: readonly Ordered[]): number[] {
  const needs = new Map<string, Set<string>>();
  for (const rule of rules) {
    const needed = needs.get(rule.tag) ?? new Set();
    for (const tag of waitsFor(rule)) needed.add(tag);
    needs.set(rule.tag, needed);
  }
  const reaches = (from: readonly string[], wanted: string): boolean => {
    const seen = new Set(from);
    for (const tag of seen) for (const next of needs.get(tag) ?? []) seen.add(next);
    return seen.has(wanted);
  };
  return rules.flatMap((rule, i) => (reaches(waitsFor(rule), rule.tag) ? [i] : []));
}

/** The indexes of rules, each behind those whose tag it waits for. */
export function inOrder(rules: readonly Ordered[]): number[] {
  const unresolved = new Map<string, number>();
  for (const { tag } of rules) unresolved.set(tag, (unresolved.get(tag) ?? 0) + 1);
  const ordered: number[] = [];
  let waiting = rules.map((rule, i) => ({ rule, i }));
  while (waiting.length > 0) {
    const isReady = ({ rule }: { rule: Ordered }) => waitsFor(rule).every((tag) => !unresolved.get(tag));
    const ready = waiting.filter(isReady);
    if (ready.length === 0) throw new TypeError('rules wait for each other: validate the rulebook');
    waiting = waiting.filter((each) => !ready.includes(each));
    for (const { rule, i } of ready) {
      ordered.push(i);
      unresolved.set(rule.tag, (unresolved.get(rule.tag) ?? 0) - 1);
    }
  }
  return ordered;
}
