import { type Call, type CallStore, Moment, tagsOf } from '../../calls/calls.ts';
import { type Clock, iso } from '../../platform/clock.ts';
import { unlessGone } from '../../platform/errors.ts';
import { withAttempts } from '../../platform/jobs.ts';
import type { RecordingStore } from '../../recordings/recordings.ts';
import {
  copyTags,
  longerOf,
  objectLockOf,
  type RetentionChoices,
  redecide,
  tagAsDecided,
} from '../../retention/retention.ts';
import type { Transcript, TranscriptStore } from '../../transcription/transcription.ts';
import { tagsValue } from '../tags-value.ts';
import type { CallMessage, Retag } from './retag.ts';
import { diffMoments, isChanged } from './retag-diff.ts';
import type { RetagStore } from './retag-store.ts';

/** Finds the moments of a transcript by one rulebook. */
export type Tagger = (transcript: Transcript) => Moment[];

/** What tagging a call anew needs. */
export interface RetagCallNeeds extends RetentionChoices {
  readonly retags: Pick<
    RetagStore,
    'get' | 'settledBy' | 'nameOf' | 'isCountedAgain' | 'countAgain' | 'settlementOf' | 'write'
  >;
  readonly calls: Pick<CallStore, 'get' | 'momentsToReplace' | 'replaceMoments'>;
  readonly transcripts: Pick<TranscriptStore, 'get'>;
  readonly recordings: Pick<RecordingStore, 'tag' | 'lock'>;
  /** Sets the tags of retention of every copy of a call that is an object; other tags of it stay. */
  readonly tagCopies: (call: Call, tags: Readonly<Record<string, string>>) => Promise<void>;
  readonly taggerOf: (retag: Retag) => Promise<Tagger>;
  readonly clock: Clock;
}

/** What became of a message: the retag is cancelled or in another pass, or the call was settled, now or before. */
export type RetagOutcomeOfMessage = 'dropped' | 'settled-before' | 'changed' | 'unchanged' | 'skipped';

/**
 * Tags one call anew, or tells what would change: its moments now, against those that the retag's rulebook finds in its
 * stored transcript. How long the call is kept is decided anew by the tags that it has then. What becomes of the call, and
 * that it is counted, is one transaction: however often the message is delivered, and wherever it breaks off, the call is
 * settled once.
 */
export const retagCall = (message: CallMessage, needs: RetagCallNeeds): Promise<RetagOutcomeOfMessage> =>
  withAttempts((attempt) => settle(message, needs, attempt));

async function settle(message: CallMessage, needs: RetagCallNeeds, attempt: number): Promise<RetagOutcomeOfMessage> {
  const { retags, calls, transcripts, clock } = needs;
  const retag = await retags.get(message.retagId);
  if (!retag || retag.cancelledAt !== undefined || retag.pass !== message.pass) return 'dropped';

  const settledBy = await retags.settledBy(retag, message);
  if (settledBy !== undefined) {
    if (settledBy !== retags.nameOf(message) && !(await retags.isCountedAgain(retag, message)))
      await retags.countAgain(retag, message, attempt);
    // The message may come again because its objects were not all tagged.
    const tagged = retag.dryRun ? undefined : await calls.get(message.callId);
    if (tagged?.rulebookVersion === retag.rulebookVersion)
      await tagAsDecided(tagged.callId, calls.get, (now) => tagObjects(now, needs));
    return 'settled-before';
  }

  const call = await calls.get(message.callId);
  const transcript = call?.state === 'tagged' ? await transcripts.get(message.callId) : undefined;
  if (!call || !transcript) {
    const skipped = call?.state === 'tagged' ? 'it has no transcript' : `it is ${call?.state ?? 'gone'}`;
    await retags.write(retags.settlementOf(retag, message, call, { skipped }, attempt).along);
    return 'skipped';
  }

  const former = await calls.momentsToReplace(call);
  const moments = (await needs.taggerOf(retag))(transcript);
  const diffs = diffMoments(former.moments, moments);
  const { before, along } = retags.settlementOf(retag, message, call, { diffs }, attempt);
  await retags.write(before);
  const asItIs =
    call.rulebookVersion === retag.rulebookVersion &&
    call.replacing === undefined &&
    textOf(former.moments) === textOf(moments);
  if (retag.dryRun || asItIs) {
    await retags.write(along);
  } else {
    const tags = tagsOf(moments);
    const decided = redecide(call, needs, tags);
    const tagged = { ...call, tags, retention: longerOf(call.retention, decided) };
    const lock = objectLockOf(decided, needs.retention, iso(clock()));
    // A call can outlive its recording by a while: there is nothing to lock or to tag then.
    if (lock) await unlessGone(needs.recordings.lock(call.recording, lock));
    // Before the call, as on its first tagging: whoever replaces the moments last has set the object's tags last.
    await tagObjects(tagged, needs, call);
    await calls.replaceMoments(
      call,
      former,
      { rulebookVersion: retag.rulebookVersion, moments, now: iso(clock()), by: retag.retagId, retention: decided },
      along,
    );
    await tagAsDecided(call.callId, calls.get, (now) => tagObjects(now, needs), tagged);
  }
  return isChanged(diffs) ? 'changed' : 'unchanged';
}

/** Moments as a text that is the same for the same moments. */
const textOf = (moments: readonly Moment[]): string => JSON.stringify(Moment.array().parse(moments));

/** Sets the tags of a call's recording, and where they are not those of `before`, the tags of retention of every copy. */
async function tagObjects(
  call: Call,
  { recordings, tagCopies }: Pick<RetagCallNeeds, 'recordings' | 'tagCopies'>,
  before?: Call,
): Promise<void> {
  const retention = copyTags(call);
  const about = { 'call-id': call.callId, tags: tagsValue(call.tags) };
  await unlessGone(recordings.tag(call.recording, { ...retention, ...about }));
  const isAsBefore = before && JSON.stringify(copyTags(before)) === JSON.stringify(retention);
  if (!isAsBefore) await tagCopies(call, retention);
}
