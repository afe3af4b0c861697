import { type Retention, retentionTags } from '../policy/decide-retention.ts';

/** The object tag of every copy of a held call. */
export const LEGAL_HOLD_TAG = 'legal-hold';

/** What the tags of a call's copies go by. */
export interface TaggedCopies {
  readonly retention?: Retention | undefined;
  readonly holds?: readonly string[] | undefined;
}

/**
 * The object tags that retention puts on every copy of a call. Those of a held call name no days and no class, so that no
 * lifecycle rule deletes or moves it, but the one of last resort.
 */
export const copyTags = ({ retention, holds = [] }: TaggedCopies): Record<string, string> =>
  holds.length > 0 ? { [LEGAL_HOLD_TAG]: 'on' } : retention ? retentionTags(retention) : {};
