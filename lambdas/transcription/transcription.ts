/** What other rooms may use of transcription. */
export { type Gate, gate } from './gate.ts';
export { callIdOfJob, OUTPUT_PREFIX } from './job.ts';
export { jobEnvironment, jobSettings } from './job-environment.ts';
export { s3LocationOf } from './output-uri.ts';
export { parseTranscript, TranscriptError } from './parse-transcript.ts';
export { type StartTranscriptionNeeds, startTranscription } from './start-transcription.ts';
export { Transcript, Turn, UNKNOWN_SPEAKER, Word } from './transcript.ts';
export { TRANSCRIPT_PREFIX, type TranscriptStore, transcriptStore } from './transcript-store.ts';
export { type JobAnswer, type JobOutcomes, type JobStarter, jobOutcomes, jobStarter } from './transcription-jobs.ts';
