import type { RetentionConfig } from '../policy/retention-config.ts';
import { MIN_STORAGE_DAYS, rankOf, type StorageTransition, transitionsThatPay } from '../policy/storage-class.ts';
import type { Amount, CohortEnd, CohortKey } from './apply-counts.ts';
import { S3_PRICES } from './s3-prices.ts';

/** Recordings that were uploaded in one month and are kept alike. */
export interface Cohort extends CohortKey, Amount {}

/** What a month costs as calls are kept now, and as they would be. US dollars. */
export interface MonthCost {
  readonly month: string;
  readonly beforeUsd: number;
  readonly afterUsd: number;
}

type Classes = RetentionConfig['classes'];
type Stored = 'STANDARD' | StorageTransition['storageClass'];

const DAYS_PER_MONTH = 365.25 / 12;
const GIB = 2 ** 30;

/** Months since the year 0 of `2026-10`. */
const numberOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
const nameOf = (number: number): string =>
  `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;

/**
 * What storing the recordings of cohorts costs, month by month from `now` (`2026-11`) to the last in which anything is
 * stored: storage, moves to cheaper classes, and what S3 charges for leaving a class before its minimum. In whole months: a
 * recording is charged for the month in which it is due, and moves where its age says so at the begin of a month.
 *
 * Until now recordings moved as they were decided before; S3 moves nothing back to a warmer class.
 */
export function monthlyCosts(
  cohorts: readonly Cohort[],
  { before, after, now }: { readonly before: Classes; readonly after: Classes; readonly now: string },
): MonthCost[] {
  const first = numberOf(now);
  const costs = new Map<number, { beforeUsd: number; afterUsd: number }>();
  const add = (month: number, side: 'beforeUsd' | 'afterUsd', usd: number) => {
    const cost = costs.get(month) ?? { beforeUsd: 0, afterUsd: 0 };
    cost[side] += usd;
    costs.set(month, cost);
  };
  for (const cohort of cohorts) {
    const soFar = pathOf(cohort.before, before).filter((move) => ageAt(cohort, first) >= move.afterDays);
    const later = (end: CohortEnd, classes: Classes) => [
      ...soFar,
      ...pathOf(end, classes).filter((move) => {
        const coldest = soFar.at(-1);
        return coldest === undefined || rankOf(move.storageClass) > rankOf(coldest.storageClass);
      }),
    ];
    charge(cohort, cohort.before, later(cohort.before, before), first, (month, usd) => add(month, 'beforeUsd', usd));
    charge(cohort, cohort.after, later(cohort.after, after), first, (month, usd) => add(month, 'afterUsd', usd));
  }
  return [...costs]
    .toSorted(([a], [b]) => a - b)
    .map(([month, { beforeUsd, afterUsd }]) => ({
      month: nameOf(month),
      beforeUsd: rounded(beforeUsd),
      afterUsd: rounded(afterUsd),
    }));
}

/** Without what is only of binary fractions: one call costs millionths of a dollar. */
export const rounded = (usd: number): number => Math.round(usd * 1e9) / 1e9;

const pathOf = ({ retentionClass, keepDays }: CohortEnd, classes: Classes): readonly StorageTransition[] =>
  transitionsThatPay(classes.find((one) => one.name === retentionClass)?.transitions ?? [], keepDays);

/** How old the recordings of a cohort are in a month, in days. */
const ageAt = ({ uploaded }: CohortKey, month: number): number => (month - numberOf(uploaded)) * DAYS_PER_MONTH;

function charge(
  cohort: Cohort,
  { due }: CohortEnd,
  moves: readonly StorageTransition[],
  first: number,
  add: (month: number, usd: number) => void,
): void {
  const last = Math.max(first, numberOf(due));
  const movesBy = (month: number) => moves.filter((move) => move.afterDays <= ageAt(cohort, month));
  for (let month = first; month <= last; month++) {
    const moved = movesBy(month);
    add(month, monthUsd(cohort, moved.at(-1)?.storageClass ?? 'STANDARD'));
    const fresh = month === first ? [] : moved.slice(movesBy(month - 1).length);
    for (const { storageClass } of fresh)
      add(month, (cohort.calls / 1000) * S3_PRICES.classes[storageClass].transitionsUsd);
  }
  const coldest = movesBy(last).at(-1);
  if (!coldest) return;
  const stayedDays = ageAt(cohort, last + 1) - coldest.afterDays;
  const missingDays = Math.max(0, MIN_STORAGE_DAYS[coldest.storageClass] - stayedDays);
  add(last, (monthUsd(cohort, coldest.storageClass) * missingDays) / DAYS_PER_MONTH);
}

function monthUsd({ calls, bytes }: Amount, storageClass: Stored): number {
  const { gbMonthUsd, minBytes, besides } = S3_PRICES.classes[storageClass];
  const own = Math.max(bytes, calls * minBytes) + calls * besides.ownBytes;
  const standard = calls * besides.standardBytes;
  return (own * gbMonthUsd + standard * S3_PRICES.classes.STANDARD.gbMonthUsd) / GIB;
}
