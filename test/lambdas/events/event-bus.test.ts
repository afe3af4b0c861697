import { type EventBridgeClient, PutEventsCommand, type PutEventsCommandOutput } from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import { eventBus } from '../../../lambdas/events/event-bus.ts';
import { eventsOfChange } from '../../../lambdas/events/events.ts';
import { NOW, only, transcribingCall } from '../builders.ts';

const events = eventsOfChange(undefined, transcribingCall('call1', { state: 'tagged' }));

/** A bus whose client answers so, and what it was asked. */
function answering(answer: Partial<PutEventsCommandOutput>) {
  const asked: PutEventsCommand['input'][] = [];
  const client = only<EventBridgeClient>({
    send: async (command: unknown) => {
      if (command instanceof PutEventsCommand) asked.push(command.input);
      return answer;
    },
  });
  return { bus: eventBus(client, 'calls-bus'), asked };
}

test('an event goes to our bus by its name, from our source, at the time when it happened', async () => {
  const { bus, asked } = answering({ FailedEntryCount: 0, Entries: [{ EventId: '1' }, { EventId: '2' }] });
  expect(await bus.put(events)).toBeUndefined();
  const entry = { EventBusName: 'calls-bus', Source: 'verbatim', Time: new Date(NOW) };
  expect(asked).toMatchObject([
    {
      Entries: [
        { ...entry, DetailType: 'Call Transcribed' },
        { ...entry, DetailType: 'Call Tagged' },
      ],
    },
  ]);
  expect(JSON.parse(asked[0]?.Entries?.[1]?.Detail ?? '')).toMatchObject({ callId: 'call1', state: 'tagged' });
});

test('the first event that the bus did not take is told, though the request itself succeeded', async () => {
  const { bus } = answering({
    FailedEntryCount: 1,
    Entries: [{ EventId: '1' }, { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' }],
  });
  expect(await bus.put(events)).toEqual({ index: 1, reason: 'ThrottlingException' });
});
