import { beforeAll, describe, expect, it, vi } from 'vitest';
import { clients } from '../../../lambdas/platform/clients.ts';
import { parseEnvironment } from '../../../lambdas/platform/environment.ts';
import { edgeEnvironment, httpEdge } from '../../../lambdas/platform/http-edge.ts';
import { logger } from '../../../lambdas/platform/logger.ts';
import { memoryDynamodb } from '../memory-dynamodb.ts';

beforeAll(() => logger.setLogLevel('SILENT'));

const NOW = new Date('2026-10-14T12:00:00.000Z');
const KEY_ARN = 'arn:aws:kms:us-east-1:123456789012:key/cursors';

const edgeWith = (http: Record<string, unknown> = {}, url = 'calls') =>
  httpEdge(
    parseEnvironment(edgeEnvironment, {
      CURSOR_KEY_ARN: KEY_ARN,
      RATE_TABLE_NAME: 'table',
      URL_NAME: url,
      HTTP_CONFIG: JSON.stringify(http),
    }),
    () => NOW,
  );

describe('the edge of a URL', () => {
  it('seals cursors with what the key of the stack makes, in every function the same, asked for once', async () => {
    const send = vi.fn(async (_command: { input: Record<string, unknown> }) => ({ Mac: new Uint8Array(32).fill(9) }));
    vi.spyOn(clients, 'kms').mockReturnValue({ send } as unknown as ReturnType<typeof clients.kms>);
    const [calls, holds] = [edgeWith(), edgeWith({}, 'holds')];
    expect(send).not.toHaveBeenCalled();
    const sealed = await calls.seal.seal('next');
    await calls.seal.seal('next');
    expect(await holds.seal.open(sealed)).toBe('next');
    expect(send).toHaveBeenCalledTimes(2);
    const asked = send.mock.calls.map(([{ input }]) => input);
    expect(asked[0]).toMatchObject({ KeyId: KEY_ARN, MacAlgorithm: 'HMAC_SHA_256' });
    expect(asked[1]).toEqual(asked[0]);
  });

  it('is unavailable where KMS is, and is again when it can', async () => {
    const send = vi.fn(async () => ({ Mac: new Uint8Array(32).fill(9) })).mockRejectedValueOnce(new Error('throttled'));
    vi.spyOn(clients, 'kms').mockReturnValue({ send } as unknown as ReturnType<typeof clients.kms>);
    const edge = edgeWith();
    await expect(edge.seal.seal('next')).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await edge.seal.open(await edge.seal.seal('next'))).toBe('next');
  });

  it('counts requests, as many as the config allows', async () => {
    vi.spyOn(clients, 'dynamodb').mockReturnValue(memoryDynamodb().client);
    const edge = edgeWith({ requestsPerMinute: 1 });
    expect(await edge.countRequest('app')).toMatchObject({ limit: 1, exceeded: false });
    expect(await edge.countRequest('app')).toMatchObject({ limit: 1, exceeded: true });
  });

  it('lets requests pass where nothing can be counted, and logs that', async () => {
    const send = () => Promise.reject(new Error('the table is not there'));
    vi.spyOn(clients, 'dynamodb').mockReturnValue({ send } as unknown as ReturnType<typeof clients.dynamodb>);
    const logged = vi.spyOn(logger, 'error');
    expect(await edgeWith({ requestsPerMinute: 1 }).countRequest('app')).toBeUndefined();
    expect(logged).toHaveBeenCalledOnce();
  });

  it('does not pass over a token where nobody is configured who vouches for it', async () => {
    const refused = edgeWith().identityOf('a token');
    await expect(refused).rejects.toMatchObject({ kind: 'bad-request', message: expect.stringMatching(/"identity"/) });
  });
});
