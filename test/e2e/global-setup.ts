import { join } from 'node:path';
import type {} from 'vitest';
import type { TestProject } from 'vitest/node';
import type { LocalOutputs } from '../../local/outputs.ts';
import { localDirectory, startLocalStack } from '../../local/stack.ts';
import { type IdentityProvider, ISSUER_VARIABLE, startIdentityProvider } from './identity-provider.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The stack that the end-to-end tests run against: `inject('outputs')`. */
    outputs: LocalOutputs;
    /** Who vouches for persons to that stack. */
    identityProvider: IdentityProvider;
  }
}

/** Starts one stack for all end-to-end tests, beside any that runs already, and stops it after them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { issuer, privateKey, stop } = await startIdentityProvider();
  process.env[ISSUER_VARIABLE] = issuer;
  try {
    const config = join(import.meta.dirname, 'verbatim.config.ts');
    const stack = await startLocalStack({ directory: join(localDirectory, 'test'), config, log: console.error });
    project.provide('outputs', stack.outputs);
    project.provide('identityProvider', { issuer, privateKey });
    return async () => {
      await stack.stop();
      await stop();
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
