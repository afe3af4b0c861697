import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';
import * as z from 'zod';
import { LOCAL_AUDIENCE, LOCAL_TEAMS_CLAIM } from '../lib/local-identity.ts';

const ALGORITHM = 'ES256';

/** A provider of identities, and the private key by which its tokens are signed. */
export const IdentityProvider = z.object({
  /** The `iss` of its tokens: where its discovery document is. */
  issuer: z.url(),
  /** The `aud` of its tokens. */
  audience: z.string(),
  privateKey: z.custom<JWK & { readonly kid: string }>(
    (key) => typeof key === 'object' && key !== null && 'kid' in key && 'd' in key,
    'is no private key with an id',
  ),
});
export type IdentityProvider = z.infer<typeof IdentityProvider>;

/** Where the private key of the stack in `directory` is, which none but the user of this machine may read. */
export const identityFile = (directory: string): string => join(directory, 'identity.json');

/**
 * Starts an OpenID Connect provider on this machine, for the stack in `directory`: it publishes its public key, and asks nobody for a
 * password. Its private key, another one with each start, is in {@link identityFile} as long as it runs.
 */
export async function startIdentityProvider(
  directory: string,
): Promise<IdentityProvider & { readonly stop: () => Promise<void> }> {
  const pair = await generateKeyPair(ALGORITHM, { extractable: true });
  const key = { kid: crypto.randomUUID(), alg: ALGORITHM };
  const published = { keys: [{ ...(await exportJWK(pair.publicKey)), ...key }] };
  const server = createServer((request, response) => {
    const answers: Record<string, unknown> = {
      '/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}/keys` },
      '/keys': published,
    };
    const answer = answers[request.url ?? ''];
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const privateKey = { ...(await exportJWK(pair.privateKey)), ...key };
  const provider = { issuer, audience: LOCAL_AUDIENCE, privateKey };
  const file = identityFile(directory);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(provider)}\n`, { mode: 0o600 });
  // A file that was there before keeps its mode.
  await chmod(file, 0o600);
  const stop = async () => {
    await rm(file, { force: true });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { ...provider, stop };
}

/**
 * The provider of the stack that runs in `directory`.
 *
 * @throws Error where none runs there
 */
export async function readIdentityProvider(directory: string): Promise<IdentityProvider> {
  const file = identityFile(directory);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(`there is no ${file}: tokens are those of a local stack, start it with npm start`, { cause });
  });
  return IdentityProvider.parse(JSON.parse(text));
}

/** A token of a provider, valid for five minutes but for what `claims` say. */
export async function tokenOf({ issuer, audience, privateKey }: IdentityProvider, claims: JWTPayload): Promise<string> {
  const exp = Math.floor(Date.now() / 1000) + 300;
  return new SignJWT({ iss: issuer, aud: audience, exp, ...claims })
    .setProtectedHeader({ alg: ALGORITHM, kid: privateKey.kid })
    .sign(await importJWK(privateKey, ALGORITHM));
}

/** The claims of a person of some teams, as the config of the local stack reads them. */
export const claimsOf = (person: string, teams: readonly string[]): JWTPayload => ({
  email: person,
  email_verified: true,
  [LOCAL_TEAMS_CLAIM]: [...teams],
});
