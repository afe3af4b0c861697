import * as z from 'zod';
import { DAY_MS, plusMs } from '../../platform/clock.ts';
import { matches, type RetentionSubject } from './call-match.ts';
import { DEFAULT_RULE, type RetentionConfig } from './retention-config.ts';

/**
 * How long a call is kept, and by which rule: what is stored on the call. Why, in words, is told by
 * {@link decideWithReasons}, which gives the same for the same call and config.
 */
export const Retention = z.object({
  retentionClass: z.string(),
  /** The rule that gave the class; `default` where none matched. */
  rule: z.string(),
  /** From when the days count: when the call began, or its recording was received. */
  countedFrom: z.iso.datetime().optional(),
  /** Of the floors for the call the latest: it may not be deleted before. */
  floor: z.object({ name: z.string(), until: z.iso.datetime() }).optional(),
  /** Of the ceilings for the call the earliest: it must be deleted by then, unless its floor is later. */
  ceiling: z.object({ name: z.string(), by: z.iso.datetime() }).optional(),
  /** When the call is due to be deleted. */
  expiresAt: z.iso.datetime(),
});
export type Retention = z.infer<typeof Retention>;

/** A call's retention with all that led to it. */
export interface RetentionDecision {
  readonly retention: Retention & { readonly countedFrom: string };
  /** Whole days from `countedFrom` to `expiresAt`. */
  readonly keepDays: number;
  /** Each step of the decision, in words. */
  readonly because: readonly string[];
}

/** Decides how long a call is kept: see {@link decideWithReasons}. */
export const decideRetention = (call: RetentionSubject, config: RetentionConfig): RetentionDecision['retention'] =>
  decideWithReasons(call, config).retention;

/**
 * Decides how long a call is kept, and says why: the days of its class, counted from the call; no longer than its earliest
 * ceiling; and no less than its latest floor, which beats a ceiling.
 *
 * @throws Error where the config names a class that it does not have
 */
export function decideWithReasons(call: RetentionSubject, config: RetentionConfig): RetentionDecision {
  const { countedFrom } = call;
  const rule = config.rules.find((one) => matches(one, call));
  const name = rule?.retentionClass ?? config.defaultClass;
  const retentionClass = config.classes.find((one) => one.name === name);
  // The config is validated where it is defined; this guards one that was not.
  if (!retentionClass) throw new Error(`there is no retention class "${name}"`);
  const classDays = retentionClass.keepDays;
  const [floor] = config.floors.filter((one) => matches(one, call)).toSorted((a, b) => b.keepDays - a.keepDays);
  const [ceiling] = config.ceilings
    .filter((one) => matches(one, call))
    .toSorted((a, b) => a.deleteByDays - b.deleteByDays);
  const floorDays = floor?.keepDays ?? 0;
  const keepDays = Math.max(floorDays, Math.min(classDays, ceiling?.deleteByDays ?? classDays));

  const after = (days: number) => plusMs(countedFrom, days * DAY_MS);
  const because = [
    rule
      ? `the rule "${rule.name}" is the first that matches: it gives the class "${name}"`
      : `no rule matches: the default class is "${name}"`,
    `the class "${name}" keeps a call for ${classDays} days, counted from ${countedFrom}: until ${after(classDays)}`,
  ];
  if (floor) {
    const raises = floorDays > classDays ? 'it raises' : 'it leaves';
    because.push(
      `the floor "${floor.name}" forbids deletion before ${after(floorDays)}: ${raises} what the class says, because: ${floor.because}`,
    );
  }
  if (ceiling) {
    because.push(
      `the ceiling "${ceiling.name}" demands deletion by ${after(ceiling.deleteByDays)}: ${effectOf(ceiling.deleteByDays, classDays, floorDays)}, because: ${ceiling.because}`,
    );
  }
  because.push(...untilTagged(call, config));
  because.push(`the call is due to be deleted ${after(keepDays)}, ${keepDays} days after ${countedFrom}`);
  return {
    retention: {
      retentionClass: name,
      rule: rule?.name ?? DEFAULT_RULE,
      countedFrom,
      ...(floor && { floor: { name: floor.name, until: after(floorDays) } }),
      ...(ceiling && { ceiling: { name: ceiling.name, by: after(ceiling.deleteByDays) } }),
      expiresAt: after(keepDays),
    },
    keepDays,
    because,
  };
}

function effectOf(ceilingDays: number, classDays: number, floorDays: number): string {
  if (floorDays > ceilingDays) return 'the floor is later, and wins';
  return ceilingDays < Math.max(classDays, floorDays) ? 'it cuts what the class says' : 'it leaves what the class says';
}

/** Which rules, floors and ceilings ask for tags, and may decide once there are any. */
function untilTagged(call: RetentionSubject, { rules, floors, ceilings }: RetentionConfig): string[] {
  if (call.tags !== undefined) return [];
  const first = rules.findIndex((rule) => matches(rule, call));
  const before = first < 0 ? rules : rules.slice(0, first);
  const waiting = [...before, ...floors, ...ceilings].filter(
    (one) => one.tags && matches({ ...one, tags: undefined }, call),
  );
  if (waiting.length === 0) return [];
  const names = waiting.map((one) => `"${one.name}"`).join(', ');
  return [`the call has not been tagged: it is decided again when it is, since its tags count for ${names}`];
}

/** What is known of a call, as it is stored, or read from its recording. */
export interface KnownCall extends Omit<RetentionSubject, 'countedFrom' | 'lineOfBusiness' | 'jurisdiction'> {
  readonly startedAt?: string | undefined;
  readonly receivedAt: string;
}

/** What a source says of all of its calls. */
export interface SourceOfCalls {
  readonly name: string;
  readonly lineOfBusiness?: string | undefined;
  readonly jurisdiction?: string | undefined;
}

/** What retention looks at in a call, of which its source tells the line of business and the jurisdiction. */
export function retentionSubject(call: KnownCall, sources: readonly SourceOfCalls[]): RetentionSubject {
  const { source: name, direction, tags, consent, startedAt, receivedAt } = call;
  const source = sources.find((one) => one.name === name);
  return {
    source: name,
    lineOfBusiness: source?.lineOfBusiness,
    jurisdiction: source?.jurisdiction,
    direction,
    tags,
    consent,
    countedFrom: startedAt ?? receivedAt,
  };
}

/** The object tag that names the class of the call: the moves to cheaper storage go by it. */
export const RETENTION_TAG = 'retention-class';

/** The object tag by which lifecycle deletes: for how many days the call is kept. */
export const RETENTION_DAYS_TAG = 'retention-days';

/**
 * The object tags that retention puts on every copy of a call. Of a retention that does not tell from when it counts there
 * is the class alone: lifecycle then deletes last of all.
 */
export const retentionTags = ({ retentionClass, countedFrom, expiresAt }: Retention): Record<string, string> => ({
  [RETENTION_TAG]: retentionClass,
  ...(countedFrom !== undefined && {
    // Up, so that lifecycle is never early.
    [RETENTION_DAYS_TAG]: String(Math.ceil((Date.parse(expiresAt) - Date.parse(countedFrom)) / DAY_MS)),
  }),
});
