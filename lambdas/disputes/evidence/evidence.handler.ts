import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { callStore, custodyStore } from '../../calls/calls.ts';
import { clients } from '../../platform/clients.ts';
import { systemClock } from '../../platform/clock.ts';
import { json, parseEnvironment } from '../../platform/environment.ts';
import { logger } from '../../platform/logger.ts';
import { metricLine } from '../../platform/metric.ts';
import { queueHandler } from '../../platform/queue.ts';
import { sendAll } from '../../platform/send-all.ts';
import { registeredRulebooks } from '../../tagging/tagging.ts';
import { transcriptLocation } from '../../transcription/transcription.ts';
import { disputeStore } from '../dispute-store.ts';
import { Policies } from '../policies.ts';
import { type BuildEvidenceNeeds, type Built, buildEvidence, EvidenceFailure, failed } from './build-evidence.ts';
import { EvidenceConfig } from './evidence-config.ts';
import { FAILED_METRIC } from './evidence-metric.ts';
import { evidenceObjects } from './evidence-objects.ts';
import { type BuildMessage, EvidenceMessage } from './evidence-package.ts';
import { evidenceSigner } from './evidence-signer.ts';
import { evidenceStore } from './evidence-store.ts';
import { findLost } from './find-lost.ts';

const environment = parseEnvironment({
  TABLE_NAME: z.string().min(1),
  TRANSCRIPTS_BUCKET: z.string().min(1),
  EVIDENCE_BUCKET: z.string().min(1),
  EVIDENCE_KEY_ARN: z.string().min(1),
  EVIDENCE_QUEUE_URL: z.url(),
  STACK: z.string().min(1),
  AWS_LAMBDA_FUNCTION_NAME: z.string().min(1),
  VERBATIM_CONFIG: json(z.object({ evidence: EvidenceConfig, policies: Policies })),
});

const { TABLE_NAME, TRANSCRIPTS_BUCKET } = environment;
const evidence = evidenceStore(clients.dynamodb(), TABLE_NAME);
const needs = {
  evidence,
  disputes: disputeStore(clients.dynamodb(), TABLE_NAME),
  calls: callStore(clients.dynamodb(), TABLE_NAME),
  custody: custodyStore(clients.dynamodb(), TABLE_NAME),
  objects: evidenceObjects(clients.s3(), environment.EVIDENCE_BUCKET),
  signer: evidenceSigner(clients.kms(), environment.EVIDENCE_KEY_ARN),
  rulebookOf: registeredRulebooks({
    ...{ dynamodb: clients.dynamodb(), tableName: TABLE_NAME },
    ...{ s3: clients.s3(), transcriptsBucket: TRANSCRIPTS_BUCKET },
  }).textOf,
  transcriptOf: (callId) => transcriptLocation(TRANSCRIPTS_BUCKET, callId),
  policies: environment.VERBATIM_CONFIG.policies,
  config: environment.VERBATIM_CONFIG.evidence,
  stack: environment.STACK,
  clock: systemClock,
} satisfies BuildEvidenceNeeds;

const send = (messages: readonly BuildMessage[]) => sendAll(clients.sqs(), environment.EVIDENCE_QUEUE_URL, messages);

/** So long before Lambda ends the function, a build ends itself: what it has to tell then takes a moment. */
const TO_END_MS = 30_000;

/** Ends builds of this invocation, of which there is one at a time. */
let runsOut = new AbortController().signal;

const handle = queueHandler(EvidenceMessage, async (message) => {
  if (message === 'schedule') {
    const { again, givenUp } = await findLost({ ...needs, send });
    logger.info('evidence packages that were lost are asked for again', { again, givenUp, ...metric(givenUp) });
    return;
  }
  const built = await build(message);
  logger.info('evidence package', { ...message, ...built, ...metric(built.outcome === 'failed' ? 1 : 0) });
});

async function build(message: BuildMessage): Promise<Built> {
  try {
    return await buildEvidence(message, needs, runsOut);
  } catch (error) {
    // Tried again by the queue, it would come after an hour and a half: whoever asked for it shall know sooner.
    logger.error('evidence package broke off', { ...message, error: error as Error });
    const asked = await evidence.get(message.disputeId, message.number);
    const reason = `it broke off (${error instanceof Error ? error.name : 'an error'}): ask for it again`;
    const noted = asked && (await failed(asked, reason, needs));
    // What is stored already, and only not noted everywhere, goes on with the message.
    if (!noted) throw error;
    return { outcome: 'failed', reason };
  }
}

const metric = (failed: number) =>
  metricLine(FAILED_METRIC, failed, environment.AWS_LAMBDA_FUNCTION_NAME, systemClock());

export const handler = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  const remainingMs = Math.max(0, context.getRemainingTimeInMillis() - TO_END_MS);
  const ending = new AbortController();
  runsOut = ending.signal;
  const minutes = Math.round(remainingMs / 60_000);
  const why = `it took longer than the ${minutes} minutes that there are: ask without originals, or open a dispute for some of its calls`;
  const timer = setTimeout(() => ending.abort(new EvidenceFailure(why)), remainingMs);
  try {
    return await handle(event, context);
  } finally {
    clearTimeout(timer);
  }
};
