import type { LoggedMetric } from '../../platform/metric.ts';

/** The metric of evidence packages that failed. */
export const FAILED_METRIC = {
  namespace: 'Verbatim',
  metricName: 'FailedEvidence',
  dimension: 'FunctionName',
} as const satisfies LoggedMetric;
