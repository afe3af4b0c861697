/** What other rooms may use of retention. */
export { Consent, type RetentionSubject } from './call-match.ts';
export { type Contradiction, findContradictions } from './contradictions.ts';
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
} from './copies.ts';
export { type CustomerHolds, customerHolds } from './customer-holds.ts';
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
} from './decide-retention.ts';
export type { EraseCallMessage } from './erasure.ts';
export { type ErasureArrivals, eraseArrived, erasureArrivals } from './erasure-arrivals.ts';
export { OVERDUE_METRIC } from './erasure-metric.ts';
export type { DeleteMessage } from './expire.ts';
export {
  explainRetention,
  type RetentionExplanation,
  type RetentionStep,
} from './explain-retention.ts';
export { Hold, HoldMessage } from './hold.ts';
export { copyTags, LEGAL_HOLD_TAG } from './hold-tags.ts';
export { BACKSTOP_DAYS, lifecyclePlan } from './lifecycle.ts';
export { type ObjectCopies, objectCopyStore } from './object-copies.ts';
export { extendedLock, type ObjectLock, objectLockOf } from './object-lock.ts';
export {
  isSameRetention,
  knownTags,
  longerOf,
  type RetentionChoices,
  redecide,
  retentionChoices,
  tagAsDecided,
} from './redecide.ts';
export { type Regulation, regulations } from './regulations.ts';
export {
  RetentionCeiling,
  RetentionClass,
  RetentionConfig,
  RetentionFloor,
  RetentionRule,
  standardClasses,
} from './retention-config.ts';
