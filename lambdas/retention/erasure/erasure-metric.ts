import { type LoggedMetric, metricLine } from '../../platform/metric.ts';

/** The metric of erasures that are not done by their deadline. */
export const OVERDUE_METRIC = {
  namespace: 'Verbatim',
  metricName: 'OverdueErasures',
  dimension: 'FunctionName',
} as const satisfies LoggedMetric;

/** What a line of a function's log holds that tells how many erasures are overdue. */
export const overdueMetric = (overdue: number, functionName: string, now: Date): Record<string, unknown> =>
  metricLine(OVERDUE_METRIC, overdue, functionName, now);
