import { AwsV4Signer } from 'aws4fetch';
import { errorOf } from './verbatim-client-error.ts';

/** AWS credentials, in the shape of the AWS SDK's. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  /** When they end. */
  readonly expiration?: Date | undefined;
}

/** Gives credentials, such as those of the AWS SDK: `fromNodeProviderChain()`, `fromTemporaryCredentials(…)`. */
export type CredentialProvider = () => Promise<Credentials>;

/** How requests are signed and made. */
export interface SigningOptions {
  /** The Function URL: errors name the path below it. */
  readonly url: string;
  readonly credentials: Credentials | CredentialProvider;
  readonly region: string;
  readonly identityToken?: string | (() => string | Promise<string>) | undefined;
  /** How often a request is made before it is given up. @default 5 */
  readonly maxAttempts?: number | undefined;
}

const MAX_ATTEMPTS = 5;
const ATTEMPT_TIMEOUT_MS = 30_000;
const BACKOFF_MS = { first: 200, most: 5_000 };
/** A longer `Retry-After` is not waited for: whoever asked decides. */
const MOST_RETRY_AFTER_MS = 30_000;
/** Credentials are fetched anew so long before they end, as the AWS SDK does it. */
const RENEW_BEFORE_MS = 5 * 60_000;

/** Answers of a service that is not able to answer now, as the AWS SDK has them. */
const TRANSIENT = [500, 502, 503, 504];
/** Not carried out: the function, or Verbatim's own limit, has turned the request away. */
const THROTTLED = 429;

/**
 * A `fetch` that signs with SigV4 for Lambda Function URLs. What may be made again is made again, signed anew and after a
 * pause, where it was throttled, where there is no answer or where the service cannot answer now: everything but a POST
 * without an `Idempotency-Key`, which is only made again where it was throttled.
 *
 * @throws {VerbatimClientError} where the answer is not a success
 */
export function signedFetch(options: SigningOptions): (request: Request) => Promise<Response> {
  const { region, identityToken, maxAttempts = MAX_ATTEMPTS } = options;
  const credentials = currentCredentials(options.credentials);

  async function signed(request: Request, body: string): Promise<Request> {
    const headers = new Headers(request.headers);
    const token = typeof identityToken === 'function' ? await identityToken() : identityToken;
    if (token !== undefined) headers.set('verbatim-identity', token);
    const { method, url } = request;
    const { accessKeyId, secretAccessKey, sessionToken } = await credentials();
    const signer = new AwsV4Signer({
      ...{ method, url, headers, ...(body !== '' && { body }) },
      ...{ accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
      ...{ service: 'lambda', region },
    });
    const { url: signedUrl, ...init } = await signer.sign();
    // A redirect would take the signature and the identity token to another host.
    return new Request(signedUrl, { ...init, redirect: 'error' });
  }

  const base = new URL(options.url).pathname.replace(/\/$/, '');
  const askedOf = ({ method, url }: Request): string => `${method} ${new URL(url).pathname.slice(base.length)}`;

  return async (request) => {
    const body = await request.text();
    const mayRepeat = request.method !== 'POST' || request.headers.has('idempotency-key');
    for (let attempt = 1; ; attempt += 1) {
      const answer = await answered(await signed(request, body));
      if ('response' in answer && answer.response.ok) return answer.response;
      const waitMs = attempt < maxAttempts ? pauseMs(answer, attempt, mayRepeat) : undefined;
      if (waitMs === undefined) throw await failureOf(askedOf(request), answer);
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  };
}

/** What became of an attempt: an answer that was read to its end, or none. */
type Answer = { readonly response: Response } | { readonly cause: unknown };

async function answered(request: Request): Promise<Answer> {
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(ATTEMPT_TIMEOUT_MS) });
    const { status, statusText, headers } = response;
    const bytes = await response.arrayBuffer();
    return { response: new Response(bytes.byteLength === 0 ? null : bytes, { status, statusText, headers }) };
  } catch (cause) {
    return { cause };
  }
}

/** How long to wait before the next attempt; nothing where there is to be none. */
function pauseMs(answer: Answer, attempt: number, mayRepeat: boolean): number | undefined {
  const backoffMs = Math.random() * Math.min(BACKOFF_MS.most, BACKOFF_MS.first * 2 ** attempt);
  if (!('response' in answer)) return mayRepeat ? backoffMs : undefined;
  const { status, headers } = answer.response;
  if (status !== THROTTLED && !(mayRepeat && TRANSIENT.includes(status))) return undefined;
  const askedMs = retryAfterMs(headers.get('retry-after')) ?? backoffMs;
  return askedMs <= MOST_RETRY_AFTER_MS ? askedMs : undefined;
}

/** A `Retry-After` in milliseconds: it is in seconds, or a date. */
function retryAfterMs(value: string | null): number | undefined {
  if (value === null || value.trim() === '') return undefined;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

async function failureOf(asked: string, answer: Answer): Promise<Error> {
  if ('response' in answer) return errorOf(asked, answer.response.status, await answer.response.text());
  const why = answer.cause instanceof Error ? `: ${answer.cause.message}` : '';
  return new Error(`${asked}: there is no answer${why}`, { cause: answer.cause });
}

/**
 * Credentials as they hold now. Those of a provider are kept until they are about to end; where it does not tell when, it is
 * asked each time.
 */
function currentCredentials(given: Credentials | CredentialProvider): () => Promise<Credentials> {
  if (typeof given !== 'function') return async () => given;
  let kept: Credentials | undefined;
  let asked: Promise<Credentials> | undefined;
  const ask = async (): Promise<Credentials> => {
    try {
      kept = await given();
      return kept;
    } finally {
      asked = undefined;
    }
  };
  return async () => {
    if (kept?.expiration && kept.expiration.getTime() - Date.now() > RENEW_BEFORE_MS) return kept;
    asked ??= ask();
    return asked;
  };
}
