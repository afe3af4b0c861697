import type { SQSBatchResponse } from 'aws-lambda';
import { parseJson } from '../../platform/json.ts';
import { logger } from '../../platform/logger.ts';
import { type CompactDayNeeds, compactDay } from './compact-day.ts';
import { DatasetMessage, type DatasetRequest, type FanOutNeeds, fanOut, requestOf } from './dataset-messages.ts';
import { type WriteBatchNeeds, writeBatch } from './write-batch.ts';

/** What taking messages of the dataset's queue needs. */
export interface TakeMessagesNeeds {
  readonly write: WriteBatchNeeds;
  readonly compact: CompactDayNeeds;
  readonly fanOut: FanOutNeeds;
  /** Whether there is time to compact another day. */
  readonly mayGoOn: () => boolean;
}

/** A message of the queue. */
export interface QueueMessage {
  readonly messageId: string;
  readonly body: string;
}

/**
 * Does what the messages of a batch ask for: writes the rows of all its calls and disputes at once, each once, then goes on with pages of
 * everything, then compacts days, each once. Days for which there is no time are sent anew.
 *
 * @returns the messages that failed: those alone come again
 */
export async function takeMessages(
  messages: readonly QueueMessage[],
  needs: TakeMessagesNeeds,
): Promise<SQSBatchResponse> {
  const failed = new Set<string>();
  const fail = (messageIds: readonly string[], error: unknown, of?: string) => {
    logger.error('message failed', { messageIds, of, error: error as Error });
    for (const messageId of messageIds) failed.add(messageId);
  };
  const requests: { readonly messageId: string; readonly request: DatasetRequest }[] = [];
  for (const { messageId, body } of messages) {
    try {
      requests.push({ messageId, request: requestOf(DatasetMessage.parse(parseJson(body))) });
    } catch (error) {
      fail([messageId], error);
    }
  }

  const calls = byValue(requests, (request) => (request.kind === 'call' ? request.callId : undefined));
  const disputes = byValue(requests, (request) => (request.kind === 'dispute' ? request.disputeId : undefined));
  if (calls.size + disputes.size > 0) {
    const batch = { callIds: [...calls.keys()], disputeIds: [...disputes.keys()] };
    const written = await writeBatch(batch, needs.write);
    for (const [id, error] of written.failed) fail([...(calls.get(id) ?? []), ...(disputes.get(id) ?? [])], error, id);
    logger.info('rows written', { calls: calls.size, disputes: disputes.size, files: written.files });
  }

  for (const { messageId, request } of requests) {
    if (request.kind !== 'all') continue;
    try {
      logger.info('page of everything', { asked: await fanOut(request, needs.fanOut) });
    } catch (error) {
      fail([messageId], error);
    }
  }

  const days = byValue(requests, (request) => (request.kind === 'compact' ? request.day : undefined));
  for (const [day, messageIds] of days) {
    try {
      if (needs.mayGoOn()) logger.info('day compacted', { ...(await compactDay(day, needs.compact)) });
      else await needs.fanOut.send([{ kind: 'compact', day }]);
    } catch (error) {
      fail(messageIds, error, day);
    }
  }
  return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
}

/** The messages of each value that requests name; those that name none are left out. */
function byValue(
  requests: readonly { readonly messageId: string; readonly request: DatasetRequest }[],
  valueIn: (request: DatasetRequest) => string | undefined,
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { messageId, request } of requests) {
    const value = valueIn(request);
    if (value !== undefined) found.set(value, [...(found.get(value) ?? []), messageId]);
  }
  return found;
}
