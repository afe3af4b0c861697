import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { IdentityConfig, identityVerifier } from '../../../lambdas/platform/identity.ts';

const AUDIENCE = 'verbatim';

/** A provider of this test's own: it publishes the keys of `keys` by their ids. */
let server: Server;
let issuer: string;
let down = false;
let fetches = 0;
const keys = new Map<string, { alg: string; publicKey: CryptoKey; privateKey: CryptoKey }>();

beforeAll(async () => {
  for (const alg of ['RS256', 'ES256', 'EdDSA', 'ES384'])
    keys.set(alg, { alg, ...(await generateKeyPair(alg, { extractable: true })) });
  const published = await Promise.all(
    [...keys].map(async ([kid, { alg, publicKey }]) => ({ ...(await exportJWK(publicKey)), kid, alg })),
  );
  server = createServer((request, response) => {
    fetches += 1;
    if (down) return response.writeHead(503).end();
    const answers: Record<string, unknown> = {
      '/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}/keys` },
      '/keys': { keys: published },
    };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answers[request.url ?? ''] ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
afterEach(() => {
  down = false;
});

const configOf = (others: Partial<IdentityConfig> = {}) =>
  IdentityConfig.parse({ issuer, audience: AUDIENCE, ...others });

interface Given {
  readonly claims?: JWTPayload;
  readonly alg?: string;
  readonly kid?: string;
  readonly key?: CryptoKey;
}

/** A token of the provider for Ada, which is valid but for what is given. */
async function tokenOf({ claims = {}, alg = 'ES256', kid = alg, key }: Given = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const payload = { iss: issuer, aud: AUDIENCE, exp: now + 300, email: 'ada@example.com', ...claims };
  const signer = key ?? keys.get(alg)?.privateKey;
  if (!signer) throw new Error(`there is no key for ${alg}`);
  return new SignJWT(payload).setProtectedHeader({ alg, kid }).sign(signer);
}

test.each(['RS256', 'ES256', 'EdDSA'])('a token that is signed by %s names its person', async (alg) => {
  expect(await identityVerifier(configOf())(await tokenOf({ alg }))).toEqual({ person: 'ada@example.com', teams: [] });
});

test('the claims that name the person and the teams are those of the config', async () => {
  const verify = identityVerifier(configOf({ personClaim: 'sub', teamsClaim: 'groups' }));
  const claims = { sub: 'u-17', groups: ['billing', 7, 'cards'] };
  expect(await verify(await tokenOf({ claims }))).toEqual({ person: 'u-17', teams: ['billing', 'cards'] });
});

test.each([undefined, true, 'true'])(
  'an address of which the provider tells verified: %j names its person',
  async (told) => {
    const token = await tokenOf({ claims: { email_verified: told } });
    expect(await identityVerifier(configOf())(token)).toMatchObject({ person: 'ada@example.com' });
  },
);

test.each([false, 'false', 0, 1, null, 'yes', {}])(
  'an address of which it tells verified: %j names nobody',
  async (told) => {
    const token = await tokenOf({ claims: { email_verified: told } });
    await expect(identityVerifier(configOf())(token)).rejects.toMatchObject({
      kind: 'unauthenticated',
      message: expect.stringContaining('is not verified'),
    });
  },
);

test('whether an address is verified does not matter where another claim names the person', async () => {
  const token = await tokenOf({ claims: { sub: 'u-17', email_verified: false } });
  expect(await identityVerifier(configOf({ personClaim: 'sub' }))(token)).toMatchObject({ person: 'u-17' });
});

test.each([
  [' Ada Lovelace\n', 'Ada Lovelace'],
  ['A'.repeat(200), 'A'.repeat(200)],
  ['A'.repeat(201), undefined],
  ['Ada\nby: somebody else', undefined],
  ['Ada\u2028Eve', undefined],
  ['Ada\u0000', undefined],
  ['   ', undefined],
  [7, undefined],
  [['Ada'], undefined],
])('the claim %j names %j', async (email, person) => {
  const named = await identityVerifier(configOf())(await tokenOf({ claims: { email } })).catch(() => undefined);
  expect(named?.person).toBe(person);
});

test('the keys are found where the config says, or the discovery document, and are kept', async () => {
  const verify = identityVerifier(configOf({ jwksUri: `${issuer}/keys` }));
  const before = fetches;
  await verify(await tokenOf());
  await verify(await tokenOf({ alg: 'RS256' }));
  expect(fetches - before).toBe(1);
});

const secondsAgo = (seconds: number) => Math.floor(Date.now() / 1000) - seconds;

test.each<[string, Given, string]>([
  ['is expired', { claims: { exp: secondsAgo(120) } }, 'the token is expired: get a new one'],
  ['has no end', { claims: { exp: undefined } }, 'the claim "exp" of the token is not as it must be'],
  [
    'is not valid yet',
    { claims: { nbf: secondsAgo(-120) } },
    'the claim "nbf" of the token is not a time that is past',
  ],
  ['is meant for another', { claims: { aud: 'payroll' } }, 'the claim "aud" of the token is not "verbatim"'],
  ['is another issuer’s', { claims: { iss: 'https://evil.example' } }, 'the claim "iss" of the token is not "http:'],
  ['names a key that is not published', { kid: 'gone' }, 'the token names (by "kid") no key that http:'],
  ['is signed otherwise than is allowed', { alg: 'ES384' }, 'the token is not signed by RS256, ES256, EdDSA'],
  ['names nobody', { claims: { email: undefined } }, 'the token has no claim "email" that names a person'],
  [
    'names an address that is not verified',
    { claims: { email_verified: false } },
    'address of the token is not verified',
  ],
])('a token that %s is refused', async (_, given, why) => {
  const refused = identityVerifier(configOf())(await tokenOf(given));
  await expect(refused).rejects.toMatchObject({ kind: 'unauthenticated', message: expect.stringContaining(why) });
});

test('clocks that differ by less than a minute do no harm', async () => {
  const token = await tokenOf({ claims: { exp: secondsAgo(20), nbf: secondsAgo(-20) } });
  expect(await identityVerifier(configOf())(token)).toMatchObject({ person: 'ada@example.com' });
});

test('a token without a signature, or by a secret, is refused', async () => {
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const claims = { iss: issuer, aud: AUDIENCE, exp: secondsAgo(-300), email: 'eve@example.com' };
  const unsigned = `${encode({ alg: 'none' })}.${encode(claims)}.`;
  const secret = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', kid: 'ES256' })
    .sign(new TextEncoder().encode('a secret that an app may have, too'));
  const verify = identityVerifier(configOf());
  await expect(verify(unsigned)).rejects.toMatchObject({ kind: 'unauthenticated' });
  await expect(verify(secret)).rejects.toMatchObject({ kind: 'unauthenticated' });
});

test('a token of which any character was altered is refused, and nothing of it is told', async () => {
  const verify = identityVerifier(configOf());
  const token = await tokenOf();
  await fc.assert(
    fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom('A', 'z', '0', '_', '.'), async (at, letter) => {
      fc.pre(token[at] !== letter);
      const altered = `${token.slice(0, at)}${letter}${token.slice(at + 1)}`;
      // The last character of a part has bits that mean nothing: what it says may be the same.
      const meaning = (text: string) => text.split('.').map((part) => Buffer.from(part, 'base64url').toString('hex'));
      fc.pre(meaning(altered).join() !== meaning(token).join());
      const refusal = await verify(altered).catch((error: Error) => error);
      expect(refusal).toMatchObject({ kind: 'unauthenticated' });
      expect(String(refusal)).not.toContain(token.split('.')[1]);
    }),
    { numRuns: 60 },
  );
});

test.each(['', 'x', 'a.b.c', 'Bearer token', '{}'])('%j is no token', async (text) => {
  await expect(identityVerifier(configOf())(text)).rejects.toMatchObject({ kind: 'unauthenticated' });
});

test('where the keys cannot be read, the service is unavailable, and is again when they can', async () => {
  for (const verify of [identityVerifier(configOf()), identityVerifier(configOf({ jwksUri: `${issuer}/keys` }))]) {
    down = true;
    await expect(verify(await tokenOf())).rejects.toMatchObject({ kind: 'unavailable' });
    down = false;
    expect(await verify(await tokenOf())).toMatchObject({ person: 'ada@example.com' });
  }
});

test('a discovery document of another issuer is not trusted', async () => {
  const verify = identityVerifier(configOf({ issuer: issuer.replace('127.0.0.1', 'localhost') }));
  await expect(verify(await tokenOf())).rejects.toMatchObject({ kind: 'unavailable' });
});

test.each([
  ['http://login.example.com', false],
  ['ftp://localhost', false],
  ['https://login.example.com', true],
  ['http://localhost:8080', true],
  ['http://127.0.0.1:8080', true],
])('an issuer %s is taken: %s', (text, taken) => {
  expect(IdentityConfig.safeParse({ issuer: text, audience: AUDIENCE }).success).toBe(taken);
});
