/** What other rooms may use of transcription. */
export { type Gate, gate } from './gate.ts';
export { callIdOfJob, ORIGINAL_ANALYTICS_PREFIX, OUTPUT_PREFIX, REDACTED_ANALYTICS_PREFIX } from './job.ts';
export { jobEnvironment, jobSettings } from './job-environment.ts';
export { ID3V2_HEAD_BYTES, id3v2Bytes, type MpegFrame, mpegFrame } from './mpeg-frame.ts';
export { s3LocationOf } from './output-uri.ts';
export { parseTranscript, TranscriptError } from './outputs/parse-transcript.ts';
export { REDACTED_AUDIO_PREFIX } from './redacted-audio-key.ts';
export { REDACTED_LANGUAGES, RedactionConfig } from './redaction.ts';
export { type SentimentDetector, sentimentDetector } from './sentiment.ts';
export { type StartTranscriptionNeeds, startTranscription } from './start-transcription.ts';
export { Sentiment, type Span, Transcript, Turn, textOf, UNKNOWN_SPEAKER, Word } from './transcript.ts';
export {
  offsetText,
  renderTranscript,
  TRANSCRIPT_FORMATS,
  TRANSCRIPT_TYPES,
  type TranscriptFormat,
  transcriptText,
} from './transcript-formats.ts';
export { TRANSCRIPT_PREFIX, type TranscriptStore, transcriptLocation, transcriptStore } from './transcript-store.ts';
export { TranscriptionConfig } from './transcription-config.ts';
export { transcriptionCopies } from './transcription-copies.ts';
export { type JobAnswer, type JobOutcomes, type JobStarter, jobOutcomes, jobStarter } from './transcription-jobs.ts';
export { MAX_WAV_CHUNKS, MAX_WAV_FORMAT_BYTES, WAV_PLACEHOLDER_FROM, wavFormat } from './wav-format.ts';
