import { expect, it } from 'vitest';
import { RATE_PREFIX, rateLimiter } from '../../../lambdas/platform/rate-limit.ts';
import { memoryDynamodb } from '../memory-dynamodb.ts';

const ARN = 'arn:aws:sts::123456789012:assumed-role/App/ada@example.com';
const MINUTE = Date.parse('2026-10-14T12:00:00.000Z');
const at = (seconds: number) => new Date(MINUTE + seconds * 1000);

function limits(requestsPerMinute = 3) {
  const dynamodb = memoryDynamodb();
  const limiter = (url: string) => rateLimiter(dynamodb.client, { tableName: 'calls', url, requestsPerMinute });
  return { dynamodb, limiter };
}

it('counts what a principal asks for in a minute, wherever it is counted, and tells how much is left', async () => {
  const { limiter } = limits();
  const [one, other] = [limiter('calls'), limiter('calls')];
  expect(await one(ARN, at(0))).toEqual({ limit: 3, remaining: 2, resetSeconds: 60, exceeded: false });
  expect(await other(ARN, at(20))).toEqual({ limit: 3, remaining: 1, resetSeconds: 40, exceeded: false });
  expect(await one(ARN, at(59.5))).toEqual({ limit: 3, remaining: 0, resetSeconds: 1, exceeded: false });
  expect(await other(ARN, at(59.9))).toEqual({ limit: 3, remaining: 0, resetSeconds: 1, exceeded: true });
});

it('begins anew with each minute, for each principal and for each URL', async () => {
  const { limiter } = limits(1);
  const calls = limiter('calls');
  expect(await calls(ARN, at(1))).toMatchObject({ exceeded: false });
  expect(await calls(ARN, at(2))).toMatchObject({ exceeded: true });
  expect(await calls(`${ARN}2`, at(2))).toMatchObject({ exceeded: false });
  expect(await limiter('holds')(ARN, at(2))).toMatchObject({ exceeded: false });
  expect(await calls(ARN, at(60))).toMatchObject({ exceeded: false });
});

it('lets through exactly as many as may be, also where all come at once', async () => {
  const { limiter } = limits(10);
  const counts = await Promise.all(Array.from({ length: 25 }, () => limiter('calls')(ARN, at(5))));
  expect(counts.filter(({ exceeded }) => !exceeded)).toHaveLength(10);
});

it('keeps a count that names no principal, for minutes', async () => {
  const { dynamodb, limiter } = limits();
  await limiter('calls')(ARN, at(30));
  const [item, ...others] = dynamodb.items('');
  expect(others).toEqual([]);
  expect(item?.subject).toMatch(new RegExp(`^${RATE_PREFIX}[0-9a-f]{32}$`));
  expect(JSON.stringify(item)).not.toMatch(/ada|App|123456789012/);
  expect(Number(item?.ttl)).toBeGreaterThan(MINUTE / 1000 + 60);
  expect(Number(item?.ttl)).toBeLessThan(MINUTE / 1000 + 10 * 60);
});

it('gives up where the table does not answer: nobody waits for a count', async () => {
  const send = (_command: unknown, { abortSignal }: { abortSignal: AbortSignal }) =>
    new Promise((_resolve, reject) => {
      abortSignal.addEventListener('abort', () => reject(abortSignal.reason));
    });
  const silent = { send } as unknown as ReturnType<typeof memoryDynamodb>['client'];
  const count = rateLimiter(silent, { tableName: 'calls', url: 'calls', requestsPerMinute: 3 });
  await expect(count(ARN, at(0))).rejects.toMatchObject({ name: 'TimeoutError' });
});
