/** What other rooms may use of disputes. */
export { type CustomerDisputes, customerDisputes } from './customer-disputes.ts';
export { Dispute, DisputeState } from './dispute.ts';
export { DISPUTE_SUBJECTS, disputeStore } from './dispute-store.ts';
export { contradictionsOfTopics, DisputesConfig, starterTopicsOf, Topic } from './disputes-config.ts';
export { EVIDENCE_PREFIX, EvidenceConfig, FAILED_METRIC } from './evidence/evidence.ts';
export { Policies, Policy } from './policies.ts';
