import * as z from 'zod';
import { custodyStore } from '../../calls/calls.ts';
import { clients } from '../../platform/clients.ts';
import { sendAll } from '../../platform/send-all.ts';
import { evidenceObjects } from './evidence-objects.ts';
import type { BuildMessage } from './evidence-package.ts';
import type { EvidenceRoutesNeeds } from './evidence-routes.ts';
import { evidenceSigner } from './evidence-signer.ts';
import { evidenceStore } from './evidence-store.ts';

/** The environment variables of a function that answers the routes of evidence packages. */
export const evidenceEnvironment = {
  TABLE_NAME: z.string().min(1),
  EVIDENCE_BUCKET: z.string().min(1),
  EVIDENCE_KEY_ARN: z.string().min(1),
  EVIDENCE_QUEUE_URL: z.url(),
};

/** What the routes of evidence packages need of a function's environment. */
export function evidenceNeeds(
  environment: z.infer<z.ZodObject<typeof evidenceEnvironment>>,
): Pick<EvidenceRoutesNeeds, 'evidence' | 'custody' | 'objects' | 'signer' | 'sendEvidence'> {
  const { TABLE_NAME, EVIDENCE_BUCKET, EVIDENCE_KEY_ARN, EVIDENCE_QUEUE_URL } = environment;
  return {
    evidence: evidenceStore(clients.dynamodb(), TABLE_NAME),
    custody: custodyStore(clients.dynamodb(), TABLE_NAME),
    objects: evidenceObjects(clients.s3(), EVIDENCE_BUCKET),
    signer: evidenceSigner(clients.kms(), EVIDENCE_KEY_ARN),
    sendEvidence: (messages: readonly BuildMessage[]) => sendAll(clients.sqs(), EVIDENCE_QUEUE_URL, messages),
  };
}
