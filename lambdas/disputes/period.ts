import { DAY_MS, plusMs } from '../platform/clock.ts';
import { VerbatimError } from '../platform/errors.ts';

/** So many days before and behind the day of a claim its calls are looked for, where no number is given. */
export const WINDOW_DAYS = 7;

/** When calls that bear on a claim may have begun, as it is asked for: around a day (UTC), or from one time to another. */
export interface AskedPeriod {
  readonly day?: string | undefined;
  readonly windowDays?: number | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/**
 * The period of a dispute: `from` is included, `to` is not.
 *
 * @throws {VerbatimError} bad-request, where it is neither a day nor a period
 */
export function periodOf({ day, windowDays, from, to }: AskedPeriod): { day?: string; from: string; to: string } {
  if (day !== undefined) {
    if (from !== undefined || to !== undefined)
      throw new VerbatimError('bad-request', 'day: name a day, or from and to, not both');
    const days = windowDays ?? WINDOW_DAYS;
    const begin = `${day}T00:00:00.000Z`;
    return { day, from: plusMs(begin, -days * DAY_MS), to: plusMs(begin, (days + 1) * DAY_MS) };
  }
  if (windowDays !== undefined)
    throw new VerbatimError('bad-request', 'windowDays: it is around a day; name the day, too');
  if (from === undefined || to === undefined)
    throw new VerbatimError('bad-request', 'day: is missing; name the day of the claim, or from and to');
  if (from >= to) throw new VerbatimError('bad-request', `from: ${from} is not before to: ${to}`);
  return { from, to };
}
