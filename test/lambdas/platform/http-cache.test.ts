import { Hono } from 'hono';
import { describe, expect, it, test } from 'vitest';
import { caching, namesEtag } from '../../../lambdas/platform/http-cache.ts';

let calls = ['first'];
const app = new Hono();
app.use(caching);
app.get('/calls', (c) => c.json({ calls }));
app.get('/disputes/1', (c) => c.json({ version: 3 }, 200, { etag: '"3"', vary: 'Accept' }));
app.get('/audio', (c) => c.json({ url: 'https://…' }, 200, { 'cache-control': 'no-store' }));
app.get('/gone', (c) => c.json({}, 404));
app.post('/calls', (c) => c.json({ calls }, 201));

const ask = (path: string, etag?: string, method = 'GET') =>
  app.request(path, { method, headers: { ...(etag !== undefined && { 'if-none-match': etag }) } });

describe('what is read', () => {
  it('may be kept by its asker, who asks again each time, and is told where nothing changed', async () => {
    const first = await ask('/calls');
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    expect(first.headers.get('vary')).toBe('authorization, verbatim-identity');
    const etag = first.headers.get('etag') ?? '';
    const again = await ask('/calls', etag);
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect(again.headers.get('etag')).toBe(etag);
    expect(again.headers.get('cache-control')).toBe('private, no-cache');
    expect(again.headers.get('content-type')).toBeNull();

    calls = ['first', 'second'];
    const changed = await ask('/calls', etag);
    expect(changed.status).toBe(200);
    expect(await changed.json()).toEqual({ calls });
    expect(changed.headers.get('etag')).not.toBe(etag);
  });

  it('has the same headers where they alone are asked for', async () => {
    const [got, asked] = [await ask('/calls'), await ask('/calls', undefined, 'HEAD')];
    expect([...asked.headers]).toEqual([...got.headers]);
    expect([asked.status, await asked.text(), asked.headers.get('etag')]).toEqual([200, '', expect.any(String)]);
    expect((await ask('/calls', got.headers.get('etag') ?? '', 'HEAD')).status).toBe(304);
    expect((await ask('/audio', undefined, 'HEAD')).headers.get('cache-control')).toBe('no-store');
  });

  it('has the ETag that its route gave it, by which it can be changed', async () => {
    const response = await ask('/disputes/1');
    expect(response.headers.get('etag')).toBe('"3"');
    expect(response.headers.get('vary')).toBe('accept, authorization, verbatim-identity');
    expect((await ask('/disputes/1', '"2", W/"3"')).status).toBe(304);
  });
});

test.each([
  ['what is handed out', '/audio', 'GET', 200],
  ['an error', '/gone', 'GET', 404],
  ['what was done', '/calls', 'POST', 201],
])('%s is kept by nobody, and always told', async (_, path, method, status) => {
  const response = await ask(path, '*', method);
  expect(response.status).toBe(status);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('etag')).toBeNull();
});

test.each([
  ['*', '"a"', true],
  ['"a"', '"a"', true],
  ['W/"a"', '"a"', true],
  ['"b" , "a"', 'W/"a"', true],
  ['"b"', '"a"', false],
  ['a', '"a"', false],
  ['', '"a"', false],
])('If-None-Match: %s names %s: %s', (header, etag, named) => {
  expect(namesEtag(header, etag)).toBe(named);
});
