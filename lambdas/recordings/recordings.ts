/** What other rooms may use of recordings. */
export { MetadataField, metadataHeader, SHA256_METADATA } from './conventions.ts';
export { readMetadata } from './metadata.ts';
export { kindOfObject } from './objects.ts';
export { recorders } from './recorders.ts';
export { recordingCopies } from './recording-copies.ts';
export { type RecordingStore, recordingStore } from './recording-store.ts';
export { identifySource, prefixOf, SourceConfig } from './sources.ts';
