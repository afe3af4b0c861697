import { DAY_MS, plusMs } from '../../platform/clock.ts';
import type { Retention } from './decide-retention.ts';
import type { RetentionConfig } from './retention-config.ts';

/** Until when, and how strictly, S3 is to let nobody remove a recording. */
export interface ObjectLock {
  readonly mode: 'governance' | 'compliance';
  /** ISO 8601. */
  readonly until: string;
}

/** The lock that the class of a call asks for, whether its time is over or not; none where it asks for none. */
export function lockOfClass(
  { retentionClass, countedFrom }: Retention,
  { classes }: Pick<RetentionConfig, 'classes'>,
): ObjectLock | undefined {
  const lock = classes.find((one) => one.name === retentionClass)?.objectLock;
  if (!lock || countedFrom === undefined) return undefined;
  return { mode: lock.mode, until: plusMs(countedFrom, lock.days * DAY_MS) };
}

/** The lock that the class of a call asks for; none where it asks for none, or its time is over. */
export function objectLockOf(
  retention: Retention,
  config: Pick<RetentionConfig, 'classes'>,
  now: string,
): ObjectLock | undefined {
  const lock = lockOfClass(retention, config);
  // S3 locks nothing until a time that is over.
  return lock && lock.until > now ? lock : undefined;
}

/**
 * What a lock becomes when another one is asked for: it can end later, never sooner, and stays as strict as it is, since S3
 * changes the mode of no lock without a right to bypass it.
 *
 * @returns undefined where the one that is there stays
 */
export function extendedLock(there: ObjectLock | undefined, asked: ObjectLock): ObjectLock | undefined {
  if (!there) return asked;
  if (asked.until <= there.until) return undefined;
  return { mode: there.mode, until: asked.until };
}
