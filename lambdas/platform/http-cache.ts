import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';

/** What a 304 tells of what did not change. Source: RFC 9110, section 15.4.5. */
const KEPT_HEADERS = ['cache-control', 'content-location', 'date', 'etag', 'expires', 'vary'];

/** On what an answer depends besides its path: no cache may give one person what another was answered. */
const VARY = ['authorization', 'verbatim-identity'];

const isJson = (response: Response): boolean =>
  response.headers.get('content-type')?.split(';')[0]?.trim() === 'application/json';

/** Whether an `If-None-Match` names an ETag. It is compared weakly: RFC 9110, section 13.1.2. */
export function namesEtag(ifNoneMatch: string, etag: string): boolean {
  const opaque = (one: string) => one.trim().replace(/^W\//, '');
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((one) => opaque(one) === opaque(etag));
}

/**
 * What may be kept of an answer: nothing at all, but of what is read (GET or HEAD, 200), which its asker may keep and must ask for again each
 * time. Of JSON that has no ETag, the ETag is the hash of the body; what is asked for by the ETag that it still has is
 * answered with 304. A route that hands something out, which is noted each time, sets `cache-control: no-store` itself.
 */
export const caching: MiddlewareHandler = async (c, next) => {
  await next();
  const isRead = ['GET', 'HEAD'].includes(c.req.method) && c.res.status === 200;
  if (!c.res.headers.has('cache-control')) c.header('cache-control', isRead ? 'private, no-cache' : 'no-store');
  c.header(
    'vary',
    [...new Set([...(c.res.headers.get('vary')?.toLowerCase().split(/, */) ?? []), ...VARY])].join(', '),
  );
  if (!isRead || c.res.headers.get('cache-control')?.includes('no-store')) return;

  if (!c.res.headers.has('etag') && isJson(c.res)) {
    const body = new Uint8Array(await c.res.clone().arrayBuffer());
    c.header('etag', `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`);
  }
  const etag = c.res.headers.get('etag');
  const asked = c.req.header('if-none-match');
  if (etag === null || asked === undefined || !namesEtag(asked, etag)) return;
  const headers = [...c.res.headers].filter(([name]) => KEPT_HEADERS.includes(name) || name.startsWith('ratelimit-'));
  // Else the headers of the answer that it takes the place of would be those of this one, too.
  c.res = undefined;
  c.res = new Response(null, { status: 304, headers });
};
