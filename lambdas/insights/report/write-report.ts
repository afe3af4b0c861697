import { VerbatimError } from '../../platform/errors.ts';
import { answerRun, askRun, type RunNeeds } from '../run-query.ts';
import type { Week } from './iso-week.ts';
import { reportHtml } from './report-html.ts';
import { type PartAnswer, type ReportPart, reportKey, weeklyReport } from './weekly-report.ts';

/** What writing a report needs. */
export interface WriteReportNeeds {
  readonly run: RunNeeds;
  /** Stores a report, in place of the one of its name that there is. */
  readonly put: (key: string, page: string) => Promise<void>;
  /** Waits for a moment, before a run that is not done is looked at again. */
  readonly pause: () => Promise<void>;
}

/**
 * The answer to the question of a part. What reads too much would do so again, and is told in the report.
 *
 * @throws {VerbatimError} unavailable, where it failed and need not fail again
 */
async function answerOf(
  { query, parameters }: ReportPart,
  { run: needs, pause }: WriteReportNeeds,
): Promise<PartAnswer> {
  const { runId } = (await askRun(query, parameters, needs)).run;
  for (;;) {
    const found = await answerRun(runId, needs);
    if (found.state === 'done') return { answer: found.answer, asOf: found.run.execution?.startedAt };
    if (found.state === 'failed') {
      const { code, message } = found.failure;
      if (code === 'too-much') return { failure: message };
      throw new VerbatimError('unavailable', `${query}: ${message}`);
    }
    await pause();
  }
}

/**
 * Asks all questions of a week, and stores its report. Done again, it stores one in its place.
 *
 * @returns the key of the report
 * @throws {VerbatimError} unavailable
 */
export async function writeReport(week: Week, needs: WriteReportNeeds): Promise<string> {
  const report = await weeklyReport(week, (part) => answerOf(part, needs));
  const key = reportKey(week);
  await needs.put(key, reportHtml(report));
  return key;
}
