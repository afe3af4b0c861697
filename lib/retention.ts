import { Duration } from 'aws-cdk-lib';
import { type LifecycleRule, StorageClass } from 'aws-cdk-lib/aws-s3';
import {
  BACKSTOP_DAYS,
  lifecyclePlan,
  RETENTION_DAYS_TAG,
  RETENTION_TAG,
  type RetentionConfig,
} from '../lambdas/retention/retention.ts';

/**
 * The lifecycle rules of a bucket of calls. Retention tags each object with the days that its call is kept, and one rule
 * for each such number deletes, some days behind the sweep that deletes on time; the moves to cheaper storage go by class
 * and days. Lifecycle counts from the upload: it deletes nothing too early.
 *
 * A version that was replaced is another recording with the same right to be kept: it has as many days again, from when
 * it was replaced.
 *
 * No rule can be for objects that lack a tag, so the rule of last resort is for all: of two that match, S3 follows the
 * one that deletes first, and this one comes after every other.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-conflicts.html
 */
export function lifecycleRules(retention: RetentionConfig): LifecycleRule[] {
  const { keepDays, transitions, lastResortDays } = lifecyclePlan(retention);
  return [
    ...keepDays.map((days) => ({
      id: `retention-days-${days}`,
      tagFilters: { [RETENTION_DAYS_TAG]: String(days) },
      ...deletedAfter(days + BACKSTOP_DAYS),
    })),
    ...transitions.map(({ retentionClass, keepDays: days, transitions: moves }) => ({
      id: `transitions-${retentionClass}-${days}`,
      tagFilters: { [RETENTION_TAG]: retentionClass, [RETENTION_DAYS_TAG]: String(days) },
      transitions: moves.map(({ storageClass, afterDays }) => ({
        storageClass: new StorageClass(storageClass),
        transitionAfter: Duration.days(afterDays),
      })),
    })),
    { id: 'last-resort', ...deletedAfter(lastResortDays) },
    {
      id: 'clean-up',
      abortIncompleteMultipartUploadAfter: Duration.days(7),
      expiredObjectDeleteMarker: true,
    },
  ];
}

const deletedAfter = (days: number): LifecycleRule => ({
  expiration: Duration.days(days),
  noncurrentVersionExpiration: Duration.days(days),
});
