import * as z from 'zod';

const ClassName = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case letters, digits and hyphens, such as "1-year"');

/** A move to a cheaper storage class, some days after the upload. */
export const StorageTransition = z.strictObject({
  storageClass: z.enum(['STANDARD_IA', 'INTELLIGENT_TIERING', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE']),
  afterDays: z.number().int().positive(),
});

/** How long calls of one class are kept. */
export const RetentionClass = z.strictObject({
  /** The class's name; it is the value of the object tag `retention-class`. */
  name: ClassName,
  /** Days from the start of the call to its deletion; 100 years at the most. */
  keepDays: z.number().int().positive().max(36_525, 'is more than 100 years (36525 days)'),
  /** Moves to cheaper storage on the way. @default none */
  transitions: z.array(StorageTransition).default([]),
});
export type RetentionClass = z.infer<typeof RetentionClass>;

/** Gives calls a class; the first rule that matches decides. */
export const RetentionRule = z.strictObject({
  /** The rule's name, shown where a call's retention is explained. */
  name: z.string().min(1),
  /** The sources whose calls it takes. @default every source */
  sources: z.array(z.string()).optional(),
  /** The class that it gives. */
  retentionClass: ClassName,
});
export type RetentionRule = z.infer<typeof RetentionRule>;

/** Retention classes that are commonly needed, for use and for adding to. */
export const standardClasses: readonly z.input<typeof RetentionClass>[] = [
  { name: '30-days', keepDays: 30 },
  { name: '6-months', keepDays: 183 },
  { name: '1-year', keepDays: 365 },
  { name: '5-years', keepDays: 1826, transitions: [{ storageClass: 'GLACIER_IR', afterDays: 90 }] },
  { name: '7-years', keepDays: 2557, transitions: [{ storageClass: 'GLACIER_IR', afterDays: 90 }] },
];

/** What is kept how long. Every class that is named must exist. */
export const RetentionConfig = z
  .strictObject({
    /** The classes there are. @default 30 days, 6 months, 1 year, 5 years and 7 years */
    classes: z.array(RetentionClass).default(() => standardClasses.map((one) => RetentionClass.parse(one))),
    /** Which calls get which class; the first match decides. @default none */
    rules: z.array(RetentionRule).default([]),
    /** The class of calls that no rule matches. @default 1-year */
    defaultClass: ClassName.default('1-year'),
  })
  .superRefine((config, context) => {
    const names = config.classes.map((one) => one.name);
    const complain = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const known = (name: string) => `there is no class "${name}": the classes are ${names.join(', ')}`;
    if (!names.includes(config.defaultClass)) complain(['defaultClass'], known(config.defaultClass));
    config.rules.forEach((rule, i) => {
      if (!names.includes(rule.retentionClass)) complain(['rules', i, 'retentionClass'], known(rule.retentionClass));
    });
    config.classes.forEach((one, i) => {
      if (names.indexOf(one.name) < i) complain(['classes', i, 'name'], `the class "${one.name}" is there twice`);
      one.transitions.forEach((transition, j) => {
        if (transition.afterDays < one.keepDays) return;
        complain(['classes', i, 'transitions', j, 'afterDays'], `must be less than keepDays (${one.keepDays})`);
      });
    });
  });
export type RetentionConfig = z.infer<typeof RetentionConfig>;
