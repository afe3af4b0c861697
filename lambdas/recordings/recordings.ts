/** What other rooms may use of recordings. */
export { Audio, MediaFormat } from './audio.ts';
export { CallMetadata } from './metadata.ts';
export { callIdOf, Recording } from './recording.ts';
export { type RecordingStore, recordingStore } from './recording-store.ts';
export type { RecordingHistory, RecordingStatus } from './recordings-api.ts';
export { identifySource, prefixOf, SourceConfig } from './sources.ts';
