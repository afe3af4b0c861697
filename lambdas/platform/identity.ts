import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import * as z from 'zod';
import { VerbatimError } from './errors.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** An address whose answers can be trusted: by TLS, or because they come from this machine. */
const TrustedUrl = z.url().refine((text) => {
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
}, 'does not begin with https:// (or, of this machine alone, http://localhost)');

/** Who vouches for the persons that stand behind the apps: an OpenID Connect provider. */
export const IdentityConfig = z.strictObject({
  /** The `iss` of its tokens, such as `https://login.example.com`. */
  issuer: TrustedUrl,
  /** The `aud` of tokens that are meant for Verbatim. */
  audience: z.string().trim().min(1, 'is empty'),
  /** Where its public keys are. @default as its discovery document says */
  jwksUri: TrustedUrl.optional(),
  /** The claim that names the person. @default email */
  personClaim: z.string().min(1, 'is empty').default('email'),
  /** The claim that lists the person's teams. @default none */
  teamsClaim: z.string().min(1, 'is empty').optional(),
});
export type IdentityConfig = z.infer<typeof IdentityConfig>;

/** A person, as a verified token names them, and the teams that they are of. */
export interface Identity {
  readonly person: string;
  readonly teams: readonly string[];
}

/** A person's name as it is noted for good: in one line, and not of any length. */
const Person = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u);

/** Providers tell whether an address is verified as a boolean, some as a text; where they do not tell, they vouch for all. */
const VERIFIED: readonly unknown[] = [undefined, true, 'true'];

/** Signatures by a key that only the provider has; none by a secret that an app has too. */
const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'];

const CLOCK_TOLERANCE_SECONDS = 60;

const Discovery = z.object({ issuer: z.string(), jwks_uri: TrustedUrl });

const unverified = (why: string, cause?: unknown) =>
  new VerbatimError('unauthenticated', `Verbatim-Identity: ${why}`, { cause });

const unreachable = (cause: unknown) =>
  new VerbatimError('unavailable', 'the keys by which identities are verified cannot be read now: try again', {
    cause,
  });

/**
 * What verifies the tokens of a provider.
 *
 * @throws {VerbatimError} unauthenticated, where a token is not valid; unavailable, where the provider's keys cannot be read
 */
export function identityVerifier(config: IdentityConfig): (token: string) => Promise<Identity> {
  const { issuer, audience, personClaim, teamsClaim } = config;
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined;
  const keysOf = async () => {
    keys ??= createRemoteJWKSet(new URL(config.jwksUri ?? (await discoveredKeys(issuer))));
    return keys;
  };
  return async (token) => {
    const expected = { issuer, audience, algorithms: ALGORITHMS, clockTolerance: CLOCK_TOLERANCE_SECONDS };
    const trusted = await keysOf();
    const { payload } = await jwtVerify(token, trusted, { ...expected, requiredClaims: ['exp'] }).catch(
      (error: unknown) => {
        throw refusalOf(error, config);
      },
    );
    const person = Person.safeParse(payload[personClaim]);
    if (!person.success)
      throw unverified(`the token has no claim "${personClaim}" that names a person in 1 to 200 printable characters`);
    if (personClaim === 'email' && !VERIFIED.includes(payload.email_verified))
      throw unverified('the e-mail address of the token is not verified');
    return { person: person.data, teams: teamsOf(payload, teamsClaim) };
  };
}

async function discoveredKeys(issuer: string): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(5000) });
    const found = Discovery.parse(await response.json());
    if (found.issuer !== issuer) throw new Error(`the discovery document is that of ${found.issuer}`);
    return found.jwks_uri;
  } catch (error) {
    throw unreachable(error);
  }
}

function teamsOf(payload: JWTPayload, claim: string | undefined): string[] {
  const teams = claim === undefined ? undefined : payload[claim];
  if (typeof teams === 'string') return [teams];
  return Array.isArray(teams) ? teams.filter((team) => typeof team === 'string') : [];
}

/** Why a token is refused, in words that help who sent it, and tell nothing of the token. */
function refusalOf(error: unknown, { issuer, audience }: IdentityConfig): VerbatimError {
  if (error instanceof errors.JWTExpired) return unverified('the token is expired: get a new one', error);
  if (error instanceof errors.JWTClaimValidationFailed) {
    const wanted: Record<string, string> = { aud: `"${audience}"`, iss: `"${issuer}"`, nbf: 'a time that is past' };
    const { claim } = error;
    return unverified(`the claim "${claim}" of the token is not ${wanted[claim] ?? 'as it must be'}`, error);
  }
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return unverified(`the token names (by "kid") no key that ${issuer} publishes`, error);
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return unverified('the signature of the token is not valid', error);
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported)
    return unverified(`the token is not signed by ${ALGORITHMS.join(', ')}`, error);
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid)
    return unverified('it is no token (a signed JSON Web Token)', error);
  // What is left is that the keys did not come: a time-out, a refused connection, an answer that is none.
  return unreachable(error);
}
