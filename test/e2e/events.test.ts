import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { callIdOf, type Recording } from '../../lambdas/calls/calls.ts';
import { EventType, eventSchema } from '../../lambdas/events/events.ts';
import { aws, faults, sampleAudio, sampleTags, settled, upload, verbatim } from './stack.ts';

const sqs = new SQSClient(aws);
const eventBridge = new EventBridgeClient(aws);

const metadata = { 'agent-id': 'agent-events', 'customer-id': 'customer-events', 'started-at': '2026-04-04T10:00:00Z' };

/** The queue of a subscriber. */
let QueueUrl: string | undefined;
/** All that came to it, as it came. */
const bodies: string[] = [];

beforeAll(async () => {
  const { Stacks = [] } = await new CloudFormationClient(aws).send(
    new DescribeStacksCommand({ StackName: inject('outputs').stackName }),
  );
  const EventBusName = Stacks[0]?.Outputs?.find((output) => output.OutputKey === 'EventBusName')?.OutputValue;
  expect(EventBusName).toBeDefined();
  ({ QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'a-subscriber' })));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const rule = { EventBusName, Name: 'a-subscriber' };
  await eventBridge.send(new PutRuleCommand({ ...rule, EventPattern: '{"source":["verbatim"]}' }));
  const { EventBusName: bus, Name: Rule } = rule;
  const Targets = [{ Id: 'queue', Arn: Attributes?.QueueArn }];
  await eventBridge.send(new PutTargetsCommand({ EventBusName: bus, Rule, Targets }));
});

/** The events of a recording's call so far, each once, in the order of what they tell of. */
function eventsOf(recording: Recording) {
  const callId = callIdOf(recording);
  const found = new Map<string, ReturnType<typeof parse>>();
  for (const event of bodies.map(parse)) {
    // Its scores have events of their own.
    if ('attempt' in event.detail && event.detail.callId === callId) found.set(event.detail.eventId, event);
  }
  const rank = ({ 'detail-type': type }: { 'detail-type': EventType }) => EventType.options.indexOf(type);
  return [...found.values()].toSorted(
    (a, b) => a.detail.stateSince.localeCompare(b.detail.stateSince) || rank(a) - rank(b),
  );
}

const parse = (body: string) => {
  const event = JSON.parse(body);
  return eventSchema(EventType.parse(event['detail-type'])).parse(event);
};

/** The `detail-type`s of a recording's events, once `last` is among them. */
async function told(recording: Recording, last: EventType): Promise<EventType[]> {
  const types = () => eventsOf(recording).map((event) => event['detail-type']);
  await expect
    .poll(
      async () => {
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
        bodies.push(...Messages.flatMap((message) => message.Body ?? []));
        const Entries = Messages.map(({ ReceiptHandle }, i) => ({ Id: String(i), ReceiptHandle }));
        if (Entries.length > 0) await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
        return types();
      },
      { timeout: 60_000 },
    )
    .toContain(last);
  return types();
}

describe('a subscriber to the bus', () => {
  it('hears of a call from its recording to its tags', async () => {
    const recording = await upload('support/events/tagged.mp3', await sampleAudio('credit-over-policy.mp3'), metadata);
    const call = await settled(recording);
    expect(await told(recording, 'Call Tagged')).toEqual([
      'Recording Received',
      'Transcription Started',
      'Call Transcribed',
      'Call Tagged',
    ]);
    expect(eventsOf(recording).at(-1)?.detail).toMatchObject({
      ...{ callId: call.callId, agentId: 'agent-events', source: 'support', state: 'tagged' },
      ...{ startedAt: '2026-04-04T10:00:00.000Z', durationMs: call.durationMs, language: 'en-US' },
      ...{ retentionClass: '1-year', tags: await sampleTags('credit-over-policy') },
    });
  });

  it('hears of a recording that was rejected, and why', async () => {
    const recording = await upload('support/events/notes.mp3', 'these are only notes of a call', metadata);
    expect(await told(recording, 'Recording Rejected')).toEqual(['Recording Received', 'Recording Rejected']);
    expect(eventsOf(recording).at(-1)?.detail).toMatchObject({ state: 'rejected', reasonCode: 'unreadable-audio' });
  });

  it('hears of a call that failed', async () => {
    await faults({ fail: { times: 1, reason: 'the audio could not be read' } });
    const recording = await upload('support/events/fails.mp3', await sampleAudio('credit-refused.flac'), metadata);
    const types = await told(recording, 'Call Failed').finally(() => faults());
    expect(types).toEqual(['Recording Received', 'Transcription Started', 'Call Failed']);
  });

  it('hears no customer, no key, and nothing that was said', async () => {
    const { items } = await verbatim.callsPage({ agentId: 'agent-events' }, { from: '2026-04-01T00:00:00Z' });
    const calls = await Promise.all(items.map(({ callId }) => verbatim.call(callId)));
    const quotes = calls.flatMap((call) => call.moments.map((moment) => moment.quote)).filter((quote) => quote !== '');
    expect(quotes.length).toBeGreaterThan(0);
    for (const secret of [...quotes, 'customer-events', 'support/events/', 'could not be read']) {
      expect(bodies.join()).not.toContain(secret);
    }
  });
});
