import * as z from 'zod';
import type { Call } from '../calls/calls.ts';
import { iso } from '../platform/clock.ts';
import { copyTags } from './holds/hold-tags.ts';
import { Retention, retentionSubject } from './policy/decide-retention.ts';
import { explainRetention } from './policy/explain-retention.ts';
import { isSameRetention, knownTags, type RetentionChoices } from './policy/redecide.ts';
import { StorageTransition } from './policy/storage-class.ts';

const Step = z.object({ what: z.string(), when: z.string().optional() });

/** All that can be said of how long a stored call is kept. */
export const StoredRetention = Retention.extend({
  callId: z.string(),
  state: z.string(),
  /** When the call is due to be deleted: `expiresAt`, but for a call on its way, or one that was locked. */
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
  const { next, because, lifecycle, locked, ...decided } = explainRetention(subject, config, {
    at,
    uploadedAt: receivedAt,
  });
  const would = Retention.parse(decided);
  const common = { callId, state, dueAt, holds };
  const isAsDecided = stored === undefined || isSameRetention(stored, would);
  const kept = isAsDecided ? would : stored;
  return {
    ...kept,
    ...common,
    lifecycle: isAsDecided
      ? { ...lifecycle, tags: copyTags({ retention: kept, holds }), transitions: [...lifecycle.transitions] }
      : { tags: copyTags({ retention: kept, holds }), transitions: [] },
    ...(locked && { locked }),
    next: nextOf(call, isAsDecided ? next : deletionOf(kept, at)),
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

const deletionOf = ({ expiresAt }: Retention, at: Date) =>
  expiresAt <= iso(at)
    ? { what: 'the next daily sweep deletes the call: it is due', when: expiresAt }
    : { what: 'the call and every copy of it is deleted', when: expiresAt };

function nextOf({ state, holds = [], retention }: Call, next: StoredRetention['next']): StoredRetention['next'] {
  if (state === 'deleting') return { what: 'the call is being deleted' };
  if (holds.length > 0) {
    const until = holds.length === 1 ? 'its hold is' : `its ${holds.length} holds are`;
    return {
      what: `nothing until ${until} released; then it is kept until ${retention?.expiresAt ?? 'it is decided'}`,
    };
  }
  return next;
}
