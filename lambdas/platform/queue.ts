import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { parseJson } from './json.ts';
import { logger } from './logger.ts';

/**
 * The handler of a queue that EventBridge writes to: gives `handle` each event, parsed by `schema`, and answers with
 * the messages that failed, so that only those come again (and reach the dead-letter queue after the last try).
 */
export function queueHandler<S extends z.ZodType>(schema: S, handle: (event: z.infer<S>) => Promise<void>) {
  const processor = new BatchProcessor(EventType.SQS);
  const handleRecord = async (record: SQSRecord): Promise<void> => {
    try {
      await handle(schema.parse(parseJson(record.body)));
    } catch (error) {
      logger.error('message failed', { messageId: record.messageId, error: error as Error });
      throw error;
    }
  };
  return (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
    // A batch of which every message failed is reported message by message too, as any other.
    processPartialResponse(event, handleRecord, processor, { context, throwOnFullBatchFailure: false });
}
