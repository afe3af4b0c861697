import { OpenAPIHono } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import * as z from 'zod';
import { type ErrorKind, VerbatimError } from './errors.ts';
import { logger } from './logger.ts';

/** An error as RFC 9457 describes it. `detail` names the field and the fix; `type` is always `about:blank`. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
});

const statusOf: Record<ErrorKind, ContentfulStatusCode> = {
  'bad-request': 400,
  'not-found': 404,
  'not-acceptable': 406,
  conflict: 409,
};

const titleOf: Partial<Record<number, string>> = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  500: 'Internal Server Error',
};

/** A response of type `application/problem+json`. */
export function problem(status: ContentfulStatusCode, detail?: string): Response {
  const body: z.infer<typeof Problem> = { type: 'about:blank', title: titleOf[status] ?? 'Error', status, detail };
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
}

/** The part of a request to a Function URL that tells who signed it. */
const SignedRequest = z.object({
  event: z.object({
    requestContext: z.object({ authorizer: z.object({ iam: z.object({ userArn: z.string().min(1) }) }) }),
  }),
});

/** Who signed a request; the local stack does not tell. */
export function principalOf(env: unknown): string {
  const signed = SignedRequest.safeParse(env);
  return signed.success ? signed.data.event.requestContext.authorizer.iam.userArn : 'unknown';
}

/** Why something is asked for that is noted with its reason. */
export const Reason = z
  .string('is missing: say why')
  .trim()
  .min(1, 'is empty: say why')
  .max(2000, 'is longer than 2000 characters');

/** The name of whoever stands behind the principal that signs a request. */
export const ByName = z.string().trim().min(1, 'is empty').max(200, 'is longer than 200 characters').optional();

/** An HTTP application in which every error, thrown or found by validation, becomes a problem document here. */
export function createHttpApp(): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result) => {
      if (result.success) return;
      const details = result.error.issues.map((issue) => `${issue.path.join('.') || result.target}: ${issue.message}`);
      return problem(400, details.join('; '));
    },
  });
  app.notFound((c) => problem(404, `there is no ${c.req.method} ${c.req.path}`));
  app.onError((error) => {
    if (error instanceof VerbatimError) return problem(statusOf[error.kind], error.message);
    if (error instanceof HTTPException) return problem(error.status, error.message);
    logger.error('request failed', { error });
    return problem(500);
  });
  return app;
}
