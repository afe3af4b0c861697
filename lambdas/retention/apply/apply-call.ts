import type { Call, CallStore } from '../../calls/calls.ts';
import { type Clock, iso } from '../../platform/clock.ts';
import { isAwsError } from '../../platform/errors.ts';
import type { RecordingStore } from '../../recordings/recordings.ts';
import { copyTags } from '../holds/hold-tags.ts';
import { objectLockOf } from '../policy/object-lock.ts';
import { longerOf, type RetentionChoices, tagAsDecided } from '../policy/redecide.ts';
import { type ApplyCallMessage, nameOfPass, type RetentionApply } from './apply.ts';
import { outcomeOf } from './apply-counts.ts';
import type { ApplyStore } from './apply-store.ts';

/** What deciding a call anew needs. */
export interface ApplyCallNeeds {
  readonly applies: Pick<ApplyStore, 'get' | 'isTaken' | 'taking' | 'write'>;
  readonly calls: Pick<CallStore, 'get' | 'setRetention'>;
  readonly choicesOf: (apply: RetentionApply) => Promise<RetentionChoices>;
  /** Sets the tags of retention of every copy of a call that is an object; other tags of it stay. */
  readonly tagCopies: (call: Call, tags: Readonly<Record<string, string>>) => Promise<void>;
  readonly recordings: Pick<RecordingStore, 'lock'>;
  readonly clock: Clock;
}

/** What became of a message: the apply is given up or in another pass, or it was taken up, now or before. */
export type ApplyCallOutcome = 'dropped' | 'taken-before' | 'changed' | 'unchanged';

/** So often is a call looked at again where it, or the counts, changed in the meantime: then the message comes again later. */
const ATTEMPTS = 8;

/**
 * Decides one call anew, by what is known of it now. Its retention, when it is due and that it was taken up is one
 * transaction; the tags of its objects change before where it is kept longer, and after where it is kept shorter. However
 * often the message is delivered, and wherever it breaks off, it is counted once and the objects' tags are as the call says.
 */
export async function applyCall(message: ApplyCallMessage, needs: ApplyCallNeeds): Promise<ApplyCallOutcome> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await take(message, needs, attempt);
    } catch (error) {
      if (!isAwsError(error, 'TransactionCanceledException') || attempt + 1 === ATTEMPTS) throw error;
    }
  }
}

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
    await applies.write(applies.taking(apply, message, false, attempt));
    return 'unchanged';
  }
  const { before, after } = outcome;
  const lock = objectLockOf(after, choices.retention, iso(needs.clock()));
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

/** A call can outlive its recording by a while: there is nothing to lock then. */
async function unlessGone(locking: Promise<void>): Promise<void> {
  try {
    await locking;
  } catch (error) {
    if (!isAwsError(error, 'NoSuchKey', 'NoSuchVersion', 'NotFound', 'MethodNotAllowed')) throw error;
  }
}
