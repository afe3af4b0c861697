/** What the stack is made by of evidence packages. */
export { EvidenceConfig } from './evidence-config.ts';
export { EVIDENCE_PREFIX } from './evidence-key.ts';
export { FAILED_METRIC } from './evidence-metric.ts';
