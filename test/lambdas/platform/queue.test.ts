import type { Context, SQSEvent } from 'aws-lambda';
import { beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { logger } from '../../../lambdas/platform/logger.ts';
import { queueHandler } from '../../../lambdas/platform/queue.ts';

beforeAll(() => logger.setLogLevel('SILENT'));

const Event = z.object({ name: z.string() });
const context = {} as Context;

const batchOf = (...bodies: string[]): SQSEvent => ({
  Records: bodies.map((body, i) => ({
    messageId: `message-${i}`,
    body,
    receiptHandle: '',
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:calls',
    awsRegion: 'us-east-1',
  })),
});

/** A handler that notes the names it gets, and fails on "bad". */
function notingHandler() {
  const names: string[] = [];
  const handler = queueHandler(Event, async ({ name }) => {
    names.push(name);
    if (name === 'bad') throw new Error('failed');
  });
  return { names, handler };
}

const failedOf = async (answer: Promise<{ batchItemFailures: { itemIdentifier: string }[] }>) =>
  (await answer).batchItemFailures.map((failure) => failure.itemIdentifier);

test('only the messages that failed come again', async () => {
  const { names, handler } = notingHandler();
  const failed = await failedOf(handler(batchOf('{"name":"one"}', '{"name":"bad"}', '{"name":"two"}'), context));
  expect(failed).toEqual(['message-1']);
  expect(names.toSorted()).toEqual(['bad', 'one', 'two']);
});

test.each(['not json', '{"nome":"one"}', '', 'null'])(
  'a message with the malformed body %j is a failed message, and spares the others',
  async (body) => {
    const { names, handler } = notingHandler();
    expect(await failedOf(handler(batchOf(body, '{"name":"one"}'), context))).toEqual(['message-0']);
    expect(names).toEqual(['one']);
  },
);

test('a batch of which every message failed is reported message by message', async () => {
  const { handler } = notingHandler();
  const failed = await failedOf(handler(batchOf('{"name":"bad"}', '{"name":"bad"}'), context));
  expect(failed.toSorted()).toEqual(['message-0', 'message-1']);
});

test('what failed in one batch does not fail in the next', async () => {
  const { handler } = notingHandler();
  await handler(batchOf('{"name":"bad"}'), context);
  expect(await failedOf(handler(batchOf('{"name":"one"}'), context))).toEqual([]);
});
