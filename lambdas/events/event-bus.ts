import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { type DomainEvent, EVENT_SOURCE } from './domain-event.ts';

/** EventBridge takes at most ten events in one request. Source: EventBridge API Reference, PutEvents. */
export const MAX_PUT = 10;

/** The bus that domain events are published on. */
export function eventBus(eventBridge: EventBridgeClient, busName: string) {
  return {
    /**
     * Publishes at most {@link MAX_PUT} events.
     *
     * @returns the index of the first event that the bus did not take, with its reason; undefined where it took all
     */
    async put(events: readonly DomainEvent[]): Promise<{ index: number; reason: string } | undefined> {
      const { FailedEntryCount = 0, Entries = [] } = await eventBridge.send(
        new PutEventsCommand({
          Entries: events.map(({ type, detail }) => ({
            EventBusName: busName,
            Source: EVENT_SOURCE,
            DetailType: type,
            Time: new Date('retaggedAt' in detail ? detail.retaggedAt : detail.stateSince),
            Detail: JSON.stringify(detail),
          })),
        }),
      );
      if (FailedEntryCount === 0) return undefined;
      const index = Math.max(
        0,
        Entries.findIndex((entry) => entry.ErrorCode !== undefined),
      );
      return { index, reason: Entries[index]?.ErrorCode ?? 'unknown' };
    },
  };
}
export type EventBus = ReturnType<typeof eventBus>;
