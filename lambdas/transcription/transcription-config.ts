import * as z from 'zod';

/** How calls are transcribed, beyond what their source says. */
export const TranscriptionConfig = z.strictObject({
  /**
   * Who tells the sentiment of standard jobs' turns, which Transcribe does not: Comprehend, at a unit for each 100
   * characters and 3 units at least for each turn, or nobody. Call Analytics jobs have their own. @default nobody
   */
  sentimentOfStandardJobs: z.enum(['none', 'comprehend']).default('none'),
});
export type TranscriptionConfig = z.infer<typeof TranscriptionConfig>;
