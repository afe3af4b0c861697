import type { Call, CallStore, MediaFormat, RedactedAudioMissing, S3Location } from '../calls/calls.ts';
import { copyTags, tagAsDecided } from '../retention/retention.ts';
import { decodeAudio } from './decode-audio.ts';
import type { RedactedAudioStore } from './redacted-audio-store.ts';
import { silenced, UnredactableAudio } from './sound.ts';
import type { Span, Transcript } from './transcript.ts';
import type { TranscriptStore } from './transcript-store.ts';
import { wavFile } from './wav-file.ts';

/** What redacting the audio of a call needs. */
export interface RedactAudioNeeds {
  readonly calls: CallStore;
  readonly transcripts: TranscriptStore;
  readonly audio: RedactedAudioStore;
}

/** What became of the audio of a call: `not-needed` where nothing is redacted in it, or it is redacted already. */
export interface AudioRedacted {
  readonly callId: string;
  readonly outcome: 'redacted' | 'not-needed' | 'gone' | 'missing';
  /** Why there can be no redacted audio. */
  readonly reason?: RedactedAudioMissing;
}

/** A word begins before, and ends after, the recogniser says so. */
const MARGIN_MS = 100;

/**
 * MP3 files begin with samples that were not recorded; not all decoders leave out as many. An encoder adds 1105, which
 * are 138 ms at 8 kHz. Source: the LAME technical FAQ on decoder delay, https://lame.sourceforge.io/tech-FAQ.txt
 */
const marginOf = (format: MediaFormat): number => (format === 'mp3' ? MARGIN_MS + 150 : MARGIN_MS);

/**
 * Silences in the recording of a call what is redacted in its transcript, and stores that beside it, where Transcribe does
 * not: it redacts the audio of Call Analytics jobs only. It may be asked for more than once, and of any call.
 *
 * Audio takes minutes, in which the call may be decided anew, or held, by who does not see its redacted audio yet: once
 * that is noted, it is tagged as the call says then.
 */
export async function redactAudio(callId: string, needs: RedactAudioNeeds): Promise<AudioRedacted> {
  const call = await needs.calls.get(callId);
  if (!call) return { callId, outcome: 'gone' };
  const { job, audio, durationMs } = call;
  if (job?.kind !== 'standard' || !job.redaction || !job.outputs || !audio) return { callId, outcome: 'not-needed' };
  const tag = (now: Call) => needs.audio.tag(callId, copyTags(now));
  if (job.outputs.redactedAudio) {
    // What broke off may have noted it, and not tagged it since.
    await tagAsDecided(callId, needs.calls.get, tag);
    return { callId, outcome: 'not-needed' };
  }
  const transcript = await needs.transcripts.get(callId);
  if (!transcript) return { callId, outcome: 'not-needed' };
  const spans = redactedSpans(transcript);
  if (spans.length === 0) {
    await needs.calls.noteRedactedAudio(callId, job.name, 'nothing-redacted');
    return { callId, outcome: 'not-needed' };
  }

  const file = await needs.audio.open(call.recording);
  if (!file) return { callId, outcome: 'gone' };
  let found: S3Location | RedactedAudioMissing;
  try {
    const sound = await decodeAudio({ audio, durationMs, file });
    const silencedFile = wavFile(sound, silenced(sound, spans, marginOf(audio.format)));
    found = await needs.audio.put(callId, silencedFile, copyTags(call));
  } catch (error) {
    if (!(error instanceof UnredactableAudio)) throw error;
    found = error.reason;
  } finally {
    file.destroy();
  }
  const noted = await needs.calls.noteRedactedAudio(callId, job.name, found);
  if (!noted) return { callId, outcome: 'gone' };
  if (typeof found === 'string') return { callId, outcome: 'missing', reason: found };
  await tagAsDecided(callId, needs.calls.get, tag, call);
  return { callId, outcome: 'redacted' };
}

/** Where the transcript has something redacted. */
function redactedSpans({ redactions, turns }: Transcript): Span[] {
  const words = turns.flatMap((turn) => turn.words.filter((word) => word.redaction));
  return [...redactions, ...words].map(({ startMs, endMs }) => ({ startMs, endMs }));
}
