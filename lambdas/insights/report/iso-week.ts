import { DAY_MS } from '../../platform/clock.ts';
import { VerbatimError } from '../../platform/errors.ts';
import { addDays } from '../queries/parameters.ts';

/** A week of ISO 8601: from Monday to Sunday, UTC. */
export interface Week {
  /** Such as `2026-W42`. */
  readonly name: string;
  /** Its Monday, such as `2026-10-12`. */
  readonly from: string;
  /** Its Sunday. */
  readonly to: string;
}

const timeOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

const mondayOf = (day: string): string => addDays(day, -((new Date(timeOf(day)).getUTCDay() + 6) % 7));

/** The first week of a year is that of 4 January: it is the first that has more of its days in that year than in another. */
const firstMondayOf = (year: string): string => mondayOf(`${year}-01-04`);

/** The week of a day (`2026-10-14`). */
export function weekOf(day: string): Week {
  const from = mondayOf(day);
  const year = addDays(from, 3).slice(0, 4);
  const number = Math.round((timeOf(from) - timeOf(firstMondayOf(year))) / (7 * DAY_MS)) + 1;
  return { name: `${year}-W${String(number).padStart(2, '0')}`, from, to: addDays(from, 6) };
}

/** @throws {VerbatimError} bad-request, where it is no name of a week, such as `2026-W42`, or its year has not so many */
export function weekNamed(name: string): Week {
  const [, year = '', number = ''] = /^(\d{4})-W(\d\d)$/.exec(name) ?? [];
  if (year === '') throw new VerbatimError('bad-request', `week: ${name} is no week of ISO 8601, such as 2026-W42`);
  const week = weekOf(addDays(firstMondayOf(year), 7 * (Number(number) - 1)));
  if (week.name !== name) throw new VerbatimError('bad-request', `week: the year ${year} has no week ${number}`);
  return week;
}

/** The week before a week. */
export const weekBefore = ({ from }: Week): Week => weekOf(addDays(from, -7));

/** The last week that was over at a time. */
export const lastWholeWeek = (now: Date): Week => weekBefore(weekOf(now.toISOString().slice(0, 10)));
