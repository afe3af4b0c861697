import * as z from 'zod';
import { callStore, custodyStore } from '../../calls/calls.ts';
import { clients } from '../../platform/clients.ts';
import { MINUTE_MS, systemClock } from '../../platform/clock.ts';
import { json, parseEnvironment } from '../../platform/environment.ts';
import { logger } from '../../platform/logger.ts';
import { objectVersions } from '../../platform/object-versions.ts';
import { queueHandler } from '../../platform/queue.ts';
import { sendAll } from '../../platform/send-all.ts';
import { RetentionConfig } from '../policy/retention-config.ts';
import type { Copy } from './copies.ts';
import { copyChoices, copyEnvironment, copyStores } from './copy-stores.ts';
import { type DeleteCallNeeds, type DeletionRequest, deleteCall, removeLeftovers } from './delete-call.ts';
import {
  DeleteMessage,
  DuePageMessage,
  type ExpiryMessage,
  LeftoversMessage,
  ManifestMessage,
  sweepAt,
  sweepPage,
} from './expire.ts';
import { deletionOf, ObjectDeleted } from './lifecycle-deleted.ts';
import { receiptStore } from './receipt-store.ts';

const environment = parseEnvironment({
  ...copyEnvironment,
  EXPIRY_QUEUE_URL: z.url(),
  VERBATIM_CONFIG: json(z.object({ retention: RetentionConfig, ...copyChoices })),
});
const { retention, sources } = environment.VERBATIM_CONFIG;

const calls = callStore(clients.dynamodb(), environment.TABLE_NAME);
const versions = objectVersions(clients.s3());
const send = (messages: readonly ExpiryMessage[], delaySeconds?: number) =>
  sendAll(clients.sqs(), environment.EXPIRY_QUEUE_URL, messages, delaySeconds);

/** As long as SQS delays anything, and longer than a function of ours runs. */
const LATER_SECONDS = (15 * MINUTE_MS) / 1000;

const needs: DeleteCallNeeds = {
  calls,
  custody: custodyStore(clients.dynamodb(), environment.TABLE_NAME),
  receipts: receiptStore(clients.dynamodb(), environment.TABLE_NAME, retention.receipts.keepDays),
  stores: copyStores({
    ...{ s3: clients.s3(), dynamodb: clients.dynamodb(), transcribe: clients.transcribe() },
    ...{ environment, sources },
  }),
  hashOf: async (copy: Copy) => (copy.of === 'object' && !copy.deleteMarker ? versions.sha256Of(copy) : undefined),
  lookForLeftovers: (callId) => send([{ kind: 'leftovers', callId }], LATER_SECONDS),
  clock: systemClock,
};

async function remove(request: DeletionRequest): Promise<void> {
  const outcome = await deleteCall(request, needs);
  const { callId, reason } = request;
  // What is on its way ends in a state that can be deleted.
  if (outcome === 'not-final') await send([{ kind: 'call', ...request }], LATER_SECONDS);
  if (outcome === 'kept' || outcome === 'locked') logger.warn('call is locked', { callId, reason, outcome });
  else logger.info('call of which deletion was asked', { callId, reason, outcome });
}

/** A scheduled event begins a sweep: `time` is the time for which it looks. */
const Tick = z
  .object({ 'detail-type': z.literal('Scheduled Event'), time: z.iso.datetime() })
  .transform(({ time }) => ({ kind: 'sweep' as const, asOf: new Date(time).toISOString() }));

const Message = z.union([DeleteMessage, DuePageMessage, LeftoversMessage, ManifestMessage, ObjectDeleted, Tick]);

export const handler = queueHandler(Message, async (message) => {
  if ('detail' in message) {
    const request = await deletionOf(message, versions);
    // Of our own deletions come events, too: the call is `deleting` then, or gone.
    const call = request && (await calls.get(request.callId));
    if (request && call && call.state !== 'deleting') await remove(request);
  } else if (message.kind === 'sweep') {
    await send(sweepAt(message.asOf));
  } else if (message.kind === 'page') {
    logger.info('page of a sweep', { asOf: message.asOf, calls: await sweepPage(message, { calls, send }) });
  } else if (message.kind === 'manifest') {
    const { outcome } = await versions.remove(message);
    logger.info('a manifest has served its time', { versionId: message.versionId, outcome });
  } else if (message.kind === 'leftovers') {
    const found = await removeLeftovers(message.callId, needs);
    if (found > 0) logger.warn('leftovers of a deleted call were removed', { callId: message.callId, found });
  } else {
    await remove(message);
  }
});
