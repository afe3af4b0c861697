import { GenerateMacCommand } from '@aws-sdk/client-kms';
import * as z from 'zod';
import { clients } from './clients.ts';
import { type Clock, systemClock } from './clock.ts';
import { json } from './environment.ts';
import { VerbatimError } from './errors.ts';
import type { HttpEdge } from './http.ts';
import { HttpConfig } from './http-config.ts';
import { IdentityConfig, identityVerifier } from './identity.ts';
import { pagedLists } from './listing.ts';
import { logger } from './logger.ts';
import { rateLimiter } from './rate-limit.ts';
import { sealBy } from './seal.ts';

/** The environment variables of a function behind a URL. They are set by lib/platform/signed-url.ts. */
export const edgeEnvironment = {
  /** The KMS key by which cursors are sealed. */
  CURSOR_KEY_ARN: z.string().min(1),
  /** The table in which requests are counted. */
  RATE_TABLE_NAME: z.string().min(1),
  /** Which URL it is: requests to others count apart. */
  URL_NAME: z.string().min(1),
  HTTP_CONFIG: json(HttpConfig.extend({ identity: IdentityConfig.optional() })),
};

/** The MAC of this text is what cursors are sealed with: it is the same in every function, and KMS alone can make it. */
const CURSOR_SEAL = 'cursors of Verbatim, 1';

/** So long is waited for that MAC, all attempts of the SDK together. */
const KEY_PATIENCE_MS = 5000;

/** The edge of a URL, by the environment of its function. */
export function httpEdge(
  environment: z.infer<z.ZodObject<typeof edgeEnvironment>>,
  clock: Clock = systemClock,
): HttpEdge {
  const { CURSOR_KEY_ARN, RATE_TABLE_NAME, URL_NAME, HTTP_CONFIG } = environment;
  const { requestsPerMinute, maxBodyBytes, identity } = HTTP_CONFIG;
  const seal = sealBy(async () => {
    const asked = { KeyId: CURSOR_KEY_ARN, MacAlgorithm: 'HMAC_SHA_256', Message: Buffer.from(CURSOR_SEAL) } as const;
    try {
      const abortSignal = AbortSignal.timeout(KEY_PATIENCE_MS);
      const { Mac } = await clients.kms().send(new GenerateMacCommand(asked), { abortSignal });
      if (!Mac) throw new Error('KMS answered without a MAC');
      return Mac;
    } catch (cause) {
      throw new VerbatimError('unavailable', 'the key of cursors cannot be had now: try again', { cause });
    }
  });
  const count = rateLimiter(clients.dynamodb(), { tableName: RATE_TABLE_NAME, url: URL_NAME, requestsPerMinute });
  return {
    seal,
    listPage: pagedLists(seal, clock),
    maxBodyBytes,
    // Where nothing can be counted, nothing is refused: a limit must not be what takes a URL down.
    countRequest: (principal) =>
      count(principal, clock()).catch((error: Error) => {
        logger.error('a request was not counted', { error });
        return undefined;
      }),
    identityOf: identity
      ? identityVerifier(identity)
      : async () => {
          const message = 'Verbatim-Identity: nobody is configured who vouches for it: leave it out, or set "identity"';
          throw new VerbatimError('bad-request', message);
        },
  };
}
