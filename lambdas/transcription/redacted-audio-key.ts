/** The keys of the transcripts bucket below which is the redacted audio that we make ourselves. */
export const REDACTED_AUDIO_PREFIX = 'redacted-audio/';

/** The key of a call's redacted audio there. */
export const redactedAudioKey = (callId: string): string => `${REDACTED_AUDIO_PREFIX}${callId}.wav`;
