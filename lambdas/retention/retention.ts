/** What other rooms may use of retention. */

export type { EraseCallMessage } from './erasure/erasure.ts';
export { type ErasureArrivals, eraseArrived, erasureArrivals } from './erasure/erasure-arrivals.ts';
export { OVERDUE_METRIC } from './erasure/erasure-metric.ts';
export {
  type Copy,
  type CopyStore,
  findCopies,
  type ItemCopy,
  type KeptIn,
  type ObjectCopy,
  type RecordCopy,
  type Removed,
  tagCopies,
} from './expiry/copies.ts';
export type { DeleteMessage, ManifestMessage } from './expiry/expire.ts';
export { type ObjectCopies, objectCopyStore } from './expiry/object-copies.ts';
export { type CustomerHolds, customerHolds } from './holds/customer-holds.ts';
export { Hold, HoldMessage } from './holds/hold.ts';
export { copyTags, LEGAL_HOLD_TAG } from './holds/hold-tags.ts';
export { Consent, type RetentionSubject } from './policy/call-match.ts';
export { type Contradiction, findContradictions } from './policy/contradictions.ts';
export {
  decideRetention,
  decideWithReasons,
  type KnownCall,
  RETENTION_DAYS_TAG,
  RETENTION_TAG,
  Retention,
  type RetentionDecision,
  retentionSubject,
  retentionTags,
  type SourceOfCalls,
} from './policy/decide-retention.ts';
export {
  explainRetention,
  type RetentionExplanation,
  type RetentionStep,
} from './policy/explain-retention.ts';
export { BACKSTOP_DAYS, lifecyclePlan } from './policy/lifecycle.ts';
export { extendedLock, type ObjectLock, objectLockOf } from './policy/object-lock.ts';
export {
  isSameRetention,
  knownTags,
  longerOf,
  type RetentionChoices,
  redecide,
  retentionChoices,
  tagAsDecided,
} from './policy/redecide.ts';
export { type Regulation, regulations } from './policy/regulations.ts';
export {
  RetentionCeiling,
  RetentionClass,
  RetentionConfig,
  RetentionFloor,
  RetentionRule,
  standardClasses,
} from './policy/retention-config.ts';
