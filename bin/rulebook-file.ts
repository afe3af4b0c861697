import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Rulebook, starterRulebook } from '../lambdas/tagging/tagging.ts';
import { CONFIG_FILE } from './config-file.ts';

/**
 * Reads a rulebook from a `.ts`, `.js` or `.json` file, which holds (as its default export) a rulebook, or a config with
 * one in `tagging.rulebook`. Without a file: that of `verbatim.config.ts` in the working directory, or where there is
 * none, the starter rulebook.
 *
 * @throws {Error} naming the file, and every field at fault
 */
export async function loadRulebook(file?: string): Promise<Rulebook> {
  if (file === undefined && !existsSync(CONFIG_FILE)) {
    return Rulebook.parse(starterRulebook({ creditLimitDollars: 25 }));
  }
  const named = file ?? CONFIG_FILE;
  const content = await contentOf(named);
  const rulebook = inConfig(content) ?? content;
  const parsed = Rulebook.safeParse(rulebook);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.') || 'rulebook'}: ${issue.message}`);
  throw new Error(`${named} has no valid rulebook:\n${problems.join('\n')}`, { cause: parsed.error });
}

async function contentOf(file: string): Promise<unknown> {
  try {
    if (extname(file) === '.json') return JSON.parse(await readFile(file, 'utf8'));
    const module: { default?: unknown } = await import(pathToFileURL(resolve(file)).href);
    return module.default;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${file} cannot be read as a rulebook: ${why}`, { cause: error });
  }
}

/** The rulebook of a config; nothing where `content` is none. */
function inConfig(content: unknown): unknown {
  if (typeof content !== 'object' || content === null || !('tagging' in content)) return undefined;
  const { tagging } = content;
  return typeof tagging === 'object' && tagging !== null && 'rulebook' in tagging ? tagging.rulebook : undefined;
}
