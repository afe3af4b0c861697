import { join } from 'node:path';
import type {} from 'vitest';
import type { TestProject } from 'vitest/node';
import type { LocalOutputs } from '../../local/outputs.ts';
import { localDirectory, startLocalStack } from '../../local/stack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The stack that the end-to-end tests run against: `inject('outputs')`. */
    outputs: LocalOutputs;
  }
}

/** Starts one stack for all end-to-end tests, beside any that runs already, and stops it after them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const config = join(import.meta.dirname, 'verbatim.config.ts');
  const stack = await startLocalStack({ directory: join(localDirectory, 'test'), config, log: console.error });
  project.provide('outputs', stack.outputs);
  return stack.stop;
}
