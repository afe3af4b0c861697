import { isNativeError } from 'node:util/types';
import { createContext, Script } from 'node:vm';

/** Why a pattern cannot be used, or undefined where it can. */
export function problemOfPattern(pattern: string, known: readonly string[]): string | undefined {
  const names = groupsOf(pattern);
  if (typeof names === 'string') return `is no regular expression: ${names}`;
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    return `the group "${unknown}" is none of ${known.join(', ')}: rename it, or write (?:…) for what is no metadata`;
  }
  if (names.length === 0)
    return `names no metadata: write a group such as (?<agentId>…); the names are ${known.join(', ')}`;
  if (names.includes('date') !== names.includes('time')) return 'has only one of the groups date and time: write both';
  if (names.includes('date') && names.includes('startedAt')) return 'has date and time beside startedAt: leave one out';
  if (repeatsWhatVaries(pattern)) {
    return 'repeats a group that may match in several ways, such as (a+)* or (a|b)+, which can take forever: write it without';
  }
  return undefined;
}

/** The names of the groups of `pattern`, each once; or, as a text, why it does not compile. */
export function groupsOf(pattern: string): string[] | string {
  try {
    return Object.keys(new RegExp(`${pattern}|`, 'u').exec('')?.groups ?? {});
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What a pattern is made of, as far as repetition goes: escapes and classes are single things. */
const PARTS =
  /\\(?:[pPu]\{[^}]*\}|k<[^>]*>|.)|\[(?:\\.|[^\]\\])*\]|\(\?(?:<?[=!]|<[^>]*>|[-a-z]*:)|(?<repeats>[*+]|\{\d+(?:,\d*)?\})\??|[\s\S]/gu;

/**
 * Whether `pattern` repeats a group whose content is of no fixed length or has alternatives: the patterns that take time
 * exponential in the length of what they fail on all do.
 */
function repeatsWhatVaries(pattern: string): boolean {
  let varies = false;
  let closed: boolean | undefined;
  const open: boolean[] = [];
  for (const { 0: part, groups } of pattern.matchAll(PARTS)) {
    const repeats = groups?.repeats;
    if (repeats && repeats !== '{1}' && closed) return true;
    closed = undefined;
    if (part.startsWith('(')) {
      open.push(varies);
      varies = false;
    } else if (part === ')') {
      closed = varies;
      varies = varies || (open.pop() ?? false);
    } else if (part === '|' || part === '?' || (repeats && !/^\{\d+\}$/.test(repeats))) {
      varies = true;
    }
  }
  return false;
}

/** So long may a pattern take on one key. Any that is of use takes well under a millisecond. */
const TIMEOUT_MS = 1000;

const context = createContext(Object.create(null));
const match = new Script('new RegExp(pattern, "u").exec(text)?.groups');

/**
 * Reads the named groups of a pattern from a key.
 *
 * @returns the groups that matched something; `'no-match'`; or `'timeout'`, where the pattern takes forever on this key
 */
export function matchFileName(pattern: string, text: string): ReadonlyMap<string, string> | 'no-match' | 'timeout' {
  Object.assign(context, { pattern, text });
  try {
    // A regular expression cannot be stopped but from outside, and one key must not hold the queue up.
    const groups: unknown = match.runInContext(context, { timeout: TIMEOUT_MS });
    if (typeof groups !== 'object' || groups === null) return 'no-match';
    return new Map(Object.entries(groups).filter((entry): entry is [string, string] => Boolean(entry[1])));
  } catch (error) {
    if (isNativeError(error) && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return 'timeout';
    throw error;
  }
}
