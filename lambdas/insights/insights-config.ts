import * as z from 'zod';

const CELL = 'is not a whole number from 1 to 1000';
const MINUTES = 'is not a whole number of minutes from 0 to 720, half a day';
const BYTES = 'is not a whole number of bytes from 10000000 on: Athena takes no lower limit';

/** What insights tell, and what a question may cost. */
export const InsightsConfig = z.strictObject({
  /** Nothing is told of fewer calls (forms, disputes) than so many. @default 5 */
  minCell: z.number(CELL).int(CELL).min(1, CELL).max(1000, CELL).default(5),
  /** The same question is answered by the same run for so many minutes; a run itself is known for a day. @default 15 */
  cacheMinutes: z.number(MINUTES).int(MINUTES).min(0, MINUTES).max(720, MINUTES).default(15),
  /** A query that reads more of the dataset, in bytes, is stopped: Athena is paid by what it reads. @default 1 GiB */
  maxScannedBytes: z.number(BYTES).int(BYTES).min(10_000_000, BYTES).default(1_073_741_824),
  /** Whether a report of the week before is written to S3 each Monday, at 06:00 UTC, below `reports/`. @default no */
  weeklyReport: z.boolean().default(false),
});
export type InsightsConfig = z.infer<typeof InsightsConfig>;
