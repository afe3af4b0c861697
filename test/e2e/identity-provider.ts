import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';

/** The `aud` of the tokens of these tests. */
export const AUDIENCE = 'verbatim-e2e';

/** Names the provider to `verbatim.config.ts`, which is read by the process that deploys it. */
export const ISSUER_VARIABLE = 'VERBATIM_E2E_ISSUER';

const KEY = { kid: 'e2e', alg: 'ES256' };

/** A provider of identities, and the private key by which its tokens are signed. */
export interface IdentityProvider {
  readonly issuer: string;
  readonly privateKey: JWK;
}

/** Starts an OpenID Connect provider on this machine: it publishes its keys, and asks nobody for a password. */
export async function startIdentityProvider(): Promise<IdentityProvider & { readonly stop: () => Promise<void> }> {
  const pair = await generateKeyPair(KEY.alg, { extractable: true });
  const published = { keys: [{ ...(await exportJWK(pair.publicKey)), ...KEY }] };
  const server = createServer((request, response) => {
    const answers: Record<string, unknown> = {
      '/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}/keys` },
      '/keys': published,
    };
    const answer = answers[request.url ?? ''];
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { issuer, privateKey: await exportJWK(pair.privateKey), stop };
}

/** A token of a provider, valid for five minutes but for what `claims` say. */
export async function tokenOf({ issuer, privateKey }: IdentityProvider, claims: JWTPayload): Promise<string> {
  const exp = Math.floor(Date.now() / 1000) + 300;
  return new SignJWT({ iss: issuer, aud: AUDIENCE, exp, ...claims })
    .setProtectedHeader(KEY)
    .sign(await importJWK(privateKey, KEY.alg));
}
