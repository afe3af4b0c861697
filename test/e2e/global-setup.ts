import { join } from 'node:path';
import type {} from 'vitest';
import type { TestProject } from 'vitest/node';
import { type IdentityProvider, readIdentityProvider } from '../../local/identity-provider.ts';
import type { LocalOutputs } from '../../local/outputs.ts';
import { localDirectory, startLocalStack } from '../../local/stack.ts';

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
  const config = join(import.meta.dirname, 'verbatim.config.ts');
  const { outputs, directory, stop } = await startLocalStack({
    ...{ directory: join(localDirectory, 'test'), config, log: console.error },
  });
  try {
    project.provide('outputs', outputs);
    project.provide('identityProvider', await readIdentityProvider(directory));
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
