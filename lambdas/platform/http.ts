import { createHash } from 'node:crypto';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import * as z from 'zod';
import { type ErrorKind, VerbatimError } from './errors.ts';
import { caching } from './http-cache.ts';
import type { Identity } from './identity.ts';
import type { ListPage } from './listing.ts';
import { logger } from './logger.ts';
import { documentOf } from './openapi.ts';
import type { RateCount } from './rate-limit.ts';
import type { Seal } from './seal.ts';

/** What every URL does at its edge, before and behind its own routes. See http-edge.ts. */
export interface HttpEdge {
  /** A page of a list, with a sealed cursor. */
  readonly listPage: ListPage;
  /** Seals cursors: what lists that are none of items by time go on with. */
  readonly seal: Seal;
  /** A body that is larger is refused. */
  readonly maxBodyBytes: number;
  /** Counts a request; undefined where it could not be counted. */
  readonly countRequest: (principal: string) => Promise<RateCount | undefined>;
  /** Who a token of the header `Verbatim-Identity` says that stands behind the principal. */
  readonly identityOf: (token: string) => Promise<Identity>;
}

declare module 'hono' {
  interface ContextVariableMap {
    /** The person of a verified token. */
    identity?: Identity;
  }
}

/** An error as RFC 9457 describes it. `detail` names the field and the fix; `type` is always `about:blank`. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    /** Which request it was: `urn:uuid:` and the id that the function's log has of it. */
    instance: z.string().optional(),
  })
  .openapi('Problem');

const statusOf: Record<ErrorKind, ContentfulStatusCode> = {
  'bad-request': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'not-acceptable': 406,
  conflict: 409,
  'precondition-failed': 412,
  'too-large': 413,
  'precondition-required': 428,
  'too-many-requests': 429,
  unavailable: 503,
};

const titleOf: Partial<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** The part of what Lambda tells of an invocation that its log has, too. */
const Invocation = z.object({ lambdaContext: z.object({ awsRequestId: z.string().min(1) }) });

/** The id of a request, as the log has it; none outside of Lambda. */
const requestIdOf = (c: Context): string | undefined => Invocation.safeParse(c.env).data?.lambdaContext.awsRequestId;

/** A response of type `application/problem+json`. */
function problem(c: Context, status: ContentfulStatusCode, detail?: string): Response {
  const requestId = requestIdOf(c);
  const body: z.infer<typeof Problem> = {
    ...{ type: 'about:blank', title: titleOf[status] ?? 'Error', status, detail },
    ...(requestId !== undefined && { instance: `urn:uuid:${requestId}` }),
  };
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json' } });
}

/** How a route declares JSON that it takes or answers, in the OpenAPI document. */
export const jsonContent = <S extends z.ZodType>(schema: S) => ({ content: { 'application/json': { schema } } });

/** How a route declares its errors in the OpenAPI document. */
export const problemResponse = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
});

/** Who asks for something that is noted with their name. */
export interface Who {
  /** The ARN of the IAM principal that signed the request; `unknown` where the request does not tell. */
  readonly by: string;
  /** Whoever stands behind it, as it was given. */
  readonly byName?: string | undefined;
  /** Whoever stands behind it, as a verified token names them. */
  readonly person?: string | undefined;
  /** The teams that the token names the person of. */
  readonly teams?: readonly string[] | undefined;
}

/** The part of a request to a Function URL that tells who signed it. */
const SignedRequest = z.object({
  event: z.object({
    requestContext: z.object({ authorizer: z.object({ iam: z.object({ userArn: z.string().min(1) }) }) }),
  }),
});

/** Who signed a request; the local stack does not tell. */
function principalOf(env: unknown): string {
  const signed = SignedRequest.safeParse(env);
  return signed.success ? signed.data.event.requestContext.authorizer.iam.userArn : 'unknown';
}

/** Who makes a request: the principal that signed it, and the person whom a verified token names. */
export function whoOf(c: Context): Who {
  const { person, teams = [] } = c.get('identity') ?? {};
  return {
    by: principalOf(c.env),
    ...(person !== undefined && { person }),
    ...(teams.length > 0 && { teams }),
  };
}

/** Why something is asked for that is noted with its reason. */
export const Reason = z
  .string('is missing: say why')
  .trim()
  .min(1, 'is empty: say why')
  .max(2000, 'is longer than 2000 characters');

/** The name of whoever stands behind the principal that signs a request. */
export const ByName = z.string().trim().min(1, 'is empty').max(200, 'is longer than 200 characters').optional();

/** The ETag of the version of a thing that counts its changes. */
export const etagOf = (version: number): string => `"${version}"`;

/**
 * The version that a request to change a thing is meant for, by its `If-Match`. Where the thing has another by then, it answers
 * with `precondition-failed`.
 *
 * @throws {VerbatimError} precondition-required, where it names none; bad-request, where it is none
 */
export function versionAsked(c: Context): number {
  const header = c.req.header('if-match');
  if (header === undefined)
    throw new VerbatimError(
      'precondition-required',
      'If-Match: is missing: pass the ETag that the thing was read with',
    );
  const [, version] = /^(?:W\/)?"(\d{1,9})"$/.exec(header.trim()) ?? [];
  if (version === undefined)
    throw new VerbatimError('bad-request', 'If-Match: is not an ETag as the thing is answered with, such as "3"');
  return Number(version);
}

const IdempotencyKey = z.string().regex(/^[\x21-\x7e]{8,200}$/);

/** A principal without the name of its session: whoever tries again may have another one. */
const withoutSession = (principal: string): string => principal.replace(/(:assumed-role\/[^/]+)\/.*$/, '$1');

/**
 * What makes requests one: the same for each request of one principal to one path with the same `Idempotency-Key`. Undefined where
 * there is none.
 *
 * @throws {VerbatimError} bad-request, where the key is none
 */
export function keyOfRequest(c: Context): string | undefined {
  const header = c.req.header('idempotency-key');
  if (header === undefined) return undefined;
  const key = IdempotencyKey.safeParse(header);
  if (!key.success)
    throw new VerbatimError('bad-request', 'Idempotency-Key: is not 8 to 200 printable characters without a space');
  const asked = JSON.stringify([withoutSession(principalOf(c.env)), c.req.method, c.req.path, key.data]);
  return createHash('sha256').update(asked).digest('hex').slice(0, 20);
}

/**
 * The id of what a request creates: that of {@link keyOfRequest}. What creates the thing answers the one that is there where it is
 * asked for again.
 *
 * @param randomId gives the id where there is no key
 * @throws {VerbatimError} bad-request, where the key is none
 */
export const idOfRequest = (c: Context, randomId: () => string): string => keyOfRequest(c) ?? randomId();

/** What an application is told of in its OpenAPI document, and what it does at its edge. */
export interface HttpAppOptions {
  /** Which URL it answers, such as `Calls`. */
  readonly title: string;
  /** What it is for, in a line. */
  readonly description: string;
  readonly edge: HttpEdge;
}

/**
 * The application behind a URL. It answers its OpenAPI document; refuses what is too large or too much; knows the person
 * behind a request; tells what may be kept of an answer, and answers what did not change since with 304; and makes a problem
 * document of every error, thrown or found by validation.
 */
export function createHttpApp({ title, description, edge }: HttpAppOptions): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result, c) => {
      if (result.success) return;
      const details = result.error.issues.map((issue) => `${issue.path.join('.') || result.target}: ${issue.message}`);
      return problem(c, 400, details.join('; '));
    },
  });
  app.notFound((c) => problem(c, 404, `there is no ${c.req.method} ${c.req.path}`));
  app.onError((error, c) => {
    const told = error instanceof VerbatimError ? error : undefined;
    if (told && told.kind !== 'unavailable') return problem(c, statusOf[told.kind], told.message);
    if (error instanceof HTTPException)
      return problem(c, error.status, error.status === 415 ? NOT_JSON : error.message);
    logger.error('request failed', { error, requestId: requestIdOf(c) });
    if (!told) return problem(c, 500);
    const response = problem(c, 503, told.message);
    response.headers.set('retry-after', String(RETRY_SECONDS));
    return response;
  });

  app.use(caching);
  // Before anything is counted or verified: it holds nothing of a customer.
  app.get('/openapi.json', (c) => c.json(documentOf(app, { title, description })));

  app.use(async (c, next) => {
    const count = await edge.countRequest(principalOf(c.env));
    if (count?.exceeded) {
      const detail = `more than ${count.limit} requests in a minute: try again in ${count.resetSeconds} s`;
      const response = problem(c, 429, detail);
      response.headers.set('retry-after', String(count.resetSeconds));
      return withRate(response, count);
    }
    await next();
    if (count) withRate(c.res, count);
  });
  app.use(
    bodyLimit({
      maxSize: edge.maxBodyBytes,
      onError: (c) => problem(c, 413, `the body is larger than ${edge.maxBodyBytes} bytes`),
    }),
  );
  app.use(async (c, next) => {
    const token = c.req.header('verbatim-identity');
    if (token !== undefined) c.set('identity', await edge.identityOf(token));
    await next();
  });
  return app;
}

/** What is said of a body of another type, or of none: the framework tells its status alone. */
const NOT_JSON = 'Content-Type: is not application/json: what every body must be';

/** So long is waited before what could not be answered is asked for again. */
const RETRY_SECONDS = 5;

/** A response that tells how much of the minute is left. Source: draft-ietf-httpapi-ratelimit-headers-07. */
function withRate(response: Response, { limit, remaining, resetSeconds }: RateCount): Response {
  response.headers.set('ratelimit-limit', String(limit));
  response.headers.set('ratelimit-remaining', String(remaining));
  response.headers.set('ratelimit-reset', String(resetSeconds));
  return response;
}
