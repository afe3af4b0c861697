import { type Call, type CallChanges, type CallStore, tagsOf } from '../calls/calls.ts';
import { type Clock, iso } from '../platform/clock.ts';
import { unlessGone, VerbatimError } from '../platform/errors.ts';
import type { RecordingStore } from '../recordings/recordings.ts';
import {
  copyTags,
  longerOf,
  objectLockOf,
  type RetentionChoices,
  redecide,
  tagAsDecided,
} from '../retention/retention.ts';
import {
  callIdOfJob,
  type JobOutcomes,
  parseTranscript,
  type SentimentDetector,
  type Transcript,
  TranscriptError,
  type TranscriptStore,
} from '../transcription/transcription.ts';
import { applyRulebook } from './rulebook/apply-rulebook.ts';
import type { Rulebook } from './rulebook/rulebook.ts';
import { tagsValue } from './tags-value.ts';

/** What tagging a call needs. */
export interface TagCallNeeds extends RetentionChoices {
  readonly rulebook: Rulebook;
  readonly jobNamePrefix: string;
  readonly calls: CallStore;
  readonly recordings: RecordingStore;
  readonly transcripts: TranscriptStore;
  readonly jobs: JobOutcomes;
  /** Tells sentiments that Transcribe does not; none where nobody shall. */
  readonly sentiments?: SentimentDetector;
  /** Keeps the rulebook for whoever asks, years later, by which rules a call was tagged. */
  readonly registerRulebook: () => Promise<void>;
  readonly clock: Clock;
}

/** What became of a call when its job's event came. */
export interface Tagged {
  readonly callId: string;
  readonly outcome: 'tagged' | 'failed' | 'running' | 'unknown' | 'already-ended';
  readonly tags?: readonly string[];
  /** What Comprehend was paid for, in its units. */
  readonly comprehendUnits?: number;
}

/**
 * Takes up a call whose Transcribe job is over: asks Transcribe for the outcome, reads its output, applies the
 * rulebook, decides by the tags that are known then how long it is kept, stores transcript and moments, and tags the
 * objects; or notes why the job failed. The event is only a hint to ask: one that comes early, late or twice does no harm.
 * A recording that is gone meanwhile is passed over: who deletes it sees to the call.
 *
 * @throws {VerbatimError} not-found, where the job is of no call in the table: the event is tried again, and kept
 */
export async function tagCall(jobName: string, needs: TagCallNeeds): Promise<Tagged> {
  const { calls, transcripts, jobs, rulebook, clock } = needs;
  const callId = callIdOfJob(jobName, needs.jobNamePrefix);
  const call = callId === undefined ? undefined : await calls.get(callId);
  if (!call) {
    // What its job wrote after all, the deletion finds.
    if (callId !== undefined && (await calls.wasDeleted(callId))) return { callId, outcome: 'already-ended' };
    throw new VerbatimError('not-found', `there is no call of the job ${jobName}`);
  }
  // The job of an earlier attempt says nothing of this one.
  if ((call.state !== 'transcribing' && call.state !== 'queued') || call.job?.name !== jobName) {
    // The event may come again because its objects were not all tagged.
    if (call.state === 'tagged' && call.job?.name === jobName)
      await tagAsDecided(call.callId, calls.get, (now) => tagObjects(now, needs));
    return { callId: call.callId, outcome: 'already-ended' };
  }

  const outcome = await jobs.outcomeOf(call.job);
  if (outcome.status === 'running' || outcome.status === 'unknown')
    return { callId: call.callId, outcome: outcome.status };
  const fail = async (code: string, message: string, changes: CallChanges = {}): Promise<Tagged> => {
    await calls.enter(call, 'failed', iso(clock()), changes, { code, message });
    return { callId: call.callId, outcome: 'failed' };
  };
  if (outcome.status === 'failed') return fail('transcription-failed', outcome.reason);

  const { outputs } = outcome;
  const job = { ...call.job, outputs };
  const tagsSoFar = copyTags(call);
  const [text] = await Promise.all([
    transcripts.readOutput(outputs.transcript),
    ...Object.values(outputs).map((output) => transcripts.tagOutput(output, tagsSoFar)),
  ]);
  let said: Transcript;
  try {
    const parsed = parseTranscript(text, { agentChannel: job.agentChannel, direction: call.direction });
    // A standard output does not tell the language that its job was told.
    said = { ...parsed, language: parsed.language ?? call.language };
  } catch (error) {
    if (error instanceof TranscriptError) return fail('unreadable-transcript', error.message, { job });
    throw error;
  }
  const { transcript, units } = await (needs.sentiments?.detect(said) ?? { transcript: said, units: undefined });
  const moments = applyRulebook(transcript, rulebook);
  const tags = tagsOf(moments);
  const retention = redecide(call, needs, tags);
  const language = transcript.language ?? call.language;
  const tagged = { ...call, job, tags, retention: longerOf(call.retention, retention) };
  const lock = objectLockOf(retention, needs.retention, iso(clock()));
  if (lock) await unlessGone(needs.recordings.lock(call.recording, lock));
  await transcripts.put(call.callId, transcript, copyTags(tagged));
  await tagObjects(tagged, needs, tagged.retention === call.retention ? 'recording' : 'recording and outputs');
  await needs.registerRulebook();
  const changes = { job, language, rulebookVersion: rulebook.version, retention };
  const entered = await calls.enterTagged(call, moments, iso(clock()), changes);
  if (entered) await tagAsDecided(call.callId, calls.get, (now) => tagObjects(now, needs), tagged);
  return { callId: call.callId, outcome: entered ? 'tagged' : 'already-ended', tags, comprehendUnits: units };
}

/** Sets the object tags of a tagged call's copies, as it says for how long it is kept, and what it is about. */
async function tagObjects(
  call: Call,
  { recordings, transcripts }: Pick<TagCallNeeds, 'recordings' | 'transcripts'>,
  which: 'recording' | 'recording and outputs' | 'all' = 'all',
): Promise<void> {
  const tags = copyTags(call);
  const outputs = which === 'recording' ? [] : Object.values(call.job?.outputs ?? {});
  await Promise.all([
    unlessGone(recordings.tag(call.recording, { ...tags, 'call-id': call.callId, tags: tagsValue(call.tags) })),
    ...outputs.map((output) => transcripts.tagOutput(output, tags)),
    ...(which === 'all' ? [transcripts.tag(call.callId, tags)] : []),
  ]);
}
