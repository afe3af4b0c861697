/** What other rooms may use of calls. */
export { Audio, MediaFormat } from './audio.ts';
export { Call, CallState, MAX_TRANSCRIBING_MS, receivedCall, StateReason } from './call.ts';
export { CallMetadata } from './call-metadata.ts';
export { type CallChanges, type CallStore, callStore } from './call-store.ts';
export { indexes, tableKey } from './call-table.ts';
export { FoundMoment, Moment, tagsOf } from './moment.ts';
export { callIdOf, Recording } from './recording.ts';
export { TranscriptionJob } from './transcription-job.ts';
