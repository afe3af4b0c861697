import * as z from 'zod';
import { type Call, erasableAt, isFinal } from '../calls/calls.ts';
import { iso } from '../platform/clock.ts';
import { isRecordingLocked } from './expiry/recording-locked.ts';
import { copyTags } from './holds/hold-tags.ts';
import { Retention, retentionSubject } from './policy/decide-retention.ts';
import { deletionStep, explainRetention } from './policy/explain-retention.ts';
import { lockOfClass } from './policy/object-lock.ts';
import { isSameRetention, knownTags, type RetentionChoices } from './policy/redecide.ts';
import { StorageTransition } from './policy/storage-class.ts';

const Step = z.object({ what: z.string(), when: z.string().optional() });

/** All that can be said of how long a stored call is kept. */
export const StoredRetention = Retention.extend({
  callId: z.string(),
  state: z.string(),
  /** When the call is due to be deleted: `expiresAt`, but for a call on its way, one that was locked, and an erased one. */
  dueAt: z.string(),
  /** What lifecycle would do with the call's objects; the days are counted from the upload. */
  lifecycle: z.object({
    tags: z.record(z.string(), z.string()),
    transitions: z.array(StorageTransition),
    expirationDays: z.number().int().optional(),
  }),
  /** Until when S3 lets no version of the recording go. */
  locked: z.object({ mode: z.enum(['governance', 'compliance']), until: z.string() }).optional(),
  /** The legal holds that hold the call, by their ids. */
  holds: z.array(z.string()),
  /** What happens to the call next, and when, where that is known. */
  next: Step,
  /** Each step of the decision, in words. */
  because: z.array(z.string()),
  /** What the deployed config would decide, where it is something else than what is stored. */
  wouldBe: Retention.extend({ because: z.array(z.string()) }).optional(),
});
export type StoredRetention = z.infer<typeof StoredRetention>;

/** Explains how long a stored call is kept: what is stored of it, and what the deployed config says of that. */
export function explainStored(call: Call, { retention: config, sources }: RetentionChoices, at: Date): StoredRetention {
  const { callId, state, dueAt, receivedAt, holds = [], retention: stored } = call;
  const subject = retentionSubject({ ...call, tags: knownTags(call) }, sources);
  const {
    next,
    because,
    lifecycle,
    locked: _,
    ...decided
  } = explainRetention(subject, config, {
    at,
    uploadedAt: receivedAt,
  });
  const would = Retention.parse(decided);
  const common = { callId, state, dueAt, holds };
  const isAsDecided = stored === undefined || isSameRetention(stored, would);
  const kept = isAsDecided ? would : stored;
  const tags = copyTags({ retention: kept, holds });
  const locked = lockOfClass(kept, config);
  return {
    ...kept,
    ...common,
    // The tags of a held call ask lifecycle for nothing.
    lifecycle:
      isAsDecided && holds.length === 0
        ? { ...lifecycle, tags, transitions: [...lifecycle.transitions] }
        : { tags, transitions: [] },
    ...(locked && { locked }),
    next: nextOf(call, at, isAsDecided ? next : deletionStep(kept.expiresAt, at)),
    because: isAsDecided
      ? [...(stored ? [] : ['the call has not been decided yet: this is what it would be']), ...because]
      : [
          `the rule "${kept.rule}" of an earlier config, or by what was known of the call then, gave the class "${kept.retentionClass}"`,
          ...(kept.floor ? [`the floor "${kept.floor.name}" forbids deletion before ${kept.floor.until}`] : []),
          ...(kept.ceiling ? [`the ceiling "${kept.ceiling.name}" demands deletion by ${kept.ceiling.by}`] : []),
          `the call is due to be deleted ${kept.expiresAt}`,
          'the deployed config would decide otherwise: verbatim retention apply decides all calls anew',
        ],
    ...(!isAsDecided && { wouldBe: { ...would, because: [...because] } }),
  };
}

/** What happens to a call next; `decided` is what its retention says, where nothing else comes before that. */
function nextOf(call: Call, at: Date, decided: StoredRetention['next']): StoredRetention['next'] {
  const { state, holds = [], retention, erasure, dueAt } = call;
  if (state === 'deleting') return { what: 'the call is being deleted' };
  const now = iso(at);
  const isDue = dueAt <= now;
  const erased = `the erasure ${erasure} deletes`;
  if (holds.length > 0) {
    const until = holds.length === 1 ? 'its hold is' : `its ${holds.length} holds are`;
    const erasedFrom = erasableAt(call, now);
    const then =
      erasure === undefined
        ? `it is kept until ${retention?.expiresAt ?? 'it is decided'}`
        : `${erased} it${erasedFrom > now ? `, but not before ${erasedFrom}` : ''}`;
    return { what: `nothing until ${until} released; then ${then}` };
  }
  if (isRecordingLocked(call) && !isDue)
    return { what: 'Object Lock keeps the recording: then the call and every copy of it is deleted', when: dueAt };
  if (erasure === undefined) return decided;
  const what = `${erased} the call and every copy of it`;
  if (!isFinal(state)) return { what: `${what}, once it is neither received nor transcribed any more` };
  return { what: isDue ? `${what}: it is due` : what, when: dueAt };
}
