/** The keys of the evidence bucket below which packages are. */
export const EVIDENCE_PREFIX = 'disputes/';

/** The key under which a package is stored. */
export const evidenceKey = (disputeId: string, number: number): string =>
  `${EVIDENCE_PREFIX}${disputeId}/evidence-${String(number).padStart(5, '0')}.zip`;
