/** What other rooms may use of calls. */
export { Audio, MediaFormat } from './audio.ts';
export { AudioLink, type AudioLinks, audioLinks, heardAudio, presignedAudio } from './audio-link.ts';
export {
  Call,
  CallState,
  DeletionReason,
  erasableAt,
  FINAL_STATES,
  isFinal,
  MAX_TRANSCRIBING_MS,
  receivedCall,
} from './call.ts';
export { callCopies } from './call-copies.ts';
export { CallHold, changeHolds, holdsAfter } from './call-holds.ts';
export { CallMetadata } from './call-metadata.ts';
export {
  type CallChanges,
  type CallStore,
  callStore,
  indexPartitions,
  type TaggedCalls,
  type TransactItem,
} from './call-store.ts';
export { callSubject, callThere, indexes, monthsOf, receiptKey, tableKey } from './call-table.ts';
export { ChainCheck, ChainFault, ChainFaultKind, checkChain } from './custody/check-chain.ts';
export {
  BY_VERBATIM,
  CustodyAct,
  type CustodyActInput,
  CustodyEntry,
  CustodyHead,
  CustodyKind,
  canonicalJson,
  entryAfter,
  hashOfEntry,
  sha256OfContent,
} from './custody/custody.ts';
export { CHANGED_BY_HAND_METRIC } from './custody/custody-metric.ts';
export { CUSTODY, CUSTODY_ENTRY, type CustodyStore, custodyStore, type StoredChain } from './custody/custody-store.ts';
export { FoundMoment, Moment, tagsOf } from './moment.ts';
export { callIdOf, Recording } from './recording.ts';
export { JobOutputs, RedactedAudioMissing, S3Location, TranscriptionJob } from './transcription-job.ts';
