import { isManifest } from './manifest.ts';
import { sidecarOf } from './sidecar.ts';
import { identifySource, type SourceConfig } from './sources.ts';

/** What an object below a source's prefix is: a recording, or what tells the metadata of one or of many. */
export type ObjectKind = 'audio' | 'sidecar' | 'manifest';

/** What the object with this key is to the source. What is neither sidecar nor manifest is taken for a recording. */
export function kindOfObject(key: string, source: SourceConfig): ObjectKind {
  if (isManifest(key, source)) return 'manifest';
  return sidecarOf(key, source) ? 'sidecar' : 'audio';
}

/** What the object with this key is to the source that uploads there; where none does, it is taken for a recording. */
export function kindOfKey(key: string, sources: readonly SourceConfig[]): ObjectKind {
  const source = identifySource(key, sources);
  return source ? kindOfObject(key, source) : 'audio';
}
