import * as z from 'zod';
import { callMatch } from './call-match.ts';
import { lifecycleRuleCount, MAX_LIFECYCLE_RULES } from './lifecycle.ts';
import { MIN_DAYS_BEFORE_STANDARD_IA, MIN_STORAGE_DAYS, rankOf, StorageTransition } from './storage-class.ts';

const ClassName = z
  .string()
  .max(128, 'is longer than 128 characters')
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case letters, digits and hyphens, such as "1-year"');

/** Longer than anything is kept; beyond it the end of a call could not be written as a time. */
const Days = z.number().int().positive().max(36_525, 'is more than 100 years (36525 days)');

/** How long calls of one class are kept. */
export const RetentionClass = z.strictObject({
  /** The class's name; it is the value of the object tag `retention-class`. */
  name: ClassName,
  /** Days from the start of the call to its deletion; 100 years at the most. */
  keepDays: Days,
  /** Moves to cheaper storage on the way, counted from the upload. @default none */
  transitions: z.array(StorageTransition).default([]),
  /**
   * Makes recordings of the class write-once: S3 lets no version go, whoever asks, before so many days after the start of
   * the call. `governance` lets those who hold `s3:BypassGovernanceRetention` delete all the same, `compliance` nobody.
   * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
   * @default versions are not locked
   */
  objectLock: z.strictObject({ mode: z.enum(['governance', 'compliance']), days: Days }).optional(),
});
export type RetentionClass = z.infer<typeof RetentionClass>;

/** Gives calls a class; the first rule that matches decides. */
export const RetentionRule = z.strictObject({
  /** The rule's name, shown where a call's retention is explained. */
  name: z.string().min(1),
  ...callMatch,
  /** The class that it gives. */
  retentionClass: ClassName,
});
export type RetentionRule = z.infer<typeof RetentionRule>;

const Because = z.string().min(10, 'say why, with the source: it is shown wherever it decides');

/** Calls that may not be deleted before a time, whatever their class: a regulation. */
export const RetentionFloor = z.strictObject({
  /** The floor's name, shown where a call's retention is explained. */
  name: z.string().min(1),
  ...callMatch,
  /** Days from the start of the call for which it is kept at least. */
  keepDays: Days,
  /** What demands it: the citation. */
  because: Because,
});
export type RetentionFloor = z.infer<typeof RetentionFloor>;

/** Calls that must be deleted by a time, whatever their class: privacy. */
export const RetentionCeiling = z.strictObject({
  /** The ceiling's name, shown where a call's retention is explained. */
  name: z.string().min(1),
  ...callMatch,
  /** Days from the start of the call by which it is deleted at the latest. */
  deleteByDays: Days,
  /** What demands it: the citation. */
  because: Because,
});
export type RetentionCeiling = z.infer<typeof RetentionCeiling>;

/** Retention classes that are commonly needed, for use and for adding to. */
export const standardClasses: readonly z.input<typeof RetentionClass>[] = [
  { name: '30-days', keepDays: 30 },
  { name: '6-months', keepDays: 183 },
  { name: '1-year', keepDays: 365 },
  { name: '5-years', keepDays: 1826, transitions: [{ storageClass: 'GLACIER_IR', afterDays: 90 }] },
  { name: '7-years', keepDays: 2557, transitions: [{ storageClass: 'GLACIER_IR', afterDays: 90 }] },
];

/** The rule that is told where no rule matched. */
export const DEFAULT_RULE = 'default';

type Complain = (path: (string | number)[], message: string) => void;

/** What is kept how long. Every class that is named must exist. */
export const RetentionConfig = z
  .strictObject({
    /** The classes there are. @default 30 days, 6 months, 1 year, 5 years and 7 years */
    classes: z.array(RetentionClass).default(() => standardClasses.map((one) => RetentionClass.parse(one))),
    /** Which calls get which class; the first match decides. @default none */
    rules: z.array(RetentionRule).default([]),
    /** The class of calls that no rule matches. @default 1-year */
    defaultClass: ClassName.default('1-year'),
    /** Calls that may not be deleted before a time: they raise what the class says. @default none */
    floors: z.array(RetentionFloor).default([]),
    /** Calls that must be deleted by a time: they cut what the class says. @default none */
    ceilings: z.array(RetentionCeiling).default([]),
    /** How long the receipts of deletions are kept, in days from the deletion. @default 2557, which is 7 years */
    receipts: z.strictObject({ keepDays: Days.default(2557) }).prefault({}),
  })
  .superRefine((config, context) => {
    const complain: Complain = (path, message) => context.addIssue({ code: 'custom', path, message });
    checkNames(config, complain);
    checkClassesOfRules(config, complain);
    config.classes.forEach((one, i) => {
      checkTransitions(one, i, complain);
      const { objectLock, keepDays } = one;
      if (objectLock && objectLock.days > keepDays) {
        const message = `must be no more than keepDays (${keepDays}): the calls could not be deleted when they are due`;
        complain(['classes', i, 'objectLock', 'days'], message);
      }
    });
    const rules = lifecycleRuleCount(config);
    if (rules > MAX_LIFECYCLE_RULES) {
      const message = `need ${rules} lifecycle rules with these floors and ceilings, and a bucket takes ${MAX_LIFECYCLE_RULES}`;
      complain(
        ['classes'],
        `${message}: leave out classes with transitions, or give floors and ceilings the same days`,
      );
    }
  });
export type RetentionConfig = z.infer<typeof RetentionConfig>;

function checkNames(config: Pick<RetentionConfig, 'classes' | 'rules' | 'floors' | 'ceilings'>, complain: Complain) {
  const words = { classes: 'class', rules: 'rule', floors: 'floor', ceilings: 'ceiling' } as const;
  for (const list of ['classes', 'rules', 'floors', 'ceilings'] as const) {
    const names = config[list].map((one) => one.name);
    names.forEach((name, i) => {
      const path = [list, i, 'name'];
      if (names.indexOf(name) < i) complain(path, `the ${words[list]} "${name}" is there twice: name one of them anew`);
    });
  }
  config.rules.forEach(({ name }, i) => {
    if (name !== DEFAULT_RULE) return;
    complain(['rules', i, 'name'], `"${DEFAULT_RULE}" is told where no rule matches: give the rule another name`);
  });
}

function checkClassesOfRules(config: Pick<RetentionConfig, 'classes' | 'rules' | 'defaultClass'>, complain: Complain) {
  const names = config.classes.map((one) => one.name);
  const known = (name: string) => `there is no class "${name}": the classes are ${names.join(', ')}`;
  if (!names.includes(config.defaultClass)) complain(['defaultClass'], known(config.defaultClass));
  config.rules.forEach((rule, i) => {
    if (!names.includes(rule.retentionClass)) complain(['rules', i, 'retentionClass'], known(rule.retentionClass));
  });
  const given = [config.defaultClass, ...config.rules.map((rule) => rule.retentionClass)];
  const standard = standardClasses.map((one) => one.name);
  config.classes.forEach(({ name }, i) => {
    if (given.includes(name) || standard.includes(name)) return;
    const message = `no rule gives the class "${name}": add a rule with retentionClass "${name}", or leave the class out`;
    complain(['classes', i, 'name'], message);
  });
}

function checkTransitions({ keepDays, transitions }: RetentionClass, i: number, complain: Complain) {
  transitions.forEach((_, j) => {
    const problem = problemOfTransition(transitions, j, keepDays);
    if (problem) complain(['classes', i, 'transitions', j, problem.field], problem.message);
  });
}

/**
 * What is wrong with the transition at `j`, the first thing first.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 */
function problemOfTransition(
  transitions: readonly StorageTransition[],
  j: number,
  keepDays: number,
): { field: keyof StorageTransition; message: string } | undefined {
  const [before, transition, next] = [transitions[j - 1], transitions[j], transitions[j + 1]];
  if (!transition) return undefined;
  const { storageClass, afterDays } = transition;
  if (afterDays >= keepDays) return { field: 'afterDays', message: `must be less than keepDays (${keepDays})` };
  if (before && afterDays <= before.afterDays) {
    const message = `must be more than that of the transition before it (${before.afterDays})`;
    return { field: 'afterDays', message };
  }
  if (before && rankOf(storageClass) <= rankOf(before.storageClass)) {
    const message = `S3 moves nothing from ${before.storageClass} to ${storageClass}: put the warmer class first`;
    return { field: 'storageClass', message };
  }
  if (storageClass === 'STANDARD_IA' && afterDays < MIN_DAYS_BEFORE_STANDARD_IA) {
    const message = `must be ${MIN_DAYS_BEFORE_STANDARD_IA} or more: S3 moves nothing to STANDARD_IA sooner`;
    return { field: 'afterDays', message };
  }
  const staysDays = (next?.afterDays ?? keepDays) - afterDays;
  const minimumDays = MIN_STORAGE_DAYS[storageClass];
  // Where the next comes no later than this one, the next is told so.
  if (staysDays <= 0 || staysDays >= minimumDays) return undefined;
  const until = next ? `the move to ${next.storageClass}` : 'the end';
  const message = `leaves ${staysDays} days in ${storageClass} until ${until}, and S3 charges for ${minimumDays}: move earlier, keep longer, or leave the transition out`;
  return { field: 'afterDays', message };
}
