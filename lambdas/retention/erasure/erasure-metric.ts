/** The metric of erasures that are not done by their deadline. */
export const OVERDUE_METRIC = {
  namespace: 'Verbatim',
  metricName: 'OverdueErasures',
  dimension: 'FunctionName',
} as const;

/**
 * What a line of a function's log holds so that CloudWatch makes a metric of it.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function overdueMetric(overdue: number, functionName: string, now: Date): Record<string, unknown> {
  const { namespace, metricName, dimension } = OVERDUE_METRIC;
  const metrics = { Namespace: namespace, Dimensions: [[dimension]], Metrics: [{ Name: metricName, Unit: 'Count' }] };
  return {
    [metricName]: overdue,
    [dimension]: functionName,
    _aws: { Timestamp: now.getTime(), CloudWatchMetrics: [metrics] },
  };
}
