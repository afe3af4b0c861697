/** The keys of the transcripts bucket below which is the redacted audio that we make ourselves. */
export const REDACTED_AUDIO_PREFIX = 'redacted-audio/';
