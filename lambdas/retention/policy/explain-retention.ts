import { DAY_MS, iso, plusMs } from '../../platform/clock.ts';
import type { RetentionSubject } from './call-match.ts';
import { decideWithReasons, type Retention, retentionTags } from './decide-retention.ts';
import { BACKSTOP_DAYS } from './lifecycle.ts';
import { lockOfClass, type ObjectLock } from './object-lock.ts';
import type { RetentionConfig } from './retention-config.ts';
import { type StorageTransition, transitionsThatPay } from './storage-class.ts';

/** What happens to a call, and when (ISO 8601). */
export interface RetentionStep {
  readonly what: string;
  readonly when: string;
}

/** All that can be said of a call's retention. */
export interface RetentionExplanation extends Retention {
  readonly countedFrom: string;
  /** What lifecycle would do with the call's objects; the days are counted from the upload. */
  readonly lifecycle: {
    /** The object tags that the rules go by. */
    readonly tags: Readonly<Record<string, string>>;
    readonly transitions: readonly StorageTransition[];
    /** When lifecycle deletes what the daily sweep did not. */
    readonly expirationDays: number;
  };
  /** Until when S3 lets no version of the recording go, where its class locks them. */
  readonly locked?: ObjectLock;
  /** What happens to the call next. */
  readonly next: RetentionStep;
  /** Each step of the decision, in words. */
  readonly because: readonly string[];
}

/** When a call's retention is looked at, and what else is known of it by then. */
export interface ExplainedAt {
  /** The present time. */
  readonly at: Date;
  /** When the recording was uploaded, ISO 8601. @default when the call began */
  readonly uploadedAt?: string | undefined;
}

/** The deletion of a call that is due at `when`. */
export const deletionStep = (when: string, at: Date): RetentionStep => ({
  what:
    when <= iso(at) ? 'the next daily sweep deletes the call: it is due' : 'the call and every copy of it is deleted',
  when,
});

/**
 * Explains a call's retention: what was decided, why, and what comes next. Of holds it knows nothing: whoever asks for a
 * call that is stored adds them.
 */
export function explainRetention(
  call: RetentionSubject,
  config: RetentionConfig,
  { at, uploadedAt = call.countedFrom }: ExplainedAt,
): RetentionExplanation {
  const { retention, keepDays, because } = decideWithReasons(call, config);
  const retentionClass = config.classes.find((one) => one.name === retention.retentionClass);
  const transitions = transitionsThatPay(retentionClass?.transitions ?? [], keepDays);
  const locked = lockOfClass(retention, config);
  const deletion = deletionStep(retention.expiresAt, at);
  const steps: RetentionStep[] = [
    ...transitions.map(({ storageClass, afterDays }) => ({
      what: `the recording moves to ${storageClass}`,
      when: plusMs(uploadedAt, afterDays * DAY_MS),
    })),
    ...(locked ? [{ what: `the ${locked.mode} lock of the recording ends`, when: locked.until }] : []),
  ];
  const now = iso(at);
  const [next = deletion] = steps
    .filter(({ when }) => when > now && when < deletion.when)
    .toSorted((a, b) => (a.when < b.when ? -1 : 1));
  return {
    ...retention,
    lifecycle: { tags: retentionTags(retention), transitions, expirationDays: keepDays + BACKSTOP_DAYS },
    ...(locked && { locked }),
    next,
    because,
  };
}
