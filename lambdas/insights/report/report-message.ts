import * as z from 'zod';
import { lastWholeWeek, type Week, weekNamed } from './iso-week.ts';

/** What the queue of reports takes: the name of a week, or a scheduled event, which asks for the last week that was over by then. */
export const ReportMessage = z.union([
  z.object({ week: z.string() }).transform(({ week }): Week => weekNamed(week)),
  z.object({ time: z.iso.datetime() }).transform(({ time }): Week => lastWholeWeek(new Date(time))),
]);
