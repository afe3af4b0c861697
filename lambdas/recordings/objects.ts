import { isManifest } from './manifest.ts';
import { sidecarOf } from './sidecar.ts';
import type { SourceConfig } from './sources.ts';

/** What an object below a source's prefix is: a recording, or what tells the metadata of one or of many. */
export type ObjectKind = 'audio' | 'sidecar' | 'manifest';

/** What the object with this key is to the source. What is neither sidecar nor manifest is taken for a recording. */
export function kindOfObject(key: string, source: SourceConfig): ObjectKind {
  if (isManifest(key, source)) return 'manifest';
  return sidecarOf(key, source) ? 'sidecar' : 'audio';
}
