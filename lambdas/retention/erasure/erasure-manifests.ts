import { prefixOf, type SourceConfig } from '../../recordings/recordings.ts';
import type { KeptManifests } from './erasure.ts';

/**
 * The manifests that may name an erased customer: those of the sources of its calls. A manifest tells of many customers, and
 * is deleted 30 days after its upload.
 */
export function manifestsOf(sources: readonly SourceConfig[], names: readonly string[]): KeptManifests[] {
  return sources.flatMap((source) => {
    const manifest = source.metadata.find((convention) => convention.from === 'manifest');
    if (!manifest || !names.includes(source.name)) return [];
    return [{ source: source.name, prefix: prefixOf(source), file: manifest.file }];
  });
}
