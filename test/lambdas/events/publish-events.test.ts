import { marshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EventBus } from '../../../lambdas/events/event-bus.ts';
import type { DomainEvent } from '../../../lambdas/events/events.ts';
import { publishEvents } from '../../../lambdas/events/publish-events.ts';
import { logger } from '../../../lambdas/platform/logger.ts';
import { NOW, transcribingCall } from '../builders.ts';

beforeAll(() => logger.setLogLevel('SILENT'));

const image = (item: object) => marshall(item, { removeUndefinedValues: true }) as Record<string, AttributeValue>;
const record = (SequenceNumber: string, item: object): DynamoDBRecord => ({
  eventName: 'INSERT',
  dynamodb: { SequenceNumber, NewImage: image({ subject: 'call#call1', part: 'call', ...item }) },
});
const received = (i: number) => record(`${i}`, transcribingCall(`call${i}`, { state: 'received', stateSince: NOW }));
const tagged = (i: number) => record(`${i}`, transcribingCall(`call${i}`, { state: 'tagged', stateSince: NOW }));

/** A bus that keeps what it takes, and refuses some events. */
function memoryBus(refuses: (event: DomainEvent) => boolean = () => false) {
  const published: DomainEvent[] = [];
  const requests: number[] = [];
  const bus: EventBus = {
    async put(events) {
      requests.push(events.length);
      published.push(...events.filter((event) => !refuses(event)));
      const index = events.findIndex(refuses);
      return index < 0 ? undefined : { index, reason: 'ThrottlingException' };
    },
  };
  return { bus, published, requests };
}

const callIdOf = ({ detail }: DomainEvent) => 'callId' in detail && detail.callId;

const failedOf = async (answer: ReturnType<typeof publishEvents>) =>
  (await answer).batchItemFailures.map((failure) => failure.itemIdentifier);

describe('publishing the events of changed calls', () => {
  it('puts all on the bus in order, as many at once as EventBridge takes', async () => {
    const { bus, published, requests } = memoryBus();
    const records = Array.from({ length: 23 }, (_, i) => received(i));
    expect(await failedOf(publishEvents(records, bus))).toEqual([]);
    expect(published.map(callIdOf)).toEqual(records.map((_, i) => `call${i}`));
    expect(requests).toEqual([10, 10, 3]);
  });

  it('asks the bus for nothing where nothing happened', async () => {
    const { bus, requests } = memoryBus();
    const same = received(1);
    const unchanged = { ...same, dynamodb: { ...same.dynamodb, OldImage: same.dynamodb?.NewImage } };
    expect(await failedOf(publishEvents([unchanged], bus))).toEqual([]);
    expect(requests).toEqual([]);
  });

  it('fails from the change on of which the bus did not take an event, and loses none', async () => {
    let busy = true;
    const { bus, published } = memoryBus((event) => busy && callIdOf(event) === 'call7');
    const records = Array.from({ length: 25 }, (_, i) => tagged(i));
    const [from] = await failedOf(publishEvents(records, bus));
    expect(from).toBe('7');
    busy = false;
    expect(await failedOf(publishEvents(records.slice(Number(from)), bus))).toEqual([]);
    expect(new Set(published.map(({ detail }) => detail.eventId)).size).toBe(50);
  });

  it('fails from the first change of a request on that did not reach the bus', async () => {
    const bus: EventBus = {
      put: async (events) => {
        if (events.some((event) => callIdOf(event) === 'call12')) throw new Error('no connection');
        return undefined;
      },
    };
    expect(
      await failedOf(
        publishEvents(
          Array.from({ length: 15 }, (_, i) => received(i)),
          bus,
        ),
      ),
    ).toEqual(['10']);
  });

  it('does not keep back the calls behind one that cannot be understood', async () => {
    const { bus, published } = memoryBus();
    expect(await failedOf(publishEvents([received(1), record('2', { part: 'call' }), received(3)], bus))).toEqual([
      '2',
    ]);
    expect(published.map(callIdOf)).toEqual(['call1', 'call3']);
  });
});
