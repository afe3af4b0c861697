import type { Call, CallStore } from '../../calls/calls.ts';
import { type Clock, iso } from '../../platform/clock.ts';
import { unlessGone } from '../../platform/errors.ts';
import { withAttempts } from '../../platform/jobs.ts';
import type { RecordingStore } from '../../recordings/recordings.ts';
import { copyTags } from '../holds/hold-tags.ts';
import { objectLockOf } from '../policy/object-lock.ts';
import { longerOf, type RetentionChoices, tagAsDecided } from '../policy/redecide.ts';
import { type ApplyCallMessage, nameOfPass, type RetentionApply } from './apply.ts';
import { outcomeOf } from './apply-counts.ts';
import type { ApplyStore } from './apply-store.ts';

/** What deciding a call anew needs. */
export interface ApplyCallNeeds {
  readonly applies: Pick<ApplyStore, 'get' | 'isTaken' | 'taking' | 'transact'>;
  readonly calls: Pick<CallStore, 'get' | 'setRetention'>;
  readonly choicesOf: (apply: RetentionApply) => Promise<RetentionChoices>;
  /** Sets the tags of retention of every copy of a call that is an object; other tags of it stay. */
  readonly tagCopies: (call: Call, tags: Readonly<Record<string, string>>) => Promise<void>;
  readonly recordings: Pick<RecordingStore, 'lock'>;
  readonly clock: Clock;
}

/** What became of a message: the apply is given up or in another pass, or it was taken up, now or before. */
export type ApplyCallOutcome = 'dropped' | 'taken-before' | 'changed' | 'unchanged';

/**
 * Decides one call anew, by what is known of it now. Its retention, when it is due and that it was taken up is one
 * transaction; the tags of its objects change before where it is kept longer, and after where it is kept shorter. However
 * often the message is delivered, and wherever it breaks off, it is counted once and the objects' tags are as the call says.
 */
export const applyCall = (message: ApplyCallMessage, needs: ApplyCallNeeds): Promise<ApplyCallOutcome> =>
  withAttempts((attempt) => take(message, needs, attempt));

async function take(message: ApplyCallMessage, needs: ApplyCallNeeds, attempt: number): Promise<ApplyCallOutcome> {
  const { applies, calls } = needs;
  const { callId } = message;
  const apply = await applies.get(message.applyId);
  if (!apply || apply.dryRun || apply.cancelledAt !== undefined || apply.pass !== message.pass) return 'dropped';
  const tag = (call: Call) => needs.tagCopies(call, copyTags(call));
  if (await applies.isTaken(message)) {
    // The message may come again because the objects were not all tagged.
    await tagAsDecided(callId, calls.get, async (call) => (call.state === 'deleting' ? undefined : tag(call)));
    return 'taken-before';
  }
  const call = await calls.get(callId);
  const choices = await needs.choicesOf(apply);
  const outcome = call && outcomeOf(call, choices);
  if (!call || !outcome || !('effect' in outcome) || outcome.effect === 'unchanged') {
    await applies.transact(applies.taking(apply, message, false, attempt));
    return 'unchanged';
  }
  const { before, after } = outcome;
  const lock = objectLockOf(after, choices.retention, iso(needs.clock()));
  // A call can outlive its recording by a while: there is nothing to lock then.
  if (lock) await unlessGone(needs.recordings.lock(call.recording, lock));
  const tagged = { ...call, retention: longerOf(before, after) };
  if (tagged.retention === after) await tag(tagged);
  await calls.setRetention(
    call,
    { retention: after, by: nameOfPass(apply) },
    applies.taking(apply, message, true, attempt),
  );
  await tagAsDecided(callId, calls.get, tag, tagged);
  return 'changed';
}
