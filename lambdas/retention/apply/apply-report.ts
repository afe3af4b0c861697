import * as z from 'zod';
import { JobState } from '../../platform/jobs.ts';
import type { RetentionConfig } from '../policy/retention-config.ts';
import { Effect, RetentionApply, Samples } from './apply.ts';
import { type Amount, type CohortEnd, readCounts } from './apply-counts.ts';
import type { ApplyProgress } from './apply-store.ts';
import { S3_PRICES } from './s3-prices.ts';
import { type Cohort, monthlyCosts, rounded } from './storage-costs.ts';

const counted = { calls: z.number().int(), bytes: z.number().int() };

/** Calls, and the bytes of their recordings as far as their size is known. */
const Counted = z.object(counted);

/** By which rule a call is kept, and the floor or the ceiling where one of them decides and not the class. */
const KeptBy = z.object({
  retentionClass: z.string(),
  rule: z.string(),
  floor: z.string().optional(),
  ceiling: z.string().optional(),
});

/** An apply, as it was asked for. */
export const ApplySummary = RetentionApply.omit({ ttl: true, pass: true });
export type ApplySummary = z.infer<typeof ApplySummary>;

/** How far an apply is, and what becomes of calls by it. */
export const ApplyReport = ApplySummary.extend({
  state: JobState,
  calls: z.object({
    /** Calls that were found so far: all of them, where `allFound`. */
    found: z.number().int(),
    allFound: z.boolean(),
    /** Those among them that are to be changed: that would be, of a dry run. */
    changed: z.number().int(),
    /** Those that were changed, for good. */
    applied: z.number().int(),
    unchanged: z.number().int(),
    /** Those that are held: they are decided as any other, and deleted when they are released at the earliest. */
    held: z.number().int(),
    /** Those that stay as they are: they are being deleted, or have not been decided yet. */
    skipped: z.number().int(),
    /** Those whose size is not known: they count no bytes. */
    sizeUnknown: z.number().int(),
  }),
  /** What changes, and by which rule. */
  changes: z.array(z.object({ effect: Effect, from: KeptBy, to: KeptBy, ...counted })),
  /** Calls that are due by the new decision and were not before: the next daily sweep deletes them, unless they are held. */
  dueAtOnce: z.object({ ...counted, held: Counted }),
  /** What goes when: by class and month (`2027-10`), and how much of that class would have gone in it as it was decided before. */
  goes: z.array(z.object({ retentionClass: z.string(), month: z.string(), ...counted, before: Counted })),
  /** What the floors keep longer, and the ceilings shorter, than the class says. */
  keeps: z.array(z.object({ by: z.enum(['floor', 'ceiling']), name: z.string(), ...counted })),
  /** What it costs to store the recordings, in US dollars. */
  costs: z.object({
    prices: z.object({ region: z.string(), asOf: z.string(), source: z.string() }),
    /** The present month and the eleven after it. */
    months: z.array(z.object({ month: z.string(), beforeUsd: z.number(), afterUsd: z.number() })),
    /** From now until nothing of these calls is left. */
    untilGone: z.object({ beforeUsd: z.number(), afterUsd: z.number() }),
  }),
  /** Some of the calls that change. */
  samples: Samples,
  /** Of the config that is deployed now. */
  deployedConfigSha256: z.string(),
});
export type ApplyReport = z.infer<typeof ApplyReport>;

/** What a report is made with. */
export interface ReportedWith {
  /** The classes as they are deployed, and as the config has them that decides. */
  readonly classes: { readonly before: RetentionConfig['classes']; readonly after: RetentionConfig['classes'] };
  readonly deployedConfigSha256: string;
  /** The present time, ISO 8601. */
  readonly now: string;
}

const NOTHING: Amount = { calls: 0, bytes: 0 };
const MONTHS = 12;

const plus = (a: Amount, b: Amount): Amount => ({ calls: a.calls + b.calls, bytes: a.bytes + b.bytes });
const sumOf = (amounts: readonly Amount[]): Amount => amounts.reduce(plus, NOTHING);

/** What became, or would become, of all calls, from what was counted. */
export function reportOf(
  apply: RetentionApply,
  { state, allFound, applied, counts, samples }: ApplyProgress,
  { classes, deployedConfigSha256, now }: ReportedWith,
): ApplyReport {
  const read = readCounts(counts);
  const of = (wanted: string, detail?: string): Amount =>
    sumOf(read.flatMap(({ key, amount }) => (key[0] === wanted && (!detail || key[1] === detail) ? amount : [])));
  const cohorts = read.flatMap(({ key, amount }) => (key[0] === 'cohort' ? { ...key[1], ...amount } : []));
  const changes = read.flatMap(({ key, amount }) => (key[0] === 'change' ? { ...key[1], ...amount } : []));
  const months = monthlyCosts(cohorts, { ...classes, now: now.slice(0, 7) });
  const total = (side: 'beforeUsd' | 'afterUsd') => rounded(months.reduce((sum, month) => sum + month[side], 0));
  const [found, skipped, changed] = [of('found'), of('skipped'), sumOf(changes)];
  const { pass: _pass, ttl: _ttl, ...asked } = apply;
  return {
    ...asked,
    state,
    calls: {
      ...{ found: found.calls, allFound, changed: changed.calls, applied },
      unchanged: found.calls - skipped.calls - changed.calls,
      ...{ held: of('held').calls, skipped: skipped.calls, sizeUnknown: of('size-unknown').calls },
    },
    changes: changes.toSorted((a, b) => b.calls - a.calls),
    dueAtOnce: { ...of('due-at-once'), held: of('due-at-once', 'held') },
    goes: goesOf(cohorts),
    keeps: read.flatMap(({ key, amount }) =>
      key[0] === 'floor' || key[0] === 'ceiling' ? { by: key[0], name: key[1], ...amount } : [],
    ),
    costs: {
      prices: { region: S3_PRICES.region, asOf: S3_PRICES.asOf, source: S3_PRICES.source },
      months: months.slice(0, MONTHS),
      untilGone: { beforeUsd: total('beforeUsd'), afterUsd: total('afterUsd') },
    },
    samples,
    deployedConfigSha256,
  };
}

function goesOf(cohorts: readonly Cohort[]): ApplyReport['goes'] {
  const rows = new Map<string, ApplyReport['goes'][number]>();
  const add = ({ retentionClass, due: month }: CohortEnd, amount: Amount, before: Amount) => {
    const row = rows.get(`${month} ${retentionClass}`) ?? { retentionClass, month, ...NOTHING, before: NOTHING };
    rows.set(`${month} ${retentionClass}`, { ...row, ...plus(row, amount), before: plus(row.before, before) });
  };
  for (const cohort of cohorts) {
    add(cohort.after, cohort, NOTHING);
    add(cohort.before, NOTHING, cohort);
  }
  return [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}
