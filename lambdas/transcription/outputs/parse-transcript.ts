import type { Passage, Span, Speaker, Transcript, Word } from '../transcript.ts';
import { readCallAnalytics } from './call-analytics-output.ts';
import { isContactLens, isSegment, readContactLens, readContactLensSegments } from './contact-lens-output.ts';
import { interruptionsIn, nonTalkTimesIn, stretchesOf, talkTimeOf } from './conversation.ts';
import { parseJsonText } from './json-text.ts';
import { isObject, TranscriptError } from './reader.ts';
import type { Reading } from './reading.ts';
import { type RoleHints, rolesOf } from './speakers.ts';
import { readStandard } from './standard-output.ts';
import { isStreamEvent, readStream } from './streaming-output.ts';
import { turnsOf } from './turns.ts';

export { TranscriptError };

/**
 * Reads whatever Amazon Transcribe writes into our one model: outputs of Call Analytics and of standard jobs, the events
 * of their streams (one, a JSON array, or one a line), and the files of Contact Lens, which is built on it. Fields that we
 * do not know are passed over. Every spoken word is in the transcript once.
 *
 * @param text the file
 * @param hints what is known of the call that tells who is the agent, where the file does not
 * @throws {TranscriptError} where the text is not JSON, a part has not the documented shape, or something in it cannot
 *   be, such as a word that ends before it begins or lies outside of its turn
 */
export function parseTranscript(text: string, hints: RoleHints = {}): Transcript {
  return transcriptOf(read(text), hints);
}

function read(text: string): Reading {
  const { value, lines } = parseJsonText(text);
  if (lines) return readEvents(lines, (index) => `value ${index + 1}`);
  if (Array.isArray(value)) return readEvents(value, (index) => `[${index}]`);
  if (!isObject(value)) throw new TranscriptError('the file holds no object: it is no Transcribe output');
  const status = statusOf(value);
  if (status === 'FAILED') throw new TranscriptError('the job failed: it has no transcript');
  if (status === 'IN_PROGRESS' || status === 'QUEUED') {
    throw new TranscriptError('the job has not completed yet: it has no transcript');
  }
  if (isStreamEvent(value)) return readStream([value], () => '');
  if ('results' in value) return readStandard(value);
  if ('Segments' in value) return readContactLensSegments(value);
  if ('Transcript' in value) return isContactLens(value) ? readContactLens(value) : readCallAnalytics(value);
  if ('TranscriptionJob' in value || 'CallAnalyticsJob' in value) {
    throw new TranscriptError('the file describes a job: its transcript is the file at TranscriptFileUri');
  }
  throw new TranscriptError('the file has neither "Transcript" nor "results": it is no Transcribe output');
}

/** Reads a list of what was told while a call went on. */
function readEvents(values: readonly unknown[], pathOf: (index: number) => string): Reading {
  if (values.some(isStreamEvent)) return readStream(values, pathOf);
  if (values.some(isSegment)) return readContactLensSegments({ Segments: values });
  const Segments = values.flatMap((value) => (isObject(value) && Array.isArray(value.Segments) ? value.Segments : []));
  if (Segments.length > 0) return readContactLensSegments({ Segments });
  throw new TranscriptError('the file is a list, but none of events of a call: it is no Transcribe output');
}

/** How a job stands that a file is the output or the description of. */
function statusOf(value: Record<string, unknown>): unknown {
  const job = isObject(value.TranscriptionJob) ? value.TranscriptionJob : value.CallAnalyticsJob;
  const described = isObject(job) ? (job.TranscriptionJobStatus ?? job.CallAnalyticsJobStatus) : undefined;
  return described ?? value.status ?? value.JobStatus ?? value.TranscriptionJobStatus ?? value.CallAnalyticsJobStatus;
}

/** The transcript of what an output tells, with what it does not tell measured from the words. */
function transcriptOf(reading: Reading, hints: RoleHints): Transcript {
  const stretches = new Map<string, Span[]>();
  const voices = voicesOf(reading).map(({ label, words }) => {
    stretches.set(label, stretchesOf(words));
    const talkTimeMs = reading.details.get(label)?.talkTimeMs ?? talkTimeOf(stretches.get(label) ?? []);
    return { label, words, talkTimeMs };
  });
  const roles = rolesOf(voices, hints);
  const nameOf = (label: string) => roles.get(label)?.speaker ?? label;

  const turns = turnsOf(reading.utterances, nameOf, reading.language);
  let endMs = 0;
  for (const turn of turns) endMs = Math.max(endMs, turn.endMs);
  const durationMs = Math.max(endMs, reading.durationMs ?? reading.endMs);
  const named = <Part extends { speaker: string }>(parts: readonly Part[]): Part[] =>
    parts.map((part) => ({ ...part, speaker: nameOf(part.speaker) }));
  const passages = (parts: readonly Passage[]) => named(parts.toSorted((a, b) => a.startMs - b.startMs));

  return {
    ...(reading.language !== undefined && { language: reading.language }),
    languages: reading.languages,
    durationMs,
    speakers: voices.map(({ label, words, talkTimeMs }): Speaker => {
      const { sentiment, wordsPerMinute = rateOf(words, talkTimeMs) } = reading.details.get(label) ?? {};
      return {
        speaker: nameOf(label),
        label,
        ...(roles.get(label)?.inferredFrom && { inferredFrom: roles.get(label)?.inferredFrom }),
        talkTimeMs,
        ...(wordsPerMinute !== undefined && { wordsPerMinute }),
        ...(sentiment && { sentiment }),
      };
    }),
    turns,
    interruptions: reading.interruptions ? named(reading.interruptions) : interruptionsIn(stretches, nameOf),
    nonTalkTimes: reading.nonTalkTimes ?? nonTalkTimesIn(turns, durationMs),
    redactions: [...redactionsIn(turns), ...named(reading.redactions)].sort((a, b) => a.startMs - b.startMs),
    issues: passages(reading.issues),
    outcomes: passages(reading.outcomes),
    actionItems: passages(reading.actionItems),
    categories: reading.categories,
    ...(reading.summary !== undefined && { summary: reading.summary }),
  };
}

/** Everybody with their words, in order of their first one; whoever says nothing, last. */
function voicesOf(reading: Reading): { label: string; words: Word[] }[] {
  const words = new Map<string, Word[]>();
  for (const label of reading.labels) words.set(label, []);
  for (const utterance of reading.utterances) {
    const own = words.get(utterance.label);
    if (own) for (const word of utterance.words) own.push(word);
    else words.set(utterance.label, [...utterance.words]);
  }
  const voices = [...words].map(([label, own]) => ({ label, words: own.sort((a, b) => a.startMs - b.startMs) }));
  const firstMs = (own: readonly Word[]) => own[0]?.startMs ?? Number.MAX_SAFE_INTEGER;
  return voices.sort((a, b) => firstMs(a.words) - firstMs(b.words));
}

const rateOf = (words: readonly Word[], talkTimeMs: number): number | undefined =>
  talkTimeMs > 0 ? Math.round((words.length * 60_000) / talkTimeMs) : undefined;

function redactionsIn(turns: Transcript['turns']): Transcript['redactions'] {
  const redactions: Transcript['redactions'] = [];
  for (const { speaker, words } of turns) {
    for (const { redaction, startMs, endMs } of words) {
      if (redaction) redactions.push({ speaker, startMs, endMs, ...redaction });
    }
  }
  return redactions;
}
