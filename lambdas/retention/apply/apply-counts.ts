import type { Call } from '../../calls/calls.ts';
import { DAY_MS } from '../../platform/clock.ts';
import type { Retention } from '../policy/decide-retention.ts';
import { isSameRetention, type RetentionChoices, redecide } from '../policy/redecide.ts';
import type { Effect, Samples } from './apply.ts';

/** What a config would make of a call. */
export type ApplyOutcome =
  | { readonly skipped: 'deleting' | 'undecided' }
  | { readonly effect: Effect | 'unchanged'; readonly before: Retention; readonly after: Retention };

/**
 * What a config would make of a call. One that is being deleted stays as it is, and one that has not been decided (it was
 * just received, or its recording was gone before it was read) has nothing that could be decided anew.
 */
export function outcomeOf(call: Call, choices: RetentionChoices): ApplyOutcome {
  if (call.state === 'deleting') return { skipped: 'deleting' };
  const { retention: before } = call;
  if (before === undefined) return { skipped: 'undecided' };
  const after = redecide(call, choices);
  return { effect: effectOf(before, after), before, after };
}

function effectOf(before: Retention, after: Retention): Effect | 'unchanged' {
  if (isSameRetention(before, after)) return 'unchanged';
  if (before.expiresAt === after.expiresAt) return 'reclassified';
  return after.expiresAt < before.expiresAt ? 'shortened' : 'lengthened';
}

/** Calls and the bytes of their recordings. */
export interface Amount {
  readonly calls: number;
  readonly bytes: number;
}

/** By which rule, floor and ceiling a call is kept: those that decide, not those that leave the class as it is. */
export interface KeptBy {
  readonly retentionClass: string;
  readonly rule: string;
  readonly floor?: string | undefined;
  readonly ceiling?: string | undefined;
}

/** Calls that change in the same way. */
export interface ChangeKey {
  readonly effect: Effect;
  readonly from: KeptBy;
  readonly to: KeptBy;
}

/** Calls that were uploaded in one month and are kept alike: what goes when, and what it costs, is computed of them. */
export interface CohortKey {
  /** When they were uploaded, `2026-10`. */
  readonly uploaded: string;
  readonly before: CohortEnd;
  readonly after: CohortEnd;
}

/** How long the calls of a cohort are kept. */
export interface CohortEnd {
  readonly retentionClass: string;
  readonly keepDays: number;
  /** The month in which they are due, `2027-10`. */
  readonly due: string;
}

/** What is counted of calls, by name. Names are JSON, so that any name of a rule can be in them. */
export type CountKey =
  | readonly ['found']
  | readonly ['skipped', string]
  | readonly ['change', ChangeKey]
  | readonly ['cohort', CohortKey]
  /** Due by the new decision, and not by the one before. */
  | readonly ['due-at-once', 'held' | 'goes']
  /** A floor that keeps them longer than their class would. */
  | readonly ['floor', string]
  /** A ceiling that keeps them shorter than their class would. */
  | readonly ['ceiling', string]
  | readonly ['held']
  | readonly ['size-unknown'];

const CALLS = 'calls ';
const BYTES = 'bytes ';

/** A name for each of the amounts that a call adds to. */
export function countsOfCall(call: Call, outcome: ApplyOutcome, now: string): CountKey[] {
  const common: CountKey[] = [
    ['found'],
    ...(call.sizeBytes === undefined ? [['size-unknown'] as const] : []),
    ...((call.holds ?? []).length > 0 ? [['held'] as const] : []),
  ];
  if ('skipped' in outcome) return [...common, ['skipped', outcome.skipped]];
  const { effect, before, after } = outcome;
  const to = keptBy(after);
  return [
    ...common,
    ['cohort', { uploaded: monthOf(call.receivedAt), before: endOf(before), after: endOf(after) }],
    ...(effect === 'unchanged' ? [] : [['change', { effect, from: keptBy(before), to }] as const]),
    ...(isDueAtOnce(outcome, now) ? [['due-at-once', call.holds?.length ? 'held' : 'goes'] as const] : []),
    ...(to.floor === undefined ? [] : [['floor', to.floor] as const]),
    ...(to.ceiling === undefined ? [] : [['ceiling', to.ceiling] as const]),
  ];
}

/** Of which samples a call could be one. */
export const sampleKindsOf = (outcome: ApplyOutcome, now: string): (keyof Samples)[] =>
  'skipped' in outcome || outcome.effect === 'unchanged'
    ? []
    : [outcome.effect, ...(isDueAtOnce(outcome, now) ? ['due-at-once' as const] : [])];

const isDueAtOnce = (outcome: ApplyOutcome, now: string): boolean =>
  'after' in outcome && outcome.after.expiresAt <= now && now < outcome.before.expiresAt;

const monthOf = (time: string): string => time.slice(0, 7);

const keptBy = ({ retentionClass, rule, floor, ceiling, expiresAt }: Retention): KeptBy => ({
  retentionClass,
  rule,
  ...(floor?.until === expiresAt && { floor: floor.name }),
  ...(ceiling?.by === expiresAt && floor?.until !== expiresAt && { ceiling: ceiling.name }),
});

const endOf = ({ retentionClass, countedFrom, expiresAt }: Retention): CohortEnd => ({
  retentionClass,
  // What does not tell from when it counts moves to no other storage: lifecycle knows no days of it.
  keepDays: countedFrom === undefined ? 0 : Math.ceil((Date.parse(expiresAt) - Date.parse(countedFrom)) / DAY_MS),
  due: monthOf(expiresAt),
});

/** Sums what calls add: names of counts with numbers. */
export function countsOfPage(calls: readonly { readonly call: Call; readonly keys: readonly CountKey[] }[]) {
  const counts = new Map<string, number>();
  const add = (name: string, count: number) => counts.set(name, (counts.get(name) ?? 0) + count);
  for (const { call, keys } of calls) {
    for (const key of keys) {
      add(CALLS + JSON.stringify(key), 1);
      if (call.sizeBytes !== undefined) add(BYTES + JSON.stringify(key), call.sizeBytes);
    }
  }
  return counts;
}

/** Reads back what {@link countsOfPage} wrote. */
export function readCounts(counts: ReadonlyMap<string, number>): { readonly key: CountKey; readonly amount: Amount }[] {
  return [...counts.keys()]
    .filter((name) => name.startsWith(CALLS))
    .toSorted()
    .map((name) => {
      const text = name.slice(CALLS.length);
      return {
        key: JSON.parse(text) as CountKey,
        amount: { calls: counts.get(name) ?? 0, bytes: counts.get(BYTES + text) ?? 0 },
      };
    });
}
