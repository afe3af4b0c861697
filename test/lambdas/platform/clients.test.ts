import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, test } from 'vitest';
import { withConflictsRetried } from '../../../lambdas/platform/clients.ts';

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** A client of a DynamoDB that refuses the first requests with an error of `name`. */
async function refusing(name: string, refusals: number) {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    const isRefused = requests <= refusals;
    response.writeHead(isRefused ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(isRefused ? { __type: `com.amazonaws.dynamodb.v20120810#${name}` } : {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = withConflictsRetried(
    new DynamoDBClient({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    }),
  );
  open.push(
    () => client.destroy(),
    () => server.close(),
  );
  return { ask: () => client.send(new GetItemCommand({ TableName: 't', Key: {} })), asked: () => requests };
}

test('what meets a transaction over the same item is asked for again', async () => {
  const { ask, asked } = await refusing('TransactionConflictException', 2);
  await ask();
  expect(asked()).toBe(3);
});

test('what is refused for its condition is not', async () => {
  const { ask, asked } = await refusing('ConditionalCheckFailedException', 1);
  await expect(ask()).rejects.toThrow(expect.objectContaining({ name: 'ConditionalCheckFailedException' }));
  expect(asked()).toBe(1);
});
