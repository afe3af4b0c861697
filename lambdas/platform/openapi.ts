import { type OpenAPIHono, z } from '@hono/zod-openapi';

/** A time as it is asked with; in UTC, with milliseconds, from then on: what sorts as text. */
export const UtcTime = z.iso
  .datetime({ offset: true, error: 'is not an ISO 8601 time with a zone, such as 2026-10-14T09:12:00Z' })
  .transform((time) => new Date(time).toISOString());

/** The header of a request that is carried out once, however often it is made. @see idOfRequest in http.ts */
export const KeyHeader = z.object({
  'Idempotency-Key': z.string().optional().openapi({
    description: 'The same key is the same request, however often it is made: 8 to 200 printable characters.',
  }),
});

/** The headers of a request to change a thing as it was seen. @see versionAsked in http.ts */
export const ChangeHeaders = KeyHeader.extend({
  'If-Match': z
    .string()
    .optional()
    .openapi({ description: 'The `ETag` of the thing as it was seen. It must be there.' }),
});

/**
 * A schema under its name in the OpenAPI document. It is made anew: what was made before `@hono/zod-openapi` was loaded, which is a
 * matter of the order of imports, cannot be named.
 */
export const named = <S extends z.ZodType>(name: string, schema: S): S => schema.clone().openapi(name);

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/**
 * The name of an operation: `listCalls`, `getCall`, `listHoldCalls`, `postHoldRelease`. What a parameter follows is one thing, and
 * what is got as a whole and named in the plural is listed.
 */
export function operationIdOf(method: string, path: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  const words = parts.flatMap((part, i) => {
    if (part.startsWith('{')) return [];
    return parts[i + 1]?.startsWith('{') ? [singular(part)] : [part];
  });
  const isList = method === 'get' && /s$/.test(parts.at(-1) ?? '');
  return camelCase([isList ? 'list' : method, ...words].join('-'));
}

const singular = (word: string): string => word.replace(/ies$/, 'y').replace(/s$/, '');

const camelCase = (words: string): string => words.replaceAll(/-+(\w)/g, (_, letter: string) => letter.toUpperCase());

const sorted = <T>(record: Record<string, T> | undefined): Record<string, T> =>
  Object.fromEntries(Object.entries(record ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Of which version of the interface a document is. */
const VERSION = '1.0.0';

const SIGNATURE = {
  type: 'apiKey',
  in: 'header',
  name: 'Authorization',
  description:
    'A signature of AWS Signature Version 4, for the service `lambda`, by a principal that may invoke the function.',
} as const;

const IDENTITY = {
  type: 'apiKey',
  in: 'header',
  name: 'Verbatim-Identity',
  description:
    'An OIDC token of the person for whom an app asks, where it forwards one: it is verified, and noted in custody.',
} as const;

const problemOf = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** What any operation may answer, by its status; 413 and 415 those alone that take a body. */
const COMMON_RESPONSES = {
  401: ['Unauthenticated', problemOf('The token of `Verbatim-Identity` does not verify; `detail` tells why.')],
  413: ['TooLarge', problemOf('The body is larger than this deployment takes.')],
  415: ['UnsupportedMediaType', problemOf('The body is not said to be `application/json`.')],
  429: ['TooManyRequests', problemOf('The principal made too many requests in this minute: see `Retry-After`.')],
  500: ['InternalError', problemOf('Something failed inside. `instance` names the request, as the log has it.')],
  503: ['Unavailable', problemOf('What is needed to answer, such as keys, cannot be had now: see `Retry-After`.')],
} as const;

const commonResponses = Object.fromEntries(Object.values(COMMON_RESPONSES));

const OF_BODIES = ['413', '415'];

/** References to what an operation may answer besides its own responses. */
const commonOf = (takesBody: boolean) =>
  Object.fromEntries(
    Object.entries(COMMON_RESPONSES)
      .filter(([status]) => takesBody || !OF_BODIES.includes(status))
      .map(([status, [name]]) => [status, { $ref: `#/components/responses/${name}` }]),
  );

/** The names of the schemas that a part of a document refers to, and of those that they refer to. */
function namesIn(part: unknown, schemas: Readonly<Record<string, unknown>>, found = new Set<string>()): Set<string> {
  for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
    if (found.has(name)) continue;
    found.add(name);
    namesIn(schemas[name], schemas, found);
  }
  return found;
}

/** A part of a document, of what is answered: what has a default is always there, and need not be where it is taken. */
function answered<T>(part: T): T;
function answered(part: unknown): unknown {
  if (Array.isArray(part)) return part.map((one) => answered(one));
  if (typeof part !== 'object' || part === null) return part;
  const copy: Record<string, unknown> = Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, answered(value)]),
  );
  const always = Object.entries(copy.properties ?? {}).flatMap(([name, schema]) => ('default' in schema ? [name] : []));
  const required = Array.isArray(copy.required) ? copy.required : [];
  return always.length === 0 ? copy : { ...copy, required: [...new Set([...required, ...always])] };
}

/** The document of an application, in an order that does not depend on that of its routes, with a name for each operation. */
export function documentOf(app: OpenAPIHono, info: { readonly title: string; readonly description: string }) {
  const { paths, components, ...document } = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { ...info, version: VERSION },
    security: [{ signature: [] }, { signature: [], identity: [] }],
  });
  for (const [path, operations] of Object.entries(paths ?? {})) {
    for (const method of METHODS) {
      const operation = operations[method];
      if (!operation) continue;
      operation.operationId ??= operationIdOf(method, path);
      operation.responses = { ...commonOf(operation.requestBody !== undefined), ...answered(operation.responses) };
    }
  }
  const schemas = components?.schemas ?? {};
  const taken = namesIn(
    Object.values(paths ?? {}).flatMap((operations) =>
      METHODS.map((method) => operations[method]?.requestBody ?? null),
    ),
    schemas,
  );
  const told = Object.entries(schemas).map(([name, schema]) => [name, taken.has(name) ? schema : answered(schema)]);
  return {
    ...document,
    paths: sorted(paths),
    components: {
      schemas: sorted(Object.fromEntries(told)),
      responses: commonResponses,
      securitySchemes: { signature: SIGNATURE, identity: IDENTITY },
    },
  };
}
