/** What other rooms may use of retention. */
export { Consent, type RetentionSubject } from './call-match.ts';
export { type Contradiction, findContradictions } from './contradictions.ts';
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
export {
  explainRetention,
  type RetentionExplanation,
  type RetentionStep,
} from './explain-retention.ts';
export { BACKSTOP_DAYS, lifecyclePlan } from './lifecycle.ts';
export { type Regulation, regulations } from './regulations.ts';
export {
  RetentionCeiling,
  RetentionClass,
  RetentionConfig,
  RetentionFloor,
  RetentionRule,
  standardClasses,
} from './retention-config.ts';
