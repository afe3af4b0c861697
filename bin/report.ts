import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { type InsightsClient, VerbatimClientError } from '../client/verbatim-client.ts';
import {
  lastWholeWeek,
  type PartAnswer,
  type ReportPart,
  reportHtml,
  weeklyReport,
  weekNamed,
} from '../lambdas/insights/insights.ts';
import { clientOf } from './deployment.ts';

interface ReportOptions {
  readonly week?: string;
  readonly output?: string;
}

/** Adds the command `report` to a program. */
export function registerReport(program: Command): void {
  program
    .command('report')
    .description('write the report of a week, against the week before, as one HTML file')
    .option('--week <week>', 'a week of ISO 8601, such as 2026-W42, UTC (default: the last one that is over)')
    .option('-o, --output <file>', 'the file (default: report-<week>.html)')
    .action(async ({ week: name, output }: ReportOptions, command: Command) => {
      const week = name === undefined ? lastWholeWeek(new Date()) : weekNamed(name);
      const { insights } = await clientOf(command, 'insights');
      const report = await weeklyReport(week, (part) => answerOf(insights, part));
      const file = output ?? `report-${week.name}.html`;
      await writeFile(file, reportHtml(report));
      console.log(`${file}: ${week.from} to ${week.to}`);
    });
}

/**
 * The answer to the question of a part of a report. What reads too much is told in the report.
 *
 * @throws {VerbatimClientError} where it may be answered when it is asked again
 */
export async function answerOf(
  insights: Pick<InsightsClient, 'answer'>,
  { query, parameters }: ReportPart,
): Promise<PartAnswer> {
  try {
    const { answer, asOf } = await insights.answer(query, parameters);
    return { answer, asOf };
  } catch (error) {
    const isTooMuch = error instanceof VerbatimClientError && error.title === 'too-much';
    if (isTooMuch) return { failure: error.detail };
    throw error;
  }
}
