/** What other rooms may use of retention. */

export type { EraseCallMessage } from './erasure/erasure.ts';
export {
  type EraseArrivedNeeds,
  type ErasureArrivals,
  eraseArrived,
  erasureArrivals,
} from './erasure/erasure-arrivals.ts';
export { OVERDUE_METRIC } from './erasure/erasure-metric.ts';
export {
  type Copy,
  type CopyStore,
  tagCopies,
} from './expiry/copies.ts';
export type { DeleteMessage, ManifestMessage } from './expiry/expire.ts';
export { itemCopyStore } from './expiry/item-copies.ts';
export { objectCopyStore } from './expiry/object-copies.ts';
export { type CustomerHolds, customerHolds, type HoldArrivedNeeds, holdArrived } from './holds/customer-holds.ts';
export { type DisputeHolds, disputeHolds } from './holds/dispute-holds.ts';
export { type Hold, HoldMessage, isActive, type StoredHold } from './holds/hold.ts';
export { holdOf } from './holds/hold-of.ts';
export { copyTags, LEGAL_HOLD_TAG } from './holds/hold-tags.ts';
export { Consent, type RetentionSubject } from './policy/call-match.ts';
export { findContradictions } from './policy/contradictions.ts';
export {
  decideRetention,
  RETENTION_DAYS_TAG,
  RETENTION_TAG,
  Retention,
  retentionSubject,
  retentionTags,
  type SourceOfCalls,
} from './policy/decide-retention.ts';
export {
  explainRetention,
  type RetentionExplanation,
} from './policy/explain-retention.ts';
export { BACKSTOP_DAYS, lifecyclePlan } from './policy/lifecycle.ts';
export { extendedLock, type ObjectLock, objectLockOf } from './policy/object-lock.ts';
export {
  knownTags,
  longerOf,
  type RetentionChoices,
  redecide,
  retentionChoices,
  tagAsDecided,
} from './policy/redecide.ts';
export { regulations } from './policy/regulations.ts';
export {
  RetentionClass,
  RetentionConfig,
  standardClasses,
} from './policy/retention-config.ts';
