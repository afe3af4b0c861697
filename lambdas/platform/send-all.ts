import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** SQS takes at most ten messages in one request. */
const BATCH = 10;

/**
 * Sends `bodies` to a queue, as JSON, one message each.
 *
 * @param delaySeconds how long they wait before they are received, 900 at most. @default not at all
 * @throws Error where SQS did not take one of them
 */
export async function sendAll(
  sqs: SQSClient,
  queueUrl: string,
  bodies: readonly unknown[],
  delaySeconds?: number,
): Promise<void> {
  for (let first = 0; first < bodies.length; first += BATCH) {
    const Entries = bodies
      .slice(first, first + BATCH)
      .map((body, i) => ({ Id: String(i), MessageBody: JSON.stringify(body), DelaySeconds: delaySeconds }));
    const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    if (Failed.length > 0) throw new Error(`the queue did not take ${Failed.length} messages: ${Failed[0]?.Code}`);
  }
}
