import * as z from 'zod';

/** How long evidence packages are kept, and how strictly. */
export const EvidenceConfig = z.strictObject({
  /** For so many days from when it was built, Object Lock lets nobody remove a package; then lifecycle does. @default 365 */
  keepDays: z.number().int().min(1, 'is not a whole number of days from 1 on').max(36_500).default(365),
  /**
   * `governance`: who may bypass Object Lock can remove a package before; `compliance`: nobody can, not even the account's
   * owner. @default governance
   */
  mode: z.enum(['governance', 'compliance']).default('governance'),
});
export type EvidenceConfig = z.infer<typeof EvidenceConfig>;
