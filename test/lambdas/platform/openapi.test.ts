import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { expect, test } from 'vitest';
import { documentOf, operationIdOf } from '../../../lambdas/platform/openapi.ts';

test.each([
  ['get', '/calls', 'listCalls'],
  ['get', '/calls/{callId}', 'getCall'],
  ['get', '/calls/{callId}/holds', 'listCallHolds'],
  ['get', '/retention/applies/{applyId}', 'getRetentionApply'],
  ['get', '/rulebook', 'getRulebook'],
  ['get', '/moments/by-agent', 'getMomentsByAgent'],
  ['post', '/holds', 'postHolds'],
  ['post', '/holds/{holdId}/release', 'postHoldRelease'],
  ['delete', '/customers/{customerId}/calls', 'deleteCustomerCalls'],
])('%s %s is called %s', (method, path, name) => {
  expect(operationIdOf(method, path)).toBe(name);
});

test('what has a default is always there in an answer, and need not be where it is taken', () => {
  const Told = z.object({ tags: z.array(z.string()).default([]) }).openapi('Told');
  const Taken = z.object({ limit: z.number().default(50) }).openapi('Taken');
  const json = <S extends z.ZodType>(schema: S) => ({ content: { 'application/json': { schema } } });
  const app = new OpenAPIHono();
  const route = createRoute({
    ...{ method: 'post', path: '/things', summary: 'Asks' },
    request: { body: json(Taken) },
    responses: { 200: { description: 'It', ...json(z.object({ told: Told, count: z.number().default(0) })) } },
  });
  app.openapi(route, (c) => c.json({ told: { tags: [] }, count: 0 }, 200));
  const { components, paths } = documentOf(app, { title: 'Things', description: 'Of a test.' });
  expect(components.schemas).toMatchObject({ Told: { required: ['tags'] } });
  expect(components.schemas.Taken).not.toHaveProperty('required');
  expect(paths['/things']?.post?.responses?.[200]).toMatchObject({
    content: { 'application/json': { schema: { required: ['told', 'count'] } } },
  });
});
