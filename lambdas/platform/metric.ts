/** A metric that a function gives by its log. */
export interface LoggedMetric {
  readonly namespace: string;
  readonly metricName: string;
  /** What tells whose it is: the name of the function. */
  readonly dimension: string;
}

/**
 * What a line of a function's log holds so that CloudWatch makes a metric of it.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricLine(
  { namespace, metricName, dimension }: LoggedMetric,
  count: number,
  functionName: string,
  now: Date,
): Record<string, unknown> {
  const metrics = { Namespace: namespace, Dimensions: [[dimension]], Metrics: [{ Name: metricName, Unit: 'Count' }] };
  return {
    [metricName]: count,
    [dimension]: functionName,
    _aws: { Timestamp: now.getTime(), CloudWatchMetrics: [metrics] },
  };
}
