import type { RetentionConfig } from './retention-config.ts';
import { type StorageTransition, transitionsThatPay } from './storage-class.ts';

/**
 * So many days behind the due day lifecycle deletes: one because a recorder's clock may be a day ahead of the upload,
 * one so that the daily sweep, which writes the receipt, comes first.
 */
export const BACKSTOP_DAYS = 2;

/** So many days after the longest that anything is kept goes what has no retention tags. */
const LAST_RESORT_MARGIN_DAYS = 90;

/**
 * Ten years: so long at least stays what has no retention tags, however short the config keeps calls. Held objects have
 * none, and after a config has changed those of a duration that is gone count as if they had none.
 */
const LAST_RESORT_MIN_DAYS = 3653;

/**
 * The most lifecycle rules that a bucket takes.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html
 */
export const MAX_LIFECYCLE_RULES = 1000;

/** What lifecycle rules there are beside those for durations and transitions. */
const OTHER_RULES = 2;

type Durations = Pick<RetentionConfig, 'classes' | 'floors' | 'ceilings'>;

/** What lifecycle does with the objects of calls of one class that are kept for some days. */
export interface ClassTransitions {
  readonly retentionClass: string;
  readonly keepDays: number;
  readonly transitions: readonly StorageTransition[];
}

/** What the lifecycle of a bucket must do. All days are counted from the upload. */
export interface LifecyclePlan {
  /** Every number of days for which a call can come to be kept, each once, ascending. */
  readonly keepDays: readonly number[];
  /** The moves that pay, for each class and each duration that its calls can come to. */
  readonly transitions: readonly ClassTransitions[];
  /** When objects go that have no retention tags, or tags of which no rule knows any more. */
  readonly lastResortDays: number;
}

/** What the lifecycle of a bucket must do for a config. */
export function lifecyclePlan({ classes, floors, ceilings }: Durations): LifecyclePlan {
  const raised = floors.map((floor) => floor.keepDays);
  const cut = ceilings.map((ceiling) => ceiling.deleteByDays);
  const keepDays = distinct([...classes.map((one) => one.keepDays), ...raised, ...cut]);
  return {
    keepDays,
    transitions: classes.flatMap((one) =>
      distinct([
        one.keepDays,
        ...raised.filter((days) => days > one.keepDays),
        ...cut.filter((days) => days < one.keepDays),
      ])
        .map((days) => ({
          retentionClass: one.name,
          keepDays: days,
          transitions: transitionsThatPay(one.transitions, days),
        }))
        .filter(({ transitions }) => transitions.length > 0),
    ),
    lastResortDays: Math.max(...keepDays, LAST_RESORT_MIN_DAYS) + LAST_RESORT_MARGIN_DAYS,
  };
}

/** How many lifecycle rules the plan of a config takes. */
export function lifecycleRuleCount(config: Durations): number {
  const { keepDays, transitions } = lifecyclePlan(config);
  return keepDays.length + transitions.length + OTHER_RULES;
}

const distinct = (days: readonly number[]): number[] => [...new Set(days)].toSorted((a, b) => a - b);
