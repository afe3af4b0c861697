/** What other rooms may use of recordings. */
export { Audio, MediaFormat } from './audio.ts';
export { Convention, MetadataField, metadataHeader } from './conventions.ts';
export { isManifest, type ManifestEntry, ManifestError, parseManifest } from './manifest.ts';
export { CallMetadata, type MetadataEvidence, readMetadata } from './metadata.ts';
export { kindOfObject, type ObjectKind } from './objects.ts';
export { type RecorderPreset, recorders } from './recorders.ts';
export { callIdOf, Recording } from './recording.ts';
export { type RecordingStore, recordingStore } from './recording-store.ts';
export type { RecordingHistory, RecordingStatus } from './recordings-api.ts';
export { type SidecarTarget, sidecarKeyOf, sidecarOf } from './sidecar.ts';
export { identifySource, prefixOf, SourceConfig } from './sources.ts';
