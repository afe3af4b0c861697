/** What other rooms may use of transcription. */
export { type Gate, gate } from './gate.ts';
export { callIdOfJob, ORIGINAL_ANALYTICS_PREFIX, OUTPUT_PREFIX } from './job.ts';
export { jobEnvironment, jobSettings } from './job-environment.ts';
export { s3LocationOf } from './output-uri.ts';
export { parseTranscript, TranscriptError } from './outputs/parse-transcript.ts';
export { REDACTED_AUDIO_PREFIX } from './redacted-audio-key.ts';
export { REDACTED_LANGUAGES, RedactionConfig } from './redaction.ts';
export { type SentimentDetector, sentimentDetector } from './sentiment.ts';
export { type StartTranscriptionNeeds, startTranscription } from './start-transcription.ts';
export { Sentiment, type Span, Transcript, Turn, textOf, UNKNOWN_SPEAKER, Word } from './transcript.ts';
export { renderTranscript, TRANSCRIPT_FORMATS, TRANSCRIPT_TYPES, type TranscriptFormat } from './transcript-formats.ts';
export { TRANSCRIPT_PREFIX, type TranscriptStore, transcriptStore } from './transcript-store.ts';
export { TranscriptionConfig } from './transcription-config.ts';
export { type TranscriptionCopiesNeeds, transcriptionCopies } from './transcription-copies.ts';
export { type JobAnswer, type JobOutcomes, type JobStarter, jobOutcomes, jobStarter } from './transcription-jobs.ts';
