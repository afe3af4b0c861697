import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { identityVerifier } from '../../lambdas/platform/identity.ts';
import { IdentityConfig } from '../../lambdas/platform/platform.ts';
import { localIdentity } from '../../lib/local-identity.ts';
import {
  claimsOf,
  identityFile,
  readIdentityProvider,
  startIdentityProvider,
  tokenOf,
} from '../../local/identity-provider.ts';

test('a token of the local provider is that of its person, to whoever reads the config; nobody else reads the key', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'identity-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const { issuer, stop } = await startIdentityProvider(directory);
  onTestFinished(stop);
  expect((await stat(identityFile(directory))).mode & 0o777).toBe(0o600);
  const verify = identityVerifier(IdentityConfig.parse(localIdentity(issuer)));
  const token = await tokenOf(await readIdentityProvider(directory), claimsOf('sue@example.com', ['billing', 'sales']));
  expect(await verify(token)).toEqual({ person: 'sue@example.com', teams: ['billing', 'sales'] });
  await stop();
  await expect(readIdentityProvider(directory)).rejects.toThrow('start it with npm start');
});

test('a token of a stack that ran before is refused by the one that runs now', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'identity-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const before = await startIdentityProvider(directory);
  await before.stop();
  const { issuer, stop } = await startIdentityProvider(directory);
  onTestFinished(stop);
  const verify = identityVerifier(IdentityConfig.parse(localIdentity(issuer)));
  const token = await tokenOf({ ...before, issuer }, claimsOf('sue@example.com', []));
  await expect(verify(token)).rejects.toThrow('names (by "kid") no key');
});
