import { compileRulebook } from '../rulebook/compile-rulebook.ts';
import type { Rulebook } from '../rulebook/rulebook.ts';
import type { Retag } from './retag.ts';
import type { Tagger } from './retag-call.ts';

/** So many rulebooks are kept: seldom does more than one retag run. */
const KEPT = 4;

/**
 * Reads and compiles each rulebook once for all calls that an instance of a function tags by it.
 *
 * @param rulebookOf gives the rulebook of a SHA-256
 */
export function taggers(
  rulebookOf: (sha256: string) => Promise<Rulebook>,
): (retag: Pick<Retag, 'rulebookSha256'>) => Promise<Tagger> {
  const ready = new Map<string, Promise<Tagger>>();
  return ({ rulebookSha256: sha256 }) => {
    const known = ready.get(sha256);
    if (known) return known;
    const compiled = rulebookOf(sha256).then((rulebook) => compileRulebook(rulebook).tag);
    // What could not be read is read again by the next call.
    compiled.catch(() => ready.delete(sha256));
    const [oldest] = ready.keys();
    if (oldest !== undefined && ready.size === KEPT) ready.delete(oldest);
    ready.set(sha256, compiled);
    return compiled;
  };
}
