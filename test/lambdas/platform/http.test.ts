import { createRoute, z } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import { beforeAll, expect, test } from 'vitest';
import { VerbatimError } from '../../../lambdas/platform/errors.ts';
import { createHttpApp } from '../../../lambdas/platform/http.ts';
import { logger } from '../../../lambdas/platform/logger.ts';

beforeAll(() => logger.setLogLevel('SILENT'));

const appThatThrows = (error: Error) =>
  createHttpApp().get('/', () => {
    throw error;
  });

test.each([
  ['bad-request', 400, 'Bad Request'],
  ['not-found', 404, 'Not Found'],
  ['not-acceptable', 406, 'Not Acceptable'],
  ['conflict', 409, 'Conflict'],
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

test('an error of the framework keeps its status', async () => {
  const response = await appThatThrows(new HTTPException(405, { message: 'use GET' })).request('/');
  expect(await response.json()).toMatchObject({ status: 405, title: 'Method Not Allowed', detail: 'use GET' });
});

test('a path that is not there is a problem document that names it', async () => {
  const response = await createHttpApp().request('/recordings', { method: 'DELETE' });
  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toMatchObject({ detail: 'there is no DELETE /recordings' });
});

test('validation names every parameter at fault', async () => {
  const query = z.object({ limit: z.coerce.number('is not a number'), order: z.enum(['up', 'down']) });
  const app = createHttpApp().openapi(
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
