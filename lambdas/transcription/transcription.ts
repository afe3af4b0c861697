/** What other rooms may use of transcription. */
export { callIdOfJob, OUTPUT_PREFIX, TranscriptionJob } from './job.ts';
export { s3LocationOf } from './output-uri.ts';
export { parseTranscript, TranscriptError } from './parse-transcript.ts';
export { Sentiment, Transcript, Turn, textOf, UNKNOWN_SPEAKER, Word } from './transcript.ts';
export { TRANSCRIPT_PREFIX, type TranscriptStore, transcriptStore } from './transcript-store.ts';
export { type JobOutcomes, type JobStarter, jobOutcomes, jobStarter } from './transcription-jobs.ts';
