/** What other rooms may use of recordings. */
export { Convention, MetadataField, metadataHeader } from './conventions.ts';
export { isManifest, type ManifestEntry, ManifestError, parseManifest } from './manifest.ts';
export { type MetadataEvidence, readMetadata } from './metadata.ts';
export { kindOfObject, type ObjectKind } from './objects.ts';
export { type RecorderPreset, recorders } from './recorders.ts';
export { type RecordingStore, recordingStore } from './recording-store.ts';
export { type SidecarTarget, sidecarKeyOf, sidecarOf } from './sidecar.ts';
export { identifySource, prefixOf, SourceConfig } from './sources.ts';
