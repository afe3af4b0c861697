import { existsSync } from 'node:fs';
import * as z from 'zod';
import { identifySource, prefixOf, SourceConfig } from '../../lambdas/recordings/recordings.ts';
import { CONFIG_FILE, readConfig } from '../config-file.ts';

/** Under which keys files are uploaded, and for whom. */
export interface ImportTarget {
  readonly source: SourceConfig;
  /** What comes before a file's path in its key, ending in `/`. */
  readonly prefix: string;
  /** Every source that is known, to tell whose a key is. */
  readonly sources: readonly SourceConfig[];
}

/** The longest key that S3 takes, in bytes. */
const MAX_KEY_BYTES = 1024;

/**
 * Finds the source to import for: in the config of the working directory, or, where there is none, by its name alone.
 *
 * @throws Error where the config has no such source, or the prefix is not below the source's
 */
export async function findTarget(
  name: string,
  prefix: string | undefined,
  configFile = CONFIG_FILE,
): Promise<ImportTarget> {
  const sources = existsSync(configFile) ? (await readConfig(configFile)).sources : [namedSource(name, prefix)];
  const source = sources.find((one) => one.name === name);
  if (source === undefined) {
    const names = sources.map((one) => one.name).join(', ');
    throw new Error(`${configFile} has no source "${name}": its sources are ${names}`);
  }
  const target: ImportTarget = {
    source,
    prefix: prefix ?? prefixOf(source),
    sources,
  };
  const strange = target.prefix.endsWith('/') ? whyNotKey(`${target.prefix}…`, target) : 'it does not end in "/"';
  if (strange) throw new Error(`the prefix "${target.prefix}" cannot be used: ${strange}`);
  return target;
}

/** Why a recording of the target cannot have this key, or undefined where it can. */
export function whyNotKey(key: string, { source, sources }: ImportTarget): string | undefined {
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) return `the key would be longer than ${MAX_KEY_BYTES} bytes`;
  const owner = identifySource(key, sources)?.name;
  if (owner === source.name) return undefined;
  return `the key would belong to ${owner === undefined ? 'no source' : `the source "${owner}"`}, not to "${source.name}"`;
}

function namedSource(name: string, prefix: string | undefined): SourceConfig {
  const parsed = SourceConfig.safeParse({ name, prefix });
  if (parsed.success) return parsed.data;
  throw new Error(`the source "${name}" cannot be imported for: ${z.prettifyError(parsed.error)}`);
}
