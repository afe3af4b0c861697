import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { logger } from '../platform/logger.ts';
import type { DomainEvent } from './domain-event.ts';
import { type EventBus, MAX_PUT } from './event-bus.ts';
import { eventsOfItem } from './events-of-item.ts';

/**
 * Publishes the events of changed calls, scores, reviews and disputes, in order. A change that cannot be understood does not keep back
 * those after it; where the bus takes no more, the rest is left for the next try.
 *
 * @param records changes of items, as the table's stream has them
 * @returns the changes that failed: Lambda tries again from the first of them on, so some events are published twice
 */
export async function publishEvents(records: readonly DynamoDBRecord[], bus: EventBus): Promise<DynamoDBBatchResponse> {
  const toPublish: { change: string; event: DomainEvent }[] = [];
  const failed: string[] = [];
  for (const record of records) {
    const change = record.dynamodb?.SequenceNumber ?? '';
    try {
      toPublish.push(...eventsOfRecord(record).map((event) => ({ change, event })));
    } catch (error) {
      logger.error('a change cannot be understood', { change, error: error as Error });
      failed.push(change);
    }
  }
  for (let first = 0; first < toPublish.length; first += MAX_PUT) {
    const batch = toPublish.slice(first, first + MAX_PUT);
    const refused = await bus.put(batch.map(({ event }) => event)).catch((error: Error) => {
      return { index: 0, reason: error.name };
    });
    if (!refused) continue;
    const change = batch[refused.index]?.change ?? '';
    logger.error('the bus did not take an event', { change, reason: refused.reason });
    failed.push(change);
    break;
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

function eventsOfRecord({ dynamodb }: DynamoDBRecord): DomainEvent[] {
  const item = (image: NonNullable<typeof dynamodb>['NewImage']) =>
    image && unmarshall(image as Record<string, AttributeValue>);
  return eventsOfItem(item(dynamodb?.OldImage), item(dynamodb?.NewImage));
}
