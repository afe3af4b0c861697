import type { StorageTransition } from '../policy/storage-class.ts';

/** What S3 charges for, by storage class. */
export interface ClassPrice {
  /** US dollars for a GB (2^30 bytes) and a month: the first tier, which is the dearest. */
  readonly gbMonthUsd: number;
  /** US dollars for moving 1000 objects to the class. */
  readonly transitionsUsd: number;
  /** An object counts as so many bytes at least. */
  readonly minBytes: number;
  /** So many bytes of each object are charged besides, in the class and in STANDARD: its index and its name. */
  readonly besides: { readonly ownBytes: number; readonly standardBytes: number };
}

type PricedClass = 'STANDARD' | StorageTransition['storageClass'];

const KIB = 1024;
const none = { ownBytes: 0, standardBytes: 0 };
const archived = { ownBytes: 32 * KIB, standardBytes: 8 * KIB };

/**
 * List prices of S3 in us-east-1, without taxes, discounts and requests. INTELLIGENT_TIERING is counted at the price of its
 * frequent tier: what nobody listens to costs less.
 *
 * `asOf` is when they were looked up. Storage is as published guides of 2026 quote it, moves as known from AWS's price page,
 * which could not be read again on that day.
 * Source: https://aws.amazon.com/s3/pricing/
 */
export const S3_PRICES = {
  region: 'us-east-1',
  asOf: '2026-11-24',
  source: 'https://aws.amazon.com/s3/pricing/',
  classes: {
    STANDARD: { gbMonthUsd: 0.023, transitionsUsd: 0, minBytes: 0, besides: none },
    STANDARD_IA: { gbMonthUsd: 0.0125, transitionsUsd: 0.01, minBytes: 128 * KIB, besides: none },
    INTELLIGENT_TIERING: { gbMonthUsd: 0.023, transitionsUsd: 0.01, minBytes: 0, besides: none },
    GLACIER_IR: { gbMonthUsd: 0.004, transitionsUsd: 0.02, minBytes: 128 * KIB, besides: none },
    GLACIER: { gbMonthUsd: 0.0036, transitionsUsd: 0.03, minBytes: 0, besides: archived },
    DEEP_ARCHIVE: { gbMonthUsd: 0.00099, transitionsUsd: 0.05, minBytes: 0, besides: archived },
  } satisfies Record<PricedClass, ClassPrice>,
} as const;
