import { createRoute, z } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { VerbatimError } from '../../../lambdas/platform/errors.ts';
import {
  createHttpApp,
  etagOf,
  idOfRequest,
  jsonContent,
  versionAsked,
  whoOf,
} from '../../../lambdas/platform/http.ts';
import { logger } from '../../../lambdas/platform/logger.ts';
import type { RateCount } from '../../../lambdas/platform/rate-limit.ts';
import { testEdge } from '../http-edge.ts';

const httpApp = (edge: Parameters<typeof testEdge>[0] = {}) =>
  createHttpApp({ title: 'Calls', description: 'for these tests', edge: testEdge(edge) });

const ARN = 'arn:aws:sts::123456789012:assumed-role/App/ada';
/** What Lambda tells of a request that a principal signed. */
const signedBy = (userArn: string) => ({ event: { requestContext: { authorizer: { iam: { userArn } } } } });

beforeAll(() => logger.setLogLevel('SILENT'));

const appThatThrows = (error: Error) =>
  httpApp().get('/', () => {
    throw error;
  });

test.each([
  ['bad-request', 400, 'Bad Request'],
  ['not-found', 404, 'Not Found'],
  ['not-acceptable', 406, 'Not Acceptable'],
  ['conflict', 409, 'Conflict'],
  ['unauthenticated', 401, 'Unauthorized'],
  ['forbidden', 403, 'Forbidden'],
  ['precondition-failed', 412, 'Precondition Failed'],
  ['too-large', 413, 'Content Too Large'],
  ['precondition-required', 428, 'Precondition Required'],
  ['too-many-requests', 429, 'Too Many Requests'],
  ['unavailable', 503, 'Service Unavailable'],
] as const)('an error of kind %s is a problem document of status %i', async (kind, status, title) => {
  const response = await appThatThrows(new VerbatimError(kind, 'limit: is too high')).request('/');
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toEqual({ type: 'about:blank', title, status, detail: 'limit: is too high' });
});

test('an unexpected error is a bare 500 that tells nothing of the inside', async () => {
  const error = new Error('table calls-7 of 123456789012', { cause: new Error('secret') });
  const response = await appThatThrows(error).request('/');
  expect(response.status).toBe(500);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toEqual({ type: 'about:blank', title: 'Internal Server Error', status: 500 });
});

test('every problem names its request, as the log has it', async () => {
  const requestId = '6f2c1f0a-2c2f-4a9e-9d3b-0b4e2f1f7f10';
  const env = { lambdaContext: { awsRequestId: requestId } };
  for (const path of ['/', '/nowhere'])
    expect(await (await appThatThrows(new Error('x')).request(path, {}, env)).json()).toMatchObject({
      instance: `urn:uuid:${requestId}`,
    });
});

test('an error of the framework keeps its status', async () => {
  const response = await appThatThrows(new HTTPException(405, { message: 'use GET' })).request('/');
  expect(await response.json()).toMatchObject({ status: 405, title: 'Method Not Allowed', detail: 'use GET' });
});

test('a path that is not there is a problem document that names it', async () => {
  const response = await httpApp().request('/recordings', { method: 'DELETE' });
  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toMatchObject({ detail: 'there is no DELETE /recordings' });
});

test('validation names every parameter at fault', async () => {
  const query = z.object({ limit: z.coerce.number('is not a number'), order: z.enum(['up', 'down']) });
  const app = httpApp().openapi(
    createRoute({ method: 'get', path: '/', request: { query }, responses: { 200: { description: 'ok' } } }),
    (c) => c.body(null),
  );
  const response = await app.request('/?limit=many&order=sideways');
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const { detail } = z.object({ detail: z.string() }).parse(await response.json());
  expect(detail).toContain('limit: is not a number');
  expect(detail).toContain('order: ');
});

describe('a body', () => {
  const app = httpApp().openapi(
    createRoute({
      ...{ method: 'post', path: '/' },
      request: { body: { required: true, ...jsonContent(z.object({ reason: z.string() })) } },
      responses: { 200: { description: 'ok' } },
    }),
    (c) => c.body(null),
  );
  // In bytes: of a text, a request says by itself that it is one.
  const body = new TextEncoder().encode('{"reason":"a claim"}');
  const post = (type?: string) =>
    app.request('/', { method: 'POST', body, headers: type === undefined ? {} : { 'content-type': type } });

  it.each(['application/json', 'application/json; charset=utf-8'])('is taken as %s', async (type) => {
    expect((await post(type)).status).toBe(200);
  });

  it.each([undefined, 'text/plain'])('is refused as %s, and told how it must come', async (type) => {
    const response = await post(type);
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({
      title: 'Unsupported Media Type',
      detail: expect.stringMatching(/^Content-Type: is not application\/json/),
    });
  });
});

describe('the limits', () => {
  const counted = (count: RateCount | undefined) => {
    const asked: string[] = [];
    const countRequest = async (principal: string) => {
      asked.push(principal);
      return count;
    };
    const app = httpApp({ countRequest }).get('/', (c) => c.json({ items: [] }));
    return { app, asked };
  };
  const count = { limit: 60, remaining: 12, resetSeconds: 34, exceeded: false };

  it('tells how many requests are left of the minute', async () => {
    const { app, asked } = counted(count);
    const { status, headers } = await app.request('/', {}, signedBy(ARN));
    expect(status).toBe(200);
    expect(headers.get('ratelimit-limit')).toBe('60');
    expect(headers.get('ratelimit-remaining')).toBe('12');
    expect(headers.get('ratelimit-reset')).toBe('34');
    expect(asked).toEqual([ARN]);
  });

  it('refuses what is too much, and tells when it may be asked again', async () => {
    const { app } = counted({ ...count, remaining: 0, exceeded: true });
    const response = await app.request('/');
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('34');
    expect(response.headers.get('ratelimit-remaining')).toBe('0');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toMatchObject({
      title: 'Too Many Requests',
      detail: 'more than 60 requests in a minute: try again in 34 s',
    });
  });

  it('answers where nothing could be counted', async () => {
    expect((await counted(undefined).app.request('/')).status).toBe(200);
  });

  const post = async (body: string | ReadableStream, headers: Record<string, string> = {}) => {
    const app = httpApp({ maxBodyBytes: 10 }).post('/', async (c) => c.json({ length: (await c.req.text()).length }));
    const request = new Request('https://u/', { method: 'POST', body, headers, ...{ duplex: 'half' } });
    return app.request(request);
  };

  it('refuses a body that is too large, by what it says and by what it is', async () => {
    const streamed = () => new Blob(['12345678901']).stream();
    for (const response of [
      await post('12345678901', { 'content-length': '11' }),
      await post('äöüäöü', { 'content-length': '12' }),
      await post(streamed()),
    ]) {
      expect(response.status).toBe(413);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(await response.json()).toMatchObject({ detail: 'the body is larger than 10 bytes' });
    }
    expect(await (await post('1234567890', { 'content-length': '10' })).json()).toEqual({ length: 10 });
  });
});

describe('who asks', () => {
  const app = httpApp({ identities: { 'token-of-ada': 'ada@example.com' } }).get('/', (c) => c.json(whoOf(c)));
  const ask = (headers: Record<string, string>, env?: unknown) => app.request('/', { headers }, env ?? {});

  it('is the principal that signed, and the person whom a verified token names', async () => {
    const response = await ask({ 'verbatim-identity': 'token-of-ada' }, signedBy(ARN));
    expect(await response.json()).toEqual({ by: ARN, person: 'ada@example.com' });
    expect(await (await ask({}, signedBy(ARN))).json()).toEqual({ by: ARN });
    expect(await (await ask({})).json()).toEqual({ by: 'unknown' });
  });

  it('has the teams that the token names', async () => {
    const identityOf = async () => ({ person: 'ada', teams: ['cards', 'fraud'] });
    const teamed = httpApp({ identityOf }).get('/', (c) => c.json(whoOf(c)));
    const response = await teamed.request('/', { headers: { 'verbatim-identity': 'a token' } });
    expect(await response.json()).toEqual({ by: 'unknown', person: 'ada', teams: ['cards', 'fraud'] });
  });

  it('is nobody whose token does not verify: nothing is done for them', async () => {
    const response = await ask({ 'verbatim-identity': 'forged' });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ title: 'Unauthorized', status: 401 });
  });

  it('is asked to come again where it cannot be verified now', async () => {
    const identityOf = () => Promise.reject(new VerbatimError('unavailable', 'the keys cannot be read now: try again'));
    const down = httpApp({ identityOf }).get('/', (c) => c.json(whoOf(c)));
    const response = await down.request('/', { headers: { 'verbatim-identity': 'a token' } });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
  });
});

describe('If-Match', () => {
  const app = httpApp().put('/', (c) => c.json({ version: versionAsked(c) }));
  const ask = async (headers: Record<string, string>) => {
    const response = await app.request('/', { method: 'PUT', headers });
    return { status: response.status, ...((await response.json()) as Record<string, unknown>) };
  };

  it.each([etagOf(3), 'W/"3"', ' "3" '])('names a version by its ETag %s', async (etag) => {
    expect(await ask({ 'if-match': etag })).toEqual({ status: 200, version: 3 });
  });

  it('must be there', async () => {
    expect(await ask({})).toMatchObject({ status: 428, detail: expect.stringMatching(/^If-Match: is missing/) });
  });

  it.each(['*', '3', '"three"', '"1", "2"', '"-1"', ''])('is not %j', async (etag) => {
    expect(await ask({ 'if-match': etag })).toMatchObject({
      status: 400,
      detail: expect.stringMatching(/^If-Match: /),
    });
  });
});

describe('Idempotency-Key', () => {
  let made = 0;
  const app = httpApp().post('/:of', (c) => c.json({ id: idOfRequest(c, () => `random-${made++}`) }));
  const idOf = async (key?: string, principal = ARN, path = '/holds') => {
    const headers = new Headers(key === undefined ? {} : { 'idempotency-key': key });
    const response = await app.request(path, { method: 'POST', headers }, signedBy(principal));
    return ((await response.json()) as { id?: string; detail?: string }).id;
  };

  it('makes requests one: of the same principal, whatever its session, to the same path', async () => {
    const id = await idOf('matter-4711');
    expect(id).toMatch(/^[0-9a-f]{20}$/);
    expect(await idOf('matter-4711')).toBe(id);
    expect(await idOf('matter-4711', ARN.replace('ada', 'another-session'))).toBe(id);
    const others = [
      await idOf('matter-4712'),
      await idOf('matter-4711', ARN.replace('App', 'Other')),
      await idOf('matter-4711', 'arn:aws:iam::123456789012:user/ada'),
      await idOf('matter-4711', ARN, '/disputes'),
    ];
    expect(new Set([id, ...others]).size).toBe(5);
  });

  it('without it each request is one of its own', async () => {
    expect(await idOf()).not.toBe(await idOf());
  });

  it.each(['short', 'x'.repeat(201), 'with a space in it'])('is not %j', async (key) => {
    const response = await app.request('/holds', { method: 'POST', headers: { 'idempotency-key': key } });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ detail: expect.stringMatching(/^Idempotency-Key: /) });
  });
});

describe('the OpenAPI document', () => {
  const query = z.object({ limit: z.coerce.number() });
  const Hold = z.strictObject({ reason: z.string() }).openapi('NewHold');
  const ok = { 200: { description: 'ok' } };
  const app = httpApp({ countRequest: () => Promise.reject(new Error('is not asked')) });
  app.openapi(createRoute({ method: 'get', path: '/holds', request: { query }, responses: ok }), (c) => c.body(null));
  app.openapi(
    createRoute({ method: 'post', path: '/holds', request: { body: jsonContent(Hold) }, responses: ok }),
    (c) => c.body(null),
  );
  const document = async () => (await (await app.request('/openapi.json')).json()) as Record<string, never>;

  it('tells what the URL is, how requests are signed, and every operation by a name', async () => {
    expect(await document()).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'Calls', description: 'for these tests', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) },
      security: [{ signature: [] }, { signature: [], identity: [] }],
      paths: { '/holds': { get: { operationId: 'listHolds' }, post: { operationId: 'postHolds' } } },
      components: {
        schemas: { NewHold: { type: 'object' } },
        securitySchemes: { signature: { name: 'Authorization' }, identity: { name: 'Verbatim-Identity' } },
      },
    });
  });

  it('has the problems that every operation may answer, and for those with a body that it is too large', async () => {
    const { paths } = z
      .object({
        paths: z.record(z.string(), z.record(z.string(), z.object({ responses: z.record(z.string(), z.any()) }))),
      })
      .parse(await document());
    const statusesOf = (method: string) => Object.keys(paths['/holds']?.[method]?.responses ?? {});
    expect(statusesOf('get')).toEqual(['200', '401', '429', '500', '503']);
    expect(statusesOf('post')).toEqual(['200', '401', '413', '415', '429', '500', '503']);
  });

  it('is told again only where it changed', async () => {
    const etag = (await app.request('/openapi.json')).headers.get('etag') ?? '';
    expect((await app.request('/openapi.json', { headers: { 'if-none-match': etag } })).status).toBe(304);
  });
});
