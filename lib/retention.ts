import { Duration } from 'aws-cdk-lib';
import { type LifecycleRule, StorageClass } from 'aws-cdk-lib/aws-s3';
import { RETENTION_TAG, type RetentionConfig } from '../lambdas/retention/retention.ts';

/**
 * The lifecycle rules of a bucket of calls: one for each retention class, by the tag that retention puts on each object,
 * and one that cleans up what no object tag can be on. Lifecycle counts from the upload, which is never before the call:
 * it deletes nothing too early.
 *
 * A version that was replaced is another recording with the same right to be kept: it has as many days again, from when
 * it was replaced.
 */
export function lifecycleRules(retention: RetentionConfig): LifecycleRule[] {
  const byClass = retention.classes.map(({ name, keepDays, transitions }): LifecycleRule => {
    return {
      id: `retention-class-${name}`,
      tagFilters: { [RETENTION_TAG]: name },
      expiration: Duration.days(keepDays),
      noncurrentVersionExpiration: Duration.days(keepDays),
      transitions: transitions.map(({ storageClass, afterDays }) => ({
        storageClass: new StorageClass(storageClass),
        transitionAfter: Duration.days(afterDays),
      })),
    };
  });
  return [
    ...byClass,
    {
      id: 'clean-up',
      abortIncompleteMultipartUploadAfter: Duration.days(7),
      expiredObjectDeleteMarker: true,
    },
  ];
}
