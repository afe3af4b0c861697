import * as z from 'zod';

/**
 * The storage classes that objects can be moved to, from warm to cold: S3 moves nothing back.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 */
const StorageClass = z.enum(['STANDARD_IA', 'INTELLIGENT_TIERING', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE']);
type StorageClass = z.infer<typeof StorageClass>;

/** A move to a cheaper storage class, some days after the upload. */
export const StorageTransition = z.strictObject({
  storageClass: StorageClass,
  afterDays: z.number().int().positive(),
});
export type StorageTransition = z.infer<typeof StorageTransition>;

/**
 * For so many days S3 charges at least, when an object was moved to a class and leaves it sooner.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html#sc-compare
 */
export const MIN_STORAGE_DAYS: Readonly<Record<StorageClass, number>> = {
  STANDARD_IA: 30,
  INTELLIGENT_TIERING: 0,
  GLACIER_IR: 90,
  GLACIER: 90,
  DEEP_ARCHIVE: 180,
};

/**
 * So many days an object is stored before S3 moves it to STANDARD_IA.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 */
export const MIN_DAYS_BEFORE_STANDARD_IA = 30;

/** How cold a class is: an object can move to a higher rank only. */
export const rankOf = (storageClass: StorageClass): number => StorageClass.options.indexOf(storageClass);

/** Those of a class's transitions that pay for a call that is kept so many days. */
export function transitionsThatPay(transitions: readonly StorageTransition[], keepDays: number): StorageTransition[] {
  let leavesAt = keepDays;
  const paying = transitions.toReversed().filter(({ storageClass, afterDays }) => {
    const staysDays = leavesAt - afterDays;
    const pays = staysDays > 0 && staysDays >= MIN_STORAGE_DAYS[storageClass];
    if (pays) leavesAt = afterDays;
    return pays;
  });
  return paying.toReversed();
}
