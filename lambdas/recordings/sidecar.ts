import type { SidecarConvention } from './conventions.ts';
import { prefixOf, type SourceConfig } from './sources.ts';

/** The source's convention for sidecars, if it has any. */
const sidecarConvention = (source: SourceConfig): SidecarConvention | undefined =>
  source.metadata.find((convention) => convention.from === 'sidecar');

/** `key` without the extension of its last part; a dot at the beginning of the part makes none. */
const withoutExtension = (key: string): string => key.replace(/(?<=[^/])\.[^./]*$/, '');

/** The key of the sidecar that describes the recording `audioKey`, or undefined where the source has no sidecars. */
export function sidecarKeyOf(audioKey: string, source: SourceConfig): string | undefined {
  const convention = sidecarConvention(source);
  if (!convention) return undefined;
  return `${convention.replacesExtension ? withoutExtension(audioKey) : audioKey}${convention.suffix}`;
}

/**
 * What a sidecar describes: one recording by its key; or, where it may have any extension, each whose key is `audioKey` or
 * begins with `audioPrefix` *and* for which `sidecarKeyOf` gives the sidecar's key; others may begin so too.
 */
export interface SidecarTarget {
  readonly audioKey: string;
  readonly audioPrefix?: string;
}

/** What `key` describes if it is a sidecar of the source, and undefined if it is none. */
export function sidecarOf(key: string, source: SourceConfig): SidecarTarget | undefined {
  const convention = sidecarConvention(source);
  const prefix = prefixOf(source);
  if (!convention || !key.startsWith(prefix) || !key.endsWith(convention.suffix)) return undefined;
  const described = key.slice(0, -convention.suffix.length);
  if (described.length <= prefix.length || described.endsWith('/')) return undefined;
  return { audioKey: described, ...(convention.replacesExtension && { audioPrefix: `${described}.` }) };
}

/** What a sidecar says of one field: a value, nothing, or what is there instead. */
export type SidecarValue = { readonly value?: string; readonly problem?: string };

/**
 * Reads a sidecar.
 *
 * @returns what it says at a path, or undefined where `text` is not JSON
 */
export function readSidecar(text: string): ((path: string) => SidecarValue) | undefined {
  let root: unknown;
  try {
    root = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
  return (path) => {
    let node = root;
    for (const name of path.split('.')) {
      if (typeof node !== 'object' || node === null || !Object.hasOwn(node, name)) return {};
      node = Reflect.get(node, name);
    }
    if (node === null || node === '') return {};
    if (typeof node === 'object') return { problem: 'is a list or an object: name what is in it' };
    return { value: String(node) };
  };
}
