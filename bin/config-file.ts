import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { VerbatimConfig } from '../lib/config.ts';

/** The config that is read where no file is named. */
export const CONFIG_FILE = 'verbatim.config.ts';

/**
 * Loads a config, as `verbatim.config.ts` is one.
 *
 * @throws Error where it cannot be read, is none, or cannot be deployed
 */
export async function readConfig(file: string): Promise<VerbatimConfig> {
  const path = resolve(file);
  await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`${file} cannot be read (${error.code}): name the config with --config`);
  });
  const { default: config } = (await import(pathToFileURL(path).href)) as { default?: VerbatimConfig };
  if (config?.retention === undefined) throw new Error(`${file} is no config: it must export default defineConfig(…)`);
  return config;
}
