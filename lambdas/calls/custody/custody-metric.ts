import { type LoggedMetric, metricLine } from '../../platform/metric.ts';

/** The metric of changes of calls, or of their custody, that somebody wrote into the table. */
export const CHANGED_BY_HAND_METRIC = {
  namespace: 'Verbatim',
  metricName: 'CallsChangedByHand',
  dimension: 'FunctionName',
} as const satisfies LoggedMetric;

/** What a line of a function's log holds that tells of one such change. */
export const changedByHandMetric = (functionName: string, now: Date): Record<string, unknown> =>
  metricLine(CHANGED_BY_HAND_METRIC, 1, functionName, now);
